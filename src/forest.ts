/**
 * Sessions to trees: parents and children, with nothing left out.
 *
 * Every node appears exactly once, whatever the links say: a node whose parent is missing is a root
 * with a mark, a cycle is broken at its first node, an id that several files share is one node for
 * each file. Order is that of the input, for roots and for children.
 */

import { folderOf } from "./paths.ts";

/** What is unusual about a node's place in its tree. */
export type ForestMark = "orphan" | "self_parent" | "cycle" | "duplicate_id" | "beyond_parent";

/** What has to be known of a session to place it. */
export interface ForestItem {
  readonly id: string;
  readonly parent: string | undefined;
  readonly forkPoint: number | undefined;
  /** The most messages that it ever had, of which others may have branched. */
  readonly mostMessages: number;
  /** Where it lies: of several parents with one id, one in the same folder is preferred. */
  readonly path: string;
}

/** A session in its tree. */
export interface ForestNode<Item extends ForestItem> {
  readonly item: Item;
  /** The fork point, no greater than the most messages that the parent had. */
  readonly forkPoint: number | undefined;
  readonly marks: readonly ForestMark[];
  readonly children: readonly ForestNode<Item>[];
}

/** Stands for no place: a root's parent, and an item that no climb has passed. */
const NOWHERE = -1;

/** Builds the trees of all items; what links them are places in the list, for there are thousands. */
export function buildForest<Item extends ForestItem>(
  items: readonly Item[],
): readonly ForestNode<Item>[] {
  const ids = placeIds(items);
  const parents = items.map((item) => findParent(item, items, ids));
  const broken = breakCycles(parents);
  const nodes = items.map((item, place): GrowingNode<Item> => {
    const { id, parent: parentId, forkPoint } = item;
    const parent = items[parents[place] ?? NOWHERE];
    const isBeyond = parent !== undefined && (forkPoint ?? 0) > parent.mostMessages;
    let marks = NO_MARKS;
    if (parentId === id) marks = ["self_parent"];
    else if (broken.has(place)) marks = ["cycle"];
    else if (parentId !== undefined && parent === undefined) marks = ["orphan"];
    if (ids.shared.has(id)) marks = [...marks, "duplicate_id"];
    if (isBeyond) marks = [...marks, "beyond_parent"];
    return {
      item,
      forkPoint: isBeyond ? parent.mostMessages : forkPoint,
      marks,
      children: NO_CHILDREN,
    };
  });
  const roots: ForestNode<Item>[] = [];
  nodes.forEach((node, place) => {
    const parent = broken.has(place) ? undefined : nodes[parents[place] ?? NOWHERE];
    if (parent === undefined) roots.push(node);
    else if (parent.children === NO_CHILDREN) parent.children = [node];
    else parent.children.push(node);
  });
  return roots;
}

/** A node whose children are not all known yet. */
interface GrowingNode<Item extends ForestItem> extends ForestNode<Item> {
  children: ForestNode<Item>[];
}

/** One for all that have none, since nearly all have none. */
const NO_CHILDREN: never[] = [];
/** The same for marks. */
const NO_MARKS: readonly ForestMark[] = [];

/** Where ids stand: the first place of each, and all places of those that stand at several. */
interface PlacedIds {
  readonly first: ReadonlyMap<string, number>;
  readonly shared: ReadonlyMap<string, readonly number[]>;
}

function placeIds(items: readonly ForestItem[]): PlacedIds {
  const first = new Map<string, number>();
  const shared = new Map<string, number[]>();
  items.forEach(({ id }, place) => {
    const known = first.get(id);
    if (known === undefined) first.set(id, place);
    else if (shared.has(id)) shared.get(id)?.push(place);
    else shared.set(id, [known, place]);
  });
  return { first, shared };
}

function findParent(
  item: ForestItem,
  items: readonly ForestItem[],
  { first, shared }: PlacedIds,
): number {
  const { id, parent, path } = item;
  if (parent === undefined || parent === id) return NOWHERE;
  const nearest = shared.get(parent)?.find((place) =>
    folderOf(items[place]?.path ?? "") === folderOf(path)
  );
  return nearest ?? first.get(parent) ?? NOWHERE;
}

/** Finds one item of each cycle, the first in order, to cut its link to the parent. */
function breakCycles(parents: readonly number[]): ReadonlySet<number> {
  const broken = new Set<number>();
  /** Where the climb started that passed each item first. */
  const passed = new Int32Array(parents.length).fill(NOWHERE);
  for (let start = 0; start < parents.length; start++) {
    let at = start;
    while (at !== NOWHERE && passed[at] === NOWHERE) {
      passed[at] = start;
      at = parents[at] ?? NOWHERE;
    }
    if (at === NOWHERE || passed[at] !== start) continue;
    let least = at;
    for (let next = parents[at] ?? at; next !== at; next = parents[next] ?? at) {
      least = Math.min(least, next);
    }
    broken.add(least);
  }
  return broken;
}

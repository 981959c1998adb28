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

/** Builds the trees of all items. */
export function buildForest<Item extends ForestItem>(
  items: readonly Item[],
): readonly ForestNode<Item>[] {
  const byId = Map.groupBy(items, (item) => item.id);
  const parents = new Map(items.map((item) => [item, findParent(item, byId)]));
  const broken = breakCycles(items, parents);
  const nodes = new Map(items.map((item) => {
    const parent = parents.get(item);
    const isBeyond = parent !== undefined && (item.forkPoint ?? 0) > parent.mostMessages;
    const marks: ForestMark[] = [];
    if (item.parent === item.id) marks.push("self_parent");
    else if (broken.has(item)) marks.push("cycle");
    else if (item.parent !== undefined && parent === undefined) marks.push("orphan");
    if ((byId.get(item.id)?.length ?? 0) > 1) marks.push("duplicate_id");
    if (isBeyond) marks.push("beyond_parent");
    const forkPoint = isBeyond ? parent.mostMessages : item.forkPoint;
    const children: ForestNode<Item>[] = [];
    return [item, { item, forkPoint, marks, children }];
  }));

  const roots: ForestNode<Item>[] = [];
  for (const [item, node] of nodes) {
    const parent = broken.has(item) ? undefined : parents.get(item);
    (parent === undefined ? roots : nodes.get(parent)?.children ?? roots).push(node);
  }
  return roots;
}

function findParent<Item extends ForestItem>(
  item: Item,
  byId: ReadonlyMap<string, readonly Item[]>,
): Item | undefined {
  if (item.parent === undefined || item.parent === item.id) return undefined;
  const candidates = byId.get(item.parent) ?? [];
  if (candidates.length < 2) return candidates[0];
  const folder = folderOf(item.path);
  return candidates.find(({ path }) => folderOf(path) === folder) ?? candidates[0];
}

/** Finds one node of each cycle, the first in order, to cut its link to the parent. */
function breakCycles<Item>(
  items: readonly Item[],
  parents: ReadonlyMap<Item, Item | undefined>,
): ReadonlySet<Item> {
  const order = new Map(items.map((item, index) => [item, index]));
  const placeOf = (item: Item) => order.get(item) ?? Infinity;
  const broken = new Set<Item>();
  const settled = new Set<Item>();
  for (const item of items) {
    if (parents.get(item) === undefined) continue;
    const path = new Set<Item>();
    let at: Item | undefined = item;
    while (at !== undefined && !settled.has(at) && !path.has(at)) {
      path.add(at);
      at = parents.get(at);
    }
    if (at !== undefined && path.has(at)) {
      const cycle = [...path].slice([...path].indexOf(at));
      broken.add(cycle.reduce((a, b) => (placeOf(b) < placeOf(a) ? b : a)));
    }
    for (const seen of path) settled.add(seen);
  }
  return broken;
}

/** Sessions as trees, in the order in which pages show them: each tree as its nodes, from the root down. */

import { buildForest, type ForestNode } from "./forest.ts";
import { sortBy } from "./sort_by.ts";
import type { Session } from "./transcript.ts";

type Node = ForestNode<Session>;

/** A node, and how far below its root it is. */
export interface PlacedNode {
  readonly node: Node;
  readonly depth: number;
}

/** A node in its tree, with the one above it and whether a sibling follows. */
export interface LinkedNode extends PlacedNode {
  readonly above: LinkedNode | undefined;
  readonly hasMore: boolean;
}

/**
 * Every tree as its nodes from the root down, the tree with the latest activity first; siblings by
 * their start, and where that is the same in the order given. Nodes are made when their tree's turn
 * comes, since there are thousands, and whoever prints them keeps none.
 */
export function* listTrees(sessions: readonly Session[]): Generator<readonly LinkedNode[]> {
  const roots = buildForest(sortBy(sessions, ({ startedMs }) => startedMs ?? 0));
  for (const root of sortBy(roots, (root) => -findLatest(root))) yield flatten(root);
}

/** When something happened last in a tree. */
function findLatest(root: Node): number {
  let latest = root.item.updatedMs;
  if (root.children.length === 0) return latest;
  const waiting = [...root.children];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    latest = Math.max(latest, next.item.updatedMs);
    for (const child of next.children) waiting.push(child);
  }
  return latest;
}

/** Walks a tree depth first without recursion: a chain of branches may be thousands long. */
function flatten(root: Node): readonly LinkedNode[] {
  const top = { node: root, depth: 0, above: undefined, hasMore: false };
  if (root.children.length === 0) return [top];
  const nodes: LinkedNode[] = [];
  const waiting: LinkedNode[] = [top];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    nodes.push(next);
    const { node: { children }, depth } = next;
    // The last goes in first, for the first to come out first.
    for (let index = children.length - 1; index >= 0; index--) {
      const node = children[index];
      if (node === undefined) continue;
      waiting.push({ node, depth: depth + 1, above: next, hasMore: index < children.length - 1 });
    }
  }
  return nodes;
}

/** One for all roots, since most nodes are. */
const NO_RAILS: readonly boolean[] = [];

/** For each level above a node, from the top, whether more siblings follow. */
export function railsTo(node: LinkedNode): readonly boolean[] {
  if (node.above === undefined) return NO_RAILS;
  const rails: boolean[] = [];
  for (let at = node; at.above !== undefined; at = at.above) rails.push(at.hasMore);
  return rails.toReversed();
}

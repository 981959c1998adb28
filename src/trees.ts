/** Sessions as trees, in the order in which pages show them: each tree as its nodes, from the root down. */

import { buildForest, type ForestNode } from "./forest.ts";
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
 * their start, and where that is the same in the order given.
 */
export function listTrees(sessions: readonly Session[]): readonly (readonly LinkedNode[])[] {
  const items = sessions
    // A session of the cache looks its time up each time.
    .map((session) => ({ session, startedMs: session.startedMs ?? 0 }))
    .sort((a, b) => a.startedMs - b.startedMs)
    .map(({ session }) => session);
  return buildForest(items)
    .map(flatten)
    .map((nodes) => ({
      nodes,
      latest: nodes.reduce((most, { node }) => Math.max(most, node.item.updatedMs), -Infinity),
    }))
    .sort((a, b) => b.latest - a.latest)
    .map(({ nodes }) => nodes);
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

/** For each level above a node, from the top, whether more siblings follow. */
export function railsTo(node: LinkedNode): readonly boolean[] {
  const rails: boolean[] = [];
  for (let at = node; at.above !== undefined; at = at.above) rails.push(at.hasMore);
  return rails.toReversed();
}

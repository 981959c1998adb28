/** `skein tree`: how sessions branched from one another, across every folder of the roots. */

import { accountFor, sayNoneFound } from "./account.ts";
import type { Command, CommandContext, Outcome } from "./command.ts";
import { FILTER_FLAGS, filterSessions, refuseIdleFilters } from "./filters.ts";
import { buildForest, type ForestNode } from "./forest.ts";
import { fillForkPoints } from "./fork_points.ts";
import { findShortLength } from "./reference.ts";
import { formatJsonLine } from "./json_line.ts";
import { type PlacedNode, toNodeJson } from "./render_json.ts";
import { renderNode } from "./render_tree.ts";
import type { Session } from "./transcript.ts";

/** The command. */
export const tree: Command = {
  name: "tree",
  summary: "Draw how sessions branched from one another",
  operands: "[SESSION]",
  arity: [0, 1],
  writes: false,
  flags: [
    ...FILTER_FLAGS,
    { name: "json", about: "print one JSON object a line (skein.node/1), parents first" },
  ],
  examples: [
    ["", "every tree, the one with the latest activity first"],
    ["5d0c1f6e", "the tree that this session belongs to"],
    ["--cwd .", "trees with a session of this folder"],
  ],
  run,
};

type Node = ForestNode<Session>;

/** A node in its tree, with the one above it and whether a sibling follows. */
interface LinkedNode extends PlacedNode {
  readonly above: LinkedNode | undefined;
  readonly hasMore: boolean;
}

function run(context: CommandContext): Outcome {
  const { args: [reference], flags, host, store, style, width, talk } = context;
  if (reference !== undefined) refuseIdleFilters(reference, flags);
  const listing = store.list();
  const wanted = new Set(
    reference === undefined
      ? filterSessions(listing.sessions, context).map(({ path }) => path)
      : [store.find(reference, () => filterSessions(listing.sessions, context)).path],
  );
  const options = {
    style,
    width,
    nowMs: host.nowMs(),
    idLength: findShortLength(listing.sessions.map(({ handle }) => handle)),
  };
  const shown: Session[] = [];
  for (const nodes of listTrees(fillForkPoints(host, store, listing.sessions))) {
    if (!nodes.some(({ node }) => wanted.has(node.item.path))) continue;
    for (const node of nodes) {
      shown.push(node.node.item);
      host.stdout.write(
        flags.has("json")
          ? formatJsonLine(toNodeJson(node))
          : `${renderNode({ ...node, rails: railsTo(node) }, options)}\n`,
      );
    }
  }
  if (shown.length === 0) sayNoneFound(listing, store.roots, talk);
  return accountFor({ skipped: listing.skipped, found: shown, shown }, talk);
}

/** Every tree as its nodes from the root down, the tree with the latest activity first. */
function listTrees(sessions: readonly Session[]): readonly (readonly LinkedNode[])[] {
  const items = sessions
    .toSorted((a, b) => (a.startedMs ?? 0) - (b.startedMs ?? 0) || (a.path < b.path ? -1 : 1));
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
  const nodes: LinkedNode[] = [];
  const waiting: LinkedNode[] = [{ node: root, depth: 0, above: undefined, hasMore: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    nodes.push(next);
    const above = next;
    above.node.children.toReversed().forEach((node, fromEnd) =>
      waiting.push({ node, depth: above.depth + 1, above, hasMore: fromEnd > 0 })
    );
  }
  return nodes;
}

function railsTo(node: LinkedNode): readonly boolean[] {
  const rails: boolean[] = [];
  for (let at = node; at.above !== undefined; at = at.above) rails.push(at.hasMore);
  return rails.toReversed();
}

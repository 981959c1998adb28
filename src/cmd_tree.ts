/** `skein tree`: how sessions branched from one another, across every folder of the roots. */

import { accountFor, sayNoneFound } from "./account.ts";
import type { CommandBody, CommandContext, Outcome } from "./command.ts";
import { chooseSessions, FILTER_FLAGS, filterSessions, refuseIdleFilters } from "./filters.ts";
import { fillForkPoints } from "./fork_points.ts";
import { findShortLength } from "./reference.ts";
import { formatJsonLine } from "./json_line.ts";
import { toNodeJson } from "./render_json.ts";
import { renderNode } from "./render_tree.ts";
import type { Session } from "./transcript.ts";
import { listTrees, railsTo } from "./trees.ts";

/** The command. */
export const tree: CommandBody = {
  operands: "[SESSION]",
  arity: [0, 1],
  writes: false,
  cache: "keep",
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

function run(context: CommandContext): Outcome {
  const { args: [reference], flags, host, store, style, width, talk } = context;
  if (reference !== undefined) refuseIdleFilters(reference, flags);
  const listing = store.list();
  const wanted = reference === undefined
    ? chooseSessions(listing.sessions, context)
    : [store.find(reference, () => filterSessions(listing.sessions, context))];
  const wantsAll = reference === undefined && wanted.length === listing.sessions.length;
  const paths = new Set(wantsAll ? [] : wanted.map(({ path }) => path));
  const options = {
    style,
    width,
    nowMs: host.nowMs(),
    idLength: findShortLength(listing.sessions.map(({ handle }) => handle)),
  };
  const isJson = flags.has("json");
  const shown: Session[] = [];
  for (const nodes of listTrees(fillForkPoints(host, store, listing.sessions))) {
    if (!wantsAll && !nodes.some(({ node }) => paths.has(node.item.path))) continue;
    for (const placed of nodes) {
      const { node } = placed;
      shown.push(node.item);
      host.stdout.write(
        isJson
          ? formatJsonLine(toNodeJson(placed))
          : `${renderNode({ node, rails: railsTo(placed) }, options)}\n`,
      );
    }
  }
  if (shown.length === 0) sayNoneFound(listing, store.roots, talk);
  return accountFor({ skipped: listing.skipped, found: shown, shown }, talk);
}

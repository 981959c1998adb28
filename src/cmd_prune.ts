/** `skein prune`: moves sessions into the trash, by a plan that is shown first. */

import { basename, dirname, join, relative } from "@std/path";
import { accountFor } from "./account.ts";
import type { CommandBody, CommandContext, Outcome } from "./command.ts";
import {
  confirm,
  describeUndo,
  journalRoot,
  knownJournalRoots,
  newReceiptId,
  withJournals,
} from "./changing.ts";
import { CannotError, UsageError } from "./errors.ts";
import type { Flags, ValueKind } from "./flags.ts";
import type { Journal } from "./journal.ts";
import type { PlannedMove } from "./moving.ts";
import { planPrune, type PruneRules, type Verdict } from "./prune_plan.ts";
import { findShortLength } from "./reference.ts";
import { formatJsonLine } from "./json_line.ts";
import { toVerdictJson } from "./render_json.ts";
import { renderVerdicts } from "./render_changes.ts";
import { sortByLastActivity } from "./session_order.ts";
import { formatBytes, formatCount, parseBytes, toOneLine } from "./text.ts";
import { parseAge } from "./time.ts";
import type { Session } from "./transcript.ts";

const AGE: ValueKind<number> = {
  what: "a length of time such as 30d or 12h",
  example: "30d",
  parse: parseAge,
};
const SIZE: ValueKind<number> = {
  what: "a size such as 500KB or 20MB",
  example: "20MB",
  parse: parseBytes,
};

/** The command. */
export const prune: CommandBody = {
  operands: "[SESSION...]",
  arity: [0, Infinity],
  writes: true,
  // What it judges, it removes.
  cache: "none",
  flags: [
    { name: "empty", about: "those that hold nothing; the rule when no other is named" },
    { name: "older-than", value: "AGE", about: "those last active longer ago, such as 30d" },
    { name: "larger-than", value: "SIZE", about: "those larger than this, such as 20MB" },
    { name: "keep", value: "N", about: "all but the latest N of each project" },
    { name: "trash", about: "with --older-than: empty the trash of what was pruned before then" },
    { name: "dry-run", about: "show the plan and change nothing" },
    { name: "yes", short: "y", about: "do not ask" },
    { name: "json", about: "print one JSON object a line (skein.verdict/1)" },
  ],
  examples: [
    ["--dry-run", "the sessions that hold nothing"],
    ["--older-than 90d --keep 5", "old ones, but for the latest five of each project"],
    ["--larger-than 50MB --yes", "large ones, without asking"],
    ["--trash --older-than 30d", "for good what has been in the trash for a month"],
  ],
  run,
};

async function run(context: CommandContext): Promise<Outcome> {
  const { host, flags, store, style, width, talk } = context;
  if (flags.has("trash")) return emptyTrash(context);
  const rules = readRules(context);
  const listing = store.list();
  const isComplete = !listing.skipped.some(({ mayHideSession }) => mayHideSession);
  refuseUnknown(rules, listing.sessions);
  const otherParents = store.findOuterParents();
  const verdicts = planPrune(listing.sessions, rules, {
    nowMs: host.nowMs(),
    isComplete,
    otherParents,
  });
  const fitting = verdicts.filter(({ action }) => action !== "leave");
  const going = verdicts.filter(({ action }) => action === "prune").map(({ session }) => session);
  const size = formatBytes(going.reduce((sum, { unitBytes }) => sum + unitBytes, 0));
  const account = () => accountFor({ skipped: listing.skipped, found: [], shown: [] }, talk);

  const isJson = flags.has("json");
  if (!isJson) {
    const idLength = findShortLength(listing.sessions.map(({ handle }) => handle));
    for (const line of renderVerdicts(fitting, { style, width, idLength })) {
      host.stdout.write(`${line}\n`);
    }
  }
  if (going.length === 0) talk.note("Nothing to prune");
  const isDry = flags.has("dry-run") || going.length === 0;
  const question = `Move ${formatCount(going.length, "session")} (${size}) to the trash?`;
  if (isDry || !confirm(context, question)) {
    if (isJson) printJson(context, verdicts, new Map());
    if (isDry && going.length > 0) {
      talk.note(`Would move ${formatCount(going.length, "session")} (${size})`);
    }
    return account();
  }

  const refused = await moveToTrash(context, going);
  if (isJson) printJson(context, verdicts, refused);
  const moved = going.length - refused.size;
  if (moved > 0) {
    const undo = describeUndo(context, going.map(({ root }) => journalRoot(host, root)));
    talk.note(`Moved ${formatCount(moved, "session")} to the trash; ${undo} takes it back`);
  }
  for (const [path, reason] of refused) talk.warning(`${path}: ${reason}`);
  const outcome = account();
  return refused.size > 0 ? "refused" : outcome;
}

function readRules({ args, flags, store }: CommandContext): PruneRules {
  const rules = {
    paths: new Set(
      args.map((reference) =>
        store.find(reference, ({ sessions }) => sortByLastActivity(sessions)).path
      ),
    ),
    olderThanMs: flags.parsed("older-than", AGE),
    largerThanBytes: flags.parsed("larger-than", SIZE),
    keep: flags.count("keep"),
  };
  const isBare = rules.paths.size === 0 && rules.olderThanMs === undefined &&
    rules.largerThanBytes === undefined && rules.keep === undefined;
  return { ...rules, isEmpty: isBare || flags.has("empty") };
}

/** A session that was named by its path has to be among those that were looked at. */
function refuseUnknown({ paths }: PruneRules, sessions: readonly Session[]): void {
  const known = new Set(sessions.map(({ path }) => path));
  const unknown = [...paths].find((path) => !known.has(path));
  if (unknown === undefined) return;
  throw new CannotError(`Cannot prune "${unknown}": it lies in none of the roots`, {
    hint: `skein prune --root "${dirname(unknown)}" "${unknown}"`,
  });
}

/** Moves sessions, root by root, all under one receipt's id; gives why some stayed. */
async function moveToTrash(
  context: CommandContext,
  going: readonly Session[],
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  const byRoot = Map.groupBy(going, (session) => journalRoot(context.host, session.root));
  await withJournals(context, [...byRoot.keys()], async (journals) => {
    const id = newReceiptId(context, journals);
    for (const journal of journals) {
      const planned: PlannedMove[] = [];
      for (const [index, session] of (byRoot.get(journal.root) ?? []).entries()) {
        const unit = planUnit(journal, session, join(".skein", "trash", id, String(index)));
        if (typeof unit === "string") refused.set(session.path, unit);
        else planned.push(...unit);
      }
      const result = await journal.move(planned, { command: "prune", id });
      for (const { path, reason } of result.refused) refused.set(path, reason);
    }
  });
  return refused;
}

/** The moves of a session's files into a folder of the trash; or why they have to stay. */
function planUnit(
  journal: Journal,
  session: Session,
  folder: string,
): readonly PlannedMove[] | string {
  const moves: PlannedMove[] = [];
  for (const file of [session, ...session.parts]) {
    const from = relative(journal.root, file.path);
    const facts = journal.facts(from);
    if (facts === undefined) return "no longer there";
    const isSame = facts.sizeBytes === file.bytes && facts.mtimeMs === file.mtimeMs;
    const reason = isSame ? journal.findLock(from) : "changed since the plan";
    if (reason !== undefined) return reason;
    const to = join(folder, basename(from));
    const isPart = file !== session;
    moves.push({ from, to, facts, session: session.id, isPart, reason: "pruned" });
  }
  return moves;
}

async function emptyTrash(context: CommandContext): Promise<Outcome> {
  const { args, flags, host, talk } = context;
  refuseOthers(flags, args);
  const ageMs = flags.parsed("older-than", AGE);
  if (ageMs === undefined) {
    throw new UsageError("--trash needs --older-than", { hint: "--trash --older-than 30d" });
  }
  await withJournals(context, knownJournalRoots(context), (journals) => {
    const old = journals.flatMap((journal) =>
      journal.trash()
        .filter(({ receipt }) => host.nowMs() - receipt.timeMs > ageMs)
        .map(({ receipt, moves }) => ({ journal, receipt, moves }))
    );
    const moves = old.flatMap((item) => item.moves);
    const size = formatBytes(moves.reduce((sum, { bytes }) => sum + bytes, 0));
    const count = moves.filter(({ isPart }) => !isPart).length;
    const what = `${formatCount(count, "session")} (${size})`;
    for (const { receipt, moves } of old) {
      for (const { from } of moves) host.stdout.write(`${receipt.id}  ${toOneLine(from)}\n`);
    }
    if (moves.length === 0) talk.note("Nothing in the trash is so old");
    else if (flags.has("dry-run")) talk.note(`Would remove ${what} for good`);
    else if (confirm(context, `Remove ${what} for good?`)) {
      for (const { journal, receipt } of old) journal.purge(receipt);
      talk.note(`Removed ${what} for good`);
    }
  });
  return "done";
}

function refuseOthers(flags: Flags, args: readonly string[]): void {
  for (const name of ["empty", "larger-than", "keep", "json"]) flags.refuseTogether("trash", name);
  if (args.length > 0) {
    throw new UsageError("--trash takes no SESSION", { hint: `leave out "${args.join('" "')}"` });
  }
}

function printJson(
  { host }: CommandContext,
  verdicts: readonly Verdict[],
  refused: ReadonlyMap<string, string>,
): void {
  for (const verdict of verdicts) {
    host.stdout.write(formatJsonLine(toVerdictJson(verdict, refused.get(verdict.session.path))));
  }
}

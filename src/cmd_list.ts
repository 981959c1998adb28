/** `skein list`: every session, newest first. */

import { accountFor, sayNoneFound } from "./account.ts";
import type { CommandBody, CommandContext, Outcome } from "./command.ts";
import { FILTER_FLAGS, filterSessions } from "./filters.ts";
import { findShortLength } from "./reference.ts";
import { renderSessions } from "./render_session.ts";
import type { Session } from "./transcript.ts";

/** What each sort key compares; the greater comes first, but for titles. */
const SORT_KEYS: Readonly<Record<string, (session: Session) => number | string>> = {
  updated: (session) => session.updatedMs,
  started: (session) => session.startedMs ?? -Infinity,
  size: (session) => session.unitBytes,
  messages: (session) => session.messages,
  cost: (session) => session.costUsd ?? -1,
  title: (session) => session.title ?? "\uffff",
};

/** Lines that the terminal keeps for the heading, the account and the next prompt. */
const RESERVED_LINES = 3;

/** The command. */
export const list: CommandBody = {
  operands: "",
  arity: [0, 0],
  writes: false,
  cache: "keep",
  flags: [
    ...FILTER_FLAGS,
    { name: "empty", about: "only sessions that hold nothing" },
    {
      name: "sort",
      value: "KEY",
      choices: Object.keys(SORT_KEYS),
      about: "order by this; titles from A on, else from the most",
    },
    { name: "limit", short: "n", value: "N", about: "show at most this many" },
    { name: "json", about: "print one JSON object a line (skein.session/1)" },
    { name: "paths0", about: "print paths, each ended by a NUL byte, for xargs -0" },
  ],
  examples: [
    ["", "as many sessions as the terminal has lines"],
    ["--cwd . --since 7d", "this folder's sessions of the last week"],
    ["--root artifacts --json", "sessions that a CI job left in a folder, for a script"],
    ["--sort size -n 10", "the ten largest"],
  ],
  run,
};

function run(context: CommandContext): Outcome {
  const { host, flags, store, talk } = context;
  flags.refuseTogether("json", "paths0");
  const limit = flags.count("limit");
  const listing = store.list();
  const found = sort(filterSessions(listing.sessions, context), flags.text("sort"))
    .filter((session) => !flags.has("empty") || session.state === "empty");

  const isTable = !flags.has("json") && !flags.has("paths0");
  const lines = isTable && host.stdout.isTerminal ? host.terminalSize()?.rows : undefined;
  const room = limit ?? (lines === undefined ? undefined : Math.max(1, lines - RESERVED_LINES));
  const shown = found.slice(0, room);

  if (flags.has("paths0")) {
    for (const { path } of shown) host.stdout.write(`${path}\0`);
  } else if (flags.has("json")) {
    for (const lines of store.formatLines(shown)) host.stdout.write(lines);
  } else {
    printTable(shown, listing.sessions, context);
  }
  if (found.length === 0) sayNoneFound(listing, store.roots, talk);
  return accountFor({ skipped: listing.skipped, found, shown }, talk);
}

function printTable(
  shown: readonly Session[],
  all: readonly Session[],
  { host, style, width }: CommandContext,
): void {
  const lines = renderSessions(shown, {
    style,
    width,
    nowMs: host.nowMs(),
    idLength: findShortLength(all.map(({ handle }) => handle)),
    hasHeading: host.stdout.isTerminal,
    movesCursor: host.stdout.isTerminal,
  });
  for (const line of lines) host.stdout.write(`${line}\n`);
}

function sort(sessions: readonly Session[], key: string | undefined): readonly Session[] {
  const read = SORT_KEYS[key ?? ""];
  if (read === undefined) return sessions;
  return sessions.toSorted((a, b) => {
    const [x, y] = [read(a), read(b)];
    if (x === y) return 0;
    const isAscending = typeof x === "string";
    return (x < y) === isAscending ? -1 : 1;
  });
}

/**
 * `skein show`: the effective transcript of one session, or all that its file holds.
 *
 * Messages bear the numbers that `branch --at` counts: 1 is the first that the agent would resume
 * with. With `--all-rows` the file is told row by row, and what is superseded has no number.
 */

import { warnOfDamage } from "./account.ts";
import type { Command, CommandContext, Outcome } from "./command.ts";
import { FILTER_FLAGS, filterSessions, refuseIdleFilters } from "./filters.ts";
import type { Flags } from "./flags.ts";
import type { MessageList } from "./messages.ts";
import { type PageWriter, writerFor } from "./page.ts";
import { SessionReader, type TailWish } from "./reader.ts";
import { formatCount } from "./text.ts";
import type { Role } from "./transcript.ts";

const ROLES: readonly Role[] = ["user", "assistant", "tool", "system"];

/** How often a followed file is looked at, in milliseconds. */
const FOLLOW_MS = 250;

/** The command. */
export const show: Command = {
  name: "show",
  summary: "Show a session as its agent would resume it",
  operands: "SESSION",
  arity: [1, 1],
  writes: false,
  flags: [
    { name: "tail", value: "N", about: "only the last N messages" },
    { name: "head", value: "N", about: "only the first N messages" },
    { name: "range", value: "A..B", about: "only messages A to B; either may be left out" },
    { name: "role", value: "ROLE", choices: ROLES, about: "only messages of this role" },
    { name: "no-tools", about: "leave out the calls of tools and their results" },
    { name: "all-rows", about: "every row on disk, superseded and damaged ones marked" },
    { name: "raw", about: "print the rows' bytes as they are" },
    { name: "json", about: "print one JSON object a line (skein.message/1)" },
    { name: "markdown", about: "print Markdown" },
    { name: "follow", short: "f", about: "go on printing as the file grows" },
    ...FILTER_FLAGS,
  ],
  examples: [
    ["latest", "the session that was active last"],
    ["5d0c1f6e --tail 5", "its last five messages"],
    ["latest --cwd . --no-tools", "what was said last in this folder, without the tools"],
    ["5d0c1f6e --raw --range 3..7", "the bytes of five messages, for a script"],
  ],
  run,
};

async function run(context: CommandContext): Promise<Outcome> {
  const { args: [reference = ""], flags, host, store, talk } = context;
  flags.refuseTogether("tail", "head", "range");
  flags.refuseTogether("raw", "json", "markdown");
  flags.refuseTogether("raw", "no-tools");
  refuseIdleFilters(reference, flags);
  for (const name of ["tail", "head", "range", "role", "follow"]) {
    flags.refuseTogether("all-rows", name);
  }
  const select = readSelection(context);
  const found = store.find(reference, ({ sessions }) => filterSessions(sessions, context));
  const reader = new SessionReader(host, store, found, findTailWish(flags));
  try {
    const writer = writerFor(context, reader);
    if (flags.has("all-rows")) writer.writeAllRows();
    else {
      const numbers = select(reader.messages);
      writer.writeMessages(numbers);
      if (numbers.length === 0) {
        talk.note(`None of ${formatCount(reader.messages.length, "message")} to show`);
      }
    }
    const outcome = warnOfDamage([reader.session], talk);
    if (flags.has("follow")) await follow(context, reader, writer);
    return outcome;
  } finally {
    reader.close();
  }
}

/** Gives the numbers of the messages to print. */
type Select = (messages: MessageList) => readonly number[];

/** What the end of the file alone may give; whoever follows it needs what came before. */
function findTailWish(flags: Flags): TailWish | undefined {
  const count = flags.count("tail");
  if (count === undefined || flags.has("follow")) return undefined;
  const role = flags.text("role");
  return { count, role: ROLES.find((known) => known === role) };
}

function readSelection({ flags }: CommandContext): Select {
  const role = flags.text("role");
  const tail = flags.count("tail");
  const head = flags.count("head");
  const [from, to] = flags.parsed("range", "A..B with A from 1 on", parseRange) ?? [1, Infinity];
  return (messages) => {
    const isTail = tail !== undefined;
    const most = tail ?? head ?? Infinity;
    const [first, last] = [from, Math.min(to, messages.length)];
    const chosen: number[] = [];
    // From whichever end is asked for, so that five of many cost five.
    for (let i = 0; i <= last - first && chosen.length < most; i++) {
      const number = isTail ? last - i : first + i;
      if (role === undefined || messages.place(number).role === role) chosen.push(number);
    }
    return isTail ? chosen.reverse() : chosen;
  };
}

function parseRange(text: string): readonly [number, number] | undefined {
  const match = /^(\d*)\.\.(\d*)$/.exec(text) ?? /^(\d+)$/.exec(text);
  if (match === null) return undefined;
  const [, a = "", b = a] = match;
  const from = a === "" ? 1 : Number(a);
  const to = b === "" ? Infinity : Number(b);
  return from >= 1 && from <= to ? [from, to] : undefined;
}

/** Prints what comes, until the person ends it; a compaction starts the numbers anew. */
async function follow(
  { host, flags, talk }: CommandContext,
  reader: SessionReader,
  writer: PageWriter,
): Promise<void> {
  const role = flags.text("role");
  let printed = reader.messages.length;
  let end = printed === 0 ? 0 : reader.messages.place(printed).line;
  for (;;) {
    host.stdout.flush();
    await host.sleep(FOLLOW_MS);
    if (host.isStopped()) return;
    const change = reader.update();
    if (change === "none") continue;
    if (change === "replaced") talk.note("The file was replaced");
    const { messages } = reader;
    const isCut = change === "replaced" && messages.length < printed;
    if (isCut) printed = 0;
    const fresh: number[] = [];
    for (let number = 1; number <= messages.length; number++) {
      const place = messages.place(number);
      const isNew = change === "replaced" ? number > printed : place.line > end;
      if (isNew && (role === undefined || place.role === role)) fresh.push(number);
    }
    writer.writeMessages(fresh);
    printed = messages.length;
    end = printed === 0 ? (isCut ? 0 : end) : messages.place(printed).line;
  }
}

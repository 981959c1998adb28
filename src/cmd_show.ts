/**
 * `skein show`: the effective transcript of one session, or all that its file holds.
 *
 * Messages bear the numbers that `branch --at` counts: 1 is the first that the agent would resume
 * with. With `--all-rows` the file is told row by row, and what is superseded has no number.
 */

import { formatProblem, warnOfDamage } from "./account.ts";
import type { CommandBody, CommandContext, Outcome } from "./command.ts";
import { FILTER_FLAGS, filterSessions, refuseIdleFilters } from "./filters.ts";
import type { Flags } from "./flags.ts";
import { type PageWriter, writerFor } from "./page.ts";
import { withSession } from "./pick_session.ts";
import { SessionReader } from "./reader.ts";
import { findTailWish, readSelection, SELECTION_FLAGS } from "./selection.ts";
import { findWidth } from "./terminal.ts";
import { formatCount } from "./text.ts";

/** How often a followed file is looked at, in milliseconds. */
const FOLLOW_MS = 250;

/** The command. */
export const show: CommandBody = {
  operands: "SESSION",
  picks: { filters: FILTER_FLAGS },
  arity: [1, 1],
  writes: false,
  cache: "keep",
  flags: [
    ...SELECTION_FLAGS,
    { name: "all-rows", about: "every row on disk, superseded and damaged ones marked" },
    { name: "raw", about: "print the rows' bytes as they are" },
    { name: "json", about: "print one JSON object a line (skein.message/1)" },
    { name: "markdown", about: "print Markdown" },
    { name: "follow", short: "f", about: "go on printing as the file grows" },
    ...FILTER_FLAGS,
  ],
  examples: [
    ["", "a session that you pick from all"],
    ["latest", "the session that was active last"],
    ["5d0c1f6e --tail 5", "its last five messages"],
    ["latest --cwd . --no-tools", "what was said last in this folder, without the tools"],
    ["5d0c1f6e --raw --range 3..7", "the bytes of five messages, for a script"],
  ],
  run,
};

async function run(given: CommandContext): Promise<Outcome> {
  refuseOpposites(given.flags);
  const select = readSelection(given.flags);
  const context = await withSession(given);
  const { args: [reference = ""], flags, host, store, talk } = context;
  refuseIdleFilters(reference, flags);
  const found = store.find(reference, ({ sessions }) => filterSessions(sessions, context));
  const reader = new SessionReader(host, store, found, findTailWish(flags));
  try {
    const writer = await writerFor(context, reader);
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

function refuseOpposites(flags: Flags): void {
  flags.refuseTogether("raw", "json", "markdown");
  flags.refuseTogether("raw", "no-tools");
  for (const name of ["tail", "head", "range", "role", "follow"]) {
    flags.refuseTogether("all-rows", name);
  }
}

/** Prints what comes, until the person ends it; a compaction starts the numbers anew. */
async function follow(
  { host, flags, talk }: CommandContext,
  reader: SessionReader,
  writer: PageWriter,
): Promise<void> {
  const { path, problems } = reader.session;
  const role = flags.text("role");
  // A file that is replaced is read anew, and what was damaged in it often still is.
  const told = new Set(problems.map((problem) => formatProblem(path, problem)));
  let printed = reader.messages.length;
  let end = printed === 0 ? 0 : reader.messages.place(printed).line;
  let { restartLine } = reader.messages;
  for (;;) {
    host.stdout.flush();
    await host.sleep(FOLLOW_MS);
    if (host.isStopped()) return;
    const change = reader.update();
    if (change === "none") continue;
    const { messages } = reader;
    if (change === "replaced") talk.note("The file was replaced");
    else if (messages.restartLine > restartLine) {
      talk.note("A compaction took the place of all before");
    }
    restartLine = messages.restartLine;
    const isCut = change === "replaced" && messages.length < printed;
    if (isCut) printed = 0;
    const fresh: number[] = [];
    for (let number = 1; number <= messages.length; number++) {
      const place = messages.place(number);
      const isNew = change === "replaced" ? number > printed : place.line > end;
      if (isNew && (role === undefined || place.role === role)) fresh.push(number);
    }
    writer.fit(findWidth(host));
    writer.writeMessages(fresh);
    for (const damage of reader.newDamage.map((problem) => formatProblem(path, problem))) {
      if (!told.has(damage)) talk.warning(damage);
      told.add(damage);
    }
    printed = messages.length;
    end = printed === 0 ? (isCut ? 0 : end) : messages.place(printed).line;
  }
}

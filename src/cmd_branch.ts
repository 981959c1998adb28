/** `skein branch`: a new session that shares the first messages of another. */

import { resolve } from "@std/path";
import { createSession, describeUndo, journalRoot, newReceiptId, openJournal } from "./changing.ts";
import type { CommandBody, CommandContext, Outcome } from "./command.ts";
import { RefusedError, UsageError } from "./errors.ts";
import { FILTER_FLAGS, filterSessions, refuseIdleFilters } from "./filters.ts";
import { Losses } from "./losses.ts";
import { withSession } from "./pick_session.ts";
import { SessionReader } from "./reader.ts";
import { formatCount } from "./text.ts";
import { resolveWriter } from "./writers.ts";

/** Those that choose what to branch from; --cwd is about the new session. */
const FILTERS = FILTER_FLAGS.filter(({ name }) => name !== "cwd");

/** The command. */
export const branch: CommandBody = {
  operands: "SESSION",
  picks: { filters: FILTERS },
  arity: [1, 1],
  writes: true,
  cache: "read",
  flags: [
    { name: "at", value: "N", about: "share the first N messages, as show numbers them" },
    { name: "turn", value: "N", about: "share all up to the Nth prompt, and the prompt" },
    { name: "before-turn", value: "N", about: "share all before the Nth prompt" },
    { name: "title", value: "TEXT", about: "the name of the new session" },
    {
      name: "cwd",
      value: "DIR",
      about: "the folder that it is to be about; its parent's unless told",
    },
    { name: "force", about: "also where a tool's call is cut from its result" },
    { name: "json", about: "print the receipt as JSON (skein.receipt/1)" },
    ...FILTERS,
  ],
  examples: [
    ["5d0c1f6e --at 12", "go on from message 12 in another way"],
    ["latest --before-turn 3", "ask the third question again"],
    ['latest --turn 1 --title "second try"', "keep only the first prompt"],
  ],
  run,
};

async function run(given: CommandContext): Promise<Outcome> {
  given.flags.refuseTogether("at", "turn", "before-turn");
  const context = await withSession(given);
  const { args: [reference = ""], flags, host, store, talk } = context;
  const filters = flags.filter((name) => FILTERS.some((flag) => flag.name === name));
  refuseIdleFilters(reference, filters);
  const found = store.find(
    reference,
    ({ sessions }) => filterSessions(sessions, { host, flags: filters }),
  );
  const reader = new SessionReader(host, store, found);
  const root = journalRoot(host, found.root);
  const journal = openJournal(context, root);
  try {
    const { session: parent, messages, format } = reader;
    const count = readCount(context, reader);
    if (!flags.has("force")) refuseTornPair(reader, count);
    const folder = flags.text("cwd");
    const cwd = folder === undefined ? parent.cwd ?? "" : resolve(host.cwd, folder);
    const nowMs = host.nowMs();
    const receiptId = newReceiptId(context, [journal]);
    const uuid = host.newId(`branch ${parent.id} ${count} ${receiptId}`);
    const id = format.newId({ uuid, nowMs, like: parent });
    const path = format.placeNew({
      id,
      cwd,
      nowMs,
      root,
      beside: { path: parent.path, isSameCwd: folder === undefined },
      neighbour: undefined,
    });
    const losses = new Losses();
    const pieces = resolveWriter(format.agent).branchRows(reader.scan(), {
      parent,
      id,
      nowMs,
      cwd,
      title: flags.text("title"),
      count,
      last: count === 0 ? undefined : messages.place(count),
      restartLine: messages.restartLine,
      wholeRow: (row) => reader.wholeRow(row),
      losses,
    });
    await createSession(context, journal, {
      command: "branch",
      origin: "",
      receiptId,
      id,
      path,
      reader,
      pieces,
      format,
      losses,
    });
    const undo = describeUndo(context, [root]);
    talk.note(`Branched after ${formatCount(count, "message")}; ${undo} takes it back`);
    return "done";
  } finally {
    journal.close();
    reader.close();
  }
}

function readCount({ flags }: CommandContext, reader: SessionReader): number {
  const { length } = reader.messages;
  const at = flags.count("at");
  if (at !== undefined) {
    if (at <= length) return at;
    throw new UsageError(`--at takes a message of the session, not "${at}": it has ${length}`, {
      hint: `--at ${length}`,
    });
  }
  const flag = flags.has("turn") ? "turn" : "before-turn";
  const turn = flags.count(flag, 1);
  if (turn === undefined) {
    throw new UsageError("skein branch needs a place to branch at", {
      hint: "--at N, --turn N or --before-turn N",
    });
  }
  let prompts = 0;
  for (let number = 1; number <= length; number++) {
    if (!reader.messages.isPrompt(number)) continue;
    prompts++;
    if (prompts === turn) return flag === "turn" ? number : number - 1;
  }
  throw new UsageError(
    `--${flag} takes a prompt of the session, not "${turn}": it has ${prompts}`,
    { hint: prompts === 0 ? `--at ${length}` : `--${flag} ${prompts}` },
  );
}

/** An agent that finds a call without its result makes one up: that is for the person to choose. */
function refuseTornPair(reader: SessionReader, count: number): void {
  const { length } = reader.messages;
  const blocksOf = (number: number) => reader.read(reader.messages.place(number), "page")?.blocks;
  // Results follow their calls, in one message or in several.
  let end = count;
  const answered = new Set<string>();
  while (end < length) {
    const results = blocksOf(end + 1)?.filter((block) => block.type === "result") ?? [];
    if (results.length === 0) break;
    for (const { callId } of results) answered.add(callId);
    end++;
  }
  if (answered.size === 0) return;
  for (let number = count; number > 0; number--) {
    const blocks = blocksOf(number) ?? [];
    if (blocks.some((block) => block.type === "call" && answered.has(block.callId))) {
      throw new RefusedError(
        number === count
          ? `Cannot branch after message ${count}: it calls tools that answer in the next`
          : `Cannot branch after message ${count}: tools that message ${number} calls answer later`,
        {
          hint: `--at ${end} keeps the answer, --at ${
            number - 1
          } leaves out the call, --force does it`,
        },
      );
    }
    if (!blocks.some((block) => block.type === "result")) return;
  }
}

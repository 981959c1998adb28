/** `skein branch`: a new session that shares the first messages of another. */

import { resolve } from "@std/path";
import { createSession, describeUndo, journalRoot, openJournal } from "./changing.ts";
import type { Command, CommandContext, Outcome } from "./command.ts";
import { RefusedError, UsageError } from "./errors.ts";
import { byLastActivity } from "./filters.ts";
import { SessionReader } from "./reader.ts";
import { formatCount } from "./text.ts";

/** The command. */
export const branch: Command = {
  name: "branch",
  summary: "Make a new session from the first messages of another",
  operands: "SESSION",
  arity: [1, 1],
  writes: true,
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
  ],
  examples: [
    ["5d0c1f6e --at 12", "go on from message 12 in another way"],
    ["latest --before-turn 3", "ask the third question again"],
    ['latest --turn 1 --title "second try"', "keep only the first prompt"],
  ],
  run,
};

async function run(context: CommandContext): Promise<Outcome> {
  const { args: [reference = ""], flags, host, store, talk } = context;
  flags.refuseTogether("at", "turn", "before-turn");
  const found = store.find(reference, ({ sessions }) => sessions.toSorted(byLastActivity));
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
    const receiptId = journal.newId();
    const id = host.newId(`branch ${parent.id} ${count} ${receiptId}`);
    const path = format.placeNew({
      id,
      cwd,
      nowMs,
      root,
      beside: { path: parent.path, isSameCwd: folder === undefined },
    });
    const pieces = format.branchRows(reader.scan(), {
      parent,
      id,
      nowMs,
      cwd,
      title: flags.text("title"),
      count,
      last: count === 0 ? undefined : messages.place(count),
      restartLine: messages.restartLine,
      wholeRow: (row) => reader.wholeRow(row),
    });
    await createSession(context, journal, {
      command: "branch",
      receiptId,
      id,
      path,
      reader,
      pieces,
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
    throw new UsageError(`--at takes a message of the session, not "${at}": it has ${length}`);
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
  throw new UsageError(`--${flag} takes a prompt of the session, not "${turn}": it has ${prompts}`);
}

/** An agent that finds a call without its result makes one up: that is for the person to choose. */
function refuseTornPair(reader: SessionReader, count: number): void {
  if (count === 0 || count === reader.messages.length) return;
  const last = reader.read(reader.messages.place(count), "page");
  const next = reader.read(reader.messages.place(count + 1), "page");
  const calls = new Set(
    last?.blocks.flatMap((block) => block.type === "call" ? [block.callId] : []),
  );
  const isTorn = next?.blocks.some((block) => block.type === "result" && calls.has(block.callId));
  if (!isTorn) return;
  throw new RefusedError(
    `Cannot branch after message ${count}: it calls tools that answer in the next`,
    {
      hint: `--at ${count + 1} keeps the answer, --at ${
        count - 1
      } leaves out the call, --force does it`,
    },
  );
}

/**
 * Branches of real transcripts of claw, eino and nanobot, where they are at hand: at every message
 * of every session, the agent itself finds exactly that many of its messages in the branch.
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { dirname } from "@std/path";
import { UsageError } from "../src/errors.ts";
import { Losses } from "../src/losses.ts";
import { SessionReader } from "../src/reader.ts";
import { Store } from "../src/store.ts";
import { resolveWriter } from "../src/writers.ts";
import {
  assertSame,
  concatBytes,
  findRealSessions,
  ignore,
  listMessageRows,
  loadStrictly,
  parseLines,
  type RealSession,
  skein,
  withScratch,
} from "./corpus_agents.ts";
import { FAKE_NOW_MS, FakeHost } from "./fake_host.ts";
import type { StrictAgent, StrictSession } from "./strict_message.ts";
import { loadNanobot } from "./strict_nanobot.ts";

const UUID = "00000000-0000-4000-8000-000000000000";

/** A branch, and the id that it was to have. */
interface Branch {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Runs a test with a session, open. */
function withReader(path: string, test: (reader: SessionReader) => void): void {
  const host = new FakeHost();
  const store = new Store(host, [dirname(path)]);
  const reader = new SessionReader(host, store, store.find(path, () => []));
  try {
    test(reader);
  } finally {
    reader.close();
  }
}

/** Makes the bytes of a branch that shares so many messages. */
function makeBranch(reader: SessionReader, count: number): Branch {
  const { format, messages, session: parent } = reader;
  const id = format.newId({ uuid: UUID, nowMs: FAKE_NOW_MS, like: parent });
  const pieces = resolveWriter(format.agent).branchRows(reader.scan(), {
    parent,
    id,
    nowMs: FAKE_NOW_MS,
    cwd: "/p",
    title: undefined,
    count,
    last: count === 0 ? undefined : messages.place(count),
    restartLine: messages.restartLine,
    wholeRow: (row) => reader.wholeRow(row),
    losses: new Losses(),
  });
  const written: Uint8Array[] = [];
  reader.writePieces(pieces, (bytes) => written.push(bytes.slice()));
  return { id, bytes: concatBytes(written) };
}

/** Branches at every message; gives how many branches there were. */
function branchEverywhere(session: RealSession): number {
  const { agent, path, label } = session;
  const parentBytes = Deno.readFileSync(path);
  const parent = loadStrictly(agent, parentBytes);
  const rows = listMessageRows(agent, parentBytes);
  // A file without a header would hold nothing at all before its first message.
  const first = parent.id === undefined ? 1 : 0;
  withReader(path, (reader) => {
    assertEquals(reader.messages.length, parent.messages.length, label);
    for (let count = first; count <= parent.messages.length; count++) {
      const { id, bytes } = makeBranch(reader, count);
      const branch = loadStrictly(agent, bytes);
      const name = `${label} at ${count}`;
      assertSame(name, branch.messages, parent.messages.slice(0, count));
      // In the first row of a file without header stands where the branch comes from.
      const copied = listMessageRows(agent, bytes).slice(first);
      assertSame(`${name}: rows`, copied, rows.slice(first, count));
      checkHead(name, { id, bytes, branch, parent });
      if (agent === "nanobot") checkSeed(name, bytes, branch);
    }
  });
  return parent.messages.length - first + 1;
}

/** A branch with its parent. */
interface Fork extends Branch {
  readonly branch: StrictSession;
  readonly parent: StrictSession;
}

/** Asserts that a branch has an id of its own, and says where it comes from. */
function checkHead(name: string, { id, bytes, branch, parent }: Fork): void {
  const [head] = parseLines(bytes);
  if (branch.agent === "claw") {
    assertEquals([branch.id, branch.parent, branch.cwd], [id, parent.id, "/p"], name);
  } else if (branch.agent === "nanobot") {
    assertEquals([branch.id, head?.row.metadata.skein.parent], [id, parent.id], name);
  } else {
    assertEquals(head?.row.extra.skein.fork_point, branch.messages.length, name);
  }
}

/** Asserts that the oldest nanobot reads a branch too, and that its summaries are of what it has. */
function checkSeed(name: string, bytes: Uint8Array, branch: StrictSession): void {
  const seed = loadNanobot(bytes, { era: "seed" });
  assertSame(`${name} at the seed`, seed.messages, branch.messages);
  assert(seed.lastConsolidated >= 0 && seed.lastConsolidated <= seed.messages.length, name);
}

const AGENTS: readonly StrictAgent[] = ["claw", "eino", "nanobot"];

for (const agent of AGENTS) {
  Deno.test({
    name: `branch at every message of every real ${agent} session gives exactly that prefix`,
    ignore,
    fn: () => {
      const sessions = findRealSessions(agent);
      const branches = sessions.reduce((sum, session) => sum + branchEverywhere(session), 0);
      console.log(`${agent}: ${sessions.length} sessions, ${branches} branches`);
      assert(branches > sessions.length);
    },
  });
}

Deno.test({
  name: "branch before the first message of a real file without header is refused",
  ignore,
  fn: () => {
    for (const { path } of findRealSessions("eino")) {
      withReader(path, (reader) => {
        assertThrows(() => makeBranch(reader, 0), UsageError, "before the first message");
      });
    }
  },
});

Deno.test({
  name: "branch of the real file that a git merge damaged shows what its parent shows",
  ignore,
  fn: () =>
    withScratch(async (folder) => {
      const damaged = findRealSessions("nanobot").filter(({ path }) =>
        parseLines(Deno.readFileSync(path)).some(({ row }) => row === undefined)
      );
      assertEquals(damaged.length, 1);
      for (const { path, label } of damaged) {
        const shown = await show(path, 3);
        const branches = new Map<string, Uint8Array>();
        withReader(path, (reader) => {
          for (let count = 0; count <= reader.messages.length; count++) {
            branches.set(`${folder}/${count}.jsonl`, makeBranch(reader, count).bytes);
          }
        });
        assertEquals(branches.size, shown.length + 1);
        for (const [index, [file, bytes]] of [...branches].entries()) {
          Deno.writeFileSync(file, bytes);
          assertSame(`${label} at ${index}`, await show(file, 0), shown.slice(0, index));
        }
      }
    }),
});

/** What `show --json` says of each message, but for where it stands. */
async function show(path: string, code: number): Promise<readonly unknown[]> {
  const ran = await skein(dirname(path), "show", path, "--json");
  assertEquals(ran.code, code);
  return ran.json.map(({ number, role, time, summary, superseded, blocks }) => {
    return { number, role, time, summary, superseded, blocks };
  });
}

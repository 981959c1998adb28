/** Work that two threads share: every item has its result, whatever becomes of the second one. */

import { assert, assertEquals } from "@std/assert";
import { dirname, join } from "@std/path";
import { run } from "../src/app.ts";
import { helpWithWork, type SharedWork, shareWork } from "../src/shared_work.ts";
import type { JsonValue } from "../src/transcript.ts";
import { useFolder } from "./folder.ts";
import { WatchedHost } from "./watched_files.ts";

const ITEMS = Array.from({ length: 500 }, (_, index) => index);

interface Square {
  readonly square: number;
  readonly by: "first" | "helper";
}

/** Shares the work with a helper that is started so; gives the results and who had them. */
function share(start: (work: SharedWork<number>) => void, patienceMs?: number): Set<Square["by"]> {
  const results = shareWork(
    ITEMS,
    (item): Square => ({ square: item * item, by: "first" }),
    {
      start,
      revive: (plain: JsonValue) => plain as unknown as Square,
      ...(patienceMs === undefined ? {} : { patienceMs }),
    },
  );
  assertEquals([...results.keys()], ITEMS);
  assertEquals([...results.values()].map(({ square }) => square), ITEMS.map((item) => item * item));
  return new Set([...results.values()].map(({ by }) => by));
}

const square = (item: number): Square => ({ square: item * item, by: "helper" });

Deno.test("shareWork() does everything when no helper comes", () => {
  assertEquals(share(() => {}), new Set(["first"]));
});

Deno.test("shareWork() takes what a helper has done", () => {
  assertEquals(share((work) => helpWithWork(work, () => square)), new Set(["helper"]));
});

Deno.test("shareWork() does again what a helper failed at, and did not come to", () => {
  const fail = (item: number) => {
    if (item === 7) throw new Error("of the test");
    return square(item);
  };
  const start = (work: SharedWork<number>) => {
    try {
      helpWithWork(work, () => fail);
    } catch (error) {
      assert(error instanceof Error && error.message === "of the test");
    }
  };
  assertEquals(share(start), new Set(["helper", "first"]));
});

Deno.test("shareWork() does itself what a helper has no room to tell of", () => {
  const long = (item: number) => ({ ...square(item), more: "x".repeat(100_000) });
  assertEquals(share((work) => helpWithWork(work, () => long)), new Set(["helper", "first"]));
});

Deno.test("shareWork() waits for a helper that goes on, and for no other", () => {
  // A helper that takes one item and hangs: the second word is its state.
  const hang = ({ memory }: SharedWork<number>) => {
    const words = new Int32Array(memory, 0, 4);
    Atomics.store(words, 1, 1);
    Atomics.add(words, 0, 1);
  };
  assertEquals(share(hang, 20), new Set(["first"]));
});

/** From here on a second thread is started: far less than is worth it. */
const WORTH_BYTES = 64 * 1024 * 1024;

/** A store that is large enough for a second thread. */
function makeStore(root: string): readonly string[] {
  return Array.from({ length: 8 }, (_, index) => {
    const id = `0000000${index}-0000-4000-8000-000000000000`;
    const path = join(root, "0123456789abcdef", `20261101-080000-0000000${index}.jsonl`);
    const meta = { id, cwd: "/k", model: "m", provider: "p", started: "2026-11-01T08:00:00Z" };
    const head = `${JSON.stringify({ type: "meta", meta })}\n`;
    const message = {
      role: "user",
      content: [{ text: `Kite ${index} \u{1fa81}`.padEnd(2_000, "x") }],
      time: "2026-11-01T08:00:00Z",
    };
    const row = `${JSON.stringify({ type: "message", message })}\n`;
    Deno.mkdirSync(dirname(path), { recursive: true });
    // One holds a row that is none.
    Deno.writeTextFileSync(path, head + row.repeat(4_500) + (index === 5 ? "{torn\n" : ""));
    return path;
  });
}

/** Runs a command, with the program's own second thread or without. */
async function runWith(isShared: boolean, line: readonly string[], host = new WatchedHost()) {
  const threads: Worker[] = [];
  if (isShared) {
    Object.assign(host, {
      secondThread: {
        worthBytes: { read: WORTH_BYTES, find: WORTH_BYTES },
        start: (job: SharedWork<unknown>) => {
          const thread = new Worker(new URL("../main.ts", import.meta.url), { type: "module" });
          thread.postMessage(job);
          threads.push(thread);
          waitForStart(job);
        },
      },
    });
  }
  const code = await run(line, host);
  for (const thread of threads) thread.terminate();
  return { threads: threads.length, said: [code, host.stdout.text, host.stderr.text] };
}

/** Lets the second thread finish some files, which it would be too late for: the third word counts. */
function waitForStart({ memory }: SharedWork<unknown>): void {
  const words = new Int32Array(memory, 0, 4);
  const start = Date.now();
  while (Atomics.load(words, 2) < 3) {
    if (Date.now() - start > 20_000) throw new Error("the second thread does nothing");
    Atomics.wait(words, 2, Atomics.load(words, 2), 5);
  }
}

Deno.test("two threads say what one says", async () => {
  using folder = useFolder();
  const paths = makeStore(folder.path);
  const list = ["list", "--json", "--root", folder.path];
  const { threads, said } = await runWith(false, [...list, "--no-cache"]);
  assertEquals([threads, said[0]], [0, 3]);
  assertEquals(await runWith(true, [...list, "--no-cache"]), { threads: 1, said });
  // What the second thread read is kept, and gone on with.
  assertEquals(await runWith(true, list), { threads: 1, said });
  assertEquals(await runWith(true, list), { threads: 0, said });
  for (const path of paths) Deno.writeTextFileSync(path, "{torn\n", { append: true });
  const grown = await runWith(false, [...list, "--no-cache"]);
  assertEquals(await runWith(true, list), grown);
  for (const pattern of ["Kite 3", "nowhere", "\u{1fa81}"]) {
    const search = ["search", pattern, "--json", "--limit", "20", "--root", folder.path];
    const alone = await runWith(false, search);
    assertEquals(await runWith(true, search), { ...alone, threads: 1 });
  }
});

Deno.test("two threads say of a large file what one says", async () => {
  using folder = useFolder();
  const [path = "", ...others] = makeStore(folder.path);
  const rows = others.map((other) => Deno.readTextFileSync(other));
  Deno.writeTextFileSync(path, rows.join(""), { append: true });
  for (const other of others) Deno.removeSync(other);
  const list = ["list", "--json", "--no-cache", "--root", path];
  const [alone, shared] = [new WatchedHost(), new WatchedHost()];
  const { threads, said } = await runWith(false, list, alone);
  assertEquals([threads, said[0]], [0, 3]);
  assertEquals(await runWith(true, list, shared), { threads: 1, said });
  // What the second thread has read the first does not read.
  assert(shared.bytes < alone.bytes);
});

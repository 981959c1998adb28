/** Previews: the last messages of a listed session, from its end, and why not. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { readPreview } from "../src/preview.ts";
import { Store } from "../src/store.ts";
import type { Session } from "../src/transcript.ts";
import { useFolder } from "./folder.ts";
import { WatchedHost } from "./watched_files.ts";

const META = { id: "aaaa1111-2222", cwd: "/k", model: "m", provider: "p" };

interface Shape {
  readonly messages: number;
  /** How long each text is. */
  readonly letters: number;
  /** What the file ends with, as a row. */
  readonly last?: object;
}

function writeSession(path: string, { messages, letters, last }: Shape): void {
  const rows = Array.from({ length: messages }, (_, index) => ({
    type: "message",
    message: {
      role: index % 2 === 0 ? "user" : "assistant",
      content: [{ text: "kite ".repeat(letters / 5) + (index + 1) }],
    },
  }));
  const all = [{ type: "meta", meta: META }, ...rows, ...(last === undefined ? [] : [last])];
  Deno.writeTextFileSync(path, all.map((row) => `${JSON.stringify(row)}\n`).join(""));
}

/** Lists a folder of one session, changes it perhaps, and looks at it. */
function look(shape: Shape, change: (path: string) => void = () => {}) {
  using folder = useFolder();
  const path = join(folder.path, "a.jsonl");
  writeSession(path, shape);
  const host = new WatchedHost();
  const store = new Store(host, [folder.path]);
  const [session] = store.list().sessions;
  if (session === undefined) throw new Error("there is a session");
  change(path);
  host.bytes = 0;
  const found = readPreview(session, { host, store, count: 3 });
  return { found: typeof found === "string" ? found : shorten(found), bytes: host.bytes, session };
}

function shorten(found: Exclude<ReturnType<typeof readPreview>, string>): readonly string[] {
  return found.map(({ number, message: { blocks: [block] } }) =>
    `#${number} ${block?.type === "text" ? block.text.slice(-2).trim() : ""}`
  );
}

Deno.test("readPreview() gives the last messages with the numbers that show gives them", () => {
  assertEquals(look({ messages: 5, letters: 10 }).found, ["#3 3", "#4 4", "#5 5"]);
  assertEquals(look({ messages: 2, letters: 10 }).found, ["#1 1", "#2 2"]);
  assertEquals(look({ messages: 0, letters: 10 }).found, []);
});

Deno.test("readPreview() reads the end of a large file alone", () => {
  const { found, bytes } = look({ messages: 3_000, letters: 1_000 });
  assertEquals(found, ["#2998 98", "#2999 99", "#3000 00"]);
  assert(bytes < 1_000_000, `${bytes} bytes read`);
});

Deno.test("readPreview() starts after a compaction", () => {
  const last = { type: "compaction", messages: [{ role: "user", content: [{ text: "sum" }] }] };
  const { found } = look({ messages: 3_000, letters: 1_000, last });
  assertEquals(found, ["#1 um"]);
});

Deno.test("readPreview() keeps the end of a text that no screen can hold", () => {
  using folder = useFolder();
  const path = join(folder.path, "a.jsonl");
  writeSession(path, { messages: 1, letters: 100_000 });
  const host = new WatchedHost();
  const store = new Store(host, [folder.path]);
  const [session] = store.list().sessions as [Session];
  const found = readPreview(session, { host, store, count: 3 });
  const block = typeof found === "string" ? undefined : found[0]?.message.blocks[0];
  assertEquals(block?.type === "text" ? block.text.length : 0, 16 * 1024);
});

Deno.test("readPreview() reads a file anew that has changed since it was listed", () => {
  const { found } = look(
    { messages: 3_000, letters: 1_000 },
    (path) => writeSession(path, { messages: 2, letters: 10 }),
  );
  assertEquals(found, ["#1 1", "#2 2"]);
});

Deno.test("readPreview() leaves out what does not lie near the end of a large file", () => {
  const { found, bytes } = look({ messages: 4, letters: 1_200_000 });
  assertEquals(found, ["#4 4"]);
  assert(bytes < 7_000_000, `${bytes} bytes read`);
  const beyond = look({ messages: 4, letters: 3_000_000 });
  assertEquals(beyond.found, "no message lies in its last 2.1 MB");
});

Deno.test("readPreview() says why there is nothing to see", () => {
  assertEquals(
    look({ messages: 3_000, letters: 1_000 }, (path) => {
      writeSession(path, { messages: 3_000, letters: 1_005 });
    }).found,
    "it has changed since it was listed",
  );
  assertEquals(look({ messages: 5, letters: 10 }, Deno.removeSync).found, "no such file or folder");
  const { found } = look({ messages: 5, letters: 10 }, (path) => Deno.writeTextFileSync(path, "x"));
  assertMatch(String(found), /^Cannot read ".*a\.jsonl": /);
});

/**
 * How much work a command does on a store that never changes: files opened, bytes read, rows parsed.
 * A time would depend on the machine; these do not, and whoever makes one larger has to say why here.
 */

import { assertEquals } from "@std/assert";
import { dirname, join } from "@std/path";
import { run } from "../src/app.ts";
import { useFolder } from "./folder.ts";
import { WatchedHost } from "./watched_files.ts";

/** The store: so many sessions of so many turns, a row each for prompt, reply, usage and tool. */
const SESSIONS = 120;
const TURNS = 50;

/** The work of one command. */
interface Work {
  readonly opened: number;
  /** Of the sessions' files. */
  readonly bytes: number;
  readonly parsed: number;
}

function makeStore(root: string): { readonly paths: readonly string[]; readonly bytes: number } {
  const paths: string[] = [];
  let bytes = 0;
  for (let i = 0; i < SESSIONS; i++) {
    const number = String(i).padStart(4, "0");
    const id = `0000${number}-0000-4000-8000-000000000000`;
    const path = join(root, "0123456789abcdef", `20261101-08${number}-0000${number}.jsonl`);
    const meta = { id, cwd: "/kites", model: "m", provider: "p", started: "2026-11-01T08:00:00Z" };
    const rows = [{ type: "meta", meta }, ...Array.from({ length: TURNS }, makeTurn).flat()];
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.writeTextFileSync(path, text);
    Deno.utimeSync(path, new Date(0), new Date(0));
    paths.push(path);
    bytes += text.length;
  }
  return { paths, bytes };
}

function makeTurn(_: unknown, turn: number): readonly object[] {
  const time = "2026-11-01T08:00:00Z";
  const say = (role: string, content: object) => ({
    type: "message",
    message: { role, content: [content], time },
  });
  const call = { id: `c${turn}`, name: "read", arguments: { path: `kites/${turn}.ts` } };
  return [
    say("user", { text: `Prompt ${turn}: `.padEnd(100, "x") }),
    say("assistant", call),
    { type: "usage", cumulative: { input_tokens: turn, output_tokens: 2, cost_usd: turn / 4 } },
    say("tool", { call_id: `c${turn}`, content: [{ text: "y".repeat(500) }], is_error: false }),
  ];
}

async function measure(line: readonly string[]): Promise<Work> {
  const host = new WatchedHost();
  let parsed = 0;
  const { parse } = JSON;
  JSON.parse = new Proxy(parse, {
    apply(target, self, args) {
      if (String(args[0]).startsWith("{")) parsed++;
      return Reflect.apply(target, self, args);
    },
  });
  try {
    assertEquals(await run(line, host), 0);
  } finally {
    JSON.parse = parse;
  }
  return { opened: host.opened, bytes: host.bytes, parsed };
}

Deno.test("listing and drawing a store does no more work than it did", async () => {
  using folder = useFolder();
  const { paths: [path = ""], bytes } = makeStore(folder.path);
  const root = ["--root", folder.path];
  const list = ["list", "--json", ...root];

  // The shapes may be known from tests before this one; of each file the head is parsed, once to
  // tell whose it is and once for what it says, and the first prompt.
  await measure([...list, "--no-cache"]);
  const whole = { opened: SESSIONS, bytes, parsed: 3 * SESSIONS };
  assertEquals(await measure([...list, "--no-cache"]), whole);
  assertEquals(await measure(["tree", "--no-cache", ...root]), whole);

  // Nothing but the header and the texts of the cache is parsed once there is one.
  await measure(list);
  const nothing = { opened: 0, bytes: 0, parsed: 2 };
  assertEquals(await measure(list), nothing);
  assertEquals(await measure(["tree", ...root]), nothing);

  // What was read before is not read again, but for the 64 bytes that tell that it is still there;
  // the state to go on with is parsed.
  const more = `${JSON.stringify(makeTurn(0, TURNS)[0])}\n`;
  Deno.writeTextFileSync(path, more, { append: true });
  assertEquals(await measure(list), { opened: 1, bytes: more.length + 64, parsed: 3 });
});

/**
 * Real transcripts, where they are at hand: `list`, `tree` and `show` give what the files hold, as a
 * reader finds it that splits, parses and counts. Nothing of their text is ever printed.
 */

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";
import { FakeHost } from "./fake_host.ts";

const CORPUS = new URL("../../shared/corpus/zot", import.meta.url).pathname;
const ignore = !exists(CORPUS);

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

// deno-lint-ignore no-explicit-any -- the files are read without skein's own types, on purpose
type Json = any;

async function runJson(...line: readonly string[]): Promise<readonly Json[]> {
  const host = new FakeHost();
  assertEquals(await run([...line, "--json", "--root", CORPUS], host), 0);
  return host.stdout.text.split("\n").filter(Boolean).map((text) => JSON.parse(text));
}

function* walk(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* walk(path);
    else yield path;
  }
}

function readRows(path: string): readonly Json[] {
  return Deno.readTextFileSync(path).split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

Deno.test({
  name: "list gives id, count, title, model, cost and parent of every real file",
  ignore,
  fn: async () => {
    const listed = new Map((await runJson("list")).map((session) => [session.path, session]));
    const files = [...walk(Deno.realPathSync(CORPUS))];
    assertEquals([...listed.keys()].sort(), files.sort());
    for (const path of files) {
      const rows = readRows(path);
      const metas = rows.filter((row) => row.type === "meta").map((row) => row.meta);
      const messages = rows.filter((row) => row.type === "message").map((row) => row.message);
      const first = messages.find((message) => message.role === "user").content[0].text;
      const rename = rows.findLast((row) => row.type === "rename")?.title;
      const usage = rows.findLast((row) => row.type === "usage")?.cumulative;
      const { cost_usd: cost, ...tokens } = usage;
      const session = listed.get(path);
      assertEquals(session.id, metas[0].id);
      assertEquals(session.messages, messages.length);
      assertEquals(session.kept_messages, messages.filter((m) => m.content?.length > 0).length);
      assert(session.title === (rename ?? first.trim().replace(/\s+/g, " ").slice(0, 500).trim()));
      assertEquals([session.model, session.provider], [metas.at(-1).model, metas.at(-1).provider]);
      assertEquals([session.cost_usd, session.usage], [cost, tokens]);
      assertEquals([session.parent, session.fork_point], [
        metas[0].parent ?? null,
        metas[0].fork_point ?? null,
      ]);
      assertEquals(session.bytes, Deno.statSync(path).size);
      assertEquals(session.state, "ok");
    }
  },
});

Deno.test({
  name: "tree links every real branch to its parent",
  ignore,
  fn: async () => {
    const nodes = await runJson("tree");
    const byPath = new Map(nodes.map((node) => [node.path, node]));
    let branches = 0;
    for (const path of walk(Deno.realPathSync(CORPUS))) {
      const { id, parent, fork_point: forkPoint } = readRows(path)[0].meta;
      const node = byPath.get(path);
      assertEquals([node.id, node.parent ?? undefined], [id, parent]);
      if (parent === undefined) continue;
      branches++;
      assertEquals([node.depth, node.fork_point], [1, forkPoint]);
      assert(nodes.some((other) => other.id === parent && other.children.includes(id)));
    }
    assert(branches > 0);
  },
});

Deno.test({
  name: "show numbers the messages that zot would resume with, bytes and all",
  ignore,
  fn: async () => {
    for (const path of walk(Deno.realPathSync(CORPUS))) {
      const shown = await runJson("show", path);
      const lines = Deno.readTextFileSync(path).split("\n").filter(Boolean);
      const kept = lines.filter((line) => {
        const row = JSON.parse(line);
        return row.type === "message" && row.message.content?.length > 0;
      });
      assertEquals(shown.map(({ number }) => number), kept.map((_, index) => index + 1));
      shown.forEach(({ role, blocks, bytes }, index) => {
        const { message } = JSON.parse(kept[index] ?? "");
        assertEquals([role, blocks.length], [message.role, message.content.length]);
        assertEquals(bytes, new TextEncoder().encode(kept[index]).length);
      });
      const host = new FakeHost();
      await run(["show", path, "--raw", "--root", CORPUS], host);
      assert(host.stdout.text === kept.join("\n") + "\n");
    }
  },
});

/**
 * Real transcripts, where they are at hand: `list`, `tree` and `show` give what the files hold, as a
 * reader finds it that splits, parses and counts. Nothing of their text is ever printed.
 */

import { assert, assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { dirname, join } from "@std/path";
import { run } from "../src/app.ts";
import { Losses } from "../src/losses.ts";
import { SessionReader } from "../src/reader.ts";
import { Store } from "../src/store.ts";
import { resolveWriter } from "../src/writers.ts";
import { FAKE_NOW_MS, FakeHost } from "./fake_host.ts";

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
  assertEquals(await run([...line, "--json", "--no-cache", "--root", CORPUS], host), 0);
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
      await run(["show", path, "--raw", "--no-cache", "--root", CORPUS], host);
      assert(host.stdout.text === kept.join("\n") + "\n");
    }
  },
});

/** A copy of the real sessions, old enough to be pruned, in a folder that the test removes. */
async function withCopy(test: (root: string) => Promise<void>): Promise<void> {
  const root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "skein_" }));
  const source = join(Deno.realPathSync(CORPUS), "sessions");
  const old = new Date(FAKE_NOW_MS - 90 * 24 * 60 * 60 * 1000);
  try {
    for (const path of walk(source)) {
      const target = join(root, path.slice(source.length));
      Deno.mkdirSync(dirname(target), { recursive: true });
      Deno.copyFileSync(path, target);
      Deno.utimeSync(target, old, old);
    }
    await test(root);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

async function skein(root: string, ...line: readonly string[]): Promise<string> {
  const host = new FakeHost({ cwd: root });
  assertEquals(await run([...line, "--no-cache", "--root", root], host), 0);
  return host.stdout.text;
}

/** Every file outside of skein's own folder: name, contents, inode, mode and time. */
function snapshot(root: string): readonly string[] {
  return [...walk(root)].filter((path) => !path.includes("/.skein/")).sort().map((path) => {
    const { ino, mode, mtime } = Deno.statSync(path);
    const sum = createHash("sha256").update(Deno.readFileSync(path)).digest("hex");
    return [path, sum, ino, mode, mtime?.getTime()].join(" ");
  });
}

Deno.test({
  name: "prune then undo leaves real sessions as they were, bytes, inode, mode and time",
  ignore,
  fn: () =>
    withCopy(async (root) => {
      const before = snapshot(root);
      await skein(root, "prune", "--older-than", "1d", "--yes");
      assert(snapshot(root).length < before.length);
      await skein(root, "undo");
      assertEquals(snapshot(root), before);
    }),
});

Deno.test({
  name: "export then import gives back every row of real sessions but the meta rows",
  ignore,
  fn: () =>
    withCopy(async (root) => {
      const isMeta = (row: string) => JSON.parse(row).type === "meta";
      for (const path of [...walk(root)]) {
        const before = snapshot(root).filter((line) => line.startsWith(path));
        await skein(root, "export", path, "--output", join(root, "x.zotsession"));
        const [, copy = ""] = (await skein(root, "import", join(root, "x.zotsession"))).trim()
          .split("  ");
        const rows = (file: string) => Deno.readTextFileSync(file).split("\n").filter(Boolean);
        assert(
          rows(copy).filter((row) => !isMeta(row)).join() ===
            rows(path).filter((row) => !isMeta(row)).join(),
        );
        assertEquals(snapshot(root).filter((line) => line.startsWith(path)), before);
        Deno.removeSync(join(root, "x.zotsession"));
        Deno.removeSync(copy);
      }
    }),
});

Deno.test({
  name: "branch at every message of every real session gives exactly that prefix",
  ignore,
  fn: () => {
    let branches = 0;
    for (const path of walk(join(Deno.realPathSync(CORPUS), "sessions"))) {
      const host = new FakeHost();
      const store = new Store(host, [CORPUS]);
      const reader = new SessionReader(host, store, store.find(path, () => []));
      const { format, messages, session: parent } = reader;
      const rows = Array.from(reader.scan(), (scanned) => ({
        ...scanned,
        row: { ...scanned.row, bytes: scanned.row.bytes.slice() },
      }));
      const isMessage = new Set(
        rows.filter(({ facts }) => facts[0]?.kind === "message").map(({ row }) => row.offset),
      );
      for (let count = 0; count <= messages.length; count++, branches++) {
        const pieces = resolveWriter(format.agent).branchRows(rows, {
          parent,
          id: "00000000-0000-4000-8000-000000000000",
          nowMs: FAKE_NOW_MS,
          cwd: "/p",
          title: undefined,
          count,
          last: count === 0 ? undefined : messages.place(count),
          restartLine: messages.restartLine,
          wholeRow: (row) => row,
          losses: new Losses(),
        });
        const kept = [...pieces].filter((piece) => piece.type === "copy")
          .filter(({ offset }) => isMessage.has(offset));
        const expected = Array.from(
          { length: count },
          (_, index) => messages.place(index + 1).offset,
        );
        assertEquals(kept.map(({ offset }) => offset), expected);
      }
      reader.close();
    }
    assert(branches > 1_000);
  },
});

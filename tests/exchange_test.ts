/**
 * Branch, export and import from end to end, on generated stores: what is kept is kept byte for
 * byte, and the source is never touched.
 */

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";
import { FakeHost } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";
import { Random } from "./random.ts";
import { randomZotFile } from "./random_zot.ts";

const ID = "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512";
const NAME = `b/20261101-080000-${ID.slice(0, 8)}.jsonl`;

// deno-lint-ignore no-explicit-any -- rows are read without skein's own types, on purpose
type Json = any;

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly bytes: Uint8Array;
  readonly talk: string;
}

/** Runs a command on a root; `input` comes through the pipe. */
async function skein(root: string, line: readonly string[], input?: Uint8Array): Promise<Ran> {
  const host = new FakeHost({ cwd: root });
  if (input !== undefined) host.input = input.slice();
  const code = await run([...line, "--root", root], host);
  const bytes = host.stdout.bytes;
  return { code, bytes, out: new TextDecoder().decode(bytes), talk: host.stderr.text };
}

async function shownMessages(root: string, path: string): Promise<readonly Json[]> {
  const { out } = await skein(root, ["show", path, "--json"]);
  return out.split("\n").filter(Boolean).map((line) => {
    const { role, time, summary, blocks } = JSON.parse(line);
    return { role, time, summary, blocks };
  });
}

function state(path: string): readonly unknown[] {
  const { size, mtime, mode, ino } = Deno.statSync(path);
  return [Deno.readFileSync(path).toHex(), size, mtime?.getTime(), mode, ino];
}

function rowsOf(bytes: Uint8Array): readonly string[] {
  return new TextDecoder().decode(bytes).split("\n").map((line) => line.replace(/\r$/, ""))
    .filter((line) => line !== "");
}

/** Runs a law on generated sessions, each in a root of its own; a failure names the seed. */
async function holdOnFiles(
  cases: number,
  law: (root: string, path: string, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const given = Deno.env.get("SKEIN_SEED");
  const first = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  for (let i = 0; i < (given === undefined ? cases : 1); i++) {
    const bytes = randomZotFile(new Random(first + i), { id: ID, mostRows: 14, damage: 0.15 });
    const root = makeFolder({ [NAME]: bytes });
    try {
      await law(root, join(root, NAME), bytes);
    } catch (error) {
      throw new Error(`The law fails for SKEIN_SEED=${first + i}`, { cause: error });
    } finally {
      Deno.removeSync(root, { recursive: true });
    }
  }
}

Deno.test("branch at every message gives exactly that prefix, and leaves the parent untouched", async () => {
  await holdOnFiles(60, async (root, path) => {
    const before = state(path);
    const all = await shownMessages(root, path);
    for (let count = 0; count <= all.length; count++) {
      const { code, out } = await skein(root, ["branch", path, "--at", String(count), "--force"]);
      assertEquals(code, 0);
      const [id = "", child = ""] = out.trim().split("  ");
      assertEquals(await shownMessages(root, child), all.slice(0, count));
      const meta = JSON.parse(rowsOf(Deno.readFileSync(child))[0] ?? "").meta;
      assertEquals([meta.id, meta.parent, meta.fork_point ?? 0], [id, ID, count]);
      assertEquals((Deno.statSync(child).mode ?? 0) & 0o777, 0o600);
      assertEquals(state(path), before);
      Deno.removeSync(child);
    }
  });
});

Deno.test("a branch of a branch draws a tree of three levels", async () => {
  const said = (role: string, text: string) =>
    `{"type":"message","message":{"role":"${role}","content":[{"text":"${text}"}],"time":null}}\n`;
  const root = makeFolder({
    [NAME]: `{"type":"meta","meta":{"id":"${ID}","cwd":"/p"}}\n` + said("user", "a") +
      said("assistant", "b"),
  });
  const branch = async (path: string) =>
    (await skein(root, ["branch", path, "--at", "1"])).out.trim().split("  ");
  const [, child = ""] = await branch(join(root, NAME));
  await branch(child);
  const { out } = await skein(root, ["tree", "--json"]);
  const depths = out.trim().split("\n").map((line) => JSON.parse(line).depth);
  Deno.removeSync(root, { recursive: true });
  assertEquals(depths, [0, 1, 2]);
});

Deno.test("export then import gives back every row but the meta rows, and the transcript", async () => {
  await holdOnFiles(120, async (root, path, bytes) => {
    const before = state(path);
    const exported = await skein(root, ["export", path]);
    const imported = await skein(root, ["import", "-"], exported.bytes);
    assertEquals(state(path), before);
    const [, copy = ""] = imported.out.trim().split("  ");
    const isMeta = (row: string) =>
      /^\{"type":"meta".*\}$/.test(row) && tryParse(row) !== undefined;
    const withoutMeta = (rows: readonly string[]) => rows.filter((row) => !isMeta(row));
    assertEquals(withoutMeta(rowsOf(Deno.readFileSync(copy))), withoutMeta(rowsOf(bytes)));
    assertEquals(await shownMessages(root, copy), await shownMessages(root, path));
    const metas = (rows: readonly string[]) =>
      rows.filter(isMeta).map((row) => JSON.parse(row).meta);
    const models = (rows: readonly string[]) =>
      metas(rows).map((meta) => [meta.model, meta.started]);
    assertEquals(models(rowsOf(Deno.readFileSync(copy))), models(rowsOf(bytes)));
    for (const meta of metas(rowsOf(exported.bytes))) assertEquals([meta.id, meta.cwd], [ID, ""]);
  });
});

Deno.test("import says that the same session was imported before", async () => {
  await holdOnFiles(5, async (root, path) => {
    const { bytes } = await skein(root, ["export", path]);
    const other = makeFolder({});
    const first = await skein(other, ["import", "-"], bytes);
    const second = await skein(other, ["import", "-"], bytes);
    Deno.removeSync(other, { recursive: true });
    assert(!first.talk.includes("before"), first.talk);
    assert(second.talk.includes("was imported before, as"), second.talk);
  });
});

Deno.test("export writes no file over another, and never over its source", async () => {
  await holdOnFiles(3, async (root, path) => {
    const before = state(path);
    const target = join(root, "x.zotsession");
    Deno.writeTextFileSync(target, "mine");
    for (const output of [target, path]) {
      const { code, talk } = await skein(root, ["export", path, "--output", output]);
      assertEquals([code, talk.includes("it exists")], [1, true]);
    }
    assertEquals([Deno.readTextFileSync(target), state(path)], ["mine", before]);
  });
});

Deno.test("import refuses what is no session, and leaves nothing behind", async () => {
  const list = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  for (const input of ["", "hello\n"]) {
    const root = makeFolder({});
    const { code } = await skein(root, ["import", "-"], new TextEncoder().encode(input));
    assertEquals([code, list(root)], [1, []]);
    Deno.removeSync(root, { recursive: true });
  }
  const root = makeFolder({});
  const input = '{"type":"message","message":{"role":"user","content":[]}}\n';
  const { code } = await skein(root, ["import", "-"], new TextEncoder().encode(input));
  assertEquals([code, list(root)], [1, [".skein"]]);
  assertEquals(list(join(root, ".skein")), ["lock", "receipts", "trash"]);
  Deno.removeSync(root, { recursive: true });
});

Deno.test("undo takes a branch and an import back, and puts them there again", async () => {
  await holdOnFiles(10, async (root, path) => {
    const { bytes } = await skein(root, ["export", path]);
    for (const line of [["branch", path, "--at", "0"], ["import", "-"]]) {
      const { out } = await skein(root, line, bytes);
      const [, made = ""] = out.trim().split("  ");
      const before = state(made);
      assertEquals((await skein(root, ["undo"])).code, 0);
      assertEquals((await skein(root, ["list", "--json"])).out.trim().split("\n").length, 1);
      assertEquals((await skein(root, ["undo"])).code, 0);
      assertEquals(state(made), before);
      Deno.removeSync(made);
    }
  });
});

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

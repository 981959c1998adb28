/**
 * Pruning: whatever a store holds, undo puts every file back as it was, and what goes takes along
 * the files that belong to it.
 */

import { assert, assertEquals } from "@std/assert";
import { basename, dirname, join, relative } from "@std/path";
import { FAKE_NOW_MS } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";
import { holdCases, KINDS, look, readLines, skein } from "./laws.ts";
import type { Random } from "./random.ts";

// deno-lint-ignore no-explicit-any -- what skein prints is read without its own types, on purpose
type Json = any;

const HOUR_MS = 60 * 60 * 1000;

type State = Readonly<Record<string, string>>;

/** Files of every agent, each in a folder of its own, some empty or damaged, claw's with parts. */
function randomStore(random: Random): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {
    "notes.txt": new TextEncoder().encode("not a session\n"),
  };
  for (let i = random.integer(3, 12); i > 0; i--) {
    const kind = random.pick(KINDS as [typeof KINDS[number], ...typeof KINDS]);
    const options = {
      mostRows: random.pick([0, 0, 1, 9]),
      damage: random.pick([0, 0, 0, 0.2]),
      longest: 3_000,
    };
    const file = `store ${i}/${kind.file}`;
    files[file] = kind.make(random, options);
    if (kind.agent !== "claw") continue;
    const stem = file.replace(/\.jsonl?$/, "");
    for (let part = random.integer(0, 3); part > 0; part--) {
      const ms = 1_782_531_994_120 + part;
      const name = random.pick([
        `${stem}.rot-${ms}.jsonl`,
        `${file}.before-clear-${ms}.bak`,
        `${file}.tmp-${ms}-0`,
      ]);
      files[name] = kind.make(random, { ...options, damage: 0 });
    }
    // Now and then the session itself is gone, and its latest copy stands for it.
    if (random.chance(0.15)) delete files[file];
  }
  return files;
}

/** Makes the files look old, each as old as it likes. */
function age(random: Random, root: string, files: readonly string[]): void {
  for (const file of files) {
    const path = join(root, file);
    const time = (FAKE_NOW_MS - random.integer(1, 2_000) * HOUR_MS / 7) / 1000;
    Deno.utimeSync(path, time, time);
    Deno.chmodSync(path, random.pick([0o600, 0o644, 0o400]));
  }
}

function stateOf(folder: string, root = folder): State {
  return Object.fromEntries(
    [...Deno.readDirSync(folder)].filter(({ name }) => name !== ".skein").flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory) return Object.entries(stateOf(path, root));
      return [[relative(root, path), JSON.stringify(look(path))]];
    }),
  );
}

/** Every file in the trash, by its inode. */
function trashOf(root: string): ReadonlySet<number | null> {
  const inodes = new Set<number | null>();
  const visit = (folder: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      const path = join(folder, name);
      if (isDirectory) visit(path);
      else inodes.add(Deno.statSync(path).ino);
    }
  };
  visit(join(root, ".skein/trash"));
  return inodes;
}

function randomRule(random: Random): readonly string[] {
  return random.pick<readonly string[]>([
    ["--older-than", "1h"],
    ["--older-than", "5d"],
    ["--empty"],
    ["--larger-than", "1KB"],
    ["--keep", "1"],
  ]);
}

Deno.test("prune then undo is the identity on every file of a mixed store, each time", async () => {
  let moved = 0;
  await holdCases(60, async (random) => {
    const files = randomStore(random);
    const root = makeFolder(files);
    try {
      age(random, root, Object.keys(files));
      const before = stateOf(root);
      const listed = (await skein([root], ["list", "--json"])).out;
      const pruned = await skein([root], ["prune", "--yes", "--json", ...randomRule(random)]);
      assert([0, 3].includes(pruned.code), pruned.talk);
      const verdicts = readLines(pruned);
      const going = verdicts.filter(({ action }) => action === "prune");
      const after = stateOf(root);
      if (going.length === 0) {
        assertEquals(after, before);
        return;
      }
      const sessions = listed.split("\n").filter(Boolean).map((line) => JSON.parse(line));
      moved += going.length;
      const gone = going.flatMap(({ path }) => {
        const { parts } = sessions.find((session) => session.path === path);
        return [path, ...parts.map((part: Json) => part.path)];
      }).map((path) => relative(root, path));
      const left = Object.entries(before).filter(([path]) => !gone.includes(path));
      assertEquals(after, Object.fromEntries(left));
      const trash = trashOf(root);
      for (const path of gone) assert(trash.has(JSON.parse(before[path] ?? "[]")[4]), path);
      for (const state of [before, after, before]) {
        const undone = await skein([root], ["undo"]);
        assertEquals(undone.code, 0, undone.talk);
        assertEquals(stateOf(root), state);
      }
      assertEquals((await skein([root], ["list", "--json"])).out, listed);
    } finally {
      Deno.removeSync(root, { recursive: true });
    }
  });
  assert(moved > 0 || Deno.env.has("SKEIN_SEED"), "nothing was ever pruned");
});

Deno.test("a copy that claw put aside goes with its session, and only with it", () =>
  holdCases(60, async (random) => {
    const files = randomStore(random);
    const root = makeFolder(files);
    try {
      age(random, root, Object.keys(files));
      const list = readLines(await skein([root], ["list", "--json"]));
      const owned = list.flatMap(({ path, parts }) => [
        path,
        ...parts.map((part: Json) => part.path),
      ]);
      assertEquals(new Set(owned).size, owned.length, "a file is listed twice");
      for (const { path, parts, agent } of list) {
        for (const part of parts) {
          assertEquals([agent, dirname(part.path)], ["claw", dirname(path)]);
          assert(/\.rot-|\.bak$|\.tmp-/.test(basename(part.path)), part.path);
        }
      }
      await skein([root], ["prune", "--yes", "--older-than", "1h"]);
      for (const { path, parts } of list) {
        const isGone = !exists(path);
        for (const part of parts) assertEquals(exists(part.path), !isGone, part.path);
      }
    } finally {
      Deno.removeSync(root, { recursive: true });
    }
  }));

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Copies of real transcripts, where these are at hand, that are exported and imported, pruned and
 * taken back: their agents find the same messages in them, and nothing else is touched.
 */

import { assert, assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { dirname, join } from "@std/path";
import {
  AGENTS,
  assertSame,
  copyCorpus,
  countNaively,
  findRealSessions,
  ignore,
  isRotatedCopy,
  type Json,
  loadStrictly,
  skein,
  withScratch,
} from "./corpus_agents.ts";
import { FAKE_NOW_MS } from "./fake_host.ts";
import type { StrictAgent } from "./strict_message.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Every file outside of skein's own folder: name, contents, inode, mode and time. */
function snapshot(root: string): readonly string[] {
  return [...walk(root)].sort().map((path) => {
    const { ino, mode, mtime } = Deno.statSync(path);
    const sum = createHash("sha256").update(Deno.readFileSync(path)).digest("hex");
    return [path, sum, ino, mode, mtime?.getTime()].join(" ");
  });
}

function* walk(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (isDirectory && name !== ".skein") yield* walk(path);
    else if (!isDirectory) yield path;
  }
}

/** Sessions of an agent in a folder; to eino's, which lack a header, some of nanobot's are added. */
async function makeSessions(agent: StrictAgent, root: string): Promise<readonly string[]> {
  const paths = copyCorpus(agent, root).filter((path) => !isRotatedCopy(path));
  if (agent !== "eino") return paths;
  const made: string[] = [];
  for (const [index, { path }] of findRealSessions("nanobot").entries()) {
    const target = join(root, `${index}.jsonl`);
    await skein(dirname(path), "export", path, "--format", agent, "--output", target);
    made.push(target);
  }
  return [...paths, ...made];
}

for (const agent of AGENTS) {
  Deno.test({
    name: `export then import gives every real ${agent} session anew, with the same messages`,
    ignore,
    fn: () =>
      withScratch(async (folder) => {
        const root = join(folder, "root");
        Deno.mkdirSync(root);
        const paths = await makeSessions(agent, root);
        const before = snapshot(root);
        for (const [index, path] of paths.entries()) {
          const label = `${agent} ${index + 1}`;
          const bytes = Deno.readFileSync(path);
          const hasDamage = countNaively(agent, bytes).damagedLines.length > 0;
          const file = join(folder, `${index}.export`);
          const exported = await skein(root, "export", path, "--output", file, "--json");
          assertEquals(exported.code, hasDamage ? 3 : 0, label);
          const imported = await skein(root, "import", file, "--json");
          const [{ root: home, creations: [creation] }] = imported.json;
          const copy = join(home, creation.path);
          const parent = loadStrictly(agent, bytes);
          const child = loadStrictly(agent, Deno.readFileSync(copy));
          assertSame(label, child.messages, parent.messages);
          assertEquals(child.title, parent.title, label);
          assert(child.id !== parent.id || parent.id === undefined, label);
          assertEquals(child.id ?? creation.session, creation.session, label);
          Deno.removeSync(copy);
        }
        assertEquals(snapshot(root), before);
      }),
  });
}

Deno.test({
  name: "prune then undo leaves the real files of all agents as they were, parts included",
  ignore,
  fn: () =>
    withScratch(async (root) => {
      const paths = AGENTS.flatMap((agent) => copyCorpus(agent, join(root, agent)));
      paths.forEach((path, index) => {
        Deno.chmodSync(path, [0o600, 0o644, 0o640][index % 3] ?? 0);
        const time = new Date(FAKE_NOW_MS - 90 * DAY_MS - index * 1_003);
        Deno.utimeSync(path, time, time);
      });
      const before = snapshot(root);
      assertEquals(before.length, paths.length);
      const { json } = await skein(root, "prune", "--older-than", "1d", "--yes", "--json");
      const pruned = json.filter(({ action }) => action === "prune");
      assertEquals(new Set(pruned.map((verdict: Json) => verdict.agent)), new Set(AGENTS));
      const left = [...walk(root)];
      assertEquals(left.filter(isRotatedCopy), []);
      assertEquals(before.length - left.length, pruned.length + paths.filter(isRotatedCopy).length);
      const kept = json.filter(({ action }) => action !== "prune");
      assertEquals(left.sort(), kept.map(({ path }) => path).sort());
      assertEquals((await skein(root, "undo")).code, 0);
      assertEquals(snapshot(root), before);
    }),
});

/**
 * Real transcripts of all four agents, where they are at hand: `list` and `tree` find each of them
 * once, under its agent, with the count that two other readers give, and name every damaged line.
 */

import { assert, assertEquals } from "@std/assert";
import {
  AGENTS,
  copyCorpus,
  corpusRoot,
  countNaively,
  findRealSessions,
  ignore,
  isRotatedCopy,
  type Json,
  loadStrictly,
  skein,
  withScratch,
} from "./corpus_agents.ts";
import { findRealFiles } from "./strict_files.ts";

function damagedLines(session: Json): readonly number[] {
  return session.problems.filter((problem: Json) => problem.severity === "damage")
    .map((problem: Json) => problem.line);
}

Deno.test({
  name: "list counts the messages of every real file as two other readers do, damage by line",
  ignore,
  fn: async () => {
    const table = [" agent    no  messages  damaged  file"];
    for (const agent of AGENTS) {
      const { code, json } = await skein(corpusRoot(agent), "list", "--json");
      const listed = new Map(json.map((session) => [session.path, session]));
      const real = findRealSessions(agent);
      assertEquals([...listed.keys()].sort(), real.map(({ path }) => path).sort());
      real.forEach(({ path, label }, index) => {
        const bytes = Deno.readFileSync(path);
        const naive = countNaively(agent, bytes);
        const session = listed.get(path);
        assertEquals(session.agent, agent, label);
        assertEquals(
          [session.messages, session.kept_messages, session.bytes],
          [naive.messages, loadStrictly(agent, bytes).messages.length, bytes.length],
          label,
        );
        assertEquals(damagedLines(session), naive.damagedLines, label);
        const hasDamage = naive.damagedLines.length > 0;
        assertEquals(
          session.state,
          hasDamage ? "damaged" : naive.messages > 0 ? "ok" : "empty",
          label,
        );
        const columns = [
          agent.padEnd(7),
          `${index + 1}`.padStart(3),
          `${naive.messages}`.padStart(9),
          `${naive.damagedLines.length}`.padStart(8),
        ];
        table.push(` ${columns.join(" ")}  ${path.slice(path.lastIndexOf("/") + 1)}`);
      });
      assertEquals(code, json.some((session) => damagedLines(session).length > 0) ? 3 : 0);
    }
    console.log(table.join("\n"));
  },
});

Deno.test({
  name: "list names the six lines that a git merge left in a real nanobot file, and no other",
  ignore,
  fn: async () => {
    const { json } = await skein(corpusRoot("nanobot"), "list", "--json");
    const damaged = json.filter((session) => session.state === "damaged");
    assertEquals(damaged.length, 1);
    const lines = Deno.readTextFileSync(damaged[0].path).split("\n");
    const marks = lines.flatMap((line, index) =>
      /^(<{7} |={7}$|>{7} )/.test(line) ? [index + 1] : []
    );
    assertEquals(marks.length, 6);
    assertEquals(damagedLines(damaged[0]), marks);
  },
});

Deno.test({
  name: "list gives claw's rotated copies as parts of their sessions, and never as sessions",
  ignore,
  fn: async () => {
    const { json } = await skein(corpusRoot("claw"), "list", "--json");
    const rotated = findRealFiles("claw").filter(isRotatedCopy)
      .map((path) => Deno.realPathSync(path));
    assert(rotated.length > 0);
    const parts = json.flatMap((session) =>
      session.parts.map((part: Json) => ({ ...part, owner: session.path }))
    );
    assertEquals(parts.map(({ path }) => path).sort(), rotated.sort());
    for (const { path, owner, what, bytes } of parts) {
      assertEquals(owner, path.replace(/\.rot-\d+/, ""));
      assertEquals([what, bytes], ["rotated copy", Deno.statSync(path).size]);
    }
  },
});

Deno.test({
  name: "a root with the real files of all agents lists each as its own root does, and filters",
  ignore,
  fn: () =>
    withScratch(async (folder) => {
      for (const agent of AGENTS) copyCorpus(agent, `${folder}/${agent}`);
      const all = (await skein(folder, "list", "--json")).json;
      const nodes = (await skein(folder, "tree", "--json")).json;
      for (const agent of AGENTS) {
        const strip = (root: string) => (session: Json) =>
          `${session.path.slice(root.length)} ${session.id} ${session.messages} ${session.state}`;
        const own = (await skein(corpusRoot(agent), "list", "--json")).json;
        const expected = own.map(strip(corpusRoot(agent))).sort();
        const found = all.filter((session) => session.agent === agent);
        assertEquals(found.map(strip(`${folder}/${agent}`)).sort(), expected);
        const { json } = await skein(folder, "list", "--json", "--agent", agent);
        assertEquals(json, found);
      }
      assertEquals(new Set(all.map(({ agent }) => agent)), new Set(AGENTS));
      assertEquals(nodes.map(({ path }) => path).sort(), all.map(({ path }) => path).sort());
    }),
});

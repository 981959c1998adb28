/**
 * Real transcripts of all four agents, where they are at hand, said anew in each other agent's rows,
 * and zot's said anew in zot's after that.
 */

import { assertEquals } from "@std/assert";
import { dirname } from "@std/path";
import { AGENTS, findRealSessions, ignore, skein, withScratch } from "./corpus_agents.ts";
import {
  checkHead,
  checkRows,
  checkSaid,
  checkTalk,
  checkTokens,
  convert,
  type Converted,
  dropPlaceholders,
  KINDS,
  load,
  readHead,
} from "./corpus_convert.ts";
import { countShown, countTalk } from "./corpus_talk.ts";
import type { StrictAgent } from "./strict_message.ts";

for (const agent of AGENTS) {
  for (const other of AGENTS.filter((each) => each !== agent)) {
    Deno.test({
      name: `every real ${agent} session says the same in ${other}'s rows, but for its losses`,
      ignore,
      fn: () =>
        withScratch(async (folder) => {
          const converted = await convertAll(agent, other, folder);
          console.log(describe(converted, `${agent} to ${other}`));
          for (const each of converted) {
            checkTalk(each);
            checkRows(each);
            checkHead(each);
            checkTokens(each);
          }
          const { json } = await skein(folder, "list", "--json");
          assertEquals(
            json.map(({ path, agent, kept_messages }) => [path, agent, kept_messages]).sort(),
            converted.map(({ path, strict }) => [path, other, strict.messages.length]).sort(),
          );
        }),
    });
  }
}

Deno.test({
  name: "show counts the same texts, calls, results and pictures in real files as their agents",
  ignore,
  fn: async () => {
    for (const { agent, path, label } of AGENTS.flatMap(findRealSessions)) {
      const { json } = await skein(dirname(path), "show", path, "--json");
      assertEquals(countShown(json), countTalk(load({ agent, path, label }).talk), label);
    }
  },
});

for (const other of AGENTS.filter((each) => each !== "zot")) {
  Deno.test({
    name: `every real zot session says the same after it was one of ${other}'s`,
    ignore,
    fn: () =>
      withScratch(async (folder) => {
        for (const converted of await convertAll("zot", other, folder)) {
          const back = await convert(converted, "zot", converted.path + ".back");
          const { label, source } = converted;
          checkTalk(back);
          checkSaid(label, dropPlaceholders(back.talk, source.talk), source.talk);
          const hasTitle = other !== "claw" || source.strict.parent !== undefined;
          const { title, parent } = source.strict;
          const expected = { title: hasTitle ? title : undefined, parent };
          const head = readHead(back);
          assertEquals({ title: head.title, parent: head.parent }, expected, label);
        }
      }),
  });
}

async function convertAll(
  agent: StrictAgent,
  other: StrictAgent,
  folder: string,
): Promise<readonly Converted[]> {
  const converted: Converted[] = [];
  for (const [index, session] of findRealSessions(agent).entries()) {
    converted.push(await convert(load(session), other, `${folder}/${index + 1}.jsonl`));
  }
  return converted;
}

/** One line on how often each kind was said, is said, and was lost. */
function describe(converted: readonly Converted[], pair: string): string {
  const kinds = KINDS.map(([kind, loss]) => {
    const sum = (count: (each: Converted) => number) =>
      converted.reduce((total, each) => total + count(each), 0);
    const given = sum(({ source }) => countTalk(source.talk)[kind]);
    const kept = sum(({ talk, source }) => countTalk(dropPlaceholders(talk, source.talk))[kind]);
    return `${kind} ${given} = ${kept} + ${sum(({ lost }) => lost.get(loss) ?? 0)}`;
  });
  return `${pair}: ${converted.length} sessions, ${kinds.join(", ")}`;
}

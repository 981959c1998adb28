/**
 * Secrets that are put into real transcripts are found there, in every spelling; and what the
 * transcripts hold themselves raises few alarms. Nothing of their text is printed.
 */

import { assert, assertEquals } from "@std/assert";
import { SecretFinder } from "../src/secret_finder.ts";
import { AGENTS, findRealSessions, ignore } from "./corpus_agents.ts";
import { Random } from "./random.ts";
import { makeSecret, SECRET_SHAPES } from "./secret_shapes.ts";

const finder = new SecretFinder();

/** How a tool may have printed a text. */
const SPELLINGS: readonly [(text: string) => string, ...((text: string) => string)[]] = [
  (text) => text,
  (text) => JSON.stringify({ line: text }),
  (text) => encodeURIComponent(text),
  (text) => btoa(`export const key = ${text};\n`),
];

/** All texts in the rows of the real sessions. */
function listTexts(): readonly string[] {
  const texts: string[] = [];
  const add = (value: unknown): void => {
    if (typeof value === "string") texts.push(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(add);
  };
  for (const { path } of AGENTS.flatMap(findRealSessions)) {
    for (const line of Deno.readTextFileSync(path).split("\n")) {
      try {
        add(JSON.parse(line));
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
    }
  }
  return texts;
}

Deno.test({
  name: "the real sessions raise at most one alarm a megabyte",
  ignore,
  fn() {
    const texts = listTexts();
    const bytes = texts.reduce((sum, text) => sum + text.length, 0);
    const alarms = texts.reduce((sum, text) => sum + finder.find(text).length, 0);
    assert(alarms <= bytes / 1e6, `${alarms} alarms in ${bytes} letters`);
  },
});

Deno.test({
  name: "60 secrets of 40 kinds and more, put into real texts, are found in four spellings",
  ignore,
  fn() {
    const random = new Random(Number(Deno.env.get("SKEIN_SEED") ?? 5));
    const texts = listTexts().filter((text) => text.length > 200 && finder.find(text).length === 0);
    const names = Object.keys(SECRET_SHAPES);
    const missed: string[] = [];
    const kinds = new Set<string>();
    for (let i = 0; i < 60; i++) {
      const name = names[(i * 7) % names.length] ?? "";
      const shape = SECRET_SHAPES[name];
      const host = texts[random.integer(0, texts.length - 1)] ?? "";
      if (shape === undefined) continue;
      kinds.add(name);
      const { text } = makeSecret(random, shape);
      // Between two lines, as a tool prints it.
      const at = host.indexOf("\n", random.integer(0, host.length >> 1)) + 1;
      SPELLINGS.forEach((spell, index) => {
        const spelled = spell(text);
        const found = finder.find(`${host.slice(0, at)}${spelled}\n${host.slice(at)}`);
        const isHit = found.some(({ start, end }) => start < at + spelled.length && end > at);
        if (!isHit) missed.push(`${name} in spelling ${index}`);
      });
    }
    assertEquals(missed, []);
    assert(kinds.size >= 40);
  },
});

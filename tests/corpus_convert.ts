/**
 * A real session said anew in another agent's rows, and what has to hold of it: the other agent
 * takes the file, it says the same in the same order, and what it does not say is counted.
 */

import { assert, assertEquals } from "@std/assert";
import { dirname } from "@std/path";
import {
  assertSame,
  countNaively,
  type Json,
  loadStrictly,
  parseLines,
  skein,
} from "./corpus_agents.ts";
import { countTalk, listTalk, sumTokens, type Talk, type TalkCounts } from "./corpus_talk.ts";
import { loadEino } from "./strict_eino.ts";
import type { StrictAgent, StrictSession } from "./strict_message.ts";
import { loadNanobot } from "./strict_nanobot.ts";
import { checkZotHead } from "./strict_zot.ts";

/** Each kind of what is said, and what its losses are called. */
export const KINDS: readonly (readonly [kind: keyof TalkCounts, loss: string])[] = [
  ["texts", "text"],
  ["calls", "call"],
  ["results", "result"],
  ["images", "image"],
  ["reasoning", "reasoning"],
  ["times", "time"],
  ["errors", "error_mark"],
];

/** What stands for a picture where there is no place for one, in claw and in nanobot. */
const PLACEHOLDER = "[image]";

/** A session's file, read. */
export interface Loaded {
  readonly agent: StrictAgent;
  readonly path: string;
  /** What to call it when something is wrong. */
  readonly label: string;
  readonly bytes: Uint8Array;
  readonly strict: StrictSession;
  readonly talk: Talk;
}

/** A session in another agent's rows. */
export interface Converted extends Loaded {
  readonly source: Loaded;
  /** The losses that were reported, by kind. */
  readonly lost: ReadonlyMap<string, number>;
}

/** Reads a session as its agent does. */
export function load({ agent, path, label }: Pick<Loaded, "agent" | "path" | "label">): Loaded {
  const bytes = Deno.readFileSync(path);
  const strict = loadStrictly(agent, bytes);
  return { agent, path, label, bytes, strict, talk: listTalk(strict) };
}

/** Exports a session to a file, and reads that as each version of its new agent does. */
export async function convert(
  source: Loaded,
  agent: StrictAgent,
  path: string,
): Promise<Converted> {
  const label = `${source.label} to ${agent}`;
  const line = ["export", source.path, "--format", agent, "--output", path, "--json"];
  const { code, json: [receipt] } = await skein(dirname(source.path), ...line);
  assertEquals(code, findDamage(source) > 0 ? 3 : 0, label);
  const converted = load({ agent, path, label });
  const { kind, id, format, bytes, losses } = receipt;
  assertEquals([kind, receipt.agent, format, receipt.path, bytes], [
    "export",
    source.agent,
    agent,
    path,
    converted.bytes.length,
  ]);
  assertEquals(id, source.strict.id ?? id, label);
  checkOtherLoaders(converted);
  const lost = new Map<string, number>(
    losses.map((loss: Json) => [loss.kind, loss.count]),
  );
  return { ...converted, source, lost };
}

/** Asserts that every version of an agent finds in a file what the newest does. */
function checkOtherLoaders({ agent, label, bytes, strict }: Loaded): void {
  if (agent === "zot") checkZotHead(bytes);
  if (agent !== "eino" && agent !== "nanobot") return;
  const seed = agent === "eino"
    ? loadEino(bytes, { era: "seed", kind: "message" })
    : loadNanobot(bytes, { era: "seed" });
  assertEquals([seed.id, seed.title], [strict.id, strict.title], label);
  assertSame(`${label} at the seed`, seed.messages, strict.messages);
}

function findDamage({ agent, bytes }: Loaded): number {
  return countNaively(agent, bytes).damagedLines.length;
}

/** Gives a talk without what stands in it for pictures of its source. */
export function dropPlaceholders(talk: Talk, source: Talk): Talk {
  assert(!source.texts.some(([, text]) => text === PLACEHOLDER), "a text like a placeholder");
  return {
    ...talk,
    texts: talk.texts.filter(([, text]) => text !== PLACEHOLDER),
    results: talk.results.map((result, index) => {
      const images = source.results[index]?.images ?? 0;
      return { ...result, text: dropLines(result.text, images - result.images) };
    }),
  };
}

function dropLines(text: string, count: number): string {
  if (count <= 0) return text;
  let left = count;
  return text.split("\n").filter((line) => line !== PLACEHOLDER || left-- <= 0).join("\n");
}

/** Asserts that all that a session says is said again, in its order, or counted as lost. */
export function checkTalk({ agent, label, talk, source, lost }: Converted): void {
  const out = dropPlaceholders(talk, source.talk);
  const [before, after] = [countTalk(source.talk), countTalk(out)];
  for (const [kind, loss] of KINDS) {
    const [given, kept, gone] = [before[kind], after[kind], lost.get(loss) ?? 0];
    assert(given === kept + gone, `${label}: ${given} ${kind}, ${kept} kept and ${gone} lost`);
  }
  checkSaid(label, out, agent === "zot" ? withoutSystem(source.talk) : source.talk);
  if (!lost.has("reasoning")) {
    assertSame(`${label}: reasoning`, out.reasoning, source.talk.reasoning);
  }
  if (!lost.has("time")) assertSame(`${label}: times`, out.times, source.talk.times);
}

/** Asserts that texts, calls and results are the same, each in their order. */
export function checkSaid(label: string, actual: Talk, expected: Talk): void {
  const plain = ({ results }: Talk) => results.map(({ callId, text }) => [callId, text]);
  assertSame(`${label}: texts`, actual.texts, expected.texts);
  assertSame(`${label}: calls`, actual.calls, expected.calls);
  assertSame(`${label}: results`, plain(actual), plain(expected));
}

/** zot knows no system messages: they are the user's there. */
function withoutSystem(talk: Talk): Talk {
  const texts = talk.texts.map(([role, text]) => [role.replace("system", "user"), text] as const);
  return { ...talk, texts };
}

/** Asserts that rows which hold nothing to convert are counted as lost, each under its kind. */
export function checkRows({ label, source, lost }: Converted): void {
  const { messages } = countNaively(source.agent, source.bytes);
  const isPrompt = ({ row }: Json) => source.agent === "claw" && row?.type === "prompt_history";
  const expected = {
    damaged_row: findDamage(source),
    empty: messages - source.strict.messages.length,
    prompt_history: parseLines(source.bytes).filter(isPrompt).length,
  };
  for (const [kind, count] of Object.entries(expected)) {
    assertEquals(lost.get(kind) ?? 0, count, `${label}: ${kind}`);
  }
}

/** Asserts that title and parent are kept, or that the title is lost with a word. */
export function checkHead(converted: Converted): void {
  const { agent, label, source, lost } = converted;
  const { parent, title } = readHead(converted);
  assert(parent === source.strict.parent, `${label}: another parent`);
  const isLost = agent === "claw" && parent === undefined && source.strict.title !== undefined;
  assert(title === (isLost ? undefined : source.strict.title), `${label}: another title`);
  assertEquals(lost.get("title") ?? 0, isLost ? 1 : 0, label);
}

/** Title and parent of a file that skein wrote: eino and nanobot have no words for some of it. */
export function readHead(
  { agent, bytes, strict }: Loaded,
): Pick<StrictSession, "title" | "parent"> {
  const head = parseLines(bytes)[0]?.row;
  switch (agent) {
    case "zot":
      return strict;
    case "claw":
      return { title: head.fork?.branch_name, parent: strict.parent };
    case "eino":
      return { title: head.skein.title, parent: head.skein.parent };
    case "nanobot":
      return { title: strict.title, parent: head.metadata.skein.parent };
  }
}

/** Asserts that the tokens add up to what they did, as far as the other agent counts them. */
export function checkTokens({ agent, label, bytes, strict, source, lost }: Converted): void {
  const before = sumTokens(source.strict, source.bytes);
  const hasCounts = Object.values(before).some((count) => count > 0);
  if (agent === "nanobot") {
    assertEquals(lost.has("usage"), hasCounts, `${label}: usage`);
    return;
  }
  const expected = {
    ...before,
    // eino has no count of tokens written to a cache, which are prompt as any.
    ...(agent === "eino" ? { input: before.input + before.cacheWrite, cacheWrite: 0 } : {}),
    ...(agent === "claw" ? { reasoning: 0 } : {}),
  };
  const isCut = agent === "claw" && before.reasoning > 0;
  assertEquals(lost.has("reasoning_count"), isCut, `${label}: reasoning_count`);
  assertEquals(lost.has("usage"), false, `${label}: usage`);
  assertEquals(sumTokens(strict, bytes), expected, `${label}: tokens`);
}

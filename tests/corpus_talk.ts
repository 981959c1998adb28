/**
 * What a session says, kind by kind, in words that all agents share: so that a session and what it
 * was converted to can be held against each other. Read from what the strict loaders give, and
 * counted once more from what `skein show --json` prints.
 */

import { type Json, parseLines, tryParse } from "./corpus_agents.ts";
import type { StrictAgent, StrictCall, StrictSession } from "./strict_message.ts";

/** What a session says, in its order. */
export interface Talk {
  /** Texts that hold something, each after the role that says it. */
  readonly texts: readonly (readonly [role: string, text: string])[];
  /** Id, name and arguments of each call, as one text. */
  readonly calls: readonly string[];
  readonly results: readonly TalkResult[];
  readonly reasoning: readonly string[];
  /** Pictures, those of results included. */
  readonly images: number;
  /** Of the messages that have one, in milliseconds since 1970. */
  readonly times: readonly number[];
  /** Results that are marked as failed. */
  readonly errors: number;
}

/** A result, without the name of its tool, which zot does not keep. */
export interface TalkResult {
  readonly callId: string;
  readonly text: string;
  readonly images: number;
}

/** How often a session says something of each kind. */
export interface TalkCounts {
  readonly texts: number;
  readonly calls: number;
  readonly results: number;
  readonly images: number;
  readonly reasoning: number;
  readonly times: number;
  readonly errors: number;
}

/** Gives what a strictly loaded session says. */
export function listTalk({ agent, messages }: StrictSession): Talk {
  const parts = messages.flatMap((message) => message.parts);
  const results = parts.filter((part) => part.type === "result");
  return {
    texts: messages.flatMap(({ role, parts }) =>
      parts.flatMap((part) => part.type === "text" && part.text !== "" ? [[role, part.text]] : [])
    ),
    calls: parts.flatMap((part) => part.type === "call" ? [spellCall(agent, part)] : []),
    results: results.map(({ callId, text, images }) => ({ callId, text, images })),
    reasoning: parts.flatMap((part) => part.type === "reasoning" ? [part.text] : []),
    images: parts.filter(({ type }) => type === "image").length +
      results.reduce((sum, { images }) => sum + images, 0),
    // A time without a zone is this machine's, to JavaScript as to skein.
    times: messages.flatMap(({ time }) => time === undefined ? [] : [Date.parse(time)]),
    errors: results.filter(({ isError }) => isError).length,
  };
}

/** Counts what a session says. */
export function countTalk(talk: Talk): TalkCounts {
  const { texts, calls, results, reasoning, images, times, errors } = talk;
  return {
    texts: texts.length,
    calls: calls.length,
    results: results.length,
    images,
    reasoning: reasoning.length,
    times: times.length,
    errors,
  };
}

/** Counts what `show --json` printed of a session. */
export function countShown(messages: readonly Json[]): TalkCounts {
  const blocks = messages.flatMap((message) => message.blocks);
  const results = blocks.filter(({ type }) => type === "result");
  const count = (type: string, among: readonly Json[] = blocks) =>
    among.filter((block) => block.type === type).length;
  return {
    texts: blocks.filter(({ type, text }) => type === "text" && text !== "").length,
    calls: count("call"),
    results: results.length,
    images: count("image") + results.reduce((sum, each) => sum + count("image", each.blocks), 0),
    reasoning: count("reasoning"),
    times: messages.filter(({ time }) => time !== null).length,
    errors: results.filter(({ error }) => error).length,
  };
}

/** Arguments are JSON in zot; elsewhere a text that holds JSON, or that stands for itself. */
function spellCall(agent: StrictAgent, { id, name, input }: StrictCall): string {
  return JSON.stringify([id, name, agent === "zot" ? sortJson(input) : sortJsonText(input)]);
}

/** A text in quotes keeps them, unless it would be other JSON without: then they are spelling. */
function sortJsonText(text: string): string {
  const value = tryParse(text);
  const isPlain = value === undefined ||
    (typeof value === "string" && tryParse(value) === undefined);
  return isPlain ? JSON.stringify(text) : sortJson(text);
}

/** Spells JSON with sorted keys, and each number as it is spelled in the text. */
function sortJson(text: string): string {
  return JSON.stringify(JSON.parse<Json>(text, (_key, value, { source }) => {
    if (typeof value === "number") return { number: source };
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
  }));
}

/** Tokens over a whole session, as far as an agent counts them. */
export interface TokenTotals {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly reasoning: number;
}

const NO_TOKENS = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };

/** Adds up the tokens of a session: zot's are running totals in rows of their own. */
export function sumTokens(
  { agent, messages }: StrictSession,
  bytes: Uint8Array,
): TokenTotals {
  const counts = agent === "zot"
    ? parseLines(bytes).filter(({ row }) => row?.type === "usage").slice(-1)
      .map(({ row }) => readTokens(row.cumulative))
    : messages.flatMap(({ usage }) => usage === undefined ? [] : [readTokens(usage)]);
  return counts.reduce((sum, each) => ({
    input: sum.input + each.input,
    output: sum.output + each.output,
    cacheRead: sum.cacheRead + each.cacheRead,
    cacheWrite: sum.cacheWrite + each.cacheWrite,
    reasoning: sum.reasoning + each.reasoning,
  }), NO_TOKENS);
}

/** The counts of any agent; only eino's prompt tokens include those that a cache gave. */
function readTokens(usage: Json): TokenTotals {
  if (usage.prompt_tokens !== undefined) {
    return {
      input: usage.prompt_tokens - usage.cached_tokens,
      output: usage.completion_tokens,
      cacheRead: usage.cached_tokens,
      cacheWrite: 0,
      reasoning: usage.reasoning_tokens,
    };
  }
  return {
    input: usage.input_tokens,
    output: usage.output_tokens,
    cacheRead: usage.cache_read_tokens ?? usage.cache_read_input_tokens,
    cacheWrite: usage.cache_write_tokens ?? usage.cache_creation_input_tokens,
    reasoning: usage.reasoning_tokens ?? 0,
  };
}

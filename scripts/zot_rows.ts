/**
 * Rows as zot writes them, for invented sessions: the same keys in the same order, and the same
 * spelling as Go's JSON, so that a sample exercises what real files do.
 *
 * Source: zot of late 2026, the dialect whose usage rows carry `reasoning_tokens`. Times of messages
 * are in the zone of the machine, as zot has them; here that zone is one hour ahead of UTC.
 */

/** A part of a message, with the keys in zot's order. */
export type ZotBlock =
  | { readonly text: string }
  | { readonly mime_type: string; readonly data: string }
  | { readonly id: string; readonly name: string; readonly arguments: Record<string, unknown> }
  | { readonly call_id: string; readonly content: readonly ZotBlock[]; readonly is_error: boolean }
  | { readonly reasoning_id: string; readonly summary: string };

/** A message, with the keys in zot's order. */
export interface ZotMessage {
  readonly role: "user" | "assistant" | "tool";
  readonly content: readonly ZotBlock[];
  readonly time: string;
  readonly meta?: Readonly<Record<string, string>>;
}

/** The first row of a session, with the keys in zot's order. */
export interface ZotMeta {
  readonly id: string;
  readonly cwd: string;
  readonly model: string;
  readonly provider: string;
  readonly started: string;
  readonly version: string;
  readonly parent?: string;
  readonly fork_point?: number;
}

/** One row, without its line end. */
export type ZotRow =
  | { readonly type: "meta"; readonly meta: ZotMeta }
  | { readonly type: "message"; readonly message: ZotMessage }
  | { readonly type: "compaction"; readonly messages: readonly ZotMessage[] }
  | { readonly type: "usage"; readonly usage: ZotUsage; readonly cumulative: ZotUsage }
  | { readonly title: string; readonly type: "rename" };

/** Tokens and dollars, with the keys in zot's order. */
export interface ZotUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly reasoning_tokens: number;
  readonly cache_read_tokens: number;
  readonly cache_write_tokens: number;
  readonly cost_usd: number;
}

/** Gives a row by one speaker. `at` is day and time in November 2026, as `10T09:15:04`. */
export function message(
  role: ZotMessage["role"],
  at: string,
  ...parts: readonly (string | ZotBlock)[]
): ZotRow & { readonly type: "message" } {
  const content = parts.map((part) => (typeof part === "string" ? { text: part } : part));
  return { type: "message", message: { role, content, time: timeOf(at) } };
}

/** Gives a call of a tool. */
export function call(id: string, name: string, input: Record<string, unknown>): ZotBlock {
  return { id, name, arguments: input };
}

/** Gives what a tool answered. */
export function result(id: string, text: string): ZotBlock {
  return { call_id: id, content: [{ text }], is_error: false };
}

/** Gives what a tool answered when it failed. */
export function failure(id: string, text: string): ZotBlock {
  return { call_id: id, content: [{ text }], is_error: true };
}

/**
 * Gives a usage row; zot writes the running total into both of its places.
 *
 * @param tokens What went in and what came out so far.
 */
export function usage(tokens: readonly [number, number], costUsd: number): ZotRow {
  const [inputTokens, outputTokens] = tokens;
  const total: ZotUsage = {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    reasoning_tokens: 0,
    cache_read_tokens: inputTokens * 2,
    cache_write_tokens: 0,
    cost_usd: costUsd,
  };
  return { type: "usage", usage: total, cumulative: total };
}

/** Gives the row that puts a summary, and the messages that are kept, in the place of all others. */
export function compaction(at: string, summary: string, ...kept: readonly ZotRow[]): ZotRow {
  const first: ZotMessage = {
    role: "user",
    content: [{ text: `## Context Summary (compacted)\n\n${summary}` }],
    time: timeOf(at),
    meta: { compaction: "true", tokens_before: "81200" },
  };
  return {
    type: "compaction",
    messages: [first, ...kept.flatMap((row) => (row.type === "message" ? [row.message] : []))],
  };
}

/** Spells a row as zot does. */
export function spellRow(row: ZotRow): string {
  return spellGo(row);
}

/** Spells a value as Go's `encoding/json` does. */
export function spellGo(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function timeOf(at: string): string {
  return `2026-11-${at}+01:00`;
}

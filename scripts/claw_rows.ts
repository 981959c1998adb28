/**
 * Files as claw-code writes them, for invented sessions: one object a line, without spaces, its keys
 * sorted, the input of a tool as a text.
 *
 * Source: claw-code of August 2026. The sentences around a summary are claw's own.
 */

import { toMs } from "./sample_file.ts";

/** An object of a file; its keys are sorted when it is spelled. */
export type ClawObject = Readonly<Record<string, unknown>>;

/** A message as a row. */
export interface ClawMessage {
  readonly type: "message";
  readonly message: ClawObject;
}

/** A part of a message. */
export interface ClawBlock {
  readonly type: "text" | "thinking" | "tool_use" | "tool_result";
  readonly [key: string]: unknown;
}

/** A session as claw has it in memory when it writes the whole file. */
export interface ClawSession {
  readonly id: string;
  /** In milliseconds since 1970, as `updated`. */
  readonly created: number;
  readonly updated: number;
  readonly workspace: string;
  readonly fork?: ClawObject;
  readonly compaction?: ClawObject;
  /** What was typed, and when. */
  readonly prompts: readonly (readonly [at: string, text: string])[];
  readonly messages: readonly ClawMessage[];
}

/** The longest text that claw writes, its mark included, and the mark of a text that was cut. */
const MOST_CHARACTERS = 16_384;
const CUT_MARK = "\u2026 [truncated for session JSONL]";

/** Gives the row of a message. */
export function said(
  role: "user" | "system" | "tool",
  ...blocks: readonly ClawBlock[]
): ClawMessage {
  return { type: "message", message: { role, blocks } };
}

/**
 * Gives the row of a reply.
 *
 * @param tokens What went in and what came out.
 */
export function replied(
  [inputTokens, outputTokens]: readonly [number, number],
  ...blocks: readonly ClawBlock[]
): ClawMessage {
  const usage = {
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: inputTokens * 3,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
  };
  return { type: "message", message: { role: "assistant", blocks, usage } };
}

/** Gives a text. */
export function text(content: string): ClawBlock {
  return { type: "text", text: content };
}

/** Gives a piece of reasoning. */
export function thinking(content: string, signature: string): ClawBlock {
  return { type: "thinking", thinking: content, signature };
}

/** Gives a call of a tool. */
export function call(id: string, name: string, input: ClawObject): ClawBlock {
  return { type: "tool_use", id, name, input: JSON.stringify(input) };
}

/** Gives the row of what a tool answered, cut where claw cuts it. */
export function result(id: string, name: string, output: string): ClawMessage {
  return said("tool", answer(id, name, output, { is_error: false }));
}

/** Gives the row of what a tool answered when it failed. */
export function failure(id: string, name: string, output: string): ClawMessage {
  return said("tool", answer(id, name, output, { is_error: true }));
}

/** Gives the row that stands for messages which a compaction that keeps the last ones removed. */
export function continueFrom(summary: string): ClawMessage {
  const content = summary.replace(/<\/?summary>/g, "").trim();
  return said(
    "system",
    text(
      "This session is being continued from a previous conversation that ran out of context. " +
        "The summary below covers the earlier portion of the conversation.\n\n" +
        `Summary:\n${content}\n\nRecent messages are preserved verbatim.\n` +
        "Continue the conversation from where it left off without asking the user any further " +
        "questions. Resume directly \u2014 do not acknowledge the summary, do not recap what was " +
        "happening, and do not preface with continuation text.",
    ),
  );
}

/** Spells a session as claw writes it whole: head, compaction, history, messages. */
export function spellSession(session: ClawSession): string {
  const { id, created, updated, workspace, fork, compaction, prompts, messages } = session;
  const meta = {
    type: "session_meta",
    version: 1,
    session_id: id,
    created_at_ms: created,
    updated_at_ms: updated,
    workspace_root: workspace,
    ...(fork === undefined ? {} : { fork }),
    // The model is noted when the first reply is asked for.
    ...(messages.length === 0 ? {} : { model: "heron-2" }),
  };
  const history = prompts.map(([at, typed]) => ({
    type: "prompt_history",
    text: typed,
    timestamp_ms: toMs(at),
  }));
  const rows = [meta, ...(compaction === undefined ? [] : [compaction]), ...history, ...messages];
  return rows.map((row) => `${spellClaw(row)}\n`).join("");
}

/** Spells a value as claw's own JSON does; all numbers have to be whole. */
export function spellClaw(value: unknown): string {
  return JSON.stringify(
    value,
    (_, inner) =>
      inner === null || typeof inner !== "object" || Array.isArray(inner)
        ? inner
        : Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}

/** Names the folder of a workspace: FNV-1a of 64 bits over its path. */
export function fingerprint(path: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(path)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

function answer(id: string, name: string, output: string, mark: ClawObject): ClawBlock {
  const kept = output.length <= MOST_CHARACTERS
    ? output
    : output.slice(0, MOST_CHARACTERS - CUT_MARK.length) + CUT_MARK;
  return { type: "tool_result", tool_use_id: id, tool_name: name, output: kept, ...mark };
}

/**
 * JSON inside JSON: most agents keep what a tool was given as a text that holds JSON, or should.
 *
 * A text that is no JSON stands for itself. So that both ways lead back to where they started, a
 * plain text that would be taken for a value is written with quotes, and read without them.
 */

import { parseExact, splitStrings } from "./json_exact.ts";
import type { Block, JsonValue } from "./transcript.ts";

/** The value that a text holds; the text itself when it is no JSON. */
export function parseJsonText(text: string): JsonValue {
  const parsed = tryParse(text);
  if (parsed === undefined) return text;
  return typeof parsed.value === "string" && !holdsValue(parsed.value) ? text : parsed.value;
}

/** What a call is that keeps its input as a text. */
export interface TextCall {
  readonly callId: string;
  readonly name: string;
  readonly text: string;
}

/** A call whose input is kept as a text: it is parsed when it is asked for, and few ask. */
export function toCallBlock({ callId, name, text }: TextCall): Block & { readonly type: "call" } {
  return {
    type: "call",
    callId,
    name,
    get input() {
      return parseJsonText(text);
    },
  };
}

/** The text that holds a value, for `parseJsonText` to give back. */
export function formatJsonText(value: JsonValue): string {
  return typeof value === "string" && !holdsValue(value) ? value : JSON.stringify(value);
}

/** Tells whether a text, all quotes round it taken away, is JSON and no plain text. */
function holdsValue(text: string): boolean {
  for (let inner = text;;) {
    const parsed = tryParse(inner);
    if (typeof parsed?.value !== "string") return parsed !== undefined;
    inner = parsed.value;
  }
}

/** A text that is nested more deeply stays a text: nobody can write it as JSON again. */
const DEEPEST = 1_000;

function tryParse(text: string): { readonly value: JsonValue } | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    return { value: parseExact(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isTooDeep(text: string): boolean {
  if (text.length <= 2 * DEEPEST) return false;
  let depth = 0;
  for (const [between] of splitStrings(text)) {
    for (const [bracket] of between.matchAll(/[{}[\]]/g)) {
      depth += bracket === "{" || bracket === "[" ? 1 : -1;
      if (depth > DEEPEST) return true;
    }
  }
  return false;
}

/**
 * JSON inside JSON: most agents keep what a tool was given as a text that holds JSON, or should.
 *
 * A text that is no JSON stands for itself. So that both ways lead back to where they started, a
 * plain text that would be taken for JSON is written with quotes, and read without them.
 */

import { parseExact } from "./json_exact.ts";
import type { JsonValue } from "./transcript.ts";

/** The value that a text holds; the text itself when it is no JSON. */
export function parseJsonText(text: string): JsonValue {
  const parsed = tryParse(text);
  if (parsed === undefined) return text;
  const { value } = parsed;
  return typeof value === "string" && tryParse(value) === undefined ? text : value;
}

/** The text that holds a value, for `parseJsonText` to give back. */
export function formatJsonText(value: JsonValue): string {
  return typeof value === "string" && tryParse(value) === undefined ? value : JSON.stringify(value);
}

function tryParse(text: string): { readonly value: JsonValue } | undefined {
  try {
    return { value: parseExact(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Lines of JSON as they are printed: harmless in a terminal, and for every program the same value. */

import type { JsonObject } from "./transcript.ts";

/**
 * What JSON may hold as it is and a terminal should not see: DEL, C1, and what turns the reading
 * direction. JSON itself escapes the other controls.
 */
// deno-lint-ignore no-control-regex -- controls are what it looks for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** One line of JSON Lines, safe to print. */
export function formatJsonLine(value: JsonObject): string {
  return JSON.stringify(value).replace(UNSAFE, escapeUnit) + "\n";
}

/** A UTF-16 unit as JSON may write any: `\u00e9`. */
export function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * JSON as Go's encoder spells it: compact, keys in the order given, `<`, `>` and `&` escaped, so that
 * what skein writes for an agent in Go cannot be told from what the agent writes.
 *
 * Source: `encoding/json` of Go 1.22 on (formats of zot and eino).
 */

import { escapeUnit } from "./json_line.ts";
import { isArray, isObject } from "./json_row.ts";
import type { JsonValue } from "./transcript.ts";

/** Spells a value; members that are undefined are left out, as `omitempty` does. */
export function formatGo(value: JsonValue): string {
  return JSON.stringify(toWellFormed(value))
    .replace(/[<>&\u2028\u2029]/g, escapeUnit);
}

/** Writes a time as Go does: RFC 3339 in UTC, no zeros at the end of the fraction. */
export function formatGoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0+Z$/, "Z");
}

/** Go reads half of a surrogate pair as U+FFFD, and so writes that. */
function toWellFormed(value: JsonValue): JsonValue {
  if (typeof value === "string") return value.toWellFormed();
  if (isArray(value)) return value.map(toWellFormed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.toWellFormed(),
      inner === undefined ? undefined : toWellFormed(inner),
    ]),
  );
}

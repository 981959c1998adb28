/**
 * JSON as Python's `json.dumps(value, ensure_ascii=False)` spells it, for nanobot: a space after
 * each comma and colon, letters as they are.
 *
 * Two things Python has and JavaScript has not. A key that looks like an index ("7") comes before
 * all others in a JavaScript object, whatever its place in the file. And a number does not say
 * whether it is a float: a whole one is taken for an int, as the file will have had it unless
 * `parseExact` kept another spelling; from 1e21 on it is taken for a float, being spelled so in
 * JSON.
 *
 * Source: CPython 3.11.
 */

import { type ExactNumber, isExactNumber, spellNumber } from "./json_exact.ts";
import { escapeUnit } from "./json_line.ts";
import { isArray, isObject } from "./json_row.ts";
import type { JsonValue } from "./transcript.ts";

/** How Python is to write. */
export interface FormatPythonOptions {
  /** Escapes all that is not ASCII, as nanobot did before 20 February 2026. */
  readonly isAscii?: boolean;
}

/**
 * Spells a value; members that are undefined are left out. Half of a surrogate pair becomes U+FFFD,
 * also in ASCII: Python would read it there, and fail when it next writes the file.
 */
export function formatPython(value: JsonValue, options: FormatPythonOptions = {}): string {
  if (typeof value === "string") return formatString(value, options);
  if (typeof value === "number" || isExactNumber(value)) return formatNumber(value);
  if (isArray(value)) return `[${value.map((item) => formatPython(item, options)).join(", ")}]`;
  if (!isObject(value)) return String(value);
  // Keys that become equal are one: Python could keep only one of them.
  const members = new Map(
    Object.entries(value).map(([key, inner]) => [key.toWellFormed(), inner]),
  );
  const parts = Array.from(members).flatMap(([key, inner]) =>
    inner === undefined ? [] : [`${formatString(key, options)}: ${formatPython(inner, options)}`]
  );
  return `{${parts.join(", ")}}`;
}

function formatString(text: string, { isAscii = false }: FormatPythonOptions): string {
  const spelled = JSON.stringify(text.toWellFormed());
  if (!isAscii) return spelled;
  return spelled.replace(/[\u007f-\uffff]/g, escapeUnit);
}

/** Python takes an exponent below 1e-4 and writes it with two digits. */
function formatNumber(value: number | ExactNumber): string {
  if (isExactNumber(value)) return spellNumber(value);
  return value !== 0 && Math.abs(value) < 1e-4
    ? value.toExponential().replace(/-(\d)$/, "-0$1")
    : String(value);
}

/**
 * Writes a time as `datetime.isoformat()` does for a time without a zone: six digits of a second,
 * or none when they are all 0.
 * @param ms whole milliseconds since 1970
 * @param zoneMinutes how far east of UTC the clock on the wall is
 */
export function formatPythonTime(ms: number, zoneMinutes: number): string {
  return new Date(ms + zoneMinutes * 60_000).toISOString()
    .replace(/\.000Z$/, "")
    .replace(/Z$/, "000");
}

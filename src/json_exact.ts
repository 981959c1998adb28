/**
 * JSON numbers whose spelling matters: one that JavaScript would write otherwise than the text does
 * (1.0, 1e-07, -0, 12345678901234567890) keeps its source, so that a row that is written again
 * still says what it said. All else is read as `JSON.parse` reads it.
 *
 * An exact number is what `JSON.rawJSON` makes: `JSON.stringify` writes its source. This file also
 * knows where strings end, for the sake of those who look at what lies between them.
 */

import type { JsonObject, JsonValue } from "./transcript.ts";

/**
 * A number as the text spelled it. No object, though it looks like one: ask `isExactNumber` first.
 */
export interface ExactNumber extends JsonObject {
  readonly rawJSON: string;
}

/** What follows a number, and does not follow a dot of a time. */
const END = String.raw`(?![^\s,}\]])`;
/**
 * The start of a number that JavaScript might spell otherwise: -0, 16 digits, an exponent, a
 * fraction. Inside of a string it may be found for nothing, and then costs time only. All repeats
 * are bounded: a number of a million digits would else exceed the stack of the search.
 */
const SUSPECT = new RegExp(
  String.raw`(?<![^\s:,[])(?:-0${END}|-?\d{16}|` +
    String.raw`-?\d{1,15}(?:[eE]|\.\d{16}|\.\d{1,15}(?:[eE]|${END})))`,
);

/**
 * Parses JSON; numbers that JavaScript would spell otherwise become exact ones.
 * @throws {SyntaxError} as `JSON.parse` does, and when values with such numbers are nested deeper
 * (some thousand levels) than they can be looked through
 */
export function parseExact(text: string): JsonValue {
  if (!SUSPECT.test(text)) return JSON.parse(text);
  try {
    return JSON.parse<JsonValue>(
      text,
      (_key, value, { source }) =>
        typeof value === "number" && source !== undefined && source !== String(value)
          ? JSON.rawJSON(source)
          : value,
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SyntaxError("Cannot parse JSON: nested too deeply", { cause: error });
  }
}

/** Tells whether a value is an exact number. */
export function isExactNumber(value: unknown): value is ExactNumber {
  return JSON.isRawJSON(value);
}

/** Spells a number: an exact one as the text had it, any other as JSON does. */
export function spellNumber(value: number | ExactNumber): string {
  return isExactNumber(value) ? value.rawJSON : JSON.stringify(value);
}

/**
 * Parses what Python's `json.loads` reads: JSON, with NaN, Infinity and -Infinity for numbers.
 * Those three are read as null, JSON having no word for them, and no number is exact: who must keep
 * the spelling copies the bytes.
 * @throws {SyntaxError} as `JSON.parse` does
 */
export function parsePython(text: string): JsonValue {
  return JSON.parse(replaceNonFinite(text));
}

/** Replaces NaN, Infinity and -Infinity outside of strings by null. */
export function replaceNonFinite(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  return Array.from(
    splitStrings(text),
    ([between, quoted]) => between.replace(/NaN|-?Infinity/g, "null") + quoted,
  ).join("");
}

/**
 * Splits a JSON text at its strings: pairs of what lies before a string and the string itself, with
 * its quotes. The last string may lack its end, or be "".
 */
export function* splitStrings(
  text: string,
): Generator<readonly [between: string, quoted: string]> {
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const start = quote < 0 ? text.length : quote;
    const end = findStringEnd(text, start) ?? text.length;
    yield [text.slice(at, start), text.slice(start, end)];
    at = end;
  }
}

/**
 * Finds the end of the string that starts with the quote at `start`, without a step for each
 * character: a row may hold an image of 30 MB.
 * @returns the index after the closing quote; undefined when there is none
 */
export function findStringEnd(text: string, start: number): number | undefined {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return undefined;
}

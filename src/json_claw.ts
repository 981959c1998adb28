/**
 * JSON as claw-code has it, which reads and writes with a module of its own: compact, keys sorted
 * by their bytes, whole numbers of 64 bits and no others.
 *
 * The reader is no superset of JSON's and no subset. It takes trailing commas, raw control
 * characters in strings and leading zeros; it refuses fractions, exponents, and every `\ud800` to
 * `\udfff`, even in pairs. Only the depth is skein's own: claw overflows its stack somewhere, skein
 * stops at `MAX_DEPTH`. A reason never repeats what the text says: it may be a secret.
 *
 * Source: claw-code from April to August 2026.
 */

import {
  type ExactNumber,
  findStringEnd,
  isExactNumber,
  spellNumber,
  splitStrings,
} from "./json_exact.ts";
import type { JsonObject, JsonValue } from "./transcript.ts";

/** How deep arrays and objects may be nested. */
const MAX_DEPTH = 2_000;

const NO_WHOLE_NUMBER = "a number that is no whole 64-bit one";
const SURROGATE = "a surrogate escape";
const TOO_DEEP = `more than ${MAX_DEPTH} levels`;

/**
 * Spells a value; members that are undefined are left out. Half of a surrogate pair becomes U+FFFD,
 * for claw could not read it.
 * @throws {TypeError} for a number that is not whole or exceeds 64 bits, or whose spelling in
 * JavaScript does (-(2 ** 63) is spelled with zeros at its end), and for too many levels
 */
export function formatClaw(value: JsonValue): string {
  return format(value, 0);
}

function format(value: JsonValue, depth: number): string {
  if (typeof value === "string") return formatString(value);
  if (typeof value === "number" || isExactNumber(value)) return formatNumber(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (depth === MAX_DEPTH) throw new TypeError(`Cannot format JSON for claw: ${TOO_DEEP}`);
  // Loops, not callbacks: each level takes less of the stack.
  const parts: string[] = [];
  if (isArray(value)) {
    for (const item of value) parts.push(format(item, depth + 1));
    return `[${parts.join(",")}]`;
  }
  for (const [key, inner] of sortMembers(value)) {
    if (inner !== undefined) parts.push(`${formatString(key)}:${format(inner, depth + 1)}`);
  }
  return `{${parts.join(",")}}`;
}

/** Sorts members as claw does; of keys that become equal it could keep only one. */
function sortMembers(object: JsonObject): readonly (readonly [string, JsonValue | undefined])[] {
  const members = new Map(
    Object.entries(object).map(([key, inner]) => [key.toWellFormed(), inner]),
  );
  return [...members].sort(([one], [other]) => compareBytes(one, other));
}

function formatString(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}

function formatNumber(value: number | ExactNumber): string {
  const source = spellNumber(value);
  if (!isWhole64(source)) throw new TypeError(`Cannot format JSON for claw: ${NO_WHOLE_NUMBER}`);
  return source;
}

/** Tells whether a number that has no zeros at its start is whole and fits into 64 bits. */
function isWhole64(source: string): boolean {
  // No more than 19 digits, for a million of them would take minutes to convert.
  if (!/^-?\d{1,19}$/.test(source)) return false;
  const whole = BigInt(source);
  return BigInt.asIntN(64, whole) === whole;
}

/**
 * Compares well-formed texts by their bytes in UTF-8, where surrogate pairs come after all else.
 */
function compareBytes(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) {
    const [unit, otherUnit] = [one.charCodeAt(i), other.charCodeAt(i)];
    if (unit === otherUnit) continue;
    return Number(isSurrogate(unit)) - Number(isSurrogate(otherUnit)) || unit - otherUnit;
  }
  return one.length - other.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

/** As in `json_row.ts`, which builds on this file. */
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Where a parser is in its text. */
interface Cursor {
  readonly text: string;
  at: number;
  depth: number;
}

const SPACE = /[ \n\r\t]*/y;
const WORD = /null|true|false|-?\d+/y;
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(.))/gs;

/** What stands for what after a backslash. */
const ESCAPED: ReadonlyMap<string, string> = new Map(
  Object.entries({ '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }),
);

/**
 * Parses what claw reads, and nothing else. Whole numbers beyond 2^53 become exact ones, without
 * zeros at their start; -0 is 0.
 * @throws {SyntaxError} saying what is wrong, and where in UTF-16 units from the start of the text
 */
export function parseClaw(text: string): JsonValue {
  const cursor: Cursor = { text, at: 0, depth: 0 };
  const value = parseValue(cursor);
  skipSpace(cursor);
  if (cursor.at < text.length) throw refusal("text after the end", cursor.at);
  return value;
}

function parseValue(cursor: Cursor): JsonValue {
  skipSpace(cursor);
  const first = cursor.text[cursor.at];
  if (first === '"') return parseString(cursor);
  if (first === "[") return parseList(cursor, { end: "]", parseItem: parseValue });
  if (first === "{") {
    return Object.fromEntries(parseList(cursor, { end: "}", parseItem: parseMember }));
  }
  return parseWord(cursor);
}

/** How a list between brackets is written. */
interface ListSyntax<T> {
  readonly end: string;
  parseItem(cursor: Cursor): T;
}

function parseList<T>(cursor: Cursor, { end, parseItem }: ListSyntax<T>): T[] {
  if (++cursor.depth > MAX_DEPTH) throw refusal(TOO_DEEP, cursor.at);
  cursor.at++;
  const items: T[] = [];
  while (!take(cursor, end)) {
    items.push(parseItem(cursor));
    if (take(cursor, end)) break;
    expect(cursor, ",");
  }
  cursor.depth--;
  return items;
}

function parseMember(cursor: Cursor): readonly [string, JsonValue] {
  if (cursor.text[cursor.at] !== '"') throw refusal("no key", cursor.at);
  const key = parseString(cursor);
  expect(cursor, ":");
  return [key, parseValue(cursor)];
}

function parseString(cursor: Cursor): string {
  const start = cursor.at + 1;
  const end = findStringEnd(cursor.text, cursor.at);
  if (end === undefined) throw refusal("a string without an end", cursor.at);
  cursor.at = end;
  const body = cursor.text.slice(start, end - 1);
  if (!body.includes("\\")) return body;
  return body.replace(ESCAPE, (_, hex: string | undefined, letter: string, offset: number) => {
    if (hex === undefined) {
      const character = ESCAPED.get(letter);
      if (character === undefined) throw refusal("an unknown escape", start + offset);
      return character;
    }
    const unit = parseInt(hex, 16);
    if (isSurrogate(unit)) throw refusal(SURROGATE, start + offset);
    return String.fromCharCode(unit);
  });
}

function parseWord(cursor: Cursor): JsonValue {
  const { text, at } = cursor;
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0];
  if (word === undefined) throw refusal("no value", at);
  cursor.at += word.length;
  if (word === "null") return null;
  if (word === "true" || word === "false") return word === "true";
  const source = word.replace(/^(-?)0+(?=\d)/, "$1");
  if (/^[.eE]/.test(text[cursor.at] ?? "") || !isWhole64(source)) {
    throw refusal(NO_WHOLE_NUMBER, at);
  }
  const number = Number(source);
  if (!Number.isSafeInteger(number)) return JSON.rawJSON(source);
  return number === 0 ? 0 : number;
}

function skipSpace(cursor: Cursor): void {
  SPACE.lastIndex = cursor.at;
  SPACE.test(cursor.text);
  cursor.at = SPACE.lastIndex;
}

/** Goes over white space, then over a mark if it is there. */
function take(cursor: Cursor, mark: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== mark) return false;
  cursor.at++;
  return true;
}

function expect(cursor: Cursor, mark: string): void {
  if (!take(cursor, mark)) throw refusal(`no "${mark}"`, cursor.at);
}

function refusal(reason: string, at: number): SyntaxError {
  return new SyntaxError(`Cannot parse JSON as claw does: ${reason} at character ${at}`);
}

/**
 * Finds why claw refuses a text that `JSON.parse` takes; the depth is not looked at.
 * @returns what it refuses, or undefined when it reads the text as `JSON.parse` does
 */
export function findClawRefusal(text: string): string | undefined {
  // Sound JSON has backslashes in strings only, and an even number of them before an escape.
  if (/(?<!\\)(?:\\\\)*\\u[dD][89a-fA-F]/.test(text)) return SURROGATE;
  for (const [between] of splitStrings(text)) {
    for (const [source] of between.matchAll(/-?\d[-+.\deE]*/g)) {
      if (!isWhole64(source)) return NO_WHOLE_NUMBER;
    }
  }
  return undefined;
}

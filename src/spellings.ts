/**
 * The spellings in which a text may hold another: the escapes of JSON, of URLs and of Markdown, and what
 * nobody sees.
 *
 * A view is a part of the text with its escapes resolved; it knows the place of each of its letters.
 * Where there are no escapes the text reads as it does anyway, so a view goes no further than a secret
 * with an escape in it.
 */

import type { Stretch } from "./long_words.ts";
import { endOfNear, startOfNear } from "./text_windows.ts";

/** Letters that stand for others. */
interface Escape extends Stretch {
  readonly letters: string;
}

/** Finds the first escape of a kind from a place on. */
type FindEscape = (text: string, from: number) => Escape | undefined;

/** A part of a text that has escapes in it. */
interface EscapedPart extends Stretch {
  readonly escapes: readonly Escape[];
}

/** How far a view goes: as near secrets do, or to the ends of the text. */
export type Reach = "near" | "text";

/** A part of a text in another spelling. */
export class View {
  readonly text: string;
  readonly #part: EscapedPart;
  /** Where the letters of each escape begin in the view. */
  readonly #places: readonly number[];

  /** Takes a text, and the part of it to be seen. */
  constructor(text: string, part: EscapedPart) {
    const letters: string[] = [];
    const places: number[] = [];
    let done = part.start;
    let length = 0;
    for (const escape of part.escapes) {
      length += escape.start - done;
      places.push(length);
      letters.push(text.slice(done, escape.start), escape.letters);
      length += escape.letters.length;
      done = escape.end;
    }
    letters.push(text.slice(done, part.end));
    this.text = letters.join("");
    this.#part = part;
    this.#places = places;
  }

  /** Where a part of the view lies in the text. */
  locate({ start, end }: Stretch): Stretch {
    // An end lies behind the letter before it, which may be spelled with several.
    return { start: this.#place(start).start, end: this.#place(end - 1).end };
  }

  /** Where a letter of the view lies. */
  #place(at: number): Stretch {
    let low = -1;
    let high = this.#places.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#places[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const { start, escapes } = this.#part;
    const escape = escapes[low];
    if (escape === undefined) return { start: start + at, end: start + at + 1 };
    const behind = at - (this.#places[low] ?? 0) - escape.letters.length;
    if (behind < 0) return escape;
    return { start: escape.end + behind, end: escape.end + behind + 1 };
  }
}

/**
 * The text as it reads once the escapes of JSON, of URLs, or of Markdown are resolved, and what nobody
 * sees is taken away, or parts words; none of those that would be the text itself.
 */
export function viewsOf(text: string, reach: Reach): readonly View[] {
  if (!MAY_ESCAPE.test(text)) return NONE;
  const views: View[] = [];
  for (const find of [findJsonEscape, findUrlEscapes, findMarkdownEscape]) {
    for (const part of findParts(text, reach, find)) views.push(new View(text, part));
  }
  for (const part of findParts(text, reach, findHidden)) {
    const gaps = part.escapes.map((escape) => ({ ...escape, letters: " " }));
    views.push(new View(text, part), new View(text, { ...part, escapes: gaps }));
  }
  return views;
}

function findParts(text: string, reach: Reach, find: FindEscape): readonly EscapedPart[] {
  const all: Escape[] = [];
  for (let escape = find(text, 0); escape !== undefined; escape = find(text, escape.end)) {
    all.push(escape);
  }
  if (all.length === 0) return [];
  return reach === "near" ? splitParts(text, all) : [{ start: 0, end: text.length, escapes: all }];
}

/** Parts of a text, each with the escapes that are near each other. */
function splitParts(text: string, all: readonly Escape[]): readonly EscapedPart[] {
  const parts: EscapedPart[] = [];
  let start = 0;
  let escapes: Escape[] = [];
  let last: Escape | undefined;
  for (const escape of all) {
    const end = last === undefined ? 0 : endOfNear(text, last.end, escape.start);
    const next = startOfNear(text, escape.start, end);
    if (next > end || last === undefined) {
      if (last !== undefined) parts.push({ start, end, escapes });
      start = next;
      escapes = [];
    }
    escapes.push(escape);
    last = escape;
  }
  const end = endOfNear(text, last?.end ?? 0, text.length);
  return [...parts, { start, end, escapes }];
}

/** What every escape begins with. */
const MAY_ESCAPE =
  // deno-lint-ignore no-control-regex -- controls are what it looks for
  /[\\%&\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
const NONE: readonly View[] = [];

/** What a letter behind a backslash stands for. */
const JSON_LETTERS: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

const FOUR_DIGITS = /[0-9a-fA-F]{4}/y;

function findJsonEscape(text: string, from: number): Escape | undefined {
  for (let start = text.indexOf("\\", from); start >= 0; start = text.indexOf("\\", start + 1)) {
    const letters = JSON_LETTERS[text[start + 1] ?? ""];
    if (letters !== undefined) return { start, end: start + 2, letters };
    if (text[start + 1] !== "u") continue;
    FOUR_DIGITS.lastIndex = start + 2;
    const digits = FOUR_DIGITS.exec(text)?.[0];
    if (digits === undefined) continue;
    return { start, end: start + 6, letters: String.fromCharCode(Number.parseInt(digits, 16)) };
  }
  return undefined;
}

/** Bytes that follow each other are one escape: several may spell a letter. */
const URL_ESCAPES = /(?:%[0-9a-fA-F]{2}){1,1000}/y;

function findUrlEscapes(text: string, from: number): Escape | undefined {
  for (let start = text.indexOf("%", from); start >= 0; start = text.indexOf("%", start + 1)) {
    URL_ESCAPES.lastIndex = start;
    const escapes = URL_ESCAPES.exec(text)?.[0];
    if (escapes === undefined) continue;
    const codes = escapes.slice(1).split("%").map((hex) => Number.parseInt(hex, 16));
    return { start, end: start + escapes.length, letters: String.fromCharCode(...codes) };
  }
  return undefined;
}

/** What is escaped for Markdown alone, and the entities that it has from HTML. */
const MARKDOWN_ESCAPES =
  /\\([!#-.:-@[\]^-`{-~])|&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos|lowbar|hyphen|dash|equals|colon|sol|period|commat));/g;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  lowbar: "_",
  hyphen: "-",
  dash: "-",
  equals: "=",
  colon: ":",
  sol: "/",
  period: ".",
  commat: "@",
};

function findMarkdownEscape(text: string, from: number): Escape | undefined {
  MARKDOWN_ESCAPES.lastIndex = from;
  const match = MARKDOWN_ESCAPES.exec(text);
  if (match === null) return undefined;
  const [, escaped, decimal, hex, name] = match;
  const code = decimal === undefined
    ? Number.parseInt(hex ?? "", 16)
    : Number.parseInt(decimal, 10);
  const letters = escaped ?? ENTITIES[name ?? ""] ??
    (code <= 0x10ffff ? String.fromCodePoint(code) : " ");
  return { start: match.index, end: MARKDOWN_ESCAPES.lastIndex, letters };
}

/** What a terminal or a page does not show: a key may be painted, or broken by it. */
const HIDDEN =
  // deno-lint-ignore no-control-regex -- controls are what it looks for
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_])|[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function findHidden(text: string, from: number): Escape | undefined {
  HIDDEN.lastIndex = from;
  const match = HIDDEN.exec(text);
  if (match === null) return undefined;
  return { start: match.index, end: HIDDEN.lastIndex, letters: "" };
}

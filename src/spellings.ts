/**
 * The spellings in which a text may hold another: the escapes of JSON and of URLs, and base64.
 *
 * A view is the text with its escapes resolved; it knows the place of each of its letters.
 */

import type { Stretch } from "./long_words.ts";

/** A long stretch of base64; lines of one length that follow each other are one. */
const BASE64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,}={0,2}/g;
const LINE_END = /\r?\n/y;
const NEXT_LINE = /[A-Za-z0-9+/_-]+={0,2}/y;

/** Less is too little to hold a secret. */
const LEAST_BASE64 = 24;

/** A longer stretch is no path with base64 in it. */
const LONGEST_PATH = 2_000;

/** How long the lines are that base64 is broken into. */
const [SHORTEST_LINE, LONGEST_LINE] = [60, 76];

/** How many letters of a stretch tell whether it holds text. */
const SAMPLE = 64;

const utf8 = new TextDecoder();

const JSON_ESCAPES = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const URL_ESCAPES = /(?:%[0-9a-fA-F]{2}){1,1000}/g;

/** What a terminal or a page does not show: a key may be painted, or broken by it. */
const HIDDEN =
  // deno-lint-ignore no-control-regex -- controls are what it looks for
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_])|[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** A text in another spelling, with the places that its letters have in the first. */
export class View {
  text = "";
  /** Where stretches begin that are spelled alike in both: in the view, and in the text. */
  readonly #starts: {
    readonly here: number;
    readonly there: number;
    readonly isEscape: boolean;
  }[] = [];

  /** Adds a stretch that stands in the text as it is. */
  add(stretch: string, there: number, isEscape = false): void {
    this.#starts.push({ here: this.text.length, there, isEscape });
    this.text += stretch;
  }

  /** Where a part of the view lies in the text. */
  locate({ start, end }: Stretch): Stretch {
    return { start: this.#place(start, "first"), end: this.#place(end, "end") };
  }

  #place(here: number, side: "first" | "end"): number {
    // An end lies behind the letter before it, which may be spelled with several.
    const at = side === "end" ? here - 1 : here;
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle]?.here ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const start = this.#starts[low];
    if (start === undefined) return here;
    if (!start.isEscape) return start.there + (here - start.here);
    const next = this.#starts[low + 1];
    return side === "first" ? start.there : next?.there ?? start.there;
  }
}

/**
 * The text as it reads once the escapes of JSON, or of URLs, are resolved, and what nobody sees is
 * taken away, or parts words; none of those that would be the text itself.
 */
export function viewsOf(text: string): readonly View[] {
  const views: (View | undefined)[] = [];
  if (text.includes("\\")) {
    views.push(toView(text, JSON_ESCAPES, (match) => {
      const [, hex, short = ""] = match;
      return hex === undefined
        ? SHORT_ESCAPES[short] ?? short
        : String.fromCharCode(Number.parseInt(hex, 16));
    }));
  }
  if (text.includes("%")) {
    views.push(toView(text, URL_ESCAPES, ([escapes]) => {
      const codes = escapes.slice(1).split("%").map((hex) => Number.parseInt(hex, 16));
      return String.fromCharCode(...codes);
    }));
  }
  const shown = toView(text, HIDDEN, () => "");
  if (shown !== undefined) views.push(shown, toView(text, HIDDEN, () => " "));
  return views.filter((view) => view !== undefined);
}

function toView(
  text: string,
  escapes: RegExp,
  resolve: (match: RegExpExecArray) => string,
): View | undefined {
  const view = new View();
  let done = 0;
  for (const match of text.matchAll(escapes)) {
    view.add(text.slice(done, match.index), done);
    view.add(resolve(match), match.index, true);
    done = match.index + match[0].length;
  }
  if (done === 0) return undefined;
  view.add(text.slice(done), done);
  return view;
}

/** What a stretch of base64 holds, when that is text: in ASCII for the most part, UTF-8 or UTF-16. */
export function decodeText(stretch: string): string | undefined {
  // Most stretches are none, which their beginning tells: that of a text has letters of both cases.
  const sample = stretch.slice(0, SAMPLE);
  if (!/[A-Z]/.test(sample) || !/[a-z]/.test(sample) || !isText(decode(sample))) return undefined;
  const text = decode(stretch);
  return isText(text) ? text.replaceAll("\0", "") : undefined;
}

function decode(stretch: string): string {
  const letters = stretch.replace(/[\r\n=]/g, "").replaceAll("-", "+").replaceAll("_", "/");
  // Four letters are three bytes; one letter alone is none.
  return atob(letters.slice(0, letters.length - (letters.length % 4 === 1 ? 1 : 0)));
}

/** Whether bytes, each a letter, are printable: as ASCII, a few aside, as UTF-8, or as UTF-16. */
function isText(bytes: string): boolean {
  const letters = /^(?:[^\0]\0)+[^\0]?$/.test(bytes) ? bytes.replaceAll("\0", "") : bytes;
  // deno-lint-ignore no-control-regex -- controls are what it counts
  if (letters === "" || /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/.test(letters)) {
    return false;
  }
  const high = letters.match(/[\u0080-\u00ff]/g)?.length ?? 0;
  return high * 5 <= letters.length || isUtf8(letters);
}

/** Whether bytes are UTF-8, but for a last letter that is cut. */
function isUtf8(bytes: string): boolean {
  const whole = bytes.replace(/[\u00c0-\u00ff][\u0080-\u00bf]{0,3}$/, "");
  // What is none is so common that an error for each would cost more than the rest.
  return !utf8.decode(Uint8Array.from(whole, (byte) => byte.charCodeAt(0))).includes("\ufffd");
}

/** Finds stretches of base64, and those that a path may have before it. */
export function* findBase64(text: string, words: readonly Stretch[]): Generator<Stretch> {
  let done = 0;
  for (const word of words) {
    for (const found of text.slice(word.start, word.end).matchAll(BASE64)) {
      const start = word.start + found.index;
      if (start < done) continue;
      done = endOfStretch(text, start, found[0].length);
      yield { start, end: done };
      if (done - start > LONGEST_PATH) continue;
      for (let slash = text.indexOf("/", start); slash >= 0 && slash + LEAST_BASE64 < done;) {
        yield { start: slash + 1, end: done };
        slash = text.indexOf("/", slash + 1);
      }
    }
  }
}

/** Where a stretch of base64 ends that may go on over lines. */
function endOfStretch(text: string, start: number, firstLength: number): number {
  let end = start + firstLength;
  let length = firstLength;
  while (length >= SHORTEST_LINE && length <= LONGEST_LINE) {
    LINE_END.lastIndex = end;
    const lineEnd = LINE_END.exec(text)?.[0].length ?? 0;
    NEXT_LINE.lastIndex = end + lineEnd;
    const next = lineEnd === 0 ? undefined : NEXT_LINE.exec(text)?.[0];
    if (next === undefined || next.length > length) break;
    end += lineEnd + next.length;
    length = next.length;
  }
  return end;
}

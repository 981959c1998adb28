/**
 * Texts within a text that are spelled in base64, in the letters of files or of URLs, on one line or
 * many.
 */

import { findRuns, letterSet, type Stretch } from "./long_words.ts";
import { TextBytes } from "./text_bytes.ts";

/** Less is too little to hold a secret. */
const SHORTEST = 24;

/** A longer stretch is no path with base64 in it. */
const LONGEST_PATH = 2_000;

/** How long the lines are that base64 is broken into. */
const [SHORTEST_LINE, LONGEST_LINE] = [60, 76];

/** How many letters tell that a stretch is of both cases, as every text is. */
const HEAD = 64;

const LETTERS = letterSet("+/_-");
const LINE_END = /\r?\n/y;
const NEXT_LINE = /[A-Za-z0-9+/_-]+={0,2}/y;

/** Finds stretches of base64 in the long words of a text, and those that a path may have before it. */
export function findBase64(text: string, words: readonly Stretch[]): readonly Stretch[] {
  const found: Stretch[] = [];
  let done = 0;
  for (const { start: first, end: last } of words) {
    if (last - first < SHORTEST) continue;
    const range = { letters: LETTERS, shortest: SHORTEST, start: first, end: last };
    for (const { start, end } of findRuns(text, range)) {
      if (start < done) continue;
      done = endOfStretch(text, start, endOfPadding(text, end));
      found.push({ start, end: done });
      if (done - start > LONGEST_PATH) continue;
      const path = text.slice(start, done - SHORTEST);
      for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
        found.push({ start: start + at + 1, end: done });
      }
    }
  }
  return found;
}

function endOfPadding(text: string, end: number): number {
  if (text[end] !== "=") return end;
  return text[end + 1] === "=" ? end + 2 : end + 1;
}

/** Where a stretch of base64 ends that may go on over lines. */
function endOfStretch(text: string, start: number, endOfLine: number): number {
  let end = endOfLine;
  let length = endOfLine - start;
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

/** Tells whether what stands before a place may be a line of base64 that goes on in the next one. */
export function isLineOfBase64(text: string, end: number): boolean {
  const start = end - SHORTEST_LINE;
  if (start < 0) return false;
  for (let at = end - 1; at >= start; at--) {
    if (LETTERS[text.charCodeAt(at)] !== 1 && text[at] !== "=") return false;
  }
  return true;
}

/** What a stretch of base64 holds, when that is text: in ASCII for the most part, UTF-8 or UTF-16. */
export function decodeText(text: string, stretch: Stretch): string | undefined {
  if (!holdsText(text, stretch)) return undefined;
  const spelled = text.slice(stretch.start, stretch.end);
  const head = spelled.slice(0, HEAD);
  if (!/[A-Z]/.test(head) || !/[a-z]/.test(head)) return undefined;
  const letters = spelled.replace(/[\r\n=]/g, "").replaceAll("-", "+").replaceAll("_", "/");
  // Four letters are three bytes; one letter alone is none.
  const whole = letters.slice(0, letters.length - (letters.length % 4 === 1 ? 1 : 0));
  return atob(whole).replaceAll("\0", "");
}

/** No letter of base64 stands for so many bits. */
const NO_BITS = 64;
/** What six bits each letter stands for. */
const SIX_BITS = new Uint8Array(128).fill(NO_BITS);
const IN_ORDER = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
for (const [bits, letter] of [...IN_ORDER, "+", "/"].entries()) {
  SIX_BITS[letter.charCodeAt(0)] = bits;
}
SIX_BITS["-".charCodeAt(0)] = 62;
SIX_BITS["_".charCodeAt(0)] = 63;

/** Whether a stretch of base64 is text; most are none, which a few letters tell. */
function holdsText(text: string, { start, end }: Stretch): boolean {
  const bytes = new TextBytes();
  let bits = 0;
  let count = 0;
  for (let at = start; at < end; at++) {
    const six = SIX_BITS[text.charCodeAt(at)] ?? NO_BITS;
    if (six === NO_BITS) continue;
    bits = (bits << 6) | six;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    if (!bytes.take((bits >> count) & 0xff)) return false;
  }
  return bytes.isText;
}

/**
 * Parts of a text that can be searched by themselves: no secret lies across the cut.
 *
 * A secret, but for a few kinds, is words that stand near each other, of any length; a stretch of
 * base64 may go on over lines. So a text is cut at white space, far enough from what matters, and not
 * between two lines of base64.
 */

import { isLineOfBase64 } from "./base64.ts";
import type { Stretch } from "./long_words.ts";

/**
 * How many letters there are at most that tell of a secret: from a word of its key to its first letter.
 * That is 32, and three times as many where those are spelled as in URLs.
 */
const NEAR = 96;

/** How much of a longer text is searched at a time. */
const WINDOW = 512 * 1024;

/** How much of a window is searched with the next one again: more than the longest secret has. */
const OVERLAP = 64 * 1024;

/** Where the part of a text starts, at `floor` or behind it, that secrets with the letter at `at` lie in. */
export function startOfNear(text: string, at: number, floor: number): number {
  let start = at;
  while (start > floor && !isSpace(text, start - 1)) start--;
  return startOfWord(text, Math.max(floor, start - NEAR), floor);
}

/** Where that part ends, at `ceiling` or before it, for the letter before `at`. */
export function endOfNear(text: string, at: number, ceiling: number): number {
  return endOfWord(text, at + NEAR, ceiling);
}

/** The parts that a text is searched in one after the other: they overlap, and a short one is whole. */
export function* windowsOf(text: string): Generator<Stretch> {
  let start = 0;
  while (text.length - start > WINDOW + OVERLAP) {
    let end = endOfWord(text, start + WINDOW, text.length);
    let next = startOfWord(text, end - OVERLAP, start);
    if (next === start) {
      // One word goes through nearly all of it; what comes behind that is cut again.
      end = endOfWord(text, end + OVERLAP + 1, text.length);
      next = startOfWord(text, end - OVERLAP, start);
    }
    yield { start, end };
    if (end === text.length) return;
    start = next;
  }
  yield { start, end: text.length };
}

function startOfWord(text: string, at: number, floor: number): number {
  let start = at;
  while (start > floor && !isCut(text, start - 1)) start--;
  return start;
}

/** The white space is a part of it: where a text ends a word may be cut off, and here it is not. */
function endOfWord(text: string, at: number, ceiling: number): number {
  let end = Math.min(at, ceiling);
  while (end < ceiling && !isCut(text, end)) end++;
  return Math.min(end + 1, ceiling);
}

/** Whether a text may be cut at this letter. */
function isCut(text: string, at: number): boolean {
  if (!isSpace(text, at)) return false;
  if (text[at] !== "\n" && text[at] !== "\r") return true;
  return !isLineOfBase64(text, text[at - 1] === "\r" ? at - 1 : at);
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

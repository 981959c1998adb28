/**
 * Long words: at least twenty letters in a row of those that keys are made of. Prose has few of them,
 * and whoever looks for keys need not look at the rest.
 */

/** No key is shorter. */
export const SHORTEST = 20;

/** Which letters may be in a key, by their codes; one for every code, so that none has to be checked. */
const IS_LETTER = new Uint8Array(0x10000);
for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=.~$:%-") {
  IS_LETTER[letter.charCodeAt(0)] = 1;
}

/** A part of a text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Finds the long words of a text: each has a letter at every twentieth place of it. */
export function* findLongWords(text: string): Generator<Stretch> {
  for (let at = SHORTEST - 1; at < text.length; at += SHORTEST) {
    if (!isLetter(text, at)) continue;
    let start = at;
    while (start > 0 && isLetter(text, start - 1)) start--;
    let end = at + 1;
    while (end < text.length && isLetter(text, end)) end++;
    if (end - start >= SHORTEST) yield { start, end };
    // The next place that may lie in another word.
    while (at + SHORTEST <= end) at += SHORTEST;
  }
}

function isLetter(text: string, at: number): boolean {
  return IS_LETTER[text.charCodeAt(at)] === 1;
}

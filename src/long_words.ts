/**
 * Long words: at least twenty letters in a row of those that keys are made of. Prose has few of them,
 * and whoever looks for keys need not look at the rest.
 */

/** No key is shorter. */
export const SHORTEST = 20;

/** Which letters belong to a set: 1 for those, by their codes; one for every code there is. */
export type LetterSet = Uint8Array;

/** A part of a text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const KEY_LETTERS = letterSet("_+/=.~$:%-");

/** The set of letters, digits, and those that are named. */
export function letterSet(others: string): LetterSet {
  // As many as there are codes: to look beyond an array is slow.
  const set = new Uint8Array(0x10000);
  for (const letter of ALNUM + others) set[letter.charCodeAt(0)] = 1;
  return set;
}

/** Finds the long words of a text. */
export function findLongWords(text: string): readonly Stretch[] {
  return findRuns(text, { letters: KEY_LETTERS, shortest: SHORTEST, start: 0, end: text.length });
}

/** What runs to look for, and in which part of a text. */
export interface FindRunsOptions extends Stretch {
  readonly letters: LetterSet;
  readonly shortest: number;
}

/** Finds where so many letters of a set, or more, stand in a row. */
export function findRuns(
  text: string,
  { letters, shortest, start, end }: FindRunsOptions,
): readonly Stretch[] {
  const runs: Stretch[] = [];
  // A run from `first` on has its last letter at `last` or behind it: from there back, most are none.
  for (let first = start, last = start + shortest - 1; last < end; last = first + shortest - 1) {
    let at = last;
    while (at >= first && letters[text.charCodeAt(at)] === 1) at--;
    if (at >= first) {
      first = at + 1;
      continue;
    }
    let after = last + 1;
    while (after < end && letters[text.charCodeAt(after)] === 1) after++;
    runs.push({ start: first, end: after });
    first = after + 1;
  }
  return runs;
}

/**
 * What a shell is to completion: a short script that asks skein what may stand at the cursor, and the
 * way in which that shell asks and is answered.
 *
 * Every script runs `skein complete SHELL ...` and reads lines. The first says what is to be offered:
 * `words`, `files` or `folders`; the words follow, a line each. Files are the shell's to find, for
 * skein may not look at them.
 */

/** A word that may stand at the cursor. */
export interface Candidate {
  readonly value: string;
  /** What it is, on one line; "" where there is nothing to say. */
  readonly about: string;
}

/** What a script asks. */
export interface Question {
  /** The words before that of the cursor, without quotes, the program's name first. */
  readonly words: readonly string[];
  /** What there is of the word at the cursor; "" where none was begun. */
  readonly word: string;
  /** Whether the shell itself is to read or to write what is named there, as behind a `>`. */
  readonly isRedirection: boolean;
  /** Gives the line that tells the script of a word; undefined where there is no safe way to type it. */
  readonly spell: (candidate: Candidate) => string | undefined;
}

/** A shell that skein completes for. */
export interface Shell {
  readonly name: string;
  /** How its users put the script where it is read, behind `skein completions`, and what that does. */
  readonly install: readonly [line: string, what: string];
  /** The script, whole. */
  readonly script: string;
  /** Reads what the script asks with, behind the name of the shell. */
  readonly readQuestion: (args: readonly string[]) => Question;
}

/**
 * Reads a question of a shell that tells words apart by itself: first the word at the cursor, behind a
 * "=" so that it is never empty, for some shells drop empty arguments; then the words before it.
 */
export function readWords(
  [marked = "", ...words]: readonly string[],
): Omit<Question, "spell"> {
  return { words, word: marked.replace(/^=/, ""), isRedirection: false };
}

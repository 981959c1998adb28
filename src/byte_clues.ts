/**
 * A pattern to clues: bytes without one of which no row says what the pattern asks for, however the
 * row is spelled. Rows with a clue are parsed and looked at, others are not; a clue may mislead, but
 * never by being absent.
 *
 * Letters that no writer of JSON has reason to escape stand in a row as they are, also in JSON inside
 * JSON. So the first clue is a run of such letters. Who escapes one all the same leaves the second:
 * `\u00` and its code, or in JSON inside JSON, where that escape may be escaped in its turn, `\u00`
 * and the code of a backslash, a `u` or a hex digit.
 * A letter beyond ASCII is written as it is or as `\uXXXX`, and either is a clue. The third kind is
 * for rows of which skein itself spells a part anew, as JSON, before it reads it as a text.
 */

import type { Clue, Clues } from "./byte_finder.ts";
import { escapeUnit } from "./json_line.ts";
import type { Pattern } from "./pattern.ts";

/** What ASCII has of letters that are written as they are: all but controls and these. */
const ESCAPABLE = new Set("\"\\/<>&'\u007f");

/** ASCII letters that others, not of ASCII, are equal to when case is ignored. */
const FOLDED_INTO: Readonly<Record<string, string>> = { k: "\u212a", s: "\u017f" };

/** In the names, in any letter case, of all kinds of results that `eino_agentic.ts` spells anew. */
const RESPELLED = "_tool_result";

/** Shorter runs stand in nearly every row. */
const SHORTEST_RUN = 2;
/** A run that is longer than this goes before a letter beyond ASCII. */
const SHORT_RUN = 3;
/** Longer ones tell no more. */
const LONGEST_RUN = 32;

const encoder = new TextEncoder();

/** What escapes are spelled with. */
const ESCAPE_LETTERS = "\\u0123456789abcdefABCDEF";

/** A clue as a text. */
interface ClueText {
  readonly text: string;
  readonly ignoresCase: boolean;
}

/** Gives the clues to a pattern; undefined when there are none, and every row has to be parsed. */
export function findClues({ required, ignoresCase }: Pattern): Clues | undefined {
  const own = findOwnClues(required, ignoresCase);
  if (own === undefined) return undefined;
  const all = [...own, { text: RESPELLED, ignoresCase: true }];
  return { clues: all.map(toClue), escapedCodes: listCodes(all) };
}

function toClue({ text, ignoresCase }: ClueText): Clue {
  return { bytes: encoder.encode(text), ignoresCase };
}

/** The codes that tell of a letter of a clue which is escaped. */
function listCodes(clues: readonly ClueText[]): readonly number[] {
  const letters = clues.map(({ text, ignoresCase }) =>
    ignoresCase ? text.toLowerCase() + text.toUpperCase() : text
  );
  const codes = new Set(encoder.encode(ESCAPE_LETTERS + letters.join("")));
  return [...codes].filter((code) => code < 0x80);
}

function findOwnClues(
  required: readonly string[],
  ignoresCase: boolean,
): readonly ClueText[] | undefined {
  const run = longest(required.flatMap(splitRuns));
  const letter = ignoresCase ? undefined : required.flatMap(listForeign)[0];
  if (letter !== undefined && run.length <= SHORT_RUN) return spellForeign(letter);
  if (run.length < SHORTEST_RUN) return undefined;
  const others = ignoresCase
    ? Object.entries(FOLDED_INTO).filter(([ascii]) => run.toLowerCase().includes(ascii))
    : [];
  return [
    { text: run.slice(0, LONGEST_RUN), ignoresCase },
    ...others.flatMap(([, other]) => spellForeign(other)),
  ];
}

/** The letter as it is, and its first escape with hex digits of either case. */
function spellForeign(letter: string): readonly ClueText[] {
  return [{ text: letter, ignoresCase: false }, { text: escapeUnit(letter), ignoresCase: true }];
}

function splitRuns(text: string): readonly string[] {
  const runs = [""];
  for (const letter of text) {
    if (isSafe(letter)) runs.push((runs.pop() ?? "") + letter);
    else runs.push("");
  }
  return runs;
}

/** The letters beyond ASCII; what bytes that are no UTF-8 are read as may have any spelling. */
function listForeign(text: string): readonly string[] {
  return Array.from(text).filter((letter) =>
    letter > "\u007f" && letter !== "\ufffd" && letter.isWellFormed()
  );
}

function isSafe(letter: string): boolean {
  return letter >= " " && letter <= "~" && !ESCAPABLE.has(letter);
}

function longest(texts: readonly string[]): string {
  return texts.reduce((best, text) => text.length > best.length ? text : best, "");
}

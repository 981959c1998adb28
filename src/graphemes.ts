/**
 * Graphemes, what a person takes for one letter, and the cells of a terminal that each takes.
 *
 * Terminals agree on letters, and not on what is put together of several: one shows a family as a
 * picture of two cells, the next as its four members. So there are two measures: what columns are
 * lined up by, which is what terminals come to agree on, and what a line has to fit by, which is the
 * most that any of them takes.
 */

import { eastAsianWidth } from "get-east-asian-width";
import { onDemand } from "./on_demand.ts";

const PATTERNS = {
  /** Emoji by themselves, or made so by a variation selector. */
  picture: onDemand("\\p{Emoji_Presentation}|\\ufe0f", "u"),
  /** Marks and what cannot be seen, but for what terminals show as a gap all the same. */
  zeroWidth: onDemand(
    "(?![\\xad\\u115f\\u3164\\uffa0])[\\p{Mn}\\p{Me}\\p{Default_Ignorable_Code_Point}\\u1160-\\u11ff\\ud7b0-\\ud7ff]",
    "u",
  ),
  /** Pictures, and the marks beside a letter that some terminals do not count. */
  disputed: onDemand("[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\p{Mc}\\u20e3]", "u"),
};

let segmenter: Intl.Segmenter | undefined;

/** The graphemes of a line, one by one; the segmenter is made when it is first needed. */
export function splitGraphemes(line: string): Iterable<Intl.SegmentData> {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return segmenter.segment(line);
}

/** The cells that a grapheme takes in a terminal which knows what it is. */
export function measureGrapheme(grapheme: string): number {
  return isPicture(grapheme) ? 2 : sumCells(grapheme);
}

/** The cells that it takes in whatever terminal: at most those of its parts, each shown alone. */
export function measureGraphemeMost(grapheme: string): number {
  const cells = sumCells(grapheme);
  return isPicture(grapheme) ? Math.max(2, cells) : cells;
}

/** Tells whether terminals take different numbers of cells for a text. */
export function isDisputed(text: string): boolean {
  return PATTERNS.disputed().test(text);
}

/** A picture of one unit is wide by itself, so most text is not looked at. */
function isPicture(grapheme: string): boolean {
  return grapheme.length > 1 && PATTERNS.picture().test(grapheme);
}

function sumCells(grapheme: string): number {
  let cells = 0;
  for (const character of grapheme) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code < 0x7f) cells++;
    else if (!PATTERNS.zeroWidth().test(character)) cells += eastAsianWidth(code);
  }
  return cells;
}

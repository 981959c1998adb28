/** Random text that is hard to measure and to cut: what one person sees as a letter, in many shapes. */

import type { Random } from "./random.ts";

const LETTERS = [
  "a",
  "Z",
  "7",
  ".",
  "é",
  "e\u0301",
  "n\u0303\u0323",
  "灯",
  "한",
  "\u1112\u1161\u11ab",
  "ア",
  "\uff76",
  "ß",
  "ا",
  "שׁ",
  "ก\u0e34",
  "क\u094d\u0937\u093f",
  "🪁",
  "👩🏽‍🔧",
  "👨‍👩‍👧‍👦",
  "🇨🇭",
  "1\ufe0f\u20e3",
  "❤\ufe0f",
  "☎",
  "𝒳",
  "a\u200d",
] as const;

const SEGMENTER = new Intl.Segmenter("en");

/** Gives a line of at most so many letters, with spaces, single and in runs, between them. */
export function randomLine(random: Random, mostLetters: number): string {
  return random.list(random.integer(0, mostLetters), () => {
    if (random.chance(0.2)) return " ".repeat(random.pick([1, 1, 1, 2, 5]));
    return random.pick(LETTERS);
  }).join("");
}

/** The letters of a line as people count them. */
export function splitLetters(line: string): readonly string[] {
  return Array.from(SEGMENTER.segment(line), ({ segment }) => segment);
}

/**
 * Random contents of messages: text with all that JSON writers treat in their own ways, arguments
 * of tools as models send them, and bytes.
 */

import type { Random } from "./random.ts";

const WORDS = [
  "kite",
  "lantern",
  "a<b>&c",
  "naïve",
  "e\u0301te\u0301",
  "風",
  "凧の糸",
  "🪁",
  "👩🏽‍🔧",
  '"quoted"',
  "it's",
  "tab\there",
  "two\nlines",
  "dos\r\nlines",
  "{}",
  "[1, 2]",
  "\\",
  "C:\\kites\\red",
  "a/b",
  "</script>",
  "1.0",
  "null",
  "\u00a0",
  "\u2028",
  "\u2029",
  "\u007f",
  "\u0085",
  "\u009f",
  "\u0000",
  "\b\f",
  "\u001b[31mred\u001b[0m",
  "\ufeff",
  "\ufffd",
] as const;

const ARGUMENTS = [
  "{}",
  '{"path":"kite.txt"}',
  '{"cmd": "ls -l", "dir": "/home/ada"}',
  '{"length":12345678901234567890,"ratio":1.0}',
  '{"wind":1e-7,"deep":{"a":[null,true,-0]}}',
  '{"text":"a<b>&c 🪁 \\u98a8 \\ud83e\\ude81"}',
  '{"twice":1,"twice":2}',
  '{"path": "kite',
  "kite.txt",
  "[1,2]",
  '"kite"',
  "null",
  "",
] as const;

/** The fewest letters of a long text. */
const LEAST_LONG = 5_000;

/** Gives a text: often a few words, now and then an empty or a long one. */
export function randomProse(random: Random, longest: number): string {
  if (random.chance(0.05)) return "";
  if (!random.chance(0.01)) return randomWords(random);
  const letters = random.integer(Math.min(LEAST_LONG, longest), longest);
  const stretch = `${randomWords(random)}. ${randomWords(random)}.\n`;
  return stretch.repeat(Math.floor(letters / stretch.length));
}

/** Gives one to eight words, some of them hard to spell. */
export function randomWords(random: Random): string {
  return random.list(random.integer(1, 8), () => random.pick(WORDS)).join(" ");
}

/** Gives the arguments of a tool call as text: JSON mostly, which no reader may spell anew. */
export function randomArguments(random: Random): string {
  return random.pick(ARGUMENTS);
}

/** Gives bytes in base64, with every number of `=` at the end. */
export function randomBase64(random: Random): string {
  const bytes = random.list(random.integer(1, 40), () => random.integer(0, 255));
  return btoa(String.fromCharCode(...bytes));
}

/** Gives what `make` gives in this share of the calls, and undefined in the others. */
export function sometimes<T>(random: Random, share: number, make: () => T): T | undefined {
  return random.chance(share) ? make() : undefined;
}

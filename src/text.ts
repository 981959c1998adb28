/**
 * Text from transcripts made fit for a terminal: controls made visible, widths measured by grapheme.
 *
 * Whatever a transcript says is untrusted. `neutralize` and `toOneLine` are the only ways from it to
 * a line of output: nothing that moves a cursor, sets a title or turns the reading direction gets by.
 */

import { measureGrapheme, measureGraphemeMost, splitGraphemes } from "./graphemes.ts";
import { onDemand } from "./on_demand.ts";

const PATTERNS = {
  /** C0, DEL, C1, and what reorders, splits or hides text; line feeds are for the caller. */
  controls: onDemand(
    "(?!\\n)[\\p{Cc}\\p{Bidi_C}\\u200b\\u2028\\u2029\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]",
    "gu",
  ),
  /** Spaces, then a word; a space that bears a mark is a letter. */
  words: onDemand(
    "((?: (?![\\p{M}\\u200c\\u200d]))*)((?:[^ ]| (?=[\\p{M}\\u200c\\u200d]))+)",
    "gu",
  ),
};

/** The sequences that only change colour: the one kind that may go without a trace. */
// deno-lint-ignore no-control-regex -- an escape is what these start with
const COLOR_SEQUENCES = /\u001b\[[\d;:]*m/g;
const PLAIN = /^[\u0020-\u007e]*$/;
/** What is harmless and takes one cell: ASCII, Latin letters, and the commonest signs of prose. */
const SIMPLE = "\\u0021-\\u007e\\u00a1-\\u00ac\\u00ae-\\u02ff\\u2013-\\u201d\\u2026";
/** Words of these, one space between them. */
const SIMPLE_WORDS = new RegExp(`^[${SIMPLE}]+(?: [${SIMPLE}]+)*$`);
/**
 * Anything but words with one space between them, of the letters above, Greek, Cyrillic, Armenian,
 * Chinese, Japanese and Korean ones, and the emoji that are pairs of units: a text without it is on
 * one line and harmless as it is.
 */
const DOUBTFUL = onDemand(
  `[^ ${SIMPLE}\\u0370-\\u058f\\u3001-\\u303f\\u3041-\\u9fff\\uac00-\\ud7a3\\uff01-\\uffdc` +
    "\\ud83c-\\ud83e\\udc00-\\udfff]|^ | {2}| $|" +
    "[\\ud83c-\\ud83e](?![\\udc00-\\udfff])|(?<![\\ud83c-\\ud83e])[\\udc00-\\udfff]",
  "",
);
/** These with any spaces, lines of trees, and marks of ours; none of them joins another. */
const NARROW = new RegExp(`^[ ${SIMPLE}\\u2442\\u2500-\\u257f]*$`);
/** Scripts that run from right to left: the blocks of UAX #9 whose letters do so by default. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LEFT_TO_RIGHT_MARK = "\u200e";

/**
 * Makes text harmless and keeps its lines: colours go, tabs become spaces, other controls become
 * pictures (`␛`) or `�`; line endings stay. What a sequence would have hidden is there to be read.
 */
export function neutralize(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/\r\n?/g, "\n")
    .replace(COLOR_SEQUENCES, "")
    .replaceAll("\t", "    ")
    .replace(PATTERNS.controls(), (character) => {
      const code = character.codePointAt(0) ?? 0;
      if (code < 0x20) return String.fromCodePoint(0x2400 + code);
      return code === 0x7f ? "\u2421" : "\ufffd";
    })
    .toWellFormed();
}

/** Makes text harmless and keeps it on one line, all of it: a file's name may hold a line of its own. */
export function toVisibleLine(text: string): string {
  return neutralize(text).replaceAll("\n", "\u240a");
}

/** Makes text harmless and puts it on one line, runs of white space as one space. */
export function toOneLine(text: string): string {
  if (SIMPLE_WORDS.test(text) || !DOUBTFUL().test(text)) return text;
  return neutralize(text.replace(/\s+/g, " ")).replace(/ {2,}/g, " ").trim();
}

/**
 * Puts a mark on both sides of a text with letters that run from right to left, so that what stands
 * beside it in a line keeps its place.
 *
 * Without them, terminals that turn such letters round (VTE, Konsole, mintty) take two such texts
 * with spaces between them for one and swap them, take a number behind one for a part of it, and
 * some turn the whole line where it is the first with letters. Isolates (U+2068, U+2069) would show
 * a mixed text in its own direction too, but take a cell or show a box in terminals that do not know
 * them (Windows Terminal until 2025, xterm.js by default, the Linux console); this mark takes none.
 */
export function fenceDirection(text: string): string {
  if (NARROW.test(text) || !RIGHT_TO_LEFT.test(text)) return text;
  return LEFT_TO_RIGHT_MARK + text + LEFT_TO_RIGHT_MARK;
}

/** Measures the cells of a terminal that a line takes, to line up what stands beside it. */
export function measureWidth(line: string): number {
  return sumGraphemes(line, measureGrapheme);
}

/** Measures the cells that a line takes at most, whatever terminal shows it, to see what fits. */
export function measureMost(line: string): number {
  return sumGraphemes(line, measureGraphemeMost);
}

/** Cuts a line to a number of cells, with `…` in the last one when something was cut. */
export function truncate(line: string, cells: number): string {
  if (cells === Infinity) return line;
  if (NARROW.test(line)) {
    return line.length <= cells ? line : cells < 1 ? "" : line.slice(0, cells - 1) + "…";
  }
  let width = 0;
  let end = 0;
  // Graphemes come one by one, so a long text is not looked at beyond what fits.
  for (const { segment, index } of splitGraphemes(line)) {
    width += measureGraphemeMost(segment);
    if (width > cells) return cells < 1 ? "" : line.slice(0, end) + "…";
    if (width < cells) end = index + segment.length;
  }
  return line;
}

/** Cuts a line to its last cells, with `…` in the first one when something was cut. */
export function truncateStart(line: string, cells: number): string {
  if (cells < 1) return "";
  // Few graphemes take more units than this, so no more of a long line is looked at.
  const isLong = line.length > cells * 8;
  const near = isLong ? line.slice(-cells * 8) : line;
  let width = measureMost(near);
  if (!isLong && width <= cells) return line;
  for (const { segment, index } of splitGraphemes(near)) {
    if (index > 0 && width < cells) return "…" + near.slice(index);
    width -= measureGraphemeMost(segment);
  }
  return "…";
}

/** A text without its last letter, with all that joins it. */
export function dropLastLetter(text: string): string {
  let last = 0;
  for (const { index } of splitGraphemes(text)) last = index;
  return text.slice(0, last);
}

/** Fills a line up with spaces to a number of cells, its text on the left or on the right. */
export function pad(line: string, cells: number, side: "left" | "right" = "left"): string {
  const fill = " ".repeat(Math.max(0, cells - measureWidth(line)));
  return side === "left" ? line + fill : fill + line;
}

/**
 * Breaks a line at spaces into lines of at most a number of cells; a longer word is cut. The spaces
 * at a break go, those before the first word stay where there is room for them.
 */
export function wrap(line: string, cells: number): string[] {
  if (measureMost(line) <= cells) return [line];
  const lines: string[] = [];
  let current = "";
  let width = 0;
  const add = (text: string, textWidth: number) => {
    current += text;
    width += textWidth;
  };
  const end = () => {
    lines.push(current);
    current = "";
    width = 0;
  };
  for (const [, gap = "", word = ""] of line.matchAll(PATTERNS.words())) {
    const wordWidth = measureMost(word);
    if (width > 0 && width + gap.length + wordWidth > cells) end();
    else if (lines.length === 0 && width + gap.length < cells) add(gap, gap.length);
    else if (width > 0) add(gap, gap.length);
    if (width + wordWidth <= cells) {
      add(word, wordWidth);
      continue;
    }
    for (const { segment } of splitGraphemes(word)) {
      const step = measureGraphemeMost(segment);
      if (width > 0 && width + step > cells) end();
      add(segment, step);
    }
  }
  if (current.trimEnd() !== "" || lines.length === 0) lines.push(current.trimEnd());
  return lines;
}

/** Writes a number of bytes with at most four characters of digits: `812 B`, `4.2 KB`, `31 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  const units = ["B", "KB", "MB", "GB", "TB"];
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 9.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/**
 * Parses a size as typed: `812`, `500KB`, `20 MB`, `1.5GB`, in powers of ten; `KiB` and its like in
 * powers of two.
 * @returns bytes, or undefined when the text is no size.
 */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?(?:([kmgt])(i?)b?|b)?$/i.exec(text);
  if (match === null) return undefined;
  const power = "kmgt".indexOf((match[2] ?? "").toLowerCase()) + 1;
  return Number(match[1]) * (match[3] ? 1024 : 1000) ** (match[2] === undefined ? 0 : power);
}

/**
 * A text as part of a file's name: lower-case letters and digits of ASCII, all else as one dash, at
 * most 40 characters. Source: zot's export names.
 */
export function formatSlug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-/, "").slice(0, 40)
    .replace(/-$/, "");
}

/** Writes a number and its noun: `1 row`, `2 rows`, `1,204 rows`. */
export function formatCount(count: number, noun: string): string {
  return `${groupDigits(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A whole number for people: `65,535`. */
export function groupDigits(count: number): string {
  // Most counts are small, and there are thousands.
  if (Math.abs(count) < 1000) return String(count);
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function sumGraphemes(line: string, measure: (grapheme: string) => number): number {
  if (NARROW.test(line)) return line.length;
  let width = 0;
  for (const { segment } of splitGraphemes(line)) width += measure(segment);
  return width;
}

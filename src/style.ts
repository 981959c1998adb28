/** Colour for terminals: a style wraps text in SGR codes, or leaves it alone where none is wanted. */

import { measureWidth, truncate } from "./text.ts";

/** Wraps text in one look. */
export type Paint = (text: string) => string;

/** The looks that skein uses, each with one meaning. */
export interface Style {
  /** What is said beside the point: ids, counts, ages. */
  readonly dim: Paint;
  /** Names and titles. */
  readonly bold: Paint;
  /** Errors and damage. */
  readonly red: Paint;
  /** Warnings and what is unusual. */
  readonly yellow: Paint;
  /** What a person typed. */
  readonly cyan: Paint;
  /** What an agent said. */
  readonly green: Paint;
  /** What tools did. */
  readonly magenta: Paint;
  /** What was searched for. */
  readonly found: Paint;
  /** The one of several that a key would take. */
  readonly chosen: Paint;
  /** Moves a terminal's cursor to a column, counted from 1; absent where no sequence is wanted. */
  readonly moveTo?: (column: number) => string;
}

// deno-lint-ignore no-control-regex -- an escape is what the codes of a paint start with
const PAINT_CODES = /(\u001b\[[\d;]*m)/;

/**
 * Paints the parts of a line, cut to a number of cells in all; undefined cuts nothing.
 */
export function paintLine(
  parts: readonly (readonly [paint: Paint, text: string])[],
  cells: number | undefined,
): string {
  if (cells === undefined) return parts.map((part) => part[0](part[1])).join("");
  const cut = cutTexts(parts.map(([, text]) => text), cells);
  return parts.map(([paint], index) => paint(cut[index] ?? "")).join("");
}

/** Cuts a line that is painted already to a number of cells; the colours stay, and end as before. */
export function truncatePainted(line: string, cells: number): string {
  const { texts, codes } = splitPainted(line);
  return cutTexts(texts, cells).map((text, index) => text + (codes[index] ?? "")).join("");
}

/** Measures how many cells a painted line takes. */
export function measurePainted(line: string): number {
  return measureWidth(splitPainted(line).texts.join(""));
}

/** The texts of a painted line, and the codes that stand after each but the last. */
function splitPainted(line: string) {
  const parts = line.split(PAINT_CODES);
  return {
    texts: parts.filter((_, index) => index % 2 === 0),
    codes: parts.filter((_, index) => index % 2 === 1),
  };
}

/** Cuts texts that stand on one line to a number of cells in all. */
function cutTexts(texts: readonly string[], cells: number): readonly string[] {
  const whole = texts.join("");
  const cut = truncate(whole, cells);
  let rest = cut;
  return texts.map((text) => {
    const isLast = cut !== whole && text.length >= rest.length;
    const part = isLast ? rest : rest.slice(0, text.length);
    rest = rest.slice(part.length);
    return part;
  });
}

const same: Paint = (text) => text;

/** Text as it is. */
export const PLAIN: Style = {
  dim: same,
  bold: same,
  red: same,
  yellow: same,
  cyan: same,
  green: same,
  magenta: same,
  found: same,
  chosen: same,
};

/** Text in colour, by the sixteen colours that every terminal lets its user choose. */
export const COLORED: Style = {
  dim: sgr(2, 22),
  bold: sgr(1, 22),
  red: sgr(31, 39),
  yellow: sgr(33, 39),
  cyan: sgr(36, 39),
  green: sgr(32, 39),
  magenta: sgr(35, 39),
  found: (text) => sgr(1, 22)(sgr(31, 39)(text)),
  chosen: sgr(7, 27),
  moveTo: (column) => `\u001b[${column}G`,
};

function sgr(on: number, off: number): Paint {
  return (text) => (text === "" ? "" : `\u001b[${on}m${text}\u001b[${off}m`);
}

/** Colour for terminals: a style wraps text in SGR codes, or leaves it alone where none is wanted. */

import { truncate } from "./text.ts";

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
  /** Moves a terminal's cursor to a column, counted from 1; absent where no sequence is wanted. */
  readonly moveTo?: (column: number) => string;
}

/**
 * Paints the parts of a line, cut to a number of cells in all; undefined cuts nothing.
 */
export function paintLine(
  parts: readonly (readonly [paint: Paint, text: string])[],
  cells: number | undefined,
): string {
  if (cells === undefined) return parts.map(([paint, text]) => paint(text)).join("");
  const whole = parts.map(([, text]) => text).join("");
  const cut = truncate(whole, cells);
  let rest = cut;
  return parts.map(([paint, text]) => {
    const isLast = cut !== whole && text.length >= rest.length;
    const part = isLast ? rest : rest.slice(0, text.length);
    rest = rest.slice(part.length);
    return paint(part);
  }).join("");
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
  moveTo: (column) => `\u001b[${column}G`,
};

function sgr(on: number, off: number): Paint {
  return (text) => (text === "" ? "" : `\u001b[${on}m${text}\u001b[${off}m`);
}

/**
 * Rows to facts as in `scan.ts`, for whoever needs no more: rows of a shape that was seen before are
 * not parsed. What it says of a file is what `scanRows` says.
 */

import type { Format, ScannedRow } from "./format.ts";
import { RowScanner, type ScanEnd, type ScanRange } from "./row_scanner.ts";
import type { RowView } from "./row_view.ts";
import type { ByteSource, Row } from "./rows.ts";
import { scanRow, scanRows } from "./scan.ts";
import { ShapeBook } from "./shapes.ts";
import type { Fact } from "./transcript.ts";

/** What a row says, and where it lies; it lives until the next one. */
export interface FactRow extends Pick<ScannedRow, "facts" | "problems"> {
  readonly row: Pick<Row, "line" | "offset" | "length" | "ending">;
}

/** How the rows of a file are to be scanned. */
export interface QuickScanOptions extends ScanRange {
  /** Whether the prompt in a user's message still matters; asked before each. */
  readonly needsPrompt: () => boolean;
}

/** Scans files, and learns the shapes of their rows. */
export class QuickScanner {
  readonly #scanner: RowScanner;
  readonly #shapes = new ShapeBook();
  readonly #quick: { -readonly [Key in keyof FactRow]: FactRow[Key] } = {
    row: { line: 0, offset: 0, length: 0, ending: "lf" },
    facts: [],
    problems: [],
  };

  /** Takes the scanner that finds rows. */
  constructor(scanner: RowScanner = new RowScanner()) {
    this.#scanner = scanner;
  }

  /** Shows a visitor what each row of a range says. */
  scan(
    source: ByteSource,
    format: Format,
    { needsPrompt, ...range }: QuickScanOptions,
    visit: (row: FactRow) => void,
  ): ScanEnd {
    return this.#scanner.scan(source, format.shapeKeys, range, (row) => {
      const facts = this.#recall(row, format, needsPrompt);
      if (facts === undefined) visit(this.#parse(row, format));
      else {
        this.#quick.row = row;
        this.#quick.facts = facts;
        visit(this.#quick);
      }
    });
  }

  /** What a row of a known shape says; undefined when it has to be parsed. */
  #recall(
    row: RowView,
    { rowLimitBytes = Infinity }: Format,
    needsPrompt: () => boolean,
  ): readonly Fact[] | undefined {
    const shape = this.#shapes.find(row.shape);
    if (shape === undefined || row.length >= rowLimitBytes) return undefined;
    return shape.isUser && needsPrompt() ? undefined : shape.read(row);
  }

  #parse(row: RowView, format: Format): ScannedRow {
    const scanned = scanRow(row.toRow(), format);
    if (row.shape === 0) {
      const learnt = this.#shapes.learn(row, scanned, format);
      if (learnt > 0) this.#scanner.learn(learnt);
    }
    return scanned;
  }
}

/** Scanners that nobody uses now: one, unless a visitor scans another file meanwhile. */
const scanners: QuickScanner[] = [];

/** As `QuickScanOptions`, for a file of either kind. */
export interface ScanFactsOptions extends QuickScanOptions {
  /** As `Sniff` has it. */
  readonly isOneValue: boolean;
}

/**
 * Shows a visitor what each row of a file says.
 * @returns where the next row would start; undefined for a file of one value
 */
export function scanFacts(
  source: ByteSource,
  format: Format,
  { isOneValue, ...options }: ScanFactsOptions,
  visit: (row: FactRow) => void,
): ScanEnd | undefined {
  if (isOneValue) {
    for (const scanned of scanRows(source, format, { isOneValue })) visit(scanned);
    return undefined;
  }
  const scanner = scanners.pop() ?? new QuickScanner();
  try {
    return scanner.scan(source, format, options, visit);
  } finally {
    scanners.push(scanner);
  }
}

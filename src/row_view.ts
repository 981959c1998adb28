/**
 * A row where it lies in the scanner's memory: what is known of it without parsing it, and a way to
 * its bytes.
 */

import { type Row, toFoundRow } from "./rows.ts";
import { type ScannerMemory, WINDOW } from "./scanner_memory.ts";
import { parseTimeBytes } from "./time_bytes.ts";

/** A row that the scanner found; it lives until the next one. */
export interface RowView {
  /** As in `Row`; the length includes a CR at the end. */
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  readonly ending: "lf" | "none";
  /** What the shape was learnt as, from 1 on; 0 when it is not known, -1 when the row has none. */
  readonly shape: number;
  /** How many numbers it holds, and the first `MOST_NUMBERS` of them. */
  countNumbers(): number;
  readNumbers(): Float64Array;
  /** Whether one of these is written with a point. */
  hasFraction(): boolean;
  /** Whether it names a time. */
  hasTime(): boolean;
  /** That time in milliseconds since 1970; NaN when it cannot be read here. */
  readTime(): number;
  /** The row as `readRows` gives it. */
  toRow(): Row;
}

/** The row at hand: one object for all of them, since there are so many. */
export class PresentRow implements RowView {
  line = 0;
  offset = 0;
  length = 0;
  ending: "lf" | "none" = "lf";
  shape = 0;
  /** Where its record lies. */
  record = 0;
  /** Whether times may lack a zone. */
  mayBeLocal = false;
  #start = 0;
  #long: Row | undefined;
  readonly #memory: ScannerMemory;
  readonly #longBytes: number;

  /** Takes how long a row is that is shortened before it is looked at. */
  constructor(memory: ScannerMemory, longBytes: number) {
    this.#memory = memory;
    this.#longBytes = longBytes;
  }

  /**
   * Becomes the row of a record.
   * @param base Offset in the file of the window's first byte.
   * @param start Where the row starts in the window.
   */
  in(record: number, base: number, start: number): this {
    this.record = record;
    this.#start = WINDOW + start;
    this.offset = base + start;
    this.length = this.#memory.readEnd(record) - this.#start;
    this.ending = "lf";
    this.shape = this.#memory.readShape(record);
    this.#long = undefined;
    return this;
  }

  /** Becomes a row without line ending, which lies between two places of the window. */
  at(base: number, start: number, end: number): this {
    this.#start = WINDOW + start;
    this.offset = base + start;
    this.length = end - start;
    this.ending = "none";
    this.shape = -1;
    this.#long = undefined;
    return this;
  }

  /** Becomes a row that does not lie in the window. */
  as(row: Row): this {
    this.offset = row.offset;
    this.length = row.length + (row.ending === "crlf" ? 1 : 0);
    this.ending = row.ending === "none" ? "none" : "lf";
    this.shape = -1;
    this.#long = row;
    return this;
  }

  /** As `RowView` has it; so are the others. */
  countNumbers(): number {
    return this.#memory.countNumbers(this.record);
  }

  readNumbers(): Float64Array {
    return this.#memory.readNumbers(this.record);
  }

  hasFraction(): boolean {
    return this.#memory.hasFraction(this.record);
  }

  hasTime(): boolean {
    return this.#memory.findTime(this.record).length > 0;
  }

  readTime(): number {
    return parseTimeBytes(
      this.#memory.bytes,
      this.#memory.findTime(this.record),
      this.mayBeLocal,
    );
  }

  toRow(): Row {
    if (this.#long !== undefined) return this.#long;
    const { line, offset, ending } = this;
    const raw = this.#memory.bytes.subarray(this.#start, this.#start + this.length);
    return toFoundRow(raw, { line, offset, ending }, this.#longBytes);
  }
}

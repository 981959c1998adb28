/**
 * Bytes to rows and their shapes, many at a time: what `rows.ts` does row by row, for whoever has to
 * look at every row of a store.
 *
 * Windows of a file lie in the memory of a WebAssembly module (`row_scanner.wat`), which says where
 * rows end and which have a shape that was seen before; see there what a shape is. The window grows
 * with a row that does not fit, up to a limit; a longer one is given as `rows.ts` gives it.
 */

import { ROW_SCANNER_WASM } from "./row_scanner_wasm.ts";
import { type ByteSource, readRows, type Row, toFoundRow } from "./rows.ts";
import { parseTimeBytes } from "./time_bytes.ts";

/** A row where it lies in the scanner's memory; it lives until the next one. */
export interface RowView {
  /** As in `Row`; the length includes a CR at the end. */
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  readonly ending: "lf" | "none";
  /** What the shape was learnt as, from 1 on; 0 when it is not known, -1 when the row has none. */
  readonly shape: number;
  /** How many numbers it holds, and the first `MOST_NUMBERS` of them. */
  readonly numberCount: number;
  readNumbers(): Float64Array;
  /** Whether one of these is written with a point. */
  hasFraction(): boolean;
  /** Whether it names a time. */
  readonly hasTime: boolean;
  /** That time in milliseconds since 1970; NaN when it cannot be read here. */
  readTime(): number;
  /** The row as `readRows` gives it. */
  toRow(): Row;
}

/** Keys that a format tells the scanner of. */
export interface ShapeKeys {
  /** Those whose texts decide what a row means, so that they belong to its shape; one or two. */
  readonly decisive: readonly [string, string?];
  /** The one that holds a message's time, if there is one, and whether that may lack a zone. */
  readonly time?: { readonly key: string; readonly mayBeLocal: boolean };
}

/** Where to scan. */
export interface ScanRange {
  /** Where a row starts, in bytes, and its number. */
  readonly offset: number;
  readonly line: number;
  /** Bytes from here on are none of the file's. */
  readonly end: number;
}

/** Sizes in bytes, which only tests need to change. */
export interface ScannerSizes {
  readonly windowBytes: number;
  /** A row of so many is shortened before it is looked at. */
  readonly longBytes: number;
  /** A row of more is not taken into the window. */
  readonly mostBytes: number;
}

/** How many numbers of a row are kept. */
export const MOST_NUMBERS = 32;

/** How many shapes may be learnt: half of the slots for them have to stay free. */
export const MOST_SHAPES = 2048;

const SIZES: ScannerSizes = {
  windowBytes: 256 * 1024,
  longBytes: 256 * 1024,
  mostBytes: 64 * 1024 * 1024,
};

/** How the memory is divided, in bytes; slots for shapes are at its start. */
const ESCAPES = 0x10000;
const HEX_DIGITS = 0x10100;
const RECORDS = 0x10400;
const RECORD_BYTES = 80;
const MOST_RECORDS = 1024;
const NUMBERS = RECORDS + RECORD_BYTES * MOST_RECORDS;
const NUMBER_BYTES = 16;
const SCRATCH = NUMBERS + NUMBER_BYTES * MOST_NUMBERS * MOST_RECORDS;
const WINDOW = SCRATCH + 1024;
/** The module reads 64 bytes at a time. */
const PADDING = 64;
const PAGE = 64 * 1024;

const SPACE = 0x20;
const POINT = 0x2e;

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly seed: { value: bigint };
  readonly decisive: { value: bigint };
  readonly decisiveToo: { value: bigint };
  readonly time: { value: bigint };
  hashBytes(at: number, length: number): bigint;
  learn(hash: bigint, shape: number): void;
  scan(row: number, end: number, records: number, most: number, numbers: number): number;
}

/** Finds rows and their shapes, and remembers what shapes were learnt as. */
export class RowScanner {
  readonly #sizes: ScannerSizes;
  readonly #module: Exports;
  readonly #memory = new ScannerMemory();
  readonly #row: PresentRow;
  /** The seed of each format's shapes. */
  readonly #seeds = new Map<ShapeKeys, bigint>();

  /** Makes a scanner; tests give it a module that is wrong. */
  constructor(
    sizes: Partial<ScannerSizes> = {},
    wasm: Uint8Array<ArrayBuffer> = Uint8Array.fromBase64(ROW_SCANNER_WASM),
  ) {
    this.#sizes = { ...SIZES, ...sizes };
    const module = new WebAssembly.Module(wasm);
    this.#module = new WebAssembly.Instance(module).exports as unknown as Exports;
    this.#row = new PresentRow(this.#memory, this.#sizes.longBytes);
    this.#memory.grow(this.#module.memory, this.#sizes.windowBytes);
    fillTables(this.#memory.bytes);
  }

  /** Remembers the shape of the present row as a number from 1 to `MOST_SHAPES`. */
  learn(shape: number): void {
    const [hash = 0n] = new BigInt64Array(this.#module.memory.buffer, this.#row.record + 8, 1);
    this.#module.learn(hash, shape);
  }

  /** Shows every row of a range to a visitor, a last one without line ending included. */
  scan(
    source: ByteSource,
    keys: ShapeKeys,
    { offset, line, end }: ScanRange,
    visit: (row: RowView) => void,
  ): void {
    this.#use(keys);
    const row = this.#row;
    row.line = line;
    /** Offset in the file of the window's first byte, and how many bytes the window holds. */
    let base = offset;
    let filled = 0;
    for (;;) {
      const room = Math.min(this.#memory.windowBytes - filled, end - base - filled);
      const into = this.#memory.window(filled, room);
      const count = room > 0 ? source.readAt(base + filled, into) : 0;
      filled += count;
      const done = this.#visitRows(base, filled, visit);
      if (count === 0 || base + filled === end) {
        if (done < filled) visit(row.at(base, done, filled));
        return;
      }
      if (done === 0 && filled === this.#memory.windowBytes) {
        if (filled < this.#sizes.mostBytes) {
          this.#memory.grow(this.#module.memory, Math.min(filled * 2, this.#sizes.mostBytes));
          continue;
        }
        const [long] = readRows(source, { offset: base, line: row.line });
        if (long === undefined) return;
        visit(row.as(long));
        const ending = { lf: 1, crlf: 2, none: 0 }[long.ending];
        base = long.offset + long.length + ending;
        filled = 0;
        row.line++;
        continue;
      }
      this.#memory.moveDown(done, filled);
      base += done;
      filled -= done;
    }
  }

  /** Visits the rows that end in the window; gives where the first one starts that does not. */
  #visitRows(base: number, filled: number, visit: (row: RowView) => void): number {
    const { bytes } = this.#memory;
    bytes.fill(SPACE, WINDOW + filled, WINDOW + filled + PADDING);
    for (let start = 0;;) {
      const end = WINDOW + filled;
      const count = this.#module.scan(WINDOW + start, end, RECORDS, MOST_RECORDS, NUMBERS);
      for (let record = RECORDS; record < RECORDS + count * RECORD_BYTES; record += RECORD_BYTES) {
        visit(this.#row.in(record, base, start));
        start += this.#row.length + 1;
        this.#row.line++;
      }
      if (count < MOST_RECORDS) return start;
    }
  }

  #use(keys: ShapeKeys): void {
    const { bytes } = this.#memory;
    let seed = this.#seeds.get(keys);
    if (seed === undefined) {
      [seed = 1n] = crypto.getRandomValues(new BigInt64Array(1));
      this.#seeds.set(keys, seed);
    }
    this.#module.seed.value = seed;
    const hash = (key: string | undefined): bigint => {
      if (key === undefined) return 0n;
      const { written } = new TextEncoder().encodeInto(key, bytes.subarray(SCRATCH, WINDOW));
      return this.#module.hashBytes(SCRATCH, written);
    };
    const [decisive, decisiveToo] = keys.decisive;
    this.#module.decisive.value = hash(decisive);
    this.#module.decisiveToo.value = hash(decisiveToo);
    this.#module.time.value = hash(keys.time?.key);
    this.#row.mayBeLocal = keys.time?.mayBeLocal ?? false;
  }
}

/** The module's memory, of which the window is the last part. */
class ScannerMemory {
  windowBytes = 0;
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
  words: Int32Array<ArrayBuffer> = new Int32Array();
  doubles: Float64Array<ArrayBuffer> = new Float64Array();

  /** Makes the window larger; what it holds stays. */
  grow(memory: WebAssembly.Memory, windowBytes: number): void {
    const lacking = WINDOW + windowBytes + PADDING - memory.buffer.byteLength;
    if (lacking > 0) memory.grow(Math.ceil(lacking / PAGE));
    const buffer = memory.buffer as ArrayBuffer;
    this.windowBytes = windowBytes;
    this.bytes = new Uint8Array(buffer);
    this.words = new Int32Array(buffer);
    this.doubles = new Float64Array(buffer, 0, Math.floor(buffer.byteLength / 8));
  }

  /** A part of the window. */
  window(start: number, length: number): Uint8Array {
    return this.bytes.subarray(WINDOW + start, WINDOW + start + Math.max(0, length));
  }

  /** Moves what lies between two places of the window to its start. */
  moveDown(start: number, end: number): void {
    this.bytes.copyWithin(WINDOW, WINDOW + start, WINDOW + end);
  }
}

/** The row that the visitor is shown: one object for all of them, since there are so many. */
class PresentRow implements RowView {
  line = 0;
  offset = 0;
  length = 0;
  ending: "lf" | "none" = "lf";
  shape = 0;
  numberCount = 0;
  hasTime = false;
  /** Whether times may lack a zone. */
  mayBeLocal = false;
  /** Where its record lies, and where its bytes do. */
  record = 0;
  #start = 0;
  #long: Row | undefined;
  readonly #memory: ScannerMemory;
  readonly #longBytes: number;
  readonly #numbers = new Float64Array(MOST_NUMBERS);

  constructor(memory: ScannerMemory, longBytes: number) {
    this.#memory = memory;
    this.#longBytes = longBytes;
  }

  /** Becomes the row of a record, which starts at a place of the window. */
  in(record: number, base: number, start: number): this {
    const { words } = this.#memory;
    const at = record >> 2;
    this.record = record;
    this.#start = WINDOW + start;
    this.offset = base + start;
    this.length = (words[at] ?? 0) - this.#start;
    this.ending = "lf";
    this.shape = words[at + 1] ?? -1;
    this.hasTime = (words[at + 4] ?? 0) > 0;
    this.numberCount = words[at + 5] ?? 0;
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

  readNumbers(): Float64Array {
    const { words, doubles } = this.#memory;
    const count = Math.min(this.numberCount, MOST_NUMBERS);
    const first = words[(this.record >> 2) + 6] ?? NUMBERS;
    for (let i = 0; i < count; i++) {
      const at = first + i * NUMBER_BYTES;
      const value = doubles[at >> 3] ?? NaN;
      this.#numbers[i] = Number.isNaN(value) ? Number(this.#spelling(at)) : value;
    }
    return this.#numbers.subarray(0, count);
  }

  hasFraction(): boolean {
    const { words, bytes } = this.#memory;
    const count = Math.min(this.numberCount, MOST_NUMBERS);
    const first = words[(this.record >> 2) + 6] ?? NUMBERS;
    for (let i = 0; i < count; i++) {
      const at = (first + i * NUMBER_BYTES) >> 2;
      const [start = 0, length = 0] = words.subarray(at + 2, at + 4);
      if (bytes.subarray(start, start + length).includes(POINT)) return true;
    }
    return false;
  }

  readTime(): number {
    const { bytes, words } = this.#memory;
    const length = words[(this.record >> 2) + 4] ?? 0;
    return parseTimeBytes(bytes, { at: this.record + 32, length, mayBeLocal: this.mayBeLocal });
  }

  toRow(): Row {
    if (this.#long !== undefined) return this.#long;
    const { line, offset, ending } = this;
    const raw = this.#memory.bytes.subarray(this.#start, this.#start + this.length);
    return toFoundRow(raw, { line, offset, ending }, this.#longBytes);
  }

  #spelling(at: number): string {
    const { bytes, words } = this.#memory;
    const [start = 0, length = 0] = words.subarray((at >> 2) + 2, (at >> 2) + 4);
    return String.fromCharCode(...bytes.subarray(start, start + length));
  }
}

/** Fills the two tables by which the module knows escapes; see `$isEscape` there. */
function fillTables(bytes: Uint8Array): void {
  for (const letter of '"\\/bfnrt') bytes[ESCAPES + letter.charCodeAt(0)] = 2;
  bytes[ESCAPES + "u".charCodeAt(0)] = 1;
  for (const digit of "0123456789abcefABCEF") bytes[HEX_DIGITS + digit.charCodeAt(0)] = 3;
  for (const digit of "dD") bytes[HEX_DIGITS + digit.charCodeAt(0)] = 1;
}

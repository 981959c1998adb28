/**
 * Bytes to rows and their shapes, many at a time: what `rows.ts` does row by row, for whoever has to
 * look at every row of a store.
 *
 * Windows of a file lie in the memory of a WebAssembly module (`row_scanner.wat`), which says where
 * rows end and which have a shape that was seen before; see there what a shape is. The window grows
 * with a row that does not fit, up to a limit; a longer one is given as `rows.ts` gives it.
 */

import { PresentRow, type RowView } from "./row_view.ts";
import { type ByteSource, endOfRow, readRows } from "./rows.ts";
import {
  KEY,
  MOST_RECORDS,
  NUMBERS,
  RECORD_BYTES,
  RECORDS,
  ScannerMemory,
  WINDOW,
} from "./scanner_memory.ts";
import { ROW_SCANNER_WASM } from "./row_scanner_wasm.ts";
import { type ShapeKeys, ShapeTree } from "./shape_tree.ts";
import { startModule } from "./wasm.ts";

/** Where to scan. */
export interface ScanRange {
  /** Where a row starts, in bytes, and its number. */
  readonly offset: number;
  readonly line: number;
  /** Bytes from here on are none of the file's. */
  readonly end: number;
}

/** Where a scan ended. */
export interface ScanEnd {
  /** Where the next row would start, and its number. */
  readonly offset: number;
  readonly line: number;
  /** The last bytes before it, at most `TAIL_BYTES`; none when the last row had no line ending. */
  readonly tail: Uint8Array;
}

/** How much of the end of a file is remembered. */
export const TAIL_BYTES = 64;

/** Sizes in bytes, which only tests need to change. */
export interface ScannerSizes {
  readonly windowBytes: number;
  /** A row of so many is shortened before it is looked at. */
  readonly longBytes: number;
  /** A row of more is not taken into the window. */
  readonly mostBytes: number;
}

const SIZES: ScannerSizes = {
  windowBytes: 256 * 1024,
  longBytes: 256 * 1024,
  mostBytes: 64 * 1024 * 1024,
};

/** What the module gives; see there. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly seed: { value: bigint };
  readonly decisive: { value: bigint };
  readonly decisiveToo: { value: bigint };
  readonly time: { value: bigint };
  readonly pairs: { value: number };
  readonly tree: { value: number };
  hashBytes(at: number, length: number): bigint;
  findShape(hash: bigint): number;
  learn(hash: bigint, shape: number): void;
  scan(row: number, end: number, records: number, most: number, numbers: number): number;
}

/** What the module has to know of one format: a seed of its own, the hashes of its keys, and its tree. */
interface KeySetting {
  readonly seed: bigint;
  readonly decisive: bigint;
  readonly decisiveToo: bigint;
  readonly time: bigint;
  readonly tree: number;
}

/** Finds rows and their shapes, and remembers what shapes were learnt as. */
export class RowScanner {
  readonly #sizes: ScannerSizes;
  readonly #module: Exports;
  readonly #memory: ScannerMemory;
  readonly #row: PresentRow;
  readonly #tree: ShapeTree;
  /** The shapes of which a row was put into the tree. */
  readonly #planted = new Set<number>();
  /** Whether a shape was learnt since the module was asked last. */
  #hasLearnt = false;
  /** What tells the shapes of each format's rows, and whose rows were scanned last. */
  readonly #settings = new Map<ShapeKeys, KeySetting>();
  #keys: ShapeKeys | undefined;

  /** Makes a scanner; tests give it a module that is wrong. */
  constructor(
    sizes: Partial<ScannerSizes> = {},
    wasm: Uint8Array<ArrayBuffer> = Uint8Array.fromBase64(ROW_SCANNER_WASM),
  ) {
    this.#sizes = { ...SIZES, ...sizes };
    this.#module = startModule(wasm) as Exports;
    this.#memory = new ScannerMemory(this.#module.memory, this.#sizes.windowBytes);
    this.#tree = new ShapeTree(this.#memory);
    this.#row = new PresentRow(this.#memory, this.#sizes.longBytes);
  }

  /** Remembers the shape of the present row as a number from 1 to `MOST_SHAPES`. */
  learn(shape: number): void {
    this.#module.learn(this.#memory.readHash(this.#row.record), shape);
    this.#hasLearnt = true;
  }

  /** Shows every row of a range to a visitor, a last one without line ending included. */
  scan(
    source: ByteSource,
    keys: ShapeKeys,
    { offset, line, end }: ScanRange,
    visit: (row: RowView) => void,
  ): ScanEnd {
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
        const length = done < filled ? 0 : Math.min(done, TAIL_BYTES);
        const tail = this.#memory.window(done - length, length).slice();
        return { offset: base + filled, line: row.line, tail };
      }
      if (done === 0 && filled === this.#memory.windowBytes) {
        if (filled < this.#sizes.mostBytes) {
          this.#memory.grow(Math.min(filled * 2, this.#sizes.mostBytes));
          continue;
        }
        const [long] = readRows(source, { offset: base, line: row.line });
        if (long === undefined) return { offset: base, line: row.line, tail: new Uint8Array() };
        visit(row.as(long));
        base = endOfRow(long);
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
    this.#memory.endWindow(filled);
    for (let start = 0;;) {
      const end = WINDOW + filled;
      this.#hasLearnt = false;
      const count = this.#module.scan(WINDOW + start, end, RECORDS, MOST_RECORDS, NUMBERS);
      for (let record = RECORDS; record < RECORDS + count * RECORD_BYTES; record += RECORD_BYTES) {
        const row = this.#row.in(record, base, start);
        if (row.shape === 0 && this.#hasLearnt) {
          row.shape = this.#module.findShape(this.#memory.readHash(record));
        }
        if (row.shape > 0 && !this.#memory.isRecognized(record)) this.#plant(row, start);
        visit(row);
        start += this.#row.length + 1;
        this.#row.line++;
      }
      if (count < MOST_RECORDS) return start;
    }
  }

  /** Has the module know rows as one that was seen before, and starts at a place of the window. */
  #plant({ shape, length }: RowView, start: number): void {
    if (this.#planted.has(shape) || this.#keys === undefined) return;
    this.#planted.add(shape);
    const row = this.#memory.window(start, length);
    this.#tree.add(this.#module.tree.value, row, { keys: this.#keys, shape });
  }

  /** Makes the module tell the shapes of one format's rows. */
  #use(keys: ShapeKeys): void {
    if (keys === this.#keys) return;
    this.#keys = keys;
    const setting = this.#settings.get(keys) ?? this.#hashKeys(keys);
    this.#settings.set(keys, setting);
    this.#module.seed.value = setting.seed;
    this.#module.decisive.value = setting.decisive;
    this.#module.decisiveToo.value = setting.decisiveToo;
    this.#module.time.value = setting.time;
    this.#module.tree.value = setting.tree;
    this.#module.pairs.value = keys.refusesPairs ? 0 : 1;
    this.#row.mayBeLocal = keys.time?.mayBeLocal ?? false;
  }

  #hashKeys({ decisive: [first, second], time }: ShapeKeys): KeySetting {
    const [seed = 1n] = crypto.getRandomValues(new BigInt64Array(1));
    // The hashes are made with it.
    this.#module.seed.value = seed;
    const hash = (key: string | undefined): bigint =>
      key === undefined ? 0n : this.#module.hashBytes(KEY, this.#memory.writeKey(key));
    const tree = this.#tree.plant();
    return { seed, tree, decisive: hash(first), decisiveToo: hash(second), time: hash(time?.key) };
  }
}

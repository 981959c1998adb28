/**
 * The memory of the WebAssembly module that finds rows (`row_scanner.wat`): how it is divided, and
 * what lies in it where.
 *
 * From the start on: slots for the shapes that were learnt, two tables by which the module knows
 * escapes, a record for each row that it found last, the numbers of these rows, room for a key, the
 * trees of the rows that it knows, and the window, which may grow.
 */

import { growMemory } from "./wasm.ts";

/** How many rows the module finds at once. */
export const MOST_RECORDS = 1024;

/** How many numbers of a row are kept. */
export const MOST_NUMBERS = 32;

/** How many shapes may be learnt: half of the slots for them have to stay free. */
export const MOST_SHAPES = 2048;

/** Bytes of a record. */
export const RECORD_BYTES = 80;

/** Bytes of a number, and of what the module looks at in one step. */
const NUMBER_BYTES = 16;
const STEP_BYTES = 64;

const ESCAPES = 0x10000;
const HEX_DIGITS = 0x10100;

/** Where the records start. */
export const RECORDS = 0x10400;

/** Where the numbers of all rows that were found start. */
export const NUMBERS = RECORDS + RECORD_BYTES * MOST_RECORDS;

/** Where there is room for a key. */
export const KEY = NUMBERS + NUMBER_BYTES * MOST_NUMBERS * MOST_RECORDS;

/** Where the trees start (`shape_tree.ts`). */
export const TREE = KEY + 1024;

/** How much room there is for them. */
export const TREE_BYTES = 512 * 1024;

/** Where the window starts. */
export const WINDOW = TREE + TREE_BYTES;

/** Where in a record its parts are, in bytes. */
const PARTS = { shape: 4, hash: 8, timeLength: 16, numberCount: 20, numbers: 24, time: 32 };

const SPACE = 0x20;
const POINT = 0x2e;

/** Bytes of the memory, and how many. */
export interface Stretch {
  readonly at: number;
  readonly length: number;
}

/** The module's memory, as the parts that it is divided into. */
export class ScannerMemory {
  readonly #memory: WebAssembly.Memory;
  readonly #numbers = new Float64Array(MOST_NUMBERS);
  #windowBytes = 0;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
  #words: Int32Array<ArrayBuffer> = new Int32Array();
  #doubles: Float64Array<ArrayBuffer> = new Float64Array();

  /** Divides a memory, which the module uses, with a window of so many bytes. */
  constructor(memory: WebAssembly.Memory, windowBytes: number) {
    this.#memory = memory;
    this.grow(windowBytes);
    this.#fillTables();
  }

  /** All bytes; others than before once the window has grown. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  /** The size of the window. */
  get windowBytes(): number {
    return this.#windowBytes;
  }

  /** Makes the window larger; what it holds stays. */
  grow(windowBytes: number): void {
    growMemory(this.#memory, WINDOW + windowBytes + STEP_BYTES);
    const buffer = this.#memory.buffer as ArrayBuffer;
    this.#windowBytes = windowBytes;
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Int32Array(buffer);
    this.#doubles = new Float64Array(buffer);
  }

  /** A part of the window. */
  window(start: number, length: number): Uint8Array {
    return this.#bytes.subarray(WINDOW + start, WINDOW + start + Math.max(0, length));
  }

  /** Marks where the bytes end that the window holds: the module looks a step further. */
  endWindow(length: number): void {
    this.#bytes.fill(SPACE, WINDOW + length, WINDOW + length + STEP_BYTES);
  }

  /** Moves what lies between two places of the window to its start. */
  moveDown(start: number, end: number): void {
    this.#bytes.copyWithin(WINDOW, WINDOW + start, WINDOW + end);
  }

  /** Writes a key where the module can read it; gives its length in bytes. */
  writeKey(key: string): number {
    return new TextEncoder().encodeInto(key, this.#bytes.subarray(KEY, TREE)).written;
  }

  /** Reads a word of four bytes. */
  readWord(at: number): number {
    return this.#words[at >> 2] ?? 0;
  }

  /** Writes a word of four bytes. */
  writeWord(at: number, word: number): void {
    this.#words[at >> 2] = word;
  }

  /** Where the row of a record ends, counted from the start of the memory. */
  readEnd(record: number): number {
    return this.#words[record >> 2] ?? 0;
  }

  /** The number of the row's shape, 0 for one that is not known, -1 for none. */
  readShape(record: number): number {
    return this.#words[(record + PARTS.shape) >> 2] ?? -1;
  }

  /** Whether the row was found in the tree: then it has no hash. */
  isRecognized(record: number): boolean {
    const at = (record + PARTS.hash) >> 2;
    return this.#words[at] === 0 && this.#words[at + 1] === 0;
  }

  /** The hash of the row's shape. */
  readHash(record: number): bigint {
    const [hash = 0n] = new BigInt64Array(this.#bytes.buffer, record + PARTS.hash, 1);
    return hash;
  }

  /** How many numbers the row holds. */
  countNumbers(record: number): number {
    return this.#words[(record + PARTS.numberCount) >> 2] ?? 0;
  }

  /** The first numbers of the row, `MOST_NUMBERS` of them at most; they last until the next call. */
  readNumbers(record: number): Float64Array {
    const numbers = this.#listNumbers(record);
    for (let i = 0; i < numbers.length; i++) {
      const at = numbers.at + i * NUMBER_BYTES;
      const value = this.#doubles[at >> 3] ?? NaN;
      this.#numbers[i] = Number.isNaN(value) ? Number(this.#readSpelling(at)) : value;
    }
    return this.#numbers.subarray(0, numbers.length);
  }

  /** Whether one of these numbers is written with a point. */
  hasFraction(record: number): boolean {
    const numbers = this.#listNumbers(record);
    for (let i = 0; i < numbers.length; i++) {
      if (this.#findSpelling(numbers.at + i * NUMBER_BYTES).includes(POINT)) return true;
    }
    return false;
  }

  /** The length of the text of the row's time, and where its first 48 bytes are. */
  findTime(record: number): Stretch {
    const length = this.#words[(record + PARTS.timeLength) >> 2] ?? 0;
    return { at: record + PARTS.time, length };
  }

  #listNumbers(record: number): Stretch {
    const at = this.#words[(record + PARTS.numbers) >> 2] ?? NUMBERS;
    return { at, length: Math.min(this.countNumbers(record), MOST_NUMBERS) };
  }

  #findSpelling(number: number): Uint8Array {
    const at = this.#words[(number + 8) >> 2] ?? 0;
    return this.#bytes.subarray(at, at + (this.#words[(number + 12) >> 2] ?? 0));
  }

  #readSpelling(number: number): string {
    return String.fromCharCode(...this.#findSpelling(number));
  }

  /** See `$isEscape` in the module. */
  #fillTables(): void {
    for (const letter of '"\\/bfnrt') this.#bytes[ESCAPES + letter.charCodeAt(0)] = 2;
    this.#bytes[ESCAPES + "u".charCodeAt(0)] = 1;
    for (const digit of "0123456789abcefABCEF") this.#bytes[HEX_DIGITS + digit.charCodeAt(0)] = 3;
    for (const digit of "dD") this.#bytes[HEX_DIGITS + digit.charCodeAt(0)] = 1;
  }
}

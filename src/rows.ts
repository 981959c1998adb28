/**
 * Bytes to rows: reads a file through a window of fixed size and gives its lines one by one.
 *
 * No file is ever held whole, and a row may have any length. A row that fits into the window is
 * given as it is; a longer one is given shortened (`shorten.ts`), because nobody needs a 30 MB
 * picture to count messages. Row bytes are a view into the window and live until the next row.
 */

import { RowShortener } from "./shorten.ts";

/** Something that bytes can be read from at any offset. */
export interface ByteSource {
  /** Reads at most `into.length` bytes from `offset` on; gives their number, 0 at the end. */
  readAt(offset: number, into: Uint8Array): number;
}

/** One line of a file. */
export interface Row {
  /** Counted from 1. */
  readonly line: number;
  /** Bytes from the start of the file to the start of the row. */
  readonly offset: number;
  /** Bytes of the row on disk, its line ending left out. */
  readonly length: number;
  /** The row without line ending and byte-order mark; valid JSON stays valid when shortened. */
  readonly bytes: Uint8Array;
  readonly isShortened: boolean;
  readonly hasBom: boolean;
  /** How the line ends; `none` only in the last row of a file. */
  readonly ending: "lf" | "crlf" | "none";
}

/** Where and how to read. */
export interface ReadRowsOptions {
  /** Where a row starts, in bytes; the start of the file unless told. */
  readonly offset?: number;
  /** The number of the line at `offset`; 1 unless told. */
  readonly line?: number;
  /** Size of the window in bytes. */
  readonly windowBytes?: number;
  /** How much of each string of a shortened row is kept, in bytes. */
  readonly keepBytes?: number;
}

/** Rows up to this many bytes are given whole. */
const WINDOW_BYTES = 256 * 1024;

/** Bytes kept of each string in a shortened row. */
const KEEP_BYTES = 4 * 1024;

const LF = 0x0a;
const CR = 0x0d;

/**
 * Gives the rows of a file in order, a last one without line ending and empty ones included.
 * A file that ends with a line ending has no further, empty row after it.
 */
export function* readRows(source: ByteSource, options: ReadRowsOptions = {}): Generator<Row> {
  const window = takeWindow(options.windowBytes ?? WINDOW_BYTES);
  try {
    yield* readThrough(source, window, options);
  } finally {
    windows.push(window);
  }
}

/**
 * Windows that nobody reads through now: a store has thousands of files, and making a window for
 * each would take longer than reading them.
 */
const windows: Uint8Array<ArrayBuffer>[] = [];

function takeWindow(sizeBytes: number): Uint8Array<ArrayBuffer> {
  const index = windows.findIndex(({ length }) => length === sizeBytes);
  const [window] = index < 0 ? [] : windows.splice(index, 1);
  return window ?? new Uint8Array(sizeBytes);
}

function* readThrough(
  source: ByteSource,
  window: Uint8Array<ArrayBuffer>,
  options: ReadRowsOptions,
): Generator<Row> {
  let line = options.line ?? 1;
  /** File offset of `window[0]`. */
  let base = options.offset ?? 0;
  let filled = 0;
  let start = 0;

  for (;;) {
    const count = source.readAt(base + filled, window.subarray(filled));
    let scanFrom = filled;
    filled += count;
    for (;;) {
      const found = window.subarray(0, filled).indexOf(LF, scanFrom);
      if (found < 0) break;
      yield toRow(line++, base + start, window.subarray(start, found), "lf");
      start = scanFrom = found + 1;
    }
    if (count === 0) {
      if (start < filled) yield toRow(line, base + start, window.subarray(start, filled), "none");
      return;
    }
    if (start === 0 && filled === window.length) {
      const long = readLongRow(source, {
        line,
        offset: base,
        window,
        keepBytes: options.keepBytes,
      });
      yield long.row;
      line++;
      base = long.next;
      filled = 0;
    } else if (start > 0) {
      window.copyWithin(0, start, filled);
      base += start;
      filled -= start;
    }
    start = 0;
  }
}

/** Where a row lies that was read before. */
export type RowPlace = Pick<Row, "line" | "offset" | "length">;

/**
 * Reads a row again, whole, or shortened to so many bytes of each string.
 * @returns undefined when the file has become shorter than that
 */
export function readRowAt(
  source: ByteSource,
  { line, offset, length }: RowPlace,
  keepBytes?: number,
): Row | undefined {
  if (keepBytes === undefined) {
    const bytes = readBytes(source, offset, length);
    return bytes.length < length ? undefined : { ...toRow(line, offset, bytes, "lf"), length };
  }
  const shortener = new RowShortener(keepBytes);
  let done = 0;
  for (const piece of readRange(source, offset, length)) {
    shortener.push(piece);
    done += piece.length;
  }
  if (done < length) return undefined;
  return { ...toRow(line, offset, shortener.finish(), "lf"), length, isShortened: true };
}

/**
 * Finds where the last byte of a file lies that is not white space; gives the length up to it.
 * @returns undefined when it is more than `most` bytes
 */
export function findContentLength(source: ByteSource, most: number): number | undefined {
  const window = new Uint8Array(WINDOW_BYTES);
  let end = 0;
  for (let offset = 0;;) {
    const count = source.readAt(offset, window);
    if (count === 0) return end;
    const last = window.subarray(0, count).findLastIndex((byte) => byte > 0x20);
    if (last >= 0) end = offset + last + 1;
    offset += count;
    if (end > most) return undefined;
  }
}

/** Where the row after this one starts, in bytes from the start of the file. */
export function endOfRow({ offset, length, ending }: RowEnd): number {
  return offset + length + { lf: 1, crlf: 2, none: 0 }[ending];
}

/** What tells where a row ends. */
export type RowEnd = Pick<Row, "offset" | "length" | "ending">;

/** Gives the bytes of a part of a file, fewer where the file ends before. */
export function readBytes(
  source: ByteSource,
  offset: number,
  length: number,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const count = source.readAt(offset + done, bytes.subarray(done));
    if (count === 0) return bytes.subarray(0, done);
    done += count;
  }
  return bytes;
}

/** Gives the bytes of a part of a file, in pieces that live until the next one. */
export function* readRange(
  source: ByteSource,
  offset: number,
  length: number,
): Generator<Uint8Array> {
  const window = new Uint8Array(Math.min(length, WINDOW_BYTES));
  for (let done = 0; done < length;) {
    const count = source.readAt(offset + done, window.subarray(0, length - done));
    if (count === 0) return;
    yield window.subarray(0, count);
    done += count;
  }
}

interface LongRowStart {
  readonly line: number;
  readonly offset: number;
  /** Full of the row's first bytes; reused for the rest. */
  readonly window: Uint8Array;
  readonly keepBytes: number | undefined;
}

function readLongRow(
  source: ByteSource,
  start: LongRowStart,
): { readonly row: Row; readonly next: number } {
  const shortener = new RowShortener(start.keepBytes ?? KEEP_BYTES);
  let end = start.offset;
  let chunk = start.window;
  for (;;) {
    const found = chunk.indexOf(LF);
    shortener.push(found < 0 ? chunk : chunk.subarray(0, found));
    end += found < 0 ? chunk.length : found;
    if (found >= 0 || chunk.length === 0) {
      const ending = found < 0 ? "none" : "lf";
      const row = toShortRow(shortener, end - start.offset, { ...start, ending });
      return { row, next: end + (found < 0 ? 0 : 1) };
    }
    const count = source.readAt(end, start.window);
    chunk = start.window.subarray(0, count);
  }
}

/** Where a row that was found starts, and whether anything ends it. */
export interface FoundRow {
  readonly line: number;
  readonly offset: number;
  readonly ending: "lf" | "none";
}

/** Makes a row of its bytes; one of `longBytes` or more is shortened. */
export function toFoundRow(
  raw: Uint8Array,
  { line, offset, ending }: FoundRow,
  longBytes: number = WINDOW_BYTES,
): Row {
  if (raw.length < longBytes) return toRow(line, offset, raw, ending);
  const shortener = new RowShortener(KEEP_BYTES);
  shortener.push(raw);
  return toShortRow(shortener, raw.length, { line, offset, ending });
}

/** Makes a row of what is left of so many bytes. */
function toShortRow(
  shortener: RowShortener,
  rawLength: number,
  { line, offset, ending }: FoundRow,
): Row {
  const row = toRow(line, offset, shortener.finish(), ending);
  return { ...row, length: rawLength - (row.ending === "crlf" ? 1 : 0), isShortened: true };
}

function toRow(line: number, offset: number, raw: Uint8Array, ending: "lf" | "none"): Row {
  const hasCr = ending === "lf" && raw[raw.length - 1] === CR;
  const content = hasCr ? raw.subarray(0, -1) : raw;
  const hasBom = offset === 0 && content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
  return {
    line,
    offset,
    length: content.length,
    bytes: hasBom ? content.subarray(3) : content,
    isShortened: false,
    hasBom,
    ending: hasCr ? "crlf" : ending,
  };
}

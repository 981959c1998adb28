/** A file in ranges of whole rows, of about one size, for several threads to read. */

import type { ByteSource } from "./rows.ts";

/** A part of a file, in bytes from its start: it starts with a row, and ends where one ends. */
export interface RowRange {
  readonly offset: number;
  readonly end: number;
}

/** Sizes in bytes. */
export interface RangeSizes {
  /** The first range is small, since a format reads more in the first rows than in others. */
  readonly firstBytes: number;
  readonly bytes: number;
}

const LF = 0x0a;

/** Most rows end within so many bytes. */
const WINDOW_BYTES = 16 * 1024;

/** Cuts the first `end` bytes of a file into ranges, one by one; one that a long row fills is longer. */
export function* cutRanges(
  source: ByteSource,
  end: number,
  { firstBytes, bytes }: RangeSizes,
): Generator<RowRange> {
  for (let offset = 0, wanted = firstBytes; offset < end;) {
    const next = findRowEnd(source, Math.max(offset, wanted), end);
    yield { offset, end: next };
    offset = next;
    wanted = next + bytes;
  }
}

/** Where the row ends that a byte of it lies in, its line ending included. */
function findRowEnd(source: ByteSource, from: number, end: number): number {
  const window = new Uint8Array(WINDOW_BYTES);
  for (let offset = from; offset < end;) {
    const count = source.readAt(offset, window.subarray(0, end - offset));
    if (count === 0) return end;
    const found = window.subarray(0, count).indexOf(LF);
    if (found >= 0) return offset + found + 1;
    offset += count;
  }
  return end;
}

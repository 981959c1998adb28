/** A source whose first bytes are kept: they are read to tell whose file it is, and then again. */

import { type ByteSource, type Row, toFoundRow } from "./rows.ts";

/** Bytes that are kept: few files have a longer first row. */
const HEAD_BYTES = 16 * 1024;

const LF = 0x0a;

/** Memory that no source uses now. */
const heads: Uint8Array<ArrayBuffer>[] = [];

/** Keeps the first bytes of a source. */
export class KeptHead implements ByteSource {
  readonly #source: ByteSource;
  readonly #head: Uint8Array<ArrayBuffer>;
  readonly #length: number;

  /** Reads the first bytes of a source. */
  constructor(source: ByteSource) {
    this.#source = source;
    this.#head = heads.pop() ?? new Uint8Array(HEAD_BYTES);
    this.#length = source.readAt(0, this.#head);
  }

  /** The first row, which lives as long as this; undefined where it does not end in what is kept. */
  get firstRow(): Row | undefined {
    const end = this.#head.subarray(0, this.#length).indexOf(LF);
    if (end < 0) return undefined;
    return toFoundRow(this.#head.subarray(0, end), { line: 1, offset: 0, ending: "lf" });
  }

  /** As the source gives it, but no further than to the end of the first bytes at once. */
  readAt(offset: number, into: Uint8Array): number {
    if (offset >= this.#length) return this.#source.readAt(offset, into);
    const kept = this.#head.subarray(offset, Math.min(this.#length, offset + into.length));
    into.set(kept);
    return kept.length;
  }

  /** Ends its use, so that the next one takes the same memory. */
  release(): void {
    heads.push(this.#head);
  }
}

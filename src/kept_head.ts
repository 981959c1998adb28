/** A source whose first bytes are kept: they are read to tell whose file it is, and then again. */

import type { ByteSource } from "./rows.ts";

/** Bytes that are kept: few files have a longer first row. */
const HEAD_BYTES = 16 * 1024;

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

/** A file in memory that reads as slowly and as brokenly as a test wants. */

import type { ByteSource } from "../src/rows.ts";

/** Gives the bytes of a text, or bytes, of which each read gives no more than `mostBytes`. */
export class MemorySource implements ByteSource {
  /** The longest stretch that one read may fill. */
  readonly mostBytes: number;
  readonly #bytes: Uint8Array;

  /** Takes the contents. */
  constructor(contents: string | Uint8Array, mostBytes = Infinity) {
    this.#bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
    this.mostBytes = mostBytes;
  }

  /** Copies bytes from `offset` on; gives their number. */
  readAt(offset: number, into: Uint8Array): number {
    const end = Math.min(this.#bytes.length, offset + Math.min(into.length, this.mostBytes));
    if (end <= offset) return 0;
    into.set(this.#bytes.subarray(offset, end));
    return end - offset;
  }
}

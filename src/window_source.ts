/**
 * A source read in steps of a fixed size, for whoever takes many rows that lie near each other: a call
 * to the system for each would cost more than the rows.
 */

import type { ByteSource } from "./rows.ts";

const WINDOW_BYTES = 64 * 1024;

/** Gives the bytes of another source; for one reader at a time. */
export class WindowSource implements ByteSource {
  readonly #window = new Uint8Array(WINDOW_BYTES);
  #source: ByteSource | undefined;
  /** What the window holds: so many bytes from an offset on. */
  #base = 0;
  #filled = 0;

  /** Takes the source to read from now on; gives itself. */
  over(source: ByteSource): this {
    this.#source = source;
    this.#filled = 0;
    return this;
  }

  /** As the source gives it, but no further than to the end of the window at once. */
  readAt(offset: number, into: Uint8Array): number {
    if (this.#source === undefined) return 0;
    if (offset < this.#base || offset >= this.#base + this.#filled) {
      if (into.length >= WINDOW_BYTES) return this.#source.readAt(offset, into);
      this.#base = offset;
      this.#filled = this.#source.readAt(offset, this.#window);
    }
    const start = offset - this.#base;
    const kept = this.#window.subarray(start, Math.min(this.#filled, start + into.length));
    into.set(kept);
    return kept.length;
  }
}

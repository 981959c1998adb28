/**
 * Finds clues in the bytes of a file: the first place from an offset on at which one of a few needles
 * stands, or an escape of JSON that spells one of a few letters.
 *
 * Windows of the file lie in the memory of a WebAssembly module (`byte_finder.wat`). What may start
 * at the end of one is carried over to the next.
 */

import { BYTE_FINDER_WASM } from "./byte_finder_wasm.ts";
import type { ByteSource } from "./rows.ts";
import { growMemory, startModule } from "./wasm.ts";

/** Bytes to find; ASCII letters in either case where that is ignored. At most `LONGEST_CLUE`. */
export interface Clue {
  readonly bytes: Uint8Array;
  readonly ignoresCase: boolean;
}

/** What to find: one of the clues, of which there is one at least, or `\u00` and a code of ASCII. */
export interface Clues {
  readonly clues: readonly Clue[];
  readonly escapedCodes: readonly number[];
}

/** The most bytes of a clue. */
export const LONGEST_CLUE = 64;

/** Where the bounds of digits lie behind the table of codes, then the needles, and the window. */
const BOUNDS = 0x100;
const NEEDLES = 0x200;
const WINDOW = 0x4000;
/** What a needle takes, and where its masks and numbers lie in it. */
const NEEDLE_BYTES = 0x100;
const MASKS = LONGEST_CLUE;
const NUMBERS = MASKS + LONGEST_CLUE;
/** What the module may read behind the end of the window. */
const SLACK = 0x100;
const WINDOW_BYTES = 256 * 1024;

const ESCAPE_BYTES = 6;

/** Bytes of text from the commonest down; what is not among them is rare. */
const COMMON = new TextEncoder().encode(' etaoinsrhldcumfpgwyb",.:01vk');

/** What the module gives; see there. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  find(at: number, end: number, needleA: number, needleB: number): number;
}

/** Finds the same clues in any number of files. */
export class ByteFinder {
  readonly #module: Exports;
  readonly #bytes: Uint8Array;
  /** Where the needles lie, two by two. */
  readonly #pairs: readonly (readonly [number, number])[];
  readonly #windowBytes: number;
  /** How many bytes of a window may start what ends in the next. */
  readonly #overlap: number;
  /** What the window holds: so many bytes of a file from an offset on. */
  #source: ByteSource | undefined;
  #base = 0;
  #filled = 0;

  /** Takes what to find; tests give it a smaller window. */
  constructor(
    { clues, escapedCodes }: Clues,
    windowBytes: number = WINDOW_BYTES,
    wasm: Uint8Array<ArrayBuffer> = Uint8Array.fromBase64(BYTE_FINDER_WASM),
  ) {
    this.#module = startModule(wasm) as Exports;
    const { memory } = this.#module;
    growMemory(memory, WINDOW + windowBytes + SLACK);
    this.#bytes = new Uint8Array(memory.buffer);
    this.#windowBytes = windowBytes;
    if (clues.length === 0) throw new RangeError("nothing but escapes to find");
    for (const code of escapedCodes) this.#writeCode(code);
    const needles = clues.map((clue, index) => this.#writeNeedle(clue, index));
    this.#pairs = needles.flatMap((needle, index) =>
      index % 2 === 0 ? [[needle, needles[index + 1] ?? needle] as const] : []
    );
    this.#overlap = Math.max(ESCAPE_BYTES, ...clues.map(({ bytes }) => bytes.length)) - 1;
  }

  /**
   * Finds the first clue that starts at an offset or behind it, and ends before the end.
   * @param end Bytes from here on are none of the file's.
   * @returns its offset
   */
  find(source: ByteSource, from: number, end: number): number | undefined {
    const filledTo = this.#base + this.#filled;
    if (source !== this.#source || from < this.#base || from > filledTo || end < filledTo) {
      this.#source = source;
      this.#base = from;
      this.#filled = 0;
    }
    for (let next = from;;) {
      const place = this.#findInWindow(next - this.#base);
      const found = place < 0 ? undefined : this.#base + place;
      // A longer clue may start before it, and end behind the window.
      if (found !== undefined && place + this.#overlap <= this.#filled) return found;
      const done = Math.max(next - this.#base, this.#filled - this.#overlap, 0);
      this.#bytes.copyWithin(WINDOW, WINDOW + done, WINDOW + this.#filled);
      this.#base += done;
      this.#filled -= done;
      next = this.#base;
      const room = Math.min(this.#windowBytes - this.#filled, end - this.#base - this.#filled);
      const start = WINDOW + this.#filled;
      const count = room > 0
        ? source.readAt(
          this.#base + this.#filled,
          this.#bytes.subarray(start, start + room),
        )
        : 0;
      if (count === 0) return found;
      this.#filled += count;
    }
  }

  /** The nearest of all that is found in the window from a place on; -1 when nothing is. */
  #findInWindow(from: number): number {
    let end = WINDOW + this.#filled;
    let nearest = -1;
    for (const [a, b] of this.#pairs) {
      const found = this.#module.find(WINDOW + from, end, a, b);
      if (found < 0 || nearest >= 0 && found > nearest) continue;
      nearest = found;
      // What starts behind it is of no interest any more.
      end = Math.min(end, found + this.#overlap);
    }
    return nearest < 0 ? -1 : nearest - WINDOW;
  }

  #writeCode(code: number): void {
    if (code > 0x7f) throw new RangeError("a code that is not of ASCII");
    this.#bytes[code] = 1;
    // A digit in upper case is a lesser byte, so the bound of the one in lower case lets it by.
    const second = (code & 15).toString(16).charCodeAt(0);
    const bound = BOUNDS + (code >> 4);
    this.#bytes[bound] = Math.max(this.#bytes[bound] ?? 0, second + 1);
  }

  #writeNeedle({ bytes, ignoresCase }: Clue, index: number): number {
    const at = NEEDLES + index * NEEDLE_BYTES;
    if (bytes.length === 0 || bytes.length > LONGEST_CLUE || at + NEEDLE_BYTES > WINDOW) {
      throw new RangeError("a clue that does not fit");
    }
    bytes.forEach((byte, i) => {
      const mask = ignoresCase && isLetter(byte) ? 0x20 : 0;
      this.#bytes[at + i] = byte | mask;
      this.#bytes[at + MASKS + i] = mask;
    });
    const [one = 0, two = one] = Array.from(bytes.keys())
      .sort((a, b) => rankOf(bytes[a] ?? 0) - rankOf(bytes[b] ?? 0));
    const rareMask = ignoresCase ? 0x20 : 0;
    this.#bytes.set([bytes.length, one, two, rareMask], at + NUMBERS);
    return at;
  }
}

function isLetter(byte: number): boolean {
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x7a;
}

/** How common a byte is: 0 for rare ones. */
function rankOf(byte: number): number {
  const index = COMMON.indexOf(isLetter(byte) ? byte | 0x20 : byte);
  return index < 0 ? 0 : COMMON.length - index;
}

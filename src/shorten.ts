/**
 * Shortens a row of JSON while it streams by: every string keeps its first bytes, and a note of how
 * many were left out takes the place of the rest.
 *
 * The rule is that the short row is valid JSON exactly when the long one is: bytes that would make
 * it invalid (a raw control character, an unknown escape, bytes that are no UTF-8) are kept wherever
 * they stand. The note carries a word that is drawn anew in each process, so that no transcript can
 * contain it.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NOTE_WORD = crypto.randomUUID();
const NOTE = new RegExp(`\\u0011${NOTE_WORD}:(\\d+)\\u0011$`);
const encoder = new TextEncoder();

/** A string of a shortened row: what was kept, and how many bytes were left out. */
export interface ShortenedText {
  readonly kept: string;
  /** Bytes of the row, escapes as they are written; 0 when the string is whole. */
  readonly droppedBytes: number;
}

/** Takes the note off the end of a string that `RowShortener` may have shortened. */
export function splitShortened(text: string): ShortenedText {
  const note = text.endsWith("\u0011") ? NOTE.exec(text) : null;
  if (note === null) return { kept: text, droppedBytes: 0 };
  return { kept: text.slice(0, note.index), droppedBytes: Number(note[1]) };
}

/** Shortens one row, given in pieces of any size. */
export class RowShortener {
  readonly #keepBytes: number;
  #output = new Uint8Array(64 * 1024);
  #used = 0;
  #inString = false;
  /** Bytes of the present string so far. */
  #length = 0;
  #dropped = 0;
  /** The escape or character that is under way, as far as it was read. */
  #unit: number[] = [];
  /** Bytes that the unit under way still lacks. */
  #lacking = 0;

  /** Takes how many bytes of each string to keep. */
  constructor(keepBytes: number) {
    this.#keepBytes = keepBytes;
  }

  /** Takes the next bytes of the row. */
  push(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      if (!this.#inString) {
        this.#emit(byte);
        if (byte === QUOTE) this.#openString();
      } else if (this.#lacking > 0) {
        this.#continueUnit(byte);
      } else if (byte === QUOTE) {
        this.#closeString();
      } else if (byte === BACKSLASH) {
        this.#startUnit(byte, 1);
      } else if (byte >= 0x80) {
        this.#startUnit(byte, byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc0 ? 1 : 0);
      } else if (byte < 0x20) {
        this.#emit(byte);
      } else {
        const end = endOfPlainText(chunk, i);
        this.#text(chunk.subarray(i, end));
        i = end - 1;
      }
    }
  }

  /** Gives the short row; a row that ends inside a string stays unfinished, as it was. */
  finish(): Uint8Array {
    for (const byte of this.#unit) this.#emit(byte);
    return this.#output.subarray(0, this.#used);
  }

  #openString(): void {
    this.#inString = true;
    this.#length = 0;
    this.#dropped = 0;
  }

  #closeString(): void {
    this.#inString = false;
    if (this.#dropped > 0) {
      for (const byte of encoder.encode(`\\u0011${NOTE_WORD}:${this.#dropped}\\u0011`)) {
        this.#emit(byte);
      }
    }
    this.#emit(QUOTE);
  }

  #startUnit(byte: number, lacking: number): void {
    this.#unit = [byte];
    this.#lacking = lacking;
    if (lacking === 0) this.#endUnit();
  }

  #continueUnit(byte: number): void {
    const isEscape = this.#unit[0] === BACKSLASH;
    if (!isEscape && (byte & 0xc0) !== 0x80) {
      // The character breaks off: keep its bytes, and read this one afresh.
      this.#lacking = 0;
      this.#flushUnit();
      this.push(Uint8Array.of(byte));
      return;
    }
    this.#unit.push(byte);
    this.#lacking = isEscape && this.#unit.length === 2 && byte === 0x75 ? 4 : this.#lacking - 1;
    if (this.#lacking === 0) this.#endUnit();
  }

  #endUnit(): void {
    if (isSound(this.#unit)) this.#text(this.#unit);
    else this.#flushUnit();
    this.#unit = [];
  }

  #flushUnit(): void {
    for (const byte of this.#unit) this.#emit(byte);
    this.#unit = [];
  }

  /** Takes text that may be cut between any two of its bytes when it is plain, else not at all. */
  #text(bytes: Uint8Array | readonly number[]): void {
    const room = this.#dropped > 0 ? 0 : Math.max(0, this.#keepBytes - this.#length);
    const kept = bytes.length <= room ? bytes.length : bytes instanceof Uint8Array ? room : 0;
    for (let i = 0; i < kept; i++) this.#emit(bytes[i] ?? 0);
    this.#length += bytes.length;
    this.#dropped += bytes.length - kept;
  }

  #emit(byte: number): void {
    if (this.#used === this.#output.length) {
      const larger = new Uint8Array(this.#output.length * 2);
      larger.set(this.#output);
      this.#output = larger;
    }
    this.#output[this.#used++] = byte;
  }
}

/** Where the run of bytes that stand for themselves in a string, ASCII all of them, ends. */
function endOfPlainText(bytes: Uint8Array, start: number): number {
  let i = start + 1;
  for (; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x20 || byte >= 0x80 || byte === QUOTE || byte === BACKSLASH) break;
  }
  return i;
}

function isSound(unit: readonly number[]): boolean {
  if (unit[0] !== BACKSLASH) return isCharacter(unit);
  return /^\\(["\\/bfnrt]|u[0-9a-fA-F]{4})$/.test(String.fromCharCode(...unit));
}

/** Tells whether a lead byte and its followers, in number already right, are a character of UTF-8. */
function isCharacter([lead = 0, second = 0]: readonly number[]): boolean {
  if (lead < 0xc2 || lead > 0xf4) return false;
  if (lead === 0xe0) return second >= 0xa0;
  if (lead === 0xed) return second < 0xa0;
  if (lead === 0xf0) return second >= 0x90;
  return lead !== 0xf4 || second < 0x90;
}

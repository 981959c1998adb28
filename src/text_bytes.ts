/**
 * Whether bytes are a text, told one by one, so that most of those that are none are known by a few: a
 * text has no controls, and is in ASCII for the most part, or UTF-8, or UTF-16.
 */

/** How many bytes at the end need not be whole letters: the text may be cut there. */
const CUT = 4;

/** One byte in so many may be neither ASCII nor a part of UTF-8. */
const LETTERS_EACH = 5;

/** Bytes that may be a text. */
export class TextBytes {
  #count = 0;
  /** Those that are not the NUL with which a letter of UTF-16 ends. */
  #letters = 0;
  /** Those that are not in ASCII. */
  #high = 0;
  /** How many bytes a letter of UTF-8 that has begun still wants. */
  #wanted = 0;
  /** Where the first letter was that is none of UTF-8. */
  #brokenAt = Infinity;

  /** Takes the next byte; tells whether there may still be a text. */
  take(byte: number): boolean {
    const isOdd = this.#count % 2 === 1;
    const nuls = this.#count - this.#letters;
    this.#count++;
    if (byte === 0) return isOdd && nuls * 2 === this.#count - 2;
    if (isControl(byte) || isOdd && nuls > 0) return false;
    this.#letters++;
    if (byte >= 0x80) this.#high++;
    if (this.#wanted > 0 ? !isInner(byte) : isInner(byte)) {
      this.#brokenAt = Math.min(this.#brokenAt, this.#letters);
    }
    this.#wanted = isInner(byte) ? Math.max(0, this.#wanted - 1) : countInner(byte);
    return true;
  }

  /** Whether all of them are a text. */
  get isText(): boolean {
    if (this.#letters === 0) return false;
    return this.#high * LETTERS_EACH <= this.#letters || this.#brokenAt > this.#letters - CUT;
  }
}

/** Whether no text has such a byte; tabs, line ends and what starts a colour are in many. */
function isControl(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b || byte === 0x7f;
}

/** Whether it is the second byte of a letter in UTF-8, or one after that. */
function isInner(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0;
}

/** How many bytes a letter of UTF-8 has that begins with this one, that one not counted. */
function countInner(byte: number): number {
  if (byte < 0xc0) return 0;
  if (byte < 0xe0) return 1;
  return byte < 0xf0 ? 2 : 3;
}

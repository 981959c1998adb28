/**
 * The tree by which the scanner knows rows again (`row_scanner_tree.wat` says what it is, and goes
 * through it): here are rows put into it.
 *
 * The rule is that a way through the tree tells a shape at least as exactly as the scanner's hash does
 * (`row_scanner.wat`): what counts there is in the literals here. Only rows are put in that have a
 * shape, so nothing in them is odd.
 */

import { endOfString } from "./json_slices.ts";
import { type ScannerMemory, TREE, TREE_BYTES } from "./scanner_memory.ts";

/** What a format tells the scanner of its rows. */
export interface ShapeKeys {
  /** Those whose texts decide what a row means, so that they belong to its shape; one or two. */
  readonly decisive: readonly [string, string?];
  /** The one that holds a message's time, if there is one, and whether that may lack a zone. */
  readonly time?: { readonly key: string; readonly mayBeLocal: boolean };
  /** Whether the agent cannot read a surrogate pair that is written as two escapes. */
  readonly refusesPairs?: boolean;
}

/** A node without its literal. */
const NODE_BYTES = 32;
/** Literals are filled up to a multiple of this. */
const STEP_BYTES = 16;
/** Where in a node its parts are, in bytes. */
const PARTS = { next: 0, child: 4, length: 8, follows: 12, shape: 16, literal: NODE_BYTES };

/** What may follow a literal, as the module numbers it. */
const FOLLOWS = { end: 0, text: 1, time: 2, whole: 0x69, decimal: 0x64 } as const;

/** A literal, and what follows it. */
interface Step {
  readonly literal: Uint8Array;
  readonly follows: number;
}

/** A row with a longer key, longer texts that decide, or more strings and numbers is left out. */
const LONGEST_LITERAL = 2_048;
const MOST_STEPS = 500;

/** As bytes are compared: a mark at the start of a key is a part of it. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const LF = 0x0a;
const QUOTE = 0x22;
const MINUS = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;

/** The rows that the scanner knows, of all formats; each format has a tree of its own. */
export class ShapeTree {
  readonly #memory: ScannerMemory;
  /** Where the next node goes. */
  #free = TREE;

  /** Takes the memory that the module reads. */
  constructor(memory: ScannerMemory) {
    this.#memory = memory;
  }

  /** Begins a tree; gives its top, or 0 where there is no room for it. */
  plant(): number {
    const top: Step = { literal: new Uint8Array(), follows: FOLLOWS.end };
    return this.#hasRoomFor([top]) ? this.#makeNode(top, 0) : 0;
  }

  /** Puts a row into the tree with this top, unless there is no room for it. */
  add(top: number, row: Uint8Array, { keys, shape }: AddOptions): void {
    const steps = splitRow(row, keys);
    if (top === 0 || steps === undefined || !this.#hasRoomFor(steps)) return;
    let above = top;
    for (const step of steps) {
      const known = this.#find(above, step);
      if (known !== 0) above = known;
      else {
        const node = this.#makeNode(step, shape);
        this.#write(node + PARTS.next, this.#read(above + PARTS.child));
        this.#write(above + PARTS.child, node);
        above = node;
      }
    }
  }

  #hasRoomFor(steps: readonly Step[]): boolean {
    const bytes = steps.reduce((sum, { literal }) => sum + sizeOf(literal), 0);
    return this.#free + bytes <= TREE + TREE_BYTES;
  }

  /** The child that a step leads to; 0 when there is none. */
  #find(above: number, { literal, follows }: Step): number {
    const { bytes } = this.#memory;
    let node = this.#read(above + PARTS.child);
    for (; node !== 0; node = this.#read(node + PARTS.next)) {
      const isSame = this.#read(node + PARTS.length) === literal.length &&
        this.#read(node + PARTS.follows) === follows &&
        literal.every((byte, index) => byte === bytes[node + PARTS.literal + index]);
      if (isSame) break;
    }
    return node;
  }

  #makeNode({ literal, follows }: Step, shape: number): number {
    const node = this.#free;
    this.#free += sizeOf(literal);
    this.#write(node + PARTS.next, 0);
    this.#write(node + PARTS.child, 0);
    this.#write(node + PARTS.length, literal.length);
    this.#write(node + PARTS.follows, follows);
    this.#write(node + PARTS.shape, shape);
    this.#memory.bytes.set(literal, node + PARTS.literal);
    return node;
  }

  #read(at: number): number {
    return this.#memory.readWord(at);
  }

  #write(at: number, word: number): void {
    this.#memory.writeWord(at, word);
  }
}

/** What is known of a row, whose line ending is left out. */
export interface AddOptions {
  readonly keys: ShapeKeys;
  /** What its shape was learnt as. */
  readonly shape: number;
}

function sizeOf(literal: Uint8Array): number {
  return NODE_BYTES + Math.ceil(literal.length / STEP_BYTES) * STEP_BYTES;
}

/**
 * Splits a row at the contents of its strings and at its numbers, but for those that decide;
 * undefined for one that is left out.
 */
function splitRow(row: Uint8Array, { decisive, time }: ShapeKeys): readonly Step[] | undefined {
  const steps: Step[] = [];
  let start = 0;
  /** What the latest key says of the value that comes next. */
  let isDecisive = false;
  let isTime = false;
  const end = (literalEnd: number, follows: number, next: number) => {
    steps.push({ literal: row.slice(start, literalEnd), follows });
    start = next;
  };
  for (let at = 0; at < row.length;) {
    if (at - start > LONGEST_LITERAL || steps.length > MOST_STEPS) return undefined;
    const byte = row[at];
    if (byte === QUOTE) {
      const close = endOfString(row, at) - 1;
      if (row[close + 1] === COLON) {
        const key = decoder.decode(row.subarray(at + 1, close));
        isDecisive = decisive.includes(key);
        isTime = key === time?.key;
      } else {
        const isLiteral = isDecisive || close === at + 1;
        if (!isLiteral) end(at + 1, isTime ? FOLLOWS.time : FOLLOWS.text, close);
        isDecisive = isTime = false;
      }
      at = close + 1;
    } else if (isOfNumber(byte)) {
      const first = at;
      while (isOfNumber(row[at])) at++;
      const isWhole = !row.subarray(first, at).includes(POINT);
      end(first, isWhole ? FOLLOWS.whole : FOLLOWS.decimal, at);
      isDecisive = isTime = false;
    } else {
      // The first letter of a word is that of a value.
      if (isLetter(byte)) isDecisive = isTime = false;
      at++;
    }
  }
  if (row.length - start > LONGEST_LITERAL) return undefined;
  steps.push({ literal: Uint8Array.of(...row.subarray(start), LF), follows: FOLLOWS.end });
  return steps;
}

function isOfNumber(byte: number | undefined): boolean {
  return byte !== undefined &&
    (byte === MINUS || byte === POINT || (byte >= 0x30 && byte <= 0x39));
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x61 && byte <= 0x7a;
}

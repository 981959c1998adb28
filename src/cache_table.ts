/** The table of the cache, read: files are looked up in it, and their sessions given out. */

import {
  DOUBLE_WIDTH,
  DOUBLES,
  type FileStamp,
  FLAGS,
  INTEGER_WIDTH,
  INTEGERS,
  NONE,
  type Place,
  ROW_BYTES,
  type StatePlace,
  type TableParts,
  type Texts,
  type Titles,
} from "./cache_entry.ts";
import { KeptSession, type TableColumns } from "./kept_session.ts";
import type { Stranger } from "./session.ts";
import type { Session } from "./transcript.ts";

const LF = 0x0a;

/** A table that was read. */
export class CacheTable {
  readonly #columns: TableColumns;
  /** The row after the one that was found last: files are asked for in the order of the rows. */
  #next = 0;
  #rows: ReadonlyMap<string, number> | undefined;

  /** Reads the parts of a table; throws `SyntaxError` or `RangeError` for what is none. */
  constructor({ numbers, texts: lines }: TableParts) {
    const rows = numbers.length / ROW_BYTES;
    const doubles = new Float64Array(numbers.buffer, 0, rows * DOUBLE_WIDTH);
    const integers = new Int32Array(numbers.buffer, doubles.byteLength);
    const titlesAt = lines.indexOf(LF) + 1;
    const texts: Texts = parse(lines.subarray(0, titlesAt));
    let titles: Titles | undefined;
    this.#columns = {
      doubles,
      integers,
      texts,
      get titles() {
        return titles ??= parse(lines.subarray(titlesAt));
      },
      problems: new Map(texts.problems),
    };
  }

  /** The row of a file, by its path from the root on; undefined when there is none. */
  find(path: string): number | undefined {
    const { paths } = this.#columns.texts;
    if (paths[this.#next] === path) return this.#next++;
    this.#rows ??= new Map(paths.map((known, row) => [known, row]));
    const row = this.#rows.get(path);
    if (row !== undefined) this.#next = row + 1;
    return row;
  }

  /** Tells whether a file is what it was. */
  isUnchanged(row: number, facts: FileStamp): boolean {
    const { doubles } = this.#columns;
    const at = row * DOUBLE_WIDTH;
    return doubles[at + DOUBLES.sizeBytes] === facts.sizeBytes &&
      doubles[at + DOUBLES.mtimeMs] === facts.mtimeMs &&
      doubles[at + DOUBLES.ctimeMs] === facts.ctimeMs && this.isSameOne(row, facts);
  }

  /** Tells whether a file is the one that it was, changed or not. */
  isSameOne(row: number, facts: FileStamp): boolean {
    const { doubles } = this.#columns;
    const at = row * DOUBLE_WIDTH;
    return doubles[at + DOUBLES.birthMs] === facts.birthMs &&
      doubles[at + DOUBLES.dev] === facts.dev && doubles[at + DOUBLES.ino] === facts.ino;
  }

  /** How many bytes the file had. */
  readSize(row: number): number {
    return this.#double(row, DOUBLES.sizeBytes);
  }

  /** The agent of the file's session; undefined when it holds none. */
  readAgent(row: number): string | undefined {
    return this.#columns.texts.shared[this.#integer(row, INTEGERS.agent)];
  }

  /** As `SessionRead` has it. */
  hasLateHead(row: number): boolean {
    return (this.#integer(row, INTEGERS.flags) & FLAGS.hasLateHead) !== 0;
  }

  /** Where the file's state lies; undefined when it has none. */
  readStatePlace(row: number): StatePlace | undefined {
    const at = this.#integer(row, INTEGERS.stateAt);
    if (at === NONE) return undefined;
    const length = this.#integer(row, INTEGERS.stateLength);
    return { at, length, hash: this.#double(row, DOUBLES.stateHash) };
  }

  /** Where the session's line lies; undefined when there is none. */
  readLinePlace(row: number): Place | undefined {
    const at = this.#integer(row, INTEGERS.lineAt);
    return at === NONE ? undefined : { at, length: this.#integer(row, INTEGERS.lineLength) };
  }

  /** What the file was. */
  readStamp(row: number): FileStamp {
    return {
      sizeBytes: this.#double(row, DOUBLES.sizeBytes),
      mtimeMs: this.#double(row, DOUBLES.mtimeMs),
      ctimeMs: this.#double(row, DOUBLES.ctimeMs),
      birthMs: this.#double(row, DOUBLES.birthMs),
      dev: this.#double(row, DOUBLES.dev),
      ino: this.#double(row, DOUBLES.ino),
    };
  }

  /** What was read of the file, which lies at a path below a root. */
  give(row: number, path: string, root: string): Session | Stranger {
    const flags = this.#integer(row, INTEGERS.flags);
    if ((flags & FLAGS.isStranger) === 0) return new KeptSession(this.#columns, row, path, root);
    const [hasRows, isTornValue] = [flags & FLAGS.hasRows, flags & FLAGS.isTornValue];
    return { hasRows: hasRows !== 0, isTornValue: isTornValue !== 0 };
  }

  /** The row of a session that was given out, as it was; undefined for any other. */
  rowOf(session: Session): number | undefined {
    return session instanceof KeptSession && session.columns === this.#columns
      ? session.row
      : undefined;
  }

  #double(row: number, at: number): number {
    return this.#columns.doubles[row * DOUBLE_WIDTH + at] ?? NaN;
  }

  #integer(row: number, at: number): number {
    return this.#columns.integers[row * INTEGER_WIDTH + at] ?? NONE;
  }
}

function parse(json: Uint8Array) {
  return JSON.parse(new TextDecoder().decode(json));
}

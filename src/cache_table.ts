/** The table of the cache, read: files are looked up in it, and their sessions unpacked. */

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
} from "./cache_entry.ts";
import type { Format } from "./format.ts";
import { resolveFormat } from "./formats.ts";
import type { Stranger } from "./session.ts";
import type { Problem, Session, SessionState, Usage } from "./transcript.ts";

/** One for all sessions, since there are thousands. */
const NO_PARTS: Session["parts"] = [];
const NO_PROBLEMS: Session["problems"] = [];

/** A table that was read. */
export class CacheTable {
  readonly #doubles: Float64Array;
  readonly #integers: Int32Array;
  readonly #texts: Texts;
  readonly #problems: ReadonlyMap<number, readonly Problem[]>;
  /** The row after the one that was found last: files are asked for in the order of the rows. */
  #next = 0;
  #rows: ReadonlyMap<string, number> | undefined;
  #format: Format | undefined;

  /** Reads the parts of a table; throws `SyntaxError` or `RangeError` for what is none. */
  constructor({ numbers, texts }: TableParts) {
    const rows = numbers.length / ROW_BYTES;
    this.#doubles = new Float64Array(numbers.buffer, 0, rows * DOUBLE_WIDTH);
    this.#integers = new Int32Array(numbers.buffer, this.#doubles.byteLength);
    this.#texts = JSON.parse(new TextDecoder().decode(texts));
    this.#problems = new Map(this.#texts.problems);
  }

  /** The row of a file, by its path from the root on; undefined when there is none. */
  find(path: string): number | undefined {
    const { paths } = this.#texts;
    if (paths[this.#next] === path) return this.#next++;
    this.#rows ??= new Map(paths.map((known, row) => [known, row]));
    const row = this.#rows.get(path);
    if (row !== undefined) this.#next = row + 1;
    return row;
  }

  /** Tells whether a file is what it was. */
  isUnchanged(row: number, facts: FileStamp): boolean {
    const doubles = this.#doubles;
    const at = row * DOUBLE_WIDTH;
    return doubles[at + DOUBLES.sizeBytes] === facts.sizeBytes &&
      doubles[at + DOUBLES.mtimeMs] === facts.mtimeMs &&
      doubles[at + DOUBLES.ctimeMs] === facts.ctimeMs && this.isSameOne(row, facts);
  }

  /** Tells whether a file is the one that it was, changed or not. */
  isSameOne(row: number, facts: FileStamp): boolean {
    const doubles = this.#doubles;
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
    return this.#texts.shared[this.#integer(row, INTEGERS.agent)];
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
  unpack(row: number, path: string, root: string): Session | Stranger {
    // A call for each number would take longer than all the rest: this runs for thousands of files,
    // and too few for the engine to see through it.
    const integers = this.#integers;
    const doubles = this.#doubles;
    const { ids, titles, shared } = this.#texts;
    const at = row * INTEGER_WIDTH;
    const doublesAt = row * DOUBLE_WIDTH;
    const flags = integers[at + INTEGERS.flags] ?? 0;
    if ((flags & FLAGS.isStranger) !== 0) {
      const [hasRows, isTornValue] = [flags & FLAGS.hasRows, flags & FLAGS.isTornValue];
      return { hasRows: hasRows !== 0, isTornValue: isTornValue !== 0 };
    }
    const id = ids[row] ?? "";
    const agent = shared[integers[at + INTEGERS.agent] ?? NONE] ?? "";
    const bytes = doubles[doublesAt + DOUBLES.sizeBytes] ?? NaN;
    return {
      id,
      handle: this.#formatOf(agent).toHandle(id),
      agent,
      variant: shared[integers[at + INTEGERS.variant] ?? NONE] ?? "",
      path,
      root,
      cwd: shared[integers[at + INTEGERS.cwd] ?? NONE],
      title: titles[row] ?? undefined,
      isTitleGiven: (flags & FLAGS.isTitleGiven) !== 0,
      model: shared[integers[at + INTEGERS.model] ?? NONE],
      provider: shared[integers[at + INTEGERS.provider] ?? NONE],
      startedMs: unlessNaN(doubles[doublesAt + DOUBLES.startedMs]),
      updatedMs: doubles[doublesAt + DOUBLES.updatedMs] ?? NaN,
      mtimeMs: doubles[doublesAt + DOUBLES.mtimeMs] ?? NaN,
      messages: integers[at + INTEGERS.messages] ?? NaN,
      keptMessages: integers[at + INTEGERS.keptMessages] ?? NaN,
      mostMessages: integers[at + INTEGERS.mostMessages] ?? NaN,
      bytes,
      isOneValue: (flags & FLAGS.isOneValue) !== 0,
      parts: NO_PARTS,
      unitBytes: bytes,
      costUsd: unlessNaN(doubles[doublesAt + DOUBLES.costUsd]),
      usage: this.#readUsage(shared[integers[at + INTEGERS.usage] ?? NONE], doublesAt),
      parent: shared[integers[at + INTEGERS.parent] ?? NONE],
      forkPoint: unlessNaN(doubles[doublesAt + DOUBLES.forkPoint]),
      isHidden: (flags & FLAGS.isHidden) !== 0,
      origin: shared[integers[at + INTEGERS.origin] ?? NONE],
      state: (shared[integers[at + INTEGERS.state] ?? NONE] ?? "ok") as SessionState,
      problems: this.#problems.get(row) ?? NO_PROBLEMS,
      problemCount: integers[at + INTEGERS.problemCount] ?? NaN,
    };
  }

  /** Few sessions are another agent's than the one before. */
  #formatOf(agent: string): Format {
    if (this.#format?.agent !== agent) this.#format = resolveFormat(agent);
    return this.#format;
  }

  /** What is counted in the row whose doubles start at a place; names what, if anything is. */
  #readUsage(names: string | undefined, doublesAt: number): Usage | undefined {
    if (names === undefined) return undefined;
    const keys = splitKeys(names);
    const usage: { -readonly [Key in keyof Usage]: number } = {};
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (key !== undefined) usage[key] = this.#doubles[doublesAt + DOUBLES.counts + i] ?? NaN;
    }
    return usage;
  }

  #double(row: number, at: number): number {
    return this.#doubles[row * DOUBLE_WIDTH + at] ?? NaN;
  }

  #integer(row: number, at: number): number {
    return this.#integers[row * INTEGER_WIDTH + at] ?? NONE;
  }
}

function unlessNaN(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

/** Few usages count other things than the one before: the keys of each way are split once. */
const keyLists = new Map<string, readonly (keyof Usage)[]>();

function splitKeys(text: string): readonly (keyof Usage)[] {
  const known = keyLists.get(text);
  if (known !== undefined) return known;
  const keys = (text === "" ? [] : text.split(" ")) as (keyof Usage)[];
  keyLists.set(text, keys);
  return keys;
}

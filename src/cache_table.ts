/** The table of the cache, read: files are looked up in it, and their sessions unpacked. */

import {
  AT,
  type FileStamp,
  FLAGS,
  type Place,
  type StatePlace,
  type TableParts,
  type Texts,
  WIDTH,
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
  readonly #numbers: Float64Array;
  readonly #texts: Texts;
  readonly #problems: ReadonlyMap<number, readonly Problem[]>;
  /** The row after the one that was found last: files are asked for in the order of the rows. */
  #next = 0;
  #rows: ReadonlyMap<string, number> | undefined;
  #format: Format | undefined;

  /** Reads the parts of a table; throws `SyntaxError` or `RangeError` for what is none. */
  constructor({ numbers, texts }: TableParts) {
    this.#numbers = new Float64Array(numbers.buffer);
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
    const numbers = this.#numbers;
    const at = row * WIDTH;
    return numbers[at + AT.sizeBytes] === facts.sizeBytes &&
      numbers[at + AT.mtimeMs] === facts.mtimeMs &&
      numbers[at + AT.ctimeMs] === facts.ctimeMs && this.isSameOne(row, facts);
  }

  /** Tells whether a file is the one that it was, changed or not. */
  isSameOne(row: number, facts: FileStamp): boolean {
    const numbers = this.#numbers;
    const at = row * WIDTH;
    return numbers[at + AT.birthMs] === facts.birthMs && numbers[at + AT.dev] === facts.dev &&
      numbers[at + AT.ino] === facts.ino;
  }

  /** How many bytes the file had. */
  readSize(row: number): number {
    return this.#number(row, AT.sizeBytes);
  }

  /** The agent of the file's session; undefined when it holds none. */
  readAgent(row: number): string | undefined {
    return this.#text(row, AT.agent);
  }

  /** Where the file's state lies; undefined when it has none. */
  readStatePlace(row: number): StatePlace | undefined {
    const at = this.#optional(row, AT.stateAt);
    if (at === undefined) return undefined;
    const [length, hash] = [this.#number(row, AT.stateLength), this.#number(row, AT.stateHash)];
    return { at, length, hash };
  }

  /** Where the session's line lies; undefined when there is none. */
  readLinePlace(row: number): Place | undefined {
    const at = this.#optional(row, AT.lineAt);
    return at === undefined ? undefined : { at, length: this.#number(row, AT.lineLength) };
  }

  /** What the file was. */
  readStamp(row: number): FileStamp {
    return {
      sizeBytes: this.#number(row, AT.sizeBytes),
      mtimeMs: this.#number(row, AT.mtimeMs),
      ctimeMs: this.#number(row, AT.ctimeMs),
      birthMs: this.#number(row, AT.birthMs),
      dev: this.#number(row, AT.dev),
      ino: this.#number(row, AT.ino),
    };
  }

  /** What was read of the file, which lies at a path below a root. */
  unpack(row: number, path: string, root: string): Session | Stranger {
    // A call for each number would take longer than all the rest: this runs for thousands of files,
    // and too few for the engine to see through it.
    const numbers = this.#numbers;
    const { ids, titles, shared } = this.#texts;
    const at = row * WIDTH;
    const flags = numbers[at + AT.flags] ?? 0;
    if ((flags & FLAGS.isStranger) !== 0) {
      const [hasRows, isTornValue] = [flags & FLAGS.hasRows, flags & FLAGS.isTornValue];
      return { hasRows: hasRows !== 0, isTornValue: isTornValue !== 0 };
    }
    const id = ids[row] ?? "";
    const agent = shared[numbers[at + AT.agent] ?? NaN] ?? "";
    const bytes = numbers[at + AT.sizeBytes] ?? NaN;
    return {
      id,
      handle: this.#formatOf(agent).toHandle(id),
      agent,
      variant: shared[numbers[at + AT.variant] ?? NaN] ?? "",
      path,
      root,
      cwd: shared[numbers[at + AT.cwd] ?? NaN],
      title: titles[row] ?? undefined,
      isTitleGiven: (flags & FLAGS.isTitleGiven) !== 0,
      model: shared[numbers[at + AT.model] ?? NaN],
      provider: shared[numbers[at + AT.provider] ?? NaN],
      startedMs: unlessNaN(numbers[at + AT.startedMs]),
      updatedMs: numbers[at + AT.updatedMs] ?? NaN,
      mtimeMs: numbers[at + AT.mtimeMs] ?? NaN,
      messages: numbers[at + AT.messages] ?? NaN,
      keptMessages: numbers[at + AT.keptMessages] ?? NaN,
      mostMessages: numbers[at + AT.mostMessages] ?? NaN,
      bytes,
      isOneValue: (flags & FLAGS.isOneValue) !== 0,
      parts: NO_PARTS,
      unitBytes: bytes,
      costUsd: unlessNaN(numbers[at + AT.costUsd]),
      usage: this.#usage(at),
      parent: shared[numbers[at + AT.parent] ?? NaN],
      forkPoint: unlessNaN(numbers[at + AT.forkPoint]),
      isHidden: (flags & FLAGS.isHidden) !== 0,
      origin: shared[numbers[at + AT.origin] ?? NaN],
      state: (shared[numbers[at + AT.state] ?? NaN] ?? "ok") as SessionState,
      problems: this.#problems.get(row) ?? NO_PROBLEMS,
      problemCount: numbers[at + AT.problemCount] ?? NaN,
    };
  }

  /** Few sessions are another agent's than the one before. */
  #formatOf(agent: string): Format {
    if (this.#format?.agent !== agent) this.#format = resolveFormat(agent);
    return this.#format;
  }

  /** What is counted in the row that starts at a place. */
  #usage(at: number): Usage | undefined {
    const names = this.#texts.shared[this.#numbers[at + AT.usage] ?? NaN];
    if (names === undefined) return undefined;
    const keys = splitKeys(names);
    const usage: { -readonly [Key in keyof Usage]: number } = {};
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (key !== undefined) usage[key] = this.#numbers[at + AT.counts + i] ?? NaN;
    }
    return usage;
  }

  #number(row: number, at: number): number {
    return this.#numbers[row * WIDTH + at] ?? NaN;
  }

  #optional(row: number, at: number): number | undefined {
    return unlessNaN(this.#number(row, at));
  }

  #text(row: number, at: number): string | undefined {
    const index = this.#number(row, at);
    return Number.isNaN(index) ? undefined : this.#texts.shared[index];
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

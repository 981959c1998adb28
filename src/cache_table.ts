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

  /** Reads the parts of a table; throws `SyntaxError` or `RangeError` for what is none. */
  constructor({ numbers, texts }: TableParts) {
    this.#numbers = new Float64Array(numbers.buffer, numbers.byteOffset, numbers.length / 8);
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
    return this.#number(row, AT.sizeBytes) === facts.sizeBytes &&
      this.#number(row, AT.mtimeMs) === facts.mtimeMs &&
      this.#number(row, AT.ctimeMs) === facts.ctimeMs && this.isSameOne(row, facts);
  }

  /** Tells whether a file is the one that it was, changed or not. */
  isSameOne(row: number, facts: FileStamp): boolean {
    return this.#number(row, AT.birthMs) === facts.birthMs &&
      this.#number(row, AT.dev) === facts.dev && this.#number(row, AT.ino) === facts.ino;
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
    const flags = this.#number(row, AT.flags);
    if ((flags & FLAGS.isStranger) !== 0) {
      const [hasRows, isTornValue] = [flags & FLAGS.hasRows, flags & FLAGS.isTornValue];
      return { hasRows: hasRows !== 0, isTornValue: isTornValue !== 0 };
    }
    const id = this.#texts.ids[row] ?? "";
    const agent = this.#text(row, AT.agent) ?? "";
    const bytes = this.#number(row, AT.sizeBytes);
    return {
      id,
      handle: resolveFormat(agent).toHandle(id),
      agent,
      variant: this.#text(row, AT.variant) ?? "",
      path,
      root,
      cwd: this.#text(row, AT.cwd),
      title: this.#texts.titles[row] ?? undefined,
      isTitleGiven: (flags & FLAGS.isTitleGiven) !== 0,
      model: this.#text(row, AT.model),
      provider: this.#text(row, AT.provider),
      startedMs: this.#optional(row, AT.startedMs),
      updatedMs: this.#number(row, AT.updatedMs),
      mtimeMs: this.#number(row, AT.mtimeMs),
      messages: this.#number(row, AT.messages),
      keptMessages: this.#number(row, AT.keptMessages),
      mostMessages: this.#number(row, AT.mostMessages),
      bytes,
      isOneValue: (flags & FLAGS.isOneValue) !== 0,
      parts: NO_PARTS,
      unitBytes: bytes,
      costUsd: this.#optional(row, AT.costUsd),
      usage: this.#usage(row),
      parent: this.#text(row, AT.parent),
      forkPoint: this.#optional(row, AT.forkPoint),
      isHidden: (flags & FLAGS.isHidden) !== 0,
      origin: this.#text(row, AT.origin),
      state: (this.#text(row, AT.state) ?? "ok") as SessionState,
      problems: this.#problems.get(row) ?? NO_PROBLEMS,
      problemCount: this.#number(row, AT.problemCount),
    };
  }

  #usage(row: number): Usage | undefined {
    const keys = this.#text(row, AT.usage);
    if (keys === undefined) return undefined;
    const usage: { -readonly [Key in keyof Usage]: number } = {};
    let at: number = AT.counts;
    for (const key of splitKeys(keys)) usage[key] = this.#number(row, at++);
    return usage;
  }

  #number(row: number, at: number): number {
    return this.#numbers[row * WIDTH + at] ?? NaN;
  }

  #optional(row: number, at: number): number | undefined {
    const value = this.#number(row, at);
    return Number.isNaN(value) ? undefined : value;
  }

  #text(row: number, at: number): string | undefined {
    const index = this.#number(row, at);
    return Number.isNaN(index) ? undefined : this.#texts.shared[index];
  }
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

/**
 * A session as the cache has it: it looks up what it is asked for, when it is asked. There are
 * thousands of them, and of most a command wants to know no more than when they were touched last.
 */

import {
  DOUBLE_WIDTH,
  DOUBLES,
  FLAGS,
  INTEGER_WIDTH,
  INTEGERS,
  NONE,
  type Texts,
  type Titles,
} from "./cache_entry.ts";
import { resolveFormat } from "./formats.ts";
import type { Problem, Session, SessionState, Usage } from "./transcript.ts";

/** What a table holds of all its rows. */
export interface TableColumns {
  readonly doubles: Float64Array;
  readonly integers: Int32Array;
  readonly texts: Texts;
  readonly titles: Titles;
  readonly problems: ReadonlyMap<number, readonly Problem[]>;
}

/** One for all sessions, since there are thousands. */
const NO_PARTS: Session["parts"] = [];
const NO_PROBLEMS: Session["problems"] = [];

/** One row of a table, as the session that it is about. */
export class KeptSession implements Session {
  /** As `Session` has it; so is all that is not said to be otherwise. */
  readonly path: string;
  readonly root: string;
  /** The number of the row, and the table that it is in. */
  readonly row: number;
  readonly columns: TableColumns;

  /** Takes the row of a file, and where that lies. */
  constructor(columns: TableColumns, row: number, path: string, root: string) {
    this.columns = columns;
    this.row = row;
    this.path = path;
    this.root = root;
  }

  get id(): string {
    return this.columns.texts.ids[this.row] ?? "";
  }

  get handle(): string {
    return resolveFormat(this.agent).toHandle(this.id);
  }

  get agent(): Session["agent"] {
    return readShared(this, INTEGERS.agent) ?? "";
  }

  get variant(): string {
    return readShared(this, INTEGERS.variant) ?? "";
  }

  get cwd(): string | undefined {
    return readShared(this, INTEGERS.cwd);
  }

  get title(): string | undefined {
    return this.columns.titles[this.row] ?? undefined;
  }

  get isTitleGiven(): boolean {
    return hasFlag(this, FLAGS.isTitleGiven);
  }

  get model(): string | undefined {
    return readShared(this, INTEGERS.model);
  }

  get provider(): string | undefined {
    return readShared(this, INTEGERS.provider);
  }

  get startedMs(): number | undefined {
    return unlessNaN(readDouble(this, DOUBLES.startedMs));
  }

  get updatedMs(): number {
    return readDouble(this, DOUBLES.updatedMs);
  }

  get mtimeMs(): number {
    return readDouble(this, DOUBLES.mtimeMs);
  }

  get messages(): number {
    return readInteger(this, INTEGERS.messages);
  }

  get keptMessages(): number {
    return readInteger(this, INTEGERS.keptMessages);
  }

  get mostMessages(): number {
    return readInteger(this, INTEGERS.mostMessages);
  }

  get bytes(): number {
    return readDouble(this, DOUBLES.sizeBytes);
  }

  get isOneValue(): boolean {
    return hasFlag(this, FLAGS.isOneValue);
  }

  /** The cache knows of no other files; `withParts` does. */
  get parts(): Session["parts"] {
    return NO_PARTS;
  }

  get unitBytes(): number {
    return this.bytes;
  }

  get costUsd(): number | undefined {
    return unlessNaN(readDouble(this, DOUBLES.costUsd));
  }

  get usage(): Usage | undefined {
    const names = readShared(this, INTEGERS.usage);
    if (names === undefined) return undefined;
    const usage: { -readonly [Key in keyof Usage]: number } = {};
    splitKeys(names).forEach((key, index) => {
      usage[key] = readDouble(this, DOUBLES.counts + index);
    });
    return usage;
  }

  get parent(): string | undefined {
    return readShared(this, INTEGERS.parent);
  }

  get forkPoint(): number | undefined {
    return unlessNaN(readDouble(this, DOUBLES.forkPoint));
  }

  get isHidden(): boolean {
    return hasFlag(this, FLAGS.isHidden);
  }

  get origin(): string | undefined {
    return readShared(this, INTEGERS.origin);
  }

  get state(): SessionState {
    return (readShared(this, INTEGERS.state) ?? "ok") as SessionState;
  }

  get problems(): readonly Problem[] {
    return this.columns.problems.get(this.row) ?? NO_PROBLEMS;
  }

  get problemCount(): number {
    return readInteger(this, INTEGERS.problemCount);
  }
}

// Functions, and no private methods: those check at each call whose they are.

function readDouble({ columns, row }: KeptSession, at: number): number {
  return columns.doubles[row * DOUBLE_WIDTH + at] ?? NaN;
}

function readInteger({ columns, row }: KeptSession, at: number): number {
  return columns.integers[row * INTEGER_WIDTH + at] ?? NONE;
}

function hasFlag(session: KeptSession, flag: number): boolean {
  return (readInteger(session, INTEGERS.flags) & flag) !== 0;
}

function readShared(session: KeptSession, at: number): string | undefined {
  return session.columns.texts.shared[readInteger(session, at)];
}

function unlessNaN(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

function splitKeys(names: string): readonly (keyof Usage)[] {
  return (names === "" ? [] : names.split(" ")) as (keyof Usage)[];
}

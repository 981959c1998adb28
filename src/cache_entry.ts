/**
 * What the cache keeps of a file, and its form: for each file a row of numbers, and texts beside them.
 *
 * It is a table and no list of objects because there are thousands of files, and all are looked up
 * before anything is printed: numbers lie as the machine has them and need no parsing, and a text
 * that many files share is kept once. `cache_pack.ts` writes it, `cache_table.ts` reads it.
 */

import type { Stranger } from "./session.ts";
import type { Problem, Session } from "./transcript.ts";

/** What a file was when it was read, as in `FileFacts`; any change shows in one of these. */
export interface FileStamp {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly birthMs: number;
  readonly dev: number;
  readonly ino: number;
}

/** Where something lies that is kept beside the table, in bytes. */
export interface Place {
  readonly at: number;
  readonly length: number;
}

/** Where the state to go on with lies among all states of the cache, and a hash of it. */
export interface StatePlace extends Place {
  readonly hash: number;
}

/** A file of which everything is known. */
export interface CacheEntry {
  /** From the root on, as the system writes paths. */
  readonly path: string;
  readonly stamp: FileStamp;
  readonly found: Session | Stranger;
  /** As `SessionRead` has it. */
  readonly hasLateHead: boolean;
  readonly state: StatePlace | undefined;
  /** Where the session's line lies, as `list --json` prints it; of a file without session nothing. */
  readonly line: Place | undefined;
}

/** The parts of a table, as they are written. */
export interface TableParts {
  /** All of a buffer: the doubles of all rows, then their integers. */
  readonly numbers: Uint8Array<ArrayBuffer>;
  /** Two lines of JSON: `Texts`, and `Titles`. */
  readonly texts: Uint8Array;
}

/** The place of each double in its row; the counts of the usage come last. */
export const DOUBLES = {
  sizeBytes: 0,
  mtimeMs: 1,
  ctimeMs: 2,
  birthMs: 3,
  dev: 4,
  ino: 5,
  stateHash: 6,
  startedMs: 7,
  updatedMs: 8,
  costUsd: 9,
  forkPoint: 10,
  counts: 11,
} as const;

/**
 * The place of each integer in its row. They are apart from the doubles because the engine keeps each
 * double that it looks at in memory of its own. Those from `agent` to `usage` name a shared text.
 */
export const INTEGERS = {
  flags: 0,
  stateAt: 1,
  stateLength: 2,
  lineAt: 3,
  lineLength: 4,
  messages: 5,
  keptMessages: 6,
  mostMessages: 7,
  problemCount: 8,
  agent: 9,
  variant: 10,
  cwd: 11,
  model: 12,
  provider: 13,
  parent: 14,
  origin: 15,
  state: 16,
  usage: 17,
} as const;

/** Stands for an integer that there is none of; for a double it is NaN. */
export const NONE = -1;

/** The kinds of tokens that a usage may count; as many doubles come last in a row. */
const MOST_COUNTS = 5;
/** How many doubles a row has. */
export const DOUBLE_WIDTH = DOUBLES.counts + MOST_COUNTS;
/** How many integers a row has. */
export const INTEGER_WIDTH = INTEGERS.usage + 1;
/** How many bytes these are. */
export const ROW_BYTES = DOUBLE_WIDTH * Float64Array.BYTES_PER_ELEMENT +
  INTEGER_WIDTH * Int32Array.BYTES_PER_ELEMENT;

/** The bits of `flags`: what is true of a file, or of its session. */
export const FLAGS = {
  isStranger: 1,
  hasRows: 2,
  isTornValue: 4,
  isTitleGiven: 8,
  isOneValue: 16,
  isHidden: 32,
  hasLateHead: 64,
};

/** The texts of all rows. */
export interface Texts {
  readonly paths: readonly string[];
  readonly ids: readonly string[];
  /** Those that many rows may name, by their places here. */
  readonly shared: readonly string[];
  /** Of the rows that have any. */
  readonly problems: readonly (readonly [row: number, problems: readonly Problem[]])[];
}

/** The titles of all rows, which are more than all other texts, and often not asked for. */
export type Titles = readonly (string | null)[];

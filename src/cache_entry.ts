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
  readonly state: StatePlace | undefined;
  /** Where the session's line lies, as `list --json` prints it; of a file without session nothing. */
  readonly line: Place | undefined;
}

/** The two parts of a table, as they are written. */
export interface TableParts {
  /** All of a buffer, which can be read as doubles. */
  readonly numbers: Uint8Array<ArrayBuffer>;
  readonly texts: Uint8Array;
}

/**
 * The place of each number in its row. Those from `agent` to `state`, and `usage`, name a text; the
 * counts of the usage come last.
 */
export const AT = {
  sizeBytes: 0,
  mtimeMs: 1,
  ctimeMs: 2,
  birthMs: 3,
  dev: 4,
  ino: 5,
  stateAt: 6,
  stateLength: 7,
  stateHash: 8,
  lineAt: 9,
  lineLength: 10,
  flags: 11,
  agent: 12,
  variant: 13,
  cwd: 14,
  model: 15,
  provider: 16,
  parent: 17,
  origin: 18,
  state: 19,
  startedMs: 20,
  updatedMs: 21,
  messages: 22,
  keptMessages: 23,
  mostMessages: 24,
  costUsd: 25,
  forkPoint: 26,
  problemCount: 27,
  usage: 28,
  counts: 29,
} as const;

/** The name of a number. */
export type Field = keyof typeof AT;

/** The kinds of tokens that a usage may count; as many numbers come last in a row. */
const MOST_COUNTS = 5;
/** How many numbers a row has. */
export const WIDTH = AT.counts + MOST_COUNTS;

/** The bits of `flags`: what is true of a file, or of its session. */
export const FLAGS = {
  isStranger: 1,
  hasRows: 2,
  isTornValue: 4,
  isTitleGiven: 8,
  isOneValue: 16,
  isHidden: 32,
};

/** The texts of all rows. */
export interface Texts {
  readonly paths: readonly string[];
  readonly ids: readonly string[];
  readonly titles: readonly (string | null)[];
  /** Those that many rows may name, by their places here. */
  readonly shared: readonly string[];
  /** Of the rows that have any. */
  readonly problems: readonly (readonly [row: number, problems: readonly Problem[]])[];
}

/**
 * What skein has to know of an agent's files, as one interface that each `format_<agent>.ts` fills.
 *
 * A format turns rows into facts and messages, and rows of one session into rows of another; nothing
 * outside of it names a field of its rows. It reads with the tolerance of the agent's own loader:
 * what that would skip is damage here. It writes as the agent writes, and what need not change is
 * copied byte for byte.
 */

import type { Places } from "./environment.ts";
import type { MessagePlace } from "./messages.ts";
import type { Row } from "./rows.ts";
import type { AgentName, Fact, JsonObject, Message, Problem, Session } from "./transcript.ts";

/** One row with what it says; without a value when it is blank or damaged. */
export interface ScannedRow {
  readonly row: Row;
  readonly value: JsonObject | undefined;
  readonly facts: readonly Fact[];
  readonly problems: readonly Problem[];
}

/** A row of a new file: bytes of the old one, without line ending, or a row spelled anew. */
export type Piece =
  | { readonly type: "copy"; readonly offset: number; readonly length: number }
  | { readonly type: "row"; readonly bytes: Uint8Array };

/** What rewriting rows needs beside them. */
export interface RewriteOptions {
  /** Gives a row whole that is shortened because it is longer than the reader's window. */
  readonly wholeRow: (row: Row) => Row;
}

/** What a branch is to be. */
export interface BranchOptions extends RewriteOptions {
  readonly parent: Session;
  readonly id: string;
  readonly nowMs: number;
  readonly cwd: string;
  readonly title: string | undefined;
  /** How many messages of the effective transcript it shares. */
  readonly count: number;
  /** Where the last of them lies; undefined when it shares none. */
  readonly last: MessagePlace | undefined;
  /** The line of the last row that superseded all before it; 0 when none did. */
  readonly restartLine: number;
}

/** What an export is to be. */
export interface ExportOptions extends RewriteOptions {
  readonly session: Session;
}

/** What an imported session is to be. */
export interface ImportOptions extends RewriteOptions {
  readonly id: string;
  readonly nowMs: number;
  readonly cwd: string;
  readonly title: string | undefined;
}

/** What decides where a new session lies. */
export interface NewPlace {
  readonly id: string;
  readonly cwd: string;
  readonly nowMs: number;
  /** The root that it has to lie below. */
  readonly root: string;
  /** The session that it branched from, and whether it is about the same folder. */
  readonly beside: { readonly path: string; readonly isSameCwd: boolean } | undefined;
}

/** One agent's way of keeping sessions. */
export interface Format {
  readonly agent: AgentName;
  /** Folders that the agent keeps sessions in; a relative one starts at the current folder. */
  findRoots(places: Places): readonly string[];
  /** Paths of the sessions that a running agent says it is using. */
  findLiveFiles(places: Places): readonly string[];
  /** Tells from the first readable rows of a file whether the agent wrote it. */
  isMine(rows: readonly JsonObject[]): boolean;
  /** Says what a row means; throws `RowShapeError` for one that the agent skips. */
  readFacts(row: JsonObject): readonly Fact[];
  /** Gives the messages of a row in full, one for each that `readFacts` counts. */
  readMessages(row: JsonObject): readonly Message[];
  /** Milliseconds since 1970 that a file's name starts with; undefined when it names no time. */
  parseNameTime(fileName: string): number | undefined;
  /** Says what is unusual about a file's name for a session of this id; undefined if nothing is. */
  findNameProblem(fileName: string, id: string): string | undefined;
  /** What the names of the agent's own exports end with. */
  readonly portableExtension: string;
  /** The rows of a branch, from all rows of its parent. */
  branchRows(rows: Iterable<ScannedRow>, options: BranchOptions): Iterable<Piece>;
  /** The rows of the agent's own exchange form. */
  exportRows(rows: Iterable<ScannedRow>, options: ExportOptions): Iterable<Piece>;
  /** The rows of a new session, from those of an export or of another machine's session. */
  importRows(rows: Iterable<ScannedRow>, options: ImportOptions): Iterable<Piece>;
  /** The absolute path of a new session. */
  placeNew(place: NewPlace): string;
}

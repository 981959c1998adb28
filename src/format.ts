/**
 * What skein has to know of an agent's files, as one interface that each `format_<agent>.ts` fills.
 *
 * A format turns rows into facts and messages, and rows of one session into rows of another; nothing
 * outside of it names a field of its rows. It reads with the tolerance of the agent's own loader:
 * what that would skip is damage here. It writes as the agent writes, and what need not change is
 * copied byte for byte.
 */

import type { Places } from "./environment.ts";
import type { Dialect } from "./json_row.ts";
import type { Losses } from "./losses.ts";
import type { MessagePlace } from "./messages.ts";
import type { Row } from "./rows.ts";
import type { ShapeKeys } from "./shape_tree.ts";
import type { AgentName, Fact, JsonObject, Message, Problem, Session } from "./transcript.ts";

/** How likely an agent wrote a file: `likely` when what only it writes is missing. */
export type Judgement = "sure" | "likely" | "no";

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
  /** Is told what the new rows do not say. */
  readonly losses: Losses;
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
  readonly session: Session;
  readonly id: string;
  readonly nowMs: number;
  readonly cwd: string;
  readonly title: string | undefined;
}

/** A session to say in the rows of another agent than its own. */
export interface ConvertOptions {
  /** As its own agent keeps it. */
  readonly source: Session;
  readonly id: string;
  readonly nowMs: number;
  readonly cwd: string;
  /** The title that somebody gave it; undefined where nobody did. */
  readonly title: string | undefined;
  /** The kind to write it in, where the agent has several; "" for the usual one. */
  readonly variant: string;
  /** Is told what has no place in the new rows. */
  readonly losses: Losses;
}

/** What decides how a new session is called. */
export interface NewName {
  /** A UUID that nothing else bears. */
  readonly uuid: string;
  readonly nowMs: number;
  /** The session that it is to be like, if any. */
  readonly like: Session | undefined;
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
  /** A session of the agent below the root, if there is one, for agents that need it. */
  readonly neighbour: Pick<Session, "path"> | undefined;
}

/** What a file is to a session beside it, by its name. */
export interface Companion {
  /** Names that the session's own file may have, the likeliest first. */
  readonly owners: readonly string[];
  /** For people: "rotated copy". */
  readonly what: string;
  /** Whether it is whole, so that it can stand for a session whose own file is gone. */
  readonly isWhole: boolean;
}

/** One agent's way of keeping sessions; a member that may be absent is for what few agents have. */
export interface Format {
  readonly agent: AgentName;
  /** Whether it writes a file anew in place, where others append to it or put another in its place. */
  readonly rewritesInPlace?: boolean;
  /** How its JSON differs from everybody's. */
  readonly dialect: Dialect;
  /** Whether one byte that is no UTF-8 costs it the whole file. */
  readonly needsUtf8?: boolean;
  /** The most bytes of a row that it reads, the line ending included; absent without a limit. */
  readonly rowLimitBytes?: number;
  /**
   * Folders that the agent keeps sessions in, those of a variant first; a relative one starts at the
   * current folder.
   */
  findRoots(places: Places, variant?: string): readonly string[];
  /** Paths of the sessions that a running agent says it is using. */
  findLiveFiles?(places: Places): readonly string[];
  /** Tells from the first readable rows of a file whether the agent wrote it. */
  judge(rows: readonly JsonObject[]): Judgement;
  /** What tells the shapes of its rows apart; see `row_scanner.wat`. */
  readonly shapeKeys: ShapeKeys;
  /** Tells whether what a row says depends on a text or a number that its shape does not tell. */
  variesWithinShape?(row: JsonObject): boolean;
  /** Says what a row means; throws `RowShapeError` for one that the agent cannot read. */
  readFacts(row: JsonObject): readonly Fact[];
  /** Why the agent cannot read a row that says something all the same; undefined when it can. */
  findRowRefusal?(row: JsonObject): string | undefined;
  /** Tells whether a row that cannot be parsed holds what nobody but the agent may see. */
  isPrivate?(bytes: Uint8Array): boolean;
  /** Gives the messages of a row in full, one for each that `readFacts` counts. */
  readMessages(row: JsonObject): readonly Message[];
  /** The id without what all ids of the agent start with. */
  toHandle(id: string): string;
  /** What a file is in which no row names the session; absent where there should be none such. */
  readonly headlessVariant?: string;
  /** The id of a session whose rows do not name it. */
  parseNameId(fileName: string): string;
  /** What a file is that belongs to a session beside it; undefined when it is none such. */
  findCompanion?(fileName: string): Companion | undefined;
  /** Files that the agent locks while it changes the session at a path; few of them exist. */
  findLocks?(path: string): readonly string[];
  /** Milliseconds since 1970 that a file's name starts with; undefined when it names no time. */
  parseNameTime?(fileName: string): number | undefined;
  /** Says what is unusual about a file's name for a session of this id; undefined if nothing is. */
  findNameProblem(fileName: string, id: string): string | undefined;
  /** What the names of the agent's own exports end with. */
  readonly portableExtension: string;
  /** The id of a new session. */
  newId(name: NewName): string;
  /** Whether only its sessions tell which folder and which style of names it is at home in. */
  readonly needsNeighbour?: boolean;
  /** The absolute path of a new session. */
  placeNew(place: NewPlace): string;
}

/**
 * How an agent's rows are written anew. It is no part of the format because most commands only read,
 * and need not load it; `writers.ts` has those of all agents.
 */
export interface FormatWriter {
  /** The rows of a branch, from all rows of its parent. */
  branchRows(rows: Iterable<ScannedRow>, options: BranchOptions): Iterable<Piece>;
  /** The rows of the agent's own exchange form. */
  exportRows(rows: Iterable<ScannedRow>, options: ExportOptions): Iterable<Piece>;
  /** The rows of a new session, from those of an export or of another machine's session. */
  importRows(rows: Iterable<ScannedRow>, options: ImportOptions): Iterable<Piece>;
  /** The rows of a session that says what these messages of another agent's say. */
  convertRows(messages: Iterable<Message>, options: ConvertOptions): Iterable<Piece>;
}

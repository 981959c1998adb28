/**
 * The vocabulary: one word per concept, for every agent's store.
 *
 * - **root**: a folder that holds sessions. **store**: the sessions found under the roots.
 * - **session**: one transcript, usually one file.
 * - **row**: one line of a file, as bytes. **fact**: what one row says, in this file's terms.
 * - **message**: one turn's part by the user, the assistant or a tool. **block**: a part of a message.
 * - **effective transcript**: the messages that the agent would resume with. A row can put new
 *   messages in the place of all earlier ones (compaction); those are **superseded**, and stay on disk.
 * - **branch**: a session made from another, its parent. **fork point**: how many messages they share.
 * - **problem**: what is wrong or unusual at one place of a file. **damage** is a problem that costs a
 *   row; a **notice** costs nothing.
 *
 * Bytes become rows (`rows.ts`), rows become facts (`format_<agent>.ts`), facts fold into a summary
 * (`summary.ts`) or a list of messages (`messages.ts`). Commands see sessions and messages only.
 */

/** The agents whose files skein reads, as `--agent` spells them. */
export type AgentName = "zot";

/** Who speaks in a message. */
export type Role = "system" | "user" | "assistant" | "tool";

/** A value as JSON has it. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | JsonObject;

/** A JSON object whose keys are not known beforehand. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** A part of a message. */
export type Block =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image"; readonly mimeType: string; readonly sizeBytes: number }
  | {
    readonly type: "call";
    readonly callId: string;
    readonly name: string;
    readonly input: JsonValue;
  }
  | {
    readonly type: "result";
    readonly callId: string;
    readonly isError: boolean;
    readonly blocks: readonly Block[];
  }
  | { readonly type: "reasoning"; readonly text: string; readonly isEncrypted: boolean };

/** A message with all that it says. */
export interface Message {
  readonly role: Role;
  /** When it was written, as RFC 3339 with the zone that the file has; undefined when unknown. */
  readonly time: string | undefined;
  readonly blocks: readonly Block[];
  /** True for text that the agent wrote in the user's name to stand for superseded messages. */
  readonly isSummary: boolean;
}

/** What a summary needs to know of a message, without its contents. */
export interface MessageHead {
  readonly role: Role;
  readonly time: string | undefined;
  /** What a human typed, on one line and cut to `TITLE_LENGTH`; undefined when no human did. */
  readonly prompt: string | undefined;
  readonly hasImage: boolean;
  /** False for a message that holds nothing, and that the agent drops when it resumes. */
  readonly isKept: boolean;
}

/** Tokens as the agent counted them; a key is absent where the agent does not know. */
export interface Usage {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
  readonly reasoning_tokens?: number;
  readonly cache_read_tokens?: number;
  readonly cache_write_tokens?: number;
}

/** What a row says of the session as a whole. */
export interface SessionHead {
  readonly id: string;
  readonly cwd: string;
  readonly model: string;
  readonly provider: string;
  /** RFC 3339, or "" when the row has none. */
  readonly started: string;
  readonly title: string;
  readonly parent: string;
  readonly forkPoint: number;
  readonly isHidden: boolean;
  /** The id that it had where it was imported from, or "". */
  readonly origin: string;
}

/** What one row says, whatever the agent's spelling. */
export type Fact =
  | { readonly kind: "head"; readonly head: SessionHead }
  | { readonly kind: "title"; readonly title: string }
  | { readonly kind: "message"; readonly message: MessageHead }
  /** Every earlier message is superseded by these. */
  | { readonly kind: "restart"; readonly messages: readonly MessageHead[] }
  /** Running totals since the agent's process began to count. */
  | { readonly kind: "usage"; readonly usage: Usage; readonly costUsd: number | undefined }
  | { readonly kind: "unknown"; readonly type: string };

/** The names of what can be wrong or unusual, stable for scripts. */
export type ProblemKind =
  | "torn"
  | "glued"
  | "nul"
  | "json"
  | "shape"
  | "utf8"
  | "surrogate"
  | "crlf"
  | "bom"
  | "unterminated"
  | "unknown_row"
  | "no_head"
  | "name"
  | "duplicate_id";

/** What is wrong or unusual at one place of a file. */
export interface Problem {
  readonly kind: ProblemKind;
  /** Damage costs a row, or the whole file; a notice costs nothing. */
  readonly severity: "damage" | "notice";
  /** Line number from 1; 0 when it concerns the file as a whole. */
  readonly line: number;
  /** Bytes from the start of the file to the start of the row. */
  readonly offset: number;
  readonly reason: string;
  /** How many rows it stands for: notices of one kind are kept once, at their first row. */
  readonly count: number;
}

/** How a session is: `live` when its agent says that it is in use, else as its rows are. */
export type SessionState = "ok" | "empty" | "damaged" | "live";

/** All that `list` knows of a session. */
export interface Session {
  readonly id: string;
  readonly agent: AgentName;
  /** Absolute, symbolic links resolved. */
  readonly path: string;
  /** The root it was found under, absolute. */
  readonly root: string;
  readonly cwd: string | undefined;
  readonly title: string | undefined;
  readonly model: string | undefined;
  readonly provider: string | undefined;
  /** Milliseconds since 1970, as `updatedMs`. */
  readonly startedMs: number | undefined;
  /** The last message's time, else the file's. */
  readonly updatedMs: number;
  /** When the file was last written, before it was read. */
  readonly mtimeMs: number;
  /** Messages as the agent's own list counts them. */
  readonly messages: number;
  /** Messages of the effective transcript: those that hold something. */
  readonly keptMessages: number;
  /** The most messages that it ever had: a compaction leaves fewer than others branched from. */
  readonly mostMessages: number;
  readonly bytes: number;
  readonly costUsd: number | undefined;
  readonly usage: Usage | undefined;
  readonly parent: string | undefined;
  /** Undefined without a parent. */
  readonly forkPoint: number | undefined;
  /** True where the agent keeps the session out of its own list. */
  readonly isHidden: boolean;
  /** The id that it had where it was imported from. */
  readonly origin: string | undefined;
  readonly state: SessionState;
  readonly problems: readonly Problem[];
  /** Rows with a problem, `problems` being capped at `MAX_PROBLEMS` entries. */
  readonly problemCount: number;
}

/** The longest title, in UTF-16 units; a longer prompt is cut. */
export const TITLE_LENGTH = 500;

/** How many problems of one file are kept one by one; the rest are counted. */
export const MAX_PROBLEMS = 1_000;

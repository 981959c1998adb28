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
 * - **problem**: what is wrong or unusual at one place of a file. **damage** is a problem that costs
 *   its agent a row; a **notice** costs nothing.
 * - **part**: a file that belongs to a session beside its own, such as an older copy.
 * - **conversion**: a session of one agent, said anew in another's rows. **loss**: what had no place
 *   there.
 *
 * Bytes become rows (`rows.ts`), rows become facts (`format_<agent>.ts`), facts fold into a summary
 * (`summary.ts`) or a list of messages (`messages.ts`). Commands see sessions and messages only.
 */

/** An agent as `--agent` spells it; `FORMATS` in `formats.ts` has all that there are. */
export type AgentName = string;

/** Who speaks in a message. */
export type Role = "system" | "user" | "assistant" | "tool";

/** Every role. */
export const ROLES: readonly Role[] = ["system", "user", "assistant", "tool"];

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

/** What an attachment holds: its bytes in base64, or where they are; neither when they are gone. */
export interface Attached {
  readonly mimeType: string;
  readonly data?: string;
  readonly url?: string;
}

/** A part of a message. */
export type Block =
  | { readonly type: "text"; readonly text: string }
  | ({ readonly type: "image"; readonly sizeBytes: number } & Attached)
  /** Sound, film, or any other file. */
  | ({ readonly type: "file"; readonly name: string } & Attached)
  | {
    readonly type: "call";
    readonly callId: string;
    readonly name: string;
    readonly input: JsonValue;
  }
  | {
    readonly type: "result";
    readonly callId: string;
    /** The tool, where the result itself names it. */
    readonly name?: string;
    readonly isError: boolean;
    readonly blocks: readonly Block[];
  }
  | {
    readonly type: "reasoning";
    readonly text: string;
    readonly isEncrypted: boolean;
    /** The provider's proof that the text is its own. */
    readonly signature?: string;
  };

/** A message with all that it says. */
export interface Message {
  readonly role: Role;
  /** When it was written, as the file has it, for `parseTime` to read; undefined when unknown. */
  readonly time: string | undefined;
  readonly blocks: readonly Block[];
  /** True for text that the agent wrote to stand for superseded messages. */
  readonly isSummary: boolean;
  /** What the reply took, where the message itself says it. */
  readonly usage?: Usage;
  /** How many fields it has that no word here stands for. */
  readonly otherFields?: number;
}

/** What a summary needs to know of a message, without its contents. */
export interface MessageHead {
  readonly role: Role;
  /** When it was written, in milliseconds since 1970; undefined when unknown. */
  readonly ms: number | undefined;
  /** What a human typed, on one line and cut to `TITLE_LENGTH`; undefined when no human did. */
  readonly prompt: string | undefined;
  readonly hasImage: boolean;
  /** False for a message that holds nothing, and that the agent drops when it resumes. */
  readonly isKept: boolean;
}

/**
 * Tokens as the agent counted them; a key is absent where the agent does not know. What came from a
 * cache is not among `input_tokens`.
 */
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
  /** For `parseTime` to read, or "" when the row has none. */
  readonly started: string;
  /** When the agent last wrote the session by its own account; as `started`. */
  readonly updated: string;
  readonly title: string;
  readonly parent: string;
  /** How many messages it shares with its parent; undefined where the agent does not say. */
  readonly forkPoint: number | undefined;
  readonly isHidden: boolean;
  /** The id that it had where it was imported from, or "". */
  readonly origin: string;
  /** Which of its agent's own ways of keeping sessions it is in, or "" where there is but one. */
  readonly variant: string;
  /** Which of several heads holds; `merge` where the first names the session and the last the rest. */
  readonly holds: "first" | "last" | "merge";
  /** True when it says more than a new session's does: no such session is empty. */
  readonly hasContent: boolean;
}

/** What a row is that is worth keeping and holds no message; nobody but its agent sees `private`. */
export type NoteSort = "compaction" | "prompt_history" | "private";

/** What one row says, whatever the agent's spelling. */
export type Fact =
  | { readonly kind: "head"; readonly head: SessionHead }
  | { readonly kind: "title"; readonly title: string }
  | { readonly kind: "message"; readonly message: MessageHead }
  /** Every earlier message is superseded by these. */
  | { readonly kind: "restart"; readonly messages: readonly MessageHead[] }
  /** Running totals since the agent's process began to count. */
  | { readonly kind: "usage"; readonly usage: Usage; readonly costUsd: number | undefined }
  /** What one reply took. */
  | { readonly kind: "spent"; readonly usage: Usage }
  /** Something else that is worth keeping: a session that holds it is not empty. */
  | { readonly kind: "note"; readonly what: string; readonly sort: NoteSort }
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
  | "refused"
  | "long"
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

/** A file that belongs to a session beside its own. */
export interface SessionPart {
  /** Absolute, symbolic links resolved. */
  readonly path: string;
  /** What it is to the session, for people: "rotated copy". */
  readonly what: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** How a session is: `live` when its agent says that it is in use, else as its rows are. */
export type SessionState = "ok" | "empty" | "damaged" | "live";

/** All that `list` knows of a session. `changeSession` copies one, and no spread does. */
export interface Session {
  readonly id: string;
  /** The id without what all ids of its agent start with: what is shown, and typed. */
  readonly handle: string;
  readonly agent: AgentName;
  /** Which of its agent's own ways of keeping sessions it is in, or "" where there is but one. */
  readonly variant: string;
  /** Absolute, symbolic links resolved. */
  readonly path: string;
  /** The root it was found under, absolute. */
  readonly root: string;
  readonly cwd: string | undefined;
  readonly title: string | undefined;
  /** True when somebody gave it the title; else it is the first prompt. */
  readonly isTitleGiven: boolean;
  readonly model: string | undefined;
  readonly provider: string | undefined;
  /** Milliseconds since 1970, as `updatedMs`. */
  readonly startedMs: number | undefined;
  /** The last message's time, else what the agent says, else the file's. */
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
  /** True when the file is one JSON value, on however many lines, and no JSONL. */
  readonly isOneValue: boolean;
  /** Other files that go where it goes. */
  readonly parts: readonly SessionPart[];
  /** `bytes`, and those of the parts. */
  readonly unitBytes: number;
  readonly costUsd: number | undefined;
  readonly usage: Usage | undefined;
  readonly parent: string | undefined;
  /** Undefined without a parent, and where the agent does not say. */
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

/**
 * claw-code's rows, read: what each type says, and the messages in it.
 *
 * Read as claw reads at its newest (August 2026), but row by row: where one bad row costs claw the
 * whole session, here it costs that row. A file of the first weeks is one object with all messages
 * in it, which says what a head, a compaction and the messages say as rows.
 */

import { isArray, isObject, RowShapeError } from "./json_row.ts";
import { toCallBlock } from "./json_text.ts";
import { findRole, toMessageFacts } from "./messages.ts";
import { formatUtc } from "./time.ts";
import type {
  Block,
  Fact,
  JsonObject,
  JsonValue,
  Message,
  SessionHead,
  Usage,
} from "./transcript.ts";

/** How the message begins that stands for what a compaction removed. */
const SUMMARY_START = "This session is being continued from a previous conversation";

/** claw resumes with every message, and puts none of its own in the user's name. */
const MARKS = { isTyped: true, isKept: true } as const;

/** claw's names of the counts of a reply, and ours. */
export const USAGE_KEYS = {
  input_tokens: "input_tokens",
  output_tokens: "output_tokens",
  cache_read_input_tokens: "cache_read_tokens",
  cache_creation_input_tokens: "cache_write_tokens",
} as const;

/** Says what a row means. */
export function readFacts(row: JsonObject): readonly Fact[] {
  const { type } = row;
  if (isOneValue(row)) return readOneValue(row);
  switch (type) {
    case "session_meta":
      return [{ kind: "head", head: readHead(row) }];
    case "compaction":
      return [toCompaction(row)];
    case "prompt_history":
      return [{ kind: "note", what: "a prompt in the history", sort: "prompt_history" }];
    case "message":
      return toMessageFacts(readMessage(row.message), MARKS);
    default:
      return [{ kind: "unknown", type: typeof type === "string" ? type : "" }];
  }
}

/** Why claw refuses a row that says something: a type that is not known, or an unsound head. */
export function findRowRefusal(row: JsonObject): string | undefined {
  const known = ["session_meta", "message", "compaction", "prompt_history"];
  if (isOneValue(row)) return undefined;
  if (typeof row.type !== "string" || !known.includes(row.type)) return "a row of this type";
  if (row.type !== "session_meta") return undefined;
  const missing = ["session_id", "updated_at_ms", "version"].find((key) => row[key] === undefined);
  if (missing !== undefined) return `a head without "${missing}"`;
  const wrong = Object.keys(row).find((key) => !isSoundMember(key, row[key]));
  return wrong === undefined ? undefined : `a head with such a "${wrong}"`;
}

/** Tells whether claw can read a member of a head. */
export function isSoundMember(key: string, value: JsonValue | undefined): boolean {
  switch (key) {
    case "session_id":
    case "model":
    case "workspace_root":
      return typeof value === "string";
    case "updated_at_ms":
    case "created_at_ms":
    case "version":
      return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
    case "fork":
      return isObject(value) && typeof value.parent_session_id === "string" &&
        (value.branch_name === undefined || typeof value.branch_name === "string");
    default:
      return true;
  }
}

/** Gives the messages of a row in full. */
export function readMessages(row: JsonObject): readonly Message[] {
  if (isOneValue(row)) {
    return listItems(row, "messages").flatMap((message) => tryReadMessage(message) ?? []);
  }
  return row.type === "message" ? [readMessage(row.message)] : [];
}

/** Tells whether a row is a whole session of the first weeks. */
export function isOneValue({ type, messages, version }: JsonObject): boolean {
  return type === undefined && isArray(messages) && typeof version === "number";
}

/** The objects of a member that is an array; none when it is missing. */
export function listItems(object: JsonObject, key: string): readonly JsonObject[] {
  const items = object[key];
  return isArray(items) ? items.filter(isObject) : [];
}

function readOneValue(row: JsonObject): readonly Fact[] {
  const compaction = isObject(row.compaction) ? [toCompaction(row.compaction)] : [];
  const history = listItems(row, "prompt_history").map((): Fact => ({
    kind: "note",
    what: "a prompt in the history",
    sort: "prompt_history",
  }));
  const messages = listItems(row, "messages").flatMap((raw): readonly Fact[] => {
    const message = tryReadMessage(raw);
    return message === undefined
      ? [{ kind: "unknown", type: "message" }]
      : toMessageFacts(message, MARKS);
  });
  return [{ kind: "head", head: readHead(row) }, ...compaction, ...history, ...messages];
}

function readHead(row: JsonObject): SessionHead {
  const text = (value: JsonValue | undefined) => typeof value === "string" ? value : "";
  const fork = isObject(row.fork) ? row.fork : {};
  const id = text(row.session_id);
  return {
    id,
    cwd: text(row.workspace_root),
    model: text(row.model),
    provider: "",
    started: formatMs(row.created_at_ms ?? Number(/^session-(\d+)-/.exec(id)?.[1])),
    updated: formatMs(row.updated_at_ms),
    title: text(fork.branch_name),
    parent: text(fork.parent_session_id),
    // claw does not say how many messages a fork shares with its parent.
    forkPoint: undefined,
    isHidden: false,
    origin: "",
    variant: "",
    holds: "last",
    hasContent: false,
  };
}

function formatMs(value: JsonValue | undefined): string {
  return typeof value === "number" && Number.isSafeInteger(value) ? formatUtc(value) : "";
}

function toCompaction({ count, removed_message_count: removed, summary }: JsonObject): Fact {
  const isSound = typeof count === "number" && typeof removed === "number" &&
    typeof summary === "string";
  if (!isSound) throw new RowShapeError("a compaction that lacks a count or its summary");
  return { kind: "note", what: `compaction: ${removed} messages removed`, sort: "compaction" };
}

/** A message among many, of which one that cannot be read must not cost the others. */
function tryReadMessage(raw: JsonObject): Message | undefined {
  try {
    return readMessage(raw);
  } catch (error) {
    if (error instanceof RowShapeError) return undefined;
    throw error;
  }
}

function readMessage(raw: JsonValue | undefined): Message {
  if (!isObject(raw)) throw new RowShapeError("a message that is no object");
  const role = findRole(raw.role);
  if (role === undefined) throw new RowShapeError("the message has a role that is not known");
  if (!isArray(raw.blocks)) throw new RowShapeError(`"blocks" is no array`);
  const blocks = raw.blocks.map(readBlock);
  const [first] = blocks;
  const usage = raw.usage === undefined ? undefined : readUsage(raw.usage);
  return {
    role,
    time: undefined,
    blocks,
    isSummary: role === "system" && first?.type === "text" &&
      first.text.startsWith(SUMMARY_START),
    ...(usage === undefined ? {} : { usage }),
  };
}

function readUsage(raw: JsonValue): Usage {
  if (!isObject(raw)) throw new RowShapeError(`"usage" is no object`);
  return Object.fromEntries(
    Object.entries(USAGE_KEYS).map(([theirs, ours]) => {
      const count = raw[theirs];
      const isCount = typeof count === "number" && Number.isInteger(count) && count >= 0 &&
        count < 2 ** 32;
      if (!isCount) throw new RowShapeError(`"${theirs}" is no count`);
      return [ours, count];
    }),
  );
}

function readBlock(raw: JsonValue): Block {
  if (!isObject(raw)) throw new RowShapeError("a block that is no object");
  switch (raw.type) {
    case "text":
      return { type: "text", text: string(raw, "text") };
    case "thinking": {
      const signature = raw.signature === undefined ? {} : { signature: string(raw, "signature") };
      return { type: "reasoning", text: string(raw, "thinking"), isEncrypted: false, ...signature };
    }
    case "tool_use":
      return toCallBlock({
        callId: string(raw, "id"),
        name: string(raw, "name"),
        text: string(raw, "input"),
      });
    case "tool_result": {
      if (typeof raw.is_error !== "boolean") throw new RowShapeError(`"is_error" is no boolean`);
      return {
        type: "result",
        callId: string(raw, "tool_use_id"),
        name: string(raw, "tool_name"),
        isError: raw.is_error,
        blocks: [{ type: "text", text: string(raw, "output") }],
      };
    }
    default:
      throw new RowShapeError("a block of an unknown type");
  }
}

function string(object: JsonObject, key: string): string {
  const value = object[key];
  if (typeof value !== "string") throw new RowShapeError(`"${key}" is no string`);
  return value;
}

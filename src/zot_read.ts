/**
 * zot's rows, read: what each type says, and the messages in it.
 *
 * Read as the newest zot reads (late 2026), which also reads all that older ones wrote: a compaction
 * row takes the place of every message before it, a block whose values have the wrong types is
 * dropped, a message that is left without blocks is dropped on resume. Field names match in any
 * letter case, as Go's decoder has it.
 */

import { findField, readInteger, readNumber, readObject, readString } from "./go_fields.ts";
import { isArray, isObject, RowShapeError } from "./json_row.ts";
import { toMessageHead } from "./messages.ts";
import { splitShortened } from "./shorten.ts";
import { readSkeinNote } from "./skein_note.ts";
import { parseRfc3339 } from "./time.ts";
import {
  type Block,
  type Fact,
  type JsonObject,
  type JsonValue,
  type Message,
  type MessageHead,
  type Role,
  type Usage,
} from "./transcript.ts";

/** The heading of a summary, for rows of builds that lose the mark in `meta`. */
const SUMMARY_HEADING = "## Context Summary (compacted)\n\n";

const USAGE_KEYS = [
  "input_tokens",
  "output_tokens",
  "reasoning_tokens",
  "cache_read_tokens",
  "cache_write_tokens",
] as const;

/** Says what a row means. */
export function readFacts(row: JsonObject): readonly Fact[] {
  const type = readString(row, "type");
  switch (type) {
    case "meta":
      return [readHead(readObject(row, "meta"))];
    case "message":
      return [{ kind: "message", message: toHead(readObject(row, "message")) }];
    case "compaction":
      return [{ kind: "restart", messages: listMessages(row).map(toHead) }];
    case "usage":
      return [readUsage(readObject(row, "cumulative"))];
    case "rename":
      return [{ kind: "title", title: readString(row, "title") }];
    default:
      return [{ kind: "unknown", type }];
  }
}

function readHead(meta: JsonObject): Fact {
  return {
    kind: "head",
    head: {
      id: readString(meta, "id"),
      cwd: readString(meta, "cwd"),
      model: readString(meta, "model"),
      provider: readString(meta, "provider"),
      started: readString(meta, "started"),
      title: readString(meta, "title"),
      parent: readString(meta, "parent"),
      forkPoint: readInteger(meta, "fork_point") ?? 0,
      isHidden: findField(meta, "hide_from_sessions") === true,
      origin: readSkeinNote(findField(meta, "skein")).origin,
      updated: "",
      variant: "",
      holds: "merge",
      hasContent: false,
    },
  };
}

/** The cumulative counts: the other object repeats them in some modes and not in others. */
function readUsage(cumulative: JsonObject): Fact {
  const usage: { -readonly [Key in keyof Usage]: number } = {};
  for (const key of USAGE_KEYS) {
    const count = readInteger(cumulative, key);
    if (count !== undefined) usage[key] = count;
  }
  return { kind: "usage", usage, costUsd: readNumber(cumulative, "cost_usd") };
}

/** Tells a row with a picture of its own: one that is no base64 zot drops. */
export function variesWithinShape(row: JsonObject): boolean {
  return listMessages(row).some((message) => {
    const content = findField(message, "content");
    return isArray(content) &&
      content.some((block) => isObject(block) && Boolean(findField(block, "mime_type")));
  });
}

/** Gives the messages of a row in full. */
export function readMessages(row: JsonObject): readonly Message[] {
  return listMessages(row).map(readMessage);
}

function listMessages(row: JsonObject): readonly JsonObject[] {
  const single = findField(row, "message");
  if (isObject(single)) return [single];
  const many = findField(row, "messages") ?? [];
  if (!isArray(many)) throw new RowShapeError(`"messages" is no array`);
  return many.filter(isObject);
}

function toHead(raw: JsonObject): MessageHead {
  const message = readMessage(raw);
  return toMessageHead(message, {
    isTyped: !isInjected(raw),
    isKept: message.blocks.length > 0,
  });
}

/**
 * zot keeps the output of a `!command` as a user message, marked by keys of its `meta`; so does skein
 * with what was another agent's system message.
 */
function isInjected(raw: JsonObject): boolean {
  const meta = findField(raw, "meta");
  return isObject(meta) &&
    Object.keys(meta).some((key) => /shell|command|exec|swarm|skein/i.test(key));
}

function readMessage(raw: JsonObject): Message {
  const content = findField(raw, "content") ?? [];
  if (!isArray(content)) throw new RowShapeError(`"content" is no array`);
  const blocks = content.flatMap((block) => readBlock(block) ?? []);
  const meta = findField(raw, "meta");
  const first = blocks[0];
  return {
    role: readRole(raw),
    time: readTime(raw),
    blocks,
    isSummary: (isObject(meta) && meta.compaction === "true") ||
      (first?.type === "text" && first.text.startsWith(SUMMARY_HEADING)),
    otherFields: ["meta", "added_tool_names"].filter((key) => findField(raw, key)).length,
  };
}

function readRole(raw: JsonObject): Role {
  const role = readString(raw, "role");
  switch (role) {
    case "user":
    case "assistant":
    case "tool":
    case "system":
      return role;
    default:
      throw new RowShapeError("the message has a role that is not known");
  }
}

function readTime(raw: JsonObject): string | undefined {
  const time = findField(raw, "time");
  if (time === undefined || time === null) return undefined;
  if (typeof time !== "string" || parseRfc3339(time) === undefined) {
    throw new RowShapeError(`"time" is no RFC 3339 time`);
  }
  return time.startsWith("0001-01-01T00:00:00") ? undefined : time;
}

/** Blocks carry no type: the keys that are set tell, in the order in which zot asks for them. */
function readBlock(raw: JsonValue): Block | undefined {
  if (!isObject(raw)) return undefined;
  const [reasoningId, summary, encrypted, id, name, callId, mimeType, text] = [
    "reasoning_id",
    "summary",
    "encrypted_content",
    "id",
    "name",
    "call_id",
    "mime_type",
    "text",
  ].map((key) => {
    const value = findField(raw, key) ?? "";
    return typeof value === "string" ? value : undefined;
  });
  const parts = [reasoningId, summary, encrypted, id, name, callId, mimeType, text];
  if (parts.includes(undefined)) return undefined;
  if (reasoningId || summary || encrypted) {
    return { type: "reasoning", text: summary ?? "", isEncrypted: Boolean(encrypted) };
  }
  if (name && id) {
    return { type: "call", callId: id, name, input: findField(raw, "arguments") ?? null };
  }
  if (callId) return readResult(raw, callId);
  if (mimeType) return readImage(raw, mimeType);
  return { type: "text", text: text ?? "" };
}

function readResult(raw: JsonObject, callId: string): Block | undefined {
  const content = findField(raw, "content") ?? [];
  const isError = findField(raw, "is_error") ?? false;
  if (!isArray(content) || typeof isError !== "boolean") return undefined;
  const blocks = content.flatMap((part) => {
    const block = readBlock(part);
    return block?.type === "text" || block?.type === "image" ? [block] : [];
  });
  return { type: "result", callId, isError, blocks };
}

function readImage(raw: JsonObject, mimeType: string): Block | undefined {
  const data = findField(raw, "data") ?? "";
  if (typeof data !== "string") return undefined;
  const { kept, droppedBytes } = splitShortened(data);
  const base64 = kept.replace(/[\r\n]+/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined;
  const length = base64.length + droppedBytes;
  if (length % 4 !== 0 && droppedBytes === 0) return undefined;
  const padding = droppedBytes === 0 ? base64.length - base64.replace(/=+$/, "").length : 0;
  const sizeBytes = Math.floor(length * 3 / 4) - padding;
  return { type: "image", mimeType, sizeBytes, ...(droppedBytes === 0 ? { data: base64 } : {}) };
}

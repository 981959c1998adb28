/**
 * zot: one JSON object a row, told apart by `type`: meta, message, usage, rename, compaction.
 *
 * Read as the newest zot reads (late 2026), which also reads all that older ones wrote: the last
 * meta row holds for model and provider, a compaction row takes the place of every message before
 * it, a block whose values have the wrong types is dropped, a message that is left without blocks
 * is dropped on resume. Field names match in any letter case, as Go's decoder has it.
 */

import { basename, join } from "@std/path";
import { findHome, type Places } from "./environment.ts";
import type { Format } from "./format.ts";
import { findField, readNumber, readObject, readString } from "./go_fields.ts";
import { isArray, isObject, RowShapeError } from "./json_row.ts";
import { splitShortened } from "./shorten.ts";
import { parseRfc3339 } from "./time.ts";
import {
  type Block,
  type Fact,
  type JsonObject,
  type JsonValue,
  type Message,
  type MessageHead,
  type Role,
  TITLE_LENGTH,
  type Usage,
} from "./transcript.ts";

/** The format of zot's sessions and `.zotsession` exports. */
export const zot: Format = {
  agent: "zot",
  findRoots,
  findLiveFiles: (places) => {
    const path = places.env("ZOT_SESSION_FILE");
    return path === undefined ? [] : [path];
  },
  isMine,
  readFacts,
  readMessages: (row) => listMessages(row).map((message) => readMessage(message)),
  parseNameTime,
  findNameProblem,
};

/** The heading of a summary, for rows of builds that lose the mark in `meta`. */
const SUMMARY_HEADING = "## Context Summary (compacted)\n\n";

const USAGE_KEYS = [
  "input_tokens",
  "output_tokens",
  "reasoning_tokens",
  "cache_read_tokens",
  "cache_write_tokens",
] as const;

/**
 * Every folder that some version of zot keeps sessions in: zot changed the order of its rules in
 * July 2026, so where two of them apply, both folders may hold sessions.
 */
function findRoots(places: Places): readonly string[] {
  const set = places.env("ZOT_HOME");
  const bases = set === undefined ? findDefaultBases(places) : [set];
  return bases.flatMap((base) => [join(base, "sessions"), join(base, "swarm", "agents")]);
}

function findDefaultBases(places: Places): readonly string[] {
  const bases: string[] = [];
  const state = places.env("XDG_STATE_HOME");
  if (state !== undefined) bases.push(join(state, "zot"));
  const home = findHome(places);
  if (places.os === "darwin" && home !== undefined) {
    bases.push(join(home, "Library", "Application Support", "zot"));
  } else if (places.os === "windows" && places.env("LOCALAPPDATA") !== undefined) {
    bases.push(join(places.env("LOCALAPPDATA") ?? "", "zot"));
  } else if (home !== undefined) {
    bases.push(join(home, ".local", "state", "zot"));
  }
  return bases.length > 0 ? bases : [".zot"];
}

/** A meta row tells zot; in a file that lost it, zot's own message and usage rows do. */
function isMine([first]: readonly JsonObject[]): boolean {
  if (first === undefined) return false;
  switch (first.type) {
    case "meta":
      return isObject(first.meta) && typeof first.meta.id === "string";
    case "message":
      return isObject(first.message) && "role" in first.message && "content" in first.message;
    case "usage":
      return isObject(first.cumulative);
    case "compaction":
      return isArray(first.messages);
    case "rename":
      return typeof first.title === "string";
    default:
      return false;
  }
}

function readFacts(row: JsonObject): readonly Fact[] {
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
      forkPoint: readNumber(meta, "fork_point") ?? 0,
      isHidden: findField(meta, "hide_from_sessions") === true,
    },
  };
}

/** The cumulative counts: the other object repeats them in some modes and not in others. */
function readUsage(cumulative: JsonObject): Fact {
  const usage: { -readonly [Key in keyof Usage]: number } = {};
  for (const key of USAGE_KEYS) {
    const count = readNumber(cumulative, key);
    if (count !== undefined) usage[key] = count;
  }
  return { kind: "usage", usage, costUsd: readNumber(cumulative, "cost_usd") };
}

function listMessages(row: JsonObject): readonly JsonObject[] {
  const single = findField(row, "message");
  if (isObject(single)) return [single];
  const many = findField(row, "messages") ?? [];
  if (!isArray(many)) throw new RowShapeError(`"messages" is no array`);
  return many.filter(isObject);
}

function toHead(raw: JsonObject): MessageHead {
  const { role, time, blocks, isSummary } = readMessage(raw);
  const typed = role === "user" && !isSummary && !isInjected(raw)
    ? blocks.find((block) => block.type === "text" && block.text.trim() !== "")
    : undefined;
  return {
    role,
    time,
    prompt: typed?.type === "text" ? toTitle(typed.text) : undefined,
    hasImage: blocks.some((block) => block.type === "image"),
    isKept: blocks.length > 0,
  };
}

function toTitle(text: string): string {
  // A prompt may be megabytes of pasted log: no more is looked at than a title can need.
  return text.trimStart().slice(0, TITLE_LENGTH * 2).replace(/\s+/g, " ").trim()
    .slice(0, TITLE_LENGTH);
}

/** zot keeps the output of a `!command` as a user message, marked by keys of its `meta`. */
function isInjected(raw: JsonObject): boolean {
  const meta = findField(raw, "meta");
  return isObject(meta) && Object.keys(meta).some((key) => /shell|command|exec|swarm/i.test(key));
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
  return { type: "image", mimeType, sizeBytes: Math.floor(length * 3 / 4) - padding };
}

function parseNameTime(fileName: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(fileName);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  return parseRfc3339(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Since May 2026 a new session's name carries other digits than its id, so this is no damage. */
function findNameProblem(fileName: string, id: string): string | undefined {
  const match = /^\d{8}-\d{6}-([0-9a-f]{8})\b/.exec(basename(fileName));
  if (match === null || id.startsWith(match[1] ?? "")) return undefined;
  return "the file's name carries other digits than the session's id";
}

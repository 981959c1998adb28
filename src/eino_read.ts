/**
 * eino's rows, read: a header, and messages of one of two kinds in the words of its Go library.
 *
 * Read as the chat server at its newest (July 2026) reads, which also reads what older ones wrote;
 * field names match in any letter case. `schema.Message` is read here, `eino_agentic.ts` knows
 * `AgenticMessage`. A file of the assistant example has messages only, and no header.
 */

import { toAttached, toFileBlock } from "./attachments.ts";
import { countUnreadBlocks, readAgenticBlocks, readReasoning } from "./eino_agentic.ts";
import { findField, readInteger, readString } from "./go_fields.ts";
import { isArray, isObject, RowShapeError } from "./json_row.ts";
import { toCallBlock } from "./json_text.ts";
import { findRole, toMessageFacts } from "./messages.ts";
import { readSkeinNote } from "./skein_note.ts";
import { parseRfc3339 } from "./time.ts";
import type {
  Block,
  Fact,
  JsonObject,
  JsonValue,
  Message,
  SessionHead,
  Usage,
} from "./transcript.ts";

/** Says what a row means. */
export function readFacts(row: JsonObject): readonly Fact[] {
  if (isHeader(row)) return [{ kind: "head", head: readHead(row) }];
  const said = toMessageFacts(readMessage(row), { isTyped: true, isKept: true });
  return [...readLineage(row), ...said];
}

/** Gives the messages of a row in full. */
export function readMessages(row: JsonObject): readonly Message[] {
  return isHeader(row) ? [] : [readMessage(row)];
}

/** Tells a header from a message. */
export function isHeader(row: JsonObject): boolean {
  return findField(row, "type") === "session" && findField(row, "role") === undefined;
}

function readHead(row: JsonObject): SessionHead {
  const note = readSkeinNote(findField(row, "skein"));
  const started = readString(row, "created_at");
  if (started !== "" && parseRfc3339(started) === undefined) {
    throw new RowShapeError(`"created_at" is no RFC 3339 time`);
  }
  return {
    id: readString(row, "id"),
    cwd: note.cwd,
    model: note.model,
    provider: note.provider,
    started,
    updated: "",
    title: note.title,
    parent: note.parent,
    forkPoint: note.forkPoint,
    isHidden: false,
    origin: note.origin,
    variant: readString(row, "message_kind") || "message",
    holds: "first",
    hasContent: false,
  };
}

/** Where a file without header says what it branched from: beside its first message. */
function readLineage(row: JsonObject): readonly Fact[] {
  const extra = findField(row, "extra");
  if (!isObject(extra) || !isObject(extra.skein)) return [];
  const head = readHead({ skein: extra.skein, message_kind: "memory" });
  return head.parent === "" ? [] : [{ kind: "head", head }];
}

function readMessage(row: JsonObject): Message {
  // What is not used here still has to be of its type, or eino skips the row.
  readString(row, "name");
  for (const key of ["extra", "response_meta"]) {
    if (!isObject(findField(row, key) ?? {})) throw new RowShapeError(`"${key}" is no object`);
  }
  const rawRole = readString(row, "role");
  const agentic = findField(row, "content_blocks");
  const blocks = isArray(agentic) ? readAgenticBlocks(agentic) : readBlocks(row, rawRole);
  // The agentic kind has no role for tools: their results are the user's.
  const isAnswer = blocks.length > 0 && blocks.every(({ type }) => type === "result");
  const usage = readUsage(row);
  return {
    role: isAnswer ? "tool" : findRole(rawRole) ?? "system",
    time: undefined,
    blocks,
    isSummary: false,
    otherFields: countOthers(row) + (isArray(agentic) ? countUnreadBlocks(agentic) : 0),
    ...(usage === undefined ? {} : { usage }),
  };
}

/** What `schema.Message` holds: reasoning, text or parts, then calls; or one result. */
function readBlocks(row: JsonObject, role: string): readonly Block[] {
  const text = readString(row, "content");
  const parts = ["multi_content", "user_input_multi_content", "assistant_output_multi_content"]
    .flatMap((key) => readList(row, key)).flatMap(readPart);
  const said: readonly Block[] = [
    ...(text === "" ? [] : [{ type: "text", text } as const]),
    ...parts,
  ];
  if (role === "tool") {
    const callId = readString(row, "tool_call_id");
    const name = readString(row, "tool_name");
    return [{ type: "result", callId, name, isError: false, blocks: said }];
  }
  const reasoning = readString(row, "reasoning_content");
  return [
    ...(reasoning === ""
      ? []
      : [{ type: "reasoning", text: reasoning, isEncrypted: false } as const]),
    ...said,
    ...readList(row, "tool_calls").map(readCall),
  ];
}

function readCall(raw: JsonObject): Block {
  readInteger(raw, "index");
  const call = findField(raw, "function") ?? {};
  if (!isObject(call)) throw new RowShapeError(`"function" is no object`);
  return toCallBlock({
    callId: readString(raw, "id"),
    name: readString(call, "name"),
    text: readString(call, "arguments"),
  });
}

/** What a part may hold, under a key of its own: the names of the older kind, then of the newer. */
const PAYLOADS = [
  "image_url",
  "audio_url",
  "video_url",
  "file_url",
  "image",
  "audio",
  "video",
  "file",
  "reasoning",
];

/** A part of a message: which key is there tells what it is, whatever its type says. */
function readPart(raw: JsonObject): readonly Block[] {
  const key = PAYLOADS.find((name) => findField(raw, name));
  if (key === undefined) {
    const text = readString(raw, "text");
    return text === "" && raw.type !== "text" ? [] : [{ type: "text", text }];
  }
  const body = findField(raw, key);
  if (!isObject(body)) throw new RowShapeError(`"${key}" is no object`);
  if (key === "reasoning") return [readReasoning(body)];
  const attached = toAttached({
    url: readString(body, "url") || readString(body, "uri"),
    mimeType: readString(body, "mime_type"),
    base64: readString(body, "base64data"),
  });
  return [toFileBlock(key.replace("_url", ""), { ...attached, name: readString(body, "name") })];
}

function readUsage(row: JsonObject): Usage | undefined {
  const meta = findField(row, "response_meta");
  const usage = isObject(meta) ? findField(meta, "usage") : undefined;
  if (!isObject(usage)) return undefined;
  const prompt = readInteger(usage, "prompt_tokens") ?? 0;
  const cached = readDetail(usage, "prompt_token_details", "cached_tokens");
  const reasoning = readDetail(usage, "completion_token_details", "reasoning_tokens");
  return {
    input_tokens: Math.max(0, prompt - (cached ?? 0)),
    output_tokens: readInteger(usage, "completion_tokens") ?? 0,
    ...(reasoning === undefined ? {} : { reasoning_tokens: reasoning }),
    ...(cached === undefined ? {} : { cache_read_tokens: cached }),
  };
}

function readDetail(usage: JsonObject, group: string, key: string): number | undefined {
  const details = findField(usage, group);
  return isObject(details) ? readInteger(details, key) : undefined;
}

function countOthers(row: JsonObject): number {
  const meta = findField(row, "response_meta");
  const ofMeta = isObject(meta)
    ? ["finish_reason", "logprobs"].filter((key) => findField(meta, key)).length
    : 0;
  return ["name", "extra"].filter((key) => findField(row, key)).length + ofMeta;
}

function readList(row: JsonObject, key: string): readonly JsonObject[] {
  const list: JsonValue = findField(row, key) ?? [];
  if (!isArray(list)) throw new RowShapeError(`"${key}" is no list`);
  return list.map((item) => {
    if (isObject(item)) return item;
    if (item === null) return {};
    throw new RowShapeError(`"${key}" holds what is no object`);
  });
}

/**
 * nanobot's rows, read: metadata, a private state of the provider, and messages in OpenAI's words.
 *
 * Read as nanobot reads at its newest (August 2026), which also reads all earlier eras: metadata may
 * stand anywhere and the last holds; whatever has no type that it knows is a message. What older
 * builds put away as a summary is not in the file, so every message in it is history.
 */

import { toAttached, toFileBlock } from "./attachments.ts";
import { isArray, isObject } from "./json_row.ts";
import { toCallBlock } from "./json_text.ts";
import { findRole, toMessageFacts } from "./messages.ts";
import { readSkeinNote } from "./skein_note.ts";
import type { Block, Fact, JsonObject, JsonValue, Message, SessionHead } from "./transcript.ts";

/** Marks of rows in the user's name that no human typed. */
const INJECTED = [
  "_command",
  "_hidden_history",
  "_automation_turn",
  "_cron_turn",
  "_channel_delivery",
  "_session_message",
  "injected_event",
  "subagent_task_id",
];

/** Metadata that every session gets by itself. */
const IDLE_METADATA = [
  "skein",
  "webui",
  "last_channel",
  "session_handle",
  "workspace_scope",
  "_last_usage",
];

/** Keys of a message that the vocabulary has words for. */
const KNOWN_KEYS = [
  "role",
  "content",
  "timestamp",
  "tool_calls",
  "tool_call_id",
  "name",
  "reasoning_content",
  "thinking_blocks",
  "media",
];

/** Says what a row means. */
export function readFacts(row: JsonObject): readonly Fact[] {
  switch (row._type) {
    case "metadata":
      return [{ kind: "head", head: readHead(row) }];
    case "provider_state":
      return [{ kind: "note", what: "private state of the provider", sort: "private" }];
    default: {
      const isTyped = !INJECTED.some((key) => row[key]);
      return toMessageFacts(readMessage(row), { isTyped, isKept: true });
    }
  }
}

/** Gives the messages of a row in full. */
export function readMessages(row: JsonObject): readonly Message[] {
  return isMessage(row) ? [readMessage(row)] : [];
}

/** Tells a damaged row that may hold the provider's state. */
export function isPrivate(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes).includes("provider_state");
}

/** Tells a message from the rows that are none. */
export function isMessage({ _type }: JsonObject): boolean {
  return _type !== "metadata" && _type !== "provider_state";
}

function readHead(row: JsonObject): SessionHead {
  const metadata = isObject(row.metadata) ? row.metadata : {};
  const id = text(row, "key");
  const note = readSkeinNote(metadata.skein);
  // nanobot copies metadata when it forks: what was noted of one session does not hold for another.
  const isOwn = note.about === id;
  return {
    id,
    cwd: isOwn ? note.cwd : "",
    model: text(metadata, "_nanobot_model_preset") || (isOwn ? note.model : ""),
    provider: isOwn ? note.provider : "",
    started: text(row, "created_at"),
    updated: text(row, "updated_at"),
    title: text(metadata, "title"),
    parent: isOwn ? note.parent : "",
    forkPoint: note.forkPoint,
    isHidden: false,
    origin: isOwn ? note.origin : "",
    variant: "",
    holds: "last",
    hasContent: Object.keys(metadata).some((key) => !IDLE_METADATA.includes(key)),
  };
}

function readMessage(row: JsonObject): Message {
  const time = text(row, "timestamp");
  const blocks = readBlocks(row);
  return {
    role: findRole(row.role) ?? "system",
    time: time === "" ? undefined : time,
    blocks,
    isSummary: false,
    otherFields: Object.keys(row).filter((key) => !KNOWN_KEYS.includes(key)).length +
      (typeof row.timestamp === "string" || row.timestamp === undefined ? 0 : 1) +
      countUnreadParts(row.content),
  };
}

function readBlocks(row: JsonObject): readonly Block[] {
  const said = readContent(row.content);
  if (row.role === "tool") {
    const [callId, name] = [text(row, "tool_call_id"), text(row, "name")];
    return [{ type: "result", callId, name, isError: false, blocks: said }];
  }
  const media = list(row, "media").filter((path) => typeof path === "string")
    .map((path): Block => ({ type: "file", name: path, mimeType: "", url: path }));
  return [...readReasoning(row), ...said, ...media, ...list(row, "tool_calls").flatMap(readCall)];
}

/** The provider's blocks, which are signed; the plain text where there are none. */
function readReasoning(row: JsonObject): readonly Block[] {
  const signed = list(row, "thinking_blocks").filter(isObject).map((block): Block => {
    const signature = text(block, "signature");
    return {
      type: "reasoning",
      text: text(block, "thinking"),
      isEncrypted: block.type === "redacted_thinking",
      ...(signature === "" ? {} : { signature }),
    };
  });
  const plain = text(row, "reasoning_content");
  if (signed.length > 0 || plain === "") return signed;
  return [{ type: "reasoning", text: plain, isEncrypted: false }];
}

function readContent(content: JsonValue | undefined): readonly Block[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content }];
  if (!isArray(content)) return [];
  return content.filter(isObject).flatMap((part): readonly Block[] => {
    if (part.type === "text") return [{ type: "text", text: text(part, "text") }];
    const type = text(part, "type");
    const body = part[type];
    const kind = /^(image|audio|video|file)_url$/.exec(type)?.[1];
    if (kind === undefined || !isObject(body)) return [];
    const url = text(body, "url");
    return [toFileBlock(kind, toAttached({ url, mimeType: "", base64: "" }))];
  });
}

/** How many parts of a content the vocabulary has no word for. */
function countUnreadParts(content: JsonValue | undefined): number {
  if (!isArray(content)) return 0;
  return content.filter((part) => readContent([part]).length === 0).length;
}

function readCall(raw: JsonValue): readonly Block[] {
  const call = isObject(raw) ? raw.function : undefined;
  if (!isObject(raw) || !isObject(call)) return [];
  const [callId, name] = [text(raw, "id"), text(call, "name")];
  const { arguments: input = null } = call;
  if (typeof input === "string") return [toCallBlock({ callId, name, text: input })];
  return [{ type: "call", callId, name, input }];
}

/** Python takes any value where another was expected, so nothing here is an error. */
function text(object: JsonObject, key: string): string {
  const value = object[key];
  return typeof value === "string" ? value : "";
}

function list(object: JsonObject, key: string): readonly JsonValue[] {
  const value = object[key];
  return isArray(value) ? value : [];
}

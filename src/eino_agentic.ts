/**
 * The blocks of eino's `AgenticMessage`: a type, and one object under a key of the same name.
 *
 * Tools that the provider or an MCP server ran are calls and results like any other; what asks for
 * or gives leave to run one is no part of the talk.
 */

import { toAttached, toFileBlock } from "./attachments.ts";
import { findField, readString } from "./go_fields.ts";
import { isArray, isObject } from "./json_row.ts";
import { toCallBlock } from "./json_text.ts";
import type { Block, JsonObject, JsonValue } from "./transcript.ts";

/** How many blocks hold nothing that the vocabulary has a word for. */
export function countUnreadBlocks(raw: readonly JsonValue[]): number {
  return raw.filter((block) => readAgenticBlocks([block]).length === 0).length;
}

/** The blocks that say something; what is no object is left out, as Go's zero. */
export function readAgenticBlocks(raw: readonly JsonValue[]): readonly Block[] {
  return raw.filter(isObject).flatMap((block) => {
    const type = readString(block, "type");
    const body = findField(block, type);
    return isObject(body) ? readBlock(type, body) : readSearch(type, block);
  });
}

/** A piece of reasoning, which both kinds of message hold alike. */
export function readReasoning(body: JsonObject): Block {
  const signature = readString(body, "signature");
  return {
    type: "reasoning",
    text: readString(body, "text"),
    isEncrypted: false,
    ...(signature === "" ? {} : { signature }),
  };
}

function readBlock(type: string, body: JsonObject): readonly Block[] {
  const attachment = /^(?:user_input|assistant_gen)_(image|audio|video|file)$/.exec(type)?.[1];
  if (attachment !== undefined) return [toAttachment(attachment, body)];
  switch (type) {
    case "user_input_text":
    case "assistant_gen_text":
      return [{ type: "text", text: readString(body, "text") }];
    case "reasoning":
      return [readReasoning(body)];
    case "function_tool_call":
    case "mcp_tool_call":
      return [toCallBlock({
        callId: readString(body, "call_id"),
        name: readString(body, "name"),
        text: readString(body, "arguments"),
      })];
    case "server_tool_call":
      return [toCall(body, findField(body, "arguments") ?? null)];
    case "function_tool_result":
      return [toResult(body, readParts(findField(body, "content")))];
    case "server_tool_result":
      return [toResult(body, toTexts(findField(body, "content")))];
    case "mcp_tool_result": {
      const error = findField(body, "error") ?? null;
      const texts = toTexts(findField(body, "content") ?? error);
      return [{ ...toResult(body, texts), isError: error !== null }];
    }
    default:
      return [];
  }
}

/** The one block whose object has another name than its type. */
function readSearch(type: string, block: JsonObject): readonly Block[] {
  const body = findField(block, "tool_search_function_tool_result");
  if (type !== "tool_search_result" || !isObject(body)) return [];
  return [toResult(body, toTexts(findField(body, "result")))];
}

function toCall(body: JsonObject, input: JsonValue): Block {
  return {
    type: "call",
    callId: readString(body, "call_id"),
    name: readString(body, "name"),
    input,
  };
}

function toResult(body: JsonObject, blocks: readonly Block[]): Block & { type: "result" } {
  const callId = readString(body, "call_id");
  return { type: "result", callId, name: readString(body, "name"), isError: false, blocks };
}

function readParts(content: JsonValue | undefined): readonly Block[] {
  if (!isArray(content)) return toTexts(content);
  return content.filter(isObject).flatMap((part): readonly Block[] => {
    const type = readString(part, "type");
    const body = findField(part, type);
    if (!isObject(body)) return [];
    if (type === "text") return [{ type, text: readString(body, "text") }];
    return [toAttachment(type, body)];
  });
}

function toAttachment(kind: string, body: JsonObject): Block {
  const attached = toAttached({
    url: readString(body, "url"),
    mimeType: readString(body, "mime_type"),
    base64: readString(body, "base64_data"),
  });
  return toFileBlock(kind, { ...attached, name: readString(body, "name") });
}

function toTexts(value: JsonValue | undefined): readonly Block[] {
  if (value === undefined || value === null) return [];
  return [{ type: "text", text: typeof value === "string" ? value : JSON.stringify(value) }];
}

/**
 * Messages in the two kinds of eino: `schema.Message`, whose text is a field and anything more a
 * list of parts, and `AgenticMessage`, which is a list of blocks.
 */

import { formatJsonText } from "./json_text.ts";
import type { Losses } from "./losses.ts";
import type { Attached, Block, JsonObject, Message, Usage } from "./transcript.ts";

/** A block of one type. */
type Of<Type extends Block["type"]> = Block & { readonly type: Type };

/** A message as `schema.Message`: one row, and one more for each result. */
export function spellPlain(message: Message, losses: Losses): readonly JsonObject[] {
  const { role, blocks, usage } = message;
  const results = blocks.filter((block) => block.type === "result");
  const calls = blocks.filter((block) => block.type === "call");
  const said = blocks.filter(({ type }) => type !== "result" && type !== "call");
  const reasoning = findPlainReasoning(said);
  const isAssistant = role === "assistant";
  const parts = said.filter((block) => block !== reasoning).flatMap((block) => {
    if (block.type !== "reasoning" || isAssistant) return toPart(block, losses);
    // Only what the assistant says has parts of reasoning.
    losses.add("reasoning");
    return [];
  });
  const row: JsonObject = {
    role: role === "tool" ? "user" : role,
    ...(isAssistant
      ? placeParts(parts, "assistant_output_multi_content")
      : placeParts(parts, "user_input_multi_content")),
    ...(calls.length === 0 ? {} : { tool_calls: calls.map(toPlainCall) }),
    ...(usage === undefined ? {} : { response_meta: { usage: toPlainUsage(usage) } }),
    ...(reasoning === undefined ? {} : { reasoning_content: reasoning.text }),
  };
  const hasOwnRow = said.length > 0 || calls.length > 0 || results.length === 0;
  if (!hasOwnRow && usage !== undefined) losses.add("usage");
  return [...(hasOwnRow ? [row] : []), ...results.map((result) => toPlainResult(result, losses))];
}

/** A message as `AgenticMessage`: one row, in which results are the user's. */
export function spellAgentic(message: Message, losses: Losses): readonly JsonObject[] {
  const { role, blocks, usage } = message;
  if (usage !== undefined) losses.add("usage");
  const speaker = role === "assistant" ? "assistant_gen" : "user_input";
  const content_blocks = blocks.flatMap((block) => {
    const spelled = toAgenticBlock(block, speaker, losses);
    if (spelled === undefined) losses.add(block.type);
    if (block.type === "result" && block.isError) losses.add("error_mark");
    if (block.type === "reasoning" && block.isEncrypted) losses.add("signature");
    return spelled === undefined ? [] : [{ type: spelled.type, [spelled.type]: spelled.body }];
  });
  return [{ role: role === "tool" ? "user" : role, content_blocks }];
}

/** A piece of reasoning that has a field of its own: said first, alone, and without a signature. */
function findPlainReasoning(said: readonly Block[]): Of<"reasoning"> | undefined {
  const [first, ...others] = said;
  if (first?.type !== "reasoning" || first.isEncrypted || first.signature !== undefined) {
    return undefined;
  }
  return others.some(({ type }) => type === "reasoning") ? undefined : first;
}

/** One text is the content; anything more are parts, and then there is no other content. */
function placeParts(parts: readonly JsonObject[], key: string): JsonObject {
  const [only] = parts;
  if (parts.length === 0) return { content: "" };
  if (parts.length === 1 && only?.type === "text") return { content: only.text };
  return { content: "", [key]: parts };
}

function toPart(block: Block, losses: Losses): readonly JsonObject[] {
  switch (block.type) {
    case "text":
      return [{ type: "text", text: block.text }];
    case "reasoning": {
      if (block.isEncrypted) losses.add("signature");
      return [{ type: "reasoning", reasoning: toReasoning(block) }];
    }
    case "image":
    case "file": {
      const { type, name, body } = describeAttached(block, "base64data");
      if (body !== undefined) return [{ type: `${type}_url`, [type]: { ...body, ...name } }];
      losses.add(block.type);
      return [];
    }
    default:
      return [];
  }
}

function toReasoning({ text, signature }: Of<"reasoning">): JsonObject {
  return { ...(text === "" ? {} : { text }), ...(signature ? { signature } : {}) };
}

function toPlainCall(call: Of<"call">, index: number): JsonObject {
  return {
    index,
    id: call.callId,
    type: "function",
    function: { name: call.name, arguments: formatJsonText(call.input) },
  };
}

function toPlainResult(result: Of<"result">, losses: Losses): JsonObject {
  if (result.isError) losses.add("error_mark");
  const texts = result.blocks.flatMap((block) => {
    if (block.type === "text") return [block.text];
    losses.add(block.type);
    return [];
  });
  return {
    role: "tool",
    content: texts.join("\n"),
    tool_call_id: result.callId,
    ...(result.name ? { tool_name: result.name } : {}),
  };
}

function toPlainUsage(usage: Usage): JsonObject {
  const { input_tokens = 0, output_tokens = 0, reasoning_tokens } = usage;
  const cached = usage.cache_read_tokens ?? 0;
  const prompt = input_tokens + cached + (usage.cache_write_tokens ?? 0);
  return {
    prompt_tokens: prompt,
    prompt_token_details: { cached_tokens: cached },
    completion_tokens: output_tokens,
    total_tokens: prompt + output_tokens,
    completion_token_details: reasoning_tokens ? { reasoning_tokens } : {},
  };
}

interface AgenticBlock {
  readonly type: string;
  readonly body: JsonObject;
}

function toAgenticBlock(
  block: Block,
  speaker: string,
  losses: Losses,
): AgenticBlock | undefined {
  switch (block.type) {
    case "text":
      return { type: `${speaker}_text`, body: { text: block.text } };
    case "reasoning":
      return { type: "reasoning", body: toReasoning(block) };
    case "call": {
      const { callId: call_id, name, input } = block;
      return {
        type: "function_tool_call",
        body: { call_id, name, arguments: formatJsonText(input) },
      };
    }
    case "result": {
      const { callId: call_id, name = "", blocks } = block;
      return {
        type: "function_tool_result",
        body: { call_id, name, content: blocks.flatMap((inner) => toAgenticPart(inner, losses)) },
      };
    }
    case "image":
    case "file": {
      const { type, name, body } = describeAttached(block, "base64_data");
      const { mime_type, ...where } = body ?? {};
      return body && { type: `${speaker}_${type}`, body: { ...where, ...name, mime_type } };
    }
  }
}

function toAgenticPart(block: Block, losses: Losses): readonly JsonObject[] {
  if (block.type === "text") return [{ type: "text", text: { text: block.text } }];
  if (block.type !== "image" && block.type !== "file") return [];
  const { type, name, body } = describeAttached(block, "base64_data");
  if (body !== undefined) return [{ type, [type]: { ...body, ...name } }];
  losses.add(block.type);
  return [];
}

/** Which of eino's kinds an attachment is, and its object; none when its bytes are gone. */
function describeAttached(
  block: Of<"image" | "file">,
  dataKey: "base64data" | "base64_data",
): { readonly type: string; readonly name: JsonObject; readonly body: JsonObject | undefined } {
  const { data, url, mimeType }: Attached = block;
  const sort = /^(audio|video)\b/.exec(mimeType)?.[0] ?? "file";
  const type = block.type === "image" ? "image" : sort;
  const name = block.type === "file" && type === "file" && block.name ? { name: block.name } : {};
  const mime = mimeType === "" ? {} : { mime_type: mimeType };
  if (data !== undefined) return { type, name, body: { [dataKey]: data, ...mime } };
  return { type, name, body: url === undefined ? undefined : { url, ...mime } };
}

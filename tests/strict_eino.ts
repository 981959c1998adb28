/**
 * eino's own session store (seeds.md, 5.2 to 5.6), of the seed, v1 and HEAD. The first line has to
 * decode as a header, and what it says is hardly looked at; of the other lines those that do not
 * decode are skipped. The lines come from Go's scanner, which gives up at one above 65,535 bytes:
 * HEAD then refuses the file, while the older ones end the transcript there and say nothing.
 */

import { decodeGoText, splitLines } from "./strict_go_json.ts";
import {
  AGENTIC_MESSAGE,
  type EinoBlock,
  type EinoMessage,
  HEADER,
  MESSAGE,
} from "./strict_eino_types.ts";
import { unmarshal } from "./strict_go_types.ts";
import {
  LoadError,
  readImageUrl,
  type StrictMessage,
  type StrictPart,
  type StrictSession,
} from "./strict_message.ts";

/** The version whose loader is asked, and the kind of messages that it is set up for. */
export interface LoadEinoOptions {
  readonly era: "seed" | "v1" | "head";
  readonly kind: "message" | "agentic";
}

/** The longest line that Go's scanner takes, its line feed not counted. */
export const EINO_LINE_MAX = 65_535;

const WHITE_SPACE = /^\p{White_Space}+|\p{White_Space}+$/gu;
const NO_SESSION = { agent: "eino", title: undefined, parent: undefined, cwd: undefined } as const;

/**
 * Gives the session of a file of eino's store.
 *
 * @throws {LoadError} where line 1 is missing, too long or no header; at HEAD also for a header of
 * another kind and for a line that is too long
 */
export function loadEino(bytes: Uint8Array, { era, kind }: LoadEinoOptions): StrictSession {
  if (kind === "agentic" && era !== "head") throw new LoadError(`Cannot load agentic at ${era}`);
  const [first, ...lines] = splitLines(bytes);
  if (first === undefined || isTooLong(first)) throw new LoadError("Cannot load line 1");
  const header = unmarshal(dropCarriageReturn(first), HEADER);
  if (header === undefined) throw new LoadError("Cannot load line 1: no header");
  if (era === "head" && kind !== (header.message_kind || "message")) {
    throw new LoadError(`Cannot load kind ${header.message_kind || "message"} as ${kind}`);
  }
  const messages: StrictMessage[] = [];
  for (const line of lines) {
    if (isTooLong(line)) {
      if (era === "head") throw new LoadError("Cannot load a line above 65,535 bytes");
      break;
    }
    const text = decodeGoText(line).replaceAll(WHITE_SPACE, "");
    const message = kind === "message" ? readMessage(text) : readAgenticMessage(text);
    if (message !== undefined) messages.push(message);
  }
  return { ...NO_SESSION, id: header.id, created: header.created_at || undefined, messages };
}

/**
 * Gives the messages of a memory file of eino_assistant: kind message, without a header.
 *
 * @throws {LoadError} at a line that is too long or does not decode, as the facts name no repair
 */
export function loadEinoMemory(bytes: Uint8Array): StrictSession {
  const messages = splitLines(bytes).map((line, i) => {
    const message = isTooLong(line) ? undefined : readMessage(decodeGoText(line));
    if (message === undefined) throw new LoadError(`Cannot load line ${i + 1} of the memory`);
    return message;
  });
  return { ...NO_SESSION, id: undefined, created: undefined, messages };
}

function isTooLong(line: Uint8Array): boolean {
  return line.length > EINO_LINE_MAX;
}

/** Go's scanner takes one carriage return away; the rest is white space to JSON. */
function dropCarriageReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === 0x0d ? line.subarray(0, -1) : line;
}

function readMessage(line: string): StrictMessage | undefined {
  const message = unmarshal(line, MESSAGE);
  if (message === undefined) return undefined;
  const usage = message.response_meta?.usage;
  return {
    role: message.role,
    time: undefined,
    parts: message.role === "tool" ? [toResult(message)] : toParts(message),
    ...(usage && {
      usage: {
        prompt_tokens: usage.prompt_tokens,
        cached_tokens: usage.prompt_token_details.cached_tokens,
        completion_tokens: usage.completion_tokens,
        total_tokens: usage.total_tokens,
        reasoning_tokens: usage.completion_token_details.reasoning_tokens,
      },
    }),
  };
}

function toResult(message: EinoMessage): StrictPart {
  return {
    type: "result",
    callId: message.tool_call_id,
    name: message.tool_name,
    ...joinParts(toParts(message)),
  };
}

/** The thoughts first, then the text, the parts of all three spellings, and the calls. */
function toParts(message: EinoMessage): readonly StrictPart[] {
  return [
    ...(message.reasoning_content === "" ? [] : [reasoning(message.reasoning_content)]),
    ...(message.content === "" ? [] : [text(message.content)]),
    ...message.multi_content.flatMap((part) =>
      part.image_url === undefined ? toTexts(part) : toImages(part.image_url)
    ),
    ...message.user_input_multi_content.flatMap((part) =>
      part.image === undefined ? toTexts(part) : toImages(part.image)
    ),
    ...message.assistant_output_multi_content.flatMap((part) => {
      if (part.reasoning !== undefined) return [reasoning(part.reasoning.text)];
      return part.image === undefined ? toTexts(part) : toImages(part.image);
    }),
    ...message.tool_calls.map(({ id, function: { name, arguments: input } }) =>
      ({ type: "call", id, name, input }) as const
    ),
  ];
}

function readAgenticMessage(line: string): StrictMessage | undefined {
  const message = unmarshal(line, AGENTIC_MESSAGE);
  if (message === undefined) return undefined;
  const parts = message.content_blocks.flatMap((block) => block === undefined ? [] : toPart(block));
  return { role: message.role, time: undefined, parts };
}

/** Audio, video, files and approvals decode like the rest, but have no part of their own here. */
function toPart(block: EinoBlock): readonly StrictPart[] {
  switch (block.type) {
    case "user_input_text":
    case "assistant_gen_text":
      return block[block.type] === undefined ? [] : [text(block[block.type]?.text ?? "")];
    case "user_input_image":
    case "assistant_gen_image":
      return toImages(block[block.type]);
    case "reasoning":
      return block.reasoning === undefined ? [] : [reasoning(block.reasoning.text)];
    case "function_tool_call":
    case "server_tool_call":
    case "mcp_tool_call":
      return toCalls(block[block.type]);
    case "function_tool_result": {
      const { content = [], ...result } = block.function_tool_result ?? {};
      const parts = content.flatMap((part) => {
        if (part?.image !== undefined) return toImages(part.image);
        return part?.text === undefined ? [] : [text(part.text.text)];
      });
      return toResults(result, joinParts(parts));
    }
    case "tool_search_result": {
      const result = block.tool_search_function_tool_result;
      return toResults(result, { text: result?.result ?? "", images: 0 });
    }
    case "server_tool_result":
    case "mcp_tool_result":
      return toResults(block[block.type], { text: block[block.type]?.content ?? "", images: 0 });
    default:
      return [];
  }
}

function text(text: string): StrictPart {
  return { type: "text", text };
}

function reasoning(text: string): StrictPart {
  return { type: "reasoning", text };
}

function toTexts(part: { readonly type: string; readonly text: string }): readonly StrictPart[] {
  return part.type === "text" || part.text !== "" ? [text(part.text)] : [];
}

interface Media {
  readonly url: string | undefined;
  readonly base64data?: string | undefined;
  readonly base64_data?: string;
  readonly mime_type: string;
}

function toImages(media: Media | undefined): readonly StrictPart[] {
  if (media === undefined) return [];
  const data = media.base64data || media.base64_data;
  if (data) return [{ type: "image", mimeType: media.mime_type, data }];
  return [readImageUrl(media.url ?? "", media.mime_type)];
}

interface Named {
  readonly call_id?: string;
  readonly name?: string;
}

function toCalls(call: Named & { arguments: string } | undefined): readonly StrictPart[] {
  if (call === undefined) return [];
  return [{ type: "call", id: call.call_id ?? "", name: call.name ?? "", input: call.arguments }];
}

interface Output {
  readonly text: string;
  readonly images: number;
}

function toResults(result: Named | undefined, output: Output): readonly StrictPart[] {
  if (result?.name === undefined) return [];
  return [{ type: "result", callId: result.call_id ?? "", name: result.name, ...output }];
}

function joinParts(parts: readonly StrictPart[]): Output {
  const texts = parts.flatMap((part) => part.type === "text" ? [part.text] : []);
  return { text: texts.join("\n"), images: parts.filter(({ type }) => type === "image").length };
}

/**
 * What sessions say, in one form for all agents, so that what skein shows and what another agent
 * was given can be held against what a strict loader found in the file.
 *
 * The arguments of a tool are a value in zot and a text elsewhere. A text means the value that it
 * holds as JSON, and itself when it is none; so does one that holds no more than a text, for else
 * `kite` and `"kite"` would mean the same. Numbers are compared as they are spelled.
 */

import type { StrictMessage, StrictPart, StrictSession } from "./strict_message.ts";

// deno-lint-ignore no-explicit-any -- values of JSON are looked at without any types, on purpose
type Json = any;

/** A part of a message, as the laws compare it. */
export type Part =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "reasoning"; readonly text: string }
  | { readonly type: "image"; readonly mimeType: string; readonly data?: string }
  | { readonly type: "call"; readonly id: string; readonly name: string; readonly input: Json }
  | {
    readonly type: "result";
    readonly callId: string;
    readonly text: string;
    readonly images: number;
    readonly isError: boolean | undefined;
  };

/** Gives what a text of arguments means in an agent's file. */
export function readInput(text: string, agent: string): Json {
  const value = parseSpelled(text);
  if (agent === "zot") return value;
  if (value === undefined) return text;
  return typeof value === "string" && parseSpelled(value) === undefined ? text : value;
}

/** A value whose numbers are objects that hold their spelling; undefined where it is no JSON. */
export function parseSpelled(text: string): Json {
  try {
    return JSON.parse(
      text,
      (_key, value, context) => typeof value === "number" ? { number: context.source } : value,
    );
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Gives the parts of a message of a strict loader. */
export function toParts(message: StrictMessage, agent: string): readonly Part[] {
  return message.parts.map((part) => toPart(part, agent));
}

function toPart(part: StrictPart, agent: string): Part {
  switch (part.type) {
    case "call":
      return { ...part, input: readInput(part.input, agent) };
    case "result": {
      const { type, callId, text, images, isError } = part;
      return { type, callId, text, images, isError };
    }
    default:
      return part;
  }
}

/**
 * What a tool of a provider gave may be any JSON, which skein shows as compact text; of an error the
 * loader gives nothing.
 */
export function respell(text: string): string {
  if (/^\{"code":-?\d+,"message":/.test(text)) return "";
  const value = /^[[{]/.test(text) ? parseSpelled(text) : undefined;
  return value === undefined ? text : JSON.stringify(value);
}

/** Gives the parts of a message as `show --json` prints it; files, which no loader has, left out. */
export function toShownParts(line: string): readonly Part[] {
  return parseSpelled(line).blocks.flatMap((block: Json): readonly Part[] => {
    switch (block.type) {
      case "text":
        return [{ type: "text", text: block.text }];
      case "reasoning":
        return [{ type: "reasoning", text: block.text }];
      case "image":
        return [{ type: "image", mimeType: block.mime_type }];
      case "call": {
        return [{ type: "call", id: block.call_id, name: block.name, input: block.input }];
      }
      case "result": {
        const texts = block.blocks.flatMap((each: Json) => each.type === "text" ? [each.text] : []);
        const text = texts.join("\n");
        return [{
          type: "result",
          callId: block.call_id,
          text,
          images: block.blocks.filter((each: Json) => each.type === "image").length,
          isError: block.error,
        }];
      }
      default:
        return [];
    }
  });
}

/** Gives the messages; nanobot's reasoning once where it is in both of its places. */
export function messagesOf({ agent, messages }: StrictSession): readonly StrictMessage[] {
  if (agent !== "nanobot") return messages;
  return messages.map((message) => ({
    ...message,
    parts: message.parts.filter((part, index) => {
      const before = message.parts[index - 1];
      return part.type !== "reasoning" || before?.type !== "reasoning" ||
        before.text !== part.text;
    }),
  }));
}

/** A time of an agent in millionths of a second since 1970, at this machine's clock without a zone. */
export function toMicros(time: string): number {
  const [, whole = "", fraction = "", zone = ""] =
    /^(.{19})(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/.exec(time) ?? [];
  return Date.parse(whole + zone) * 1000 + Number(fraction.padEnd(6, "0").slice(0, 6));
}

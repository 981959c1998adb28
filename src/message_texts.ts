/**
 * The texts of a message: what was said, thought, asked of tools, and given back by them.
 *
 * Of what a tool was given, every text is one, and every key: a line of a program in an argument is
 * found as that line. Numbers, true, false and null are none, nor are the bytes of attachments.
 */

import { isArray, isObject } from "./json_row.ts";
import type { Block, JsonValue, Message } from "./transcript.ts";

/** The part of a message that a text is from. */
export type TextPart = "text" | "reasoning" | "call" | "result" | "file";

/** A text of a message. */
export interface MessageText {
  readonly part: TextPart;
  readonly text: string;
}

/** Gives the texts of a message in order. */
export function* listTexts({ blocks }: Pick<Message, "blocks">): Generator<MessageText> {
  for (const block of blocks) yield* listBlockTexts(block);
}

function* listBlockTexts(block: Block): Generator<MessageText> {
  switch (block.type) {
    case "text":
    case "reasoning":
      yield { part: block.type, text: block.text };
      break;
    case "file":
      yield { part: "file", text: block.name };
      break;
    case "call":
      yield { part: "call", text: block.name };
      for (const text of listInputTexts(block.input)) yield { part: "call", text };
      break;
    case "result":
      for (const inner of block.blocks) {
        for (const { text } of listBlockTexts(inner)) yield { part: "result", text };
      }
      break;
    case "image":
      break;
  }
}

/** Looks without recursion: an input may be nested deeper than the stack is. */
function* listInputTexts(root: JsonValue): Generator<string> {
  const waiting: JsonValue[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === "string") yield value;
    else if (isArray(value)) { for (const item of value.toReversed()) waiting.push(item); }
    else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value).reverse()) waiting.push(inner ?? null, key);
    }
  }
}

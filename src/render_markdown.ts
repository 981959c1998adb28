/**
 * Messages as Markdown: headings for messages, text as it is, tools in fenced blocks whose fences
 * are longer than any inside.
 */

import { describeImage } from "./render_message.ts";
import { neutralize, toOneLine } from "./text.ts";
import type { Block, Message } from "./transcript.ts";

/** What of a message is written. */
export interface RenderMarkdownOptions {
  readonly tools: "shown" | "hidden";
}

/** Renders one message; no lines when nothing of it is to be shown. */
export function renderMarkdown(
  label: string,
  message: Message,
  { tools }: RenderMarkdownOptions,
): readonly string[] {
  const parts = message.blocks
    .filter((block) => tools === "shown" || (block.type !== "call" && block.type !== "result"))
    .map(renderBlock);
  if (parts.length === 0 && tools === "hidden") return [];
  const time = message.time === undefined ? "" : ` · ${message.time}`;
  return [`## ${label} ${message.role}${time}`, "", ...parts.flatMap((part) => [...part, ""])];
}

/** Puts text into a fenced code block. */
export function fence(text: string, language = ""): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return [ticks + language, ...text.replace(/\n$/, "").split("\n"), ticks];
}

function renderBlock(block: Block): readonly string[] {
  switch (block.type) {
    case "text":
      return neutralize(block.text).split("\n");
    case "image":
      return [`*${describeImage(block)}*`];
    case "reasoning":
      return block.text === ""
        ? ["*[reasoning]*"]
        : neutralize(block.text).split("\n").map((line) => `> ${line}`.trimEnd());
    case "call":
      return [
        `**→ ${toOneLine(block.name)}**`,
        "",
        ...fence(neutralize(JSON.stringify(block.input, null, 2)), "json"),
      ];
    case "result":
      return [
        block.isError ? "**← error**" : "**← result**",
        "",
        ...fence(block.blocks.map(toText).join("\n")),
      ];
  }
}

function toText(block: Block): string {
  if (block.type === "text") return neutralize(block.text);
  return block.type === "image" ? describeImage(block) : "";
}

/**
 * Messages as Markdown: headings for messages, text as it is, tools in fenced blocks whose fences
 * are longer than any inside.
 */

import { describeFile, describeImage } from "./render_message.ts";
import { formatTitle } from "./render_session.ts";
import { neutralize, toOneLine } from "./text.ts";
import { formatUtc } from "./time.ts";
import type { Block, JsonValue, Message, Session } from "./transcript.ts";

/** How deep JSON may be nested to be indented. */
const DEEPEST_INDENT = 100;

/** Renders the title of a session, and what it is. */
export function renderMarkdownHeader(session: Session): readonly string[] {
  const { id, agent, model, startedMs, updatedMs } = session;
  const facts = [
    `\`${toOneLine(id)}\``,
    agent,
    toOneLine(model ?? ""),
    formatUtc(startedMs ?? updatedMs),
  ];
  return [`# ${formatTitle(session)}`, "", facts.filter(Boolean).join(" · ")];
}

/** Renders one message, an empty line before it. */
export function renderMarkdown(label: string, message: Message): readonly string[] {
  const time = message.time === undefined ? "" : ` · ${toOneLine(message.time)}`;
  const role = message.isSummary ? `${message.role} (summary)` : message.role;
  return [
    "",
    `## ${label} ${role}${time}`,
    ...message.blocks.flatMap((block) => ["", ...renderBlock(block)]),
  ];
}

/** Puts text into a fenced code block. */
export function fence(text: string, language = ""): readonly string[] {
  let longest = 2;
  for (const [ticks] of text.matchAll(/`+/g)) longest = Math.max(longest, ticks.length);
  const ticks = "`".repeat(longest + 1);
  return [ticks + language, ...text.replace(/\n$/, "").split("\n"), ticks];
}

function renderBlock(block: Block): readonly string[] {
  switch (block.type) {
    case "text":
      return neutralize(block.text).split("\n");
    case "image":
      return [`*${describeImage(block)}*`];
    case "file":
      return [describeFile(block)];
    case "reasoning":
      return block.text === ""
        ? ["*[reasoning]*"]
        : neutralize(block.text).split("\n").map((line) => `> ${line}`.trimEnd());
    case "call":
      return [
        `**→ ${toOneLine(block.name)}**`,
        "",
        ...fence(neutralize(formatInput(block.input)), "json"),
      ];
    case "result":
      return [
        block.isError ? "**← error**" : "**← result**",
        "",
        ...fence(block.blocks.map(toText).join("\n")),
      ];
  }
}

/** Indented JSON; on one line where it is nested so deep that most of it would be indent. */
function formatInput(input: JsonValue): string {
  const line = JSON.stringify(input);
  let depth = 0;
  for (const [bracket] of line.matchAll(/[{}[\]]/g)) {
    depth += bracket === "{" || bracket === "[" ? 1 : -1;
    if (depth > DEEPEST_INDENT) return line;
  }
  return JSON.stringify(input, null, 2);
}

function toText(block: Block): string {
  if (block.type === "text") return neutralize(block.text);
  if (block.type === "file") return describeFile(block);
  return block.type === "image" ? describeImage(block) : "";
}

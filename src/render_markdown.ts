/**
 * Messages as Markdown: headings for messages, text as it is, tools in fenced blocks whose fences
 * are longer than any inside.
 */

import { containMarkdown, escapeTags } from "./markdown_text.ts";
import {
  describeFile,
  describeImage,
  describeInput,
  describeResult,
  formatIndented,
} from "./render_message.ts";
import { formatTitle } from "./render_session.ts";
import { neutralize, toOneLine, truncate } from "./text.ts";
import { formatUtc } from "./time.ts";
import type { Block, Message, Session } from "./transcript.ts";

/** How much of what a tool was given or gave back stands beside its name. */
const SUMMARY_CELLS = 100;

/** Renders the title of a session, and what it is. */
export function renderMarkdownHeader(session: Session): readonly string[] {
  const { id, agent, model, startedMs, updatedMs } = session;
  const facts = [
    `\`${toOneLine(id)}\``,
    agent,
    toOneLine(model ?? ""),
    formatUtc(startedMs ?? updatedMs),
  ];
  return [`# ${escapeTags(formatTitle(session))}`, "", facts.filter(Boolean).join(" · ")];
}

/** How a page of Markdown is to look. */
export interface MarkdownOptions {
  /** Whether what tools were given and gave back is folded, with a line that says what it is. */
  readonly isFolded: boolean;
}

/** Renders one message, an empty line before it. */
export function renderMarkdown(
  label: string,
  message: Message,
  options: MarkdownOptions = { isFolded: false },
): readonly string[] {
  const time = message.time === undefined ? "" : ` · ${toOneLine(message.time)}`;
  const role = message.isSummary ? `${message.role} (summary)` : message.role;
  return [
    "",
    `## ${label} ${role}${time}`,
    ...message.blocks.flatMap((block) => ["", ...renderBlock(block, options)]),
  ];
}

/** Puts text into a fenced code block. */
export function fence(text: string, language = ""): readonly string[] {
  let longest = 2;
  for (const [ticks] of text.matchAll(/`+/g)) longest = Math.max(longest, ticks.length);
  const ticks = "`".repeat(longest + 1);
  return [ticks + language, ...text.replace(/\n$/, "").split("\n"), ticks];
}

function renderBlock(block: Block, { isFolded }: MarkdownOptions): readonly string[] {
  switch (block.type) {
    case "text":
      return containMarkdown(neutralize(block.text));
    case "image":
      return [`*${describeImage(block)}*`];
    case "file":
      return [describeFile(block)];
    case "reasoning":
      return block.text === ""
        ? ["*[reasoning]*"]
        : containMarkdown(neutralize(block.text)).map((line) => `> ${line}`.trimEnd());
    case "call": {
      const input = fence(neutralize(formatIndented(block.input)), "json");
      const name = toOneLine(block.name);
      return isFolded
        ? fold(`→ ${name} (${truncate(describeInput(block.input), SUMMARY_CELLS)})`, input)
        : [`**→ ${escapeTags(name)}**`, "", ...input];
    }
    case "result": {
      const output = fence(block.blocks.map(toText).join("\n"));
      const what = block.isError ? "← error" : "← result";
      return isFolded
        ? fold(`${what}: ${truncate(describeResult(block), SUMMARY_CELLS)}`, output)
        : [`**${what}**`, "", ...output];
    }
  }
}

/** Lines that are hidden until somebody opens them. */
function fold(summary: string, lines: readonly string[]): readonly string[] {
  const safe = summary.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return ["<details>", `<summary>${safe}</summary>`, "", ...lines, "", "</details>"];
}

function toText(block: Block): string {
  if (block.type === "text") return neutralize(block.text);
  if (block.type === "file") return describeFile(block);
  return block.type === "image" ? describeImage(block) : "";
}

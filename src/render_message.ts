/**
 * Messages as people read them: a heading with number, role and time, then what was said.
 *
 * A tool's call is one line and its result another, however long they are; pictures are a note of
 * type and size. All text passes through `text.ts` before it becomes a line.
 */

import { isExactNumber, spellNumber } from "./json_exact.ts";
import { splitShortened } from "./shorten.ts";
import { type Highlight, renderText } from "./render_text.ts";
import type { Style } from "./style.ts";
import { formatBytes, formatCount, measureMost, neutralize, toOneLine, truncate } from "./text.ts";
import type { Block, JsonValue, Message, Role } from "./transcript.ts";

/** How messages are to look. */
export interface RenderMessageOptions {
  readonly style: Style;
  readonly width: number | undefined;
  /** Colours code; without it there are none. */
  readonly highlight?: Highlight | undefined;
}

/** What stands above a message. */
export interface MessageHeading {
  /** Its number, or what takes the place of one: `superseded`. */
  readonly label: string;
  /** Whether a human typed it. */
  readonly isPrompt?: boolean;
  readonly message: Message;
}

/** How the lines of a text look: their paint, and what stands before each. */
interface TextLook {
  readonly paint: (line: string) => string;
  readonly bar: string;
}

/** How deep JSON may be nested to be indented. */
const DEEPEST_INDENT = 100;

const INDENT = "  ";
/** Stands before what a human typed, to be seen while the page scrolls by, and to be searched for. */
const PROMPT = "❯";
/** What a line of a tool shows in a pipe, where lines have no width. */
const TOOL_LINE = 160;
/** What a tool's name leaves for what it was given, in cells. */
const LEAST_REST = 8;

/** Renders messages one after the other, and remembers which tool each call named. */
export class MessageRenderer {
  #options: RenderMessageOptions;
  readonly #toolNames = new Map<string, string>();

  /** Takes how all messages are to look. */
  constructor(options: RenderMessageOptions) {
    this.#options = options;
  }

  /** Takes another width for what comes. */
  fit(width: number | undefined): void {
    this.#options = { ...this.#options, width };
  }

  /** Renders one message, an empty line before it. */
  render({ label, isPrompt = false, message }: MessageHeading): readonly string[] {
    const { style } = this.#options;
    const lines = message.blocks.flatMap((block) => this.#renderBlock(block, message));
    const time = message.time === undefined ? "" : `  ${toOneLine(formatWallTime(message.time))}`;
    const role = message.isSummary ? `${message.role} (summary)` : message.role;
    return [
      "",
      `${isPrompt ? `${style.cyan(PROMPT)} ` : ""}${style.dim(label)} ${
        paintRole(message.role, style)(role)
      }${style.dim(time)}`,
      ...lines,
    ];
  }

  #renderBlock(block: Block, message: Message): readonly string[] {
    const { style } = this.#options;
    switch (block.type) {
      case "text":
        return this.#renderText(block.text, { paint: (line) => line, bar: "" });
      case "image":
        return [INDENT + style.dim(this.#fit(describeImage(block), 0))];
      case "file":
        return [INDENT + style.dim(this.#fit(describeFile(block), 0))];
      case "reasoning":
        return block.text === ""
          ? [INDENT + style.dim(block.isEncrypted ? "[reasoning, encrypted]" : "[reasoning]")]
          : this.#renderText(block.text, { paint: style.dim, bar: "│ " });
      case "call":
        this.#toolNames.set(block.callId, block.name);
        return [this.#renderCall(block.name, block.input)];
      case "result":
        return [this.#renderResult(block, message)];
    }
  }

  #renderText(text: string, { paint, bar }: TextLook): readonly string[] {
    const { style, width, highlight } = this.#options;
    const { kept, droppedBytes } = splitShortened(text);
    const said = neutralize(kept).trimEnd();
    // A text that says nothing takes no line.
    if (said === "" && droppedBytes === 0) return [];
    const lines = [...renderText(said, {
      style,
      width: width && Math.max(8, width - INDENT.length - bar.length),
      // What is painted as a whole has no colours within.
      highlight: bar === "" ? highlight : undefined,
    })];
    if (droppedBytes > 0) lines.push(`[${formatBytes(droppedBytes)} more; --raw prints the row]`);
    return lines.map((line) => (INDENT + paint(bar + line)).trimEnd());
  }

  #renderCall(name: string, input: JsonValue): string {
    const { style } = this.#options;
    const head = this.#fit(`→ ${toOneLine(name)}`, LEAST_REST);
    const rest = this.#fit(`(${describeInput(input)})`, measureMost(head));
    return INDENT + style.magenta(head) + style.dim(rest);
  }

  #renderResult(block: Block & { type: "result" }, { blocks }: Message): string {
    const { style } = this.#options;
    const name = (this.#toolNames.get(block.callId) ?? block.name) ||
      (blocks.length > 1 ? block.callId : "");
    const error = block.isError ? " error" : "";
    const named = this.#fit(`←${name && ` ${toOneLine(name)}`}`, error.length + 1 + LEAST_REST);
    const head = name === "" && error === "" ? named : `${named}${error}:`;
    const paint = block.isError ? style.red : style.magenta;
    return INDENT + paint(head) + " " +
      style.dim(this.#fit(describeResult(block), measureMost(head) + 1));
  }

  #fit(text: string, taken: number): string {
    const room = (this.#options.width ?? TOOL_LINE) - INDENT.length - taken;
    return truncate(text, Math.max(LEAST_REST, room));
  }
}

/** What a picture is: `[image/png, 12 KB]`. */
export function describeImage({ mimeType, sizeBytes }: Block & { type: "image" }): string {
  const size = sizeBytes > 0 ? [formatBytes(sizeBytes)] : [];
  return `[${[toOneLine(mimeType || "image"), ...size].join(", ")}]`;
}

/** What an attached file is: `[plan.pdf, application/pdf]`. */
export function describeFile({ name, mimeType }: Block & { type: "file" }): string {
  return `[${[name, mimeType].filter(Boolean).map(toOneLine).join(", ") || "file"}]`;
}

/** What a tool was given, on one line: `path: a.go, limit: 20`. */
export function describeInput(input: JsonValue): string {
  if (isExactNumber(input)) return spellNumber(input);
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    return input === null ? "" : toOneLine(describeValue(input));
  }
  return Object.entries(input)
    .map(([key, value]) => `${toOneLine(key)}: ${toOneLine(describeValue(value ?? null))}`)
    .join(", ");
}

/** What a tool gave back, on one line: how much, and how it begins. */
export function describeResult({ blocks }: Block & { type: "result" }): string {
  const parts = blocks.map((block) => {
    if (block.type === "image") return describeImage(block);
    if (block.type === "file") return describeFile(block);
    if (block.type !== "text") return "";
    const { kept, droppedBytes } = splitShortened(block.text);
    const text = kept.trimEnd();
    if (text === "" && droppedBytes === 0) return "";
    const lines = text.split("\n");
    const first = lines.find((line) => line.trim() !== "") ?? "";
    const size = droppedBytes > 0
      ? formatBytes(kept.length + droppedBytes)
      : lines.length > 1
      ? formatCount(lines.length, "line")
      : "";
    return [size, toOneLine(first.slice(0, 500))].filter(Boolean).join(" · ");
  });
  return parts.filter(Boolean).join("  ") || "(nothing)";
}

/** A value as indented JSON; on one line where it is nested so deep that most of it would be indent. */
export function formatIndented(input: JsonValue): string {
  const line = JSON.stringify(input);
  let depth = 0;
  let isText = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i];
    if (character === "\\") i++;
    else if (character === '"') isText = !isText;
    else if (isText) continue;
    else if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    if (depth > DEEPEST_INDENT) return line;
  }
  return JSON.stringify(input, null, 2);
}

/**
 * The time that the author's clock showed, and its zone: `2026-06-27 05:46 +02:00`; `local` for one
 * that was written without.
 */
export function formatWallTime(time: string): string {
  const zone = /[+-]\d\d:\d\d$/.exec(time)?.[0] ?? (time.endsWith("Z") ? "UTC" : "local");
  return `${time.slice(0, 16).replace("T", " ")} ${zone}`;
}

function describeValue(value: JsonValue): string {
  if (typeof value !== "string") return JSON.stringify(value).slice(0, 500);
  const { kept, droppedBytes } = splitShortened(value);
  return kept.slice(0, 500) + (droppedBytes > 0 || kept.length > 500 ? "…" : "");
}

function paintRole(role: Role, style: Style): (text: string) => string {
  switch (role) {
    case "user":
      return (text) => style.bold(style.cyan(text));
    case "assistant":
      return (text) => style.bold(style.green(text));
    case "tool":
      return style.magenta;
    case "system":
      return style.yellow;
  }
}

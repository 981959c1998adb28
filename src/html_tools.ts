/**
 * What tools were given and gave back, as HTML: folded, with a line that says what it is; an edit as
 * the lines that it changed, a command and a file in the colours of their language.
 */

import { structuredPatch } from "diff";
import { languageOfPath } from "./highlight.ts";
import { type Html, markup } from "./html.ts";
import { renderImage } from "./html_image.ts";
import { renderCode, renderFold, renderNote } from "./html_parts.ts";
import { describeFile, describeInput, describeResult, formatIndented } from "./render_message.ts";
import { toOneLine } from "./text.ts";
import { type InputPart, splitInput } from "./tool_input.ts";
import type { Block, JsonValue } from "./transcript.ts";

/** Texts that differ in more lines than this are shown one after the other. */
const MOST_EDITS = 300;
/** Longer texts are not compared. */
const LONGEST_COMPARED = 100_000;

/** Lines that stay the same round those that changed. */
const CONTEXT_LINES = 3;

/** Renders the call of a tool. */
export function renderCall({ name, input }: Block & { readonly type: "call" }): Html {
  const parts = splitInput(input);
  return renderFold({
    kind: "call",
    name: `→ ${toOneLine(name)}`,
    gist: describeParts(parts, input),
    body: parts.map(renderPart),
  });
}

/** What has to be known of a result beside it. */
export interface ResultOptions {
  /** The tool that its call named; "" where that is not known. */
  readonly tool: string;
  /** Whether nothing but what is seen may go out. */
  readonly isShared: boolean;
}

/** Renders what a tool gave back. */
export function renderResult(
  block: Block & { readonly type: "result" },
  { tool, isShared }: ResultOptions,
): Html {
  const name = toOneLine(tool || (block.name ?? "")) || "result";
  return renderFold({
    kind: block.isError ? "result error" : "result",
    name: block.isError ? `← ${name} failed` : `← ${name}`,
    gist: describeResult(block),
    body: block.blocks.map((inner) => {
      if (inner.type === "text") return renderCode(inner.text, guessLanguage(inner.text));
      if (inner.type === "image") return renderImage(inner, isShared);
      return renderNote(inner.type === "file" ? describeFile(inner) : `[${inner.type}]`);
    }),
  });
}

function describeParts(parts: readonly InputPart[], input: JsonValue): string {
  const [first] = parts;
  if (first?.type === "command") return first.text;
  return first?.type === "edit" || first?.type === "file" ? first.path : describeInput(input);
}

function renderPart(part: InputPart): Html {
  switch (part.type) {
    case "command":
      return renderCode(part.text, "bash");
    case "file":
      return renderCode(part.text, languageOfPath(part.path));
    case "edit":
      return renderEdit(part);
    case "fields":
      return renderCode(formatIndented(part.value), "json");
  }
}

/** An edit as the lines that were taken out and put in, where few enough of them differ. */
function renderEdit({ before, after }: InputPart & { readonly type: "edit" }): Html {
  if (before === after) return renderNote("[no change]");
  const isLong = before.length + after.length > LONGEST_COMPARED;
  const patch = isLong ? undefined : structuredPatch("", "", before, after, "", "", {
    context: CONTEXT_LINES,
    maxEditLength: MOST_EDITS,
  });
  if (patch === undefined) {
    return markup`<pre class="diff"><del>${before}</del><ins>${after}</ins></pre>\n`;
  }
  const lines = patch.hunks
    .flatMap((hunk, index) => (index === 0 ? hunk.lines : [" …", ...hunk.lines]))
    .filter((line) => !line.startsWith("\\"));
  return markup`<pre class="diff">${groupBySign(lines).map(renderLines)}</pre>\n`;
}

/** Lines that follow each other and have one sign, together: an element for each would be too many. */
function groupBySign(lines: readonly string[]): readonly string[] {
  const groups: string[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (group?.[0]?.charAt(0) === line.charAt(0)) group.push(line);
    else groups.push([line]);
  }
  return groups.map((group) => group.join("\n"));
}

/** Lines of one sign; each group is a block of its own, so nothing has to end it. */
function renderLines(lines: string): Html {
  if (lines.startsWith("+")) return markup`<ins>${lines}</ins>`;
  return lines.startsWith("-") ? markup`<del>${lines}</del>` : markup`<span>${lines}</span>`;
}

/** Tells a patch from other output, by how it begins. */
function guessLanguage(text: string): string {
  return /^(?:diff --git |--- \S.*\n\+\+\+ )/.test(text) ? "diff" : "";
}

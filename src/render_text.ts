/**
 * A text of a message as lines of a terminal: prose is wrapped at spaces; where there are colours, code
 * has those of its language and is cut where the line ends, and headings stand out.
 */

import type { CodeRun } from "./highlight.ts";
import { splitMarkdown } from "./markdown_text.ts";
import type { Paint, Style } from "./style.ts";
import { measureWidth, truncate, wrap } from "./text.ts";

/** Tells what the parts of code are; undefined where that is not known. */
export type Highlight = (code: string, language: string) => readonly CodeRun[] | undefined;

/** How a text is to look. */
export interface RenderTextOptions {
  readonly style: Style;
  /** Cells of a line; undefined breaks none. */
  readonly width: number | undefined;
  /** Without it code has no colours. */
  readonly highlight: Highlight | undefined;
}

/** As many UTF-16 units as the letters of a cell may take, joined emoji included. */
const UNITS_OF_A_CELL = 16;

/** A stretch of a line in one look. */
type Painted = readonly [paint: Paint, text: string];

/** Renders a text that was made harmless. */
export function renderText(text: string, options: RenderTextOptions): readonly string[] {
  const { style, width, highlight } = options;
  const lines: string[] = [];
  let code: string[] = [];
  let language = "";
  const endCode = () => {
    if (code.length > 0) lines.push(...renderCode(code, language, options));
    code = [];
  };
  for (const { line, part, isNested, ...fence } of splitMarkdown(text).lines) {
    if (part === "code" && !isNested && highlight !== undefined) {
      code.push(line);
      language = fence.language;
      continue;
    }
    endCode();
    const paint = part === "fence"
      ? style.dim
      : part === "text" && /^#{1,6} /.test(line)
      ? style.bold
      : same;
    lines.push(...(width === undefined ? [line] : wrap(line, width)).map(paint));
  }
  endCode();
  return lines;
}

function renderCode(
  code: readonly string[],
  language: string,
  { style, width, highlight }: RenderTextOptions,
): readonly string[] {
  const text = code.join("\n");
  const runs = highlight?.(text, language) ?? [{ text, scope: undefined }];
  return splitRuns(runs, style).flatMap((line) => cutPainted(line, width ?? Infinity))
    .map((line) => line.map(([paint, part]) => paint(part)).join(""));
}

/** Runs line by line, each with its colour. */
function splitRuns(runs: readonly CodeRun[], style: Style): readonly Painted[][] {
  let line: Painted[] = [];
  const lines = [line];
  for (const { text, scope } of runs) {
    const paint = choosePaint(scope, style);
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) lines.push(line = []);
      if (part !== "") line.push([paint, part]);
    }
  }
  return lines;
}

/** Cuts a line into lines that fit, with nothing left out. */
function cutPainted(line: readonly Painted[], cells: number): readonly (readonly Painted[])[] {
  const breaks = findBreaks(line.map(([, text]) => text).join(""), cells);
  let current: Painted[] = [];
  const cut = [current];
  let at = 0;
  let next = 0;
  for (const [paint, text] of line) {
    let start = 0;
    for (let end = breaks[next]; end !== undefined && end < at + text.length; end = breaks[next]) {
      current.push([paint, text.slice(start, end - at)]);
      cut.push(current = []);
      start = end - at;
      next++;
    }
    current.push([paint, text.slice(start)]);
    at += text.length;
  }
  return cut;
}

/** Where a line has to go on in the next one. */
function findBreaks(text: string, cells: number): readonly number[] {
  const breaks: number[] = [];
  if (cells === Infinity) return breaks;
  for (let at = 0;;) {
    // Few letters take more units than this, so no more of a long line is looked at.
    const near = text.slice(at, at + cells * UNITS_OF_A_CELL);
    if (at + near.length === text.length && measureWidth(near) <= cells) return breaks;
    // What is longer is cut before the mark, which takes the one cell more.
    at += Math.max(1, truncate(`${near}${" ".repeat(cells + 2)}`, cells + 1).length - 1);
    if (at >= text.length) return breaks;
    breaks.push(at);
  }
}

function choosePaint(scope: string | undefined, style: Style): Paint {
  switch (scope?.split(".")[0]) {
    case "keyword":
    case "literal":
    case "selector-tag":
    case "tag":
      return style.magenta;
    case "string":
    case "regexp":
    case "addition":
      return style.green;
    case "number":
    case "symbol":
    case "attr":
    case "attribute":
      return style.yellow;
    case "title":
    case "name":
    case "section":
    case "built_in":
    case "type":
      return style.cyan;
    case "deletion":
      return style.red;
    case "comment":
    case "meta":
    case "quote":
      return style.dim;
    default:
      return same;
  }
}

function same(text: string): string {
  return text;
}

/**
 * Markdown from a transcript, put into a page of ours: it is rendered as it was meant, and cannot
 * break out. A fence that is left open is closed, and HTML is shown, not obeyed: one `<!--` would hide
 * the rest of the page, one `</details>` would end a fold.
 */

/** What a quote or an item of a list puts before a fence, the fence, and what follows it. */
const FENCE = /^(?:((?: {0,4}(?:[-*+>]|\d{1,9}[.)]))+) {0,4}| {0,3})(`{3,}|~{3,})(.*)$/;

/** Code within a line, and what may begin HTML outside of it. */
const CODE_OR_TAG = /(?<!`)(`+)(?!`)(?:.*?[^`])?\1(?!`)|<(?=[A-Za-z/!?])/g;

/** A fence that is open, and the quote or item that it stands in, with which it ends. */
interface OpenFence {
  readonly ticks: string;
  readonly container: string;
  readonly language: string;
}

/** A line of Markdown, and what it is. */
export interface MarkdownLine {
  readonly line: string;
  /** `fence` opens or ends `code`; all else is text. */
  readonly part: "text" | "fence" | "code";
  /** The first word behind the fence that was opened, "" for none. */
  readonly language: string;
  /** True in a quote or an item of a list: code in one has more before it than is its own. */
  readonly isNested: boolean;
}

/** Lines of Markdown, and what would have to be added to close the fence that is left open. */
export interface MarkdownLines {
  readonly lines: readonly MarkdownLine[];
  readonly missingFence: string | undefined;
}

/** Tells the code in a text from the rest, as CommonMark's fences do. */
export function splitMarkdown(text: string): MarkdownLines {
  let open: OpenFence | undefined;
  const lines = text.split("\n").map((line): MarkdownLine => {
    const [, container = "", ticks = "", rest = ""] = FENCE.exec(line) ?? [];
    if (open !== undefined && !isWithin(line, open)) open = undefined;
    if (open !== undefined) {
      const { language, container: around } = open;
      const isEnd = ticks.startsWith(open.ticks) && rest.trim() === "";
      if (isEnd) open = undefined;
      return { line, part: isEnd ? "fence" : "code", language, isNested: around !== "" };
    }
    // A fence of backticks cannot have one behind it: that would be code within a line.
    if (ticks !== "" && !(ticks.startsWith("`") && rest.includes("`"))) {
      open = { ticks, container, language: rest.trim().split(/\s/, 1)[0] ?? "" };
      return { line, part: "fence", language: open.language, isNested: container !== "" };
    }
    return { line, part: "text", language: "", isNested: container !== "" };
  });
  return { lines, missingFence: open?.ticks };
}

/** Gives the lines of a text, fit to stand in a page. */
export function containMarkdown(text: string): readonly string[] {
  const { lines, missingFence } = splitMarkdown(text);
  const contained = lines.map(({ line, part }) => part === "text" ? escapeTags(line) : line);
  return missingFence === undefined ? contained : [...contained, missingFence];
}

/** Whether a line is still in the quote or the item of a list in which a fence was opened. */
function isWithin(line: string, { container }: OpenFence): boolean {
  if (container === "") return true;
  if (container.includes(">")) return /^ {0,3}>/.test(line);
  return line.trim() === "" || line.startsWith(" ".repeat(container.trimEnd().length + 1));
}

/** A line in which nothing is taken for HTML. */
export function escapeTags(line: string): string {
  return line.replace(CODE_OR_TAG, (match) => (match === "<" ? "&lt;" : match));
}

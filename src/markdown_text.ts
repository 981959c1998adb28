/**
 * Markdown from a transcript, put into a page of ours: it is rendered as it was meant, and cannot
 * break out. A fence that is left open is closed, and HTML is shown, not obeyed: one `<!--` would hide
 * the rest of the page, one `</details>` would end a fold.
 */

const FENCE = /^ {0,3}(?:[-*+>] {0,3}|\d{1,9}[.)] {0,3})*(`{3,}|~{3,})(.*)$/;

/** Code within a line, and what may begin HTML outside of it. */
const CODE_OR_TAG = /(?<!`)(`+)(?!`)(?:.*?[^`])?\1(?!`)|<(?=[A-Za-z/!?])/g;

/** Gives the lines of a text, fit to stand in a page. */
export function containMarkdown(text: string): readonly string[] {
  let open: string | undefined;
  const lines = text.split("\n").map((line) => {
    const [, ticks = "", rest = ""] = FENCE.exec(line) ?? [];
    if (open !== undefined) {
      const isEnd = ticks.startsWith(open) && rest.trim() === "";
      if (isEnd) open = undefined;
      return line;
    }
    // A fence of backticks cannot have one behind it: that would be code within a line.
    if (ticks !== "" && !(ticks.startsWith("`") && rest.includes("`"))) {
      open = ticks;
      return line;
    }
    return escapeTags(line);
  });
  return open === undefined ? lines : [...lines, open];
}

/** A line in which nothing is taken for HTML. */
export function escapeTags(line: string): string {
  return line.replace(CODE_OR_TAG, (match) => (match === "<" ? "&lt;" : match));
}

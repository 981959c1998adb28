/**
 * Reads and writes the Markdown of golden files; knows nothing of how commands are run.
 *
 * In a golden file a line with four spaces and `$ ` is a command, and the indented lines below it
 * are its output. In README.md the same stands in fenced `console` blocks without the spaces, and
 * only in those whose first line is a command that can be replayed. Everything else is prose, and
 * comes out as it went in.
 *
 * Standard output comes first, then standard error with `! ` before each line, then `[exit N]`
 * unless it is 0. Control characters are shown as their pictures (U+2400 and on), for a Markdown
 * file can neither hold nor show them.
 */

/** A piece of a page: lines that are kept, or a command with the output it is expected to have. */
export type Piece =
  | { readonly kind: "prose"; readonly lines: readonly string[] }
  | {
    readonly kind: "command";
    readonly line: string;
    readonly indent: string;
    readonly expected: readonly string[];
  };

/** What a command did. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** How a page marks its commands. */
export type PageStyle = "indented" | "fenced";

const INDENT = "    ";
const REPLAYED = /^\$ (?:[A-Z_]+=\S* )*(?:skein|sample)\b/;

/** Takes a page apart; `renderPage` of the pieces gives the same text back. */
export function parsePage(text: string, style: PageStyle): readonly Piece[] {
  const pieces: Piece[] = [];
  const indent = style === "indented" ? INDENT : "";
  const lines = text.split("\n");
  let isOpen = style === "indented";
  for (let i = 0; i < lines.length;) {
    const line = lines[i] ?? "";
    if (style === "fenced" && line.startsWith("```")) {
      isOpen = line === "```console" && REPLAYED.test(lines[i + 1] ?? "");
    }
    if (!isOpen || !line.startsWith(indent + "$ ")) {
      addProse(pieces, line);
      i++;
      continue;
    }
    const end = style === "indented" ? findBlockEnd(lines, i + 1) : findFenceEnd(lines, i + 1);
    const expected = lines.slice(i + 1, end).map((output) => output.slice(indent.length));
    pieces.push({ kind: "command", line: line.slice(indent.length + 2), indent, expected });
    i = end;
  }
  return pieces;
}

/** Puts a page together again, with each command's expected lines as they are in the piece. */
export function renderPage(pieces: readonly Piece[]): string {
  return pieces.flatMap((piece) => {
    if (piece.kind === "prose") return piece.lines;
    const output = piece.expected.map((line) => (line === "" ? "" : piece.indent + line));
    return [`${piece.indent}$ ${piece.line}`, ...output];
  }).join("\n");
}

/**
 * Turns an outcome into the lines that a page shows.
 *
 * @throws Error for a line that a page would take for a command.
 */
export function renderOutcome(outcome: Outcome): readonly string[] {
  const talk = splitLines(outcome.stderr).map((line) => (line === "" ? "!" : `! ${line}`));
  const lines = [...splitLines(outcome.stdout), ...talk];
  // An empty line at the end would be taken for prose.
  if (lines.at(-1) === "") lines[lines.length - 1] = "␤";
  if (outcome.code !== 0) lines.push(`[exit ${outcome.code}]`);
  const mistaken = lines.find((line) => line.startsWith("$ "));
  if (mistaken !== undefined) throw new Error(`Cannot record "${mistaken}": it reads as a command`);
  return lines;
}

function splitLines(text: string): string[] {
  if (text === "") return [];
  const lines = text.replaceAll(/(?!\n)\p{Cc}/gu, showControl).split("\n");
  if (lines.at(-1) === "") lines.pop();
  // Paths for xargs -0 are ended by the picture of NUL.
  else if (!text.endsWith("\0")) lines.push("[no newline at the end]");
  return lines;
}

function showControl(character: string): string {
  const code = character.charCodeAt(0);
  if (code > 0x7f) return `<U+00${code.toString(16).toUpperCase()}>`;
  return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
}

/** Output ends at the next command and at prose; empty lines belong to it only if more follows. */
function findBlockEnd(lines: readonly string[], start: number): number {
  let end = start;
  for (let i = start; i < lines.length; i++) {
    const line = lines[i] ?? "";
    if (line === "") continue;
    if (!line.startsWith(INDENT) || line.startsWith(INDENT + "$ ")) break;
    end = i + 1;
  }
  return end;
}

function findFenceEnd(lines: readonly string[], start: number): number {
  const end = lines.findIndex((line, i) =>
    i >= start && (line.startsWith("```") || line.startsWith("$ "))
  );
  return end < 0 ? lines.length : end;
}

function addProse(pieces: Piece[], line: string): void {
  const last = pieces.at(-1);
  if (last?.kind === "prose") pieces[pieces.length - 1] = { ...last, lines: [...last.lines, line] };
  else pieces.push({ kind: "prose", lines: [line] });
}

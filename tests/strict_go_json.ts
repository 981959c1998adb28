/**
 * How Go reads lines and JSON text, as far as JavaScript reads them otherwise: every bad byte
 * becomes a U+FFFD of its own, a lone surrogate escape too, 10,000 levels are the limit, and equal
 * keys all come to the decoder, in their order. `strict_go_types.ts` turns the text into values.
 */

const GO_DEEPEST = 10_000;
const LINE_FEED = 0x0a;
const OPENING = /[[{]/;
const CLOSING = /[\]}]/;

/** Gives the lines without their line feeds; a last line without one counts, an empty one not. */
export function splitLines(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

/** Gives the text of a line, a byte order mark included. */
export function decodeGoText(bytes: Uint8Array): string {
  const text = decodeValid(bytes);
  if (text !== undefined) return text;
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const rune = bytes.subarray(at, at + runeLength(bytes[at] ?? 0));
    const piece = decodeValid(rune);
    pieces.push(piece ?? "\ufffd");
    at += piece === undefined ? 1 : rune.length;
  }
  return pieces.join("");
}

function decodeValid(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function runeLength(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** Answers whether Go's scanner takes the text; its grammar is that of JSON.parse. */
export function isGoJson(text: string): boolean {
  try {
    JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
  let depth = 0;
  for (const [at] of tokensOf(text)) {
    const first = text.charAt(at);
    if (OPENING.test(first) && ++depth > GO_DEEPEST) return false;
    if (CLOSING.test(first)) depth--;
  }
  return true;
}

/** Gives the JSON texts of an array's items, or of an object's keys and values in turn. */
export function splitItems(json: string): readonly string[] {
  const items: string[] = [];
  let depth = 0;
  let start = -1;
  let last = -1;
  for (const [at, end] of tokensOf(json)) {
    const first = json.charAt(at);
    if (CLOSING.test(first)) depth--;
    const isBetween = (depth === 1 && (first === "," || first === ":")) || depth === 0;
    if (!isBetween && start < 0) start = at;
    if (isBetween && start >= 0) items.push(json.slice(start, last));
    if (isBetween) start = -1;
    if (OPENING.test(first)) depth++;
    last = end;
  }
  return items;
}

/** Gives JSON text without the white space between its tokens, all else as it was. */
export function compactJson(json: string): string {
  return Array.from(tokensOf(json), ([at, end]) => json.slice(at, end)).join("");
}

/** Answers whether a number of the JSON text is too large for a float64. */
export function hasHugeNumber(json: string): boolean {
  for (const [at, end] of tokensOf(json)) {
    if (/[-0-9]/.test(json.charAt(at)) && !Number.isFinite(Number(json.slice(at, end)))) {
      return true;
    }
  }
  return false;
}

/** Gives where each token of valid JSON text starts and ends. */
function* tokensOf(json: string): Generator<readonly [at: number, end: number]> {
  const token = /[ \t\r\n]*([,:[\]{}"]|[^ \t\r\n,:[\]{}"]+)/y;
  for (let found = token.exec(json); found !== null; found = token.exec(json)) {
    const at = token.lastIndex - (found[1] ?? "").length;
    if (found[1] === '"') token.lastIndex = endOfString(json, at);
    yield [at, token.lastIndex];
  }
}

function endOfString(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1);; quote = json.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (json.charAt(quote - 1 - slashes) === "\\") slashes++;
    if (slashes % 2 === 0) return quote + 1;
  }
}

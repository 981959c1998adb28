/**
 * Rows to values: parses one row as a JSON object, or says why its agent cannot.
 *
 * Agents read JSON each a little otherwise: a `Dialect` reads what only its agent takes, and names
 * what only its agent refuses; such a row is damage, but what it says is known. Bytes that are no
 * UTF-8 and halves of surrogate pairs do not cost a row (Go and JavaScript read
 * U+FFFD there), so they are notices; all else that a strict parser refuses is damage. A reason
 * never repeats what the row says: it may be a secret.
 */

import { parseClaw } from "./json_claw.ts";
import { isExactNumber, parseExact, parsePython } from "./json_exact.ts";
import type { Row } from "./rows.ts";
import type { JsonObject, JsonValue, Problem, ProblemKind } from "./transcript.ts";

/** How an agent's JSON differs from everybody's. */
export interface Dialect {
  /** Parses a text that `JSON.parse` refuses; throws `SyntaxError` for what the agent refuses too. */
  parse(text: string): JsonValue;
  /** Why the agent cannot read a text that `JSON.parse` takes; undefined when it can. */
  findTextRefusal(text: string): string | undefined;
}

/** Everybody's JSON. */
export const PLAIN: Dialect = { parse: JSON.parse, findTextRefusal: () => undefined };

/** How a file is read whose agent is not known yet: as any of them would. */
export const LENIENT: ParseRowOptions = {
  dialect: {
    parse: (text) => {
      try {
        return parsePython(text);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        return parseClaw(text);
      }
    },
    findTextRefusal: () => undefined,
  },
};

/** How rows are to be parsed. */
export interface ParseRowOptions {
  /** Everybody's JSON unless told. */
  readonly dialect?: Dialect;
  /** Whether numbers keep the spelling that JavaScript would change, for them to be written again. */
  readonly keepsNumbers?: boolean;
}

/** What a row holds: an object, or nothing when it is blank or damaged. */
export interface ParsedRow {
  readonly value: JsonObject | undefined;
  readonly problems: readonly Problem[];
}

/** A row that is sound JSON but not of the shape that its agent reads. */
export class RowShapeError extends Error {
  /** Takes the reason, which must not repeat what the row says. */
  constructor(reason: string) {
    super(reason);
    this.name = "RowShapeError";
  }
}

const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const looseDecoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

/** How many places of a damaged row are tried as the start of another row. */
const GLUE_TRIES = 32;

/** What is said of a row that says something, and that its agent cannot read. */
export function explainRefusal(refusal: string): string {
  return `its agent cannot read ${refusal}`;
}

/** The same of a row with bytes that are no UTF-8, where they cost the agent the file. */
export const BAD_UTF8 = explainRefusal("a file with such bytes");

/** Parses a row; never throws. */
export function parseRow(row: Row, options: ParseRowOptions = {}): ParsedRow {
  const problems: Problem[] = [];
  const add = (kind: ProblemKind, severity: Problem["severity"], reason: string) =>
    problems.push({ kind, severity, line: row.line, offset: row.offset, reason, count: 1 });

  if (row.hasBom) add("bom", "notice", "the file starts with a byte-order mark");
  if (row.ending === "crlf") add("crlf", "notice", "lines end with CR LF");
  let text: string;
  try {
    text = strictDecoder.decode(row.bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    text = looseDecoder.decode(row.bytes);
    add("utf8", "notice", "bytes that are no UTF-8");
  }
  const value = tryParse(text, options);
  if (value === undefined) {
    if (text.trim() === "") return { value: undefined, problems };
    const [kind, reason] = explainDamage(text, row.ending === "none");
    add(kind, "damage", reason);
    return { value: undefined, problems };
  }
  if (row.ending === "none") add("unterminated", "notice", "the last row has no line ending");
  if (!isObject(value)) {
    add("shape", "damage", "the row is no JSON object");
    return { value: undefined, problems };
  }
  if (/\\u[dD][89a-fA-F]/.test(text) && hasLoneSurrogate(value)) {
    add("surrogate", "notice", "half of a surrogate pair in a string");
  }
  const refusal = options.dialect?.findTextRefusal(text);
  if (refusal !== undefined) add("refused", "damage", explainRefusal(refusal));
  return { value, problems };
}

/** Tells whether a JSON value is an object, and not null or an array. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    !isExactNumber(value);
}

/** Tells whether a JSON value is an array. */
export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function tryParse(
  text: string,
  { dialect, keepsNumbers = false }: ParseRowOptions = {},
): JsonValue | undefined {
  const parsers = [keepsNumbers ? parseExact : JSON.parse, ...(dialect ? [dialect.parse] : [])];
  for (const parse of parsers) {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

function explainDamage(text: string, isLast: boolean): [ProblemKind, string] {
  if (text.startsWith("\ufeff")) return ["bom", "a byte-order mark before the row"];
  const nuls = text.split("\0").length - 1;
  if (nuls > 0) return ["nul", `${nuls} NUL ${nuls === 1 ? "byte" : "bytes"}`];
  const glued = findGluedRow(text);
  if (glued !== undefined) {
    const at = encoder.encode(text.slice(0, glued)).length;
    return tryParse(text.slice(0, glued)) === undefined
      ? ["glued", `a torn row, with another glued on after ${at} bytes`]
      : ["glued", `two rows on one line, the second after ${at} bytes`];
  }
  if (isLast) return ["torn", "the last row is cut short"];
  return text.startsWith("{") && !text.trimEnd().endsWith("}")
    ? ["torn", "the row is cut short"]
    : ["json", "the row is not valid JSON"];
}

/**
 * Finds where a second row starts inside a line. Inside a string an object cannot open with `{"`,
 * its quote being escaped there; so each one that no `:`, `,` or `[` precedes is a likely start.
 */
function findGluedRow(text: string): number | undefined {
  const likely: number[] = [];
  const other: number[] = [];
  for (const match of text.matchAll(/\{"/g)) {
    if (match.index > 0) {
      (/[:,[\s]/.test(text[match.index - 1] ?? "") ? other : likely).push(match.index);
    }
  }
  return [...likely, ...other].slice(0, GLUE_TRIES)
    .find((index) => isObject(tryParse(text.slice(index))));
}

/** Looks without recursion: a row may be nested deeper than the stack is. */
function hasLoneSurrogate(root: JsonValue): boolean {
  const waiting: (JsonValue | undefined)[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string" && !value.isWellFormed()) return true;
    if (isArray(value)) { for (const inner of value) waiting.push(inner); }
    if (!isObject(value)) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (!key.isWellFormed()) return true;
      waiting.push(inner);
    }
  }
  return false;
}

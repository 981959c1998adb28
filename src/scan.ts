/**
 * The one loop from bytes to facts: rows of a source, parsed, and said in the vocabulary of
 * `transcript.ts`. Whoever needs facts takes them from here; nobody else parses rows in bulk.
 *
 * A file is JSONL, a row on each line, or one JSON value that may run over many lines: such a file
 * is a single row.
 */

import type { Format, ScannedRow } from "./format.ts";
import { findFormat } from "./formats.ts";
import { BAD_UTF8, explainRefusal, LENIENT, parseRow, RowShapeError } from "./json_row.ts";
import {
  type ByteSource,
  findContentLength,
  readRowAt,
  readRows,
  type ReadRowsOptions,
  type Row,
} from "./rows.ts";
import { groupDigits } from "./text.ts";
import type { Fact, JsonObject, Message, Problem, ProblemKind } from "./transcript.ts";

/** How far into a file its format is looked for. */
const SNIFF_ROWS = 200;
const SNIFF_BYTES = 1024 * 1024;

/** A file of one value that is larger is taken for none: it would have to be held whole. */
const LARGEST_FILE = 64 * 1024 * 1024;

/** A file of one value that is larger than this is read with its strings shortened. */
const LARGEST_VALUE = 8 * 1024 * 1024;
const KEEP_BYTES = 4 * 1024;

/** What a damaged row says that nobody but its agent may see. */
const PRIVATE_NOTE: Fact = { kind: "note", what: "private to the agent", sort: "private" };

/** What a first look at a file told. */
export interface Sniff {
  /** Undefined when no format knows the file. */
  readonly format: Format | undefined;
  /** Whether rows that come after those looked at cannot make it another's. */
  readonly isSure: boolean;
  /** Whether any row of the part looked at is a JSON object. */
  readonly hasRows: boolean;
  /** Whether the file is one JSON value, and no JSONL. */
  readonly isOneValue: boolean;
  /** Whether it is neither one value nor rows without damage. */
  readonly isTornValue: boolean;
}

/** What is true of a file that has rows of which one tells surely whose it is. */
const SURE = { isSure: true, hasRows: true, isOneValue: false, isTornValue: false } as const;

/** How the rows of a file are to be read. */
export interface ScanOptions extends ReadRowsOptions {
  /** As `Sniff` has it. */
  readonly isOneValue?: boolean;
}

/**
 * Finds out whose file this is from its first row alone, which for most files is enough.
 * @returns undefined where that does not tell surely, and the file has to be looked at
 */
export function sniffFirstRow(row: Row): Sniff | undefined {
  const value = parseLeniently(row);
  const format = value && findFormat([value], "sure");
  return format && { ...SURE, format };
}

/** Finds out whose file this is, from the fields of its first readable rows. */
export function sniffSource(source: ByteSource): Sniff {
  const rows: JsonObject[] = [];
  let opensValue = false;
  let hasDamage = false;
  for (const row of readRows(source, { windowBytes: 64 * 1024 })) {
    if (row.line > SNIFF_ROWS || row.offset > SNIFF_BYTES) break;
    const value = parseLeniently(row);
    if (value === undefined) {
      opensValue ||= rows.length === 0 && looksLikeObject(row.bytes);
      hasDamage ||= row.length > 0;
      continue;
    }
    rows.push(value);
    const format = findFormat([value], "sure");
    if (format !== undefined) {
      return { ...SURE, format };
    }
  }
  const value = opensValue ? readOneValue(source) : undefined;
  const whole = value && parseRow(value, LENIENT).value;
  const owner = whole && findFormat([whole], "sure");
  if (owner !== undefined) {
    return { ...SURE, format: owner, isOneValue: true };
  }
  return {
    format: findFormat(rows, "likely"),
    isSure: false,
    hasRows: rows.length > 0 || whole !== undefined,
    isOneValue: false,
    isTornValue: hasDamage && whole === undefined,
  };
}

/** Gives every row of a source with its facts and problems, from an offset on where one is told. */
export function* scanRows(
  source: ByteSource,
  format: Format,
  options: ScanOptions = {},
): Generator<ScannedRow> {
  const value = options.isOneValue ? readOneValue(source) : undefined;
  const rows = value === undefined ? readRows(source, options) : [value];
  for (const row of rows) yield scanRow(row, format);
}

/** Says what one row means. */
export function scanRow(row: Row, format: Format): ScannedRow {
  const { dialect, needsUtf8, rowLimitBytes = Infinity } = format;
  const { value, problems } = parseRow(row, { dialect });
  if (value === undefined) {
    const isPrivate = problems.some(isDamage) && format.isPrivate?.(row.bytes) === true;
    return { row, value, facts: isPrivate ? [PRIVATE_NOTE] : [], problems };
  }
  try {
    const facts = format.readFacts(value);
    const more = facts.filter((fact) => fact.kind === "unknown")
      .map(({ type }) => toProblem(row, "unknown_row", `rows of the unknown type ${quote(type)}`));
    if (row.length + (row.ending === "crlf" ? 2 : 1) > rowLimitBytes) {
      const reason = `its agent reads rows of at most ${groupDigits(rowLimitBytes - 1)} bytes`;
      more.push(toProblem(row, "long", reason));
    }
    if (!problems.some(({ kind }) => kind === "refused")) {
      const isBadUtf8 = needsUtf8 && problems.some(({ kind }) => kind === "utf8");
      const refusal = format.findRowRefusal?.(value);
      if (refusal !== undefined) more.push(toProblem(row, "refused", explainRefusal(refusal)));
      else if (isBadUtf8) more.push(toProblem(row, "refused", BAD_UTF8));
    }
    return { row, value, facts, problems: [...problems, ...more] };
  } catch (error) {
    if (!(error instanceof RowShapeError)) throw error;
    const problem = toProblem(row, "shape", error.message);
    return { row, value: undefined, facts: [], problems: [...problems, problem] };
  }
}

/**
 * Gives the messages of a row in full.
 * @param keepsNumbers Whether each number is to be as it is spelled, where the format can read it so.
 */
export function readRowMessages(
  row: Row,
  { dialect, readMessages }: Format,
  keepsNumbers = false,
): readonly Message[] {
  for (const keeps of keepsNumbers ? [true, false] : [false]) {
    const { value } = parseRow(row, { dialect, keepsNumbers: keeps });
    if (value === undefined) return [];
    try {
      return readMessages(value);
    } catch (error) {
      // A number whose spelling is kept is none to a format that wants a plain one.
      if (!(error instanceof RowShapeError)) throw error;
    }
  }
  return [];
}

/** The one value that a file is, as a row; its strings shortened when it is large. */
function readOneValue(source: ByteSource): Row | undefined {
  const length = findContentLength(source, LARGEST_FILE);
  if (length === undefined) return undefined;
  const keepBytes = length > LARGEST_VALUE ? KEEP_BYTES : undefined;
  return readRowAt(source, { line: 1, offset: 0, length }, keepBytes);
}

function isDamage({ severity }: Problem): boolean {
  return severity === "damage";
}

function toProblem(row: Row, kind: ProblemKind, reason: string): Problem {
  const severity = kind === "unknown_row" ? "notice" : "damage";
  return { kind, severity, line: row.line, offset: row.offset, reason, count: 1 };
}

/** Types are names; what is too long for one, or not made of letters, is not repeated. */
function quote(type: string): string {
  return /^[\w.-]{1,40}$/.test(type) ? `"${type}"` : "(no name)";
}

/** The object that a row is to any agent; undefined where it is none. */
function parseLeniently(row: Row): JsonObject | undefined {
  return looksLikeObject(row.bytes) ? parseRow(row, LENIENT).value : undefined;
}

/** A cheap look that spares the parser from files that hold no JSON at all. */
function looksLikeObject(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte > 0x20);
  return first === 0x7b;
}

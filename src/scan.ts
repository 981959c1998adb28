/**
 * The one loop from bytes to facts: rows of a source, parsed, and said in the vocabulary of
 * `transcript.ts`. Whoever needs facts takes them from here; nobody else parses rows in bulk.
 */

import type { Format, ScannedRow } from "./format.ts";
import { findFormat } from "./formats.ts";
import { parseRow, RowShapeError } from "./json_row.ts";
import { type ByteSource, readRows, type ReadRowsOptions, type Row } from "./rows.ts";
import type { JsonObject, Problem } from "./transcript.ts";

/** How far into a file its format is looked for. */
const SNIFF_ROWS = 200;
const SNIFF_BYTES = 1024 * 1024;

/** What a first look at a file told. */
export interface Sniff {
  /** Undefined when no format knows the file. */
  readonly format: Format | undefined;
  /** Whether any row of the part looked at is a JSON object. */
  readonly hasRows: boolean;
}

/** Finds out whose file this is, from the fields of its first readable rows. */
export function sniffSource(source: ByteSource): Sniff {
  const rows: JsonObject[] = [];
  for (const row of readRows(source, { windowBytes: 64 * 1024 })) {
    if (row.line > SNIFF_ROWS || row.offset > SNIFF_BYTES) break;
    const { value } = looksLikeObject(row.bytes) ? parseRow(row) : { value: undefined };
    if (value === undefined) continue;
    rows.push(value);
    const format = findFormat(rows);
    if (format !== undefined) return { format, hasRows: true };
  }
  return { format: undefined, hasRows: rows.length > 0 };
}

/** Gives every row of a source with its facts and problems, from an offset on where one is told. */
export function* scanRows(
  source: ByteSource,
  format: Format,
  options: ReadRowsOptions = {},
): Generator<ScannedRow> {
  for (const row of readRows(source, options)) {
    const { value, problems } = parseRow(row);
    if (value === undefined) {
      yield { row, value, facts: [], problems };
      continue;
    }
    try {
      const facts = format.readFacts(value);
      const unknown = facts.filter((fact) => fact.kind === "unknown")
        .map(({ type }) =>
          toProblem(row, "unknown_row", `rows of the unknown type ${quote(type)}`)
        );
      yield { row, value, facts, problems: [...problems, ...unknown] };
    } catch (error) {
      if (!(error instanceof RowShapeError)) throw error;
      const problem = toProblem(row, "shape", error.message);
      yield { row, value: undefined, facts: [], problems: [...problems, problem] };
    }
  }
}

function toProblem(row: Row, kind: "unknown_row" | "shape", reason: string): Problem {
  const severity = kind === "shape" ? "damage" : "notice";
  return { kind, severity, line: row.line, offset: row.offset, reason, count: 1 };
}

/** Types are names; what is too long for one, or not made of letters, is not repeated. */
function quote(type: string): string {
  return /^[\w.-]{1,40}$/.test(type) ? `"${type}"` : "(no name)";
}

/** A cheap look that spares the parser from files that hold no JSON at all. */
function looksLikeObject(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte > 0x20);
  return first === 0x7b;
}

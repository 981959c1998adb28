/**
 * Lines of columns that fit a width: the last column takes what the others leave, and where too
 * little is left for it, columns go, the least important first.
 */

import { measureWidth, pad, truncate } from "./text.ts";

/** A column of a table. */
export interface Column<Row> {
  readonly heading: string;
  readonly side: "left" | "right";
  /** Columns of a lower number go first when the line is too narrow; the last column stays. */
  readonly importance: number;
  /** The text of a cell, without colour. */
  readonly text: (row: Row) => string;
  /** Colours a cell that has its final width. */
  readonly paint: (cell: string, row: Row) => string;
}

/** How wide a table may be, and whether a line of headings goes before it. */
export interface TableOptions {
  /** In cells; undefined cuts nothing. */
  readonly width: number | undefined;
  /** Colours the headings; without it there are none. */
  readonly paintHeading?: (line: string) => string;
  /** What `measureTable` gave for more rows than these; without it these decide. */
  readonly widths?: ColumnWidths;
}

/** The cells that each column but the last takes, in the order of the columns. */
export type ColumnWidths = readonly number[];

/** Cells that the last column should have before another column has to go. */
const LAST_COLUMN_CELLS = 18;
const GAP = "  ";

/** Measures the columns of rows that are rendered in parts, which then look as in the whole; headings count. */
export function measureTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): ColumnWidths {
  return columns.slice(0, -1).map((column) =>
    measureWidest([column.heading, ...rows.map(column.text)])
  );
}

/** Renders rows as lines of equal columns. */
export function renderTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, paintHeading, widths: known }: TableOptions,
): readonly string[] {
  const cells = new Map(columns.map((column) => [column, rows.map(column.text)]));
  // Nothing stands beside the last column, so its width does not matter.
  const widths = new Map(
    columns.slice(0, -1).map((column, index) => {
      const texts = [...cells.get(column) ?? [], ...(paintHeading ? [column.heading] : [])];
      return [column, known?.[index] ?? measureWidest(texts)];
    }),
  );
  const kept = chooseColumns(columns, widths, width ?? Infinity);
  const last = kept.at(-1);
  const room = width === undefined
    ? Infinity
    : Math.max(1, width - measureTaken(kept.slice(0, -1), widths));

  const fit = (column: Column<Row>, text: string) =>
    column === last ? truncate(text, room) : pad(text, widths.get(column) ?? 0, column.side);
  const lines = rows.map((row, index) =>
    kept.map((column) => column.paint(fit(column, cells.get(column)?.[index] ?? ""), row))
      .join(GAP).trimEnd()
  );
  if (paintHeading === undefined || rows.length === 0) return lines;
  const headings = kept.map((column) => fit(column, column.heading)).join(GAP).trimEnd();
  return [paintHeading(headings), ...lines];
}

function measureWidest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, measureWidth(text)), 0);
}

/** The cells that columns and the gaps after them take. */
function measureTaken<Row>(
  columns: readonly Column<Row>[],
  widths: ReadonlyMap<Column<Row>, number>,
): number {
  return columns.reduce((sum, column) => sum + (widths.get(column) ?? 0) + GAP.length, 0);
}

function chooseColumns<Row>(
  columns: readonly Column<Row>[],
  widths: ReadonlyMap<Column<Row>, number>,
  width: number,
): readonly Column<Row>[] {
  let kept = columns;
  for (;;) {
    const others = kept.slice(0, -1);
    const taken = measureTaken(others, widths);
    if (others.length === 0 || taken + LAST_COLUMN_CELLS <= width) return kept;
    const least = others.reduce((a, b) => (b.importance < a.importance ? b : a));
    kept = kept.filter((column) => column !== least);
  }
}

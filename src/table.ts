/**
 * Lines of columns that fit a width: the last column takes what the others leave, and where too
 * little is left for it, columns go, the least important first.
 */

import { isDisputed } from "./graphemes.ts";
import { fenceDirection, measureMost, measureWidth, pad, truncate } from "./text.ts";

/** A column of a table. */
export interface Column<Row> {
  readonly heading: string;
  readonly side: "left" | "right";
  /** Columns of a lower number go first when the line is too narrow; the last column stays. */
  readonly importance: number;
  /** Cells that it takes at most where lines have a width; the last takes what there is. */
  readonly most?: number;
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
  /**
   * Moves the cursor to a column, counted from 1: what comes next then starts there, whatever the
   * terminal takes the letters before it for. Without it, it starts where most terminals agree.
   */
  readonly moveTo?: ((column: number) => string) | undefined;
  /** What `measureTable` gave for more rows than these; without it these decide. */
  readonly widths?: ColumnWidths;
}

/** How wide columns are, in their order; the last one of a part takes what there is. */
export type ColumnWidths = readonly ColumnWidth[];

/** How wide a column is, in cells. */
interface ColumnWidth {
  readonly width: number;
  /** The cells beyond that which a terminal may take for what others put together. */
  readonly excess: number;
}

/** The share of a line that the last column has, if it needs it, before another has to go. */
const LAST_SHARE = 2 / 5;
/** Cells that it has then in any line, and where only the most important column is beside it. */
const LAST_CELLS = 23;
const LAST_CELLS_OF_TWO = 8;
const GAP = "  ";

/** A column with the texts of its cells, and how wide it is. */
interface FilledColumn<Row> extends Column<Row>, ColumnWidth {
  readonly texts: readonly string[];
  /** Texts that were filled up to the width: in most columns many rows share one. */
  readonly padded: Map<string, string>;
}

/** Measures the columns of rows that are rendered in parts, which then look as in the whole; headings count. */
export function measureTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): ColumnWidths {
  return columns.map((column) => {
    const isLast = column === columns.at(-1);
    const { most = Infinity, heading, text } = column;
    const texts = isLast ? [] : rows.map((row) => truncate(text(row), most));
    // Whatever a part shows, its last column wants the room that it may want in another.
    return isLast ? { width: Infinity, excess: 0 } : measureColumn([heading, ...texts]);
  });
}

/** Renders rows as lines of equal columns. */
export function renderTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  options: TableOptions,
): readonly string[] {
  const { width, paintHeading } = options;
  const kept = chooseColumns(
    columns.map((column, index) =>
      fillColumn(column, rows, {
        ...options,
        isLast: column === columns.at(-1),
        known: options.widths?.[index],
      })
    ),
    width,
  );
  const lines = rows.map((row, index) => renderLine(kept, options, { row, index }));
  if (paintHeading === undefined || rows.length === 0) return lines;
  return [paintHeading(renderLine(kept, options)), ...lines];
}

interface FillOptions extends TableOptions {
  readonly isLast: boolean;
  readonly known: ColumnWidth | undefined;
}

function fillColumn<Row>(
  column: Column<Row>,
  rows: readonly Row[],
  { width, paintHeading, isLast, known }: FillOptions,
): FilledColumn<Row> {
  const { heading, most = Infinity, text } = column;
  // In a pipe nothing depends on the width of the last column, and there are thousands of titles.
  if (width === undefined && isLast) {
    return { ...column, texts: rows.map(text), padded: new Map(), width: 0, excess: 0 };
  }
  const cut = width === undefined ? Infinity : Math.min(most, width);
  const texts = rows.map((row) => truncate(text(row), cut));
  const measured = known ??
    measureColumn(new Set(paintHeading === undefined ? texts : [...texts, heading]));
  return { ...column, texts, padded: new Map(), ...measured };
}

function measureColumn(texts: Iterable<string>): ColumnWidth {
  let [width, excess] = [0, 0];
  for (const text of texts) {
    const cells = measureWidth(text);
    width = Math.max(width, cells);
    excess = Math.max(excess, measureMost(text) - cells);
  }
  return { width, excess };
}

/** Renders the line of a row, or that of the headings. */
function renderLine<Row>(
  columns: readonly FilledColumn<Row>[],
  { width, moveTo }: TableOptions,
  place?: { readonly row: Row; readonly index: number },
): string {
  const paint = (column: Column<Row>, cell: string) => {
    if (place === undefined) return cell;
    const painted = column.paint(cell, place.row);
    return width === undefined ? painted : fenceDirection(painted);
  };
  let line = "";
  let before = "";
  let start = 1;
  for (const column of columns) {
    const text = place === undefined ? column.heading : column.texts[place.index] ?? "";
    if (column === columns.at(-1)) {
      const room = width === undefined ? Infinity : Math.max(1, width - measureMost(before));
      line += paint(column, truncate(text, room));
      break;
    }
    const cell = padCell(column, text);
    if (width !== undefined) before += cell + GAP;
    start += column.width + GAP.length;
    line += paint(column, cell) + GAP;
    if (moveTo !== undefined && isDisputed(text)) line += moveTo(start);
  }
  return line.trimEnd();
}

function padCell<Row>({ padded, width, side }: FilledColumn<Row>, text: string): string {
  const known = padded.get(text);
  if (known !== undefined) return known;
  const cell = pad(text, width, side);
  padded.set(text, cell);
  return cell;
}

function chooseColumns<Row>(
  columns: readonly FilledColumn<Row>[],
  width: number | undefined,
): readonly FilledColumn<Row>[] {
  let kept = columns;
  while (width !== undefined && kept.length > 1) {
    const others = kept.slice(0, -1);
    const taken = others.reduce((sum, { width, excess }) => sum + width + excess + GAP.length, 0);
    const share = others.length === 1
      ? LAST_CELLS_OF_TWO
      : Math.max(LAST_CELLS, Math.floor(width * LAST_SHARE));
    if (taken + Math.min(share, kept.at(-1)?.width ?? 0) <= width) break;
    const least = others.reduce((a, b) => (b.importance < a.importance ? b : a));
    kept = kept.filter((column) => column !== least);
  }
  return kept;
}

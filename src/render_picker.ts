/**
 * A picker as lines: what is typed, the sessions that are found, and a preview of the highlighted one.
 *
 * The sessions look as `list` shows them, their columns as wide as all that are offered need, so that
 * nothing moves sideways while somebody types. The preview stands below them where the terminal is
 * tall, beside them where it is wide, and is left out elsewhere.
 */

import type { Frame } from "./inline_viewport.ts";
import { findHighlighted, type Offered, type PickerState } from "./picker.ts";
import type { Room } from "./render_preview.ts";
import { type ListMeasures, renderSessions } from "./render_session.ts";
import { measurePainted, PLAIN, type Style, truncatePainted } from "./style.ts";
import { formatCount, measureWidth, pad, toVisibleLine, truncate, truncateStart } from "./text.ts";
import type { Session } from "./transcript.ts";

/** A session that may be picked. */
export interface OfferedSession extends Offered {
  readonly session: Session;
}

/** Where the parts of a picker are. */
export interface PickerLayout {
  /** Of the terminal, in cells. */
  readonly columns: number;
  /** As many lines as may be drawn. */
  readonly lines: number;
  readonly hasHeading: boolean;
  readonly list: Room;
  readonly preview: (Room & { readonly side: "below" | "beside" }) | undefined;
}

/** How a picker looks, whatever is typed. */
export interface PickerLook {
  readonly style: Style;
  readonly nowMs: number;
  readonly idLength: number;
  readonly measures: ListMeasures;
  /** What stands where nothing is typed yet. */
  readonly hint: string;
}

/** The share of a terminal that a picker takes; the rest shows what was there. */
const SHARE = 0.75;
/** Lines that it takes even so, where there are as many. */
const LEAST_LINES = 10;
/** A preview below the list needs so many lines; where it has them, one beside it has to be better. */
const TALL_LINES = 15;
const WIDE_COLUMNS = { low: 120, tall: 160 };
/** A list with a preview beside it takes this share of the columns, and so many lines if it is short. */
const LIST_SHARE = 0.6;
const BESIDE_LINES = 10;

const MARK = "> ";
const NO_MARK = "  ";
const BAR = " │ ";
/**
 * The most cells of what is typed that are seen. The cursor stays left of a narrower window's edge:
 * beyond it, it would be on another line once the terminal has wrapped the first.
 */
const QUERY_CELLS = 30;

/** Divides a terminal for a picker that offers so many sessions. */
export function layOutPicker(
  { columns, rows }: { readonly columns: number; readonly rows: number },
  offered: number,
): PickerLayout {
  const lines = Math.min(rows, Math.max(LEAST_LINES, Math.floor(rows * SHARE)));
  const hasHeading = lines > 3;
  const room = Math.max(1, lines - (hasHeading ? 2 : 1));
  const isTall = lines >= TALL_LINES;
  const isWide = columns >= (isTall ? WIDE_COLUMNS.tall : WIDE_COLUMNS.low);
  if (isWide && lines >= LEAST_LINES) {
    const listColumns = Math.floor(columns * LIST_SHARE);
    const listLines = Math.min(room, Math.max(offered, BESIDE_LINES));
    const previewColumns = columns - listColumns - BAR.length;
    return {
      columns,
      lines,
      hasHeading,
      list: { columns: listColumns, lines: listLines },
      preview: { side: "beside", columns: previewColumns, lines: listLines + 1 },
    };
  }
  const most = isTall ? Math.ceil((room - 1) / 2) : room;
  const listLines = Math.max(1, Math.min(most, offered));
  return {
    columns,
    lines,
    hasHeading,
    list: { columns, lines: listLines },
    preview: isTall ? { side: "below", columns, lines: room - 1 - listLines } : undefined,
  };
}

/** What a picker is rendered with, beside its state. */
export interface RenderPickerOptions {
  readonly layout: PickerLayout;
  readonly look: PickerLook;
  /** The lines of the preview, as wide and as many as it has room for. */
  readonly preview: readonly string[];
}

/** Renders a picker. */
export function renderPicker(
  state: PickerState<OfferedSession>,
  { layout, look, preview }: RenderPickerOptions,
): Frame {
  const { columns, preview: room, list: { lines: count } } = layout;
  const { style } = look;
  const query = truncateStart(toVisibleLine(state.query), Math.min(QUERY_CELLS, columns - 3));
  const list = renderList(state, layout, look);
  const body = fill(list, count + (layout.hasHeading ? 1 : 0));
  const below = room?.side === "below"
    ? [style.dim("─".repeat(columns)), ...fill(preview, room.lines)]
    : [];
  const addBeside = (line: string, index: number) =>
    padPainted(line, layout.list.columns) + style.dim(BAR) + (preview[index] ?? "");
  const lines = [
    renderQuery(query, state, { columns, look }),
    ...(room?.side === "beside" ? body.map(addBeside) : body),
    ...below,
  ];
  return {
    lines: lines.slice(0, layout.lines).map((line) => truncatePainted(line, columns)),
    cursor: Math.min(MARK.length + measureWidth(query), columns - 1),
  };
}

/** What is typed, and how many of all that finds. */
function renderQuery(
  query: string,
  { query: typed, found, offered }: PickerState<OfferedSession>,
  { columns, look: { style, hint } }: { readonly columns: number; readonly look: PickerLook },
): string {
  const count = `${found.length}/${offered.length}`;
  const room = columns - MARK.length - count.length - 2;
  const text = typed === "" ? truncate(hint, room) : query;
  const gap = columns - MARK.length - measureWidth(text) - count.length;
  const shown = typed === "" ? style.dim(text) : text;
  return style.cyan(MARK) + shown + (gap < 1 ? "" : " ".repeat(gap) + style.dim(count));
}

/** The headings and the sessions that are in sight. */
function renderList(
  state: PickerState<OfferedSession>,
  { hasHeading, list: { columns, lines: count } }: PickerLayout,
  { style, nowMs, idLength, measures }: PickerLook,
): readonly string[] {
  const { found, top, offered } = state;
  const seen = found.slice(top, top + count).map(({ session }) => session);
  if (seen.length === 0) {
    return [NO_MARK + style.dim(`none of ${formatCount(offered.length, "session")} matches`)];
  }
  const options = { width: Math.max(1, columns - MARK.length), nowMs, idLength, measures };
  const chosen = findHighlighted(state)?.session;
  const lines = renderSessions(seen, { ...options, style, hasHeading });
  const shift = hasHeading ? 1 : 0;
  return lines.map((line, index) => {
    const session = seen[index - shift];
    if (session === undefined || session !== chosen) return NO_MARK + line;
    const [plain = ""] = renderSessions([session], { ...options, style: PLAIN, hasHeading: false });
    return style.chosen(pad(MARK + plain, columns));
  });
}

/** So many lines, the last ones empty where there are fewer. */
function fill(lines: readonly string[], count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => lines[index] ?? "");
}

function padPainted(line: string, cells: number): string {
  const cut = truncatePainted(line, cells);
  return cut + " ".repeat(Math.max(0, cells - measurePainted(cut)));
}

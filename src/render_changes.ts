/** What commands change, as lines: the plan of `prune`, the receipts of `undo`. */

import type { Verdict } from "./prune_plan.ts";
import type { Receipt } from "./receipt.ts";
import { formatTitle, shortId } from "./render_session.ts";
import type { Style } from "./style.ts";
import { type Column, renderTable } from "./table.ts";
import { formatBytes, formatCount, toOneLine } from "./text.ts";
import { formatAge } from "./time.ts";

/** How the lines are to look. */
export interface RenderChangesOptions {
  readonly style: Style;
  readonly width: number | undefined;
}

/** Renders what is to become of sessions, a line each. */
export function renderVerdicts(
  verdicts: readonly Verdict[],
  { style, width, idLength }: RenderChangesOptions & { readonly idLength: number },
): readonly string[] {
  const columns: readonly Column<Verdict>[] = [
    {
      ...column("ACTION", 9, ({ action }) => action),
      paint: (cell, { action }) => (action === "prune" ? style.red(cell) : style.green(cell)),
    },
    { ...column("ID", 8, ({ session }) => shortId(session, idLength)), paint: style.yellow },
    { ...column("SIZE", 3, ({ session }) => formatBytes(session.unitBytes)), side: "right" },
    { ...column("WHY", 7, ({ reason }) => reason), paint: style.dim },
    column("TITLE", 1, ({ session }) => formatTitle(session)),
  ];
  return renderTable(verdicts, columns, { width });
}

/** Renders receipts, a line each. */
export function renderReceipts(
  receipts: readonly Receipt[],
  { style, width, nowMs }: RenderChangesOptions & { readonly nowMs: number },
): readonly string[] {
  const columns: readonly Column<Receipt>[] = [
    { ...column("ID", 9, ({ id }) => id), paint: style.yellow },
    { ...column("AGE", 5, ({ timeMs }) => formatAge(nowMs - timeMs)), side: "right" },
    column("COMMAND", 8, ({ command }) => toOneLine(command)),
    column("STATE", 7, ({ state }) => state.replace("_", " ")),
    column("WHAT", 1, describeChanges),
  ];
  return renderTable(receipts, columns, { width });
}

/** What a receipt changed, in words. */
export function describeChanges({ state, moves, creations, undoes }: Receipt): string {
  if (state === "rolled_back") return "nothing changed";
  const bytes = moves.reduce((sum, move) => sum + move.bytes, 0);
  return [
    moves.length === 0
      ? ""
      : `${formatCount(moves.filter(({ isPart }) => !isPart).length, "session")} moved (${
        formatBytes(bytes)
      })`,
    creations.length === 0 ? "" : `${formatCount(creations.length, "session")} made`,
    undoes === undefined ? "" : `undoes ${toOneLine(undoes)}`,
  ].filter(Boolean).join(", ");
}

function column<Row>(
  heading: string,
  importance: number,
  text: (row: Row) => string,
): Column<Row> {
  return { heading, importance, text, side: "left", paint: (cell) => cell };
}

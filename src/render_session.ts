/** Sessions as the lines of `list`, and the small texts about a session that other pages share. */

import { basename } from "@std/path";
import { shortenHandle } from "./reference.ts";
import { type Column, type ColumnWidths, measureTable, renderTable } from "./table.ts";
import { PLAIN, type Style } from "./style.ts";
import { formatBytes, toOneLine } from "./text.ts";
import { formatAge } from "./time.ts";
import type { Session } from "./transcript.ts";

/** How the lines of a list are to look. */
export interface RenderListOptions {
  readonly style: Style;
  readonly width: number | undefined;
  readonly nowMs: number;
  /** How many characters of an id tell the sessions apart. */
  readonly idLength: number;
  readonly hasHeading: boolean;
  /** Whether a terminal shows them from the start of its lines, so that its cursor can be moved. */
  readonly movesCursor?: boolean;
  /** What `measureSessions` gave for the whole of which these are a part. */
  readonly measures?: ListMeasures;
}

/** What the lines of a list depend on beside the session that each shows. */
export interface ListMeasures {
  readonly widths: ColumnWidths;
  readonly hasManyAgents: boolean;
}

/** Cells of the name of a folder that are shown where lines have a width. */
const PROJECT_CELLS = 20;

/** Measures a list that is to be rendered in parts. */
export function measureSessions(
  sessions: readonly Session[],
  options: Pick<RenderListOptions, "nowMs" | "idLength">,
): ListMeasures {
  const hasManyAgents = countAgents(sessions) > 1;
  const columns = columnsOf({ ...options, style: PLAIN, hasManyAgents });
  return { widths: measureTable(sessions, columns), hasManyAgents };
}

/** Renders sessions as a table, a line each. */
export function renderSessions(
  sessions: readonly Session[],
  { width, hasHeading, movesCursor = false, measures, ...look }: RenderListOptions,
): readonly string[] {
  const hasManyAgents = measures?.hasManyAgents ?? countAgents(sessions) > 1;
  return renderTable(sessions, columnsOf({ ...look, hasManyAgents }), {
    width,
    ...(hasHeading ? { paintHeading: look.style.dim } : {}),
    ...(measures === undefined ? {} : { widths: measures.widths }),
    moveTo: movesCursor ? look.style.moveTo : undefined,
  });
}

function countAgents(sessions: readonly Session[]): number {
  return new Set(sessions.map(({ agent }) => agent)).size;
}

interface ColumnOptions extends Pick<RenderListOptions, "style" | "nowMs" | "idLength"> {
  readonly hasManyAgents: boolean;
}

function columnsOf(
  { style, nowMs, idLength, hasManyAgents }: ColumnOptions,
): readonly Column<Session>[] {
  // What is the same in every line is the first to go.
  const agentImportance = hasManyAgents ? 5 : 2;
  return [
    column("ID", 9, (session) => shortId(session, idLength), style.yellow),
    column("AGE", 8, (session) => formatAge(nowMs - session.updatedMs), style.dim, "right"),
    column("AGENT", agentImportance, (session) => session.agent, style.dim),
    column("MSGS", 7, (session) => String(session.messages), (cell) => cell, "right"),
    column("SIZE", 3, (session) => formatBytes(session.unitBytes), style.dim, "right"),
    column("COST", 4, (session) => formatCost(session.costUsd), style.dim, "right"),
    {
      ...column("PROJECT", 6, (session) => formatProject(session), style.cyan),
      most: PROJECT_CELLS,
    },
    {
      ...column("TITLE", 10, (session) => formatMarks(session) + formatTitle(session), style.bold),
      paint: (cell, session) => paintTitle(cell, session, style),
    },
  ];
}

/** The first characters of an id, fit for a terminal. */
export function shortId({ handle }: Session, length: number): string {
  return toOneLine(shortenHandle(handle, length));
}

/** The title on one line, or in brackets why there is none. */
export function formatTitle(session: Session): string {
  const title = toOneLine(session.title ?? "");
  if (title !== "") return title;
  return session.messages === 0 ? "(no messages)" : "(no prompt)";
}

/** A cost in US dollars; "-" where the agent keeps none. */
export function formatCost(cost: number | undefined): string {
  if (cost === undefined) return "-";
  return cost > 0 && cost < 0.005 ? "<$0.01" : `$${cost.toFixed(2)}`;
}

/** The last folder of the session's cwd; "-" where the file names none. */
export function formatProject({ cwd }: Session): string {
  if (cwd === undefined) return "-";
  const isPlain = !cwd.includes("\\") && !cwd.endsWith("/");
  const name = isPlain ? cwd.slice(cwd.lastIndexOf("/") + 1) : basename(cwd.replaceAll("\\", "/"));
  return toOneLine(name || cwd);
}

function column(
  heading: string,
  importance: number,
  text: (session: Session) => string,
  paint: (cell: string) => string,
  side: "left" | "right" = "left",
): Column<Session> {
  return { heading, importance, side, text, paint };
}

/** `⑂` for a branch, `!` for damage, `●` for a session that its agent is using. */
function formatMarks({ parent, state }: Session): string {
  const marks = parent === undefined ? "" : "⑂ ";
  if (state === "damaged") return `${marks}! `;
  return state === "live" ? `${marks}● ` : marks;
}

function paintTitle(cell: string, session: Session, style: Style): string {
  if (style === PLAIN) return cell;
  const marks = formatMarks(session);
  if (!cell.startsWith(marks)) return cell;
  const title = cell.slice(marks.length);
  const paintMarks = session.state === "damaged" ? style.red : style.green;
  return paintMarks(marks) + (session.title === undefined ? style.dim(title) : title);
}

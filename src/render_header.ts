/** What stands at the top of a shown session: what it is, by whom, when, and how large. */

import { formatCost, formatTitle } from "./render_session.ts";
import type { Style } from "./style.ts";
import { formatCount, toOneLine, toVisibleLine, truncate, wrap } from "./text.ts";
import { formatUtc } from "./time.ts";
import type { Session } from "./transcript.ts";

/** How the header is to look. */
export interface RenderHeaderOptions {
  readonly style: Style;
  readonly width: number | undefined;
}

/** Renders the header. */
export function renderHeader(
  session: Session,
  { style, width }: RenderHeaderOptions,
): readonly string[] {
  const { id, agent, model, provider, cwd, startedMs, updatedMs } = session;
  const who = model === undefined ? [] : [`${model}${provider ? ` (${provider})` : ""}`];
  const dropped = session.messages - session.keptMessages;
  const lines = [
    [id, agent, ...who],
    [
      `${formatMinute(startedMs ?? updatedMs)} to ${formatMinute(updatedMs)} UTC`,
      formatCount(session.keptMessages, "message"),
      ...(session.costUsd === undefined ? [] : [formatCost(session.costUsd)]),
    ],
    ...(session.parent === undefined
      ? []
      : [[`branch of ${session.parent}${formatForkPoint(session.forkPoint)}`]]),
    ...(dropped > 0
      ? [[`${formatCount(dropped, "message")} more ${dropped === 1 ? "holds" : "hold"} nothing`]]
      : []),
  ];
  const fit = (line: string) => (width === undefined ? [line] : wrap(line, width));
  return [
    ...cutLines(fit(formatTitle(session)), width).map(style.bold),
    ...lines.flatMap((parts) => fit(parts.map(toOneLine).join(" · ")).map(style.dim)),
    // Paths stay in one piece, to be copied.
    ...[cwd, session.path].flatMap((path) =>
      path === undefined ? [] : [style.dim(toVisibleLine(path))]
    ),
  ];
}

/** Keeps two lines, the second with `…` where there were more. */
function cutLines(lines: readonly string[], width = Infinity): readonly string[] {
  const [first = "", ...rest] = lines;
  return rest.length < 2 ? lines : [first, truncate(rest.join(" "), width)];
}

function formatMinute(ms: number): string {
  return formatUtc(ms).slice(0, 16).replace("T", " ");
}

function formatForkPoint(forkPoint: number | undefined): string {
  return forkPoint === undefined ? "" : ` after message ${forkPoint}`;
}

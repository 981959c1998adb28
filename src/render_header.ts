/** What stands at the top of a shown session: what it is, by whom, when, and how large. */

import { formatCost, formatTitle } from "./render_session.ts";
import type { Style } from "./style.ts";
import { formatCount, toOneLine, wrap } from "./text.ts";
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
      ...(cwd === undefined ? [] : [cwd]),
    ],
    ...(session.parent === undefined
      ? []
      : [[`branch of ${session.parent} after message ${session.forkPoint ?? 0}`]]),
    ...(dropped > 0
      ? [[`${formatCount(dropped, "message")} more ${dropped === 1 ? "holds" : "hold"} nothing`]]
      : []),
  ];
  const fit = (line: string) => (width === undefined ? [line] : wrap(line, width));
  return [
    ...fit(formatTitle(session)).slice(0, 2).map(style.bold),
    ...lines.flatMap((parts) => fit(parts.map(toOneLine).join(" · ")).map(style.dim)),
    // A path stays in one piece, to be copied.
    style.dim(toOneLine(session.path)),
  ];
}

function formatMinute(ms: number): string {
  return formatUtc(ms).slice(0, 16).replace("T", " ");
}

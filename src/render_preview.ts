/** A session in few lines: the top of its header, and how its last messages end. */

import { renderHeader } from "./render_header.ts";
import { type MessageHeading, MessageRenderer } from "./render_message.ts";
import { type Style, truncatePainted } from "./style.ts";
import { toOneLine } from "./text.ts";
import type { Session } from "./transcript.ts";

/** A part of the screen, in cells and lines. */
export interface Room {
  readonly columns: number;
  readonly lines: number;
}

/** Some of the last messages of a session, in order; or why there are none to show. */
export type LastMessages = readonly MessageHeading[] | string;

/** With less than that of a message cut away, its heading tells nothing. */
const LEAST_OF_A_MESSAGE = 3;
const INDENT = "  ";

/** Renders at most as many lines as there is room for; messages that are not known yet are left out. */
export function renderPreview(
  session: Session,
  messages: LastMessages | undefined,
  { columns, lines, style }: Room & { readonly style: Style },
): readonly string[] {
  const header = renderHeader(session, { style, width: columns })
    .slice(0, Math.max(1, Math.floor(lines / 2)));
  const room = lines - header.length;
  const told = typeof messages === "string"
    ? ["", INDENT + style.dim(toOneLine(messages))]
    : keepEnds(renderEach(messages ?? [], { columns, style }), room);
  return [...header, ...told].slice(0, lines).map((line) => truncatePainted(line, columns));
}

/** Each message as its lines; in order, for a result is named by the call before it. */
function renderEach(
  messages: readonly MessageHeading[],
  { columns, style }: { readonly columns: number; readonly style: Style },
): readonly (readonly string[])[] {
  const renderer = new MessageRenderer({ style, width: columns });
  return messages.map((message) => renderer.render(message));
}

/** The last messages that fit; of one that fits in part, its heading and its end. */
function keepEnds(messages: readonly (readonly string[])[], room: number): readonly string[] {
  const kept: string[] = [];
  for (const lines of messages.toReversed()) {
    const left = room - kept.length;
    if (lines.length <= left) {
      kept.unshift(...lines);
      continue;
    }
    const [gap = "", heading = ""] = lines;
    const end = left - LEAST_OF_A_MESSAGE;
    if (end > 0) kept.unshift(gap, heading, `${INDENT}…`, ...lines.slice(-end));
    break;
  }
  return kept;
}

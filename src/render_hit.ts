/**
 * Hits of a search as lines: under a heading for each session on a terminal, with the match in sight
 * however long the line is; in a pipe each with all that tells where it is, and whole.
 *
 * All text passes through `text.ts`, part by part, so that what is painted is what matched.
 */

import { type PlacedHit } from "./render_json.ts";
import { formatTitle, shortId } from "./render_session.ts";
import { type Paint, paintLine, type Style } from "./style.ts";
import { formatCount, measureMost, neutralize, toOneLine, truncateStart } from "./text.ts";
import type { Session } from "./transcript.ts";

/** How lines on a terminal are to look. */
export interface RenderHitOptions {
  readonly style: Style;
  readonly width: number | undefined;
}

/** The share of a line beside its first match that what stands before it has, unless more is free. */
const SHARE_BEFORE = 1 / 3;

type Part = readonly [paint: Paint, text: string];

/** Renders what stands above the hits of a session. */
export function renderHitHeading(
  session: Session,
  { style, width, idLength }: RenderHitOptions & { readonly idLength: number },
): string {
  return paintLine([
    [style.yellow, shortId(session, idLength)],
    [style.bold, `  ${formatTitle(session)}`],
  ], width);
}

/** Renders a hit below its heading. */
export function renderHit(
  { number, place, text, matches }: PlacedHit,
  { style, width }: RenderHitOptions,
): string {
  const label = `#${number} ${place.role}: `;
  const parts: Part[] = [];
  let at = 0;
  for (const { start, end } of matches) {
    parts.push([plain, neutralize(text.slice(at, start))]);
    parts.push([style.found, neutralize(text.slice(start, end))]);
    at = end;
  }
  parts.push([plain, neutralize(text.slice(at))]);
  const shown = width === undefined ? parts : bringIntoSight(parts, width - label.length);
  return paintLine([[style.dim, label], ...shown], width);
}

/** Renders a hit for a pipe. */
export function renderHitLine({ handle }: Session, { number, place, text }: PlacedHit): string {
  return `${toOneLine(handle)}:${number}:${place.role}:${neutralize(text)}`;
}

/** Renders how many lines of a session match, on a terminal. */
export function renderHitCount(
  session: Session,
  count: number,
  { style, width, idLength }: RenderHitOptions & { readonly idLength: number },
): string {
  return paintLine([
    [style.yellow, shortId(session, idLength)],
    [style.found, `  ${formatCount(count, "line")}`],
    [style.bold, `  ${formatTitle(session)}`],
  ], width);
}

/** Cuts what stands before the first match where the match would else not be seen. */
function bringIntoSight(
  [before, found, ...rest]: readonly Part[],
  cells: number,
): readonly Part[] {
  if (before === undefined || found === undefined) return before === undefined ? [] : [before];
  const [paint, text] = before;
  const room = Math.max(0, cells - measureMost(found[1]));
  // No more of what follows is measured than can be seen.
  const after = measureMost(rest.map(([, part]) => part.slice(0, cells)).join("").slice(0, cells));
  const isShort = text.length <= cells * 8;
  if (isShort && measureMost(text) + after <= room) return [before, found, ...rest];
  const kept = Math.max(Math.floor(room * SHARE_BEFORE), room - after);
  return [[paint, truncateStart(text, kept)], found, ...rest];
}

function plain(text: string): string {
  return text;
}

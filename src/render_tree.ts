/** Trees of sessions as lines: what branched from what, and after which message. */

import type { ForestMark } from "./forest.ts";
import { formatProject, formatTitle, shortId } from "./render_session.ts";
import { paintLine, type Style } from "./style.ts";
import { formatCount, measureWidth, truncate } from "./text.ts";
import { formatAge } from "./time.ts";
import type { PlacedNode } from "./trees.ts";

/** How the lines of a tree are to look. */
export interface RenderTreeOptions {
  readonly style: Style;
  readonly width: number | undefined;
  readonly nowMs: number;
  readonly idLength: number;
}

/** Marks in words, as a person should read them. */
const MARKS: Readonly<Record<ForestMark, string>> = {
  orphan: "parent missing",
  self_parent: "names itself as parent",
  cycle: "parents run in a circle",
  duplicate_id: "id in several files",
  beyond_parent: "forks beyond its parent's end",
};

/** Cells that a title keeps in a narrow terminal, whatever else has to go. */
const SHORTEST_TITLE = 12;

/** A node with the rails that lead to it: for each level above, whether more siblings follow. */
export interface RailedNode extends PlacedNode {
  readonly rails: readonly boolean[];
}

/** Renders one node as one line. */
export function renderNode(
  { node, rails }: RailedNode,
  { style, width, nowMs, idLength }: RenderTreeOptions,
): string {
  const { item, forkPoint, marks } = node;
  const stem = rails
    .map((hasMore, index) =>
      index < rails.length - 1 ? (hasMore ? "│  " : "   ") : hasMore ? "├─ " : "└─ "
    )
    .join("");
  const warnings = marks.map((mark) => MARKS[mark]).join(", ");
  const facts = [
    item.state === "empty" ? "" : formatCount(item.messages, "message"),
    formatAge(nowMs - item.updatedMs),
    formatProject(item),
    item.state === "ok" ? "" : item.state,
  ].filter(Boolean).join(", ");
  const head = stem + shortId(item, idLength);
  const fork = item.parent === undefined ? "" : ` ⑂${forkPoint ?? 0}`;
  const tail = `  (${facts})${warnings === "" ? "" : `  ! ${warnings}`}`;
  const room = width === undefined
    ? Infinity
    : Math.max(SHORTEST_TITLE, width - measureWidth(head + fork + tail) - 2);
  const title = truncate(formatTitle(item), room);
  return paintLine([
    [style.dim, stem],
    [style.yellow, head.slice(stem.length)],
    [style.green, fork],
    [(text) => text, `  ${title}`],
    [style.dim, `  (${facts})`],
    [style.red, warnings === "" ? "" : `  ! ${warnings}`],
  ], width);
}

/** Trees of sessions as lines: what branched from what, and after which message. */

import type { ForestMark } from "./forest.ts";
import type { PlacedNode } from "./render_json.ts";
import { formatTitle, shortId } from "./render_session.ts";
import type { Style } from "./style.ts";
import { formatCount, measureWidth, truncate } from "./text.ts";
import { formatAge } from "./time.ts";

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
  const id = shortId(item, idLength);
  const fork = item.parent === undefined ? "" : ` ⑂${forkPoint ?? 0}`;
  const warnings = marks.map((mark) => MARKS[mark]).join(", ");
  const facts = [
    formatCount(item.messages, "message"),
    formatAge(nowMs - item.updatedMs),
    ...(item.state === "ok" ? [] : [item.state]),
  ].join(", ");
  const tail = `  (${facts})${warnings === "" ? "" : `  ! ${warnings}`}`;
  const room = width === undefined
    ? Infinity
    : Math.max(8, width - measureWidth(stem + id + fork + tail) - 2);
  const title = truncate(formatTitle(item), room);
  const line = style.dim(stem) + style.yellow(id) + style.green(fork) + "  " + title +
    style.dim(`  (${facts})`) + (warnings === "" ? "" : style.red(`  ! ${warnings}`));
  return width === undefined || style.dim("x") !== "x" ? line : truncate(line, width);
}

/** Trees of sessions as lines: what branched from what, and after which message. */

import type { ForestMark } from "./forest.ts";
import { formatProject, formatTitle, shortId } from "./render_session.ts";
import { paintLine, type Style } from "./style.ts";
import { fenceDirection, formatCount, measureMost, truncate, truncateStart } from "./text.ts";
import { formatAge } from "./time.ts";
import type { Session } from "./transcript.ts";
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

/** Cells that a title keeps, whatever else has to go. */
const SHORTEST_TITLE = 12;
/** The share of a line that rails have, however deep they run. */
const RAILS_SHARE = 1 / 3;
/** The share that a title has of what ids and warnings leave before facts have to go. */
const TITLE_SHARE = 1 / 2;
const GAP = "  ";

/** A node with the rails that lead to it: for each level above, whether more siblings follow. */
export interface RailedNode extends Pick<PlacedNode, "node"> {
  readonly rails: readonly boolean[];
}

/** Renders one node as one line. */
export function renderNode(
  { node, rails }: RailedNode,
  { style, width, nowMs, idLength }: RenderTreeOptions,
): string {
  const { item, forkPoint, marks } = node;
  const id = shortId(item, idLength);
  // Where nothing is cut nothing has to be measured.
  const measure = width === undefined ? () => 0 : measureMost;
  const fork = item.parent === undefined ? "" : ` ⑂${forkPoint ?? 0}`;
  const named = measure(id + fork + GAP);
  const stem = drawStem(
    rails,
    width === undefined ? Infinity : Math.min(width * RAILS_SHARE, width - named - SHORTEST_TITLE),
  );
  const warning = marks.length === 0
    ? ""
    : `${GAP}! ${marks.map((mark) => MARKS[mark]).join(", ")}`;
  const whole = formatTitle(item);
  const room = width === undefined ? Infinity : width - measure(stem + warning) - named;
  const wanted = Math.min(measure(whole), Math.max(SHORTEST_TITLE, room * TITLE_SHARE));
  const facts = findFacts(item, nowMs, (text) => wanted + measure(text) <= room);
  const title = truncate(whole, Math.max(SHORTEST_TITLE, room - measure(facts)));
  const fence = width === undefined ? plain : fenceDirection;
  return paintLine([
    [style.dim, stem],
    [style.yellow, id],
    [style.green, fork],
    [plain, GAP + fence(title)],
    [style.dim, fence(facts)],
    [style.red, warning],
  ], width);
}

/** The rails before a node, their end where there is not room for all. */
function drawStem(rails: readonly boolean[], cells: number): string {
  const last = rails.length - 1;
  const stem = rails.map((hasMore, index) =>
    index < last ? (hasMore ? "│  " : "   ") : hasMore ? "├─ " : "└─ "
  ).join("");
  return stem.length <= cells ? stem : truncateStart(stem, Math.floor(cells));
}

/** What there is to say of a session beside its title: all of it, or as much as fits. */
function findFacts(session: Session, nowMs: number, fits: (facts: string) => boolean): string {
  const messages = session.state === "empty" ? "" : formatCount(session.messages, "message");
  const age = formatAge(nowMs - session.updatedMs);
  const state = session.state === "ok" ? "" : session.state;
  const all = encloseFacts([messages, age, formatProject(session), state]);
  if (fits(all)) return all;
  return [[messages, age, state], [age, state], [state]].map(encloseFacts).find(fits) ?? "";
}

function encloseFacts(facts: readonly string[]): string {
  const said = facts.filter((fact) => fact !== "").join(", ");
  return said === "" ? "" : `${GAP}(${said})`;
}

function plain(text: string): string {
  return text;
}

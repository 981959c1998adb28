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
export function renderNode(railed: RailedNode, options: RenderTreeOptions): string {
  const { node: { item, forkPoint, marks } } = railed;
  const id = shortId(item, options.idLength);
  const fork = item.parent === undefined ? "" : ` ⑂${forkPoint ?? 0}`;
  const warning = marks.length === 0
    ? ""
    : `${GAP}! ${marks.map((mark) => MARKS[mark]).join(", ")}`;
  const { style, width } = options;
  if (width !== undefined) return fitNode(railed, { ...options, width, id, fork, warning });
  const facts = encloseFacts(findFacts(item, options.nowMs));
  return style.dim(drawStem(railed.rails)) + style.yellow(id) + style.green(fork) +
    GAP + formatTitle(item) + style.dim(facts) + style.red(warning);
}

interface FitOptions extends RenderTreeOptions {
  readonly width: number;
  /** What is cut only where nothing else is left. */
  readonly id: string;
  readonly fork: string;
  readonly warning: string;
}

function fitNode(
  { node: { item }, rails }: RailedNode,
  { style, width, nowMs, id, fork, warning }: FitOptions,
): string {
  const named = measureMost(id + fork + GAP);
  const stem = drawStem(rails, Math.min(width * RAILS_SHARE, width - named - SHORTEST_TITLE));
  const whole = formatTitle(item);
  const room = width - measureMost(stem + warning) - named;
  const wanted = Math.min(measureMost(whole), Math.max(SHORTEST_TITLE, room * TITLE_SHARE));
  const [messages, age, project, state] = findFacts(item, nowMs);
  // The project is the first to go, and how the session is the last.
  const facts = [[messages, age, project, state], [messages, age, state], [age, state], [state]]
    .map(encloseFacts).find((text) => wanted + measureMost(text) <= room) ?? "";
  const title = truncate(whole, Math.max(SHORTEST_TITLE, room - measureMost(facts)));
  return paintLine([
    [style.dim, stem],
    [style.yellow, id],
    [style.green, fork],
    [plain, GAP + fenceDirection(title)],
    [style.dim, fenceDirection(facts)],
    [style.red, warning],
  ], width);
}

/** The rails before a node, their end where there is not room for all. */
function drawStem(rails: readonly boolean[], cells = Infinity): string {
  if (rails.length === 0) return "";
  const last = rails.length - 1;
  const stem = rails.map((hasMore, index) =>
    index < last ? (hasMore ? "│  " : "   ") : hasMore ? "├─ " : "└─ "
  ).join("");
  return stem.length <= cells ? stem : truncateStart(stem, Math.floor(cells));
}

/** What there is to say of a session beside its title, in order; "" for what goes without saying. */
function findFacts(
  session: Session,
  nowMs: number,
): readonly [messages: string, age: string, project: string, state: string] {
  const { state } = session;
  return [
    state === "empty" ? "" : formatCount(session.messages, "message"),
    formatAge(nowMs - session.updatedMs),
    formatProject(session),
    state === "ok" ? "" : state,
  ];
}

function encloseFacts(facts: readonly string[]): string {
  let said = "";
  // To filter and join lists takes three times as long, and there are thousands of lines.
  for (const fact of facts) if (fact !== "") said += said === "" ? fact : `, ${fact}`;
  return said === "" ? "" : `${GAP}(${said})`;
}

function plain(text: string): string {
  return text;
}

/** The page that leads to the pages of several sessions: a tree of what branched from what. */

import type { IndexEntry } from "./document_form.ts";
import { type Html, markup } from "./html.ts";
import { beginPage, endPage, type Frame } from "./html_frame.ts";
import { renderLink } from "./html_parts.ts";
import { PAGE_STYLE } from "./html_style.ts";
import { formatCost, formatProject } from "./render_session.ts";
import { formatCount } from "./text.ts";
import { formatUtc } from "./time.ts";
import type { Session } from "./transcript.ts";
import { type LinkedNode, listTrees } from "./trees.ts";

/** How far branches of branches are indented; a chain of them may be thousands long. */
const DEEPEST_INDENT = 8;

/** Gives the page, of sessions that were redacted where that is wished. */
export function writeIndex(entries: readonly IndexEntry[]): string {
  const frame: Frame = {
    title: formatCount(entries.length, "session"),
    kind: "index",
    style: PAGE_STYLE,
    script: "",
  };
  const files = new Map(entries.map(({ session, file }) => [session.path, file]));
  const nodes = [...listTrees(entries.map(({ session }) => session))].flat();
  return String(markup`${beginPage(frame)}<header><h1>${frame.title}</h1></header>
<main>
<ol class="tree">
${nodes.map((node) => renderNode(node, files))}</ol>
</main>
${endPage(frame)}`);
}

/** Branches come right behind what they branched from. */
function renderNode(
  { node: { item }, depth }: LinkedNode,
  files: ReadonlyMap<string, string>,
): Html {
  const mark = depth === 0 ? undefined : markup`<span title="branch">↳</span> `;
  const link = renderLink(item, files.get(item.path) ?? "");
  return markup`<li class="level-${
    Math.min(depth, DEEPEST_INDENT)
  }">${mark}${link} <span class="note">${describe(item)}</span></li>\n`;
}

function describe(session: Session): string {
  const { agent, cwd, costUsd, keptMessages, startedMs, updatedMs } = session;
  return [
    formatUtc(startedMs ?? updatedMs).slice(0, 16).replace("T", " "),
    agent,
    formatCount(keptMessages, "message"),
    ...(costUsd === undefined ? [] : [formatCost(costUsd)]),
    ...(cwd === undefined ? [] : [formatProject(session)]),
  ].join(" · ");
}

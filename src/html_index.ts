/** The page that leads to the pages of several sessions: a tree of what branched from what. */

import type { IndexEntry } from "./document_form.ts";
import { Html, markup } from "./html.ts";
import { beginPage, endPage, type Frame } from "./html_frame.ts";
import { PAGE_STYLE } from "./html_style.ts";
import { formatCost, formatProject, formatTitle } from "./render_session.ts";
import { formatCount } from "./text.ts";
import { formatUtc } from "./time.ts";
import type { Session } from "./transcript.ts";
import { type LinkedNode, listTrees } from "./trees.ts";

/** Gives the page, of sessions that were redacted where that is wished. */
export function writeIndex(entries: readonly IndexEntry[]): string {
  const frame: Frame = {
    title: formatCount(entries.length, "session"),
    kind: "index",
    style: PAGE_STYLE,
    script: "",
  };
  const files = new Map(entries.map(({ session, file }) => [session.path, file]));
  const trees = listTrees(entries.map(({ session }) => session));
  return String(markup`${beginPage(frame)}<header><h1>${frame.title}</h1></header>
<main>
<ul class="tree">
${trees.map((nodes) => renderTree(nodes, files))}</ul>
</main>
${endPage(frame)}`);
}

/** Lists within lists, without recursion: a chain of branches may be thousands long. */
function renderTree(
  nodes: readonly LinkedNode[],
  files: ReadonlyMap<string, string>,
): readonly Html[] {
  return nodes.map(({ node: { item }, depth }, index) => {
    const below = (nodes[index + 1]?.depth ?? 0) - depth;
    const line = markup`<li>${depth > 0 ? "⑂ " : undefined}<a href="${
      encodeURI(files.get(item.path) ?? "")
    }">${formatTitle(item)}</a> <span class="note">${describe(item)}</span>`;
    const end = below > 0
      ? Html.trust("\n<ul>\n")
      : Html.trust(`</li>\n${"</ul></li>\n".repeat(-below)}`);
    return markup`${line}${end}`;
  });
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

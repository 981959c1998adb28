/**
 * What stands at the top of a page: what the session is, by whom, when, how large, what it took, and
 * where it branched.
 */

import type { DocumentContents, Relative } from "./document_form.ts";
import { type Html, type HtmlValue, markup } from "./html.ts";
import { countTokens, renderChart } from "./html_chart.ts";
import { renderLink, shortTitle } from "./html_parts.ts";
import { formatCost, formatProject } from "./render_session.ts";
import { formatCount, groupDigits, toOneLine } from "./text.ts";
import { formatUtc } from "./time.ts";
import type { Session } from "./transcript.ts";

/** Renders the header. */
export function renderHeader(contents: DocumentContents): Html {
  const { session, chosen, total, hasPrompts, turns, relatives } = contents;
  const { id, agent, model, provider, startedMs, updatedMs, costUsd, usage, cwd } = session;
  const { branches, siblings, index } = relatives;
  const facts: readonly (readonly [name: string, value: HtmlValue])[] = [
    ["Agent", agent],
    ["Model", model && toOneLine([model, provider && `(${provider})`].filter(Boolean).join(" "))],
    ["Project", cwd === undefined ? undefined : formatProject(session)],
    ["Time", renderSpan(startedMs ?? updatedMs, updatedMs)],
    ["Messages", chosen === total ? groupDigits(total) : `${chosen} of ${groupDigits(total)}`],
    ["Tokens", usage && groupDigits(countTokens(usage))],
    ["Cost", costUsd === undefined ? undefined : formatCost(costUsd)],
    ["Damaged", session.state === "damaged" ? formatCount(countDamage(session), "row") : undefined],
    ["Session", markup`<code>${toOneLine(id)}</code>`],
    ["Branch of", renderParent(contents)],
    ["Other branches of it", renderRelatives(siblings)],
    ["Branches", renderRelatives(branches)],
    ["Index", index && markup`<a href="${encodeURI(index)}">all sessions</a>`],
  ];
  return markup`<header>
${
    hasPrompts
      ? markup`<a class="skip" href="#prompts">List of prompts</a>\n`
      : undefined
  }${markup`<h1 dir="auto">${shortTitle(session)}</h1>`}
<dl class="facts">
${
    facts.map(([name, value]) =>
      value === undefined ? undefined : markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`
    )
  }</dl>
${renderChart(turns())}</header>
`;
}

/** From when to when; one that was brought from elsewhere may begin after its last message. */
function renderSpan(fromMs: number, toMs: number): Html {
  if (fromMs >= toMs) return markup`${renderTime(formatUtc(toMs))} UTC`;
  const [from, to] = [formatUtc(fromMs), formatUtc(toMs)];
  const isOneDay = from.slice(0, 10) === to.slice(0, 10);
  return markup`${renderTime(from)} to ${renderTime(to, isOneDay ? 11 : 0)} UTC`;
}

/** A time to the minute; without its day where that was said before. */
function renderTime(utc: string, start = 0): Html {
  return markup`<time datetime="${utc}">${utc.slice(start, 16).replace("T", " ")}</time>`;
}

function renderParent({ session, relatives: { parent } }: DocumentContents): HtmlValue {
  if (session.parent === undefined) return undefined;
  const point = parent?.forkPoint ?? session.forkPoint;
  const after = point === undefined ? "" : `, after message ${point}`;
  const name = parent === undefined
    ? toOneLine(session.parent)
    : renderLink(parent.session, parent.file);
  return markup`${name}${after}`;
}

function renderRelatives(relatives: readonly Relative[]): HtmlValue {
  if (relatives.length === 0) return undefined;
  return relatives.map(({ session, file }, index) =>
    markup`${index > 0 ? " · " : ""}${renderLink(session, file)}`
  );
}

function countDamage({ problems }: Session): number {
  return problems.reduce(
    (sum, { severity, count }) => sum + (severity === "damage" ? count : 0),
    0,
  );
}

/**
 * A session as one page of HTML, written from its start to its end: what it is, its messages, and last
 * the list of its prompts, which the style sheet puts first. So each message is read once, when it is
 * written, and none is kept.
 */

import type { DocumentContents, DocumentMessage, SupersededMessage } from "./document_form.ts";
import { type Html, markup } from "./html.ts";
import { beginPage, endPage, type Frame } from "./html_frame.ts";
import { renderHeader } from "./html_header.ts";
import { HtmlMessages } from "./html_message.ts";
import { renderLink, shortTitle } from "./html_parts.ts";
import { PAGE_SCRIPT } from "./html_script.ts";
import { MESSAGE_STYLE, PAGE_STYLE } from "./html_style.ts";
import { redactSession } from "./redact_messages.ts";
import { formatCount, toOneLine, truncate } from "./text.ts";

/** What a prompt shows of itself in the list, in cells. */
const PROMPT_CELLS = 100;

/** The texts of a session that the header says. */
const SHOWN = ["id", "title", "model", "provider", "cwd", "parent"] as const;

/** A prompt in the list. */
interface Prompt {
  readonly number: number;
  readonly text: string;
}

/** Gives the page of a session, in pieces. */
export function* writeHtml(contents: DocumentContents): Generator<string> {
  const { redactor } = contents;
  const session = redactSession(contents.session, redactor, SHOWN);
  const frame: Frame = {
    title: shortTitle(session),
    kind: "paged",
    style: PAGE_STYLE + MESSAGE_STYLE,
    script: PAGE_SCRIPT,
  };
  const forks = listForks(contents);
  const renderer = new HtmlMessages(redactor !== undefined);
  const prompts: Prompt[] = [];
  yield String(beginPage(frame));
  yield String(renderHeader({ ...contents, session }));
  yield "<main>\n";
  yield* writeSuperseded(contents.superseded(), renderer);
  for (const one of contents.messages()) {
    const { number, isPrompt } = one;
    if (isPrompt) prompts.push({ number, text: findPrompt(one) });
    yield String(renderer.render({ ...one, anchor: `m${number}` }));
    yield String(markup`${forks.get(number)}`);
  }
  yield String(markup`</main>\n${renderPrompts(prompts)}`);
  const places = redactor?.report().reduce((sum, kind) => sum + kind.places, 0) ?? 0;
  if (places > 0) {
    yield String(markup`<footer class="note">${formatCount(places, "place")} redacted</footer>\n`);
  }
  yield String(endPage(frame));
}

/** What a compaction took out of the transcript, folded. */
function* writeSuperseded(
  messages: Iterable<SupersededMessage>,
  renderer: HtmlMessages,
): Generator<string> {
  let count = 0;
  for (const { place, message } of messages) {
    if (count++ === 0) {
      yield '<details class="superseded">\n<summary>What was superseded</summary>\n';
    }
    const anchor = `line-${place.line}-${place.index}`;
    yield String(renderer.render({ number: undefined, anchor, message }));
  }
  if (count > 0) yield "</details>\n";
}

/**
 * Says behind which messages the session branched, or was branched; the header says it for all. After a
 * compaction no number is what it was, so there are none.
 */
function listForks(
  { session, isCompacted, relatives: { parent, branches } }: DocumentContents,
): ReadonlyMap<number, readonly Html[]> {
  const notes = new Map<number, Html[]>();
  const add = (number: number | undefined, note: Html) => {
    if (number === undefined || isCompacted) return;
    notes.set(number, [...notes.get(number) ?? [], note]);
  };
  if (session.parent !== undefined) {
    const what = parent === undefined ? "its parent" : renderLink(parent.session, parent.file);
    const note = markup`<p class="fork">↳ shared with ${what} up to here</p>\n`;
    add(parent?.forkPoint ?? session.forkPoint, note);
  }
  for (const branch of branches) {
    const link = renderLink(branch.session, branch.file);
    add(branch.forkPoint, markup`<p class="fork">↳ ${link} branched off here</p>\n`);
  }
  return notes;
}

function findPrompt({ message }: DocumentMessage): string {
  const typed = message.blocks.find((block) => block.type === "text" && block.text.trim() !== "");
  const text = typed?.type === "text" ? typed.text.trimStart().slice(0, PROMPT_CELLS * 4) : "";
  return truncate(toOneLine(text), PROMPT_CELLS);
}

function renderPrompts(prompts: readonly Prompt[]): Html | undefined {
  if (prompts.length === 0) return undefined;
  return markup`<nav id="prompts" aria-label="Prompts">
<h2>Prompts</h2>
<ol>
${
    prompts.map(({ number, text }) =>
      markup`<li><a href="#m${number}"><b>${number}</b><span dir="auto">${text}</span></a></li>\n`
    )
  }</ol>
</nav>
`;
}

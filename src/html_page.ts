/**
 * A session as one page of HTML, written from its start to its end: what it is, its messages, and last
 * the list of its prompts, which the style sheet puts first. So no message is read twice, and memory
 * does not depend on how many there are.
 */

import type { DocumentContents, DocumentMessage, Relative } from "./document_form.ts";
import { type Html, markup } from "./html.ts";
import { beginPage, endPage, type Frame } from "./html_frame.ts";
import { renderHeader } from "./html_header.ts";
import { HtmlMessages } from "./html_message.ts";
import { PAGE_SCRIPT } from "./html_script.ts";
import { MESSAGE_STYLE, PAGE_STYLE } from "./html_style.ts";
import type { Redactor } from "./redactor.ts";
import { formatProject, formatTitle } from "./render_session.ts";
import { formatCount, toOneLine, truncate } from "./text.ts";
import type { Session } from "./transcript.ts";

/** What a prompt shows of itself in the list, in cells. */
const PROMPT_CELLS = 100;

/** A prompt in the list. */
interface Prompt {
  readonly number: number;
  readonly text: string;
}

/** Gives the page of a session, in pieces. */
export function* writeHtml(contents: DocumentContents): Generator<string> {
  const { redactor, relatives, turns } = contents;
  const session = redactShown(contents.session, redactor);
  const titled = (relative: Session) => redactor?.redactSession(relative, ["title"]) ?? relative;
  const frame: Frame = {
    title: formatTitle(session),
    kind: "paged",
    style: PAGE_STYLE + MESSAGE_STYLE,
    script: PAGE_SCRIPT,
  };
  const forks = new ForkNotes(contents, titled);
  const renderer = new HtmlMessages();
  const prompts: Prompt[] = [];
  yield String(beginPage(frame));
  yield String(renderHeader(session, {
    total: contents.total,
    hasPrompts: contents.prompts > 0,
    turns: turns(),
    parent: relatives.parent && { ...relatives.parent, session: titled(relatives.parent.session) },
  }));
  yield "<main>\n";
  yield* writeSuperseded(contents.superseded(), renderer);
  for (const one of contents.messages()) {
    const { number, isPrompt } = one;
    if (number !== undefined && isPrompt) prompts.push({ number, text: findPrompt(one) });
    yield String(renderer.render({ ...one, anchor: `m${number}` }));
    if (number !== undefined) yield String(markup`${forks.after(number)}`);
  }
  yield String(markup`</main>\n${renderPrompts(prompts)}`);
  const places = redactor?.report().reduce((sum, kind) => sum + kind.places, 0) ?? 0;
  if (places > 0) {
    yield String(markup`<footer class="note">${formatCount(places, "place")} redacted</footer>\n`);
  }
  yield String(endPage(frame));
}

/** The session without what should not be shared, as far as the header says it. */
function redactShown(session: Session, redactor: Redactor | undefined): Session {
  if (redactor === undefined) return session;
  // Of the folder only its name is said, and only that counts as redacted.
  const folder = session.cwd === undefined ? {} : { cwd: formatProject(session) };
  const shown = ["id", "title", "model", "provider", "cwd", "parent"] as const;
  return redactor.redactSession({ ...session, ...folder }, shown);
}

/** What a compaction took out of the transcript, folded. */
function* writeSuperseded(
  messages: Iterable<DocumentMessage>,
  renderer: HtmlMessages,
): Generator<string> {
  let count = 0;
  for (const one of messages) {
    if (count++ === 0) {
      yield '<details class="superseded">\n<summary>What was superseded</summary>\n';
    }
    yield String(renderer.render({ ...one, anchor: `line-${one.place.line}-${one.place.index}` }));
  }
  if (count > 0) yield "</details>\n";
}

/** Says where the session branched, and what branched from it. */
class ForkNotes {
  readonly #notes: ReadonlyMap<number, readonly Html[]>;

  constructor(
    { session, relatives: { parent, branches } }: DocumentContents,
    titled: (session: Session) => Session,
  ) {
    const notes = new Map<number, Html[]>();
    const add = (number: number | undefined, note: Html) => {
      if (number === undefined) return;
      notes.set(number, [...notes.get(number) ?? [], note]);
    };
    if (session.parent !== undefined) {
      const what = parent === undefined ? "its parent" : linkTo(parent, titled);
      add(
        parent?.forkPoint ?? session.forkPoint,
        markup`<p class="fork">⑂ shared with ${what} up to here</p>\n`,
      );
    }
    for (const branch of branches) {
      const note = markup`<p class="fork">⑂ ${linkTo(branch, titled)} branched off here</p>\n`;
      add(branch.forkPoint, note);
    }
    this.#notes = notes;
  }

  after(number: number): readonly Html[] {
    return this.#notes.get(number) ?? [];
  }
}

function linkTo({ session, file }: Relative, titled: (session: Session) => Session): Html {
  return markup`<a href="${encodeURI(file)}">${formatTitle(titled(session))}</a>`;
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

/** Small pieces that pages are made of: links, folds, code, notes. */

import { type Html, markup } from "./html.ts";
import { highlightCode } from "./html_markdown.ts";
import { formatTitle } from "./render_session.ts";
import { toOneLine, truncate } from "./text.ts";
import type { Session } from "./transcript.ts";

/** How much of what is folded stands in the line that stays, in cells. */
const GIST_CELLS = 300;

/** What a title shows of itself, in cells: it may be a prompt of many lines. */
const TITLE_CELLS = 90;

/** The title of a session, as pages show it. */
export function shortTitle(session: Session): string {
  return truncate(formatTitle(session), TITLE_CELLS);
}

/** A link to the page of a session, in the same folder. */
export function renderLink(session: Session, file: string): Html {
  return markup`<a href="${encodeURI(file)}">${shortTitle(session)}</a>`;
}

/** Something folded, with the line that stays. */
export interface Fold {
  /** Its classes in the style sheet. */
  readonly kind: string;
  readonly name: string;
  /** What it is about; is put on one line, and cut. */
  readonly gist: string;
  readonly body: Html | readonly Html[];
}

/** Renders something folded; the line that stays says what it is. */
export function renderFold({ kind, name, gist, body }: Fold): Html {
  const short = truncate(toOneLine(gist.trimStart().slice(0, GIST_CELLS * 4)), GIST_CELLS);
  return markup`<details class="fold ${kind}">
<summary><b>${name}</b> <span class="gist">${short}</span></summary>
${body}</details>
`;
}

/** Renders code, or what a program printed; "" as language leaves it plain. */
export function renderCode(text: string, language = ""): Html {
  return markup`<pre><code>${highlightCode(text, language)}</code></pre>\n`;
}

/** Renders what stands for something that cannot be shown: `[image/svg+xml, 2 KB]`. */
export function renderNote(note: string): Html {
  return markup`<p class="note">${note}</p>\n`;
}

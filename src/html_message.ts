/** A message of a page: an article with an anchor, its number and role, and what was said. */

import { type Html, markup } from "./html.ts";
import { renderImage } from "./html_image.ts";
import { renderMarkdownHtml } from "./html_markdown.ts";
import { renderFold, renderNote } from "./html_parts.ts";
import { renderCall, renderResult } from "./html_tools.ts";
import { describeFile, formatWallTime } from "./render_message.ts";
import { toOneLine } from "./text.ts";
import { formatUtc, parseTime } from "./time.ts";
import type { Block, Message } from "./transcript.ts";

/** A message, and how it is called. */
export interface PageMessage {
  /** Its number; undefined for one that was superseded. */
  readonly number: number | undefined;
  /** What links to it name; letters, digits and hyphens. */
  readonly anchor: string;
  readonly message: Message;
}

/** Renders messages one after the other, and remembers which tool each call named. */
export class HtmlMessages {
  readonly #isShared: boolean;
  readonly #toolNames = new Map<string, string>();

  /** Takes whether nothing but what is seen may go out. */
  constructor(isShared: boolean) {
    this.#isShared = isShared;
  }

  /** Renders one message. */
  render({ number, anchor, message }: PageMessage): Html {
    const { role, time, isSummary, blocks } = message;
    const name = isSummary ? "summary" : role;
    const label = number === undefined ? "superseded message" : `message ${number}`;
    return markup`<article id="${anchor}" class="${isSummary ? `${role} summary` : role}">
<header><h2><a class="number" href="#${anchor}" aria-label="${label}">${
      number ?? "·"
    }</a> ${name}</h2> ${time && renderTime(time)}</header>
${blocks.map((block) => this.#renderBlock(block))}</article>
`;
  }

  #renderBlock(block: Block): Html {
    switch (block.type) {
      case "text":
        return renderText(block.text);
      case "image":
        return renderImage(block, this.#isShared);
      case "file":
        return renderNote(describeFile(block));
      case "reasoning":
        return renderReasoning(block);
      case "call":
        this.#toolNames.set(block.callId, block.name);
        return renderCall(block);
      case "result":
        return renderResult(block, {
          tool: this.#toolNames.get(block.callId) ?? "",
          isShared: this.#isShared,
        });
    }
  }
}

function renderTime(time: string): Html {
  const ms = parseTime(time);
  const shown = toOneLine(formatWallTime(time));
  return ms === undefined
    ? markup`<span class="note">${shown}</span>`
    : markup`<time datetime="${formatUtc(ms)}">${shown}</time>`;
}

function renderReasoning({ text, isEncrypted }: Block & { readonly type: "reasoning" }): Html {
  if (text.trim() === "") return renderNote(isEncrypted ? "[reasoning, encrypted]" : "[reasoning]");
  const gist = text.trimStart().slice(0, 500);
  return renderFold({ kind: "reasoning", name: "reasoning", gist, body: renderText(text) });
}

function renderText(text: string): Html {
  return markup`<div class="text" dir="auto">${renderMarkdownHtml(text)}</div>\n`;
}

/**
 * Markdown of a transcript as HTML: HTML in it is text, links lead to the web only, pictures from
 * elsewhere become links, so that a page that is read asks nobody for anything.
 */

import MarkdownIt from "markdown-it";
import { highlight } from "./highlight.ts";
import { escapeCharacters, Html, markup } from "./html.ts";
import { neutralize } from "./text.ts";

/** Longer texts are shown as they are: nobody wrote them as Markdown. */
const LONGEST_MARKDOWN = 300_000;

/** Where a link may lead. */
const LINK = /^(?:https?:\/\/|mailto:)/i;

/** What a heading in a message is one below of: the page's title and the message's own. */
const HEADINGS_ABOVE = 2;

const markdown = new MarkdownIt({
  html: false,
  linkify: true,
  breaks: true,
  highlight: (code, language) => highlightCode(code, language).toString(),
});
markdown.validateLink = (url) => LINK.test(url.trim());
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });

const { rules } = markdown.renderer;

rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet("rel", "noopener noreferrer");
  return self.renderToken(tokens, index, options);
};

rules.image = (tokens, index, options, env, self) => {
  const token = tokens[index];
  const isInLink = tokens.slice(0, index).reduce(
    (depth, { type }) => depth + (type === "link_open" ? 1 : type === "link_close" ? -1 : 0),
    0,
  ) > 0;
  const name = self.renderInlineAsText(token?.children ?? [], options, env) || "image";
  const source = token?.attrGet("src") ?? "";
  // A link cannot stand within another.
  if (isInLink) return String(markup`[${name}]`);
  return String(markup`<a href="${source}" rel="noopener noreferrer">[${name}]</a>`);
};

for (const rule of ["heading_open", "heading_close"]) {
  rules[rule] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    if (token !== undefined) {
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + HEADINGS_ABOVE)}`;
    }
    return self.renderToken(tokens, index, options);
  };
}

// A wide table scrolls by itself; what scrolls can be reached by the keyboard.
rules.table_open = () => '<div class="wide" tabindex="0"><table>\n';
rules.table_close = () => "</table></div>\n";

// How a column is aligned is a class here: the page's policy allows no style within an element.
for (const rule of ["th_open", "td_open"]) {
  rules[rule] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    const [, side] = /text-align:(left|right|center)/.exec(String(token?.attrGet("style"))) ?? [];
    if (token !== undefined) token.attrs = side === undefined ? null : [["class", `to-${side}`]];
    return self.renderToken(tokens, index, options);
  };
}

/** Renders a text that is Markdown. */
export function renderMarkdownHtml(text: string): Html {
  const harmless = neutralize(text);
  if (harmless.length > LONGEST_MARKDOWN) {
    return markup`<pre>${Html.trust(escapeCharacters(harmless))}</pre>\n`;
  }
  return Html.trust(markdown.render(harmless));
}

/** Code with each part in its class, where the language is known: `hl-keyword`. */
export function highlightCode(code: string, language: string): Html {
  const harmless = neutralize(code);
  const runs = language === "" ? undefined : highlight(harmless, language);
  const spelled = runs?.map(({ text, scope }) => {
    const escaped = escapeCharacters(text);
    const [kind] = scope?.split(".") ?? [];
    return kind === undefined ? escaped : `<span class="hl-${kind}">${escaped}</span>`;
  });
  return Html.trust(spelled?.join("") ?? escapeCharacters(harmless));
}

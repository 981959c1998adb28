/**
 * HTML that is safe by how it is made: what a template is filled with is text, and is escaped, unless
 * it is HTML itself. Controls and what turns the direction of text are made visible on the way, as on
 * a terminal.
 */

import { neutralize } from "./text.ts";

/** A piece of HTML, made by `markup`, or by `Html.trust` of what needs no escaping. */
export class Html {
  readonly #text: string;

  /** Takes what is HTML already. */
  private constructor(text: string) {
    this.#text = text;
  }

  /** The HTML itself. */
  toString(): string {
    return this.#text;
  }

  /** Takes a text as HTML: for constants, and for what a renderer has escaped. */
  static trust(text: string): Html {
    return new Html(text);
  }
}

/** What a template may be filled with; of undefined nothing is seen. */
export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

/** Fills a template: text is escaped, lists are joined. */
export function markup(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = strings[0] ?? "";
  values.forEach((value, index) => {
    text += spell(value) + (strings[index + 1] ?? "");
  });
  return Html.trust(text);
}

/** Makes text fit to stand in HTML, also within an attribute's double quotes. */
export function escapeHtml(text: string): string {
  return escapeCharacters(neutralize(text));
}

/** As `escapeHtml`, of text that was made harmless before. */
export function escapeCharacters(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

function spell(value: HtmlValue): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number" || value instanceof Html) return String(value);
  return value.map(spell).join("");
}

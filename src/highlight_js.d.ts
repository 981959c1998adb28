/** Types of highlight.js, as far as skein uses it: its own bring in those of browsers. */

/** The grammar of a language. */
export type Grammar = object;

/** What highlights; it knows no language before it is told of one. */
export interface Highlighter {
  registerLanguage(name: string, grammar: Grammar): void;
  getLanguage(name: string): Grammar | undefined;
  highlight(
    code: string,
    options: { readonly language: string; readonly ignoreIllegals: boolean },
  ): { readonly value: string };
}

declare const highlighter: Highlighter;

/** The one there is. */
export default highlighter;

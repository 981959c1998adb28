/** Types of highlight.js, as far as skein uses it: its own bring in those of browsers. */

/** The grammar of a language. */
export type Grammar = object;

/** The highlighter; it knows no language before it is told of one. */
declare const highlighter: {
  registerLanguage(name: string, grammar: Grammar): void;
  getLanguage(name: string): Grammar | undefined;
  highlight(
    code: string,
    options: { readonly language: string; readonly ignoreIllegals: boolean },
  ): { readonly value: string };
};

export default highlighter;

/**
 * How a secret is told by its shape.
 *
 * Most keys of today begin with letters that say whose they are, and have a fixed alphabet and length;
 * `key` makes a rule of these three. A rule is strict rather than wide: a page full of false alarms is
 * one that nobody reads.
 */

/** A kind of secret. */
export interface SecretRule {
  /** Of small letters, digits and hyphens. */
  readonly name: string;
  /**
   * Where all of it lies: in one long word (`long_words.ts`), as nearly every key does; round a sign that
   * assigns, `:` or `=`, in words that stand near; or anywhere in a text.
   */
  readonly within: "word" | "sign" | "text";
  /**
   * One of these stands in every such secret, or near it: what has none of them is left alone. In a word
   * they have two letters or more, and where there are none each long word is tried. Before a sign they
   * are words, in letters of any case; where there are none, two slashes follow it.
   */
  readonly hints: readonly string[];
  /**
   * Sticky where a secret starts with its hint, or with its word where there is no hint, and where it is
   * told of by a sign, which it then starts with; else global. What it calls `secret` is the secret, for
   * which it tells the places of its parts (`d`), or else the whole of the match.
   */
  readonly pattern: RegExp;
  /** How many letters the word of one has at least, where there is no hint. */
  readonly least?: number;
  /** Where the shape is told of. */
  readonly source: string;
}

/** One digit of a number in base 16, as a part of a pattern; so are the others. */
export const HEX = "[0-9a-f]";
/** One letter or digit. */
export const ALNUM = "[A-Za-z0-9]";
/** One letter of base64 as URLs have it. */
export const WORD = "[A-Za-z0-9_-]";
/** One letter of base64. */
export const BASE64 = "[A-Za-z0-9+/]";
/** One capital letter or digit. */
export const UPPER = "[A-Z0-9]";
/** One small letter or digit. */
export const LOWER = "[a-z0-9]";
/** A whole UUID. */
export const UUID = `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`;

/** What GitHub finds in what people push: the one list that most providers keep up. */
export const GITHUB_SCANNING =
  "https://docs.github.com/en/code-security/reference/secret-security/supported-secret-scanning-patterns";

/** A key that begins with a few letters of its own; what it is made of goes on behind them. */
export function key(
  name: string,
  prefix: string,
  body: string,
  source = GITHUB_SCANNING,
): SecretRule {
  // What begins as no word does may stand behind any letter: `token_ghp_…`, `nghp_…`.
  const start = /^.{3,}[_.-]$/.test(prefix) ? "" : "(?<![A-Za-z0-9])";
  const pattern = new RegExp(
    `${start}${RegExp.escape(prefix)}${body}(?![A-Za-z0-9_])`,
    "y",
  );
  return { name, hints: [prefix], within: "word", pattern, source };
}

/** A key whose letters stand in its middle. */
export function keyAround(
  name: string,
  before: string,
  mark: string,
  after: string,
  source = GITHUB_SCANNING,
): SecretRule {
  const pattern = new RegExp(
    `(?<![A-Za-z0-9_-])${before}${RegExp.escape(mark)}${after}(?![A-Za-z0-9_])`,
    "g",
  );
  return { name, hints: [mark], within: "word", pattern, source };
}

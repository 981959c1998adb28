/**
 * Secrets in a text, wherever they lie: as they are, as JSON and URLs spell them, and in base64.
 *
 * A spelling is a view of the text that knows the place of each of its letters, so that what is found
 * in it is found in the text. A stretch of base64 with a secret in it is one, whole.
 */

import { findLongWords, SHORTEST, type Stretch } from "./long_words.ts";
import { makeSecretRules } from "./secret_rules.ts";
import type { SecretRule } from "./secret_shapes.ts";
import { findAssigned, type FoundSecret } from "./secrets_assigned.ts";

/** A secret: where it stands, of what kind it is, and how it is spelled in plain letters. */
export interface SecretMatch extends FoundSecret {
  readonly value: string;
}

/** Base64 inside of base64 is looked into so often. */
const DEEPEST = 2;

/** A long stretch of base64; lines of one length that follow each other are one. */
const BASE64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,}={0,2}/g;
const LINE_END = /\r?\n/y;
const NEXT_LINE = /[A-Za-z0-9+/_-]+={0,2}/y;

/** How long the lines are that base64 is broken into. */
const [SHORTEST_LINE, LONGEST_LINE] = [60, 76];

/** How many letters of a stretch tell whether it holds text. */
const SAMPLE = 64;

const JSON_ESCAPES = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g;
const URL_ESCAPES = /(?:%[0-9a-fA-F]{2})+/g;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** Rules for long words, each tried where one of its hints stands. */
class WordRules {
  readonly #byHint = new Map<string, readonly SecretRule[]>();
  readonly #hints: RegExp;
  /** Those without hints. */
  readonly #others: readonly SecretRule[];

  constructor(rules: readonly SecretRule[]) {
    this.#others = rules.filter((rule) => rule.hints.length === 0);
    const hints = [...new Set(rules.flatMap((rule) => rule.hints))]
      .sort((a, b) => b.length - a.length);
    // A hint that others begin with is found as the longest of them.
    for (const hint of hints) {
      const fitting = rules.filter((rule) => rule.hints.some((short) => hint.startsWith(short)));
      this.#byHint.set(hint, fitting);
    }
    this.#hints = new RegExp(hints.map((hint) => RegExp.escape(hint)).join("|"), "g");
  }

  /** Finds the secrets in a long word of a text. */
  *find(text: string, { start, end }: Stretch): Generator<SecretMatch> {
    const word = text.slice(start, end);
    for (const { name, pattern } of this.#others) {
      pattern.lastIndex = start;
      const match = pattern.exec(text);
      if (match !== null) yield toMatch(name, match, 0);
    }
    const done = new Set<SecretRule>();
    this.#hints.lastIndex = 0;
    for (let hint = this.#hints.exec(word); hint !== null; hint = this.#hints.exec(word)) {
      // Another hint may start within this one.
      this.#hints.lastIndex = hint.index + 1;
      for (const rule of this.#byHint.get(hint[0]) ?? []) {
        if (rule.pattern.sticky) {
          rule.pattern.lastIndex = start + hint.index;
          const match = rule.pattern.exec(text);
          if (match !== null) yield toMatch(rule.name, match, 0);
        } else if (!done.has(rule)) {
          done.add(rule);
          for (const match of word.matchAll(rule.pattern)) yield toMatch(rule.name, match, start);
        }
      }
    }
  }
}

/** Finds secrets by all rules, which are made once. */
export class SecretFinder {
  readonly #wordRules: WordRules;
  readonly #textRules: readonly SecretRule[];
  readonly #patterns: readonly RegExp[];

  /** Takes further patterns; each match of one is a secret. */
  constructor(patterns: readonly RegExp[] = []) {
    this.#patterns = patterns.map((pattern) => new RegExp(pattern, addFlag(pattern.flags, "g")));
    const rules = makeSecretRules();
    this.#wordRules = new WordRules(rules.filter(({ within }) => within === "word"));
    this.#textRules = rules.filter(({ within }) => within === "text");
  }

  /** Finds the secrets of a text, in order; none lies within another. */
  find(text: string): readonly SecretMatch[] {
    // Nothing so short is a secret by itself, and nothing tells that it is one.
    if (text.length < SHORTEST && this.#patterns.length === 0 && !/[:=]/.test(text)) return [];
    return merge([...this.#findSpelled(text, DEEPEST)]);
  }

  *#findSpelled(text: string, depth: number): Generator<SecretMatch> {
    const words = [...findLongWords(text)];
    yield* this.#findPlain(text, words);
    for (const view of viewsOf(text)) {
      for (const match of this.#findPlain(view.text, findLongWords(view.text))) {
        yield view.locate(match);
      }
    }
    if (depth === 0) return;
    for (const { start, end } of findBase64(text, words)) {
      const decoded = decodeText(text.slice(start, end));
      if (decoded === undefined) continue;
      for (const { name, value } of this.#findSpelled(decoded, depth - 1)) {
        yield { name, value, start, end };
      }
    }
  }

  *#findPlain(text: string, words: Iterable<Stretch>): Generator<SecretMatch> {
    for (const word of words) yield* this.#wordRules.find(text, word);
    for (const { name, hints, pattern } of this.#textRules) {
      if (!hints.some((hint) => text.includes(hint))) continue;
      for (const match of text.matchAll(pattern)) yield toMatch(name, match, 0);
    }
    for (const { name, start, end } of findAssigned(text)) {
      yield { name, start, end, value: text.slice(start, end) };
    }
    for (const pattern of this.#patterns) {
      for (const match of text.matchAll(pattern)) {
        if (match[0] !== "") yield toMatch("pattern", match, 0);
      }
    }
  }
}

/** Finds stretches of base64. */
function* findBase64(text: string, words: readonly Stretch[]): Generator<Stretch> {
  let done = 0;
  for (const word of words) {
    for (const found of text.slice(word.start, word.end).matchAll(BASE64)) {
      const start = word.start + found.index;
      if (start < done) continue;
      done = endOfStretch(text, start, found[0].length);
      yield { start, end: done };
    }
  }
}

/** Where a stretch of base64 ends that may go on over lines. */
function endOfStretch(text: string, start: number, firstLength: number): number {
  let end = start + firstLength;
  let length = firstLength;
  while (length >= SHORTEST_LINE && length <= LONGEST_LINE) {
    LINE_END.lastIndex = end;
    const lineEnd = LINE_END.exec(text)?.[0].length ?? 0;
    NEXT_LINE.lastIndex = end + lineEnd;
    const next = lineEnd === 0 ? undefined : NEXT_LINE.exec(text)?.[0];
    if (next === undefined || next.length > length) break;
    end += lineEnd + next.length;
    length = next.length;
  }
  return end;
}

function addFlag(flags: string, flag: string): string {
  return flags.includes(flag) ? flags : flags + flag;
}

/** A match in a part of a text that starts at an offset. */
function toMatch(name: string, match: RegExpExecArray, offset: number): SecretMatch {
  const [start, end] = match.indices?.groups?.["secret"] ??
    [match.index, match.index + match[0].length];
  const value = match.groups?.["secret"] ?? match[0];
  return { name, start: offset + start, end: offset + end, value };
}

/** Puts matches in order, and makes one of those that overlap: it has the name of the longest. */
function merge(matches: readonly SecretMatch[]): readonly SecretMatch[] {
  const merged: SecretMatch[] = [];
  for (const match of matches.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || match.start >= last.end) merged.push(match);
    else if (match.end > last.end) {
      const longer = match.value.length > last.value.length ? match : last;
      merged[merged.length - 1] = { ...longer, start: last.start, end: match.end };
    }
  }
  return merged;
}

/** A text in another spelling, with the places that its letters have in the first. */
class View {
  text = "";
  /** Where stretches begin that are spelled alike in both: in the view, and in the text. */
  readonly #starts: {
    readonly here: number;
    readonly there: number;
    readonly isEscape: boolean;
  }[] = [];

  /** Adds a stretch that stands in the text as it is. */
  add(stretch: string, there: number, isEscape = false): void {
    this.#starts.push({ here: this.text.length, there, isEscape });
    this.text += stretch;
  }

  /** Where a secret of the view lies in the text. */
  locate(match: SecretMatch): SecretMatch {
    return {
      ...match,
      start: this.#place(match.start, "first"),
      end: this.#place(match.end, "end"),
    };
  }

  #place(here: number, side: "first" | "end"): number {
    // An end lies behind the letter before it, which may be spelled with several.
    const at = side === "end" ? here - 1 : here;
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle]?.here ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const start = this.#starts[low];
    if (start === undefined) return here;
    if (!start.isEscape) return start.there + (here - start.here);
    const next = this.#starts[low + 1];
    return side === "first" ? start.there : next?.there ?? start.there;
  }
}

/** The text as it reads once the escapes of JSON, or of URLs, are resolved; none where it has none. */
function viewsOf(text: string): readonly View[] {
  const views: View[] = [];
  if (text.includes("\\")) {
    const view = toView(text, JSON_ESCAPES, (match) => {
      const [, hex, short = ""] = match;
      return hex === undefined
        ? SHORT_ESCAPES[short] ?? short
        : String.fromCharCode(Number.parseInt(hex, 16));
    });
    if (view !== undefined) views.push(view);
  }
  if (text.includes("%")) {
    const view = toView(text, URL_ESCAPES, ([escapes]) => {
      const codes = escapes.slice(1).split("%").map((hex) => Number.parseInt(hex, 16));
      return String.fromCharCode(...codes);
    });
    if (view !== undefined) views.push(view);
  }
  return views;
}

function toView(
  text: string,
  escapes: RegExp,
  resolve: (match: RegExpExecArray) => string,
): View | undefined {
  const view = new View();
  let done = 0;
  for (const match of text.matchAll(escapes)) {
    view.add(text.slice(done, match.index), done);
    view.add(resolve(match), match.index, true);
    done = match.index + match[0].length;
  }
  if (done === 0) return undefined;
  view.add(text.slice(done), done);
  return view;
}

/** What a stretch of base64 holds, when that is text. */
function decodeText(stretch: string): string | undefined {
  const letters = stretch.replace(/[\r\n=]/g, "").replaceAll("-", "+").replaceAll("_", "/");
  if (!isText(decode(letters.slice(0, SAMPLE)))) return undefined;
  const text = decode(letters);
  return isText(text) ? text : undefined;
}

function decode(letters: string): string {
  // Four letters are three bytes; one letter alone is none.
  return atob(letters.slice(0, letters.length - (letters.length % 4 === 1 ? 1 : 0)));
}

/** Whether bytes, each a letter, are printable, a few aside. */
function isText(bytes: string): boolean {
  // deno-lint-ignore no-control-regex -- controls are what it counts
  const odd = bytes.match(/[\u0000-\u0008\u000e-\u001f\u007f]/g)?.length ?? 0;
  const high = bytes.match(/[\u0080-\u00ff]/g)?.length ?? 0;
  return bytes !== "" && odd === 0 && high * 5 <= bytes.length;
}

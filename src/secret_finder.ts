/**
 * Secrets in a text, wherever they lie: as they are, as JSON and URLs spell them, and in base64.
 *
 * A spelling is a view of the text that knows the place of each of its letters, so that what is found
 * in it is found in the text. A stretch of base64 with a secret in it is one, whole.
 */

import { findLongWords, SHORTEST, type Stretch } from "./long_words.ts";
import { decodeText, findBase64, viewsOf } from "./spellings.ts";
import { makeSecretRules } from "./secret_rules.ts";
import type { SecretRule } from "./secret_shapes.ts";
import { findAssigned, type FoundSecret } from "./secrets_assigned.ts";

/** A secret: where it stands, of what kind it is, and how it is spelled in plain letters. */
export interface SecretMatch extends FoundSecret {
  readonly value: string;
}

/** A spelling within a spelling is looked into so often. */
const DEEPEST = 3;

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
    for (const at of listStarts(word)) {
      for (const { name, pattern } of this.#others) {
        pattern.lastIndex = start + at;
        const match = pattern.exec(text);
        if (match !== null) yield toMatch(name, match, 0);
      }
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

/** Where a value may start in a long word: at its start, and behind what assigns or parts. */
function* listStarts(word: string): Generator<number> {
  yield 0;
  for (const { index } of word.matchAll(/[=:/]/g)) yield index + 1;
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

  /** Whether there are patterns beside the rules. */
  get hasPatterns(): boolean {
    return this.#patterns.length > 0;
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
    if (depth === 0) return;
    for (const view of viewsOf(text)) {
      for (const match of this.#findSpelled(view.text, depth - 1)) {
        yield { ...match, ...view.locate(match) };
      }
    }
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

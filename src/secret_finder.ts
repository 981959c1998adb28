/**
 * Secrets in a text, wherever they lie: as they are, as JSON and URLs spell them, and in base64.
 *
 * A spelling is a view of the text that knows the place of each of its letters, so that what is found
 * in it is found in the text. A stretch of base64 with a secret in it is one, whole. What is found is
 * what every rule finds in every view of the whole text (`tests/secret_law_test.ts`), but a rule is
 * tried where one of its hints stands, and a view goes as far as it may matter.
 */

import { decodeText, findBase64 } from "./base64.ts";
import { findLongWords, SHORTEST, type Stretch } from "./long_words.ts";
import { HintTable } from "./secret_hints.ts";
import { makeSecretRules } from "./secret_rules.ts";
import type { SecretRule } from "./secret_shapes.ts";
import { type FoundSecret, makeSignPattern, readAssigned } from "./secret_signs.ts";
import { type Reach, type View, viewsOf } from "./spellings.ts";
import { windowsOf } from "./text_windows.ts";

/** A secret: where it stands, of what kind it is, and how it is spelled in plain letters. */
export interface SecretMatch extends FoundSecret {
  readonly value: string;
}

/** A spelling within a spelling is looked into so often. */
const DEEPEST = 3;

/** Finds secrets by all rules, which are made once. */
export class SecretFinder {
  readonly #patterns: readonly RegExp[];
  readonly #hints: HintTable;
  /** Rules for long words that have no hints. */
  readonly #unhinted: readonly SecretRule[];
  readonly #signs: RegExp;
  readonly #signRules: readonly SecretRule[];
  readonly #textRules: readonly SecretRule[];

  /** Takes further patterns; each match of one is a secret. */
  constructor(patterns: readonly RegExp[] = []) {
    this.#patterns = patterns.map((pattern) => new RegExp(pattern, addFlag(pattern.flags, "g")));
    const rules = makeSecretRules();
    const byPlace = Map.groupBy(rules, ({ within }) => within);
    const wordRules = byPlace.get("word") ?? [];
    this.#hints = new HintTable(wordRules);
    this.#unhinted = wordRules.filter(({ hints }) => hints.length === 0);
    this.#signRules = byPlace.get("sign") ?? [];
    this.#signs = makeSignPattern(this.#signRules.flatMap(({ hints }) => hints));
    this.#textRules = byPlace.get("text") ?? [];
  }

  /** Whether there are patterns beside the rules. */
  get hasPatterns(): boolean {
    return this.#patterns.length > 0;
  }

  /** Finds the secrets of a text, in order; none lies within another. */
  find(text: string): readonly SecretMatch[] {
    // A pattern may want all of the text.
    if (this.hasPatterns) return merge(this.#search(text, DEEPEST));
    // Nothing so short is a secret by itself, and nothing tells that it is one.
    if (text.length < SHORTEST && !/[:=]/.test(text)) return NONE;
    const found: SecretMatch[] = [];
    for (const { start, end } of windowsOf(text)) {
      for (const match of this.#search(text.slice(start, end), DEEPEST)) {
        found.push({ ...match, start: start + match.start, end: start + match.end });
      }
    }
    return merge(found);
  }

  /** Finds the secrets of a text, and of what is spelled in it so many levels deep. */
  #search(text: string, depth: number): SecretMatch[] {
    const words = findLongWords(text);
    const found: SecretMatch[] = [];
    for (const word of words) this.#searchWord(text, word, found);
    this.#searchSigns(text, found);
    const reach = this.#searchAll(text, found);
    if (depth === 0) return found;
    for (const view of this.#viewsOf(text, reach)) {
      for (const match of this.#search(view.text, depth - 1)) {
        found.push({ ...match, ...view.locate(match) });
      }
    }
    for (const stretch of findBase64(text, words)) {
      const decoded = decodeText(text, stretch);
      if (decoded === undefined) continue;
      for (const match of this.#search(decoded, depth - 1)) found.push({ ...match, ...stretch });
    }
    return found;
  }

  /** Finds what lies in a long word. */
  #searchWord(text: string, word: Stretch, found: SecretMatch[]): void {
    for (const rule of this.#unhinted) {
      if (word.end - word.start < (rule.least ?? 0)) continue;
      if (rule.pattern.sticky) tryAt(rule, text, word.start, found);
      else tryAll(rule, text, word, found);
    }
    const places = this.#hints.find(text, word);
    if (places.length === 0) return;
    const tried = new Set<SecretRule>();
    for (const { rule, at } of places) {
      if (rule.pattern.sticky) tryAt(rule, text, at, found);
      else if (!tried.has(rule)) tryAll(rule, text, word, found);
      tried.add(rule);
    }
  }

  /** Finds what signs tell of. */
  #searchSigns(text: string, found: SecretMatch[]): void {
    this.#signs.lastIndex = 0;
    while (this.#signs.test(text)) {
      const at = this.#signs.lastIndex - 1;
      for (const rule of this.#signRules) tryAt(rule, text, at, found);
      const secret = readAssigned(text, at);
      if (secret === undefined) continue;
      found.push({ ...secret, value: text.slice(secret.start, secret.end) });
    }
  }

  /** Finds what may lie anywhere; tells whether there may be some that is as long as the text. */
  #searchAll(text: string, found: SecretMatch[]): Reach {
    const whole = { start: 0, end: text.length };
    let reach: Reach = this.hasPatterns ? "text" : "near";
    for (const rule of this.#textRules) {
      if (!hasHint(text, rule)) continue;
      tryAll(rule, text, whole, found);
      reach = "text";
    }
    for (const pattern of this.#patterns) {
      for (const match of text.matchAll(pattern)) {
        if (match[0] !== "") found.push(toMatch("pattern", match, 0));
      }
    }
    return reach;
  }

  /** The views of a text: of all of it where one tells of what may be as long. */
  #viewsOf(text: string, reach: Reach): readonly View[] {
    const views = viewsOf(text, reach);
    const isFar = reach === "near" &&
      views.some((view) => this.#textRules.some((rule) => hasHint(view.text, rule)));
    return isFar ? viewsOf(text, "text") : views;
  }
}

const NONE: readonly SecretMatch[] = [];
function addFlag(flags: string, flag: string): string {
  return flags.includes(flag) ? flags : flags + flag;
}

function hasHint(text: string, { hints }: SecretRule): boolean {
  return hints.some((hint) => text.includes(hint));
}

/** Adds the secret of a rule that starts at a place. */
function tryAt({ name, pattern }: SecretRule, text: string, at: number, found: SecretMatch[]) {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match !== null) found.push(toMatch(name, match, 0));
}

/** Adds the secrets of a rule in a part of a text, which is all that it sees. */
function tryAll({ name, pattern }: SecretRule, text: string, part: Stretch, found: SecretMatch[]) {
  for (const match of text.slice(part.start, part.end).matchAll(pattern)) {
    found.push(toMatch(name, match, part.start));
  }
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
  if (matches.length < 2) return matches;
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

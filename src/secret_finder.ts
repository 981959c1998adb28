/**
 * Secrets in a text, wherever they lie: as they are, as JSON and URLs spell them, and in base64.
 *
 * A spelling is a view of the text that knows the place of each of its letters, so that what is found
 * in it is found in the text. A stretch of base64 with a secret in it is one, whole. All is found that
 * any rule finds in any view of the whole text (`tests/secret_law_test.ts` holds it to that), but a rule
 * is tried only where one of its hints stands, and a view goes only as far as it may matter.
 */

import { decodeText, findBase64 } from "./base64.ts";
import { findLongWords, SHORTEST, type Stretch } from "./long_words.ts";
import { HintTable } from "./secret_hints.ts";
import { MatchCollector, mergeMatches, type SecretMatch } from "./secret_matches.ts";
import { makeSecretRules } from "./secret_rules.ts";
import type { SecretRule } from "./secret_shapes.ts";
import { makeSignPattern, readAssigned } from "./secret_signs.ts";
import { type Reach, type View, viewsOf } from "./spellings.ts";
import { windowsOf } from "./text_windows.ts";

/** A spelling within a spelling is looked into so often. */
const DEEPEST = 3;

/** What names most members of objects: nothing is spelled in it, and no secret begins with it. */
const PLAIN_KEY = /^[\w$@/-]{1,64}$/;

const NONE: readonly SecretMatch[] = [];

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
    const byPlace = Map.groupBy(makeSecretRules(), ({ within }) => within);
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
    // A pattern may ask where the text ends, or want all of it.
    if (this.hasPatterns) return mergeMatches(this.#search(text, DEEPEST));
    // Nothing so short is a secret by itself, and nothing tells that it is one.
    if (text.length < SHORTEST && !/[:=]/.test(text)) return NONE;
    const found: SecretMatch[] = [];
    for (const { start, end } of windowsOf(text)) {
      for (const match of this.#search(text.slice(start, end), DEEPEST)) {
        found.push({ ...match, start: start + match.start, end: start + match.end });
      }
    }
    return mergeMatches(found);
  }

  /** Finds the secrets of a text that stands under a key, which may tell of it. */
  findUnder(key: string, text: string): readonly SecretMatch[] {
    if (!this.#mayTell(key)) return this.find(text);
    const before = `"${key}": "`;
    const end = before.length + text.length;
    // What reaches into the text is a secret of it, as far as it does.
    const found = this.find(`${before}${text}"`)
      .filter((match) => match.start < end && match.end > before.length)
      .map((match) => ({
        ...match,
        start: Math.max(0, match.start - before.length),
        end: Math.min(text.length, match.end - before.length),
      }));
    return this.hasPatterns ? mergeMatches([...found, ...this.find(text)]) : found;
  }

  /** Whether a key may tell of what stands under it. */
  #mayTell(key: string): boolean {
    if (key === "") return false;
    if (this.hasPatterns || !PLAIN_KEY.test(key)) return true;
    this.#signs.lastIndex = 0;
    return this.#signs.test(`"${key}":`);
  }

  /** Finds the secrets of a text, and of what is spelled in it so many levels deep, in no order. */
  #search(text: string, depth: number): readonly SecretMatch[] {
    const here = new MatchCollector(text);
    const words = findLongWords(text);
    for (const word of words) this.#searchWord(here, word);
    this.#searchSigns(here);
    const reach = this.#searchAll(here);
    if (depth === 0) return here.matches;
    for (const view of this.#viewsOf(text, reach)) {
      for (const match of this.#search(view.text, depth - 1)) {
        here.add({ ...match, ...view.locate(match) });
      }
    }
    for (const stretch of findBase64(text, words)) {
      const decoded = decodeText(text, stretch);
      if (decoded === undefined) continue;
      for (const match of this.#search(decoded, depth - 1)) here.add({ ...match, ...stretch });
    }
    return here.matches;
  }

  /** Finds what lies in a long word. */
  #searchWord(here: MatchCollector, word: Stretch): void {
    for (const rule of this.#unhinted) {
      if (word.end - word.start < (rule.least ?? 0)) continue;
      if (rule.pattern.sticky) here.tryAt(rule, word.start);
      else here.tryWithin(rule, word);
    }
    const places = this.#hints.find(here.text, word);
    if (places.length === 0) return;
    const tried = new Set<SecretRule>();
    for (const { rule, at } of places) {
      if (rule.pattern.sticky) here.tryAt(rule, at);
      else if (!tried.has(rule)) here.tryWithin(rule, word);
      tried.add(rule);
    }
  }

  /** Finds what signs tell of. */
  #searchSigns(here: MatchCollector): void {
    this.#signs.lastIndex = 0;
    while (this.#signs.test(here.text)) {
      const at = this.#signs.lastIndex - 1;
      for (const rule of this.#signRules) here.tryAt(rule, at);
      const secret = readAssigned(here.text, at);
      if (secret !== undefined) here.add(secret);
    }
  }

  /** Finds what may lie anywhere; tells whether there may be some that is as long as the text. */
  #searchAll(here: MatchCollector): Reach {
    const whole = { start: 0, end: here.text.length };
    const rules = this.#textRules.filter((rule) => hasHint(here.text, rule));
    for (const rule of rules) here.tryWithin(rule, whole);
    for (const pattern of this.#patterns) here.tryWithin({ name: "pattern", pattern }, whole);
    return rules.length > 0 || this.hasPatterns ? "text" : "near";
  }

  /** The views of a text: of all of it where one tells of what may be as long. */
  #viewsOf(text: string, reach: Reach): readonly View[] {
    const views = viewsOf(text, reach);
    const isFar = reach === "near" &&
      views.some((view) => this.#textRules.some((rule) => hasHint(view.text, rule)));
    return isFar ? viewsOf(text, "text") : views;
  }
}

function addFlag(flags: string, flag: string): string {
  return flags.includes(flag) ? flags : flags + flag;
}

function hasHint(text: string, { hints }: SecretRule): boolean {
  return hints.some((hint) => text.includes(hint));
}

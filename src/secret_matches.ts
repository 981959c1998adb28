/** What rules match in a text: the secrets, where they stand, and how they are spelled in plain letters. */

import type { Stretch } from "./long_words.ts";
import type { SecretRule } from "./secret_shapes.ts";

/** A secret: where it stands, of what kind it is, and how it is spelled in plain letters. */
export interface SecretMatch extends Stretch {
  readonly name: string;
  readonly value: string;
}

/** Collects the secrets of a text, as rule after rule is tried. */
export class MatchCollector {
  /** Where all of them are found. */
  readonly text: string;
  readonly #matches: SecretMatch[] = [];

  /** Takes the text. */
  constructor(text: string) {
    this.text = text;
  }

  /** Those that were found so far, in no order. */
  get matches(): readonly SecretMatch[] {
    return this.#matches;
  }

  /** Adds a secret that was found in another way. */
  add(match: SecretMatch): void {
    this.#matches.push(match);
  }

  /** Tries a sticky rule at a place. */
  tryAt({ name, pattern }: SecretRule, at: number): void {
    pattern.lastIndex = at;
    const match = pattern.exec(this.text);
    if (match !== null) this.#add(name, match, 0);
  }

  /** Tries a rule all over a part of the text, which is all that it sees. */
  tryWithin(
    { name, pattern }: Pick<SecretRule, "name" | "pattern">,
    { start, end }: Stretch,
  ): void {
    for (const match of this.text.slice(start, end).matchAll(pattern)) {
      if (match[0] !== "") this.#add(name, match, start);
    }
  }

  /** Adds a match in a part of the text that starts at an offset. */
  #add(name: string, match: RegExpExecArray, offset: number): void {
    const [start, end] = match.indices?.groups?.["secret"] ??
      [match.index, match.index + match[0].length];
    const value = match.groups?.["secret"] ?? match[0];
    this.#matches.push({ name, start: offset + start, end: offset + end, value });
  }
}

/** Puts matches in order, and makes one of those that overlap: it has the name of the longest. */
export function mergeMatches(matches: readonly SecretMatch[]): readonly SecretMatch[] {
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

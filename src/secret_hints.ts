/**
 * Where hints stand in long words: a few letters by which keys are told, all looked for in one pass.
 *
 * Each three letters in a row make a number, and a table of these says whether a hint may begin there.
 */

import type { Stretch } from "./long_words.ts";
import type { SecretRule } from "./secret_shapes.ts";

/** A hint, and the rules that want it. */
interface Hint {
  readonly letters: string;
  readonly rules: readonly SecretRule[];
}

/** A rule that may hold, and where its hint stands. */
export interface HintPlace {
  readonly rule: SecretRule;
  readonly at: number;
}

const NONE: readonly HintPlace[] = [];

/** Five bits for each of three letters, as far as they go: what is older is shifted out. */
const BITS = 5;
const MASK = (1 << 3 * BITS) - 1;

/** Finds the hints of rules. */
export class HintTable {
  readonly #isHint = new Uint8Array(MASK + 1);
  readonly #hints = new Map<number, readonly Hint[]>();

  /** Takes rules whose hints have two letters or more. */
  constructor(rules: readonly SecretRule[]) {
    for (const letters of new Set(rules.flatMap((rule) => rule.hints))) {
      const hint = { letters, rules: rules.filter((rule) => rule.hints.includes(letters)) };
      for (const number of listNumbers(letters)) {
        this.#isHint[number] = 1;
        this.#hints.set(number, [...this.#hints.get(number) ?? [], hint]);
      }
    }
  }

  /** Finds the hints in a long word of a text, in order. */
  find(text: string, { start, end }: Stretch): readonly HintPlace[] {
    let places: HintPlace[] | undefined;
    let number = 0;
    for (let at = start; at < end; at++) {
      number = ((number << BITS) ^ text.charCodeAt(at)) & MASK;
      if (this.#isHint[number] === 1) this.#add(places ??= [], text, number, at - 2);
    }
    return places ?? NONE;
  }

  #add(places: HintPlace[], text: string, number: number, at: number): void {
    for (const { letters, rules } of this.#hints.get(number) ?? []) {
      if (!text.startsWith(letters, at)) continue;
      for (const rule of rules) places.push({ rule, at });
    }
  }
}

/** The numbers that a hint may begin with: with any third letter where it has only two. */
function listNumbers(letters: string): readonly number[] {
  const two = (letters.charCodeAt(0) << BITS) ^ letters.charCodeAt(1);
  const thirds = letters.length > 2
    ? [letters.charCodeAt(2)]
    : Array.from({ length: 128 }, (_, code) => code);
  return thirds.map((third) => ((two << BITS) ^ third) & MASK);
}

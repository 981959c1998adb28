/** Random JSON for laws: values, and texts that spell them in ways that values cannot tell. */

import { isArray, isObject } from "../src/json_row.ts";
import type { JsonValue } from "../src/transcript.ts";
import type { Random } from "./random.ts";

const LETTERS = [
  "a",
  "Z",
  " ",
  ",1.5 ",
  '"',
  "\\",
  "/",
  "\n",
  "\b\f\r\t",
  "\u0000",
  "\u001f",
  "\u007f",
  "\u0080",
  "\u009f",
  "<&>",
  "é",
  "\u2028",
  "\ue000",
  "\uffff",
  "🪁",
  "𝒳",
  "NaN",
  "u0041",
  "ud83d",
] as const;

/** What the leaves of a value are; text comes without being asked for. */
export interface RandomJsonOptions {
  readonly leaf: (random: Random) => JsonValue;
}

/** Gives a value, some levels deep. */
export function randomJson(random: Random, options: RandomJsonOptions, depth = 0): JsonValue {
  const length = random.integer(0, 4);
  if (depth < 4 && random.chance(0.3)) {
    return random.list(length, () => randomJson(random, options, depth + 1));
  }
  if (depth < 4 && random.chance(0.4)) {
    return Object.fromEntries(
      random.list(length, () => [randomKey(random), randomJson(random, options, depth + 1)]),
    );
  }
  return random.chance(0.4) ? randomText(random) : options.leaf(random);
}

/** Gives a text of the letters that JSON and its dialects disagree on, and of no half pairs. */
export function randomText(random: Random): string {
  return random.list(random.integer(0, 6), () => random.pick(LETTERS)).join("");
}

/**
 * A key without a backslash: V8 14.7, having parsed an object with such a key, may take another
 * key with an escape for it (https://github.com/nodejs/node/issues/63785).
 */
function randomKey(random: Random): string {
  return randomText(random).replaceAll("\\", "/");
}

/** Spells a number as JSON may: the source, with any fraction, exponent and length. */
export function randomNumberSource(random: Random): string {
  const digits = (most: number) =>
    random.list(random.integer(1, most), () => random.integer(0, 9)).join("");
  const whole = random.chance(0.3) ? "0" : `${random.integer(1, 9)}${digits(20)}`;
  const fraction = random.chance(0.3) ? `.${digits(20)}` : "";
  const sign = random.pick(["", "-", "+"]);
  const exponent = random.chance(0.3) ? `${random.pick(["e", "E"])}${sign}${digits(3)}` : "";
  return `${random.pick(["", "-"])}${whole}${fraction}${exponent}`;
}

/** Spells a value with white space wherever JSON permits it, and escapes where it needs none. */
export function spellLoosely(random: Random, value: JsonValue): string {
  const space = () => random.pick(["", "", "", " ", "\n", "\r\t"]);
  const spellString = (text: string) =>
    `"${Array.from(text, (letter) => spellLetter(random, letter)).join("")}"`;
  const spell = (inner: JsonValue | undefined): string => {
    if (typeof inner === "string") return space() + spellString(inner) + space();
    if (isArray(inner)) return `${space()}[${inner.map(spell).join(",") || space()}]`;
    if (!isObject(inner)) return space() + JSON.stringify(inner) + space();
    const members = Object.entries(inner).map(([key, member]) =>
      `${space()}${spellString(key)}${space()}:${spell(member)}`
    );
    return `${space()}{${members.join(",") || space()}}${space()}`;
  };
  return spell(value);
}

function spellLetter(random: Random, letter: string): string {
  if (random.chance(0.95)) return JSON.stringify(letter).slice(1, -1);
  return letter.split("").map((unit) => {
    const hex = unit.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${random.chance(0.5) ? hex : hex.toUpperCase()}`;
  }).join("");
}

/**
 * Secrets found in the plain way, to hold the fast one against: the regular expression of every rule,
 * at every place, in every spelling of the whole text.
 */

import { decodeText, findBase64 } from "../src/base64.ts";
import { findLongWords, type Stretch } from "../src/long_words.ts";
import { makeSecretRules } from "../src/secret_rules.ts";
import { readAssigned } from "../src/secret_signs.ts";

/** A secret of a kind, and where it lies. */
export interface PlainMatch extends Stretch {
  readonly name: string;
}

/** A text in some spelling, and where each of its letters lies in the first one. */
interface Spelled {
  readonly letters: string;
  readonly places: readonly Stretch[];
}

const RULES = makeSecretRules().map(({ name, pattern }) => ({
  name,
  pattern: new RegExp(pattern, `dg${pattern.ignoreCase ? "i" : ""}`),
}));

const JSON_LETTERS: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const HIDDEN =
  // deno-lint-ignore no-control-regex -- controls are what it looks for
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_])|[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

const fromHex = (digits: string) => String.fromCharCode(Number.parseInt(digits, 16));

/** The escapes of each spelling, and what one of them reads as. */
const READINGS: readonly (readonly [RegExp, (escape: string) => string])[] = [
  [
    /\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/g,
    ([, kind = "", ...digits]) =>
      kind === "u" ? fromHex(digits.join("")) : JSON_LETTERS[kind] ?? kind,
  ],
  [
    /(?:%[0-9a-fA-F]{2}){1,1000}/g,
    (escapes) => escapes.replace(/%(..)/g, (_, hex) => fromHex(hex)),
  ],
  [HIDDEN, () => ""],
  [HIDDEN, () => " "],
];

/** Finds the secrets of a text, in no order, and one within another too. */
export function findPlainly(text: string): readonly PlainMatch[] {
  const places = Array.from({ length: text.length }, (_, at) => ({ start: at, end: at + 1 }));
  return search({ letters: text, places }, 3);
}

function search(spelled: Spelled, depth: number): readonly PlainMatch[] {
  const { letters } = spelled;
  const here = [...matchRules(letters), ...matchSigns(letters)].map((match) => ({
    name: match.name,
    start: placeOf(spelled, match.start).start,
    end: placeOf(spelled, match.end - 1).end,
  }));
  if (depth === 0) return here;
  const otherwise = READINGS.flatMap((reading) => {
    const view = respell(spelled, reading);
    return view === undefined ? [] : search(view, depth - 1);
  });
  const inBase64 = findBase64(letters, findLongWords(letters)).flatMap((stretch) => {
    const decoded = decodeText(letters, stretch) ?? "";
    const place = {
      start: placeOf(spelled, stretch.start).start,
      end: placeOf(spelled, stretch.end - 1).end,
    };
    const places = Array.from({ length: decoded.length }, () => place);
    return search({ letters: decoded, places }, depth - 1);
  });
  return [...here, ...otherwise, ...inBase64];
}

function* matchRules(letters: string): Generator<PlainMatch> {
  for (const { name, pattern } of RULES) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(letters); match !== null; match = pattern.exec(letters)) {
      const [start, end] = match.indices?.groups?.["secret"] ?? match.indices?.[0] ?? [0, 0];
      yield { name, start, end };
      // Another may start within this one.
      pattern.lastIndex = match.index + 1;
    }
  }
}

function* matchSigns(letters: string): Generator<PlainMatch> {
  for (const { index } of letters.matchAll(/[:=]/g)) {
    const secret = readAssigned(letters, index);
    if (secret !== undefined) yield secret;
  }
}

/** The whole of a text with the escapes of one spelling read; undefined where there are none. */
function respell(
  { letters, places }: Spelled,
  [escapes, read]: typeof READINGS[number],
): Spelled | undefined {
  const parts: Spelled[] = [];
  let done = 0;
  const keep = (end: number) =>
    parts.push({ letters: letters.slice(done, end), places: places.slice(done, end) });
  for (const { index, 0: escape } of letters.matchAll(escapes)) {
    keep(index);
    done = index + escape.length;
    const place = {
      start: places[index]?.start ?? 0,
      end: places[done - 1]?.end ?? 0,
    };
    const meant = read(escape);
    parts.push({ letters: meant, places: Array.from(meant, () => place) });
  }
  if (parts.length === 0) return undefined;
  keep(letters.length);
  return {
    letters: parts.map((part) => part.letters).join(""),
    places: parts.flatMap((part) => part.places),
  };
}

function placeOf({ places }: Spelled, at: number): Stretch {
  return places[at] ?? { start: 0, end: 0 };
}

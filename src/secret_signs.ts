/**
 * Secrets that nothing tells for such but what they are assigned to: `DB_PASSWORD=…`,
 * `"client_secret": "…"`. They are looked for where a sign stands that assigns.
 *
 * Where the key is of no known name (`secrets_assigned.ts`), it has to say that its value is secret, and
 * the value to be one that no person would think up, or one that a password rule would take: else every
 * `token = next()` of a program would be one.
 */

import type { SecretMatch } from "./secret_matches.ts";
import { ASSIGNED_RULES } from "./secrets_assigned.ts";

/** The words that keys of secrets end with, but for a letter or three. */
const KEY_WORDS =
  "passw(?:or)?d|passphrase|secret|token|credentials?|(?:api|access|account|private|secret|auth|signing|encryption|admin|app|service)[ _.-]?key";

/** A sign that assigns, with what stands before it: such a word, and marks. */
const KEY = new RegExp(
  `(?<=(?<before>(?<word>(?:${KEY_WORDS})\\w{0,3})\\\\?["'\`]?\\]?\\s{0,4}))[:=]`,
  "iy",
);

/** What assigns, up to the first letter of the value. */
const ASSIGNS = /(?::=|=>|[:=])\s{0,4}(?<quote>\\?["'`])?/y;

/** The rest of a value that stands in no quotation marks, and of one in each kind of them. */
const BARE = /[^\s"'`\\<>(){}[\],;&|]{8,4000}/y;
// A text may be cut off within a value.
const QUOTED: Readonly<Record<string, RegExp>> = {
  '"': /[^"\s]{8,4000}(?="|$)/y,
  "'": /[^'\s]{8,4000}(?='|$)/y,
  "`": /[^`\s]{8,4000}(?=`|$)/y,
};

/** What a program puts a value in the place of. */
const TEMPLATE = /^\$|\$\{|\$\(|\{\{|^<.*>$|^%\w+%$/;

/** How far back a key goes. */
const LONGEST_KEY = 64;

/** A value of which a person can tell that it stands for another. */
const PLACEHOLDER =
  /(?<![A-Za-z0-9])(?:example|sample|your|change|changeme|replace|dummy|fake|placeholder|redacted|insert|todo|test|my)(?![A-Za-z0-9])|xxxx|\*\*\*|\.\.\.|…|^(?:1234567|abcdef)/i;

/**
 * Makes the pattern that finds signs at which a secret may be told of: behind the words that keys end
 * with or one of these, or before two slashes. It asks for less than the rules do, to be fast.
 */
export function makeSignPattern(words: readonly string[]): RegExp {
  const before = [KEY_WORDS, ...words.map((word) => RegExp.escape(word))].join("|");
  return new RegExp(
    `[:=](?:(?<=(?:${before})\\w{0,3}(?:\\W{1,8}|\\\\?["']\\s*[:=]))|(?=//))`,
    "gi",
  );
}

/** The secret that is assigned by the sign at a place; undefined where there is none. */
export function readAssigned(text: string, at: number): SecretMatch | undefined {
  KEY.lastIndex = at;
  const { before, word } = KEY.exec(text)?.groups ?? {};
  if (before === undefined || word === undefined) return undefined;
  ASSIGNS.lastIndex = at;
  const quote = ASSIGNS.exec(text)?.groups?.["quote"];
  const start = ASSIGNS.lastIndex;
  const rest = QUOTED[quote?.slice(-1) ?? ""] ?? BARE;
  rest.lastIndex = start;
  // The mark at the end is spelled as the one at the start: `\\"`.
  const value = rest.exec(text)?.[0].replace(/\\$/, "");
  if (value === undefined || PLACEHOLDER.test(value) || TEMPLATE.test(value)) return undefined;
  const key = readKey(text, at - before.length, word);
  const rule = ASSIGNED_RULES.find((known) => known.key.test(key) && known.value.test(value));
  const name = rule?.name ?? judge(key, value, quote !== undefined);
  return name === undefined ? undefined : { name, start, end: start + value.length, value };
}

/** The whole key, in small letters and without what parts its words. */
function readKey(text: string, at: number, word: string): string {
  const before = /[\w.-]*$/.exec(text.slice(Math.max(0, at - LONGEST_KEY), at))?.[0] ?? "";
  return (before + word).toLowerCase().replace(/[ _.-]/g, "");
}

/** What a value of no known key is; undefined when it is likely none that is secret. */
function judge(key: string, value: string, isQuoted: boolean): string | undefined {
  if (isName(value)) return undefined;
  if (/passw(?:or)?d|passphrase/.test(key)) {
    return value.length <= 256 && countClasses(value) >= 3 ? "password" : undefined;
  }
  const isLong = value.length >= (isQuoted ? 16 : 20);
  // Some part of it has to be random: `kites_v2_token` is none.
  const isRandom = measureEntropy(value) >= 3.5 &&
    value.split(/[^A-Za-z0-9]+/).some((part) => /^(?=.*\d)(?=.*[A-Za-z]).{8,}/.test(part));
  return isLong && isRandom ? "assigned-secret" : undefined;
}

/** Whether it names something: a path, a URL, a member of an object, a UUID. */
function isName(value: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ||
    /^[/.~]|:\/\/|\/$|^[A-Za-z]:/.test(value) || /^[A-Za-z_]\w*(?:\??\.[A-Za-z_]\w*)+$/.test(value);
}

function countClasses(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((letters) => letters.test(value)).length;
}

/** Bits for each letter, by how often each occurs in it (Shannon). */
function measureEntropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count / text.length * Math.log2(count / text.length);
  return bits;
}

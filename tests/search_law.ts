/**
 * What the law of the search needs: stores whose rows are spelled in ways that hide what they say,
 * patterns that are in them or nearly so, and a search that knows nothing of clues.
 */

import { makeFolder } from "./folder.ts";
import { KINDS, type Ran, readLines, skein } from "./laws.ts";
import type { Random } from "./random.ts";

// deno-lint-ignore no-explicit-any -- what skein prints is read without its own types, on purpose
type Json = any;

/** A pattern, and how it is to be read. */
export interface Query {
  readonly pattern: string;
  readonly flags: readonly string[];
}

/** A line that matches: what a hit has to say of it. */
export interface FoundLine {
  readonly session: string;
  readonly path: string;
  readonly number: number;
  readonly role: string;
  readonly part: string;
  readonly text: string;
  readonly matches: readonly { readonly start: number; readonly end: number }[];
}

interface Text {
  readonly part: string;
  readonly text: string;
}

interface SearchedMessage extends Pick<FoundLine, "session" | "path" | "number" | "role"> {
  readonly texts: readonly Text[];
}

const KIND_LIST = KINDS as [typeof KINDS[number], ...typeof KINDS];
const OTHER_PATTERNS = [
  "kite",
  "u0",
  "00",
  '"',
  "\\",
  "<b>",
  "\\u98a8",
  ": ",
  "a",
  "e",
  "call",
  "1",
] as const;

/** Makes a root with up to three sessions of any kinds, and damage in some; gives its path. */
export function makeStore(random: Random, only?: typeof KINDS[number]): string {
  const files = random.list(random.integer(1, 3), (index) => {
    const kind = only ?? random.pick(KIND_LIST);
    const damage = random.pick([0, 0, 0.2]);
    const bytes = kind.make(random, { mostRows: 10, damage, longest: 300 });
    return [`${index}/${kind.file}`, random.chance(0.6) ? respell(random, bytes) : bytes] as const;
  });
  return makeFolder(Object.fromEntries(files));
}

/** Reads every message of every session, newest first, with all its texts. */
export async function readAll(root: string): Promise<readonly SearchedMessage[]> {
  const all: SearchedMessage[] = [];
  for (const { id, path } of readLines(await skein([root], ["list", "--json", "--no-cache"]))) {
    for (const message of readLines(await skein([root], ["show", path, "--json"]))) {
      const { number, role, blocks } = message;
      all.push({ session: id, path, number, role, texts: blocks.flatMap(listTexts) });
    }
  }
  return all;
}

/** The texts of a block as the documentation has them. */
function listTexts(block: Json): readonly Text[] {
  const { type: part } = block;
  if (part === "text" || part === "reasoning") return [{ part, text: block.text }];
  if (part === "file") return [{ part, text: block.name ?? "" }];
  if (part === "call") {
    return [block.name, ...listStrings(block.input)].map((text) => ({ part, text }));
  }
  if (part !== "result") return [];
  return block.blocks.flatMap(listTexts).map(({ text }: Text) => ({ part, text }));
}

function listStrings(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(listStrings);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...listStrings(inner)]);
}

/** Finds what matches, by looking at every line of every text. */
export function findAll(
  messages: readonly SearchedMessage[],
  { pattern, flags }: Query,
): readonly FoundLine[] {
  const isPlain = !flags.includes("--regex");
  const source = isPlain ? RegExp.escape(pattern) : pattern;
  const expression = new RegExp(source, flags.includes("-i") ? "giu" : "gu");
  return messages.flatMap(({ texts, ...message }) =>
    texts.flatMap(({ part, text }) =>
      text.split(/\r\n|\r|\n/).flatMap((line) => {
        const all = flags.length === 0
          ? findPlain(line, pattern)
          : [...line.matchAll(expression)].map(({ 0: { length }, index }) => [index, length]);
        const matches = all.filter(([, length = 0]) => length > 0)
          .map(([start = 0, length = 0]) => ({ start, end: start + length }));
        return all.length === 0 ? [] : [{ ...message, part, text: line, matches }];
      })
    )
  );
}

function findPlain(line: string, pattern: string): number[][] {
  const found: number[][] = [];
  for (let at = line.indexOf(pattern); at >= 0; at = line.indexOf(pattern, at + pattern.length)) {
    found.push([at, pattern.length]);
  }
  return found;
}

/** Gives a pattern: most are a part of a text, some with a letter changed, some an expression. */
export function makeQuery(random: Random, messages: readonly SearchedMessage[]): Query {
  const lines = messages.flatMap(({ texts }) => texts.flatMap(({ text }) => text.split(/[\r\n]/)))
    .filter((line) => line.toWellFormed() !== "");
  const [line = "kite"] = random.chance(0.9) ? [lines[random.integer(0, lines.length - 1)]] : [];
  const letters = Array.from(line.toWellFormed());
  const start = random.integer(0, Math.max(0, letters.length - 2));
  const part = letters.slice(start, start + random.integer(1, random.pick([2, 5, 12, 60])));
  if (random.chance(0.1)) {
    part.splice(random.integer(0, part.length), 1, random.pick(OTHER_PATTERNS));
  }
  const pattern = random.chance(0.1) ? random.pick(OTHER_PATTERNS) : part.join("") || "kite";
  switch (random.pick(["plain", "plain", "plain", "case", "case", "regex", "regex case"])) {
    case "plain":
      return { pattern, flags: [] };
    case "case":
      return { pattern: swapCase(random, pattern), flags: ["-i"] };
    case "regex":
      return { pattern: loosen(random, pattern), flags: ["--regex"] };
    default:
      return { pattern: loosen(random, swapCase(random, pattern)), flags: ["--regex", "-i"] };
  }
}

function swapCase(random: Random, text: string): string {
  const swap = (letter: string) =>
    random.pick([letter, letter.toUpperCase(), letter.toLowerCase()]);
  return Array.from(text, swap).join("");
}

/** An expression that matches the text, and others. */
function loosen(random: Random, text: string): string {
  const way = random.pick([
    "none",
    "dot",
    "repeat",
    "optional",
    "choice",
    "class",
    "anchor",
    "count",
    "around",
  ]);
  const letters = Array.from(text, (letter) => letter.replace(/[\^$\\.*+?()[\]{}|/]/, "\\$&"));
  const at = random.integer(0, letters.length - 1);
  const letter = letters[at] ?? "";
  switch (way) {
    case "dot":
      letters[at] = random.pick([".", ".*", "\\S+", ".+?"]);
      break;
    case "repeat":
      letters[at] = letter + random.pick(["+", "+?"]);
      break;
    case "optional":
      letters[at] = letter + random.pick(["?", "*", "??", "*?"]);
      break;
    case "choice":
      return `${letters.join("")}|${random.pick(["kite", "lantern", "zzz"])}`;
    case "class":
      letters[at] = random.pick([
        `(?:${letter}|[k-m])`,
        `(${letter}|\\)|((b))[)(])+`,
        `[${letter === "-" ? "" : letter}a-z)(\\]]`,
        "\\p{L}",
        "\\u{6b}?",
        "(?=.)\\x6b?",
      ]);
      break;
    case "anchor":
      return random.pick([
        `^${letters.join("")}`,
        `${letters.join("")}$`,
        `\\b${letters.join("")}`,
      ]);
    case "around":
      return random.pick([
        `${letters.join("")}(?!\\s)`,
        `(?<!\\s)${letters.join("")}`,
        `(?<=^|k)${letters.join("")}`,
      ]);
    case "count":
      letters[at] = letter + random.pick(["{0,2}", "{0}", "{1,}?", "{1}"]);
  }
  return letters.join("");
}

/** Spells strings of a file otherwise, and changes some; what is damaged may stay so. */
export function respell(random: Random, bytes: Uint8Array): Uint8Array {
  const share = random.pick([0, 0.02, 0.3]);
  const isAscii = random.chance(0.3);
  const foldsOdd = random.chance(0.3);
  const isLoose = random.chance(0.3);
  // A letter of JSON inside JSON is escaped there; the escape may be spelled with others.
  const slash = random.pick(["\\\\", "\\u005c"]);
  const again = random.pick([0, 0.2]);
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return new TextEncoder().encode(text.replace(/[,:]|"(?:[^"\\\n]|\\.)*"/g, (quoted) => {
    if (quoted.length === 1) return isLoose ? `${quoted} ` : quoted;
    const holdsJson = quoted.includes('\\"') && random.chance(0.5);
    const mayFold = foldsOdd && quoted.includes(" ");
    return quoted.slice(0, 1) + quoted.slice(1, -1).replace(/\\u....|\\.|./gs, (unit) => {
      if (unit.length > 1) return holdsJson ? unit : respellEscape(random, unit, share);
      if (unit === "/" && random.chance(share)) return "\\/";
      const other = mayFold ? { k: "\u212a", s: "\u017f" }[unit] ?? unit : unit;
      if (holdsJson && random.chance(share) && /\w/.test(other)) {
        return slash + escape(random, other).slice(1).replace(
          /./g,
          (letter) => random.chance(again) ? escape(random, letter) : letter,
        );
      }
      return random.chance(share) || isAscii && other > "\u007f" ? escape(random, other) : other;
    }) + quoted.slice(-1);
  }));
}

/** Another escape of the same letter, where it has one. */
function respellEscape(random: Random, escaped: string, share: number): string {
  if (escaped.length !== 2 || !random.chance(share)) return escaped;
  const letter: string = JSON.parse(`"${/["\\/bfnrt]/.test(escaped.charAt(1)) ? escaped : "x"}"`);
  return letter === "x" ? escaped : escape(random, letter);
}

function escape(random: Random, unit: string): string {
  const hex = unit.charCodeAt(0).toString(16).padStart(4, "0");
  return `\\u${random.chance(0.5) ? hex : hex.toUpperCase()}`;
}

/** Searches with skein itself; gives what it printed. */
export function search(root: string, { pattern, flags }: Query): Promise<Ran> {
  return skein([], ["search", "--root", root, ...flags, "--json", "--", pattern]);
}

/** The hits that were printed, without what another law checks. */
export function readHits(ran: Ran): readonly FoundLine[] {
  return readLines(ran).map(({ session, path, number, role, part, text, matches }) => ({
    session,
    path,
    number,
    role,
    part,
    text,
    matches,
  }));
}

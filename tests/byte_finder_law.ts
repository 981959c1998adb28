/**
 * The law of the finder of clues: whatever its window and the length of reads, it finds what looking at
 * every byte finds.
 */

import { assertEquals } from "@std/assert";
import { ByteFinder, type Clue, LONGEST_CLUE } from "../src/byte_finder.ts";
import { MemorySource } from "./memory_source.ts";
import type { Random } from "./random.ts";

const LETTERS = [
  "a",
  "A",
  "k",
  "[",
  "{",
  "0",
  "u",
  "\\",
  "\\u00",
  "\\u0061",
  "\\u004B",
  "\\u004b",
  "\\u005g",
  "\\u006:",
  "\\u0161",
  "\\u4e61",
  "\\n0061",
  "é",
] as const;
/** Codes that letters above spell, and some that none does. */
const CODES = [0x00, 0x4b, 0x60, 0x61, 0x62, 0x6f, 0x7f] as const;
/** What stands between letters that lie far from each other. */
const FILLER = ".";
/** How many of it: about as many as the finder looks at in one step, or in two. */
const GAPS = [61, 62, 63, 64, 65, 125, 126, 127, 128] as const;
const encoder = new TextEncoder();

/** Checks the law on random bytes and clues; takes a module to use in the place of skein's own. */
export function holdFinderLaw(random: Random, wasm?: Uint8Array<ArrayBuffer>): void {
  // Far from each other each letter is found or missed by itself.
  const isFar = random.chance(1 / 3);
  const gaps = isFar ? GAPS : [0];
  const bytes = makeBytes(random, random.integer(0, random.pick([40, 400, 2_000])), gaps);
  // Most slices of what lies between them are found everywhere.
  const sliceChance = isFar ? 0.1 : 0.5;
  const clues = random.list(random.integer(1, 3), (): Clue => ({
    bytes: random.chance(sliceChance) && bytes.length > 0
      ? slice(random, bytes)
      : makeBytes(random, random.integer(1, 6), [0]).slice(0, LONGEST_CLUE),
    ignoresCase: random.chance(0.5),
  }));
  const escapedCodes = random.list(random.integer(0, 4), () => random.pick<number>(CODES));
  const finder = new ByteFinder(
    { clues, escapedCodes },
    random.pick([80, 128, 300, 1 << 16]),
    wasm,
  );
  const source = new MemorySource(bytes, random.pick([1, 63, 100, 1 << 20]));
  const end = random.chance(0.4) ? bytes.length : random.integer(0, bytes.length);
  const seen = bytes.subarray(0, end);
  for (let from = 0; from <= end;) {
    const wanted = findPlainly(seen, from, { clues, escapedCodes });
    assertEquals(finder.find(source, from, end), wanted);
    from = (wanted ?? end) + random.integer(1, 30);
  }
  for (const less of [end, random.integer(0, end)]) {
    const wanted = findPlainly(bytes.subarray(0, less), 0, { clues, escapedCodes });
    assertEquals(finder.find(source, 0, less), wanted);
  }
}

function makeBytes(random: Random, most: number, gaps: readonly number[]): Uint8Array {
  const few = random.list(
    random.integer(1, 4),
    () => random.pick<string>(LETTERS),
  );
  let text = "";
  while (text.length < most) {
    text += FILLER.repeat(random.pick(gaps as [number, ...number[]]));
    text += random.pick(few as [string, ...string[]]);
  }
  return encoder.encode(text.slice(0, most));
}

function slice(random: Random, bytes: Uint8Array): Uint8Array {
  const start = random.integer(0, bytes.length - 1);
  const part = bytes.slice(start, start + random.integer(1, random.pick([4, LONGEST_CLUE])));
  return part;
}

function findPlainly(
  bytes: Uint8Array,
  from: number,
  { clues, escapedCodes }: { readonly clues: readonly Clue[]; readonly escapedCodes: number[] },
): number | undefined {
  // Of latin1 every byte is a letter, so that places in the text are places in the bytes.
  const text = new TextDecoder("latin1").decode(bytes);
  const small = (letters: string) => letters.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  for (let at = from; at < bytes.length; at++) {
    const isClue = clues.some(({ bytes: clue, ignoresCase }) => {
      const wanted = new TextDecoder("latin1").decode(clue);
      const found = text.slice(at, at + wanted.length);
      return ignoresCase ? small(found) === small(wanted) : found === wanted;
    });
    const code = /^\\u00([0-9a-fA-F]{2})/.exec(text.slice(at, at + 6))?.[1];
    if (isClue || code !== undefined && escapedCodes.includes(parseInt(code, 16))) return at;
  }
  return undefined;
}

/** The finder of clues against one that looks at every byte, with windows and reads of any size. */

import { assert, assertEquals } from "@std/assert";
import { ByteFinder, type Clue, LONGEST_CLUE } from "../src/byte_finder.ts";
import { MemorySource } from "./memory_source.ts";
import { holdLaw, type Random } from "./random.ts";

/** Cases of the law; a soak takes more (`SKEIN_CASES`). */
const CASES = Number(Deno.env.get("SKEIN_CASES") ?? 1_500);

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
  "\\u00g1",
  "é",
];
const encoder = new TextEncoder();

Deno.test("find() finds what looking at every byte finds", () => {
  holdLaw(CASES, (random) => {
    const bytes = makeBytes(random, random.integer(0, random.pick([40, 400, 2_000])));
    const clues = random.list(random.integer(1, 3), (): Clue => ({
      bytes: random.chance(0.5) && bytes.length > 0
        ? slice(random, bytes)
        : makeBytes(random, random.integer(1, 6)).slice(0, LONGEST_CLUE),
      ignoresCase: random.chance(0.5),
    }));
    const escapedCodes = random.pick([[], [0x61], [0x61, 0x4b]]);
    const finder = new ByteFinder({ clues, escapedCodes }, random.pick([80, 128, 300, 1 << 16]));
    const source = new MemorySource(bytes, random.pick([1, 63, 100, 1 << 20]));
    const end = random.chance(0.8) ? bytes.length : random.integer(0, bytes.length);
    const seen = bytes.subarray(0, end);
    for (let from = 0; from <= end;) {
      const wanted = findPlainly(seen, from, { clues, escapedCodes });
      assertEquals(finder.find(source, from, end), wanted);
      from = (wanted ?? end) + random.integer(1, 30);
    }
    assertEquals(finder.find(source, 0, end), findPlainly(seen, 0, { clues, escapedCodes }));
  });
});

Deno.test("find() reads every byte once", () => {
  const bytes = new Uint8Array(5_000);
  let read = 0;
  const source = new MemorySource(bytes);
  const counting = {
    readAt(offset: number, into: Uint8Array): number {
      const count = source.readAt(offset, into);
      read += count;
      return count;
    },
  };
  const clues = [{ bytes: encoder.encode("kite"), ignoresCase: false }];
  const finder = new ByteFinder({ clues, escapedCodes: [] }, 256);
  assertEquals(finder.find(counting, 0, bytes.length), undefined);
  assertEquals(read, bytes.length);
});

function makeBytes(random: Random, most: number): Uint8Array {
  const few = random.list(
    random.integer(1, 4),
    () => random.pick(LETTERS as [string, ...string[]]),
  );
  return encoder.encode(
    random.list(most, () => random.pick(few as [string, ...string[]])).join("").slice(0, most),
  );
}

function slice(random: Random, bytes: Uint8Array): Uint8Array {
  const start = random.integer(0, bytes.length - 1);
  const part = bytes.slice(start, start + random.integer(1, random.pick([4, LONGEST_CLUE])));
  assert(part.length > 0);
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

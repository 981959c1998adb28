/** The finder of clues against one that looks at every byte, and wrong ones that it is told from. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { assemble, readSource } from "../scripts/build_scanner.ts";
import { ByteFinder, LONGEST_CLUE } from "../src/byte_finder.ts";
import { holdFinderLaw } from "./byte_finder_law.ts";
import { MemorySource } from "./memory_source.ts";
import { holdLaw, Random } from "./random.ts";

/** Cases of the law; a soak takes more (`SKEIN_CASES`). */
const CASES = Number(Deno.env.get("SKEIN_CASES") ?? 1_500);

/** The most cases that a wrong finder may take. */
const MOST_CASES = 20_000;

/** Changes of the finder, each of which makes it wrong. */
const MUTANTS: readonly { readonly what: string; readonly from: string; readonly to: string }[] = [
  {
    what: "letter case is all one",
    from: "(i32.or (i32.load8_u (local.get $at)) (i32.load8_u offset=64 (local.get $needle)))",
    to: "(i32.or (i32.load8_u (local.get $at)) (i32.const 0x20))",
  },
  {
    what: "two bytes are enough",
    from: "(if (i32.eq (local.get $needle) (local.get $end)) (then (return (i32.const 1))))",
    to: "(return (i32.const 1))",
  },
  {
    what: "a needle may reach over the end",
    from: "(i32.load8_u offset=128 (local.get $needle)))\n          (local.get $end))",
    to: "(i32.const 1))\n          (local.get $end))",
  },
  {
    what: "an escape may reach over the end",
    from: "(i32.le_s (i32.add (local.get $place) (i32.const 6)) (local.get $end))",
    to: "(i32.le_s (i32.add (local.get $place) (i32.const 5)) (local.get $end))",
  },
  {
    what: "the second sixteen places are the third",
    from: "(i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $b))) (i64.const 16))",
    to: "(i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $b))) (i64.const 32))",
  },
  {
    what: "the second sixteen places are not glanced at",
    from: "(v128.or (local.get $x) (local.get $y))",
    to: "(local.get $x)",
  },
  {
    what: "the first needle is as good as the second",
    from: "(call $startOf (local.get $needleA) (local.get $place)",
    to: "(call $startOf (local.get $needleB) (local.get $place)",
  },
  {
    what: "a needle may start before it is looked for",
    from: "(if (i32.lt_s (local.get $start) (local.get $from)) (then (return (i32.const -1))))",
    to: "",
  },
  {
    what: "all second digits are alike",
    from: "(v128.load offset=5 (local.get $at))))))",
    to: "(i8x16.splat (i32.const 0x39))))))",
  },
  {
    what: "hex digits have no upper case",
    from: "(i32.sub (i32.or (local.get $byte) (i32.const 0x20)) (i32.const 0x61))",
    to: "(i32.sub (local.get $byte) (i32.const 0x61))",
  },
  {
    what: "g is a hex digit",
    from: "(i32.lt_u (local.get $letter) (i32.const 6))",
    to: "(i32.lt_u (local.get $letter) (i32.const 7))",
  },
  {
    what: "the second rarest byte of the second needle stands where the rarest does",
    from: "(v128.load (local.get $atB))",
    to: "(local.get $bytes)",
  },
  {
    what: "what stands before a code is all one",
    from: "(if (i32.ne (i32.load (local.get $at)) (i32.const 0x3030755c))",
    to: "(if (i32.ne (i32.load16_u (local.get $at)) (i32.const 0x755c))",
  },
  {
    what: "the second rarest byte of the first needle stands where the rarest does",
    from: "(v128.load (local.get $atA))",
    to: "(local.get $bytes)",
  },
  {
    what: "every code counts",
    from: "(i32.load8_u (local.get $code)))",
    to: "(i32.const 1))",
  },
];

Deno.test("find() finds what looking at every byte finds", () => {
  holdLaw(CASES, (random) => holdFinderLaw(random));
});

for (const { what, from, to } of MUTANTS) {
  Deno.test(`the law catches a finder to which ${what}`, async () => {
    const parts = readSource("byte_finder").split(from);
    assertEquals(parts.length, 2, "the text to change stands in the finder once");
    const wasm = await assemble(parts.join(to));
    const first = Math.floor(Math.random() * 2 ** 31);
    let cases = 0;
    while (cases < MOST_CASES && holds(new Random(first + cases), wasm)) cases++;
    assert(cases < MOST_CASES, `${cases} cases did not tell it from the right one`);
  });
}

Deno.test("find() finds what starts first, wherever the rare bytes of others stand", () => {
  const encoder = new TextEncoder();
  // What is rarest of the long one is its last byte, so the short ones in it are seen before.
  const long = `ekt${"e".repeat(LONGEST_CLUE - 4)}q`;
  for (const texts of [["k", long], [long, "k"], ["k", "t", long], [long, "t", "k"]]) {
    const clues = texts.map((text) => ({ bytes: encoder.encode(text), ignoresCase: false }));
    for (let start = 0; start < 130; start++) {
      const bytes = encoder.encode(`${".".repeat(start)}${long}${".".repeat(100)}`);
      const finder = new ByteFinder({ clues, escapedCodes: [] });
      assertEquals(finder.find(new MemorySource(bytes), 0, bytes.length), start);
    }
  }
});

Deno.test("a finder refuses what it could not find", () => {
  const clue = { bytes: new Uint8Array(1), ignoresCase: false };
  const long = { ...clue, bytes: new Uint8Array(LONGEST_CLUE + 1) };
  const refused = [
    { clues: [], escapedCodes: [0x61] },
    { clues: [clue], escapedCodes: [0x80] },
    { clues: [long], escapedCodes: [] },
    { clues: [{ ...clue, bytes: new Uint8Array() }], escapedCodes: [] },
    { clues: Array.from({ length: 100 }, () => clue), escapedCodes: [] },
  ];
  for (const clues of refused) assertThrows(() => new ByteFinder(clues), RangeError);
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
  const clues = [{ bytes: new TextEncoder().encode("kite"), ignoresCase: false }];
  const finder = new ByteFinder({ clues, escapedCodes: [] }, 256);
  assertEquals(finder.find(counting, 0, bytes.length), undefined);
  assertEquals(read, bytes.length);
});

function holds(random: Random, wasm: Uint8Array<ArrayBuffer>): boolean {
  try {
    holdFinderLaw(random, wasm);
    return true;
  } catch {
    return false;
  }
}

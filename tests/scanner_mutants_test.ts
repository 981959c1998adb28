/**
 * Scanners that are wrong by a little, each of which the law of the quick scan has to catch: a law
 * that lets one pass checks too little.
 */

import { assert, assertEquals } from "@std/assert";
import { assemble, readSource } from "../scripts/build_scanner.ts";
import { type Kind, KINDS } from "./laws.ts";
import { countParsed, QuickScanLaw, SHAPES } from "./quick_scan_law.ts";
import { Random } from "./random.ts";
import { MUTANTS } from "./scanner_mutants.ts";

/** Files that a mutant may survive. */
const MOST_FILES = 30_000;

/** One kind of each agent is enough here. */
const kinds = ["zot", "claw jsonl", "eino message", "nanobot"].flatMap((start) =>
  KINDS.filter(({ name }) => name.startsWith(start)).slice(0, 1)
);

/** How long the files of one kind follow each other, so that shapes are seen again. */
const RUN = 200;

for (const { what, from, to } of MUTANTS) {
  Deno.test(`the law catches a scanner to which ${what}`, async () => {
    const parts = readSource("row_scanner").split(from);
    assertEquals(parts.length, 2, "the text to change stands in the scanner once");
    const wasm = await assemble(parts.join(to));
    const law = new QuickScanLaw(wasm);
    const first = Math.floor(Math.random() * 2 ** 31);
    let files = 0;
    const passes = () => {
      if (files === 0 && !parsesFew(wasm)) return false;
      const kind = kinds[Math.floor(files / RUN) % kinds.length];
      return kind !== undefined && holds(law, new Random(first + files), kind);
    };
    while (files < MOST_FILES && passes()) files++;
    assert(files < MOST_FILES, `${files} files did not tell it from the right one`);
  });
}

function holds(law: QuickScanLaw, random: Random, kind: Kind): boolean {
  return succeeds(() => law.hold(random, kind));
}

/** Some mutants are wrong only in that they know no row again. */
function parsesFew(wasm: Uint8Array<ArrayBuffer>): boolean {
  return succeeds(() => assertEquals(countParsed(wasm), SHAPES));
}

/** However a mutant goes wrong, it does. */
function succeeds(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

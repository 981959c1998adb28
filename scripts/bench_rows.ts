/**
 * Rows for the benchmark's corpora: zot's, with prose and code as agents and tools write them, with
 * line ends and quotation marks to escape and some letters beyond ASCII.
 *
 * Making a row costs far more than writing it, so a pool of rows is made once, as bytes, and files
 * repeat it. Everything follows from the source of random values alone.
 */

import type { Random } from "../tests/random.ts";
import { call, message, result, spellGo, spellRow, usage, type ZotRow } from "./zot_rows.ts";

/** Bytes of rows, each with its line end, of which files are put together. */
export interface RowPool {
  /** A row each: what a person asks. */
  readonly prompts: readonly Uint8Array[];
  /** A row each: a reply that calls a tool, and what the tool answered; usage comes in between. */
  readonly steps: readonly { readonly call: Uint8Array; readonly result: Uint8Array }[];
  /** A row each: a last reply; usage comes after it. */
  readonly answers: readonly Uint8Array[];
  /** A row each: a title that somebody gave. */
  readonly renames: readonly Uint8Array[];
}

/** What a pool is to be. */
export interface RowPoolOptions {
  /** How many of each kind there are. */
  readonly count: number;
  /** About the most letters of what a tool answers; replies and prompts are shorter. */
  readonly longest: number;
}

const SENTENCES = [
  "The spar is too stiff for a kite of this size, so the nose dives in gusts.",
  'The test "folds a lantern" fails because the rib is measured twice.',
  "I moved the conversion into its own function and left the callers alone.",
  "Naïve rounding loses half a millimetre per rib, which adds up to 6 mm.",
  "Before that, check whether `crown.width` is set: old drawings leave it out.",
  "It's the same cause as yesterday – the angle is in degrees, Math.sin wants radians.",
  "凧の糸は二ミリで足ります。",
  "Next I would delete the fallback & keep the error as it is.",
  "Nothing else reads this field, as a search over the whole tree shows.",
  "Printed labels stay in degrees; everything the cutter sees is in radians. 🪁",
] as const;

const CODE = [
  "export function measureSpar(kite: Kite, wind: number): number {",
  "  const ribs = kite.ribs.filter((rib) => rib.length > 0 && !rib.isSpare);",
  '  if (ribs.length === 0) throw new Error("Cannot measure the spar: no ribs");',
  "  return ribs.reduce((sum, { length }) => sum + length * Math.sin(wind), 0);",
  "}",
  "",
  '\tlabel: "C:\\\\kites\\\\red",',
  '  assertEquals(foldLantern({ sheets: 12 }), ["crown", "rib", "bridle"]);',
  "    for (const [index, rib] of ribs.entries()) {",
  "      // The first rib carries the bridle and is cut from the thicker sheet.",
] as const;

const TOOLS = ["read", "bash", "edit", "grep"] as const;

/** Letters of one stretch of a text, about. */
const STRETCH = 70;

/** Makes a pool. */
export function makeRowPool(random: Random, options: RowPoolOptions): RowPool {
  const { count, longest } = options;
  return {
    prompts: random.list(count, () =>
      encodeRows([
        message("user", randomTime(random), randomText(random, SENTENCES, longest / 30)),
      ])),
    steps: random.list(count, (index) => randomStep(random, index, longest)),
    answers: random.list(count, () =>
      encodeRows([
        message("assistant", randomTime(random), randomText(random, SENTENCES, longest / 15)),
      ])),
    renames: random.list(
      count,
      (index) =>
        encodeRows([{ title: `${random.pick(SENTENCES).slice(0, 20)} ${index}`, type: "rename" }]),
    ),
  };
}

/** Spells rows, each with its line end. */
export function encodeRows(rows: readonly ZotRow[]): Uint8Array {
  return new TextEncoder().encode(rows.map((row) => `${spellRow(row)}\n`).join(""));
}

/**
 * Gives one message row of about this size, piece by piece, so that it is never in memory whole:
 * what a tool answered that printed a file as large.
 */
export function* pieceLongRow(random: Random, sizeBytes: number): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const mark = "MARK";
  const row = spellRow(message("tool", randomTime(random), result("toolu_long", mark)));
  const at = row.indexOf(mark);
  const text = random.list(900, () => random.pick(CODE)).join("\n");
  const body = encoder.encode(spellGo(`${text}\n`).slice(1, -1));
  yield encoder.encode(row.slice(0, at));
  for (let left = sizeBytes - row.length; left > 0; left -= body.length) yield body;
  yield encoder.encode(`${row.slice(at + mark.length)}\n`);
}

function randomStep(random: Random, index: number, longest: number): RowPool["steps"][number] {
  const id = `toolu_01${index.toString(36).padStart(6, "0")}`;
  const path = `src/${random.pick(["spar", "rib", "lantern", "crown"])}_${index % 40}.ts`;
  const input = random.chance(0.5) ? { path } : { command: `deno test ${path} 2>&1 | tail` };
  const said = randomText(random, SENTENCES, longest / 40);
  const answer = result(id, randomText(random, CODE, longest, "\n"));
  return {
    call: encodeRows([
      message("assistant", randomTime(random), said, call(id, random.pick(TOOLS), input)),
    ]),
    result: encodeRows([message("tool", randomTime(random), answer)]),
  };
}

/** Gives a text, mostly far shorter than the longest. */
function randomText(
  random: Random,
  lines: readonly [string, ...string[]],
  longest: number,
  between = " ",
): string {
  const letters = longest * random.fraction() ** 2;
  return random.list(1 + Math.floor(letters / STRETCH), () => random.pick(lines)).join(between);
}

/** Counts what replies take, as an agent does: each row has the totals so far. */
export class UsageCounter {
  #input = 0;
  #output = 0;
  #costs = 0;

  /** The row after a further reply. */
  next(random: Random): Uint8Array {
    this.#input += random.integer(900, 9_000);
    this.#output += random.integer(20, 4_000);
    this.#costs += random.integer(1, 400);
    return encodeRows([usage([this.#input, this.#output], this.#costs / 1_000)]);
  }
}

function randomTime(random: Random): string {
  const two = (most: number) => String(random.integer(1, most)).padStart(2, "0");
  return `${two(20)}T${two(23)}:${two(59)}:${two(59)}`;
}

/**
 * The law of the quick scan: of every file it says what splitting it at line ends and parsing every
 * line says, whatever the size of its window, the length of reads, and the row that it starts at.
 *
 * Files are generated ones, and others whose rows have few shapes; in both, rows have siblings: copies
 * with a few bytes changed, for nothing is as easily taken for a known row as one that differs from it
 * by a byte.
 */

import { assertEquals } from "@std/assert";
import type { Format, ScannedRow } from "../src/format.ts";
import { resolveFormat } from "../src/formats.ts";
import { QuickScanner } from "../src/quick_scan.ts";
import { RowScanner, type ScannerSizes } from "../src/row_scanner.ts";
import { toFoundRow } from "../src/rows.ts";
import { scanRow } from "../src/scan.ts";
import type { Fact } from "../src/transcript.ts";
import type { Kind } from "./laws.ts";
import { MemorySource } from "./memory_source.ts";
import { makeShapedRows } from "./quick_scan_rows.ts";
import { Random } from "./random.ts";

/** The windows that are tried; the last two let rows grow out of them. */
const SIZES: readonly ScannerSizes[] = [
  { windowBytes: 64, longBytes: 1 << 20, mostBytes: 1 << 20 },
  { windowBytes: 300, longBytes: 1 << 20, mostBytes: 1 << 20 },
  { windowBytes: 4096, longBytes: 1 << 20, mostBytes: 1 << 20 },
  { windowBytes: 256, longBytes: 512, mostBytes: 1 << 20 },
  { windowBytes: 128, longBytes: 256, mostBytes: 256 },
];

/** Files that a scanner takes before its shapes are forgotten, so that there is room for new ones. */
const FILES = 200;

/** Bytes that mean something in JSON or in UTF-8, and some that do not. */
const BYTES = [
  ...new TextEncoder().encode('"\\{}[],: \t\r0123456789.-+eEtrufalsnNd/x風é'),
  0,
  0xff,
];

/** How a byte or a few of a row are changed. */
const WAYS = [
  "replace",
  "insert",
  "remove",
  "repeat",
  "digit",
  "tear",
  "odd",
  "edge",
  "empty",
] as const;

const QUOTE = 0x22;

/** Bytes that are no UTF-8, each for a reason of its own. */
const NO_UTF8: readonly [readonly number[], ...(readonly number[])[]] = [
  [0x80],
  [0xc0, 0x80],
  [0xc3],
  [0xe0, 0x80, 0x80],
  [0xe2, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x80, 0x80, 0x80],
  [0xf0, 0x9f, 0xaa],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf5, 0x80, 0x80, 0x80],
];

/** Scanners of all sizes, which keep what they learnt from file to file. */
export class QuickScanLaw {
  readonly #wasm: Uint8Array<ArrayBuffer> | undefined;
  #scanners: readonly QuickScanner[] = [];
  #files = 0;

  /** Takes a module to use in the place of skein's own. */
  constructor(wasm?: Uint8Array<ArrayBuffer>) {
    this.#wasm = wasm;
  }

  /** Checks the law on one generated file of a kind. */
  hold(random: Random, kind: Kind): void {
    const bytes = addSiblings(
      random,
      random.chance(0.8) ? makeShaped(random, kind) : make(random, kind),
    );
    const rows = splitLines(bytes);
    const first = random.chance(0.7) ? 0 : random.integer(0, Math.max(0, rows.length - 1));
    const isPromptNeeded = random.chance(0.5);
    const format = resolveFormat(kind.agent);
    const wanted = rows.slice(first).map((row) => describe(scanLine(row, format), isPromptNeeded));
    const source = new MemorySource(bytes, random.pick([1, 63, 100, 1 << 20]));
    const found: string[] = [];
    this.#pick(random).scan(source, format, {
      offset: rows[first]?.offset ?? 0,
      line: first + 1,
      end: bytes.length,
      needsPrompt: () => isPromptNeeded,
    }, (row) => found.push(describe(row, isPromptNeeded)));
    assertEquals(found, wanted);
  }

  #pick(random: Random): QuickScanner {
    if (this.#files++ % FILES === 0) {
      this.#scanners = SIZES.map((sizes) => new QuickScanner(new RowScanner(sizes, this.#wasm)));
    }
    const scanner = this.#scanners[random.integer(0, SIZES.length - 1)];
    if (scanner === undefined) throw new Error("there is a scanner for each size");
    return scanner;
  }
}

function make(random: Random, kind: Kind): Uint8Array {
  const damage = random.pick([0, 0, 0.1, 0.3]);
  return kind.make(random, { mostRows: 12, damage, longest: 200 });
}

function makeShaped(random: Random, { agent }: Kind): Uint8Array {
  const rows = makeShapedRows(random, agent);
  return new TextEncoder().encode(rows.map((row) => `${row}\n`).join(""));
}

interface Line {
  readonly line: number;
  readonly offset: number;
  readonly ending: "lf" | "none";
  readonly raw: Uint8Array;
}

function splitLines(bytes: Uint8Array): readonly Line[] {
  const lines: Line[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const found = bytes.indexOf(0x0a, offset);
    const end = found < 0 ? bytes.length : found;
    const ending = found < 0 ? "none" : "lf";
    lines.push({ line: lines.length + 1, offset, ending, raw: bytes.subarray(offset, end) });
    offset = end + 1;
  }
  return lines;
}

function scanLine({ raw, ...found }: Line, format: Format): ScannedRow {
  return scanRow(toFoundRow(raw, found, Infinity), format);
}

/** All that a row says, as text; the prompt only where it was asked for. */
function describe(
  { row, facts, problems }: Pick<ScannedRow, "facts" | "problems"> & {
    readonly row: Pick<ScannedRow["row"], "line" | "offset" | "length" | "ending">;
  },
  isPromptNeeded: boolean,
): string {
  const { line, offset, length, ending } = row;
  const said = facts.map((fact): Fact =>
    fact.kind !== "message" || isPromptNeeded
      ? fact
      : { ...fact, message: { ...fact.message, prompt: undefined } }
  );
  return JSON.stringify({ line, offset, length, ending, said, problems });
}

/** Puts changed copies of rows after them. */
function addSiblings(random: Random, bytes: Uint8Array): Uint8Array {
  const parts: number[][] = [];
  for (const { raw, ending } of splitLines(bytes)) {
    const end = ending === "lf" ? [0x0a] : [];
    parts.push([...raw, ...end]);
    if (ending === "none") continue;
    for (let i = random.integer(0, 1); i > 0; i--) parts.push([...change(random, raw), ...end]);
  }
  return Uint8Array.from(parts.flat());
}

/** Changes a few bytes, takes some away, or puts some in. */
function change(random: Random, raw: Uint8Array): readonly number[] {
  const bytes = [...raw];
  for (let i = random.integer(1, 2); i > 0; i--) {
    const at = random.integer(0, bytes.length);
    const byte = BYTES[random.integer(0, BYTES.length - 1)] ?? 0;
    switch (random.pick(WAYS)) {
      case "replace":
        bytes[Math.min(at, bytes.length - 1)] = byte;
        break;
      case "insert":
        bytes.splice(at, 0, byte);
        break;
      case "remove":
        bytes.splice(at, random.integer(1, 3));
        break;
      case "repeat":
        bytes.splice(at, 0, ...bytes.slice(at, at + random.integer(1, 40)));
        break;
      case "tear": {
        const high = bytes.findIndex((known, index) => index > at && known >= 0x80);
        if (high >= 0) bytes.splice(high, random.integer(0, 1), ...random.pick([[], [], [0xbf]]));
        break;
      }
      case "edge": {
        // The scanner takes 64 bytes at a time, from the start of the row or of a string on.
        const start = random.chance(0.3) ? 0 : findLongest(bytes);
        const odd = random.pick(NO_UTF8);
        const edge = start + 64 * random.integer(1, 3) - Math.min(3, odd.length);
        if (edge < bytes.length) bytes.splice(edge, 0, ...odd);
        break;
      }
      case "empty": {
        const start = bytes.indexOf(QUOTE, at) + 1;
        const end = bytes.indexOf(QUOTE, start);
        if (start > 0 && end > start) bytes.splice(start, end - start);
        break;
      }
      case "odd":
        bytes.splice(at, 0, ...random.pick(NO_UTF8));
        break;
      default: {
        const digit = bytes.findIndex((known, index) =>
          index > at && known >= 0x30 && known < 0x3a
        );
        if (digit >= 0) bytes[digit] = 0x30 + random.integer(0, 9);
      }
    }
  }
  return bytes;
}

/** Where what lies between two quotes starts that lie the farthest from each other. */
function findLongest(bytes: readonly number[]): number {
  const starts = bytes.flatMap((byte, index) => byte === QUOTE ? [index + 1] : []);
  const lengths = starts.map((start, index) => (starts[index + 1] ?? start) - start);
  return starts[lengths.indexOf(Math.max(...lengths))] ?? 0;
}

/** How many shapes `countParsed` has rows of, the head's included. */
export const SHAPES = 3;

/** Counts the rows that are parsed of a file with two hundred sound messages. */
export function countParsed(wasm?: Uint8Array<ArrayBuffer>): number {
  const random = new Random(7);
  const zot = resolveFormat("zot");
  let parsed = 0;
  const counting: Format = {
    ...zot,
    readFacts: (row) => {
      parsed++;
      return zot.readFacts(row);
    },
  };
  const meta = { id: "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512", started: "2026-06-27T03:46:34Z" };
  const rows = random.list(200, (index) => {
    const text = '風🪁 naïve "kite"\n\\'.repeat(random.integer(0, 20)) + "x".repeat(index + 1);
    const message = { content: [{ text }], time: "2026-06-27T05:46:50.5+02:00" };
    return { type: "message", message: { role: random.pick(["user", "assistant"]), ...message } };
  });
  const lines = [{ type: "meta", meta }, ...rows].map((row) => `${JSON.stringify(row)}\n`);
  const bytes = new TextEncoder().encode(lines.join(""));
  new QuickScanner(new RowScanner({}, wasm)).scan(new MemorySource(bytes), counting, {
    offset: 0,
    line: 1,
    end: bytes.length,
    needsPrompt: () => false,
  }, () => {});
  return parsed;
}

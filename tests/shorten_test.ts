/** Shortening: a row of any length becomes short, and stays as sound or as broken as it was. */

import { assert, assertEquals } from "@std/assert";
import { RowShortener, splitShortened } from "../src/shorten.ts";
import { holdLaw, type Random } from "./random.ts";

const encoder = new TextEncoder();

function shorten(row: string | Uint8Array, keepBytes: number, pieceBytes = Infinity): Uint8Array {
  const bytes = typeof row === "string" ? encoder.encode(row) : row;
  const shortener = new RowShortener(keepBytes);
  const step = Math.min(pieceBytes, Math.max(1, bytes.length));
  for (let i = 0; i < bytes.length; i += step) shortener.push(bytes.subarray(i, i + step));
  return shortener.finish();
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function shortenText(text: string, keepBytes: number) {
  const value = parse(shorten(JSON.stringify([text]), keepBytes));
  return splitShortened(String(Array.isArray(value) ? value[0] : ""));
}

Deno.test("RowShortener keeps short strings as they are", () => {
  const row = '{"a":"b\\u003cé","n":[1,-2.5e3,true,null]}';
  assertEquals(new TextDecoder().decode(shorten(row, 64)), row);
});

Deno.test("splitShortened() tells how many bytes were left out", () => {
  assertEquals(shortenText("a".repeat(100), 30), { kept: "a".repeat(30), droppedBytes: 70 });
  assertEquals(shortenText("a".repeat(30), 30), { kept: "a".repeat(30), droppedBytes: 0 });
});

Deno.test("RowShortener never cuts a character or an escape apart", () => {
  for (let keep = 0; keep < 12; keep++) {
    const { kept } = shortenText("é😀\n\u0001".repeat(3), keep);
    assert("é😀\n\u0001".repeat(3).startsWith(kept), `${keep}: ${JSON.stringify(kept)}`);
  }
});

Deno.test("RowShortener leaves a row broken that was broken in a part left out", () => {
  const dull = "x".repeat(100);
  const broken = [
    `["${dull}\u0000"]`,
    `["${dull}\\x"]`,
    `["${dull}\\u12g4"]`,
    `["${dull}`,
    `["${dull}\\`,
  ]
    .map((row) => encoder.encode(row));
  const badBytes = [[0xff], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [
    0xf4,
    0x90,
    0x80,
    0x80,
  ]]
    .map((bytes) =>
      Uint8Array.from([...encoder.encode(`["${dull}`), ...bytes, ...encoder.encode('"]')])
    );
  for (const row of [...broken, ...badBytes]) {
    assertEquals(parse(row), undefined);
    assertEquals(parse(shorten(row, 10)), undefined, new TextDecoder().decode(row));
  }
});

Deno.test("RowShortener gives sound rows for sound rows and broken ones for broken ones", () => {
  holdLaw(4_000, (random) => {
    const value = randomValue(random, 3);
    const row = encoder.encode(JSON.stringify(value));
    if (random.chance(0.5) && row.length > 0) {
      row[random.integer(0, row.length - 1)] = random.integer(0, 255);
    }
    const keep = random.integer(0, 12);
    const short = parse(shorten(row, keep, random.integer(1, 9)));
    const long = parse(row);
    assertEquals(short === undefined, long === undefined, new TextDecoder().decode(row));
    if (long !== undefined) assertSameShape(short, long);
  });
});

function assertSameShape(short: unknown, long: unknown): void {
  if (typeof long === "string") {
    const { kept, droppedBytes } = splitShortened(String(short));
    assert(droppedBytes === 0 ? kept === long : long.startsWith(kept));
  } else if (Array.isArray(long)) {
    assert(Array.isArray(short));
    assertEquals(short.length, long.length);
    long.forEach((item, index) => assertSameShape(short[index], item));
  } else {
    assertEquals(short, long);
  }
}

function randomValue(random: Random, depth: number): unknown {
  const scalar = random.pick(["text", "number", "null", "array", "text"]);
  if (scalar === "array" && depth > 0) {
    return random.list(random.integer(0, 4), () => randomValue(random, depth - 1));
  }
  if (scalar === "number") return random.integer(-1000, 1000) / 8;
  if (scalar === "null") return null;
  const alphabet = ["a", "b", '"', "\\", "\n", "é", "€", "😀", "\u0001", "/", "{", "]"] as const;
  return random.list(random.integer(0, 30), () => random.pick(alphabet)).join("");
}

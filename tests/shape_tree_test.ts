/** Rows that are known by the tree: those that are as others were before, and no other. */

import { assertEquals, assertThrows } from "@std/assert";
import { assemble, readSource } from "../scripts/build_scanner.ts";
import { RowScanner } from "../src/row_scanner.ts";
import type { RowView } from "../src/row_view.ts";
import type { ShapeKeys } from "../src/shape_tree.ts";
import { MemorySource } from "./memory_source.ts";

const KEYS: ShapeKeys = { decisive: ["type", "role"], time: { key: "time", mayBeLocal: false } };

/** The window takes a few rows, so that what is put into the tree is soon asked for. */
const WINDOW_BYTES = 256;
const TIMES = 20;

/** The latest number that was given to a shape. */
let latestShape = 0;

/**
 * Shows a visitor rows that are scanned as those of a format with such keys.
 * @returns their shapes, those that were learnt just then too
 */
function scan(
  scanner: RowScanner,
  rows: readonly string[],
  visit: (row: RowView) => void = () => {},
  keys: ShapeKeys = KEYS,
): readonly number[] {
  const bytes = new TextEncoder().encode(rows.map((row) => `${row}\n`).join(""));
  const whole = { offset: 0, line: 1, end: bytes.length };
  const shapes: number[] = [];
  scanner.scan(new MemorySource(bytes), keys, whole, (row) => {
    visit(row);
    if (row.shape === 0) scanner.learn(++latestShape);
    shapes.push(row.shape === 0 ? latestShape : row.shape);
  });
  return shapes;
}

/** The shapes that rows have, by numbers in the order in which they come up. */
function findShapes(rows: readonly string[], wasm?: Uint8Array<ArrayBuffer>): readonly number[] {
  const shapes = scan(new RowScanner({ windowBytes: WINDOW_BYTES }, wasm), rows);
  const known = [...new Set(shapes)];
  return shapes.map((shape) => known.indexOf(shape) + 1);
}

function repeat(row: string): readonly string[] {
  return Array.from({ length: TIMES }, () => row);
}

/** A scanner that breaks when it has to look at more rows than this for what is in them. */
async function assembleLazy(most: number): Promise<Uint8Array<ArrayBuffer>> {
  const look = "(local.set $hash (global.get $seed))";
  const parts = readSource("row_scanner").split(look);
  assertEquals(parts.length, 2);
  return await assemble(
    parts.join(`
      (global.set $looks (i32.add (global.get $looks) (i32.const 1)))
      (if (i32.gt_u (global.get $looks) (i32.const ${most})) (then (unreachable)))
      ${look}`)
      .replace("(module", "(module (global $looks (mut i32) (i32.const 0))"),
  );
}

/** Rows of one shape, each pair. */
const ALIKE: readonly (readonly [string, string])[] = [
  ['{"text":"a"}', '{"text":"so it is \\"quoted\\" \\u00e9 風"}'],
  ['{"n":1,"m":[2,3]}', '{"n":-70,"m":[0,123456]}'],
  ['{"cost":0.5}', '{"cost":12.25}'],
  ['{"type":"kite","time":"2026-11-20T12:00:00Z","n":3}', '{"type":"kite","time":"once","n":4}'],
  ['{"a":"","b":true,"c":"x"}', '{"a":"","b":true,"c":"yes"}'],
];

/** Rows that are not. */
const OTHER: readonly (readonly [string, string])[] = [
  ['{"text":"a"}', '{"text":""}'],
  ['{"n":1}', '{"n":1.5}'],
  ['{"n":1}', '{"n":true}'],
  ['{"b":true}', '{"b":false}'],
  ['{"type":"kite"}', '{"type":"lantern"}'],
  ['{"type":["kite","rib"]}', '{"type":["crown","rib"]}'],
  ['{"text":"a"}', '{"test":"a"}'],
  ['{"text":"a"}', '{"text":["a"]}'],
  ['{"text":"a"}', '{"text":"a","more":"b"}'],
  ['{"text":"a"}', '{ "text":"a"}'],
  ['{"text":"a","n":1}', '{"text":"a","n":"1"}'],
  ['{"a":1,"b":"c"}', '{"a":1,"b":2}'],
];

Deno.test("rows that differ in texts and numbers are known again", async () => {
  // So many fit into a few windows.
  const wasm = await assembleLazy(60);
  for (const [first, second] of ALIKE.flatMap(([a, b]) => [[a, b], [b, a]] as const)) {
    const rows = [...repeat(first), ...repeat(second), ...repeat(first), ...repeat(second)];
    assertEquals(findShapes(rows, wasm), rows.map(() => 1), first);
  }
  const rows = repeat('{"a":1e5}').flatMap((row) => [row, row, row, row]);
  assertThrows(() => findShapes(rows, wasm), WebAssembly.RuntimeError);
});

Deno.test("rows that differ in anything else are others", () => {
  for (const [first, second] of OTHER.flatMap(([a, b]) => [[a, b], [b, a]] as const)) {
    const rows = [...repeat(first), ...repeat(second), ...repeat(first)];
    const wanted = [...repeat("1"), ...repeat("2"), ...repeat("1")].map(Number);
    assertEquals(findShapes(rows), wanted, `${first} and ${second}`);
  }
});

Deno.test("a row that starts as one and ends as another is a third", () => {
  const ways = [
    ['{"n":1}', '{"n":1.5,"m":2}', '{"n":1,"m":2}'],
    ['{"text":"a"}', '{"test":"a","m":2}', '{"text":"a","m":2}'],
  ] as const;
  for (const rows of ways) {
    const wanted = rows.flatMap((_, index) => repeat("").map(() => index + 1));
    assertEquals(findShapes(rows.flatMap(repeat)), wanted);
  }
});

Deno.test("the numbers of a row are its own, whatever kinds were looked for before", () => {
  const kinds = ['{"n":1,"m":2}', '{"n":1.5,"m":3}'];
  const rows = [...kinds.flatMap(repeat), ...repeat("").flatMap(() => kinds)];
  const found: (readonly number[])[] = [];
  scan(new RowScanner({ windowBytes: WINDOW_BYTES }), rows, (row) => {
    assertEquals(row.countNumbers(), 2);
    found.push([...row.readNumbers()]);
  });
  assertEquals(found, rows.map((row) => row === kinds[0] ? [1, 2] : [1.5, 3]));
});

Deno.test("what decides is the value of its key, and nothing behind that", async () => {
  const wasm = await assembleLazy(60);
  const row = (text: string) => `{"type":null,"text":"${text}","role":5,"name":"${text}"}`;
  const rows = [...repeat(row("a")), ...repeat(row("b")), ...repeat(row("c")), ...repeat(row("d"))];
  assertEquals(findShapes(rows, wasm), rows.map(() => 1));
});

Deno.test("more shapes than there is room for in the tree are known all the same", () => {
  const row = (index: number) => `{"${"k".repeat(1_500)}${index}":"a"}`;
  const rows = Array.from({ length: 1_500 }, (_, index) => row(index % 500));
  assertEquals(findShapes(rows), rows.map((_, index) => index % 500 + 1));
});

Deno.test("a format whose tree has no room knows its rows all the same", () => {
  const scanner = new RowScanner({ windowBytes: WINDOW_BYTES });
  const row = (index: number) => `{"${"k".repeat(1_000)}${index}":1}`;
  scan(scanner, Array.from({ length: 1_500 }, (_, index) => row(index % 500)));
  // What is left takes the tops of some formats' trees, and those of others find no place.
  for (let format = 0; format < 60; format++) {
    const shapes = scan(scanner, repeat('{"type":"kite"}'), undefined, { ...KEYS });
    assertEquals(new Set(shapes).size, 1);
  }
});

Deno.test("two formats know rows by their own keys", () => {
  const scanner = new RowScanner({ windowBytes: WINDOW_BYTES });
  const other: ShapeKeys = { decisive: ["kind"], time: { key: "at", mayBeLocal: false } };
  const times: (readonly boolean[])[] = [];
  for (const keys of [KEYS, other, KEYS, other]) {
    const found: boolean[] = [];
    scan(scanner, repeat('{"time":"now","kind":"x"}'), (row) => found.push(row.hasTime()), keys);
    times.push(found);
  }
  assertEquals(
    times,
    [KEYS, other, KEYS, other].map((keys) => repeat("").map(() => keys === KEYS)),
  );
});

Deno.test("a row of very many values is looked at anew each time", () => {
  const row = `{"a":[${"1,".repeat(200_000)}1]}`;
  assertEquals(findShapes([row, row, row, row]), [1, 1, 1, 1]);
});

Deno.test("a key with a byte-order mark is another", () => {
  const scanner = new RowScanner({ windowBytes: 1_024 });
  const row = '{"time":"2026-11-20T12:00:00Z","\ufefftime":"2026-11-21T12:00:00Z"}';
  const times = new Set<number>();
  scan(scanner, repeat(row), (view) => times.add(view.readTime()));
  assertEquals(times, new Set([Date.UTC(2026, 10, 20, 12)]));
});

Deno.test("a row without a time has none, whatever the row before had", () => {
  const scanner = new RowScanner({ windowBytes: 1_024 });
  const rows = [...repeat('{"time":"2026-11-20T12:00:00Z"}'), ...repeat('{"n":1}')];
  const found: boolean[] = [];
  for (let i = 0; i < 2; i++) scan(scanner, rows, (row) => found.push(row.hasTime()));
  assertEquals(found, [0, 1].flatMap(() => rows.map((_, index) => index < TIMES)));
});

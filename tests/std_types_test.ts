/**
 * The standard library as it is mapped: each module is there, and its types are real ones.
 *
 * The npm build carries no types, so a module that `src/std.d.ts` did not declare would be `any`, and
 * every wrong call would pass. Below, each wrong call must be a type error: where it were none, its
 * `@ts-expect-error` would be unused, which is an error itself.
 */

import * as assertModule from "@std/assert";
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import * as cliModule from "@std/cli";
import { parseArgs } from "@std/cli";
import * as jsonlModule from "@std/jsonl";
import { JsonParseStream, JsonStringifyStream } from "@std/jsonl";
import * as pathModule from "@std/path";
import { basename, join, relative, SEPARATOR } from "@std/path";
import * as textModule from "@std/text";
import { levenshteinDistance } from "@std/text";
import * as uuidModule from "@std/uuid";
import { generate, validate } from "@std/uuid";

const MODULES: Readonly<Record<string, object>> = {
  "@std/assert": assertModule,
  "@std/cli": cliModule,
  "@std/jsonl": jsonlModule,
  "@std/path": pathModule,
  "@std/text": textModule,
  "@std/uuid": uuidModule,
};

/** Wrong calls, each a type error; never called, and exported so that it counts as used. */
export function callWrongly(): readonly unknown[] {
  return [
    // @ts-expect-error A path is text.
    join("a", 1),
    // @ts-expect-error The suffix is text.
    basename("a.ts", 3),
    // @ts-expect-error Two paths are needed.
    relative("a"),
    // @ts-expect-error A path has no such property.
    join("a").lines,
    // @ts-expect-error There is no such export.
    pathModule.joinPaths,
    // @ts-expect-error Arguments are a list.
    parseArgs("--json"),
    // @ts-expect-error There is no such option.
    parseArgs([], { booleans: ["json"] }),
    // @ts-expect-error A parsed value is unknown until it was looked at.
    parseArgs([]).limit.toFixed(),
    // @ts-expect-error There is no such export.
    cliModule.parseFlags,
    // @ts-expect-error A parsed row is unknown until it was looked at.
    new JsonParseStream().readable satisfies ReadableStream<{ readonly id: string }>,
    // @ts-expect-error Rows come as text.
    ReadableStream.from([1]).pipeThrough(new JsonParseStream()),
    // @ts-expect-error Rows go out as text.
    new JsonStringifyStream().readable satisfies ReadableStream<number>,
    // @ts-expect-error There is no such export.
    jsonlModule.JsonLinesStream,
    // @ts-expect-error A time is a number.
    generate("now"),
    // @ts-expect-error An id is text.
    validate(7),
    // @ts-expect-error An id is no number.
    generate().toFixed(),
    // @ts-expect-error There is no such export.
    uuidModule.parse,
    // @ts-expect-error Both values are of one type.
    assertEquals(1, "1"),
    // @ts-expect-error Only text is matched.
    assertMatch(1, /1/),
    // @ts-expect-error What is called is a function.
    assertThrows("text"),
    // @ts-expect-error There is no such export.
    assertModule.assertSame,
    // @ts-expect-error Both words are text.
    levenshteinDistance("a", 1),
    // @ts-expect-error A distance is a number.
    levenshteinDistance("a", "b").length,
    // @ts-expect-error There is no such export.
    textModule.distance,
  ];
}

Deno.test("@std/path joins and takes apart", () => {
  assertEquals(join("a", "..", "b"), "b");
  assertEquals(basename(`x${SEPARATOR}y.ts`, ".ts"), "y");
});

Deno.test("@std/cli parses arguments", () => {
  const { _: operands, json, limit } = parseArgs(["--json", "x", "--limit=3"], {
    boolean: ["json"],
    string: ["limit"],
  });
  assertEquals({ operands: [...operands], json, limit }, {
    operands: ["x"],
    json: true,
    limit: "3",
  });
});

Deno.test("@std/jsonl parses rows, and writes them", async () => {
  const values = ReadableStream.from(['{"a":1}', "null"]).pipeThrough(new JsonParseStream());
  assertEquals(await Array.fromAsync(values), [{ a: 1 }, null]);
  const rows = ReadableStream.from<unknown>([{ a: 1 }]).pipeThrough(new JsonStringifyStream());
  assertEquals(await Array.fromAsync(rows), ['{"a":1}\n']);
});

Deno.test("@std/uuid makes ids of a time, and knows them", () => {
  const id = generate(0);
  assertMatch(id, /^00000000-0000-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assertEquals([validate(id), validate(`${id}0`)], [true, false]);
});

Deno.test("@std/assert fails where it should", () => {
  for (const fail of [() => assert(0), () => assertEquals(1, 2), () => assertMatch("a", /b/)]) {
    assertEquals(assertThrows(fail, Error).name, "AssertionError");
  }
});

Deno.test("@std/text counts edits between words", () => {
  assertEquals(levenshteinDistance("list", "lst"), 1);
});

Deno.test("src/std.d.ts declares modules of the map only, and no export that one lacks", () => {
  const declarations = Deno.readTextFileSync(new URL("../src/std.d.ts", import.meta.url));
  const blocks = [...declarations.matchAll(/^declare module "([^"]+)" \{\n(.*?)^\}/gms)];
  const found = new Map(blocks.map(([, name = "", body = ""]) => {
    const values = body.matchAll(/^ {2}export (?:function|const|class) (\w+)/gm);
    return [name, Array.from(values, ([, value = ""]) => value)];
  }));
  assertEquals([...found.keys()].sort(), Object.keys(MODULES).sort());
  for (const [name, module] of Object.entries(MODULES)) {
    const declared = found.get(name) ?? [];
    assert(declared.length > 0, name);
    assertEquals(declared.filter((value) => !(value in module)), [], name);
  }
});

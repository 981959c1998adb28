/** Numbers that keep their spelling, and the words for numbers that only Python has. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  findStringEnd,
  isExactNumber,
  parseExact,
  parsePython,
  replaceNonFinite,
  spellNumber,
  splitStrings,
} from "../src/json_exact.ts";
import { isObject } from "../src/json_row.ts";
import { holdLaw } from "./random.ts";
import { randomJson, randomNumberSource, spellLoosely } from "./random_json.ts";

const ODD = [
  "1.0",
  "-0",
  "-0.0",
  "0.10",
  "1e-07",
  "1E5",
  "1e5",
  "1e21",
  "1e400",
  "-1e400",
  "1e-400",
  "12345678901234567890",
  "9007199254740993",
  "-9007199254740993",
  "0.1000000000000000055511151231257827",
  "123456789012345.6789",
  "0.00001e0",
] as const;

const PLAIN = [
  "0",
  "7",
  "-7",
  "0.5",
  "-1.25",
  "1e-7",
  "1.5e+300",
  "1e+21",
  "9007199254740991",
  "9007199254740992",
  "123456789012345680000",
  "0.000001",
] as const;

Deno.test("parseExact() keeps a number that JavaScript would spell otherwise", () => {
  for (const source of ODD) {
    for (
      const text of [source, ` ${source}\n`, `[1,${source}]`, `{"a":${source}}`, `[ ${source} ]`]
    ) {
      assertEquals(JSON.stringify(parseExact(text)), text.replace(/\s/g, ""), text);
    }
    assert(isExactNumber(parseExact(source)), source);
  }
});

Deno.test("parseExact() returns a number that JavaScript spells alike as it is", () => {
  for (const source of PLAIN) {
    assertEquals(parseExact(`{"a":[${source}]}`), { a: [Number(source)] }, source);
  }
});

Deno.test("parseExact() leaves strings and keys alone", () => {
  assertEquals<unknown>(
    parseExact('{"-0":"1.0, -0","__proto__":1.5,"a":" 12345678901234567890 ","b":"x\\",1e5,"}'),
    JSON.parse('{"-0":"1.0, -0","__proto__":1.5,"a":" 12345678901234567890 ","b":"x\\",1e5,"}'),
  );
});

Deno.test("parseExact() takes the last of several members with one key", () => {
  assertEquals(JSON.stringify(parseExact('{"a":1.0,"b":-0,"a":2.0}')), '{"a":2.0,"b":-0}');
});

Deno.test("parseExact() refuses what JSON.parse() refuses", () => {
  const texts = [
    "",
    "1.",
    "01.0",
    ".5",
    "1.0,",
    "[1.0",
    "+1.0",
    "1e",
    "-",
    "\ufeff1.0",
    '"',
    "NaN",
  ];
  for (const text of texts) assertThrows(() => parseExact(text), SyntaxError);
});

Deno.test("parseExact() refuses to look for numbers deeper than the stack is", () => {
  const deep = (inner: string) => `${"[".repeat(200_000)}${inner}${"]".repeat(200_000)}`;
  assertThrows(() => parseExact(deep("1.0")), SyntaxError, "nested too deeply");
  assert(Array.isArray(parseExact(deep("1"))));
});

Deno.test("parseExact() reads numbers of a million digits, and strings of many more", () => {
  const digits = "9".repeat(1_000_000);
  for (const source of [digits, `0.${digits}`, `-1${digits}e5`]) {
    const value = parseExact(source);
    assert(isExactNumber(value) && value.rawJSON === source);
  }
  for (const part of ["a", "\\\\", '\\"', "1", ",1", " 1.5e", "1."]) {
    const text = `["${part.repeat(3_000_000)}",1.0]`;
    assert(JSON.stringify(parseExact(text)) === text, part);
  }
});

Deno.test("parseExact() gives what JSON.parse() gives, and is written again as it was", () => {
  holdLaw(500, (random) => {
    const value = randomJson(random, { leaf: (r) => parseExact(randomNumberSource(r)) });
    const text = JSON.stringify(value);
    assertEquals(JSON.stringify(parseExact(text)), text);
    const loose = spellLoosely(random, value);
    assertEquals(JSON.stringify(parseExact(loose)), text);
    assertEquals<unknown>(JSON.parse(JSON.stringify(parseExact(loose))), JSON.parse(loose));
  });
});

Deno.test("isExactNumber() knows an exact number from an object that looks like one", () => {
  const lookalike = parseExact('{"rawJSON":"1.0"}');
  assertEquals([1, "1.0", null, undefined, lookalike].map(isExactNumber), Array(5).fill(false));
  assertEquals([isObject(lookalike), isObject(parseExact("1.0"))], [true, false]);
});

Deno.test("spellNumber() returns the source of an exact number, and JSON's spelling of others", () => {
  const exact = parseExact("1E5");
  assert(isExactNumber(exact));
  assertEquals([exact, 7, 1e21, 1e-7, -0].map(spellNumber), ["1E5", "7", "1e+21", "1e-7", "0"]);
});

Deno.test("replaceNonFinite() replaces Python's words for numbers outside of strings only", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["[NaN,Infinity,-Infinity]", "[null,null,null]"],
    ['{"NaN": NaN, "a": "-Infinity NaN"}', '{"NaN": null, "a": "-Infinity NaN"}'],
    ['["\\"NaN", NaN, "\\\\", NaN]', '["\\"NaN", null, "\\\\", null]'],
    ['["a", 1]', '["a", 1]'],
    ["", ""],
    ['[NaN, "NaN', '[null, "NaN'],
  ];
  for (const [text, replaced] of cases) assertEquals(replaceNonFinite(text), replaced);
});

Deno.test("parsePython() reads what Python writes, its words for numbers as null", () => {
  assertEquals(
    parsePython('{"a": NaN, "b": [-Infinity, 1.0, "NaN"], "c": Infinity}'),
    { a: null, b: [null, 1, "NaN"], c: null },
  );
});

Deno.test("parsePython() refuses what Python refuses", () => {
  const texts = [
    "-NaN",
    "+Infinity",
    "- Infinity",
    "1NaN",
    "NaNNaN",
    "{NaN: 1}",
    "nan",
    "[NaN,]",
    '["a\nb", NaN]',
    "\ufeffNaN",
  ];
  for (const text of texts) assertThrows(() => parsePython(text), SyntaxError);
});

Deno.test("splitStrings() returns what lies between strings, and the strings", () => {
  const cases: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    ["", []],
    ["1", [["1", ""]]],
    ['{"a":"b"}', [["{", '"a"'], [":", '"b"'], ["}", ""]]],
    ['""""', [["", '""'], ["", '""']]],
    ['["\\"\\\\", "x', [["[", '"\\"\\\\"'], [", ", '"x']]],
  ];
  for (const [text, parts] of cases) assertEquals([...splitStrings(text)], [...parts]);
});

Deno.test("findStringEnd() passes quotes that are escaped", () => {
  const cases: readonly (readonly [string, number | undefined])[] = [
    ['""', 2],
    ['"a"b"', 3],
    ['"\\"" ', 4],
    ['"\\\\"x"', 4],
    ['"\\\\\\""', 6],
    ['"\\"', undefined],
    ['"', undefined],
  ];
  for (const [text, end] of cases) assertEquals(findStringEnd(text, 0), end, text);
});

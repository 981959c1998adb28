/** Go's decoding of JSON, rule by rule, for the strict loaders of the agents written in Go. */

import { assertEquals } from "@std/assert";
import { decodeGoText, splitLines } from "./strict_go_json.ts";
import {
  GO_ANY,
  GO_BOOL,
  GO_BYTES,
  GO_INT,
  GO_OPAQUE,
  GO_RAW,
  GO_STRING,
  GO_TIME,
  goMap,
  goPointer,
  goSlice,
  goStruct,
  type GoType,
  unmarshal,
} from "./strict_go_types.ts";

const KITE = goStruct({ color: GO_STRING, tails: goSlice(GO_INT), maker: goPointer(GO_STRING) });

Deno.test("splitLines() gives a last line without a line feed, but no empty one", () => {
  const split = (text: string) =>
    splitLines(new TextEncoder().encode(text)).map((line) => new TextDecoder().decode(line));
  assertEquals([split(""), split("\n"), split("a\n\nb\r\n"), split("a\nb")], [
    [],
    [""],
    ["a", "", "b\r"],
    ["a", "b"],
  ]);
});

Deno.test("decodeGoText() replaces every bad byte by itself and keeps a byte order mark", () => {
  const decode = (...bytes: readonly number[]) => decodeGoText(new Uint8Array(bytes));
  assertEquals(decode(0xef, 0xbb, 0xbf, 0x61), "\ufeffa");
  assertEquals(decode(0x61, 0xe2, 0x82, 0x62), "a\ufffd\ufffdb");
  assertEquals(decode(0xed, 0xa0, 0x80), "\ufffd\ufffd\ufffd");
  assertEquals(decode(0xff, 0xf0, 0x9f, 0xaa, 0x81, 0x80), "\ufffd🪁\ufffd");
});

Deno.test("unmarshal() gives nothing for what is no JSON, and takes 10,000 levels at most", () => {
  const texts = ["", " ", "{", "{}{}", "{,}", "{'a':1}", '"a\tb"', "\ufeff{}", "NaN", "\u00a0{}"];
  for (const text of [...texts, '{"a":01}', '{"a":1,}', '{"a":"\\x"}']) {
    assertEquals(unmarshal(text, GO_ANY), undefined);
  }
  const nest = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  assertEquals(unmarshal(nest(10_000), GO_ANY), nest(10_000));
  assertEquals(unmarshal(nest(10_001), GO_ANY), undefined);
});

Deno.test("unmarshal() finds fields in any letter case, two beyond ASCII included", () => {
  const fields = ['{"COLOR":"red"}', '{"Color":"red"}', '{"co\\u006cor":"red"}'];
  for (const text of [...fields, ' {"colour":1,"color":"red"}\r\n']) {
    assertEquals(unmarshal(text, KITE)?.color, "red");
  }
  const FOLDED = goStruct({ disk: GO_STRING });
  assertEquals(unmarshal('{"di\u017f\u212a":"a"}', FOLDED)?.disk, "a");
});

Deno.test("unmarshal() takes the last of equal keys, into what was there before", () => {
  assertEquals(unmarshal('{"color":"red","Color":"blue"}', KITE)?.color, "blue");
  assertEquals(unmarshal('{"color":"red","color":null}', KITE)?.color, "red");
  assertEquals(unmarshal('{"tails":[1,2],"tails":[null]}', KITE)?.tails, [1]);
  assertEquals(unmarshal('{"tails":[1],"tails":null}', KITE)?.tails, []);
  assertEquals(unmarshal('{"maker":"a","maker":null}', KITE)?.maker, undefined);
  const NESTED = goStruct({ kite: goPointer(KITE), kites: goMap(KITE) });
  const twice = unmarshal('{"kite":{"color":"red"},"kite":{"tails":[1]}}', NESTED);
  assertEquals(twice?.kite, { color: "red", tails: [1], maker: undefined });
  const map = unmarshal('{"kites":{"a":{"color":"red"}},"kites":{"a":{}}}', NESTED)?.kites;
  assertEquals(map?.get("a")?.color, "");
});

Deno.test("unmarshal() gives zero values for null and for keys that are missing", () => {
  const zero = { color: "", tails: [], maker: undefined };
  for (const text of ["null", "{}", '{"color":null,"tails":null,"maker":null}']) {
    assertEquals(unmarshal(text, KITE), zero);
  }
  assertEquals([unmarshal("null", GO_TIME), unmarshal("null", GO_BYTES)], ["", ""]);
});

Deno.test("unmarshal() gives nothing where a value has another type than its field", () => {
  const values = ['"a"', "true", "1", "[1]", '{"a":1}'];
  const takenBy = <T>(type: GoType<T>) =>
    values.filter((text) => unmarshal(text, type) !== undefined);
  assertEquals([takenBy(GO_STRING), takenBy(GO_BOOL), takenBy(GO_INT)], [['"a"'], ["true"], ["1"]]);
  assertEquals([takenBy(goSlice(GO_INT)), takenBy(GO_BYTES)], [["[1]"], ["[1]"]]);
  assertEquals([takenBy(goMap(GO_INT)), takenBy(KITE)], [['{"a":1}'], ['{"a":1}']]);
  assertEquals(unmarshal('{"color":"red","tails":["1"]}', KITE), undefined);
  assertEquals([unmarshal('{"a":1}', GO_OPAQUE), unmarshal("[1]", GO_OPAQUE)], [{}, undefined]);
});

Deno.test("unmarshal() takes integers of 64 bits without fraction or exponent", () => {
  const read = (text: string) => unmarshal(text, GO_INT);
  assertEquals(["-0", "7", "9223372036854775807"].map(read), [0, 7, 2 ** 63]);
  for (const text of ["1.0", "1e3", "9223372036854775808", "-9223372036854775809"]) {
    assertEquals(read(text), undefined);
  }
});

Deno.test("unmarshal() makes a lone surrogate escape a replacement character", () => {
  assertEquals(unmarshal('"\\ud800x\\ud83d\\ude00\\udc00"', GO_STRING), "\ufffdx😀\ufffd");
});

Deno.test("unmarshal() keeps raw JSON but its white space, and any value but huge numbers", () => {
  const text = '{ "b" : [ 1.50, "\\u003c \\" ,\t" ],\r "a":null }'.replace("\t", "\\t");
  const compact = '{"b":[1.50,"\\u003c \\" ,\\t"],"a":null}';
  assertEquals([unmarshal(text, GO_RAW), unmarshal(text, GO_ANY)], [compact, compact]);
  assertEquals([unmarshal("[1e999]", GO_RAW), unmarshal("[1e999]", GO_ANY)], [
    "[1e999]",
    undefined,
  ]);
  assertEquals(unmarshal('["1e999",1e-999]', GO_ANY), '["1e999",1e-999]');
});

Deno.test("unmarshal() takes base64 with its padding, line breaks ignored", () => {
  const read = (text: string) => unmarshal(JSON.stringify(text), GO_BYTES);
  assertEquals(["", "AAAA", "AAA=", "AA==", "AA\r\nA\n="].map(read), [
    "",
    "AAAA",
    "AAA=",
    "AA==",
    "AAA=",
  ]);
  for (const text of ["AAA", "A", "A===", "=", "AA=A", "AA==AAAA", "AA-_", "AA A", "===="]) {
    assertEquals(read(text), undefined);
  }
  assertEquals([unmarshal("[0,255,null]", GO_BYTES), unmarshal("[256]", GO_BYTES)], [
    "AP8A",
    undefined,
  ]);
});

Deno.test("unmarshal() takes times of RFC 3339 as Go reads them", () => {
  const read = (text: string) => unmarshal(JSON.stringify(text), GO_TIME);
  const times = ["2026-06-27T05:46:50.5+02:00", "2024-02-29T23:59:59.123456789Z"];
  times.push("0001-01-01T00:00:00Z", "2026-06-27T5:46:50Z", "2026-06-27T05:46:50,5-24:00");
  for (const text of times) assertEquals(read(text), text);
  const refused = ["", "yesterday", "2026-06-27", "2026-06-27 05:46:50Z", "2026-06-27T05:46:50"];
  refused.push("2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-06-00T00:00:00Z");
  refused.push("2026-06-27T24:00:00Z", "2026-06-27T23:60:00Z", "2026-06-27T23:59:60Z");
  refused.push("2026-06-27t05:46:50z", "2026-06-27T05:46:50.Z", "2026-06-27T05:46Z");
  refused.push("2026-06-27T05:46:50+2:00", "2026-06-27T05:46:50+0200", " 2026-06-27T05:46:50Z");
  for (const text of refused) assertEquals(read(text), undefined);
  assertEquals(unmarshal('"2026-06-27T05:46:50\\u005a"', GO_TIME), undefined);
  assertEquals(unmarshal("1782531994", GO_TIME), undefined);
});

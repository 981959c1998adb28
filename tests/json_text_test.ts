/** JSON inside of JSON: both ways lead back to where they started. */

import { assertEquals } from "@std/assert";
import { isExactNumber } from "../src/json_exact.ts";
import { formatJsonText, parseJsonText } from "../src/json_text.ts";
import type { JsonValue } from "../src/transcript.ts";
import { holdLaw } from "./random.ts";
import { randomJson } from "./random_json.ts";

Deno.test("parseJsonText() gives the value that a text holds", () => {
  assertEquals(parseJsonText('{"command":"ls","deep":[1,null]}'), {
    command: "ls",
    deep: [1, null],
  });
  assertEquals([" [] ", "7", "true", "null"].map(parseJsonText), [[], 7, true, null]);
});

Deno.test("parseJsonText() gives a text that is no JSON as it is", () => {
  const texts = [
    "",
    " ",
    "ls -l",
    '{"command":"l… [truncated',
    "{'a':1}",
    "NaN",
    '"open',
    "\ufeff{}",
  ];
  for (const text of texts) assertEquals(parseJsonText(text), text);
});

Deno.test("parseJsonText() takes the quotes off a text that would be JSON without them", () => {
  assertEquals(parseJsonText('"7"'), "7");
  assertEquals(parseJsonText('"{}"'), "{}");
  assertEquals(parseJsonText('"\\"7\\""'), '"7"');
});

Deno.test("parseJsonText() leaves the quotes on a text that would be none without them", () => {
  assertEquals(parseJsonText('"ls -l"'), '"ls -l"');
  assertEquals(parseJsonText('""'), '""');
});

Deno.test("formatJsonText() writes a text as it is, unless it would be taken for JSON", () => {
  assertEquals(["ls -l", "", "{'a':1}"].map(formatJsonText), ["ls -l", "", "{'a':1}"]);
  assertEquals(["7", "null", "{}"].map(formatJsonText), ['"7"', '"null"', '"{}"']);
});

Deno.test("formatJsonText() writes all other values compactly", () => {
  const values: readonly JsonValue[] = [{ a: [1, { b: null }] }, [], 7, true, null];
  assertEquals(values.map(formatJsonText), ['{"a":[1,{"b":null}]}', "[]", "7", "true", "null"]);
});

Deno.test("formatJsonText() writes numbers as they were spelled", () => {
  for (const text of ['{"n":12345678901234567890}', '{"n":1.0,"e":1e-07}', "[-0]"]) {
    assertEquals(formatJsonText(parseJsonText(text)), text);
  }
  assertEquals(isExactNumber(parseJsonText("12345678901234567890")), true);
});

Deno.test("parseJsonText() gives back what formatJsonText() wrote", () => {
  holdLaw(500, (random) => {
    const value = randomJson(random, { leaf: (r) => r.integer(-9, 9) });
    const values = [value, JSON.stringify(value), JSON.stringify(JSON.stringify(value))];
    for (const each of values) {
      assertEquals(JSON.stringify(parseJsonText(formatJsonText(each))), JSON.stringify(each));
    }
  });
});

Deno.test("formatJsonText() gives back a text of any kind that parseJsonText() read", () => {
  const texts = ["", "ls", "7", '"7"', '"ls"', '"\\"7\\""', '{"a":1}', "{", "null", '""', '"null"'];
  for (const text of texts) assertEquals(formatJsonText(parseJsonText(text)), text);
});

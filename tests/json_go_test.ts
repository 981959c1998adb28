/** Go's spelling of JSON and of times. */

import { assertEquals } from "@std/assert";
import { formatGo, formatGoTime } from "../src/json_go.ts";

Deno.test("formatGo() escapes as Go's encoder does", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["a<b>&", '"a\\u003cb\\u003e\\u0026"'],
    ['"\\/', '"\\"\\\\/"'],
    ["\n\r\t\b\f\u0001\u001f", '"\\n\\r\\t\\b\\f\\u0001\\u001f"'],
    ["\u2028\u2029", '"\\u2028\\u2029"'],
    ["\u007f é 🪁", '"\u007f é 🪁"'],
    ["\ud83d x", '"\ufffd x"'],
  ];
  for (const [value, spelled] of cases) assertEquals(formatGo(value), spelled);
});

Deno.test("formatGo() keeps the order of keys and leaves out what is undefined", () => {
  assertEquals(
    formatGo({ title: "x", type: "rename", gone: undefined }),
    '{"title":"x","type":"rename"}',
  );
});

Deno.test("formatGo() writes numbers as Go does", () => {
  assertEquals([1e-7, 1e21, 0.5, 100].map(formatGo), ["1e-7", "1e+21", "0.5", "100"]);
});

Deno.test("formatGoTime() drops zeros at the end of the fraction, and an empty fraction", () => {
  assertEquals(
    [0, 120, 123, 100].map((ms) => formatGoTime(Date.UTC(2026, 5, 27, 5, 46, 30) + ms)),
    [
      "2026-06-27T05:46:30Z",
      "2026-06-27T05:46:30.12Z",
      "2026-06-27T05:46:30.123Z",
      "2026-06-27T05:46:30.1Z",
    ],
  );
});

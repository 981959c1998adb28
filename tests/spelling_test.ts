/** Spellings of the writers of other programs, letter by letter. */

import { assertEquals, assertThrows } from "@std/assert";
import { Literal, spellClaw, spellGo, spellPython, spellPythonAscii } from "./spelling.ts";

Deno.test("spellX() escapes and spaces as Go, claw and Python do", () => {
  const text = 'a<b>&"\\/\n\b\u0001\u007f\u0085\u2028é🪁';
  const rest = '\\"\\\\/\\n\\b\\u0001';
  assertEquals(spellGo(text), `"a\\u003cb\\u003e\\u0026${rest}\u007f\u0085\\u2028é🪁"`);
  assertEquals(spellClaw(text), `"a<b>&${rest}\\u007f\\u0085\u2028é🪁"`);
  assertEquals(spellPython(text), `"a<b>&${rest}\u007f\u0085\u2028é🪁"`);
  assertEquals(
    spellPythonAscii(text),
    `"a<b>&${rest}\\u007f\\u0085\\u2028\\u00e9\\ud83e\\ude81"`,
  );
  assertEquals(spellGo([1e21, 1e-7, 0.25, { b: 1, a: undefined }]), '[1e+21,1e-7,0.25,{"b":1}]');
  assertEquals(spellClaw({ b: [1, null], a: "" }), '{"a":"","b":[1,null]}');
  assertEquals(spellPython([1e-7, 0.00025, 1e-5, [], {}]), "[1e-07, 0.00025, 1e-05, [], {}]");
});

Deno.test("spellX() writes a literal as it is and leaves undefined members out", () => {
  const row = { big: new Literal("12345678901234567890"), whole: new Literal("1.0"), a: undefined };
  assertEquals(spellGo(row), '{"big":12345678901234567890,"whole":1.0}');
  assertEquals(spellPython(row), '{"big": 12345678901234567890, "whole": 1.0}');
});

Deno.test("spellClaw() refuses a number that is not whole", () => {
  assertThrows(() => spellClaw([0.5]), RangeError, "claw has no number 0.5");
});

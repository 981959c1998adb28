/** claw-code's JSON: what it writes, what it reads, and what it refuses that others read. */

import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { findClawRefusal, formatClaw, parseClaw } from "../src/json_claw.ts";
import { isExactNumber, parseExact } from "../src/json_exact.ts";
import type { JsonValue } from "../src/transcript.ts";
import { holdLaw, type Random } from "./random.ts";
import { randomJson, randomNumberSource, spellLoosely } from "./random_json.ts";

const NO_WHOLE = "a number that is no whole 64-bit one";
const SURROGATE = "a surrogate escape";

Deno.test("formatClaw() escapes control characters, and nothing else but quotes and backslashes", () => {
  const cases: readonly (readonly [string, string])[] = [
    ['"\\/', '"\\"\\\\/"'],
    ["\n\r\t\b\f", '"\\n\\r\\t\\b\\f"'],
    ["\u0000\u000b\u001f", '"\\u0000\\u000b\\u001f"'],
    ["\u007f\u0080\u009b\u009f\u00a0", '"\\u007f\\u0080\\u009b\\u009f\u00a0"'],
    ["<a>&\u2028\u2029é灯🪁", '"<a>&\u2028\u2029é灯🪁"'],
    ["\ud83d x \udc00", '"\ufffd x \ufffd"'],
  ];
  for (const [value, spelled] of cases) assertEquals(formatClaw(value), spelled);
});

Deno.test("formatClaw() sorts keys by their bytes", () => {
  const value = {
    "🪁": 1,
    "\uffff": 2,
    "\ue000": 3,
    b: 4,
    B: 5,
    aa: 6,
    a: 7,
    "10": 8,
    "9": 9,
    "": 0,
  };
  assertEquals(
    formatClaw(value),
    '{"":0,"10":8,"9":9,"B":5,"a":7,"aa":6,"b":4,"\ue000":3,"\uffff":2,"🪁":1}',
  );
});

Deno.test("formatClaw() leaves out what is undefined, and keeps all else", () => {
  const value = { z: [], gone: undefined, a: { n: null, t: true, f: false, o: {} } };
  assertEquals(formatClaw(value), '{"a":{"f":false,"n":null,"o":{},"t":true},"z":[]}');
});

Deno.test("formatClaw() writes one of two keys that become equal", () => {
  assertEquals(formatClaw(JSON.parse('{"\\ud83d":1,"\\udc00":2}')), '{"\ufffd":2}');
});

Deno.test("formatClaw() writes whole numbers of 64 bits as they are spelled", () => {
  const sources = ["0", "-7", "1754000000123", "9223372036854775807", "-9223372036854775808"];
  for (const source of sources) assertEquals(formatClaw(parseExact(source)), source);
  assertEquals(formatClaw(-0), "0");
});

Deno.test("formatClaw() refuses other numbers", () => {
  const numbers = [0.5, 1e-7, NaN, Infinity, -Infinity, 2 ** 63, -(2 ** 64), 1e300];
  const exact = [
    "1.0",
    "1E5",
    "1e2",
    "9223372036854775808",
    "-9223372036854775809",
    "1".repeat(99),
  ];
  for (const value of [...numbers, ...exact.map(parseExact)]) {
    assertThrows(() => formatClaw([value]), TypeError, NO_WHOLE);
  }
});

Deno.test("formatClaw() compares keys as their bytes compare", () => {
  const encoder = new TextEncoder();
  const units = ["a", "é", "\ud7ff", "\ue000", "\uffff", "𝒳", "🪁"] as const;
  holdLaw(200, (random) => {
    const key = () => random.list(random.integer(0, 3), () => random.pick(units)).join("");
    const keys = [...new Set(random.list(random.integer(0, 9), key))];
    const hex = (text: string) =>
      Array.from(encoder.encode(text), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const sorted = keys.toSorted((one, other) => hex(one) < hex(other) ? -1 : 1);
    const written = formatClaw(Object.fromEntries(keys.map((name) => [name, 0])));
    assertEquals(written, `{${sorted.map((name) => `${JSON.stringify(name)}:0`).join(",")}}`);
  });
});

Deno.test("parseClaw() reads what JSON lacks", () => {
  const cases: readonly (readonly [string, JsonValue])[] = [
    ["[1,]", [1]],
    ['{"a":1 , }', { a: 1 }],
    ["[[],{},]", [[], {}]],
    ['"a\n\u0000\u001f\tb"', "a\n\u0000\u001f\tb"],
    ["[007,-007,00,-0,-00]", [7, -7, 0, 0, 0]],
    [`${"0".repeat(100_000)}7`, 7],
    ['{"a":1,"b":2,"a":3}', { a: 3, b: 2 }],
    [" \r\n\t7 \r\n\t", 7],
  ];
  for (const [text, value] of cases) assertEquals(parseClaw(text), value);
  assert(Object.is(parseClaw("-0"), 0));
});

Deno.test("parseClaw() reads every escape but surrogates", () => {
  assertEquals(
    parseClaw('"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\uD7FF\\ue000\\uFFFF\\\\ud83d🪁"'),
    '"\\/\b\f\n\r\tAé\ud7ff\ue000\uffff\\ud83d🪁',
  );
});

Deno.test("parseClaw() keeps a key named as the prototype is", () => {
  assertEquals(Object.entries(parseClaw('{"__proto__":1}') ?? {}), [["__proto__", 1]]);
});

Deno.test("parseClaw() returns a whole number beyond 2^53 as an exact one", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["9007199254740993", "9007199254740993"],
    ["9223372036854775807", "9223372036854775807"],
    ["-9223372036854775808", "-9223372036854775808"],
    ["-0009007199254740993", "-9007199254740993"],
  ];
  for (const [text, source] of cases) {
    const value = parseClaw(text);
    assert(isExactNumber(value));
    assertEquals(value.rawJSON, source);
  }
  assertEquals(parseClaw("9007199254740991"), 9007199254740991);
});

/** A text, what is wrong with it, and where. */
const REFUSED: readonly (readonly [string, string, number])[] = [
  ["", "no value", 0],
  ["  ", "no value", 2],
  ["[1.5]", NO_WHOLE, 1],
  ["1e3", NO_WHOLE, 0],
  ["-1E5", NO_WHOLE, 0],
  ["[1,9223372036854775808]", NO_WHOLE, 3],
  ["-9223372036854775809", NO_WHOLE, 0],
  ["-", "no value", 0],
  ["+1", "no value", 0],
  ["NaN", "no value", 0],
  ['"🪁\\ud83d\\ude00"', SURROGATE, 3],
  ['"\\uDC00"', SURROGATE, 1],
  ['"\\\\\\ud83d"', SURROGATE, 3],
  ['{"\\udfff":1}', SURROGATE, 2],
  ['"\\x"', "an unknown escape", 1],
  ['"ab\\u00g0"', "an unknown escape", 3],
  ['"\\u+041"', "an unknown escape", 1],
  ['"\\\n"', "an unknown escape", 1],
  ['"\\u12"', "an unknown escape", 1],
  ['["a', "a string without an end", 1],
  ['"\\"', "a string without an end", 0],
  ["\ufeff{}", "no value", 0],
  ["\u00a07", "no value", 0],
  ["{} x", "text after the end", 3],
  ["nullx", "text after the end", 4],
  ["nul", "no value", 0],
  ["[,]", "no value", 1],
  ["[1,,]", "no value", 3],
  ["[1 2]", 'no ","', 3],
  ["[1", 'no ","', 2],
  ["[1}", 'no ","', 2],
  ["{,}", "no key", 1],
  ["{a:1}", "no key", 1],
  ['{"a" 1}', 'no ":"', 5],
  ['{"a":}', "no value", 5],
  ['{"a":1', 'no ","', 6],
];

Deno.test("parseClaw() refuses what claw refuses, and says what and where", () => {
  for (const [text, reason, at] of REFUSED) {
    const { message } = assertThrows(() => parseClaw(text), SyntaxError);
    assertEquals(message, `Cannot parse JSON as claw does: ${reason} at character ${at}`, text);
  }
});

Deno.test("parseClaw() refuses without repeating what the text says", () => {
  const texts = [
    "hunter2",
    '{"hunter2" hunter2}',
    '"hunter2\\q"',
    '["hunter2',
    "{} hunter2",
    "[hunter2]",
  ];
  for (const text of texts) {
    const { message } = assertThrows(() => parseClaw(text), SyntaxError);
    assert(!message.includes("hunter"), message);
  }
});

Deno.test("parseClaw() and formatClaw() take 2000 levels, and refuse more", () => {
  const deep = (levels: number) => `${'{"a":['.repeat(levels / 2)}1${"]}".repeat(levels / 2)}`;
  assertEquals(formatClaw(parseClaw(deep(2_000))), deep(2_000));
  for (const text of [deep(2_002), deep(1_000_000), "[".repeat(1_000_000)]) {
    const { message } = assertThrows(() => parseClaw(text), SyntaxError);
    assertMatch(message, /more than 2000 levels at character \d+$/);
  }
  assertThrows(() => formatClaw(JSON.parse(deep(2_002))), TypeError, "more than 2000 levels");
  assertEquals(parseClaw(`[${"[],{},".repeat(3_000)}]`), Array(3_000).fill([[], {}]).flat());
});

Deno.test("findClawRefusal() names what JSON.parse() reads and claw does not", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["[0,-0,-7,9223372036854775807,-9223372036854775808]", undefined],
    ['{"a":1.0}', NO_WHOLE],
    ["[1,1e5]", NO_WHOLE],
    ["-1E+5", NO_WHOLE],
    ["9223372036854775808", NO_WHOLE],
    [`[${"9".repeat(1_000_000)}]`, NO_WHOLE],
    ['{"1.5":"1e5, 0.5 \\" 1.5"}', undefined],
    ['["\\\\",1.5,"\\\\"]', NO_WHOLE],
    ['"\\ud83d\\ude00"', SURROGATE],
    ['{"\\uDFFF":1}', SURROGATE],
    ['"\\\\\\ud83d"', SURROGATE],
    ['"\\\\ud83d \\\\\\\\udead \\ud7ff \\ue000 ud83d"', undefined],
    ['"🪁"', undefined],
  ];
  for (const [text, reason] of cases) {
    JSON.parse(text);
    assertEquals(findClawRefusal(text), reason, text.slice(0, 50));
  }
});

Deno.test("findClawRefusal() and parseClaw() read strings of many megabytes", () => {
  for (const part of ["a", "\\\\", '\\"', "1.5,", "\\u0041", "\\\\ud83d"]) {
    const text = `["${part.repeat(1_000_000)}",7]`;
    assertEquals(findClawRefusal(text), undefined, part);
    assert(JSON.stringify(parseClaw(text)) === JSON.stringify(JSON.parse(text)), part);
  }
  assertEquals(findClawRefusal(`"${"\\\\".repeat(15_000_000)}\\ud800"`), SURROGATE);
});

function randomLeaf(random: Random): JsonValue {
  if (random.chance(0.1)) return random.pick([null, true, false]);
  return random.integer(-(2 ** 53) + 1, 2 ** 53 - 1);
}

Deno.test("parseClaw() gives back what formatClaw() wrote, and formatClaw() what it read", () => {
  holdLaw(500, (random) => {
    const value = randomJson(random, { leaf: randomLeaf });
    const written = formatClaw(value);
    assertEquals(parseClaw(written), value);
    assertEquals(JSON.parse(written), value);
    assertEquals(formatClaw(parseClaw(written)), written);
  });
});

Deno.test("parseClaw() agrees with JSON.parse(), unless findClawRefusal() says why not", () => {
  const outcomes = new Set<string | undefined>();
  holdLaw(1_000, (random) => {
    const leaf = (r: Random) => {
      const source = randomNumberSource(r);
      return r.chance(0.9) || source === "-0" ? randomLeaf(r) : parseExact(source);
    };
    const text = spellLoosely(random, randomJson(random, { leaf }));
    const reason = findClawRefusal(text);
    outcomes.add(reason);
    if (reason === undefined) {
      assertEquals(JSON.stringify(parseClaw(text)), JSON.stringify(parseExact(text)));
    } else {
      const { message } = assertThrows(() => parseClaw(text), SyntaxError);
      assert([NO_WHOLE, SURROGATE].some((known) => message.includes(known)), message);
    }
  });
  if (Deno.env.get("SKEIN_SEED") === undefined) {
    assertEquals(outcomes, new Set([undefined, NO_WHOLE, SURROGATE]));
  }
});

Deno.test("parseClaw() agrees with JSON.parse() on a text cut or changed anywhere", () => {
  holdLaw(1_000, (random) => {
    const text = spellLoosely(random, randomJson(random, { leaf: randomLeaf }));
    const at = random.integer(0, text.length);
    const put = random.pick(["", ",", "]", "}", '"', "x", "{", ":", "0"]);
    const changed = text.slice(0, at) + put + text.slice(at + random.integer(0, 1));
    let expected: string;
    try {
      expected = JSON.stringify(parseExact(changed));
    } catch (error) {
      assert(error instanceof SyntaxError);
      return;
    }
    if (findClawRefusal(changed) === undefined && !/-0\b/.test(changed)) {
      assertEquals(JSON.stringify(parseClaw(changed)), expected);
    }
  });
});

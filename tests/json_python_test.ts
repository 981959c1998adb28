/** Python's spelling of JSON and of times, held against Python itself where there is one. */

import { assert, assertEquals } from "@std/assert";
import { parseExact } from "../src/json_exact.ts";
import { formatPython, formatPythonTime } from "../src/json_python.ts";
import { Random } from "./random.ts";
import { randomJson, randomNumberSource } from "./random_json.ts";

const PYTHON = "/usr/bin/python3";

Deno.test("formatPython() puts a space after commas and colons, and keeps the order of keys", () => {
  assertEquals(
    formatPython({ role: "user", at: [1, [], {}, null], gone: undefined, ok: true, no: false }),
    '{"role": "user", "at": [1, [], {}, null], "ok": true, "no": false}',
  );
});

Deno.test("formatPython() escapes quotes, backslashes and C0 only", () => {
  const cases: readonly (readonly [string, string])[] = [
    ['"\\/', '"\\"\\\\/"'],
    ["\n\r\t\b\f\u0000\u000b\u001f", '"\\n\\r\\t\\b\\f\\u0000\\u000b\\u001f"'],
    ["\u007f\u0080\u2028<é灯🪁", '"\u007f\u0080\u2028<é灯🪁"'],
    ["\ud83d x \udc00", '"\ufffd x \ufffd"'],
  ];
  for (const [value, spelled] of cases) assertEquals(formatPython(value), spelled);
});

Deno.test("formatPython() escapes all that is not ASCII when it is told to", () => {
  assertEquals(
    formatPython({ "é": "~\u007f\u2028灯🪁\n", b: ["\ud83d"] }, { isAscii: true }),
    '{"\\u00e9": "~\\u007f\\u2028\\u706f\\ud83e\\ude81\\n", "b": ["\\ufffd"]}',
  );
});

Deno.test("formatPython() writes one of two keys that become equal", () => {
  assertEquals(
    formatPython(JSON.parse('{"\\ud83d":1,"a":2,"\\udc00":3}')),
    '{"\ufffd": 3, "a": 2}',
  );
});

Deno.test("formatPython() spells numbers as Python does", () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, "0"],
    [-0, "0"],
    [-7, "-7"],
    [0.1, "0.1"],
    [1e-7, "1e-07"],
    [-1.5e-7, "-1.5e-07"],
    [0.00001, "1e-05"],
    [0.000012345, "1.2345e-05"],
    [0.0001, "0.0001"],
    [5e-324, "5e-324"],
    [1.5e-100, "1.5e-100"],
    [1e16, "10000000000000000"],
    [123456789012345680000, "123456789012345680000"],
    [1e21, "1e+21"],
    [1.5e300, "1.5e+300"],
    [NaN, "NaN"],
    [Infinity, "Infinity"],
    [-Infinity, "-Infinity"],
  ];
  for (const [value, spelled] of cases) assertEquals(formatPython(value), spelled);
});

Deno.test("formatPython() keeps the spelling of exact numbers", () => {
  const text = '{"a": 1.0, "b": [1e-07, 1e+16, -0.0, 12345678901234567890], "c": 1E5}';
  assertEquals(formatPython(parseExact(text)), text);
});

Deno.test("formatPythonTime() writes the time on the wall, with six digits or none", () => {
  const ms = Date.UTC(2026, 1, 16, 9, 30);
  const cases: readonly (readonly [number, number, string])[] = [
    [ms, 0, "2026-02-16T09:30:00"],
    [ms + 1, 0, "2026-02-16T09:30:00.001000"],
    [ms + 120, 0, "2026-02-16T09:30:00.120000"],
    [ms + 999, 60, "2026-02-16T10:30:00.999000"],
    [ms, -570, "2026-02-16T00:00:00"],
    [ms, 14 * 60 + 30, "2026-02-17T00:00:00"],
    [0, 0, "1970-01-01T00:00:00"],
    [-1, 0, "1969-12-31T23:59:59.999000"],
  ];
  for (const [time, zone, written] of cases) assertEquals(formatPythonTime(time, zone), written);
});

const SCRIPT = `
import json, sys
for line in sys.stdin:
    value = json.loads(line)
    for is_ascii in (False, True):
        sys.stdout.buffer.write((json.dumps(value, ensure_ascii=is_ascii) + "\\n").encode("utf-8"))
`;

/** Has Python read JSON texts and write each of them raw, then in ASCII. */
async function askPython(texts: readonly string[]): Promise<readonly string[]> {
  const process = new Deno.Command(PYTHON, {
    args: ["-c", SCRIPT],
    stdin: "piped",
    stdout: "piped",
    env: { PYTHONIOENCODING: "utf-8" },
  }).spawn();
  const [{ success, stdout }] = await Promise.all([
    process.output(),
    ReadableStream.from([texts.join("\n")]).pipeThrough(new TextEncoderStream())
      .pipeTo(process.stdin),
  ]);
  assert(success);
  return new TextDecoder().decode(stdout).split("\n");
}

function hasPython(): boolean {
  try {
    return Deno.statSync(PYTHON).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test({
  name: "formatPython() writes what Python writes",
  ignore: !hasPython(),
  fn: async () => {
    const seed = Number(Deno.env.get("SKEIN_SEED") ?? Math.floor(Math.random() * 2 ** 31));
    const random = new Random(seed);
    const leaf = (r: Random) => {
      if (r.chance(0.2)) return r.pick([null, true, false]);
      if (r.chance(0.3)) return r.fraction() * 10 ** r.integer(-12, 3);
      const number = Number(randomNumberSource(r));
      return Number.isFinite(number) ? number : 0;
    };
    const values = random.list(1_000, () => randomJson(random, { leaf }));
    const lines = await askPython(values.map((value) => JSON.stringify(value)));
    values.forEach((value, i) => {
      const [raw, ascii] = lines.slice(2 * i);
      assertEquals(formatPython(value), raw, `SKEIN_SEED=${seed}`);
      assertEquals(formatPython(value, { isAscii: true }), ascii, `SKEIN_SEED=${seed}`);
    });
  },
});

Deno.test({
  name: "formatPython() writes again what Python wrote, exact numbers kept",
  ignore: !hasPython(),
  fn: async () => {
    const seed = Number(Deno.env.get("SKEIN_SEED") ?? Math.floor(Math.random() * 2 ** 31));
    const random = new Random(seed);
    const texts = random.list(1_000, () =>
      JSON.stringify(
        randomJson(random, { leaf: (r) => parseExact(randomNumberSource(r)) }),
      ));
    const lines = (await askPython(texts)).slice(0, -1);
    for (const [i, line] of lines.entries()) {
      // Such a number Python reads as Infinity.
      if (/Infinity/.test(line)) continue;
      assertEquals(
        formatPython(parseExact(line), { isAscii: i % 2 === 1 }),
        line,
        `SKEIN_SEED=${seed}`,
      );
    }
  },
});

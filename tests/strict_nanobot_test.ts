/** The strict nanobot loader: Python's JSON and times, both eras, and nanobot's real files. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { findRealFiles, readRealFile } from "./strict_files.ts";
import { LoadError, type StrictPart } from "./strict_message.ts";
import { loadNanobot } from "./strict_nanobot.ts";
import { parsePythonJson, type PythonJson } from "./strict_python_json.ts";
import { isPythonTime } from "./strict_python_time.ts";

const SEED = { era: "seed" } as const;
const HEAD = { era: "head" } as const;
const ERAS = [SEED, HEAD] as const;
const META = '{"_type": "metadata", "key": "cli:direct", "created_at": "2026-02-16T09:30:00", ' +
  '"updated_at": "2026-02-16T09:31:05.001200", "metadata": {}, "last_consolidated": 0}';
const USER = '{"role": "user", "content": "a", "timestamp": "2026-02-16T09:30:10.500000"}';

function bytesOf(...lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.join("\n"));
}

function loadSeed(...lines: readonly string[]) {
  return loadNanobot(bytesOf(...lines), SEED);
}

function loadHead(...lines: readonly string[]) {
  return loadNanobot(bytesOf(...lines), HEAD);
}

function partsOf(row: unknown): readonly StrictPart[] | undefined {
  return loadSeed(JSON.stringify(row)).messages[0]?.parts;
}

Deno.test("parsePythonJson() reads what Python's JSON allows beyond JSON", () => {
  const values: readonly (readonly [string, PythonJson])[] = [
    ["[NaN, Infinity, -Infinity]", [NaN, Infinity, -Infinity]],
    ["[1, 1.0, -0, 1e3, 1E+21]", [1n, 1, 0n, 1000, 1e21]],
    ["12345678901234567890123", 12345678901234567890123n],
    ['"\\ud800 \\ud83d\\ude00 \\/\\u00e9"', "\ud800 😀 /é"],
    ['"\u2028\u007f"', "\u2028\u007f"],
    ['\r\n\t {"a": 1, "a": null} ', new Map([["a", null]])],
    ["[true, false, [], {}]", [true, false, [], new Map()]],
  ];
  for (const [text, value] of values) assertEquals(parsePythonJson(text), value);
});

Deno.test("parsePythonJson() refuses what Python refuses", () => {
  const texts = ["", "tru", "nan", "-NaN", "+1", "01", "1.", ".5", "1e", "1 2", "'a'", "{a: 1}"];
  texts.push("[1,]", '{"a": 1,}', "[1", '{"a"}', '{"a": }', "[,]", "\ufeff1", "\u00a01");
  texts.push('"a', '"a\tb"', '"\\x"', '"\\u12"', "9".repeat(4301), "[".repeat(5000));
  for (const text of texts) assertThrows(() => parsePythonJson(text), LoadError);
});

Deno.test("isPythonTime() takes what datetime.fromisoformat() of Python 3.11 takes", () => {
  const times = ["2026-02-16T09:30:00", "2026-02-16T09:30:00.001200", "2026-02-16T09:30:00.5"];
  times.push("2026-02-16", "20260216", "2026-02-16 09:30", "20260216T093000,123456789");
  times.push("2026-02-16T09", "2026-02-16🪁09:30:00Z", "2026-02-16T09:30:00+02:00");
  times.push("2026-02-16T09:30-0230", "2026-W07", "2026W071", "2020-W53-7", "2024-02-29");
  for (const time of times) assert(isPythonTime(time), time);
  const refused = ["", "yesterday", "2026", "2026-02", "2026-2-16", "2026-0216", "202602-16"];
  refused.push("2026-02-29", "2026-13-01", "2026-02-00", "0000-01-01", "2026-W54", "2025-W53");
  refused.push("2026-02-16T", "2026-02-16T9:30", "2026-02-16T24:00", "2026-02-16T09:60");
  refused.push("2026-02-16T09:30:60", "2026-02-16T09:30:00z", "2026-02-16T09:30:00+24:00");
  refused.push("2026-02-16T09:3000", "2026-02-16T0930:00", "2026-02-16T09:30:00Z ");
  for (const time of refused) assert(!isPythonTime(time), time);
});

Deno.test("loadNanobot() reads the rows of the format's example", () => {
  const lines = [
    META.replace('"metadata": {}', '"metadata": {"title": "disk check", "n": 1}').replace(
      '"last_consolidated": 0',
      '"last_consolidated": 1',
    ),
    '{"role": "user", "content": "héllo", "timestamp": "2026-02-16T09:30:10.500000"}',
    '{"role": "assistant", "content": null, "reasoning_content": "hm", "tool_calls": [{"id": ' +
    '"t1", "type": "function", "function": {"name": "exec", "arguments": "{\\"cmd\\": ' +
    '\\"df\\"}"}}], "timestamp": "2026-02-16T09:30:12.000001"}',
    '{"role": "tool", "tool_call_id": "t1", "name": "exec", "content": "92% used"}',
    "",
  ];
  for (const era of ERAS) {
    assertEquals(loadNanobot(bytesOf(...lines), era), {
      agent: "nanobot",
      id: "cli:direct",
      title: "disk check",
      parent: undefined,
      created: "2026-02-16T09:30:00",
      cwd: undefined,
      messages: [
        {
          role: "user",
          time: "2026-02-16T09:30:10.500000",
          parts: [{ type: "text", text: "héllo" }],
        },
        {
          role: "assistant",
          time: "2026-02-16T09:30:12.000001",
          parts: [
            { type: "reasoning", text: "hm" },
            { type: "call", id: "t1", name: "exec", input: '{"cmd": "df"}' },
          ],
        },
        {
          role: "tool",
          time: undefined,
          parts: [{ type: "result", callId: "t1", name: "exec", text: "92% used", images: 0 }],
        },
      ],
      lastConsolidated: 1,
      metadata: { title: "disk check", n: 1 },
    });
  }
});

Deno.test("loadNanobot() loses all at the seed for a line that HEAD skips", () => {
  for (const bad of ['{"role": "us', "<<<<<<< a", "=======", "7", "[]", "null", "\ufeff{}"]) {
    assertThrows(() => loadSeed(META, USER, bad, USER), LoadError);
    const { id, messages } = loadHead(META, USER, bad, USER);
    assertEquals([id, messages.length], ["cli:direct", 2]);
    assertThrows(() => loadHead(bad), LoadError);
  }
});

Deno.test("loadNanobot() refuses a byte that is no UTF-8 in both eras", () => {
  for (const bad of [[0xff], [0xed, 0xa0, 0x80], [0xc3]]) {
    const bytes = new Uint8Array([...bytesOf(META, ""), ...bad]);
    for (const era of ERAS) assertThrows(() => loadNanobot(bytes, era), LoadError);
  }
});

Deno.test("loadNanobot() gives a file without rows as an empty session in both eras", () => {
  for (const era of ERAS) {
    const { id, messages, lastConsolidated } = loadNanobot(bytesOf("", " \u001c\u00a0"), era);
    assertEquals([id, messages, lastConsolidated], [undefined, [], 0]);
  }
});

Deno.test("loadNanobot() splits at CR, LF and CRLF alone, and trims as Python does", () => {
  const lines = `${META}\r\u001f${USER}\u0085\r\n\r\n\u2003${USER}\n${
    USER.replace("a", "\u2028\u0085")
  }`;
  for (const era of ERAS) assertEquals(loadNanobot(bytesOf(lines), era).messages.length, 3);
});

Deno.test("loadNanobot() takes the last metadata row, wherever it stands", () => {
  const last = '{"_type": "metadata", "created_at": "2026-02-17", "metadata": {"title": "b"}}';
  for (const era of ERAS) {
    const session = loadNanobot(bytesOf(USER, META, last, USER), era);
    const { id, title, created, messages } = session;
    assertEquals([id, title, created, messages.length], [undefined, "b", "2026-02-17", 2]);
  }
});

Deno.test("loadNanobot() takes rows of unknown types as messages", () => {
  const state = '{"_type": "provider_state", "state": {"payload": {}}}';
  const kite = '{"_type": "kite", "role": "user", "content": 7}';
  assertEquals(loadSeed(META, state, kite, "{}").messages.map(({ role }) => role), [
    "",
    "user",
    "",
  ]);
  assertEquals(loadHead(META, state, kite, "{}").messages.map(({ role }) => role), ["user", ""]);
});

Deno.test("loadNanobot() refuses a start that is no time at the seed alone", () => {
  const withStart = (json: string) => META.replace('"2026-02-16T09:30:00"', json);
  for (const json of ['"yesterday"', '"2026-02-30"', "7", "[1]", "NaN"]) {
    assertThrows(() => loadSeed(withStart(json)), LoadError);
    assertEquals(loadHead(withStart(json)).created, undefined);
  }
  for (const json of ["null", '""', "0", "0.0", "false", "[]", "{}"]) {
    assertEquals(loadSeed(withStart(json)).created, undefined);
  }
  for (const json of ["null", '"yesterday"', "7"]) {
    loadSeed(META.replace('"2026-02-16T09:31:05.001200"', json));
  }
});

Deno.test("loadNanobot() sets a cursor that cannot be right to 0 at HEAD alone", () => {
  const withCursor = (json: string) => META.replace(/0}$/, `${json}}`);
  const cursors = ["2", "3", "-1", "1.0", "true", "null", '"1"', "NaN", "99999999999999999999"];
  assertEquals(
    cursors.map((json) => loadHead(withCursor(json), USER, USER).lastConsolidated),
    [2, 0, 0, 0, 0, 0, 0, 0, 0],
  );
  assertEquals(
    ["2", "3", "-1", "true", "null"].map((json) => loadSeed(withCursor(json)).lastConsolidated),
    [2, 3, -1, 1, 0],
  );
  for (const json of ["1.0", '"1"', "NaN", "[]"]) {
    assertThrows(() => loadSeed(withCursor(json)), LoadError);
  }
});

Deno.test("loadNanobot() gives integers of metadata beyond 2^53 as bigints", () => {
  const metadata = '{"a": [1, 1.5, null], "b": {"c": 9007199254740993}, "title": 7}';
  const session = loadSeed(META.replace('"metadata": {}', `"metadata": ${metadata}`));
  const b = { c: 9007199254740993n };
  assertEquals(session.metadata, { a: [1, 1.5, null], b, title: 7 });
  assertEquals(session.title, undefined);
  assertEquals(loadSeed(META.replace('"metadata": {}', '"metadata": []')).metadata, {});
});

Deno.test("loadNanobot() reads contents of every shape, and thoughts from both places", () => {
  const content = [
    { type: "text", text: "a" },
    { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
    { type: "kite" },
    { type: "text", text: "b" },
  ];
  const image = { type: "image", mimeType: "image/png", data: "AAAA" } as const;
  assertEquals(partsOf({ role: "user", content }), [
    { type: "text", text: "a" },
    image,
    { type: "text", text: "b" },
  ]);
  assertEquals(partsOf({ role: "tool", content }), [
    { type: "result", callId: "", text: "a\nb", images: 1 },
  ]);
  const thinking_blocks = [{ type: "thinking", thinking: "d", signature: "e" }, {}];
  assertEquals(partsOf({ role: "assistant", reasoning_content: "c", thinking_blocks }), [
    { type: "reasoning", text: "c" },
    { type: "reasoning", text: "d" },
  ]);
  assertEquals(partsOf({ role: "user", content: {}, tool_calls: [7] }), [
    { type: "call", id: "", name: "", input: "" },
  ]);
});

const files = findRealFiles("nanobot");

Deno.test({
  name: "loadNanobot() loads every real file at HEAD, and at the seed all but the damaged one",
  ignore: files.length === 0,
  fn: () => {
    const refused = files.filter((path) => {
      const { bytes, rows, damaged } = readRealFile(path);
      const roles = rows.filter((row) => row._type !== "metadata").map((row) => row.role);
      const session = loadNanobot(bytes, HEAD);
      assertEquals(session.messages.map(({ role }) => role), roles);
      assertEquals(session.id, rows.findLast((row) => row._type === "metadata").key);
      if (damaged === 0) assertEquals(loadNanobot(bytes, SEED), session);
      else assertThrows(() => loadNanobot(bytes, SEED), LoadError);
      return damaged > 0;
    });
    assertEquals(refused.length, 1);
  },
});

/** The strict claw loader: every rule of claw's own JSON and of its rows, and claw's real files. */

import { assertEquals, assertThrows } from "@std/assert";
import { loadClaw } from "./strict_claw.ts";
import { type ClawJson, parseClawJson } from "./strict_claw_json.ts";
import { LoadError, type StrictSession } from "./strict_message.ts";
import { findRealFiles, readRealFile } from "./strict_files.ts";

const META = '{"created_at_ms":5,"session_id":"s","type":"session_meta","updated_at_ms":6,' +
  '"version":1}';

function load(...lines: readonly string[]): StrictSession {
  return loadClaw(new TextEncoder().encode(lines.join("\n") + "\n"));
}

function message(blocks: string, more = "", role = "user"): string {
  return `{"message":{"blocks":[${blocks}],"role":"${role}"${more}},"type":"message"}`;
}

function assertRefuses(...lines: readonly string[]): void {
  assertThrows(() => load(...lines), LoadError);
}

Deno.test("parseClawJson() reads what claw's own JSON allows beyond JSON", () => {
  const values: readonly (readonly [string, ClawJson])[] = [
    ["007", 7n],
    ["-0", 0n],
    ["9223372036854775807", 2n ** 63n - 1n],
    ["-9223372036854775808", -(2n ** 63n)],
    ["[1, 2,]", [1n, 2n]],
    ['{"a":[],}', new Map([["a", []]])],
    ['"a\tb\nc\u0000"', "a\tb\nc\u0000"],
    ['"\\u00e9\\/\\b\\f\\n\\r\\t\\"\\\\"', 'é/\b\f\n\r\t"\\'],
    ['"🪁"', "🪁"],
    ['\r\n\t {"a":1,"a":null} ', new Map([["a", null]])],
    ["[true,false,null]", [true, false, null]],
  ];
  for (const [text, value] of values) assertEquals(parseClawJson(text), value);
});

Deno.test("parseClawJson() refuses floats, surrogate escapes and what is no JSON", () => {
  const texts = ["1.5", "1e3", "+1", "-", "9223372036854775808", "-9223372036854775809"];
  texts.push('"\\ud83d\\ude00"', '"\\ud800"', '"\\u12"', '"\\x"', '"a', "'a'");
  texts.push("[,]", "[1,,2]", "[1 2]", "[", "{,}", '{"a"}', '{"a":}', '{"a":1 "b":2}', "{a:1}");
  texts.push("", "tru", "nullx", "1 2", "\ufeff1", "\u00a01", "\v1", "NaN", "[".repeat(5000));
  for (const text of texts) assertThrows(() => parseClawJson(text), LoadError);
});

Deno.test("loadClaw() reads the rows of the format's example", () => {
  const session = load(
    '{"created_at_ms":1782531994120,"fork":{"branch_name":"b","parent_session_id":"p"},' +
      '"model":"m","session_id":"session-1782531994120-0","type":"session_meta",' +
      '"updated_at_ms":1782531999001,"version":1,"workspace_root":"/home/ada/proj"}',
    '{"count":1,"removed_message_count":12,"summary":"Earlier work","type":"compaction"}',
    '{"text":"list files","timestamp_ms":1782531994500,"type":"prompt_history"}',
    message('{"text":"list files","type":"text"}'),
    message(
      '{"signature":"s","thinking":"use ls","type":"thinking"},' +
        '{"id":"t","input":"{\\"command\\":\\"ls\\"}","name":"bash","type":"tool_use"}',
      ',"usage":{"cache_creation_input_tokens":1,"cache_read_input_tokens":2,"input_tokens":3,' +
        '"output_tokens":4294967295}',
      "assistant",
    ),
    message(
      '{"is_error":true,"output":"a","tool_name":"bash","tool_use_id":"t","type":"tool_result"}',
      "",
      "tool",
    ),
  );
  const usage = {
    cache_creation_input_tokens: 1,
    cache_read_input_tokens: 2,
    input_tokens: 3,
    output_tokens: 4294967295,
  };
  assertEquals(session, {
    agent: "claw",
    title: undefined,
    id: "session-1782531994120-0",
    created: 1782531994120,
    cwd: "/home/ada/proj",
    parent: "p",
    messages: [
      { role: "user", time: undefined, parts: [{ type: "text", text: "list files" }] },
      {
        role: "assistant",
        time: undefined,
        parts: [
          { type: "reasoning", text: "use ls" },
          { type: "call", id: "t", name: "bash", input: '{"command":"ls"}' },
        ],
        usage,
      },
      {
        role: "tool",
        time: undefined,
        parts: [
          { type: "result", callId: "t", name: "bash", text: "a", isError: true, images: 0 },
        ],
      },
    ],
  });
});

Deno.test("loadClaw() gives a file without rows as an empty session without an id", () => {
  const none = { id: undefined, created: undefined, cwd: undefined, parent: undefined };
  const empty = { agent: "claw", title: undefined, ...none, messages: [] } as const;
  assertEquals([load(), load("", " \u00a0\u2003 "), loadClaw(new Uint8Array())], [
    empty,
    empty,
    empty,
  ]);
});

Deno.test("loadClaw() takes the last meta row entirely, wherever it stands", () => {
  const first = META.replace('"session_id"', '"fork":{"parent_session_id":"p"},"session_id"');
  const second = META.replace('"s"', '"t"').replace('"version"', '"workspace_root":"/w","version"');
  const { id, cwd, parent } = load(first, message(""), second);
  assertEquals({ id, cwd, parent }, { id: "t", cwd: "/w", parent: undefined });
});

Deno.test("loadClaw() takes a missing start from the id", () => {
  const start = (id: string) =>
    load(META.replace('"created_at_ms":5,', "").replace('"s"', `"${id}"`)).created;
  assertEquals([start("session-17825-0"), start("s")], [17825, undefined]);
});

Deno.test("loadClaw() splits at line feeds and trims all that Unicode calls white space", () => {
  const lines = `${META}\r\n\u2003${message("")}\u0085\r\n\r\n\u00a0${message("")}`;
  assertEquals(loadClaw(new TextEncoder().encode(lines)).messages.length, 2);
});

Deno.test("loadClaw() skips malformed prompt_history, though not what is no JSON", () => {
  const prompts = ['{"type":"prompt_history"}', '{"text":7,"type":"prompt_history"}'];
  assertEquals(load(META, ...prompts).messages, []);
  assertRefuses(META, '{"text":"a"');
});

Deno.test("loadClaw() ignores keys that it does not know", () => {
  const block = message('{"text":"a","type":"text","tint":[]}', ',"time":null');
  assertEquals(load(META, block).messages[0]?.parts, [{ type: "text", text: "a" }]);
});

Deno.test("loadClaw() refuses a file for one line that is no known row", () => {
  const rows = ["7", "null", "[]", '"a"', "{}", '{"type":7}', '{"type":"extension_state"}'];
  rows.push('{"type":"message"', '{"type":"message"}', '{"message":[],"type":"message"}');
  rows.push(message('{"text":"a","tint":1.5,"type":"text"}'));
  rows.push(message("", "", "oracle"), message("").replace('"role"', '"rule"'));
  rows.push('{"message":{"role":"user"},"type":"message"}');
  for (const row of rows) assertRefuses(META, row, message(""));
});

Deno.test("loadClaw() refuses meta and compaction rows that lack a key or mistype one", () => {
  for (const key of ["session_id", "type", "updated_at_ms", "version"]) {
    assertRefuses(META.replace(`"${key}"`, '"x"'));
  }
  const metas: readonly (readonly [string, string])[] = [
    ["6", "-1"],
    ["6", '"6"'],
    ["5", "-5"],
    ["5", "null"],
    ['"s"', "7"],
    ['"version":1', '"version":4294967296'],
    ['"version"', '"fork":{},"version"'],
    ['"version"', '"fork":null,"version"'],
    ['"version"', '"fork":{"branch_name":1,"parent_session_id":"p"},"version"'],
    ['"version"', '"model":7,"version"'],
    ['"version"', '"workspace_root":null,"version"'],
  ];
  for (const [from, to] of metas) assertRefuses(META.replace(from, to));
  const compaction = '{"count":1,"removed_message_count":2,"summary":"s","type":"compaction"}';
  load(compaction);
  for (const part of ['"count":1,', '"removed_message_count":2,', '"summary":"s",']) {
    assertRefuses(compaction.replace(part, ""));
  }
  assertRefuses(compaction.replace("1", "4294967296"));
});

Deno.test("loadClaw() refuses blocks of unknown types and blocks that lack a key", () => {
  const blocks = [
    '{"text":"a","type":"text"}',
    '{"thinking":"a","type":"thinking"}',
    '{"id":"a","input":"{}","name":"b","type":"tool_use"}',
    '{"is_error":false,"output":"a","tool_name":"b","tool_use_id":"c","type":"tool_result"}',
  ];
  for (const block of blocks) {
    load(META, message(block));
    for (const key of Object.keys(JSON.parse(block))) {
      assertRefuses(META, message(block.replace(`"${key}"`, '"x"')));
      assertRefuses(META, message(JSON.stringify({ ...JSON.parse(block), [key]: 0 })));
    }
  }
  assertRefuses(META, message('{"data":"","type":"image"}'));
  assertRefuses(META, message('{"signature":1,"thinking":"a","type":"thinking"}'));
  assertRefuses(META, message('{"id":"a","input":{},"name":"b","type":"tool_use"}'));
  assertRefuses(META, message('"a"'));
});

Deno.test("loadClaw() refuses usage that lacks a count or is above 32 bits", () => {
  const usage = { cache_creation_input_tokens: 0, cache_read_input_tokens: 0, input_tokens: 0 };
  const refused = [null, usage, { ...usage, output_tokens: 2 ** 32 }];
  for (const value of [...refused, { ...usage, output_tokens: -1 }]) {
    assertRefuses(META, message("", `,"usage":${JSON.stringify(value)}`));
  }
});

Deno.test("loadClaw() refuses a byte that is no UTF-8, a byte order mark and a torn line", () => {
  const good = new TextEncoder().encode(META + "\n");
  for (const bad of [[0xff], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], [0x7b]]) {
    assertThrows(() => loadClaw(new Uint8Array([...good, ...bad])), LoadError);
    assertThrows(() => loadClaw(new Uint8Array([...bad, ...good])), LoadError);
  }
});

Deno.test("loadClaw() reads a file that is one object with messages as a legacy session", () => {
  const text = '{"blocks":[{"text":"hi","type":"text"}],"role":"user"}';
  const oldest = load(`{"messages":[${text}],"version":1}`);
  assertEquals([oldest.id, oldest.created, oldest.messages.length], [undefined, undefined, 1]);
  const full = load(
    '{\n"session_id":"s","created_at_ms":1,"updated_at_ms":2,"workspace_root":"/w","model":"m",',
    '"compaction":{"count":1,"removed_message_count":2,"summary":"s"},',
    '"fork":{"parent_session_id":"p"},"prompt_history":[7],',
    `"version":1,"messages":[${text},\n${text}]}`,
  );
  const { messages, ...head } = full;
  assertEquals([head, messages.length], [
    { agent: "claw", title: undefined, id: "s", created: 1, cwd: "/w", parent: "p" },
    2,
  ]);
  assertRefuses(`{"messages":[${text}]}`);
  for (const more of ['"compaction":{}', '"prompt_history":{}', '"fork":7', '"updated_at_ms":""']) {
    assertRefuses(`{"messages":[${text}],"version":1,${more}}`);
  }
  assertRefuses('{"messages":{},"version":1}');
  assertRefuses(`{"messages":[${text}],"version":1}`, META);
});

const files = findRealFiles("claw");

Deno.test({
  name: "loadClaw() loads every real file with all of its messages",
  ignore: files.length === 0,
  fn: () => {
    for (const path of files) {
      const { bytes, rows } = readRealFile(path);
      const session = loadClaw(bytes);
      const metas = rows.filter((row) => row.type === "session_meta");
      const messages = rows.filter((row) => row.type === "message").map((row) => row.message);
      assertEquals(session.id, metas.at(-1).session_id);
      assertEquals(session.messages.map(({ role, parts }) => [role, parts.length]), [
        ...messages.map(({ role, blocks }) => [role, blocks.length]),
      ]);
    }
  },
});

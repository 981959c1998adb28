/** The strict eino loader: the header, the lines of both kinds, and the scanner's limit. */

import { assertEquals, assertThrows } from "@std/assert";
import { EINO_LINE_MAX, loadEino, loadEinoMemory, type LoadEinoOptions } from "./strict_eino.ts";
import { findRealFiles, readRealFile } from "./strict_files.ts";
import { LoadError, type StrictMessage, type StrictPart } from "./strict_message.ts";

const HEADER = '{"type":"session","id":"s","created_at":"2026-03-12T08:15:30.25Z"}';
const AGENTIC = HEADER.replace("}", ',"message_kind":"agentic"}');
const SEED = { era: "seed", kind: "message" } as const;
const V1 = { era: "v1", kind: "message" } as const;
const HEAD = { era: "head", kind: "message" } as const;
const HEAD_AGENTIC = { era: "head", kind: "agentic" } as const;

function load(options: LoadEinoOptions, ...lines: readonly string[]) {
  return loadEino(new TextEncoder().encode(lines.join("\n")), options);
}

function rolesOf(...lines: readonly string[]): readonly string[] {
  return load(HEAD, HEADER, ...lines).messages.map(({ role }) => role);
}

function partsOf(message: unknown): readonly StrictPart[] | undefined {
  return load(HEAD, HEADER, JSON.stringify(message)).messages[0]?.parts;
}

function blocksOf(...blocks: readonly unknown[]): readonly StrictPart[] | undefined {
  const line = JSON.stringify({ role: "assistant", content_blocks: blocks });
  return load(HEAD_AGENTIC, AGENTIC, line).messages[0]?.parts;
}

Deno.test("loadEino() reads the lines of the format's example of kind message", () => {
  const cached = { cached_tokens: 4, reasoning_tokens: 0 };
  const usage = { prompt_tokens: 50, completion_tokens: 9, total_tokens: 59, ...cached };
  const expected: readonly StrictMessage[] = [
    { role: "user", time: undefined, parts: [{ type: "text", text: "what is 2 < 3?" }] },
    {
      role: "assistant",
      time: undefined,
      parts: [
        { type: "reasoning", text: "compare" },
        { type: "call", id: "c1", name: "calc", input: '{"e":"2<3"}' },
      ],
      usage,
    },
    {
      role: "tool",
      time: undefined,
      parts: [{ type: "result", callId: "c1", name: "calc", text: "true", images: 0 }],
    },
  ];
  const lines = [
    HEADER,
    '{"role":"user","content":"what is 2 \\u003c 3?"}',
    '{"role":"assistant","content":"","tool_calls":[{"index":0,"id":"c1","type":"function",' +
    '"function":{"name":"calc","arguments":"{\\"e\\":\\"2\\u003c3\\"}"}}],"response_meta":{' +
    '"finish_reason":"tool_calls","usage":{"prompt_tokens":50,"prompt_token_details":' +
    '{"cached_tokens":4},"completion_tokens":9,"total_tokens":59,' +
    '"completion_token_details":{}}},"reasoning_content":"compare"}',
    '{"role":"tool","content":"true","tool_call_id":"c1","tool_name":"calc"}',
  ];
  for (const options of [SEED, V1, HEAD]) {
    const { agent, id, created, messages } = load(options, ...lines);
    assertEquals([agent, id, created], ["eino", "s", "2026-03-12T08:15:30.25Z"]);
    assertEquals(messages, expected);
  }
});

Deno.test("loadEino() reads the lines of the format's example of kind agentic", () => {
  const session = load(
    HEAD_AGENTIC,
    AGENTIC,
    '{"role":"user","content_blocks":[{"type":"user_input_text",' +
      '"user_input_text":{"text":"hi"}}]}',
    '{"role":"assistant","content_blocks":[{"type":"function_tool_call","function_tool_call":' +
      '{"call_id":"c9","name":"ls","arguments":"{}"},"extra":{"ark-item-status":"completed"}}]}',
    '{"role":"user","content_blocks":[{"type":"function_tool_result","function_tool_result":' +
      '{"call_id":"c9","name":"ls","content":[{"type":"text","text":{"text":"a.txt"}}]}}]}',
  );
  const result = { type: "result", callId: "c9", name: "ls", text: "a.txt", images: 0 } as const;
  assertEquals(session.messages, [
    { role: "user", time: undefined, parts: [{ type: "text", text: "hi" }] },
    {
      role: "assistant",
      time: undefined,
      parts: [{ type: "call", id: "c9", name: "ls", input: "{}" }],
    },
    { role: "user", time: undefined, parts: [result] },
  ]);
});

Deno.test("loadEino() takes any object and null as a header, even a message", () => {
  const line = '{"role":"user","content":"a"}';
  for (const first of [line, "null", '{"type":"meta","kite":[]}', '{"ID":"s"}\r']) {
    assertEquals(load(SEED, first, line).messages.length, 1);
  }
  assertEquals(load(HEAD, '{"Id":"s","id":null}').id, "s");
});

Deno.test("loadEino() refuses a first line that Go does not decode as a header", () => {
  const firsts = [
    "",
    "{",
    "[]",
    '"a"',
    "7",
    '{"id":7}',
    '{"created_at":""}',
    '{"message_kind":[]}',
  ];
  firsts.push("\ufeff" + HEADER, HEADER + HEADER, `{"id":"${"a".repeat(EINO_LINE_MAX)}"}`);
  for (const first of firsts) {
    for (const options of [SEED, V1, HEAD]) {
      assertThrows(() => load(options, first, "{}"), LoadError);
    }
  }
  assertThrows(() => load(SEED), LoadError);
});

Deno.test("loadEino() compares the kind at HEAD alone, an absent one standing for message", () => {
  const plain = HEADER.replace("}", ',"message_kind":"message"}');
  for (const header of [HEADER, plain, HEADER.replace("}", ',"message_kind":""}')]) {
    assertEquals(load(HEAD, header).messages, []);
    assertThrows(() => load(HEAD_AGENTIC, header), LoadError);
  }
  assertThrows(() => load(HEAD, AGENTIC), LoadError);
  assertEquals(load(V1, AGENTIC, "{}").messages.length, 1);
  assertThrows(() => load({ era: "v1", kind: "agentic" }, AGENTIC), LoadError);
});

Deno.test("loadEino() ends at a line above 65,535 bytes, which HEAD refuses", () => {
  const line = (length: number) => `{"role":"${"r".repeat(length - 11)}"}`;
  for (const options of [SEED, V1, HEAD]) {
    assertEquals(load(options, HEADER, line(65_535), "{}").messages.length, 2);
    assertEquals(load(options, HEADER, line(65_534) + "\r", "{}").messages.length, 2);
  }
  for (const long of [line(65_536), line(65_535) + "\r", " ".repeat(65_536)]) {
    for (const options of [SEED, V1]) {
      assertEquals(load(options, HEADER, "{}", long, "{}").messages.length, 1);
    }
    assertThrows(() => load(HEAD, HEADER, long, "{}"), LoadError);
    assertThrows(() => load(HEAD, HEADER, long), LoadError);
  }
  assertEquals(load(HEAD, HEADER, `{"role":"${"é".repeat(30_000)}"}`).messages.length, 1);
  assertThrows(() => load(HEAD, HEADER, `{"role":"${"é".repeat(33_000)}"}`), LoadError);
});

Deno.test("loadEino() skips lines that Go does not decode, and keeps null as a message", () => {
  assertEquals(rolesOf("", " ", "{", "[]", "7", '{"role":7}', '{"role":"a"}{}'), []);
  assertEquals(rolesOf('{"content":["a"]}', '{"tool_calls":{}}', "\ufeff{}", '{"a":\u00a01}'), []);
  assertEquals(rolesOf("null", "{}", ' \u00a0\u2003{"role":"a"}\u0085\r'), ["", "", "a"]);
  assertEquals(rolesOf("[".repeat(99_999).slice(0, 60_000)), []);
});

Deno.test("loadEino() skips a line for one value of another type, however deep", () => {
  const lines = [
    { content: 7 },
    { name: {} },
    { extra: [] },
    { response_meta: { usage: { prompt_tokens: 1.5 } } },
    { response_meta: { usage: { completion_token_details: { reasoning_tokens: "1" } } } },
    { response_meta: { logprobs: 1 } },
    { tool_calls: [{ index: "0" }] },
    { tool_calls: [{ function: { arguments: {} } }] },
    { tool_calls: ["a"] },
    { multi_content: [{ type: "image_url", image_url: "https://a" }] },
    { multi_content: [{ file_url: { name: 1 } }] },
    { user_input_multi_content: [{ image: { base64data: 7 } }] },
    { user_input_multi_content: [{ file: { extra: "a" } }] },
    { assistant_output_multi_content: [{ reasoning: { text: [] } }] },
  ].map((line) => JSON.stringify(line));
  assertEquals(rolesOf(...lines, '{"extra":{"a":1e999}}', '{"tool_calls":[{"index":1e1}]}'), []);
  assertEquals(rolesOf('{"extra":null,"tool_calls":null,"response_meta":null}'), [""]);
  assertEquals(rolesOf('{"tool_calls":[null]}', '{"extra":{"a":[1.5,null]}}'), ["", ""]);
});

Deno.test("loadEino() reads every spelling of parts of kind message", () => {
  const parts = partsOf({
    role: "user",
    content: "a",
    multi_content: [
      { type: "text", text: "b" },
      { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
      { type: "image_url", image_url: { url: "https://c", mime_type: "image/gif" } },
      { type: "audio_url", audio_url: { url: "https://d" } },
    ],
    user_input_multi_content: [
      { type: "text", text: "e" },
      { type: "image_url", image: { base64data: "AAAB", mime_type: "image/png", detail: "low" } },
      { type: "video_url", video: { url: "https://f" } },
      { type: "file_url", file: { url: "https://g", name: "g.txt" } },
    ],
    assistant_output_multi_content: [
      { type: "reasoning", reasoning: { text: "h", signature: "i" } },
      { type: "image_url", image: { url: "data:image/png;base64,AAAC" } },
    ],
  });
  assertEquals(parts, [
    { type: "text", text: "a" },
    { type: "text", text: "b" },
    { type: "image", mimeType: "image/png", data: "AAAA" },
    { type: "image", mimeType: "image/gif", data: "https://c" },
    { type: "text", text: "e" },
    { type: "image", mimeType: "image/png", data: "AAAB" },
    { type: "reasoning", text: "h" },
    { type: "image", mimeType: "image/png", data: "AAAC" },
  ]);
  const image = { type: "image_url", image: { base64data: "AAAA", mime_type: "image/png" } };
  const result = { role: "tool", content: "a", tool_call_id: "c", tool_name: "n" };
  assertEquals(
    partsOf({ ...result, user_input_multi_content: [{ type: "text", text: "b" }, image] }),
    [{ type: "result", callId: "c", name: "n", text: "a\nb", images: 1 }],
  );
});

Deno.test("loadEino() reads every block of kind agentic that has a neutral part", () => {
  const parts = blocksOf(
    { type: "user_input_text", user_input_text: { text: "a" } },
    { type: "user_input_image", user_input_image: { base64_data: "AAAA", mime_type: "image/png" } },
    { type: "user_input_audio", user_input_audio: { url: "https://b" } },
    { type: "assistant_gen_text", assistant_gen_text: { text: "c", extension: [1] } },
    { type: "assistant_gen_image", assistant_gen_image: { url: "https://d" } },
    { type: "reasoning", reasoning: { text: "e", signature: "f" } },
    { type: "function_tool_call", function_tool_call: { call_id: "g", name: "h" } },
    {
      type: "function_tool_result",
      function_tool_result: {
        call_id: "g",
        name: "h",
        content: [
          { type: "text", text: { text: "i" } },
          { type: "image", image: { base64_data: "AAAA" } },
          null,
          { type: "text", text: { text: "j" } },
        ],
      },
    },
    { type: "server_tool_call", server_tool_call: { call_id: "k", name: "l", arguments: [1] } },
    { type: "server_tool_result", server_tool_result: { call_id: "k", name: "l", content: {} } },
    { type: "mcp_tool_call", mcp_tool_call: { call_id: "m", name: "n", arguments: "{}" } },
    { type: "mcp_tool_result", mcp_tool_result: { call_id: "m", name: "n", content: "o" } },
    {
      type: "tool_search_result",
      tool_search_function_tool_result: { call_id: "p", name: "q", result: {} },
    },
    { type: "reasoning" },
    { type: "kite", kite: {} },
    null,
  );
  assertEquals(parts, [
    { type: "text", text: "a" },
    { type: "image", mimeType: "image/png", data: "AAAA" },
    { type: "text", text: "c" },
    { type: "image", mimeType: "", data: "https://d" },
    { type: "reasoning", text: "e" },
    { type: "call", id: "g", name: "h", input: "" },
    { type: "result", callId: "g", name: "h", text: "i\nj", images: 1 },
    { type: "call", id: "k", name: "l", input: "[1]" },
    { type: "result", callId: "k", name: "l", text: "{}", images: 0 },
    { type: "call", id: "m", name: "n", input: "{}" },
    { type: "result", callId: "m", name: "n", text: "o", images: 0 },
    { type: "result", callId: "p", name: "q", text: "{}", images: 0 },
  ]);
  assertEquals(blocksOf({ type: "user_input_text", user_input_text: "a" }), undefined);
  assertEquals(blocksOf({ type: "mcp_tool_call", mcp_tool_call: { arguments: {} } }), undefined);
});

Deno.test("loadEinoMemory() reads lines without a header and refuses a malformed one", () => {
  const read = (text: string) => loadEinoMemory(new TextEncoder().encode(text));
  const { messages, ...head } = read('{"role":"user","content":"a"}\n{"role":"assistant"}\n');
  assertEquals(messages.map(({ role }) => role), ["user", "assistant"]);
  assertEquals([head.id, head.created, read("").messages.length], [undefined, undefined, 0]);
  for (const text of ["{", "{}\n\n{}", '{"role":7}', `{}\n${" ".repeat(65_536)}`]) {
    assertThrows(() => read(text), LoadError);
  }
});

const files = findRealFiles("eino");

Deno.test({
  name: "loadEinoMemory() loads every real file with all of its messages",
  ignore: files.length === 0,
  fn: () => {
    for (const path of files) {
      const { bytes, rows } = readRealFile(path);
      assertEquals(
        loadEinoMemory(bytes).messages.map((
          { role, parts, usage },
        ) => [role, parts.length, !!usage]),
        rows.map((row) => [row.role, 1, row.response_meta?.usage !== undefined]),
      );
      assertEquals(loadEino(bytes, SEED).messages.length, rows.length - 1);
    }
  },
});

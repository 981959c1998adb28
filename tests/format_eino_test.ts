/** eino's rows: the header, and every part and block of both kinds of message. */

import { assertEquals, assertThrows } from "@std/assert";
import { eino } from "../src/format_eino.ts";
import { RowShapeError } from "../src/json_row.ts";
import type { Block, JsonObject, JsonValue } from "../src/transcript.ts";

const ID = "0f3a2b1c-4d5e-4f60-8a7b-9c0d1e2f3a4b";
const HEADER = { type: "session", id: ID, created_at: "2026-03-12T08:15:30.25Z" };
const PNG = { mimeType: "image/png", data: "iVBORw0=" };

function headOf(row: JsonObject) {
  const [fact] = eino.readFacts(row);
  return fact?.kind === "head" ? fact.head : undefined;
}

function promptOf(row: JsonObject): string | undefined {
  const [fact] = eino.readFacts(row);
  return fact?.kind === "message" ? fact.message.prompt : undefined;
}

function blocksOf(row: JsonObject): readonly Block[] | undefined {
  return eino.readMessages(row)[0]?.blocks;
}

function agentic(role: string, ...content_blocks: readonly JsonValue[]): JsonObject {
  return { role, content_blocks };
}

/** What an agentic block says, by its type and what stands under the key of that name. */
function read(type: string, body: JsonObject): readonly Block[] | undefined {
  return blocksOf(agentic("assistant", { type, [type]: body }));
}

function spentOf(usage: JsonObject) {
  const row = { role: "assistant", content: "b", response_meta: { usage } };
  return eino.readFacts(row).flatMap((fact) => fact.kind === "spent" ? [fact.usage] : []);
}

Deno.test("readFacts() reads the header of each kind, which is message unless told", () => {
  assertEquals(headOf(HEADER), {
    id: ID,
    cwd: "",
    model: "",
    provider: "",
    started: "2026-03-12T08:15:30.25Z",
    updated: "",
    title: "",
    parent: "",
    forkPoint: undefined,
    isHidden: false,
    origin: "",
    variant: "message",
    holds: "first",
    hasContent: false,
  });
  assertEquals(headOf({ ...HEADER, message_kind: "agentic" })?.variant, "agentic");
});

Deno.test("readFacts() reads skein's note in the header", () => {
  const skein = {
    parent: "p",
    fork_point: 4,
    title: "kites",
    cwd: "/p",
    model: "m",
    provider: "x",
    origin: { id: "o" },
  };
  const head = headOf({ ...HEADER, skein });
  assertEquals([head?.parent, head?.forkPoint, head?.title], ["p", 4, "kites"]);
  assertEquals([head?.cwd, head?.model, head?.provider, head?.origin], ["/p", "m", "x", "o"]);
});

Deno.test("readFacts() finds fields in any letter case, the exact one first", () => {
  assertEquals(headOf({ Type: "session", ID: "s" })?.id, "s");
  assertEquals(promptOf({ Role: "user", CONTENT: "wrong", content: "right" }), "right");
});

Deno.test("readFacts() reads where a file without header branched from beside its first message", () => {
  const extra = { skein: { parent: "p", fork_point: 1 }, kept: true };
  const [fact, second] = eino.readFacts({ role: "user", content: "a", extra });
  assertEquals(fact?.kind === "head" && [fact.head.parent, fact.head.forkPoint], ["p", 1]);
  assertEquals(second?.kind, "message");
});

Deno.test("readFacts() counts what a reply took, what came from a cache apart", () => {
  const usage = {
    prompt_tokens: 50,
    prompt_token_details: { cached_tokens: 4 },
    completion_tokens: 9,
    total_tokens: 59,
    completion_token_details: { reasoning_tokens: 2 },
  };
  assertEquals(spentOf(usage), [
    { input_tokens: 46, output_tokens: 9, reasoning_tokens: 2, cache_read_tokens: 4 },
  ]);
});

Deno.test("readFacts() counts no reasoning where the details are empty or missing", () => {
  const usage = { prompt_tokens: 5, completion_tokens: 9, completion_token_details: {} };
  assertEquals(spentOf(usage), [{ input_tokens: 5, output_tokens: 9 }]);
  assertEquals(eino.readFacts({ role: "assistant", content: "", response_meta: {} }).length, 1);
});

Deno.test("readFacts() refuses rows that eino cannot decode", () => {
  const rows: JsonObject[] = [
    { ...HEADER, id: 5 },
    { role: 5, content: "a" },
    { role: "user", content: ["a"] },
    { role: "user", content: { text: "a" } },
    { role: "assistant", content: "", tool_calls: {} },
    { role: "assistant", content: "", tool_calls: ["ls"] },
    { role: "assistant", content: "", tool_calls: [{ function: { name: 5 } }] },
    { role: "assistant", content: "", tool_calls: [{ function: { arguments: {} } }] },
    { role: "user", content: "", multi_content: "a" },
    { role: "tool", content: "", tool_call_id: 5 },
  ];
  for (const row of rows) assertThrows(() => eino.readFacts(row), RowShapeError);
});

Deno.test("readFacts() refuses rows of which eino cannot decode a field that skein does not read", () => {
  const said = { role: "user", content: "a" };
  const more: JsonObject[] = [{ name: 5 }, { extra: "x" }, { response_meta: [] }];
  for (const keys of more) {
    assertThrows(() => eino.readFacts({ ...said, ...keys }), RowShapeError);
  }
  assertThrows(() => eino.readFacts({ ...HEADER, created_at: "yesterday" }), RowShapeError);
});

Deno.test("readMessages() takes null and nothing for what is missing, as Go does", () => {
  const row = { role: "assistant", content: null, tool_calls: null, reasoning_content: null };
  assertEquals(blocksOf(row), []);
  const calls = [{ id: "c1", type: "function" }];
  assertEquals(blocksOf({ role: "assistant", content: "", tool_calls: calls }), [
    { type: "call", callId: "c1", name: "", input: "" },
  ]);
});

Deno.test("readFacts() keeps every message, and takes as prompt the user's first text", () => {
  const [fact] = eino.readFacts({ role: "assistant", content: "" });
  assertEquals(fact?.kind === "message" && fact.message.isKept, true);
  assertEquals(promptOf({ role: "user", content: " fix\n the kite" }), "fix the kite");
  const part = { type: "text", text: "what is this?" };
  assertEquals(
    promptOf({ role: "user", content: "", user_input_multi_content: [part] }),
    "what is this?",
  );
  assertEquals(promptOf({ role: "assistant", content: "a" }), undefined);
});

Deno.test("readMessages() reads reasoning, text and calls in this order", () => {
  const row = {
    role: "assistant",
    content: "I look",
    tool_calls: [
      {
        index: 0,
        id: "c1",
        type: "function",
        function: { name: "calc", arguments: '{"e":"2<3"}' },
      },
      { id: "", type: "", function: { name: "stop" } },
    ],
    reasoning_content: "compare",
  };
  assertEquals(blocksOf(row), [
    { type: "reasoning", text: "compare", isEncrypted: false },
    { type: "text", text: "I look" },
    { type: "call", callId: "c1", name: "calc", input: { e: "2<3" } },
    { type: "call", callId: "", name: "stop", input: "" },
  ]);
});

Deno.test("readMessages() reads a message of role tool as one result", () => {
  const row = { role: "tool", content: "true", tool_call_id: "c1", tool_name: "calc" };
  assertEquals(eino.readMessages(row)[0]?.role, "tool");
  assertEquals(blocksOf(row), [{
    type: "result",
    callId: "c1",
    name: "calc",
    isError: false,
    blocks: [{ type: "text", text: "true" }],
  }]);
});

Deno.test("readMessages() reads parts of the older and of both newer spellings", () => {
  const image = { type: "image", ...PNG, sizeBytes: 5 };
  const older = [
    { type: "text", text: "look" },
    { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0=", detail: "low" } },
    { type: "image_url", image_url: { uri: "https://a.example/b.png" } },
    { type: "file_url", file_url: { url: "https://a.example/c.pdf", name: "c.pdf" } },
  ];
  assertEquals(blocksOf({ role: "user", content: "", multi_content: older }), [
    { type: "text", text: "look" },
    image,
    { type: "image", mimeType: "", url: "https://a.example/b.png", sizeBytes: 0 },
    { type: "file", name: "c.pdf", mimeType: "file", url: "https://a.example/c.pdf" },
  ] as Block[]);
  const newer = [
    { type: "image", image: { base64data: "iVBORw0=", mime_type: "image/png" } },
    { type: "audio", audio: { base64data: "AAAA", mime_type: "audio/wav" } },
  ];
  assertEquals(blocksOf({ role: "user", content: "", user_input_multi_content: newer }), [
    image,
    { type: "file", name: "", mimeType: "audio/wav", data: "AAAA" },
  ] as Block[]);
  const output = [{ type: "reasoning", reasoning: { text: "so", signature: "sig" } }, newer[0]];
  const row = { role: "assistant", content: "", assistant_output_multi_content: output };
  assertEquals(blocksOf(row as JsonObject), [
    { type: "reasoning", text: "so", isEncrypted: false, signature: "sig" },
    image,
  ] as Block[]);
});

Deno.test("readMessages() reads the text and reasoning of the agentic kind", () => {
  assertEquals(read("user_input_text", { text: "hello" }), [{ type: "text", text: "hello" }]);
  assertEquals(read("assistant_gen_text", { text: "hi" }), [{ type: "text", text: "hi" }]);
  assertEquals(read("assistant_gen_text", {}), [{ type: "text", text: "" }]);
  assertEquals(read("reasoning", { text: "so", signature: "sig" }), [
    { type: "reasoning", text: "so", isEncrypted: false, signature: "sig" },
  ]);
  assertEquals(read("reasoning", { text: "so" }), [
    { type: "reasoning", text: "so", isEncrypted: false },
  ]);
});

Deno.test("readMessages() reads the attachments of the agentic kind", () => {
  const body = { base64_data: "iVBORw0=", mime_type: "image/png" };
  for (const type of ["user_input_image", "assistant_gen_image"]) {
    assertEquals(read(type, body), [{ type: "image", ...PNG, sizeBytes: 5 }]);
  }
  assertEquals(read("user_input_file", { url: "https://a.example/c", name: "c.pdf" }), [
    { type: "file", name: "c.pdf", mimeType: "file", url: "https://a.example/c" },
  ]);
  assertEquals(read("assistant_gen_video", { url: "u", mime_type: "video/mp4" }), [
    { type: "file", name: "", mimeType: "video/mp4", url: "u" },
  ]);
});

Deno.test("readMessages() reads calls of every kind that the agentic kind has", () => {
  const call = { type: "call", callId: "c9", name: "ls", input: { a: 1 } } as const;
  const named = { call_id: "c9", name: "ls" };
  assertEquals(read("function_tool_call", { ...named, arguments: '{"a":1}' }), [call]);
  assertEquals(read("mcp_tool_call", { ...named, arguments: '{"a":1}' }), [call]);
  assertEquals(read("server_tool_call", { ...named, arguments: { a: 1 } }), [call]);
  assertEquals(read("server_tool_call", named), [{ ...call, input: null }]);
});

Deno.test("readMessages() reads results of every kind, which are a tool's message", () => {
  const named = { call_id: "c9", name: "ls" };
  const result = (text: string, isError = false) => ({
    type: "result" as const,
    callId: "c9",
    name: "ls",
    isError,
    blocks: [{ type: "text" as const, text }],
  });
  const parts = [{ type: "text", text: { text: "a.txt" } }];
  assertEquals(read("function_tool_result", { ...named, content: parts }), [result("a.txt")]);
  assertEquals(read("server_tool_result", { ...named, content: { n: 1 } }), [result('{"n":1}')]);
  assertEquals(read("mcp_tool_result", { ...named, content: "ok" }), [result("ok")]);
  assertEquals(read("mcp_tool_result", { ...named, error: "no" }), [result("no", true)]);
  const search = { type: "tool_search_result", tool_search_function_tool_result: named };
  const row = agentic("user", search);
  assertEquals(blocksOf(row), [{ ...result(""), blocks: [] }]);
  assertEquals(eino.readMessages(row)[0]?.role, "tool");
});

Deno.test("readMessages() leaves a user's message with words the user's", () => {
  const row = agentic(
    "user",
    { type: "function_tool_result", function_tool_result: { call_id: "c", name: "ls" } },
    { type: "user_input_text", user_input_text: { text: "and now?" } },
  );
  assertEquals(eino.readMessages(row)[0]?.role, "user");
  assertEquals(promptOf(row), "and now?");
});

Deno.test("readMessages() leaves out what asks for leave, and blocks without a payload", () => {
  for (const type of ["mcp_tool_approval_request", "mcp_tool_approval_response", "dance"]) {
    assertEquals(read(type, { name: "ls" }), []);
  }
  assertEquals(blocksOf(agentic("user", { type: "user_input_text" }, "text", null)), []);
});

Deno.test("readMessages() counts the fields that no word stands for", () => {
  const row = {
    role: "user",
    content: "a",
    name: "ada",
    extra: { a: 1 },
    response_meta: { finish_reason: "stop" },
  };
  assertEquals(eino.readMessages(row)[0]?.otherFields, 3);
  assertEquals(eino.readMessages(HEADER), []);
});

/** Rows to the messages that another agent is to say, and what stays behind. */

import { assertEquals } from "@std/assert";
import { readConversation } from "../src/conversation.ts";
import type { Format, ScannedRow } from "../src/format.ts";
import { claw } from "../src/format_claw.ts";
import { eino } from "../src/format_eino.ts";
import { nanobot } from "../src/format_nanobot.ts";
import { zot } from "../src/format_zot.ts";
import { Losses } from "../src/losses.ts";
import { scanRows } from "../src/scan.ts";
import type { JsonObject, JsonValue, Message } from "../src/transcript.ts";
import { MemorySource } from "./memory_source.ts";

const META = { type: "meta", meta: { id: "a", cwd: "/p" } };

function said(role: string, ...content: readonly JsonValue[]): JsonObject {
  return { type: "message", message: { role, content, time: "2026-11-01T09:00:00Z" } };
}

function text(role: string, words: string): JsonObject {
  return said(role, { text: words });
}

/** A row of zot's with what was taken in and given out so far. */
function spent(input_tokens: number, output_tokens: number): JsonObject {
  return { type: "usage", usage: {}, cumulative: { input_tokens, output_tokens } };
}

function read(rows: readonly (JsonObject | string)[], format: Format = zot) {
  const lines = rows.map((row) => typeof row === "string" ? row : JSON.stringify(row));
  const scanned = [...scanRows(new MemorySource(lines.join("\n") + "\n"), format)];
  const restarts = scanned.filter(({ facts }) => facts.some(({ kind }) => kind === "restart"));
  const losses = new Losses();
  const messages = [...readConversation(scanned, {
    restartLine: restarts.at(-1)?.row.line ?? 0,
    readMessages: ({ value }: ScannedRow) => value === undefined ? [] : format.readMessages(value),
    losses,
  })];
  return { messages, losses: losses.list().map(({ kind, count }) => `${count} ${kind}`) };
}

function wordsOf({ messages }: { readonly messages: readonly Message[] }): string {
  return messages.map(({ blocks: [block] }) => block?.type === "text" ? block.text : "?").join(" ");
}

/** What each message took, as `in/out`; `-` for nothing. */
function usageOf({ messages }: { readonly messages: readonly Message[] }): string {
  return messages.map(({ usage }) =>
    usage === undefined ? "-" : `${usage.input_tokens}/${usage.output_tokens}`
  ).join(" ");
}

Deno.test("readConversation() gives messages in order, and loses nothing of a plain session", () => {
  const read_ = read([META, text("user", "a"), text("assistant", "b"), text("user", "c")]);
  assertEquals([wordsOf(read_), read_.losses], ["a b c", []]);
  assertEquals(read([META]).messages, []);
});

Deno.test("readConversation() leaves out what a compaction superseded, and counts it", () => {
  const summary = { role: "user", content: [{ text: "sum" }], time: null };
  const rows = [
    META,
    text("user", "a"),
    text("assistant", "b"),
    { type: "compaction", messages: [summary] },
    text("user", "c"),
  ];
  const once = read(rows);
  assertEquals([wordsOf(once), once.losses], ["sum c", ["2 superseded"]]);
  const twice = read([...rows, { type: "compaction", messages: [summary] }]);
  assertEquals([wordsOf(twice), twice.losses], ["sum", ["4 superseded"]]);
});

Deno.test("readConversation() counts messages that hold nothing, unknown rows, and damage", () => {
  const rows = [META, text("user", "a"), said("assistant"), { type: "mood" }, '{"type":"mess'];
  const result = read(rows);
  assertEquals(wordsOf(result), "a");
  assertEquals(result.losses, ["1 empty", "1 unknown_row", "1 damaged_row"]);
});

Deno.test("readConversation() counts prompts of a history, which no agent takes from another", () => {
  const head = { session_id: "s", type: "session_meta", updated_at_ms: 5, version: 1 };
  const prompt = { text: "a", timestamp_ms: 5, type: "prompt_history" };
  const message = { blocks: [{ text: "a", type: "text" }], role: "user" };
  const { messages, losses } = read([head, prompt, { message, type: "message" }], claw);
  assertEquals([messages.length, losses], [1, ["1 prompt_history"]]);
});

Deno.test("readConversation() counts private rows, and fields without a word", () => {
  const state = { _type: "provider_state", state: {} };
  const time = "2026-02-16T09:30:10.500000";
  const reply = { role: "assistant", content: "a", timestamp: time, latency_ms: 5, tools_used: [] };
  const { messages, losses } = read([{ _type: "metadata" }, state, reply], nanobot);
  assertEquals([messages.length, losses], [1, ["2 field", "1 private_row"]]);
});

Deno.test("readConversation() gives a reply what was used since the one before", () => {
  const rows = [
    META,
    text("user", "a"),
    spent(100, 10),
    text("assistant", "b"),
    text("user", "c"),
    spent(250, 30),
    text("assistant", "d"),
  ];
  assertEquals(usageOf(read(rows)), "- 100/10 - 150/20");
});

Deno.test("readConversation() gives a reply what was counted after it, before the next prompt", () => {
  const rows = [
    META,
    text("user", "a"),
    text("assistant", "b"),
    spent(100, 10),
    text("user", "c"),
    text("assistant", "d"),
    spent(250, 30),
  ];
  assertEquals(usageOf(read(rows)), "- 100/10 - 150/20");
});

Deno.test("readConversation() counts anew where a counter falls, and nothing where it stands", () => {
  const rows = [
    META,
    text("assistant", "a"),
    spent(100, 10),
    spent(100, 10),
    text("user", "b"),
    spent(40, 5),
    text("assistant", "c"),
    spent(40, 5),
  ];
  assertEquals(usageOf(read(rows)), "100/10 - 40/5");
});

Deno.test("readConversation() says so when no reply is there for what was used", () => {
  const { messages, losses } = read([META, text("user", "a"), spent(100, 10)]);
  assertEquals([messages.length, losses], [1, ["1 usage"]]);
});

Deno.test("readConversation() says so when what was used went to messages that are superseded", () => {
  const rows = [
    META,
    text("user", "a"),
    text("assistant", "b"),
    spent(100, 10),
    { type: "compaction", messages: [{ role: "user", content: [{ text: "s" }], time: null }] },
    text("assistant", "c"),
    spent(150, 20),
  ];
  assertEquals(usageOf(read(rows)), "- 50/10");
});

Deno.test("readConversation() keeps what a message itself says that it took", () => {
  const usage = {
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    input_tokens: 7,
    output_tokens: 3,
  };
  const message = { blocks: [{ text: "a", type: "text" }], role: "assistant", usage };
  assertEquals(usageOf(read([{ message, type: "message" }], claw)), "7/3");
});

/** A row of eino's with calls, or with results, of these ids. */
function tools(kind: "call" | "result", ...ids: readonly string[]): JsonObject {
  const type = `function_tool_${kind}`;
  const content_blocks = ids.map((call_id) => ({ type, [type]: { call_id, name: "read" } }));
  return { role: kind === "call" ? "assistant" : "user", content_blocks };
}

function idsOf(...rows: readonly JsonObject[]): readonly string[] {
  return read(rows, eino).messages.flatMap(({ blocks }) =>
    blocks.flatMap((block) => "callId" in block ? [block.callId] : [])
  );
}

Deno.test("readConversation() gives calls without an id one that their results name", () => {
  const rows = [tools("call", "", "own", ""), tools("result", "", "own", "")];
  assertEquals(idsOf(...rows), [
    "skein-call-1",
    "own",
    "skein-call-2",
    "skein-call-1",
    "own",
    "skein-call-2",
  ]);
  assertEquals(idsOf(tools("result", "", "")), ["skein-call-1", "skein-call-2"]);
});

Deno.test("readConversation() invents no id that the session has already", () => {
  for (const ids of [["", "call-1"], ["call-1", ""]]) {
    const found = idsOf(tools("call", ...ids));
    assertEquals(new Set(found).size, 2, found.join(" "));
  }
});

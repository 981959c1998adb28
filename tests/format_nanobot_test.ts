/** nanobot's rows: metadata, messages and markers of every era. */

import { assertEquals } from "@std/assert";
import { nanobot } from "../src/format_nanobot.ts";
import { readSession } from "../src/session.ts";
import type { Block, JsonObject, JsonValue, Session } from "../src/transcript.ts";
import { MemorySource } from "./memory_source.ts";

const TIME = "2026-02-16T09:30:10.500000";
const HEAD = {
  _type: "metadata",
  key: "cli:direct",
  created_at: "2026-02-16T09:30:00",
  updated_at: "2026-02-16T09:31:05.001200",
  metadata: {},
  last_consolidated: 0,
};

function said(role: string, content: JsonValue, more: JsonObject = {}): JsonObject {
  return { role, content, timestamp: TIME, ...more };
}

function headOf(row: JsonObject) {
  const [fact] = nanobot.readFacts(row);
  return fact?.kind === "head" ? fact.head : undefined;
}

function promptOf(row: JsonObject): string | undefined {
  const [fact] = nanobot.readFacts(row);
  return fact?.kind === "message" ? fact.message.prompt : undefined;
}

function blocksOf(row: JsonObject): readonly Block[] | undefined {
  return nanobot.readMessages(row)[0]?.blocks;
}

/** Reads a file as `list` does. */
function readFile(name: string, ...rows: readonly (JsonObject | string)[]): Session {
  const text = rows.map((row) => typeof row === "string" ? row : `${JSON.stringify(row)}\n`)
    .join("");
  const path = `/w/sessions/${name}`;
  const options = {
    path,
    root: "/w",
    sizeBytes: new TextEncoder().encode(text).length,
    mtimeMs: 0,
  };
  const read = readSession(new MemorySource(text), options);
  if ("hasRows" in read) throw new Error("no session");
  return read.session;
}

Deno.test("readFacts() reads every key of a metadata row", () => {
  const metadata = { title: "disk check", _nanobot_model_preset: "fast" };
  assertEquals(nanobot.readFacts({ ...HEAD, metadata }), [{
    kind: "head",
    head: {
      id: "cli:direct",
      cwd: "",
      model: "fast",
      provider: "",
      started: "2026-02-16T09:30:00",
      updated: "2026-02-16T09:31:05.001200",
      title: "disk check",
      parent: "",
      forkPoint: undefined,
      isHidden: false,
      origin: "",
      variant: "",
      holds: "last",
      hasContent: true,
    },
  }]);
});

Deno.test("readFacts() reads metadata of the first weeks, which have no key, and of any type", () => {
  assertEquals(headOf({ _type: "metadata", created_at: "t", metadata: {} })?.id, "");
  const odd = { _type: "metadata", key: 5, created_at: null, updated_at: 7, metadata: [] };
  assertEquals([headOf(odd)?.id, headOf(odd)?.started, headOf(odd)?.updated], ["", "", ""]);
});

Deno.test("readFacts() tells metadata that every session gets from those that say something", () => {
  const hasContent = (metadata: JsonObject) => headOf({ ...HEAD, metadata })?.hasContent;
  const idle = {
    webui: true,
    last_channel: "cli",
    session_handle: "kite",
    workspace_scope: {},
    _last_usage: { prompt_tokens: 5 },
    skein: { about: "cli:direct" },
  };
  assertEquals([hasContent({}), hasContent(idle)], [false, false]);
  const telling = [
    "title",
    "title_user_edited",
    "_last_summary",
    "_nanobot_model_preset",
    "goal_state",
    "thread_goal",
    "runtime_checkpoint",
    "pending_user_turn",
    "something_new",
  ];
  for (const key of telling) assertEquals(hasContent({ ...idle, [key]: {} }), true, key);
});

Deno.test("readFacts() reads skein's note about the session itself, and not about another", () => {
  const note = {
    about: "cli:direct",
    parent: "cli:old",
    fork_point: 3,
    cwd: "/p",
    model: "m",
    provider: "x",
    origin: { id: "o" },
  };
  const own = headOf({ ...HEAD, metadata: { skein: note } });
  assertEquals([own?.parent, own?.forkPoint, own?.cwd], ["cli:old", 3, "/p"]);
  assertEquals([own?.model, own?.provider, own?.origin], ["m", "x", "o"]);
  const copied = headOf({ ...HEAD, key: "websocket:1", metadata: { skein: note } });
  assertEquals([copied?.parent, copied?.cwd, copied?.model, copied?.origin], ["", "", "", ""]);
});

Deno.test("readFacts() takes the provider's state for a private note", () => {
  const row = { _type: "provider_state", state: { kind: "k", payload: { secret: "s" } } };
  assertEquals(nanobot.readFacts(row), [
    { kind: "note", what: "private state of the provider", sort: "private" },
  ]);
  assertEquals(nanobot.readMessages(row), []);
});

Deno.test("readFacts() takes a row of an unknown type for a message, as nanobot does", () => {
  const [fact] = nanobot.readFacts({ _type: "future", role: "user", content: "a" });
  assertEquals(fact?.kind, "message");
  const rows = nanobot.readMessages({ anything: true });
  assertEquals(rows.map(({ role, blocks }) => [role, blocks]), [["system", []]]);
});

Deno.test("readFacts() takes as prompt what the user typed, and nothing that was injected", () => {
  assertEquals(promptOf(said("user", " check\n the disk ")), "check the disk");
  assertEquals(promptOf(said("user", [{ type: "text", text: "check" }])), "check");
  assertEquals(promptOf(said("assistant", "a")), undefined);
  const marks: JsonObject = {
    _command: true,
    _channel_delivery: true,
    _hidden_history: true,
    _automation_turn: true,
    _cron_turn: true,
    _session_message: { from: "cli:other" },
    injected_event: "heartbeat",
    subagent_task_id: "t1",
  };
  for (const [key, value = null] of Object.entries(marks)) {
    assertEquals(promptOf(said("user", "a", { [key]: value })), undefined, key);
    assertEquals(promptOf(said("user", "a", { [key]: false })), "a", key);
  }
});

Deno.test("readMessages() reads text, parts, and content that is none", () => {
  assertEquals(blocksOf(said("user", "héllo")), [{ type: "text", text: "héllo" }]);
  for (const content of ["", null, 5, {}]) assertEquals(blocksOf(said("user", content)), []);
  const parts = [
    { type: "text", text: "look" },
    { type: "image_url", image_url: { url: "https://a.example/b.png" } },
    { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0=" } },
    { type: "dance" },
    "text",
  ];
  assertEquals(blocksOf(said("user", parts)), [
    { type: "text", text: "look" },
    { type: "image", mimeType: "", url: "https://a.example/b.png", sizeBytes: 0 },
    { type: "image", mimeType: "image/png", data: "iVBORw0=", sizeBytes: 5 },
  ]);
});

Deno.test("readMessages() reads calls, whose arguments are a text or a value", () => {
  const calls = [
    { id: "t1", type: "function", function: { name: "exec", arguments: '{"cmd": "df"}' } },
    { id: "t2", type: "function", function: { name: "exec", arguments: { cmd: "df" } } },
    { id: "t3", type: "function", function: { name: "exec", arguments: '{"cmd": ' } },
    { id: "t4", type: "function", function: {} },
    "call",
  ];
  const call = (callId: string, input: JsonValue, name = "exec"): Block => ({
    type: "call",
    callId,
    name,
    input,
  });
  assertEquals(blocksOf(said("assistant", null, { tool_calls: calls })), [
    call("t1", { cmd: "df" }),
    call("t2", { cmd: "df" }),
    call("t3", '{"cmd": '),
    call("t4", null, ""),
  ]);
});

Deno.test("readMessages() reads a message of role tool as one result", () => {
  const row = said("tool", "92% used", { tool_call_id: "t1", name: "exec" });
  assertEquals(nanobot.readMessages(row)[0]?.role, "tool");
  assertEquals(blocksOf(row), [{
    type: "result",
    callId: "t1",
    name: "exec",
    isError: false,
    blocks: [{ type: "text", text: "92% used" }],
  }]);
});

Deno.test("readMessages() prefers the provider's signed reasoning to the plain text", () => {
  const thinking_blocks = [
    { type: "thinking", thinking: "use df", signature: "sig" },
    { type: "redacted_thinking", data: "xx" },
  ];
  const more = { reasoning_content: "use df", thinking_blocks };
  assertEquals(blocksOf(said("assistant", "ok", more)), [
    { type: "reasoning", text: "use df", isEncrypted: false, signature: "sig" },
    { type: "reasoning", text: "", isEncrypted: true },
    { type: "text", text: "ok" },
  ]);
  assertEquals(blocksOf(said("assistant", "ok", { reasoning_content: "use df" })), [
    { type: "reasoning", text: "use df", isEncrypted: false },
    { type: "text", text: "ok" },
  ]);
});

Deno.test("readMessages() reads attachments as files, known by where they are", () => {
  assertEquals(blocksOf(said("user", "[image]", { media: ["/m/kite.png", 5] })), [
    { type: "text", text: "[image]" },
    { type: "file", name: "/m/kite.png", mimeType: "", url: "/m/kite.png" },
  ]);
});

Deno.test("readMessages() gives the time as it stands, and counts fields without a word", () => {
  const row = said("assistant", "ok", { latency_ms: 4500, tools_used: ["exec"] });
  const [message] = nanobot.readMessages(row);
  assertEquals([message?.time, message?.otherFields], [TIME, 2]);
  assertEquals(nanobot.readMessages({ role: "user", content: "a" })[0]?.time, undefined);
});

Deno.test("readSession() lets the last metadata hold, wherever they stand", () => {
  const title = (text: string) => ({ ...HEAD, metadata: { title: text } });
  const { title: last, messages } = readFile("cli_direct.jsonl", title("a"), said("user", "x"), {
    ...title("b"),
    _type: "metadata",
  });
  assertEquals([last, messages], ["b", 1]);
});

Deno.test("readSession() takes the title from the metadata, else from the first prompt", () => {
  const prompt = said("user", "check the disk");
  assertEquals(readFile("cli_direct.jsonl", HEAD, prompt).title, "check the disk");
  const titled = { ...HEAD, metadata: { title: "disk check" } };
  assertEquals(readFile("cli_direct.jsonl", titled, prompt).title, "disk check");
});

Deno.test("readSession() takes times without a zone for this machine's", () => {
  const { startedMs, updatedMs } = readFile("cli_direct.jsonl", HEAD, said("user", "a"));
  assertEquals(startedMs, new Date(2026, 1, 16, 9, 30, 0).getTime());
  assertEquals(updatedMs, new Date(2026, 1, 16, 9, 30, 10, 500).getTime());
});

Deno.test("readSession() reads what the first weeks wrote in ASCII", () => {
  const text = '{"role": "user", "content": "h\\u00e9llo \\ud83e\\ude81", "timestamp": "' + TIME +
    '"}\n';
  const { title, problems } = readFile("cli_direct.jsonl", HEAD, text);
  assertEquals([title, problems], ["héllo \u{1fa81}", []]);
});

Deno.test("readSession() counts all messages, also those that were summarised elsewhere", () => {
  const head = { ...HEAD, last_consolidated: 2 };
  const rows = ["a", "b", "c"].map((text) => said("user", text));
  assertEquals(readFile("cli_direct.jsonl", head, ...rows).keptMessages, 3);
});

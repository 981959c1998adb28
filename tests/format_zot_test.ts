/** zot's rows: every type and block of every version, and what zot's own loader drops. */

import { assertEquals, assertThrows } from "@std/assert";
import { zot } from "../src/format_zot.ts";
import { RowShapeError } from "../src/json_row.ts";
import type { EnvironmentName, OperatingSystem } from "../src/environment.ts";
import type { JsonObject, JsonValue } from "../src/transcript.ts";

const TIME = "2026-06-27T05:46:50.5+02:00";

function message(role: string, content: JsonValue, more: JsonObject = {}): JsonObject {
  return { type: "message", message: { role, content, time: TIME, ...more } };
}

function blocksOf(...content: readonly JsonValue[]) {
  return zot.readMessages(message("assistant", content))[0]?.blocks;
}

function promptOf(row: JsonObject): string | undefined {
  const [fact] = zot.readFacts(row);
  return fact?.kind === "message" ? fact.message.prompt : undefined;
}

function rootsOf(os: OperatingSystem, env: Partial<Record<EnvironmentName, string>>) {
  return zot.findRoots({ os, env: (name) => env[name] });
}

Deno.test("readFacts() reads every key of a meta row", () => {
  const meta = {
    id: "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512",
    cwd: "/home/ada/proj",
    model: "model-x",
    provider: "anthropic",
    started: "2026-06-27T03:46:34.120000001Z",
    version: "0.2.9",
    title: "kites",
    parent: "0f3a2b1c-4d5e-4f60-8a7b-9c0d1e2f3a4b",
    fork_point: 4,
    hide_from_sessions: true,
  };
  const { version: _, fork_point: forkPoint, hide_from_sessions: isHidden, ...rest } = meta;
  assertEquals(zot.readFacts({ type: "meta", meta }), [
    {
      kind: "head",
      head: {
        ...rest,
        forkPoint,
        isHidden,
        origin: "",
        updated: "",
        variant: "",
        holds: "merge",
        hasContent: false,
      },
    },
  ]);
});

Deno.test("readFacts() reads a fork at 0, which has no key", () => {
  const [fact] = zot.readFacts({ type: "meta", meta: { id: "a", parent: "b" } });
  assertEquals(fact?.kind === "head" ? fact.head.forkPoint : undefined, 0);
});

Deno.test("readFacts() finds fields in any letter case, the exact one first", () => {
  const row = { Type: "rename", TITLE: "kites", title: "lanterns" };
  assertEquals(zot.readFacts(row), [{ kind: "title", title: "lanterns" }]);
});

Deno.test("readFacts() reads usage of both dialects from the cumulative object", () => {
  const older = { input_tokens: 9, output_tokens: 4, cache_read_tokens: 2, cache_write_tokens: 1 };
  const newest = { ...older, reasoning_tokens: 3, reasoning_tokens_known: true, cost_usd: 0.5 };
  assertEquals(
    [older, newest].map((cumulative) => zot.readFacts({ type: "usage", usage: {}, cumulative })),
    [
      [{ kind: "usage", usage: older, costUsd: undefined }],
      [{ kind: "usage", usage: { ...older, reasoning_tokens: 3 }, costUsd: 0.5 }],
    ],
  );
});

Deno.test("readFacts() gives a row of an unknown type as such", () => {
  assertEquals(zot.readFacts({ type: "extension_state", state: {} }), [
    { kind: "unknown", type: "extension_state" },
  ]);
});

Deno.test("readFacts() restarts the transcript at a compaction, empty ones included", () => {
  const summary = {
    role: "user",
    content: [{ text: "s" }],
    time: TIME,
    meta: { compaction: "true" },
  };
  const [fact] = zot.readFacts({ type: "compaction", messages: [summary] });
  assertEquals(fact?.kind === "restart" ? fact.messages.map((m) => [m.role, m.prompt]) : fact, [
    ["user", undefined],
  ]);
  assertEquals(zot.readFacts({ type: "compaction" }), [{ kind: "restart", messages: [] }]);
});

Deno.test("readFacts() refuses rows that zot cannot decode", () => {
  const rows: JsonObject[] = [
    { type: 7 },
    { type: "meta" },
    { type: "meta", meta: { id: 1 } },
    { type: "message", message: "hi" },
    { type: "message", message: { role: "user", content: "hi", time: TIME } },
    message("user", [], { time: "" }),
    message("user", [], { time: "yesterday" }),
    message("oracle", []),
    { type: "usage", cumulative: { cost_usd: "1" } },
    { type: "usage", cumulative: { cost_usd: Infinity } },
    { type: "rename", title: 3 },
  ];
  for (const row of rows) assertThrows(() => zot.readFacts(row), RowShapeError);
});

Deno.test("readMessages() takes a missing, a null and a zero time as unknown", () => {
  const times = [undefined, null, "0001-01-01T00:00:00Z"].map((time) =>
    zot.readMessages(message("user", [], { time }))[0]?.time
  );
  assertEquals(times, [undefined, undefined, undefined]);
});

Deno.test("readMessages() tells blocks apart by their keys", () => {
  assertEquals(
    blocksOf(
      { text: "hello" },
      { format: "md", text: "styled" },
      { mime_type: "image/png", data: "iVBORw0=" },
      { id: "c1", name: "read", arguments: { path: "a.go" } },
      { id: "c2", name: "stop", arguments: null, server: true },
      {
        call_id: "c1",
        content: [{ text: "ok" }, { mime_type: "image/png", data: "AAAA" }],
        is_error: true,
      },
      { reasoning_id: "r1", summary: "thinking", encrypted_content: "xx" },
      { summary: "only a summary" },
    ),
    [
      { type: "text", text: "hello" },
      { type: "text", text: "styled" },
      { type: "image", mimeType: "image/png", sizeBytes: 5, data: "iVBORw0=" },
      { type: "call", callId: "c1", name: "read", input: { path: "a.go" } },
      { type: "call", callId: "c2", name: "stop", input: null },
      {
        type: "result",
        callId: "c1",
        isError: true,
        blocks: [{ type: "text", text: "ok" }, {
          type: "image",
          mimeType: "image/png",
          sizeBytes: 3,
          data: "AAAA",
        }],
      },
      { type: "reasoning", text: "thinking", isEncrypted: true },
      { type: "reasoning", text: "only a summary", isEncrypted: false },
    ],
  );
});

Deno.test("readMessages() reads an empty block as empty text, as zot does", () => {
  assertEquals(blocksOf({}), [{ type: "text", text: "" }]);
});

Deno.test("readMessages() drops blocks whose values have the wrong types", () => {
  assertEquals(
    blocksOf(
      { text: 5 },
      { id: 5, name: "read" },
      { mime_type: "image/png", data: "not base64!" },
      { mime_type: "image/png", data: "abc" },
      { call_id: "c1", content: "text", is_error: false },
      { call_id: "c1", content: [], is_error: "no" },
      "text",
      null,
      { text: "kept" },
    ),
    [{ type: "text", text: "kept" }],
  );
});

Deno.test("readFacts() does not keep a message that is left without blocks", () => {
  const kept = [null, [], [{ text: 5 }], [{}]].map((content) => {
    const [fact] = zot.readFacts(message("assistant", content));
    return fact?.kind === "message" && fact.message.isKept;
  });
  assertEquals(kept, [false, false, false, true]);
});

Deno.test("readFacts() takes as prompt what a human typed, on one line", () => {
  assertEquals(promptOf(message("user", [{ text: "  fix\n\tthe  kite " }])), "fix the kite");
  assertEquals(promptOf(message("user", [{ text: " \n" }, { text: "second" }])), "second");
  assertEquals(promptOf(message("user", [{ text: "x".repeat(9_999) }]))?.length, 500);
});

Deno.test("readFacts() takes no summary, shell output or other role for a prompt", () => {
  const text = [{ text: "typed by nobody" }];
  assertEquals(promptOf(message("assistant", text)), undefined);
  assertEquals(promptOf(message("user", text, { meta: { compaction: "true" } })), undefined);
  assertEquals(promptOf(message("user", text, { meta: { shell_command: "ls" } })), undefined);
  const heading = "## Context Summary (compacted)\n\nGoal: kites";
  assertEquals(promptOf(message("user", [{ text: heading }])), undefined);
});

Deno.test("judge() is sure of a meta row, and takes others for likely, but not claw's", () => {
  const judge = (row: JsonObject) => zot.judge([row]);
  assertEquals(judge({ type: "meta", meta: { id: "a" } }), "sure");
  assertEquals(judge(message("user", [])), "likely");
  assertEquals(judge({ title: "kites", type: "rename" }), "likely");
  assertEquals(judge({ type: "usage", usage: {}, cumulative: {} }), "likely");
  assertEquals(judge({ type: "compaction", messages: [] }), "likely");
  assertEquals(judge({ type: "message", message: { role: "user", blocks: [] } }), "no");
  assertEquals(judge({ ...message("user", []), id: "e1", timestamp: "t" }), "no");
  assertEquals(judge({ type: "compaction", count: 1, summary: "s" }), "no");
  assertEquals(judge({ type: "meta" }), "no");
  assertEquals(judge({ type: "session", id: "a" }), "no");
});

Deno.test("findRoots() prefers ZOT_HOME to everything", () => {
  assertEquals(rootsOf("linux", { ZOT_HOME: "/z", XDG_STATE_HOME: "/x", HOME: "/home/ada" }), [
    "/z/sessions",
    "/z/swarm/agents",
  ]);
});

Deno.test("findRoots() looks where older and where newer versions keep their files", () => {
  assertEquals(rootsOf("linux", { HOME: "/home/ada" }), [
    "/home/ada/.local/state/zot/sessions",
    "/home/ada/.local/state/zot/swarm/agents",
  ]);
  assertEquals(
    rootsOf("darwin", { XDG_STATE_HOME: "/x", HOME: "/Users/ada" }).filter((root) =>
      root.endsWith("sessions")
    ),
    ["/x/zot/sessions", "/Users/ada/Library/Application Support/zot/sessions"],
  );
  assertEquals(rootsOf("linux", {}), [".zot/sessions", ".zot/swarm/agents"]);
});

Deno.test("parseNameTime() reads the stamp that a file's name starts with", () => {
  assertEquals(
    zot.parseNameTime?.("20260627-034634-5d0c1f6e.jsonl"),
    Date.UTC(2026, 5, 27, 3, 46, 34),
  );
  assertEquals(zot.parseNameTime?.("session.json"), undefined);
  assertEquals(zot.parseNameTime?.("20261327-034634-5d0c1f6e.jsonl"), undefined);
});

Deno.test("findNameProblem() tells when name and id differ", () => {
  const id = "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512";
  assertEquals(zot.findNameProblem("20260627-034634-5d0c1f6e.jsonl", id), undefined);
  assertEquals(zot.findNameProblem("session.json", id), undefined);
  assertEquals(
    zot.findNameProblem("20260627-034634-00000000.jsonl", id),
    "the file's name carries other digits than the session's id",
  );
});

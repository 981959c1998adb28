/** claw-code's rows: every type and block of every version, and the objects of the first weeks. */

import { assertEquals, assertThrows } from "@std/assert";
import { claw } from "../src/format_claw.ts";
import { RowShapeError } from "../src/json_row.ts";
import { readSession } from "../src/session.ts";
import type { JsonObject, JsonValue, Session } from "../src/transcript.ts";
import { MemorySource } from "./memory_source.ts";

const ID = "session-1782531994120-0";
const CONTINUED = "This session is being continued from a previous conversation that ran out.";
const COUNTS = {
  cache_creation_input_tokens: 3,
  cache_read_input_tokens: 7,
  input_tokens: 120,
  output_tokens: 15,
};

function message(role: string, blocks: JsonValue, more: JsonObject = {}): JsonObject {
  return { message: { blocks, role, ...more }, type: "message" };
}

function blocksOf(...blocks: readonly JsonValue[]) {
  return claw.readMessages(message("assistant", blocks))[0]?.blocks;
}

function promptOf(row: JsonObject): string | undefined {
  const [fact] = claw.readFacts(row);
  return fact?.kind === "message" ? fact.message.prompt : undefined;
}

function headOf(row: JsonObject) {
  const [fact] = claw.readFacts(row);
  return fact?.kind === "head" ? fact.head : undefined;
}

/** Reads a file as `list` does. */
function readFile(name: string, text: string): Session {
  const path = `/p/.claw/sessions/${name}`;
  const options = {
    path,
    root: "/p",
    sizeBytes: new TextEncoder().encode(text).length,
    mtimeMs: 0,
  };
  const read = readSession(new MemorySource(text), options);
  if ("hasRows" in read) throw new Error("no session");
  return read.session;
}

Deno.test("readFacts() reads every key of a session_meta row", () => {
  const row = {
    created_at_ms: 1782531994120,
    fork: { branch_name: "try-2", parent_session_id: "session-1-0" },
    model: "model-x",
    session_id: ID,
    type: "session_meta",
    updated_at_ms: 1782531999001,
    version: 1,
    workspace_root: "/home/ada/proj",
  };
  assertEquals(claw.readFacts(row), [{
    kind: "head",
    head: {
      id: ID,
      cwd: "/home/ada/proj",
      model: "model-x",
      provider: "",
      started: "2026-06-27T03:46:34.120Z",
      updated: "2026-06-27T03:46:39.001Z",
      title: "try-2",
      parent: "session-1-0",
      forkPoint: undefined,
      isHidden: false,
      origin: "",
      variant: "",
      holds: "last",
      hasContent: false,
    },
  }]);
});

Deno.test("readFacts() takes the start from the id of a session_meta row that does not tell it", () => {
  const row = { session_id: ID, type: "session_meta", updated_at_ms: 5, version: 1 };
  assertEquals(headOf(row)?.started, "2026-06-27T03:46:34.120Z");
  assertEquals(headOf({ ...row, session_id: "mine" })?.started, "");
});

Deno.test("readFacts() reads a fork without a name", () => {
  const fork = { parent_session_id: "session-1-0" };
  const row = { fork, session_id: ID, type: "session_meta", updated_at_ms: 5, version: 1 };
  assertEquals([headOf(row)?.parent, headOf(row)?.title], ["session-1-0", ""]);
});

Deno.test("readFacts() takes compactions and prompts of the history for notes", () => {
  const compaction = { count: 2, removed_message_count: 12, summary: "s", type: "compaction" };
  const prompt = { text: "list files", timestamp_ms: 1782531994500, type: "prompt_history" };
  assertEquals([compaction, prompt].flatMap((row) => claw.readFacts(row)), [
    { kind: "note", what: "compaction: 12 messages removed", sort: "compaction" },
    { kind: "note", what: "a prompt in the history", sort: "prompt_history" },
  ]);
});

Deno.test("readFacts() takes a malformed prompt of the history, which claw skips, for a note", () => {
  const [fact] = claw.readFacts({ text: 5, type: "prompt_history" });
  assertEquals(fact?.kind, "note");
});

Deno.test("readFacts() gives a row of an unknown type as such", () => {
  assertEquals(claw.readFacts({ type: "checkpoint" }), [{ kind: "unknown", type: "checkpoint" }]);
  assertEquals(claw.readFacts({}), [{ kind: "unknown", type: "" }]);
});

Deno.test("readFacts() gives what a reply took, in our names", () => {
  const text = [{ type: "text", text: "hi" }];
  const kinds = claw.readFacts(message("assistant", text, { usage: COUNTS }));
  assertEquals(kinds[1], {
    kind: "spent",
    usage: {
      cache_write_tokens: 3,
      cache_read_tokens: 7,
      input_tokens: 120,
      output_tokens: 15,
    },
  });
  assertEquals(claw.readFacts(message("assistant", text)).length, 1);
});

Deno.test("readFacts() refuses rows that claw cannot load", () => {
  const result = { type: "tool_result", tool_use_id: "t", tool_name: "ls", output: "a" };
  const rows: JsonObject[] = [
    { type: "message" },
    { type: "message", message: [] },
    message("oracle", []),
    message("user", "hi"),
    { type: "message", message: { role: "user" } },
    message("user", ["hi"]),
    message("user", [{ type: "image", data: "AAAA" }]),
    message("user", [{ text: "no type" }]),
    message("user", [{ type: "text", text: 5 }]),
    message("assistant", [{ type: "thinking", signature: "s" }]),
    message("assistant", [{ type: "tool_use", id: "t", name: "ls", input: { a: 1 } }]),
    message("assistant", [{ type: "tool_use", name: "ls", input: "{}" }]),
    message("tool", [result]),
    message("tool", [{ ...result, is_error: "no" }]),
    message("tool", [{ ...result, is_error: false, tool_name: undefined }]),
    message("assistant", [], { usage: 5 }),
    message("assistant", [], { usage: { ...COUNTS, output_tokens: undefined } }),
    message("assistant", [], { usage: { ...COUNTS, output_tokens: -1 } }),
    message("assistant", [], { usage: { ...COUNTS, output_tokens: 2 ** 32 } }),
  ];
  for (const row of rows) assertThrows(() => claw.readFacts(row), RowShapeError);
});

Deno.test("readMessages() reads every kind of block", () => {
  assertEquals(
    blocksOf(
      { type: "text", text: "hello" },
      { type: "thinking", thinking: "use ls", signature: "sig" },
      { type: "thinking", thinking: "unsigned" },
      { type: "tool_use", id: "tu_1", name: "bash", input: '{"command":"ls"}' },
      { type: "tool_use", id: "tu_2", name: "bash", input: '{"command":"l… [truncated' },
      {
        type: "tool_result",
        tool_use_id: "tu_1",
        tool_name: "bash",
        output: "a.txt",
        is_error: true,
      },
    ),
    [
      { type: "text", text: "hello" },
      { type: "reasoning", text: "use ls", isEncrypted: false, signature: "sig" },
      { type: "reasoning", text: "unsigned", isEncrypted: false },
      { type: "call", callId: "tu_1", name: "bash", input: { command: "ls" } },
      { type: "call", callId: "tu_2", name: "bash", input: '{"command":"l… [truncated' },
      {
        type: "result",
        callId: "tu_1",
        name: "bash",
        isError: true,
        blocks: [{ type: "text", text: "a.txt" }],
      },
    ],
  );
});

Deno.test("readMessages() knows the four roles, no time, and the summary of a compaction", () => {
  const roles = ["system", "user", "assistant", "tool"].flatMap((role) =>
    claw.readMessages(message(role, []))
  );
  assertEquals(roles.map(({ role, time }) => [role, time]), [
    ["system", undefined],
    ["user", undefined],
    ["assistant", undefined],
    ["tool", undefined],
  ]);
  const isSummary = (role: string) =>
    claw.readMessages(message(role, [{ type: "text", text: CONTINUED }]))[0]?.isSummary;
  assertEquals([isSummary("system"), isSummary("user")], [true, false]);
});

Deno.test("readMessages() gives nothing for rows that hold no message", () => {
  for (const type of ["session_meta", "compaction", "prompt_history", "checkpoint"]) {
    assertEquals(claw.readMessages({ type, session_id: ID }), []);
  }
});

Deno.test("readFacts() takes as prompt what the user typed, and no other role's text", () => {
  const text = [{ type: "text", text: "  list\n files " }];
  assertEquals(promptOf(message("user", text)), "list files");
  for (const role of ["system", "assistant", "tool"]) {
    assertEquals(promptOf(message(role, text)), undefined);
  }
});

Deno.test("readFacts() takes an object of the first weeks for head, notes and messages", () => {
  const facts = claw.readFacts({
    messages: [{ role: "user", blocks: [{ type: "text", text: "hi" }] }],
    version: 1,
    session_id: ID,
    compaction: { count: 1, removed_message_count: 4, summary: "s" },
    prompt_history: [{ text: "hi", timestamp_ms: 5 }],
  });
  assertEquals(facts.map(({ kind }) => kind), ["head", "note", "note", "message"]);
});

Deno.test("readSession() reads an object on one line, over many lines, and with two keys only", () => {
  const oldest = {
    messages: [
      { blocks: [{ text: "hi", type: "text" }], role: "user" },
      { blocks: [{ text: "yes", type: "text" }], role: "assistant", usage: COUNTS },
    ],
    version: 1,
  };
  const spellings = [
    JSON.stringify(oldest),
    `${JSON.stringify(oldest)}\n`,
    `${JSON.stringify(oldest, undefined, 2)}\n`,
    `\n${JSON.stringify({ ...oldest, session_id: ID }, undefined, 4)}`,
  ];
  for (const text of spellings) {
    const { id, agent, messages, title, state, usage } = readFile(`${ID}.json`, text);
    assertEquals([id, agent, messages, title, state], [ID, "claw", 2, "hi", "ok"], text);
    assertEquals(usage?.input_tokens, 120);
  }
});

Deno.test("readSession() takes the start of the oldest files from their names", () => {
  const text = '{"messages":[],"version":1}\n';
  assertEquals(readFile("session-1782531994120.json", text).startedMs, 1782531994120);
});

Deno.test("readSession() takes the title of a fork from its name, else from the first prompt", () => {
  const said = message("user", [{ type: "text", text: "list files" }]);
  const titleOf = (fork?: JsonObject) => {
    const head = { fork, session_id: ID, type: "session_meta", updated_at_ms: 5, version: 1 };
    return readFile(`${ID}.jsonl`, `${JSON.stringify(head)}\n${JSON.stringify(said)}\n`).title;
  };
  assertEquals(titleOf(), "list files");
  assertEquals(titleOf({ parent_session_id: "s", branch_name: "try-2" }), "try-2");
});

Deno.test("readSession() lets the last session_meta row hold for all", () => {
  const row = (more: JsonObject) => {
    const head = { created_at_ms: 4, type: "session_meta", updated_at_ms: 5, version: 1 };
    return `${JSON.stringify({ ...head, ...more })}\n`;
  };
  const first = { model: "m", workspace_root: "/a", fork: { parent_session_id: "p" } };
  const text = row({ session_id: "session-1-0", ...first }) + row({ session_id: ID });
  const { id, model, cwd, parent } = readFile(`${ID}.jsonl`, text);
  assertEquals([id, model, cwd, parent], [ID, undefined, undefined, undefined]);
});

/** Where eino's files lie, what they are called, and which files it wrote. */

import { assertEquals } from "@std/assert";
import type { EnvironmentName } from "../src/environment.ts";
import type { NewPlace } from "../src/format.ts";
import { eino } from "../src/format_eino.ts";
import type { JsonObject } from "../src/transcript.ts";

const ID = "0f3a2b1c-4d5e-4f60-8a7b-9c0d1e2f3a4b";
const HEADER = { type: "session", id: ID, created_at: "2026-03-12T08:15:30.25Z" };

function rootsOf(env: Partial<Record<EnvironmentName, string>>, variant?: string) {
  return eino.findRoots({ os: "linux", env: (name) => env[name] }, variant);
}

function place(changes: Partial<NewPlace>): string {
  return eino.placeNew({
    id: ID,
    cwd: "/p",
    nowMs: 0,
    root: "/r",
    beside: undefined,
    neighbour: undefined,
    ...changes,
  });
}

Deno.test("judge() is sure of a header, of either kind and wherever it stands", () => {
  assertEquals(eino.judge([HEADER]), "sure");
  assertEquals(eino.judge([{ ...HEADER, message_kind: "agentic", skein: {} }]), "sure");
  assertEquals(eino.judge([{ role: "user", content: "a" }, HEADER]), "sure");
});

Deno.test("judge() says no to the header of pi and its kind", () => {
  const rows: JsonObject[] = [
    { ...HEADER, timestamp: "2026-03-12T08:15:30.25Z" },
    { ...HEADER, cwd: "/p" },
    { type: "session", id: ID },
    { type: "session", id: 5, created_at: "t" },
    { type: "session", version: 3, id: ID, timestamp: "t", cwd: "/p" },
  ];
  for (const row of rows) assertEquals(eino.judge([row]), "no", JSON.stringify(row));
  assertEquals(eino.judge([]), "no");
});

Deno.test("judge() takes bare messages of either kind for likely, when all rows are such", () => {
  const plain = { role: "user", content: "a" };
  const call = { role: "assistant", content: "", tool_calls: [{ id: "c" }] };
  const result = { role: "tool", content: "ok", tool_call_id: "c", tool_name: "ls" };
  assertEquals(eino.judge([plain, call, result]), "likely");
  assertEquals(eino.judge([{ role: "user", content_blocks: [] }]), "likely");
  assertEquals(eino.judge([plain, { checkpoint: 1 }]), "no");
});

Deno.test("judge() says no to messages with what only other agents' have", () => {
  const more: JsonObject[] = [
    { type: "message" },
    { _type: "metadata" },
    { timestamp: "2026-02-16T09:30:10.500000" },
    { id: "m1" },
    { uuid: "u" },
    { session_id: "s" },
    { message: {} },
    { role: "oracle" },
    { content: [{ type: "text", text: "a" }] },
    { content: null },
  ];
  for (const keys of more) {
    assertEquals(eino.judge([{ role: "user", content: "a", ...keys }]), "no", JSON.stringify(keys));
  }
});

Deno.test("findRoots() gives a folder for each kind, that of the variant first", () => {
  assertEquals(rootsOf({}), ["data/sessions", "data/sessions_agentic", "data/memory"]);
  assertEquals(rootsOf({}, "message"), rootsOf({}));
  assertEquals(rootsOf({}, "agentic"), ["data/sessions_agentic", "data/sessions", "data/memory"]);
});

Deno.test("findRoots() prefers the variables of each kind", () => {
  const env = { SESSION_DIR: "/s/m", SESSION_DIR_AGENTIC: "/s/a", HOME: "/home/ada" };
  assertEquals(rootsOf(env), ["/s/m", "/s/a", "data/memory"]);
  assertEquals(rootsOf(env, "agentic"), ["/s/a", "/s/m", "data/memory"]);
  assertEquals(rootsOf({ SESSION_DIR: "/s/m" }), ["/s/m", "data/sessions_agentic", "data/memory"]);
});

Deno.test("parseNameId() and toHandle() take the name as it is", () => {
  assertEquals(eino.parseNameId(`${ID}.jsonl`), ID);
  assertEquals(eino.parseNameId("my notes.jsonl"), "my notes");
  assertEquals(eino.toHandle("session-5"), "session-5");
  assertEquals(eino.parseNameTime?.("20260627-034634-5d0c1f6e.jsonl"), undefined);
});

Deno.test("findNameProblem() tells when name and id differ", () => {
  const problem = "the file is not named by the session's id, and eino finds it by its name";
  assertEquals(eino.findNameProblem(`${ID}.jsonl`, ID), undefined);
  assertEquals(eino.findNameProblem("copy.jsonl", ID), problem);
  assertEquals(eino.findNameProblem(`${ID}.json`, ID), problem);
});

Deno.test("newId() gives the UUID, and placeNew() a file of that name in the root", () => {
  assertEquals(eino.newId({ uuid: ID, nowMs: 0, like: undefined }), ID);
  assertEquals(place({}), `/r/${ID}.jsonl`);
});

Deno.test("placeNew() goes beside the parent, and beside a session that is there already", () => {
  assertEquals(place({ neighbour: { path: "/r/deep/b.jsonl" } }), `/r/deep/${ID}.jsonl`);
  const beside = { path: "/r/sessions/a.jsonl", isSameCwd: false };
  assertEquals(place({ beside }), `/r/sessions/${ID}.jsonl`);
});

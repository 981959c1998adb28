/** Where nanobot's files lie in each era, what they are called, and which files it wrote. */

import { assertEquals } from "@std/assert";
import type { EnvironmentName, OperatingSystem } from "../src/environment.ts";
import type { NewPlace } from "../src/format.ts";
import { nanobot } from "../src/format_nanobot.ts";
import type { JsonObject } from "../src/transcript.ts";
import { makeSession } from "./session_value.ts";

const UUID = "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512";
const TIME = "2026-02-16T09:30:10.500000";
const OTHER_NAME = "the file is not named by the session's key, and nanobot finds it by its name";

/** Keys with the names that they have had since June 2026. */
const STEMS = {
  "cli:direct": "Y2xpOmRpcmVjdA",
  "telegram:123456789": "dGVsZWdyYW06MTIzNDU2Nzg5",
  "a:b": "YTpi",
  "a_b": "YV9i",
  "a/b": "YS9i",
};

function rootsOf(os: OperatingSystem, env: Partial<Record<EnvironmentName, string>>) {
  return nanobot.findRoots({ os, env: (name) => env[name] });
}

function place(id: string, changes: Partial<NewPlace> = {}): string {
  return nanobot.placeNew({
    id,
    cwd: "/p",
    nowMs: 0,
    root: "/r",
    beside: undefined,
    neighbour: undefined,
    ...changes,
  });
}

Deno.test("judge() is sure of metadata, wherever they stand", () => {
  const head = { _type: "metadata", key: "cli:direct", metadata: {} };
  assertEquals(nanobot.judge([head]), "sure");
  assertEquals(nanobot.judge([{ role: "user", content: "a" }, head]), "sure");
  assertEquals(nanobot.judge([{ _type: "metadata", created_at: "t" }]), "sure");
});

Deno.test("judge() says no to the metadata of Kimi's wire log", () => {
  assertEquals(nanobot.judge([{ _type: "metadata", protocol_version: 1 }]), "no");
  assertEquals(nanobot.judge([{ type: "metadata", key: "cli:direct" }]), "no");
});

Deno.test("judge() takes bare messages with a time without zone for likely", () => {
  const first = { role: "user", content: "a", timestamp: TIME };
  const call = { role: "assistant", content: null, tool_calls: [], timestamp: TIME };
  assertEquals(nanobot.judge([first]), "likely");
  assertEquals(nanobot.judge([{ ...first, timestamp: "2026-02-16T09:30:10" }]), "likely");
  assertEquals(nanobot.judge([{ role: "tool", content: "ok" }, call]), "likely");
  assertEquals(nanobot.judge([{ _type: "provider_state", state: {} }, first]), "likely");
});

Deno.test("judge() says no to messages with what only other agents' have", () => {
  const row = { role: "user", content: "a", timestamp: TIME };
  const others: JsonObject[] = [
    { ...row, type: "user" },
    { ...row, id: "m1" },
    { ...row, uuid: "u" },
    { ...row, session_id: "s" },
    { ...row, message: {} },
    { ...row, payload: {} },
    { ...row, timestamp: "2026-02-16T09:30:10Z" },
    { ...row, timestamp: 1782531994120 },
    { ...row, role: "oracle" },
    { ...row, content: 5 },
    { role: "user", content: "a" },
    { _type: "provider_state", state: {} },
  ];
  for (const other of others) assertEquals(nanobot.judge([other]), "no", JSON.stringify(other));
  assertEquals(nanobot.judge([row, { cursor: 1, timestamp: TIME, content: "s" }]), "no");
  assertEquals(nanobot.judge([]), "no");
});

Deno.test("findRoots() looks in the workspace, and in the folder of the configuration", () => {
  const roots = ["/home/ada/.nanobot/workspace/sessions", "/home/ada/.nanobot/sessions"];
  assertEquals(rootsOf("linux", { HOME: "/home/ada" }), roots);
  assertEquals(rootsOf("darwin", { HOME: "/home/ada" }), roots);
  assertEquals(rootsOf("windows", { USERPROFILE: "/home/ada" }), roots);
});

Deno.test("findRoots() prefers the workspace that a variable names, and needs no home", () => {
  const env = { NANOBOT_AGENTS__DEFAULTS__WORKSPACE: "/w", HOME: "/home/ada" };
  assertEquals(rootsOf("linux", env), ["/w/sessions", "/home/ada/.nanobot/sessions"]);
  assertEquals(rootsOf("linux", { NANOBOT_AGENTS__DEFAULTS__WORKSPACE: "/w" }), ["/w/sessions"]);
  assertEquals(rootsOf("linux", {}), []);
});

Deno.test("parseNameId() decodes names of June 2026 and since", () => {
  for (const [key, stem] of Object.entries(STEMS)) {
    assertEquals(nanobot.parseNameId(`${stem}.jsonl`), key);
  }
});

Deno.test("parseNameId() reads older names, which are a likeness of the key", () => {
  const keys = ["cli_direct", "telegram_123456789", "test", "abcd", "a_b_c"].map((stem) =>
    nanobot.parseNameId(`${stem}.jsonl`)
  );
  assertEquals(keys, ["cli:direct", "telegram:123456789", "test", "abcd", "a:b_c"]);
});

Deno.test("parseNameId() takes no name for encoded that is padded, cut or of the other alphabet", () => {
  const stems = ["Y2xpOmRpcmVjdA==", "Y2xpOmRpcmVjd", "YS9i+", "Y2xpOmRpcmVjdB"];
  for (const stem of stems) assertEquals(nanobot.parseNameId(`${stem}.jsonl`), stem);
});

Deno.test("toHandle() and parseNameTime() take nothing out of a key or a name", () => {
  assertEquals(nanobot.toHandle("cli:direct"), "cli:direct");
  assertEquals(nanobot.parseNameTime?.("20260627-034634-5d0c1f6e.jsonl"), undefined);
});

Deno.test("findNameProblem() knows the names of every era", () => {
  const problems = (key: string, ...stems: readonly string[]) =>
    stems.map((stem) => nanobot.findNameProblem(`${stem}.jsonl`, key));
  for (const [key, stem] of Object.entries(STEMS)) assertEquals(problems(key, stem), [undefined]);
  assertEquals(problems("cli:direct", "cli_direct"), [undefined]);
  assertEquals(problems("a:b", "a_b"), [undefined]);
  assertEquals(problems('a:<b>"c|d?*\\', "a__b__c_d___"), [undefined]);
  // The seed put away two signs only.
  assertEquals(problems("cron:a?b/c", "cron_a_b_c", "cron_a?b_c"), [undefined, undefined]);
  assertEquals(problems("cli:direct", "cli-direct", "YTpi", "direct"), [
    OTHER_NAME,
    OTHER_NAME,
    OTHER_NAME,
  ]);
});

Deno.test("findCompanion() knows a file that was being written", () => {
  assertEquals(nanobot.findCompanion?.(".Y2xpOmRpcmVjdA.jsonl.0123456789abcdef.tmp"), {
    owners: ["Y2xpOmRpcmVjdA.jsonl"],
    what: "unfinished copy",
    isWhole: false,
  });
  const others = [
    "Y2xpOmRpcmVjdA.jsonl",
    "Y2xpOmRpcmVjdA.jsonl.0123456789abcdef.tmp",
    ".Y2xpOmRpcmVjdA.jsonl.0123456789ABCDEF.tmp",
    ".Y2xpOmRpcmVjdA.jsonl.0123.tmp",
    ".session-files.lock",
  ];
  for (const name of others) assertEquals(nanobot.findCompanion?.(name), undefined, name);
});

Deno.test("findLocks() names the lock of the folder", () => {
  assertEquals(nanobot.findLocks?.("/n/sessions/0a/Y2xpOmRpcmVjdA.jsonl"), [
    "/n/sessions/0a/.session-files.lock",
  ]);
});

Deno.test("newId() gives a key of the command line's, or of the web chat's for its like", () => {
  const idLike = (id: string, agent = "nanobot") =>
    nanobot.newId({ uuid: UUID, nowMs: 0, like: makeSession({ id, agent }) });
  assertEquals(nanobot.newId({ uuid: UUID, nowMs: 0, like: undefined }), `cli:${UUID}`);
  assertEquals(idLike("telegram:1"), `cli:${UUID}`);
  assertEquals(idLike("websocket:1"), `websocket:${UUID}`);
  assertEquals(idLike("websocket:1", "zot"), `cli:${UUID}`);
});

Deno.test("placeNew() names a file by the whole key", () => {
  for (const [key, stem] of Object.entries(STEMS)) assertEquals(place(key), `/r/${stem}.jsonl`);
  const neighbour = { path: "/r/ws/Y2xpOmRpcmVjdA.jsonl" };
  assertEquals(place("a:b", { neighbour }), "/r/ws/YTpi.jsonl");
});

Deno.test("placeNew() names a file in the old way beside one that is named so", () => {
  const neighbour = { path: "/w/sessions/cli_direct.jsonl" };
  assertEquals(place("cli:x", { neighbour }), "/w/sessions/cli_x.jsonl");
  const beside = { path: "/w/sessions/telegram_123456789.jsonl", isSameCwd: true };
  assertEquals(place("cli:x", { beside }), "/w/sessions/cli_x.jsonl");
  assertEquals(place("cli:../../x", { beside }), "/w/sessions/cli_.._.._x.jsonl");
});

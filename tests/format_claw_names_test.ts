/** Where claw-code's files lie, what they are called, and which files it wrote. */

import { assert, assertEquals } from "@std/assert";
import type { EnvironmentName, OperatingSystem } from "../src/environment.ts";
import type { NewPlace } from "../src/format.ts";
import { claw, fingerprint } from "../src/format_claw.ts";
import type { JsonObject } from "../src/transcript.ts";

const ID = "session-1782531994120-0";
const UUID = "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512";
const PROJECT = "4d38df16fd1c3a44";
const OTHER_NAME = "the file is not named by the session's id, and claw finds it by its name";

function rootsOf(os: OperatingSystem, env: Partial<Record<EnvironmentName, string>>) {
  return claw.findRoots({ os, env: (name) => env[name] });
}

function place(changes: Partial<NewPlace>): string {
  return claw.placeNew({
    id: ID,
    cwd: "/home/ada/proj",
    nowMs: 0,
    root: "/r",
    beside: undefined,
    neighbour: undefined,
    ...changes,
  });
}

Deno.test("judge() is sure of a head with its id, wherever it stands", () => {
  const head = { type: "session_meta", session_id: ID, version: 1, updated_at_ms: 5 };
  assertEquals(claw.judge([head]), "sure");
  assertEquals(claw.judge([{ type: "checkpoint" }, head]), "sure");
});

Deno.test("judge() is sure of an object of the first weeks", () => {
  const messages = [{ role: "user", blocks: [{ type: "text", text: "hi" }] }];
  const session: JsonObject = { messages, version: 1 };
  assertEquals(claw.judge([session]), "sure");
  assertEquals(claw.judge([{ messages: [], version: 1 }]), "sure");
  const full = {
    session_id: ID,
    created_at_ms: 1,
    updated_at_ms: 2,
    compaction: {},
    fork: {},
    workspace_root: "/p",
    prompt_history: [],
    model: "m",
  };
  assertEquals(claw.judge([{ ...session, ...full }]), "sure");
});

Deno.test("judge() takes rows of a file that lost its head for likely", () => {
  const rows: JsonObject[] = [
    { type: "message", message: { role: "user", blocks: [] } },
    { type: "compaction", count: 1, removed_message_count: 2, summary: "s" },
    { type: "prompt_history", text: "hi", timestamp_ms: 5 },
  ];
  assertEquals(rows.map((row) => claw.judge([row])), ["likely", "likely", "likely"]);
});

Deno.test("judge() says no to Codex's heads, zot's rows, and claw's sister tools", () => {
  const rows: JsonObject[] = [
    { type: "session_meta", session_id: ID, payload: { id: ID } },
    { type: "session_meta", timestamp: "t", payload: {} },
    { type: "session_meta" },
    { type: "message", message: { role: "user", content: [], time: null } },
    { type: "compaction", messages: [] },
    { type: "prompt_history" },
    { version: 1, workspace: "/p", model: "m", messages: [{ role: "user", content: [] }] },
    { version: 1, messages: [{ role: "user", content: [] }] },
    { version: 1, messages: ["hi"] },
    { version: "1", messages: [] },
    { session_id: UUID, messages: ["hi"], input_tokens: 1, output_tokens: 2 },
  ];
  for (const row of rows) assertEquals(claw.judge([row]), "no", JSON.stringify(row));
  assertEquals(claw.judge([]), "no");
});

Deno.test("findRoots() looks in the working folder, in the shared one, and where the first lay", () => {
  assertEquals(rootsOf("linux", { HOME: "/home/ada" }), [
    ".claw/sessions",
    "/home/ada/.claw/sessions",
    ".claude/sessions",
  ]);
  assertEquals(rootsOf("windows", { USERPROFILE: "/Users/ada" }), [
    ".claw/sessions",
    "/Users/ada/.claw/sessions",
    ".claude/sessions",
  ]);
});

Deno.test("findRoots() prefers CLAW_CONFIG_HOME to the home folder, and needs neither", () => {
  assertEquals(rootsOf("darwin", { CLAW_CONFIG_HOME: "/c", HOME: "/Users/ada" }), [
    ".claw/sessions",
    "/c/sessions",
    ".claude/sessions",
  ]);
  assertEquals(rootsOf("linux", {}), [".claw/sessions", ".claude/sessions"]);
});

Deno.test("fingerprint() is FNV-1a of 64 bits over the path, of 16 digits", () => {
  assertEquals(fingerprint("/home/ada/proj"), PROJECT);
  assertEquals(fingerprint("/private/tmp/claw-d4"), "90ce0307fff7fef2");
  assertEquals(fingerprint("\\\\?\\C:\\Users\\ada\\proj"), "f2190cb9aabeaf42");
  assertEquals(fingerprint(""), "cbf29ce484222325");
  for (let i = 0; i < 200; i++) assertEquals(fingerprint(`/p/${i}`).length, 16);
});

Deno.test("toHandle() leaves out what all ids start with, and nothing of other ids", () => {
  assertEquals(
    [ID, "session-", "session-notes", "mine"].map((id) => claw.toHandle(id)),
    ["1782531994120-0", "session-", "session-notes", "mine"],
  );
});

Deno.test("parseNameId() gives the name without extension", () => {
  const names = [`${ID}.jsonl`, `${ID}.json`, "notes.txt", `${ID}.jsonl.tmp-1-2`];
  assertEquals(names.map((name) => claw.parseNameId(name)), [
    ID,
    ID,
    "notes.txt",
    `${ID}.jsonl.tmp-1-2`,
  ]);
});

Deno.test("parseNameTime() reads the milliseconds that a name starts with", () => {
  assertEquals(claw.parseNameTime?.(`${ID}.jsonl`), 1782531994120);
  assertEquals(claw.parseNameTime?.("session-.jsonl"), undefined);
  assertEquals(claw.parseNameTime?.("notes-1782531994120-0.jsonl"), undefined);
});

Deno.test("parseNameTime() reads the names of the first weeks, which have no counter", () => {
  assertEquals(claw.parseNameTime?.("session-1782531994120.json"), 1782531994120);
});

Deno.test("findNameProblem() tells when name and id differ", () => {
  assertEquals(claw.findNameProblem(`${ID}.jsonl`, ID), undefined);
  assertEquals(claw.findNameProblem(`${ID}.json`, ID), undefined);
  assertEquals(claw.findNameProblem("session-1-0.jsonl", ID), OTHER_NAME);
  assertEquals(claw.findNameProblem(`${ID}.rot-5.jsonl`, ID), OTHER_NAME);
});

Deno.test("findCompanion() knows rotated copies, of files of either extension", () => {
  assertEquals(claw.findCompanion?.(`${ID}.rot-1782531999001.jsonl`), {
    owners: [`${ID}.jsonl`, `${ID}.json`],
    what: "rotated copy",
    isWhole: true,
  });
});

Deno.test("findCompanion() knows backups, and what a crash left", () => {
  assertEquals(claw.findCompanion?.(`${ID}.jsonl.before-clear-1782531999001.bak`), {
    owners: [`${ID}.jsonl`],
    what: "backup",
    isWhole: true,
  });
  assertEquals(claw.findCompanion?.(`${ID}.json.tmp-1782531999001-3`), {
    owners: [`${ID}.json`],
    what: "unfinished copy",
    isWhole: false,
  });
});

Deno.test("findCompanion() takes no other name for a companion", () => {
  const names = [
    `${ID}.jsonl`,
    `${ID}.rot-.jsonl`,
    `${ID}.rot-5.json`,
    `${ID}.rot-5.jsonl.txt`,
    `.rot-5.jsonl`,
    `${ID}.jsonl.tmp-5`,
    `${ID}.jsonl.before-clear-5`,
    `${ID}.before-clear-5.bak`,
    `${ID}.txt.tmp-5-3`,
    "worker-state.json",
  ];
  for (const name of names) assertEquals(claw.findCompanion?.(name), undefined, name);
});

Deno.test("newId() gives an id of claw's form, whose counter claw does not reach", () => {
  const id = claw.newId({ uuid: UUID, nowMs: 1782531994120, like: undefined });
  assertEquals(id, `session-1782531994120-${0x5d0c1f6 + 1_000_000}`);
  const least = claw.newId({ uuid: UUID.replaceAll(/\w/g, "0"), nowMs: 5, like: undefined });
  assertEquals(least, "session-5-1000000");
  assert(claw.findNameProblem(`${id}.jsonl`, id) === undefined);
});

Deno.test("placeNew() goes beside the parent, where it is about the same folder", () => {
  const path = `/p/.claw/sessions/${PROJECT}/session-1-0.jsonl`;
  assertEquals(
    place({ beside: { path, isSameCwd: true } }),
    `/p/.claw/sessions/${PROJECT}/${ID}.jsonl`,
  );
  assertEquals(
    place({ beside: { path: "/p/.claude/sessions/session-1.json", isSameCwd: true } }),
    `/p/.claude/sessions/${ID}.jsonl`,
  );
});

Deno.test("placeNew() goes into the folder of another workspace's fingerprint", () => {
  const path = "/p/.claw/sessions/90ce0307fff7fef2/session-1-0.jsonl";
  assertEquals(
    place({ beside: { path, isSameCwd: false } }),
    `/p/.claw/sessions/${PROJECT}/${ID}.jsonl`,
  );
  assertEquals(place({}), `/r/${PROJECT}/${ID}.jsonl`);
  assertEquals(place({ root: `/r/${PROJECT}` }), `/r/${PROJECT}/${ID}.jsonl`);
});

Deno.test("placeNew() stays in the root where no folder is told, and whatever the id says", () => {
  assertEquals(place({ cwd: "" }), `/r/${ID}.jsonl`);
  assertEquals(place({ cwd: "", id: "../../etc/x" }), "/r/.._.._etc_x.jsonl");
});

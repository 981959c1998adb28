/** The writing commands, each in a small world where it has something to do and something to spare. */

import type { Scenario } from "./fault_check.ts";
import { FAKE_NOW_MS } from "./fake_host.ts";
import type { WorldFile } from "./fault_world.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Options of an invented session. */
export interface SmallSessionOptions {
  readonly id: string;
  readonly parent?: string;
  readonly prompts?: readonly string[];
  readonly ageMs?: number;
  readonly mode?: number;
}

/** An invented session of zot: a head, and prompts each with an answer. */
export function smallSession(
  { id, parent, prompts = [], ageMs = 3 * DAY_MS, mode = 0o600 }: SmallSessionOptions,
): WorldFile {
  const time = new Date(FAKE_NOW_MS - ageMs).toISOString();
  const rows = [
    {
      type: "meta",
      meta: {
        id,
        cwd: "/home/ada/kite",
        model: "model-x",
        provider: "anthropic",
        started: time,
        version: "0.2.9",
        ...(parent === undefined ? {} : { parent, fork_point: 2 }),
      },
    },
    ...prompts.flatMap((text) => [
      { type: "message", message: { role: "user", content: [{ text }], time } },
      { type: "message", message: { role: "assistant", content: [{ text: "Yes." }], time } },
    ]),
  ];
  const text = rows.map((row) => JSON.stringify(row) + "\n").join("");
  return { bytes: new TextEncoder().encode(text), ageMs, mode };
}

/** An invented session of claw-code: a head, and prompts each with an answer. */
export function smallClaw(
  id: string,
  { prompts = [], ageMs = 3 * DAY_MS, mode = 0o600 }: Omit<SmallSessionOptions, "id"> = {},
): WorldFile {
  const said = (role: string, text: string) =>
    `{"message":{"blocks":[{"text":${JSON.stringify(text)},"type":"text"}],"role":"${role}"},` +
    `"type":"message"}\n`;
  const head = `{"created_at_ms":1,"session_id":"${id}","type":"session_meta",` +
    `"updated_at_ms":2,"version":1}\n`;
  const rows = prompts.map((text) => said("user", text) + said("assistant", "Yes."));
  return { bytes: new TextEncoder().encode(head + rows.join("")), ageMs, mode };
}

/** An invented chat of nanobot's: metadata, and prompts each with an answer. */
export function smallChat(
  key: string,
  { prompts = [], ageMs = 3 * DAY_MS, mode = 0o600 }: Omit<SmallSessionOptions, "id"> = {},
): WorldFile {
  const said = (role: string, text: string) =>
    `{"role": "${role}", "content": ${JSON.stringify(text)}}\n`;
  const head = `{"_type": "metadata", "key": "${key}", "metadata": {}, "last_consolidated": 0}\n`;
  const rows = prompts.map((text) => said("user", text) + said("assistant", "Yes."));
  return { bytes: new TextEncoder().encode(head + rows.join("")), ageMs, mode };
}

const CLAW = {
  "root/w/session-1-0.jsonl": smallClaw("session-1-0", { prompts: ["Go"], ageMs: 40 * DAY_MS }),
  "root/w/session-1-0.rot-5.jsonl": smallClaw("session-1-0", { ageMs: 41 * DAY_MS, mode: 0o640 }),
  "root/w/session-1-0.jsonl.before-clear-4.bak": smallClaw("session-1-0", { ageMs: 42 * DAY_MS }),
};
const CHAT = {
  "root/n/.session-files.lock": { bytes: new Uint8Array(), ageMs: DAY_MS, mode: 0o600 },
  "root/n/Y2xpOmE.jsonl": smallChat("cli:a", { prompts: ["Hi", "Why?"], ageMs: 40 * DAY_MS }),
};

const EMPTY = {
  "root/a/none.jsonl": smallSession({ id: "aaaa0001" }),
  "root/a/void.jsonl": smallSession({ id: "aaaa0002", mode: 0o640 }),
};
const TALK = {
  "root/a/talk.jsonl": smallSession({ id: "aaaa0003", prompts: ["Hi", "Why?"], ageMs: DAY_MS }),
};
const OLD = {
  "root/b/old.jsonl": smallSession({ id: "bbbb0001", prompts: ["Old"], ageMs: 40 * DAY_MS }),
  "root/b/parent.jsonl": smallSession({ id: "bbbb0002", prompts: ["P"], ageMs: 40 * DAY_MS }),
  "root/c/child.jsonl": smallSession({ id: "cccc0001", parent: "bbbb0002", prompts: ["C"] }),
};
const GIFT = smallSession({ id: "dddd0001", prompts: ["A gift"] });
const PRUNE = ["prune", "--yes", "--empty"];

/** Every writing command, by a name. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "prune --empty": { files: { ...EMPTY, ...TALK }, before: [], args: PRUNE, isUndoable: true },
  "prune --older-than": {
    files: { ...OLD, ...TALK },
    before: [],
    args: ["prune", "--yes", "--older-than", "30d"],
    isUndoable: true,
  },
  "undo": { files: { ...EMPTY, ...TALK }, before: [PRUNE], args: ["undo"], isUndoable: true },
  "undo of an undo": {
    files: { ...EMPTY, ...TALK },
    before: [PRUNE, ["undo"]],
    args: ["undo"],
    isUndoable: true,
  },
  "prune --trash": {
    files: { ...EMPTY, ...TALK },
    before: [PRUNE],
    args: ["prune", "--trash", "--older-than", "0s", "--yes"],
    isUndoable: false,
  },
  "branch": {
    files: TALK,
    before: [],
    args: ["branch", "aaaa0003", "--at", "2"],
    isUndoable: true,
  },
  "undo of a branch": {
    files: TALK,
    before: [["branch", "aaaa0003", "--at", "2"]],
    args: ["undo"],
    isUndoable: true,
  },
  "import FILE": {
    files: { ...TALK, "in/gift.zotsession": GIFT },
    before: [],
    args: ["import", "in/gift.zotsession"],
    isUndoable: true,
  },
  "import -": {
    files: TALK,
    before: [],
    args: ["import", "-"],
    input: GIFT.bytes,
    isUndoable: true,
  },
  "prune of a session with parts": {
    files: { ...CLAW, ...TALK },
    before: [],
    args: ["prune", "--yes", "--older-than", "30d"],
    isUndoable: true,
  },
  "undo of a prune with parts": {
    files: { ...CLAW, ...TALK },
    before: [["prune", "--yes", "--older-than", "30d"]],
    args: ["undo"],
    isUndoable: true,
  },
  "prune under an agent's lock": {
    files: { ...CHAT, ...TALK },
    before: [],
    args: ["prune", "--yes", "--older-than", "30d"],
    isUndoable: true,
  },
  "branch under an agent's lock": {
    files: CHAT,
    before: [],
    args: ["branch", "cli:a", "--at", "2"],
    isUndoable: true,
  },
  "import --agent": {
    files: { ...TALK, "in/gift.zotsession": GIFT },
    before: [],
    args: ["import", "in/gift.zotsession", "--agent", "claw"],
    isUndoable: true,
  },
  "export --format": {
    files: TALK,
    before: [],
    args: ["export", "aaaa0003", "--format", "nanobot", "--output", "out"],
    isUndoable: false,
  },
  "export": {
    files: TALK,
    before: [],
    args: ["export", "aaaa0003", "--output", "out"],
    isUndoable: false,
  },
};

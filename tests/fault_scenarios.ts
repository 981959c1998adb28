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
  "export": {
    files: TALK,
    before: [],
    args: ["export", "aaaa0003", "--output", "out"],
    isUndoable: false,
  },
};

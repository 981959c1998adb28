/**
 * claw-code: JSONL with sorted keys and one `session_meta` row; whole-file objects in its first weeks.
 *
 * Here is where its files lie and how they are named; `claw_read.ts` knows what rows say, and
 * `claw_write.ts` and `claw_convert.ts` how claw spells them.
 */

import { basename, dirname, join } from "@std/path";
import { findRowRefusal, isOneValue, readFacts, readMessages } from "./claw_read.ts";
import { findHome, type Places } from "./environment.ts";
import type { Companion, Format, Judgement, NewName, NewPlace } from "./format.ts";
import { findClawRefusal, parseClaw } from "./json_claw.ts";
import { isArray, isObject } from "./json_row.ts";
import type { JsonObject } from "./transcript.ts";

/** The format of claw-code's sessions. */
export const claw: Format = {
  agent: "claw",
  dialect: { parse: parseClaw, findTextRefusal: findClawRefusal },
  needsUtf8: true,
  findRoots,
  judge,
  shapeKeys: { decisive: ["type", "role"], refusesPairs: true },
  // What is said of a compaction names how much went.
  variesWithinShape: ({ type }) => type === "compaction",
  readFacts,
  findRowRefusal,
  readMessages,
  toHandle: (id) => id.replace(/^session-(?=\d)/, ""),
  parseNameId: (fileName) => fileName.replace(/\.jsonl?$/, ""),
  findCompanion,
  parseNameTime: (fileName) => {
    const match = /^session-(\d{1,15})[-.]/.exec(fileName);
    return match === null ? undefined : Number(match[1]);
  },
  findNameProblem: (fileName, id) =>
    fileName.replace(/\.jsonl?$/, "") === id
      ? undefined
      : "the file is not named by the session's id, and claw finds it by its name",
  portableExtension: ".jsonl",
  newId,
  placeNew,
};

/** The folders of April 2026 and since: in the working folder, and once for all of them. */
function findRoots(places: Places): readonly string[] {
  const home = findHome(places);
  const shared = places.env("CLAW_CONFIG_HOME") ?? (home && join(home, ".claw"));
  return [
    join(".claw", "sessions"),
    ...(shared === undefined ? [] : [join(shared, "sessions")]),
    join(".claude", "sessions"),
  ];
}

/** A head tells claw, unless it has a payload as Codex's; an old file is one object and a version. */
function judge(rows: readonly JsonObject[]): Judgement {
  const isHead = ({ type, session_id, payload }: JsonObject) =>
    type === "session_meta" && typeof session_id === "string" && payload === undefined;
  if (rows.some(isHead)) return "sure";
  const [first] = rows;
  if (first === undefined) return "no";
  if (isOneValue(first)) return isLegacy(first) ? "sure" : "no";
  switch (first.type) {
    case "message":
      return isObject(first.message) && isArray(first.message.blocks) ? "likely" : "no";
    case "compaction":
      return typeof first.removed_message_count === "number" ? "likely" : "no";
    case "prompt_history":
      return typeof first.timestamp_ms === "number" ? "likely" : "no";
    default:
      return "no";
  }
}

const LEGACY_KEYS = [
  "messages",
  "version",
  "session_id",
  "created_at_ms",
  "updated_at_ms",
  "compaction",
  "fork",
  "workspace_root",
  "prompt_history",
  "model",
];

/**
 * Another tool of the same project keeps objects with a `workspace` and Anthropic's messages; one
 * without messages is ours only when it has nothing that claw would not write.
 */
function isLegacy(value: JsonObject): boolean {
  const { messages, workspace } = value;
  if (workspace !== undefined || !isArray(messages)) return false;
  return messages.length === 0
    ? Object.keys(value).every((key) => LEGACY_KEYS.includes(key))
    : messages.some((message) => isObject(message) && isArray(message.blocks));
}

/** Copies that claw puts aside when a file has grown, backups, and what a crash left. */
function findCompanion(fileName: string): Companion | undefined {
  // So is nearly every name, and patterns take long for thousands.
  if (fileName.endsWith(".jsonl") && !fileName.includes(".rot-")) return undefined;
  const rotated = /^(.+)\.rot-\d+\.jsonl$/.exec(fileName)?.[1];
  if (rotated !== undefined) {
    return {
      owners: [`${rotated}.jsonl`, `${rotated}.json`],
      what: "rotated copy",
      isWhole: true,
    };
  }
  const other = /^(.+\.jsonl?)\.(?:(tmp)-\d+-\d+|before-clear-\d+\.bak)$/.exec(fileName);
  if (other === null) return undefined;
  const isWhole = other[2] !== "tmp";
  return { owners: [other[1] ?? ""], what: isWhole ? "backup" : "unfinished copy", isWhole };
}

/** `session-<ms>-<n>`: claw counts n from 0 in each process, so ours are far above. */
function newId({ uuid, nowMs }: NewName): string {
  return `session-${Math.round(nowMs)}-${parseInt(uuid.slice(0, 7), 16) + 1_000_000}`;
}

/** A folder for each workspace, named by a fingerprint of its path. */
function placeNew({ id, cwd, beside, root }: NewPlace): string {
  const name = `${id.replace(/[^\w.-]/g, "_")}.jsonl`;
  if (beside?.isSameCwd || cwd === "") return join(beside ? dirname(beside.path) : root, name);
  const start = beside === undefined ? root : dirname(beside.path);
  const base = /^[0-9a-f]{16}$/.test(basename(start)) ? dirname(start) : start;
  return join(base, fingerprint(cwd), name);
}

/** FNV-1a of 64 bits over the path, in hex. */
export function fingerprint(path: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(path)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

/**
 * zot: one JSON object a row, told apart by `type`: meta, message, usage, rename, compaction.
 *
 * Here is where its files lie and how they are named; `zot_read.ts` knows what rows say, and
 * `zot_write.ts` and `zot_convert.ts` how zot spells them.
 */

import { createHash } from "node:crypto";
import { basename, dirname, join } from "@std/path";
import { findHome, type Places } from "./environment.ts";
import type { Format, Judgement, NewPlace } from "./format.ts";
import { isArray, isObject, PLAIN } from "./json_row.ts";
import { formatStamp, parseRfc3339 } from "./time.ts";
import type { JsonObject } from "./transcript.ts";
import { readFacts, readMessages, variesWithinShape } from "./zot_read.ts";

/** The format of zot's sessions and `.zotsession` exports. */
export const zot: Format = {
  agent: "zot",
  dialect: PLAIN,
  findRoots,
  findLiveFiles: (places) => {
    const path = places.env("ZOT_SESSION_FILE");
    return path === undefined ? [] : [path];
  },
  judge,
  shapeKeys: { decisive: ["type", "role"], time: { key: "time", mayBeLocal: false } },
  variesWithinShape,
  readFacts,
  readMessages,
  toHandle: (id) => id,
  parseNameId: (fileName) => fileName.replace(/\.[^.]*$/, ""),
  portableExtension: ".zotsession",
  newId: ({ uuid }) => uuid,
  placeNew,
  parseNameTime,
  findNameProblem,
};

/**
 * Every folder that some version of zot keeps sessions in: zot changed the order of its rules in
 * July 2026, so where two of them apply, both folders may hold sessions.
 */
function findRoots(places: Places): readonly string[] {
  const set = places.env("ZOT_HOME");
  const bases = set === undefined ? findDefaultBases(places) : [set];
  return bases.flatMap((base) => [join(base, "sessions"), join(base, "swarm", "agents")]);
}

function findDefaultBases(places: Places): readonly string[] {
  const bases: string[] = [];
  const state = places.env("XDG_STATE_HOME");
  if (state !== undefined) bases.push(join(state, "zot"));
  const home = findHome(places);
  if (places.os === "darwin" && home !== undefined) {
    bases.push(join(home, "Library", "Application Support", "zot"));
  } else if (places.os === "windows" && places.env("LOCALAPPDATA") !== undefined) {
    bases.push(join(places.env("LOCALAPPDATA") ?? "", "zot"));
  } else if (home !== undefined) {
    bases.push(join(home, ".local", "state", "zot"));
  }
  return bases.length > 0 ? bases : [".zot"];
}

/**
 * A meta row tells zot, wherever it stands; in a file that lost it, the first row does, by what only
 * zot has in it: other agents too have rows of type message, with an id or a time beside it.
 */
function judge(rows: readonly JsonObject[]): Judgement {
  const isMeta = ({ type, meta }: JsonObject) => type === "meta" && isObject(meta) && "id" in meta;
  if (rows.some(isMeta)) return "sure";
  const [first] = rows;
  if (first === undefined || FOREIGN_KEYS.some((key) => key in first)) return "no";
  switch (first.type) {
    case "message": {
      const { message } = first;
      return isObject(message) && "role" in message && "content" in message ? "likely" : "no";
    }
    case "usage":
      return isObject(first.cumulative) ? "likely" : "no";
    case "compaction":
      return isArray(first.messages) ? "likely" : "no";
    case "rename":
      return typeof first.title === "string" ? "likely" : "no";
    default:
      return "no";
  }
}

const FOREIGN_KEYS = ["id", "uuid", "timestamp", "session_id", "sessionId"];

function parseNameTime(fileName: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(fileName);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  return parseRfc3339(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Since May 2026 a new session's name carries other digits than its id, so this is no damage. */
function findNameProblem(fileName: string, id: string): string | undefined {
  const match = /^\d{8}-\d{6}-([0-9a-f]{8})\b/.exec(fileName);
  if (match === null || id.startsWith(match[1] ?? "")) return undefined;
  return "the file's name carries other digits than the session's id";
}

/**
 * A bucket for each working folder, named by 16 hex digits of its path's SHA-256; files named by
 * their second and the first digits of the id. A branch stays among the buckets of its parent.
 */
function placeNew({ id, cwd, nowMs, beside, root }: NewPlace): string {
  const name = `${formatStamp(nowMs)}-${id.slice(0, 8)}.jsonl`;
  if (beside?.isSameCwd) return join(dirname(beside.path), name);
  const bucket = createHash("sha256").update(cwd).digest("hex").slice(0, 16);
  const start = beside === undefined ? root : dirname(beside.path);
  return join(/^[0-9a-f]{16}$/.test(basename(start)) ? dirname(start) : start, bucket, name);
}

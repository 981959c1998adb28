/**
 * nanobot: a metadata row and bare messages, as Python writes JSON; a file for each chat.
 *
 * Here is where its files lie and how they are named; `nanobot_read.ts` knows what rows say, and
 * `nanobot_write.ts` and `nanobot_convert.ts` how nanobot spells them.
 */

import { basename, dirname, join } from "@std/path";
import { findHome, type Places } from "./environment.ts";
import type { Companion, Format, Judgement, NewName, NewPlace } from "./format.ts";
import { parsePython } from "./json_exact.ts";
import { isArray } from "./json_row.ts";
import { findRole } from "./messages.ts";
import { isPrivate, readFacts, readMessages } from "./nanobot_read.ts";
import type { JsonObject } from "./transcript.ts";

/** The format of nanobot's chats, in all its eras. */
export const nanobot: Format = {
  agent: "nanobot",
  rewritesInPlace: true,
  dialect: { parse: parsePython, findTextRefusal: () => undefined },
  needsUtf8: true,
  findRoots,
  judge,
  shapeKeys: { decisive: ["role", "type"], time: { key: "timestamp", mayBeLocal: true } },
  variesWithinShape: (row) => row._type !== undefined,
  readFacts,
  isPrivate,
  readMessages,
  toHandle: (id) => id,
  parseNameId,
  findCompanion,
  findLocks: (path) => [join(dirname(path), ".session-files.lock")],
  findNameProblem: (fileName, id) =>
    [encodeKey(id), maskKey(id), id.replace(/[:/]/g, "_")].includes(stem(fileName))
      ? undefined
      : "the file is not named by the session's key, and nanobot finds it by its name",
  portableExtension: ".jsonl",
  newId,
  needsNeighbour: true,
  placeNew,
};

/** The folders of all eras: of the workspace, and of the configuration. */
function findRoots(places: Places): readonly string[] {
  const home = findHome(places);
  const workspace = places.env("NANOBOT_AGENTS__DEFAULTS__WORKSPACE") ??
    (home && join(home, ".nanobot", "workspace"));
  return [
    ...(workspace === undefined ? [] : [join(workspace, "sessions")]),
    ...(home === undefined ? [] : [join(home, ".nanobot", "sessions")]),
  ];
}

/**
 * Metadata tell nanobot, wherever they stand. A file that lost them has for the most part messages
 * with a time that has no zone, and with none of what other agents give theirs.
 */
function judge(rows: readonly JsonObject[]): Judgement {
  if (rows.some(isMetadata)) return "sure";
  const messages = rows.filter(isBareMessage);
  const isLikely = messages.length * 2 > rows.length &&
    messages.some(({ timestamp }) => isLocalTime(timestamp));
  return isLikely ? "likely" : "no";
}

function isMetadata({ _type, protocol_version }: JsonObject): boolean {
  return _type === "metadata" && protocol_version === undefined;
}

const FOREIGN_KEYS = ["type", "id", "uuid", "session_id", "message", "payload"];

function isBareMessage(row: JsonObject): boolean {
  const { role, content, timestamp } = row;
  const hasContent = typeof content === "string" || content === null || isArray(content);
  return row._type === "provider_state" ||
    (findRole(String(role)) !== undefined && hasContent &&
      (timestamp === undefined || isLocalTime(timestamp)) &&
      !FOREIGN_KEYS.some((key) => key in row));
}

function isLocalTime(time: JsonObject[string]): boolean {
  return typeof time === "string" && !/(Z|[+-]\d\d:?\d\d)$/.test(time);
}

/** A name of June 2026 and since holds the whole key, an older one a likeness of it. */
function parseNameId(fileName: string): string {
  const name = stem(fileName);
  return decodeKey(name) ?? name.replace("_", ":");
}

/** A file that was being written when nanobot ended. */
function findCompanion(fileName: string): Companion | undefined {
  // Nearly no name is, and patterns take long for thousands.
  if (!fileName.endsWith(".tmp")) return undefined;
  const owner = /^\.(.+\.jsonl)\.[0-9a-f]{16}\.tmp$/.exec(fileName)?.[1];
  return owner === undefined
    ? undefined
    : { owners: [owner], what: "unfinished copy", isWhole: false };
}

/** A key of the web chat's for a session of the web chat; else one that the command line opens. */
function newId({ uuid, like }: NewName): string {
  const isWeb = like?.agent === "nanobot" && like.id.startsWith("websocket:");
  return `${isWeb ? "websocket" : "cli"}:${uuid}`;
}

/** Beside a file that is named in the old way the old way, for then an old nanobot reads them. */
function placeNew({ id, beside, neighbour, root }: NewPlace): string {
  const near = beside ?? neighbour;
  const isOld = near !== undefined && decodeKey(stem(basename(near.path))) === undefined;
  const name = `${isOld ? maskKey(id) : encodeKey(id)}.jsonl`;
  return join(near === undefined ? root : dirname(near.path), name);
}

/** A key as nanobot names files since June 2026: base64 for URLs, without padding. */
function encodeKey(key: string): string {
  return new TextEncoder().encode(key).toBase64({ alphabet: "base64url", omitPadding: true });
}

/** The key that a name holds; undefined for a name that `encodeKey` does not give. */
function decodeKey(name: string): string | undefined {
  try {
    const bytes = Uint8Array.fromBase64(name, { alphabet: "base64url" });
    const key = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return encodeKey(key) === name ? key : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** A key as nanobot named files before: what is unsafe in a name gave way to `_`. */
function maskKey(key: string): string {
  return key.replace(/[<>:"/\\|?*]/g, "_").trim();
}

function stem(fileName: string): string {
  return fileName.replace(/\.jsonl$/, "");
}

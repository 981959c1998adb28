/**
 * claw's own loader at HEAD (seeds.md, 4.2 and 4.5): one file, all or nothing. Every line has to be
 * a record of a known type with all of its required keys, each of its type; the one exception is
 * `prompt_history`, whose malformed rows are skipped. A file that as a whole is one object with the
 * key `messages` is a legacy session.
 */

import { type ClawJson, parseClawJson } from "./strict_claw_json.ts";
import {
  decodeUtf8,
  LoadError,
  type StrictMessage,
  type StrictPart,
  type StrictSession,
} from "./strict_message.ts";

type ClawObject = ReadonlyMap<string, ClawJson>;
type Head = Pick<StrictSession, "id" | "created" | "cwd" | "parent">;

const NO_HEAD: Head = { id: undefined, created: undefined, cwd: undefined, parent: undefined };
const ROLES = ["system", "user", "assistant", "tool"];
const USAGE_KEYS = [
  "cache_creation_input_tokens",
  "cache_read_input_tokens",
  "input_tokens",
  "output_tokens",
];
const U32_MAX = 2n ** 32n - 1n;
const WHITE_SPACE = /^\p{White_Space}+|\p{White_Space}+$/gu;

/**
 * Gives the session of a claw file. A file without any meta row has no id: claw invents one at each
 * load.
 *
 * @throws {LoadError} wherever claw refuses the file, which is at the first thing it does not know
 */
export function loadClaw(bytes: Uint8Array): StrictSession {
  const text = decodeUtf8(bytes);
  const legacy = findLegacy(text);
  return legacy === undefined ? loadLines(text) : loadLegacy(legacy);
}

function loadLines(text: string): StrictSession {
  let head = NO_HEAD;
  const messages: StrictMessage[] = [];
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.replaceAll(WHITE_SPACE, "");
    if (trimmed === "") continue;
    const row = toObject(parseClawJson(trimmed), "row");
    const type = readString(row, "type");
    if (type === "session_meta") head = readHead(row);
    else if (type === "compaction") checkCompaction(row);
    else if (type === "message") messages.push(readMessage(readObject(row, "message")));
    else if (type !== "prompt_history") throw new LoadError(`Cannot load a row of type ${type}`);
  }
  return { agent: "claw", title: undefined, ...head, messages };
}

/** A text that is no single value of claw's JSON holds lines; every other error is for later. */
function findLegacy(text: string): ClawObject | undefined {
  try {
    const value = parseClawJson(text);
    return value instanceof Map && value.has("messages") ? value : undefined;
  } catch (error) {
    if (error instanceof LoadError) return undefined;
    throw error;
  }
}

function loadLegacy(session: ClawObject): StrictSession {
  readInteger(session, "version", U32_MAX);
  if (session.has("updated_at_ms")) readInteger(session, "updated_at_ms");
  if (session.has("compaction")) checkCompaction(readObject(session, "compaction"));
  if (session.has("prompt_history")) readArray(session, "prompt_history");
  const messages = readArray(session, "messages").map((value) =>
    readMessage(toObject(value, "message"))
  );
  const head = { id: findString(session, "session_id"), ...readLinks(session) };
  return { agent: "claw", title: undefined, ...head, messages };
}

function readHead(row: ClawObject): Head {
  readInteger(row, "version", U32_MAX);
  readInteger(row, "updated_at_ms");
  return { id: readString(row, "session_id"), ...readLinks(row) };
}

function readLinks(row: ClawObject): Omit<Head, "id"> {
  const fork = row.has("fork") ? readObject(row, "fork") : undefined;
  if (fork !== undefined) findString(fork, "branch_name");
  findString(row, "model");
  return {
    created: row.has("created_at_ms")
      ? Number(readInteger(row, "created_at_ms"))
      : readStamp(findString(row, "session_id")),
    cwd: findString(row, "workspace_root"),
    parent: fork === undefined ? undefined : readString(fork, "parent_session_id"),
  };
}

/** Rows without a start take it from an id of the form `session-<ms>-<counter>`. */
function readStamp(id: string | undefined): number | undefined {
  const stamp = /^session-([0-9]+)-/.exec(id ?? "")?.[1];
  return stamp === undefined ? undefined : Number(stamp);
}

function checkCompaction(row: ClawObject): void {
  readInteger(row, "count", U32_MAX);
  readInteger(row, "removed_message_count");
  readString(row, "summary");
}

function readMessage(message: ClawObject): StrictMessage {
  const role = readString(message, "role");
  if (!ROLES.includes(role)) throw new LoadError(`Cannot load a message of role ${role}`);
  const parts = readArray(message, "blocks").map((block) => readPart(toObject(block, "block")));
  const usage = message.has("usage") ? readUsage(readObject(message, "usage")) : undefined;
  return { role, time: undefined, parts, ...(usage && { usage }) };
}

function readUsage(usage: ClawObject): Record<string, number> {
  return Object.fromEntries(
    USAGE_KEYS.map((key) => [key, Number(readInteger(usage, key, U32_MAX))]),
  );
}

function readPart(block: ClawObject): StrictPart {
  const type = readString(block, "type");
  if (type === "text") return { type, text: readString(block, "text") };
  if (type === "thinking") {
    findString(block, "signature");
    return { type: "reasoning", text: readString(block, "thinking") };
  }
  if (type === "tool_use") {
    return {
      type: "call",
      id: readString(block, "id"),
      name: readString(block, "name"),
      input: readString(block, "input"),
    };
  }
  if (type !== "tool_result") throw new LoadError(`Cannot load a block of type ${type}`);
  return {
    type: "result",
    callId: readString(block, "tool_use_id"),
    name: readString(block, "tool_name"),
    text: readString(block, "output"),
    isError: readBoolean(block, "is_error"),
    images: 0,
  };
}

function readString(object: ClawObject, key: string): string {
  const value = object.get(key);
  if (typeof value !== "string") throw new LoadError(`Cannot load "${key}": no string`);
  return value;
}

function findString(object: ClawObject, key: string): string | undefined {
  return object.has(key) ? readString(object, key) : undefined;
}

function readBoolean(object: ClawObject, key: string): boolean {
  const value = object.get(key);
  if (typeof value !== "boolean") throw new LoadError(`Cannot load "${key}": not true or false`);
  return value;
}

/** Every number of a session counts something, so none is below 0. */
function readInteger(object: ClawObject, key: string, most = 2n ** 63n - 1n): bigint {
  const value = object.get(key);
  if (typeof value !== "bigint" || value < 0n || value > most) {
    throw new LoadError(`Cannot load "${key}": no integer from 0 to ${most}`);
  }
  return value;
}

function readObject(object: ClawObject, key: string): ClawObject {
  return toObject(object.get(key), key);
}

function readArray(object: ClawObject, key: string): readonly ClawJson[] {
  const value = object.get(key);
  if (!Array.isArray(value)) throw new LoadError(`Cannot load "${key}": no array`);
  return value;
}

function toObject(value: ClawJson | undefined, name: string): ClawObject {
  if (!(value instanceof Map)) throw new LoadError(`Cannot load the ${name}: no object`);
  return value;
}

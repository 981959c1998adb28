/**
 * eino: the chat servers of its examples, with a header row and bare messages of one of two kinds.
 *
 * Here is where its files lie and how they are named; `eino_read.ts` knows what rows say, and
 * `eino_write.ts` and `eino_convert.ts` how eino spells them.
 */

import { dirname, join } from "@std/path";
import { readFacts, readMessages } from "./eino_read.ts";
import type { Places } from "./environment.ts";
import type { Format, Judgement, NewPlace } from "./format.ts";
import { isArray, PLAIN } from "./json_row.ts";
import { findRole } from "./messages.ts";
import type { JsonObject } from "./transcript.ts";

/** The format of eino's chat servers, and of the memory of its assistant. */
export const eino: Format = {
  agent: "eino",
  dialect: PLAIN,
  // bufio.Scanner's buffer: a longer line ends the transcript, or makes it fail to load.
  rowLimitBytes: 64 * 1024,
  findRoots,
  judge,
  shapeKeys: { decisive: ["type", "role"] },
  readFacts,
  readMessages,
  toHandle: (id) => id,
  headlessVariant: "memory",
  parseNameId: (fileName) => fileName.replace(/\.jsonl$/, ""),
  findNameProblem: (fileName, id) =>
    fileName === `${id}.jsonl`
      ? undefined
      : "the file is not named by the session's id, and eino finds it by its name",
  portableExtension: ".jsonl",
  newId: ({ uuid }) => uuid,
  needsNeighbour: true,
  placeNew,
};

/** A folder for each kind, in the server's own; its assistant keeps a third. */
function findRoots({ env }: Places, variant = "message"): readonly string[] {
  const message = env("SESSION_DIR") ?? join("data", "sessions");
  const agentic = env("SESSION_DIR_AGENTIC") ?? join("data", "sessions_agentic");
  const memory = join("data", "memory");
  const own = { agentic, memory }[variant] ?? message;
  return [...new Set([own, message, agentic, memory])];
}

/**
 * The header tells eino, unless it has what pi's has. A file without one is the assistant's memory
 * when every row is a message with a text, and none has what other agents' messages have.
 */
function judge(rows: readonly JsonObject[]): Judgement {
  const isOurs = ({ type, id, created_at, timestamp, cwd }: JsonObject) =>
    type === "session" && typeof id === "string" && typeof created_at === "string" &&
    timestamp === undefined && cwd === undefined;
  if (rows.some(isOurs)) return "sure";
  return rows.length > 0 && rows.every(isBareMessage) ? "likely" : "no";
}

const FOREIGN_KEYS = ["type", "_type", "timestamp", "id", "uuid", "session_id", "message"];

function isBareMessage(row: JsonObject): boolean {
  const { role, content, content_blocks } = row;
  return findRole(String(role)) !== undefined &&
    (typeof content === "string" || isArray(content_blocks)) &&
    !FOREIGN_KEYS.some((key) => key in row);
}

/** One folder with all sessions, each named by its id. */
function placeNew({ id, beside, neighbour, root }: NewPlace): string {
  const near = beside ?? neighbour;
  return join(near === undefined ? root : dirname(near.path), `${id}.jsonl`);
}

/**
 * nanobot's rows, written: branches, exports and imports.
 *
 * The last metadata hold wherever they stand, and go first in what is written. The private state of
 * the provider belongs to one machine and one run of messages: it is never copied. nanobot has no
 * word for where a branch comes from; skein's own note in the metadata has.
 */

import type {
  BranchOptions,
  ExportOptions,
  ImportOptions,
  Piece,
  RewriteOptions,
  ScannedRow,
} from "./format.ts";
import { isObject, parseRow } from "./json_row.ts";
import { formatNow, spell } from "./nanobot_convert.ts";
import { isMessage } from "./nanobot_read.ts";
import { copyRow } from "./pieces.ts";
import { noteOrigin } from "./skein_note.ts";
import { formatUtc } from "./time.ts";
import type { JsonObject } from "./transcript.ts";

/** What nanobot itself leaves behind when it forks: it is about the running chat, not its past. */
const VOLATILE = [
  "goal_state",
  "pending_user_turn",
  "runtime_checkpoint",
  "session_handle",
  "thread_goal",
  "title",
  "title_user_edited",
];

/** The rows of a branch: metadata of its own, and the messages that it shares. */
export function* branchRows(
  rows: Iterable<ScannedRow>,
  options: BranchOptions,
): Generator<Piece> {
  const { parent, id, nowMs, cwd, title, count } = options;
  const { head, messages } = readParts(rows, options);
  const metadata = readMetadata(head);
  for (const key of VOLATILE) delete metadata[key];
  const done = readCursor(head, messages.length);
  // A cut inside of what was summarised leaves a summary of more than there is.
  if (count < done) delete metadata._last_summary;
  const folder = cwd === "" ? {} : { cwd };
  yield spell({
    _type: "metadata",
    key: id,
    created_at: formatNow(nowMs),
    updated_at: formatNow(nowMs),
    metadata: {
      ...metadata,
      ...(title === undefined ? {} : { title }),
      skein: { about: id, parent: parent.id, fork_point: count, ...folder },
    },
    last_consolidated: count < done ? 0 : done,
  });
  yield* messages.slice(0, count);
}

/** The rows of a session to be moved: all of them, but for what is private. */
export function* exportRows(
  rows: Iterable<ScannedRow>,
  { losses }: ExportOptions,
): Generator<Piece> {
  for (const scanned of rows) {
    const { row, value } = scanned;
    if (value !== undefined && value._type === "provider_state") losses.add("note");
    else if (row.length > 0) yield copyRow(scanned);
  }
}

/** The rows of an imported session: its own key, and where it came from. */
export function* importRows(
  rows: Iterable<ScannedRow>,
  options: ImportOptions,
): Generator<Piece> {
  const { session, id, nowMs, cwd, title } = options;
  const { head, messages } = readParts(rows, options);
  const metadata = readMetadata(head);
  const old = isObject(metadata.skein) && metadata.skein.about === session.id ? metadata.skein : {};
  yield spell({
    ...head,
    _type: "metadata",
    key: id,
    created_at: head.created_at ?? formatNow(session.startedMs ?? nowMs),
    updated_at: head.updated_at ?? formatNow(session.updatedMs),
    metadata: {
      ...metadata,
      ...(title === undefined ? {} : { title }),
      skein: { ...old, about: id, ...noteOrigin(session, formatUtc(nowMs)), cwd },
    },
    last_consolidated: readCursor(head, messages.length),
  });
  yield* messages;
}

/** The metadata that hold, and the messages as they are; what else there is, is counted. */
function readParts(
  rows: Iterable<ScannedRow>,
  { losses, wholeRow }: RewriteOptions,
): { readonly head: JsonObject; readonly messages: readonly Piece[] } {
  let head: JsonObject = {};
  const messages: Piece[] = [];
  for (const scanned of rows) {
    const { row, value } = scanned;
    if (value === undefined) {
      if (row.length > 0) losses.add("damaged_row");
    } else if (isMessage(value)) messages.push(copyRow(scanned));
    else if (value._type === "provider_state") losses.add("note");
    else head = parseRow(wholeRow(row), { keepsNumbers: true }).value ?? value;
  }
  return { head, messages };
}

function readMetadata({ metadata }: JsonObject): Record<string, JsonObject[string]> {
  return isObject(metadata) ? { ...metadata } : {};
}

/** How many of the first messages were summarised elsewhere; 0 for a count that cannot be. */
function readCursor({ last_consolidated: count }: JsonObject, messages: number): number {
  const isSound = typeof count === "number" && Number.isInteger(count) && count >= 0 &&
    count <= messages;
  return isSound ? count : 0;
}

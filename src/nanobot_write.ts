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
import { formatPython } from "./json_python.ts";
import { isObject } from "./json_row.ts";
import { changeMembers, findMember, type MemberChange, PYTHON_OBJECTS } from "./json_slices.ts";
import { formatNow } from "./nanobot_convert.ts";
import { isMessage } from "./nanobot_read.ts";
import { copyRow, hasBadUtf8, mendRow } from "./pieces.ts";
import { changeSession } from "./session_change.ts";
import { noteHead, noteOrigin, readSkeinNote } from "./skein_note.ts";
import { formatUtc } from "./time.ts";
import type { Fact, JsonObject, Session } from "./transcript.ts";

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
  const { head, bytes, messages } = readParts(rows, options);
  const done = readCursor(head, messages.length);
  // A cut inside of what was summarised leaves a summary of more than there is.
  const gone = count < done ? [...VOLATILE, "_last_summary"] : VOLATILE;
  const { model, provider } = readNote(head, parent);
  const skein = {
    about: id,
    ...noteHead(changeSession(parent, {
      parent: parent.id,
      forkPoint: count,
      model,
      provider,
      cwd: undefined,
    })),
    ...(cwd === "" ? {} : { cwd }),
  };
  const now = formatNow(nowMs);
  yield changeHead(
    bytes,
    {
      key: id,
      created_at: now,
      updated_at: now,
      last_consolidated: count < done ? 0 : done,
    },
    { ...Object.fromEntries(gone.map((key) => [key, undefined])), ...toTitle(title), skein },
  );
  yield* messages.slice(0, count);
}

/** The rows of a session to be moved: all of them, but for what is private, and its folder. */
export function* exportRows(
  rows: Iterable<ScannedRow>,
  { losses, wholeRow }: ExportOptions,
): Generator<Piece> {
  for (const scanned of rows) {
    const { row, value } = scanned;
    const metadata = value !== undefined && !isMessage(value) ? value.metadata : undefined;
    if (isObject(metadata) && tellsFolder(metadata)) {
      const { skein } = metadata;
      const note = isObject(skein) ? { skein: { ...skein, cwd: undefined } } : {};
      const bytes = wholeRow(row).bytes.slice();
      yield changeHead(bytes, {}, { ...note, workspace_scope: undefined });
      continue;
    }
    if (scanned.facts.some(isPrivateNote)) losses.add("private_row");
    // Nobody knows what a damaged row holds, and some of what nanobot keeps is private.
    else if (scanned.value === undefined && scanned.row.length > 0) losses.add("damaged_row");
    else if (scanned.row.length > 0) yield copyRow(scanned);
  }
}

/** The rows of an imported session: its own key, and where it came from. */
export function* importRows(
  rows: Iterable<ScannedRow>,
  options: ImportOptions,
): Generator<Piece> {
  const { session, id, nowMs, cwd, title } = options;
  const { head, bytes, messages } = readParts(rows, options);
  const note = readNote(head, session);
  const skein = {
    about: id,
    ...noteHead(changeSession(session, { model: note.model, provider: note.provider, cwd })),
    ...noteOrigin(session, formatUtc(nowMs)),
  };
  const created_at = head.created_at ?? formatNow(session.startedMs ?? nowMs);
  const updated_at = head.updated_at ?? formatNow(session.updatedMs);
  yield changeHead(
    bytes,
    {
      key: id,
      created_at,
      updated_at,
      last_consolidated: readCursor(head, messages.length),
    },
    { ...toTitle(title), skein },
  );
  yield* messages;
}

/** The metadata that hold, and the messages as they are. */
interface Parts {
  readonly head: JsonObject;
  readonly bytes: Uint8Array;
  readonly messages: readonly Piece[];
}

/** Takes a file apart; what else is in it is counted. */
function readParts(
  rows: Iterable<ScannedRow>,
  { losses, wholeRow }: RewriteOptions,
): Parts {
  let head: JsonObject = {};
  const encoder = new TextEncoder();
  let bytes = encoder.encode(`{"_type": "metadata"}`);
  const messages: Piece[] = [];
  for (const scanned of rows) {
    const { row, value, facts } = scanned;
    if (facts.some(isPrivateNote)) losses.add("private_row");
    else if (value === undefined) {
      if (row.length > 0) losses.add("damaged_row");
    } else if (isMessage(value)) {
      // One such byte costs nanobot the file.
      messages.push(hasBadUtf8(scanned) ? mendRow(wholeRow(row)) : copyRow(scanned));
    } else {
      head = value;
      bytes = encoder.encode(new TextDecoder().decode(wholeRow(row).bytes));
    }
  }
  return { head, bytes, messages };
}

/** Tells whether metadata name the folder that the session was about. */
function tellsFolder({ skein, workspace_scope }: JsonObject): boolean {
  return workspace_scope !== undefined || (isObject(skein) && "cwd" in skein);
}

function isPrivateNote(fact: Fact): boolean {
  return fact.kind === "note" && fact.sort === "private";
}

/** What is noted of this session, and of no other that its metadata were copied from. */
function readNote(
  { metadata }: JsonObject,
  { id }: Session,
): { readonly model: string | undefined; readonly provider: string | undefined } {
  const note = readSkeinNote(isObject(metadata) ? metadata.skein : undefined);
  const { model, provider } = note.about === id ? note : { model: "", provider: "" };
  return { model: model || undefined, provider: provider || undefined };
}

function toTitle(title: string | undefined): JsonObject {
  return title === undefined ? {} : { title };
}

/**
 * A head with other members, in it and in its metadata; all else stays as Python wrote it, numbers
 * that JavaScript would spell otherwise included.
 */
function changeHead(bytes: Uint8Array, changes: JsonObject, ofMetadata: JsonObject): Piece {
  const whole = { start: bytes.indexOf(0x7b), end: bytes.lastIndexOf(0x7d) + 1 };
  const old = findMember(bytes, "metadata", whole);
  const isKept = old !== undefined && bytes[old.value.start] === 0x7b;
  const inner = isKept
    ? bytes.slice(old.value.start, old.value.end)
    : new TextEncoder().encode("{}");
  const metadata = changeMembers(
    inner,
    { start: 0, end: inner.length },
    toChanges(ofMetadata),
    PYTHON_OBJECTS,
  );
  const members = [
    ...toChanges(changes),
    { key: "metadata", json: new TextDecoder().decode(metadata) },
  ];
  return { type: "row", bytes: changeMembers(bytes, whole, members, PYTHON_OBJECTS) };
}

function toChanges(changes: JsonObject): readonly MemberChange[] {
  return Object.entries(changes).map(([key, value]) => ({
    key,
    json: value === undefined ? undefined : formatPython(value),
  }));
}

/** How many of the first messages were summarised elsewhere; 0 for a count that cannot be. */
function readCursor({ last_consolidated: count }: JsonObject, messages: number): number {
  const isSound = typeof count === "number" && Number.isInteger(count) && count >= 0 &&
    count <= messages;
  return isSound ? count : 0;
}

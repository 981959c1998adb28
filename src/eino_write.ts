/**
 * eino's rows, written: branches, exports and imports.
 *
 * eino knows no branches; where one comes from stands in the header, in skein's own note, or beside
 * the first message of a file that has no header. Messages are copied as bytes.
 */

import { isHeader } from "./eino_read.ts";
import { UsageError } from "./errors.ts";
import type { BranchOptions, ExportOptions, ImportOptions, Piece, ScannedRow } from "./format.ts";
import { findField } from "./go_fields.ts";
import { formatGo, formatGoTime } from "./json_go.ts";
import { isObject } from "./json_row.ts";
import { changeMembers } from "./json_slices.ts";
import { copyRow } from "./pieces.ts";
import { changeSession } from "./session_change.ts";
import { noteHead, noteOrigin } from "./skein_note.ts";
import type { JsonObject } from "./transcript.ts";

/** The rows of a branch: the parent's header with another id, and the messages that it shares. */
export function* branchRows(
  rows: Iterable<ScannedRow>,
  { parent, id, nowMs, cwd, title, count, wholeRow, losses }: BranchOptions,
): Generator<Piece> {
  const note = {
    ...noteHead(
      changeSession(parent, { parent: parent.id, forkPoint: count, cwd: cwd || undefined }),
    ),
    ...(title === undefined ? {} : { title }),
  };
  let messages = 0;
  let hasHeader = false;
  for (const scanned of rows) {
    const { value, facts } = scanned;
    if (value === undefined) continue;
    if (isHeader(value)) {
      if (!hasHeader) {
        const created_at = formatGoTime(nowMs);
        yield changeRow(wholeRow(scanned.row).bytes, { id, created_at, skein: note });
      } else losses.add("unknown_row");
      hasHeader = true;
    } else if (facts.some(({ kind }) => kind === "message") && messages < count) {
      messages++;
      if (hasHeader || messages > 1) {
        yield copyRow(scanned);
        continue;
      }
      const extra = findField(value, "extra");
      const others = isObject(extra) ? extra : {};
      yield changeRow(wholeRow(scanned.row).bytes, { extra: { ...others, skein: note } });
    }
  }
  if (hasHeader || messages > 0) return;
  throw new UsageError("Cannot branch before the first message: the file would hold nothing", {
    hint: "--at 1",
  });
}

/** The rows of a session to be moved: all of them, but for the folder that is noted in its header. */
export function* exportRows(
  rows: Iterable<ScannedRow>,
  { wholeRow, losses }: ExportOptions,
): Generator<Piece> {
  for (const scanned of rows) {
    const { row, value } = scanned;
    if (value === undefined) {
      // A damaged row may be one with a note; nobody can take the folder out of it.
      if (new TextDecoder("latin1").decode(row.bytes).includes(`"skein"`)) {
        losses.add("damaged_row");
      } else if (row.length > 0) yield copyRow(scanned);
      continue;
    }
    const changes = leaveFolder(value);
    if (changes === undefined) yield copyRow(scanned);
    else yield changeRow(wholeRow(row).bytes, changes);
  }
}

/** What has to change in a row that notes the folder; undefined where none does. */
function leaveFolder(value: JsonObject): JsonObject | undefined {
  const note = findField(value, "skein");
  if (isHeader(value) && isObject(note) && "cwd" in note) {
    return { skein: { ...note, cwd: undefined } };
  }
  const extra = findField(value, "extra");
  const lineage = isObject(extra) ? extra.skein : undefined;
  if (!isObject(extra) || !isObject(lineage) || !("cwd" in lineage)) return undefined;
  return { extra: { ...extra, skein: { ...lineage, cwd: undefined } } };
}

/** The rows of an imported session: its own id, and where it came from. */
export function* importRows(
  rows: Iterable<ScannedRow>,
  { session, id, nowMs, cwd, title, losses, wholeRow }: ImportOptions,
): Generator<Piece> {
  const origin = noteOrigin(session, formatGoTime(nowMs));
  let hasHeader = false;
  for (const scanned of rows) {
    const { row, value } = scanned;
    if (value === undefined) {
      if (row.length > 0) losses.add("damaged_row");
    } else if (isHeader(value)) {
      const old = findField(value, "skein");
      const skein = {
        ...(isObject(old) ? old : {}),
        ...origin,
        cwd,
        ...(title === undefined ? {} : { title }),
      };
      if (!hasHeader) yield changeRow(wholeRow(row).bytes, { id, skein });
      else losses.add("unknown_row");
      hasHeader = true;
    } else {
      yield copyRow(scanned);
    }
  }
  if (hasHeader) return;
  losses.add("origin");
  if (title !== undefined) losses.add("title");
}

function changeRow(bytes: Uint8Array, changes: JsonObject): Piece {
  const members = Object.entries(changes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, json: formatGo(value) }]
  );
  const start = bytes.indexOf(0x7b);
  const end = bytes.lastIndexOf(0x7d) + 1;
  return { type: "row", bytes: changeMembers(bytes, { start, end }, members) };
}

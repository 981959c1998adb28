/**
 * claw-code's rows, written: branches, exports and imports.
 *
 * A row that claw can read is copied as bytes. One that it cannot read, and that skein can, is
 * spelled anew, as are all of a whole-file object of the first weeks: the new file is always JSONL.
 * What claw would refuse is left out and counted, for it would cost the whole session.
 */

import { isOneValue, isSoundMember, listItems, readFacts, readMessages } from "./claw_read.ts";
import { spell, spellMessage, toMs } from "./claw_convert.ts";
import { CannotError } from "./errors.ts";
import type {
  BranchOptions,
  ExportOptions,
  ImportOptions,
  Piece,
  RewriteOptions,
  ScannedRow,
} from "./format.ts";
import { parseClaw } from "./json_claw.ts";
import { isExactNumber } from "./json_exact.ts";
import { BAD_UTF8, isArray, isObject, parseRow, RowShapeError } from "./json_row.ts";
import type { Losses } from "./losses.ts";
import { copyRow, hasBadUtf8, mendRow } from "./pieces.ts";
import type { Row } from "./rows.ts";
import type { Fact, JsonObject, JsonValue, Session } from "./transcript.ts";

/** What a row is in a claw file, and the row as claw takes it. */
type ClawPart =
  | { readonly kind: "head"; readonly value: JsonObject }
  | {
    readonly kind: "compaction" | "prompt" | "message";
    readonly pieces: readonly Piece[];
    /** Whether a human typed it. */
    readonly isPrompt: boolean;
  };

/** The rows of a fork: a head of its own, and the first messages with what goes with them. */
export function* branchRows(
  rows: Iterable<ScannedRow>,
  options: BranchOptions,
): Generator<Piece> {
  const { parent, id, nowMs, cwd, title, count } = options;
  let parentHead: JsonObject = {};
  let compaction: readonly Piece[] = [];
  const history: (readonly Piece[])[] = [];
  const kept: (readonly Piece[])[] = [];
  let [messages, laterPrompts] = [0, 0];
  for (const part of readClawParts(rows, { ...options, session: parent })) {
    if (part.kind === "head") parentHead = part.value;
    else if (part.kind === "compaction") compaction = part.pieces;
    else if (part.kind === "prompt") history.push(part.pieces);
    else if (messages++ < count) kept.push(part.pieces);
    else if (part.isPrompt) laterPrompts++;
  }
  yield spell({
    ...fillHead(parentHead, parent),
    session_id: id,
    created_at_ms: nowMs,
    updated_at_ms: nowMs,
    fork: { parent_session_id: parent.id, branch_name: title },
    workspace_root: cwd === "" ? undefined : cwd,
  });
  if (count > 0) yield* compaction;
  // The history has every prompt in order, so those that are not shared are its last.
  for (const pieces of history.slice(0, Math.max(0, history.length - laterPrompts))) yield* pieces;
  for (const pieces of kept) yield* pieces;
}

/** The rows of a session to be moved: all of them, but for the folder in its head. */
export function* exportRows(
  rows: Iterable<ScannedRow>,
  options: ExportOptions,
): Generator<Piece> {
  for (const part of readClawParts(rows, options)) {
    if (part.kind === "head") yield spell({ ...part.value, workspace_root: undefined });
    else yield* part.pieces;
  }
}

/** The rows of an imported session: its own id and folder. */
export function* importRows(
  rows: Iterable<ScannedRow>,
  options: ImportOptions,
): Generator<Piece> {
  const { session, id, cwd, title, losses } = options;
  const own = { session_id: id, workspace_root: cwd };
  let hasHead = false;
  for (const part of readClawParts(rows, options)) {
    if (part.kind === "head") {
      const fork = isObject(part.value.fork) && title !== undefined
        ? { fork: { ...part.value.fork, branch_name: title } }
        : {};
      if (title !== undefined && !("fork" in fork) && !hasHead) losses.add("title");
      yield spell({ ...part.value, ...fork, ...own });
      hasHead = true;
      continue;
    }
    if (!hasHead) yield spell({ ...fillHead({}, session), ...own });
    hasHead = true;
    yield* part.pieces;
  }
}

/** What rewriting needs, and the session that the rows are of. */
interface ClawPartsOptions extends RewriteOptions {
  readonly session: Session;
}

function* readClawParts(
  rows: Iterable<ScannedRow>,
  options: ClawPartsOptions,
): Generator<ClawPart> {
  for (const scanned of rows) {
    const { row, value, facts: [fact], problems } = scanned;
    if (value === undefined) {
      if (row.length > 0) options.losses.add("damaged_row");
      continue;
    }
    const isRefused = problems.some(({ kind, reason }) =>
      kind === "refused" && reason !== BAD_UTF8
    );
    // Only what is spelled anew has to be read again, with its numbers as they are written.
    const exact = fact?.kind === "head" || isRefused ? readExact(options.wholeRow(row)) : value;
    if (isOneValue(value)) {
      yield* readOneValue(exact, options);
    } else if (fact?.kind === "head") {
      yield { kind: "head", value: fillHead(keepSound(exact, options.losses), options.session) };
    } else if (fact?.kind === "message") {
      const pieces = isRefused ? spellAnew(exact, options) : [takeRow(scanned, options)];
      yield { kind: "message", pieces, isPrompt: fact.message.prompt !== undefined };
    } else if (fact?.kind === "note" && !isRefused) {
      const kind = value.type === "compaction" ? "compaction" : "prompt";
      yield { kind, pieces: [takeRow(scanned, options)], isPrompt: false };
    } else {
      options.losses.add(fact?.kind === "unknown" ? "unknown_row" : "damaged_row");
    }
  }
}

/** Reads a row whole that was read before: it is one that claw or JavaScript can parse. */
function readExact(row: Row): JsonObject {
  const dialect = { parse: parseClaw, findTextRefusal: () => undefined };
  const { value } = parseRow(row, { dialect, keepsNumbers: true });
  if (value === undefined) {
    throw new CannotError(`Cannot read line ${row.line}: it changed meanwhile`, {
      hint: "run the command again",
    });
  }
  return value;
}

function* readOneValue(value: JsonObject, options: ClawPartsOptions): Generator<ClawPart> {
  const { session_id, created_at_ms, updated_at_ms, fork, workspace_root, model } = value;
  const head = { session_id, created_at_ms, updated_at_ms, fork, workspace_root, model };
  yield { kind: "head", value: fillHead(keepSound(head, options.losses), options.session) };
  if (isObject(value.compaction)) {
    const row = keepSound({ ...value.compaction, type: "compaction" }, options.losses);
    yield { kind: "compaction", pieces: [spell(row)], isPrompt: false };
  }
  for (const prompt of listItems(value, "prompt_history")) {
    const row = keepSound({ ...prompt, type: "prompt_history" }, options.losses);
    yield { kind: "prompt", pieces: [spell(row)], isPrompt: false };
  }
  for (const message of listItems(value, "messages")) {
    const row = { type: "message", message };
    const [fact] = tryReadFacts(row);
    if (fact?.kind !== "message") {
      options.losses.add("damaged_row");
      continue;
    }
    const isPrompt = fact.message.prompt !== undefined;
    yield { kind: "message", pieces: spellAnew(row, options), isPrompt };
  }
}

/** A row as it is, but for bytes that would cost claw the file. */
function takeRow(scanned: ScannedRow, { wholeRow }: RewriteOptions): Piece {
  return hasBadUtf8(scanned) ? mendRow(wholeRow(scanned.row)) : copyRow(scanned);
}

function tryReadFacts(row: JsonObject): readonly Fact[] {
  try {
    return readFacts(row);
  } catch (error) {
    if (error instanceof RowShapeError) return [];
    throw error;
  }
}

function spellAnew(row: JsonObject, { losses }: RewriteOptions): readonly Piece[] {
  return readMessages(row).flatMap((message) => [
    ...spellMessage(message, { isOwn: true, losses }),
  ]);
}

/** A head with all that claw asks of one; what it does not say, the session does. */
function fillHead(head: JsonObject, { id, startedMs, updatedMs }: Session): JsonObject {
  return {
    session_id: id,
    created_at_ms: toMs(startedMs ?? updatedMs),
    updated_at_ms: toMs(updatedMs),
    version: 1,
    ...head,
    type: "session_meta",
  };
}

/** An object without what claw cannot read: numbers that are not whole, heads' members of other types. */
function keepSound(object: JsonObject, losses: Losses): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]): [string, JsonValue][] => {
      const isSound = value !== undefined && isSoundMember(key, value) && isSoundValue(value);
      if (!isSound && value !== undefined) losses.add("field");
      return isSound ? [[key, value]] : [];
    }),
  );
}

function isWhole64(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

function isSoundValue(value: JsonValue | undefined): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (isExactNumber(value)) return isWhole64(value.rawJSON);
  if (isArray(value)) return value.every(isSoundValue);
  return !isObject(value) || Object.values(value).every(isSoundValue);
}

/**
 * Receipts: what a command is about to change, on the disk before its first change.
 *
 * A receipt says where each file was and is to be, and what it was like. Its paths start at the
 * root, so that a root may be moved with its trash. Two kinds of change make up all of them: a file
 * is moved, or a file is made. `undo` is a receipt too, with the moves the other way round.
 */

import { CannotError } from "./errors.ts";
import { isArray, isObject } from "./json_row.ts";
import { formatStamp, formatUtc, parseRfc3339 } from "./time.ts";
import type { JsonObject, JsonValue } from "./transcript.ts";

/** Characters of a second as receipts are named after it: `20261120-120000`. */
const STAMP_LENGTH = 15;

/**
 * How far a command got: the changes are under way, made, or taken back; what was moved to the trash
 * is being removed, or gone for good.
 */
export type ReceiptState = "intent" | "done" | "rolled_back" | "purging" | "purged";

/** A file that was moved, or is to be. */
export interface Move {
  /** Paths from the root on. */
  readonly from: string;
  readonly to: string;
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly mode: number;
  /** Of its contents, in hex. */
  readonly sha256: string;
  /** Id of the session. */
  readonly session: string;
  /** True for a further file of the session whose own file the move before this one is of. */
  readonly isPart: boolean;
  readonly reason: string;
}

/** A file that was made, or is to be. */
export interface Creation {
  /** Path from the root on. */
  readonly path: string;
  readonly session: string;
  /** The session that it was imported from, or "". */
  readonly origin: string;
  /** What was written; 0 and "" until it was. */
  readonly bytes: number;
  readonly sha256: string;
}

/** What one command changed under one root. */
export interface Receipt {
  /** Sorts by time. */
  readonly id: string;
  readonly command: string;
  readonly timeMs: number;
  readonly state: ReceiptState;
  /** The receipt that this one undoes. */
  readonly undoes: string | undefined;
  readonly moves: readonly Move[];
  readonly creations: readonly Creation[];
}

/** The text of a receipt's file. */
export function formatReceipt(receipt: Receipt): string {
  return JSON.stringify(toReceiptJson(receipt), null, 2) + "\n";
}

/** A receipt by `skein.receipt/1`. */
export function toReceiptJson(receipt: Receipt): JsonObject {
  return {
    kind: "receipt",
    schema: "skein.receipt/1",
    id: receipt.id,
    command: receipt.command,
    time: formatUtc(receipt.timeMs),
    state: receipt.state,
    undoes: receipt.undoes ?? null,
    moves: receipt.moves.map(({ mtimeMs, isPart, ...move }) => ({
      ...move,
      mtime_ms: mtimeMs,
      part: isPart,
    })),
    creations: receipt.creations.map((creation) => ({ ...creation })),
  };
}

/**
 * Reads a receipt's file.
 * @param shownAs what to call it in an error
 * @throws CannotError when it is none: what cannot be read must not be guessed at
 */
export function parseReceipt(text: string, shownAs = "a receipt"): Receipt {
  try {
    const value: JsonValue = JSON.parse(text);
    if (!isObject(value) || value.schema !== "skein.receipt/1") throw new TypeError("no receipt");
    const state = string(value, "state");
    if (!isState(state)) throw new TypeError(`unknown state`);
    return {
      id: receiptId(value),
      command: string(value, "command"),
      timeMs: time(value),
      state,
      undoes: value.undoes === null ? undefined : string(value, "undoes"),
      moves: list(value, "moves").map((move) => ({
        from: path(move, "from"),
        to: path(move, "to"),
        bytes: number(move, "bytes"),
        mtimeMs: number(move, "mtime_ms"),
        mode: number(move, "mode"),
        sha256: string(move, "sha256"),
        session: string(move, "session"),
        // Receipts of before there were parts do not say.
        isPart: move.part === true,
        reason: string(move, "reason"),
      })),
      creations: list(value, "creations").map((creation) => ({
        path: path(creation, "path"),
        session: string(creation, "session"),
        // Receipts of before do not say.
        origin: typeof creation.origin === "string" ? creation.origin : "",
        bytes: number(creation, "bytes"),
        sha256: string(creation, "sha256"),
      })),
    };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
    throw new CannotError(`Cannot read "${shownAs}": ${error.message}`, {
      hint: UNREADABLE_RECEIPT_HINT,
      cause: error,
    });
  }
}

/** What to do about a receipt that cannot be read; the others can be undone then. */
export const UNREADABLE_RECEIPT_HINT =
  "move that file away; what it tells of cannot be undone then";

/** The moves of each session, its own file first: they are made all or none. */
export function groupUnits<Item extends Pick<Move, "isPart">>(
  moves: readonly Item[],
): readonly (readonly Item[])[] {
  const units: Item[][] = [];
  for (const move of moves) {
    const last = units.at(-1);
    if (move.isPart && last !== undefined) last.push(move);
    else units.push([move]);
  }
  return units;
}

/** Tells whether a path from the root on lies in the trash. */
export function isInTrash(path: string): boolean {
  return /^\.skein[\\/]trash[\\/]/.test(path);
}

/** Orders receipts, the latest first, by their ids. */
export function byLatest(a: Pick<Receipt, "id">, b: Pick<Receipt, "id">): number {
  const key = ({ id }: Pick<Receipt, "id">) =>
    [id.slice(0, STAMP_LENGTH), id.slice(STAMP_LENGTH + 1)] as const;
  const [[x, m], [y, n]] = [key(a), key(b)];
  return x === y ? Number(n) - Number(m) : x < y ? 1 : -1;
}

/** The id of a receipt of this time, given the newest one; their order is that of making. */
export function nextReceiptId(timeMs: number, newest: string | undefined): string {
  const stamp = formatStamp(timeMs);
  if (newest === undefined || newest.slice(0, STAMP_LENGTH) < stamp) return stamp;
  // Several in one second, or a clock that was set back: count on from the newest.
  const count = Number(newest.slice(STAMP_LENGTH + 1) || 1);
  return `${newest.slice(0, STAMP_LENGTH)}-${count + 1}`;
}

function isState(text: string): text is ReceiptState {
  return ["intent", "done", "rolled_back", "purging", "purged"].includes(text);
}

/** An id becomes part of paths. */
function receiptId(object: JsonObject): string {
  const id = string(object, "id");
  if (!/^\d{8}-\d{6}(-\d+)?$/.test(id)) throw new TypeError(`"id" is no receipt's`);
  return id;
}

function time(object: JsonObject): number {
  const ms = parseRfc3339(string(object, "time"));
  if (ms === undefined) throw new TypeError(`"time" is no time`);
  return ms;
}

function string(object: JsonObject, key: string): string {
  const value = object[key];
  if (typeof value !== "string") throw new TypeError(`"${key}" is no string`);
  return value;
}

function number(object: JsonObject, key: string): number {
  const value = object[key];
  if (typeof value !== "number") throw new TypeError(`"${key}" is no number`);
  return value;
}

/** A path that stays below the root: a receipt could have been written by anyone. */
function path(object: JsonObject, key: string): string {
  const value = string(object, key);
  const parts = value.split(/[\\/]/);
  if (parts.some((part) => part === "" || part === "." || part === "..")) {
    throw new TypeError(`"${key}" is no path below the root`);
  }
  return value;
}

function list(object: JsonObject, key: string): readonly JsonObject[] {
  const value = object[key];
  if (!isArray(value)) throw new TypeError(`"${key}" is no array`);
  return value.map((item) => {
    if (!isObject(item)) throw new TypeError(`"${key}" holds what is no object`);
    return item;
  });
}

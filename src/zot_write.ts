/**
 * zot's rows, written: branches, exports and imports.
 *
 * A row that need not change is copied as bytes. What is written anew has zot's order of keys and
 * Go's spelling. Where zot itself loses something, this does not: the model of a branch is the
 * parent's latest, the usage of the last kept turn stays, cost is known after a compaction, exports
 * keep every switch of the model, imports keep start, title and lineage.
 */

import type { BranchOptions, ExportOptions, ImportOptions, Piece, ScannedRow } from "./format.ts";
import { findField } from "./go_fields.ts";
import { formatGo, formatGoTime } from "./json_go.ts";
import { isObject } from "./json_row.ts";
import { changeMembers, concat, findMember, sliceItems } from "./json_slices.ts";
import { copyRow, textRow } from "./pieces.ts";
import type { Row } from "./rows.ts";
import { noteOrigin } from "./skein_note.ts";
import { addFact, emptySummary, type Summary, totalCost, totalUsage } from "./summary.ts";
import type { JsonObject, JsonValue, MessageHead, Session } from "./transcript.ts";

/** The rows of a branch: a meta row of its own, and the rows of the messages that it shares. */
export function* branchRows(
  rows: Iterable<ScannedRow>,
  options: BranchOptions,
): Generator<Piece> {
  const { last, restartLine } = options;
  const lastLine = last?.line ?? 0;
  const before = emptySummary();
  let hasMeta = false;
  let title = options.title;
  let waiting: Piece[] = [];

  for (const scanned of rows) {
    const { row: { line }, facts: [fact] } = scanned;
    if (!hasMeta) {
      yield spell({ type: "meta", meta: toBranchMeta(scanned.value, options) });
      hasMeta = true;
    }
    if (fact === undefined || last === undefined) continue;
    if (line < restartLine) {
      addFact(before, fact);
    } else if (fact.kind === "restart") {
      const whole = options.wholeRow(scanned.row);
      yield* spellMessages(whole.bytes, fact.messages, line === lastLine ? last.index : Infinity);
      yield* spellTotals(before);
      for (
        const { prompt } of fact.messages.slice(0, line === lastLine ? last.index + 1 : undefined)
      ) {
        if (options.title === undefined) title = prompt ?? title;
      }
    } else if (line <= lastLine) {
      if (fact.kind === "usage" || fact.kind === "unknown") yield copyRow(scanned);
      if (fact.kind !== "message" || !fact.message.isKept) continue;
      yield copyRow(scanned);
      if (options.title === undefined) title = fact.message.prompt ?? title;
    } else if (fact.kind === "usage") {
      waiting.push(copyRow(scanned));
    } else if (fact.kind === "message") {
      // zot writes the usage of a reply before the reply, or after it, by how it was run. What
      // stands before the next reply is that one's; what stands before a prompt is ours.
      if (fact.message.role !== "assistant") yield* waiting;
      waiting = [];
      break;
    }
  }
  if (!hasMeta) yield spell({ type: "meta", meta: toBranchMeta(undefined, options) });
  yield* waiting;
  if (title !== undefined) yield spell({ title, type: "rename" });
}

/** The rows of a `.zotsession`: all of them, but for the folder in each meta row. */
export function* exportRows(
  rows: Iterable<ScannedRow>,
  { session, wholeRow }: ExportOptions,
): Generator<Piece> {
  let isFirst = true;
  for (const scanned of rows) {
    if (scanned.row.length === 0) continue;
    const isMeta = scanned.facts[0]?.kind === "head";
    // zot imports a file only when it starts with a meta row.
    if (isFirst && !isMeta) yield spell({ type: "meta", meta: toLostMeta(session) });
    isFirst = false;
    yield isMeta ? changeMeta(wholeRow(scanned.row), { cwd: "" }) : copyRow(scanned);
  }
}

/** The rows of an imported session: its own id and folder, and where it came from. */
export function* importRows(
  rows: Iterable<ScannedRow>,
  { session, id, cwd, nowMs, title, wholeRow }: ImportOptions,
): Generator<Piece> {
  // Of several imports in a row the first says where the session comes from.
  const skein = noteOrigin(session, formatGoTime(nowMs));
  const name = title === undefined ? {} : { title };
  let isFirst = true;
  for (const scanned of rows) {
    if (scanned.row.length === 0) continue;
    const isMeta = scanned.facts[0]?.kind === "head";
    if (isFirst && !isMeta) {
      yield spell({ type: "meta", meta: { ...toLostMeta(session), id, cwd, ...name, skein } });
    }
    if (isMeta) {
      const changes = { id, cwd, ...name, ...(isFirst ? { skein } : {}) };
      yield changeMeta(wholeRow(scanned.row), changes);
    } else {
      yield copyRow(scanned);
    }
    isFirst = false;
  }
}

function toBranchMeta(parentRow: JsonObject | undefined, options: BranchOptions): JsonObject {
  const { parent, id, cwd, nowMs, title, count } = options;
  const meta = findField(parentRow ?? {}, "meta");
  const version = isObject(meta) ? findField(meta, "version") : undefined;
  return {
    id,
    cwd,
    model: parent.model ?? "",
    provider: parent.provider ?? "",
    started: formatGoTime(nowMs),
    version: typeof version === "string" ? version : "",
    ...(title === undefined ? {} : { title }),
    parent: parent.id,
    ...(count === 0 ? {} : { fork_point: count }),
  };
}

/** A meta row for a file that lost its own. */
function toLostMeta({ id, model, provider, startedMs, updatedMs }: Session): JsonObject {
  return {
    id,
    cwd: "",
    model: model ?? "",
    provider: provider ?? "",
    started: formatGoTime(startedMs ?? updatedMs),
    version: "",
  };
}

/** The messages of a compaction as rows of their own, their bytes as they are. */
function* spellMessages(
  bytes: Uint8Array,
  heads: readonly MessageHead[],
  lastIndex: number,
): Generator<Piece> {
  const messages = findMember(bytes, "messages");
  if (messages === undefined) return;
  const objects = sliceItems(bytes, messages.value).filter(({ start }) => bytes[start] === 0x7b);
  for (const [index, { start, end }] of objects.entries()) {
    if (index > lastIndex || !heads[index]?.isKept) continue;
    const message = bytes.subarray(start, end);
    const row = concat([encode(`{"type":"message","message":`), message, encode("}")]);
    yield { type: "row", bytes: row };
  }
}

/** One usage row with all that was counted so far: a compaction does not give money back. */
function* spellTotals(summary: Summary): Generator<Piece> {
  const usage = totalUsage(summary);
  if (usage === undefined) return;
  const reasoning = usage.reasoning_tokens === undefined
    ? {}
    : { reasoning_tokens: usage.reasoning_tokens };
  const totals = {
    input_tokens: usage.input_tokens ?? 0,
    output_tokens: usage.output_tokens ?? 0,
    ...reasoning,
    cache_read_tokens: usage.cache_read_tokens ?? 0,
    cache_write_tokens: usage.cache_write_tokens ?? 0,
    cost_usd: totalCost(summary) ?? 0,
  };
  yield spell({ type: "usage", usage: totals, cumulative: totals });
}

function changeMeta(
  { bytes }: Row,
  changes: Readonly<Record<string, JsonValue>>,
): Piece {
  const meta = findMember(bytes, "meta");
  if (meta === undefined) throw new TypeError("a meta row without meta");
  const members = Object.entries(changes).map(([key, value]) => ({ key, json: formatGo(value) }));
  return { type: "row", bytes: changeMembers(bytes, meta.value, members) };
}

function spell(row: JsonObject): Piece {
  return textRow(formatGo(row));
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

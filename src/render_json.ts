/**
 * Messages, tree nodes and the like as the objects that `--json` prints, one on each line; sessions
 * are in `session_json.ts`.
 *
 * The keys are a promise: `docs/schemas/` holds it, tests hold the output against it, and keys are
 * only ever added. Times are RFC 3339 in UTC, sizes are bytes, what is not known is null.
 */

import type { Losses } from "./losses.ts";
import type { TextPart } from "./message_texts.ts";
import type { MessagePlace } from "./messages.ts";
import type { Verdict } from "./prune_plan.ts";
import type { RedactedKind } from "./redactor.ts";
import type { Row } from "./rows.ts";
import { toUtc } from "./time.ts";
import type { Block, JsonObject, JsonValue, Message, Session } from "./transcript.ts";
import type { PlacedNode } from "./trees.ts";

/** A message with its place in the session. */
export interface PlacedMessage {
  /** Its number in the effective transcript; undefined when it is not part of it. */
  readonly number: number | undefined;
  /** True when a later row has taken its place; a message without number is dropped else. */
  readonly isSuperseded: boolean;
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  readonly message: Message;
}

/** A message by `skein.message/1`. */
export function toMessageJson(
  session: Session,
  { number, isSuperseded, line, offset, length, message }: PlacedMessage,
): JsonObject {
  return {
    kind: "message",
    schema: "skein.message/1",
    session: session.id,
    number: number ?? null,
    role: message.role,
    time: toUtc(message.time) ?? null,
    summary: message.isSummary,
    superseded: isSuperseded,
    blocks: message.blocks.map(toBlockJson),
    line,
    offset,
    bytes: length,
  };
}

/** What a row is that holds no message. */
export interface RowDescription {
  readonly type: "head" | "title" | "usage" | "restart" | "note" | "unknown" | "damaged";
  /** In words, for people. */
  readonly what: string;
}

/** A row that holds no message by `skein.row/1`. */
export function toRowJson(session: Session, row: Row, { type, what }: RowDescription): JsonObject {
  return {
    kind: "row",
    schema: "skein.row/1",
    session: session.id,
    type,
    what,
    line: row.line,
    offset: row.offset,
    bytes: row.length,
  };
}

/** A line of a message that matches a pattern. */
export interface PlacedHit {
  readonly number: number;
  readonly place: Pick<MessagePlace, "role" | "line" | "offset" | "length">;
  readonly time: string | undefined;
  readonly part: TextPart;
  readonly text: string;
  /** In UTF-16 units from the start of the text. */
  readonly matches: readonly { readonly start: number; readonly end: number }[];
}

/** A line that matches by `skein.hit/1`. */
export function toHitJson(
  session: Session,
  { number, place, time, part, text, matches }: PlacedHit,
): JsonObject {
  return {
    kind: "hit",
    schema: "skein.hit/1",
    session: session.id,
    agent: session.agent,
    path: session.path,
    number,
    role: place.role,
    time: toUtc(time) ?? null,
    part,
    text,
    matches: matches.map(({ start, end }) => ({ start, end })),
    line: place.line,
    offset: place.offset,
    bytes: place.length,
  };
}

/** A file that a session was written to. */
export interface ExportedFile {
  readonly path: string;
  readonly bytes: number;
  /** The agent in whose rows it is, or the form of the document. */
  readonly format: string;
  readonly losses: Losses;
  readonly redacted: readonly RedactedKind[];
}

/** A file that a session was written to by `skein.export/1`. */
export function toExportJson(
  { id, agent }: Session,
  { path, bytes, format, losses, redacted }: ExportedFile,
): JsonObject {
  return {
    kind: "export",
    schema: "skein.export/1",
    id,
    agent,
    path,
    bytes,
    format,
    losses: toLossesJson(losses),
    redacted: redacted.map(({ kind, places, different }) => ({ kind, places, different })),
  };
}

/** What a new session does not say, each kind with its count. */
export function toLossesJson(losses: Losses): JsonValue {
  return losses.list().map((loss) => ({ ...loss }));
}

/** What becomes of a session by `skein.verdict/1`. */
export function toVerdictJson(
  { session, action, reason }: Verdict,
  refusal: string | undefined,
): JsonObject {
  return {
    kind: "verdict",
    schema: "skein.verdict/1",
    id: session.id,
    agent: session.agent,
    path: session.path,
    bytes: session.unitBytes,
    title: session.title ?? null,
    action: refusal === undefined ? action : "refused",
    reason: refusal ?? reason,
  };
}

/** A session's place among its branches by `skein.node/1`. */
export function toNodeJson({ node, depth }: PlacedNode): JsonObject {
  const { item, forkPoint, marks, children } = node;
  return {
    kind: "node",
    schema: "skein.node/1",
    id: item.id,
    agent: item.agent,
    path: item.path,
    title: item.title ?? null,
    messages: item.messages,
    depth,
    parent: item.parent ?? null,
    fork_point: forkPoint ?? null,
    marks: [...marks],
    children: children.map((child) => child.item.id),
    state: item.state,
  };
}

function toBlockJson(block: Block): JsonValue {
  switch (block.type) {
    case "text":
      return { type: "text", text: block.text };
    case "image":
      return { type: "image", mime_type: block.mimeType, bytes: block.sizeBytes };
    case "file":
      return {
        type: "file",
        name: block.name || null,
        mime_type: block.mimeType || null,
        url: block.url ?? null,
      };
    case "call":
      return { type: "call", call_id: block.callId, name: block.name, input: block.input };
    case "result":
      return {
        type: "result",
        call_id: block.callId,
        name: block.name || null,
        error: block.isError,
        blocks: block.blocks.map(toBlockJson),
      };
    case "reasoning":
      return { type: "reasoning", text: block.text, encrypted: block.isEncrypted };
  }
}

/**
 * Another agent's session in eino's rows, of either kind: `schema.Message` unless told.
 *
 * A result is a message of its own. Neither kind marks failed tools or tells the time of a message,
 * and the agentic kind keeps no counts of tokens. What the header has no word for goes into skein's
 * own note there, which eino ignores.
 */

import { spellAgentic, spellPlain } from "./eino_spell.ts";
import type { ConvertOptions, Piece } from "./format.ts";
import { formatGo, formatGoTime } from "./json_go.ts";
import { textRow } from "./pieces.ts";
import { changeSession } from "./session_change.ts";
import { noteHead, noteOrigin } from "./skein_note.ts";
import type { JsonObject, Message } from "./transcript.ts";

/** The rows of a session that says what these messages say. */
export function* convertRows(
  messages: Iterable<Message>,
  options: ConvertOptions,
): Generator<Piece> {
  const { source, losses, variant } = options;
  const isAgentic = variant === "agentic";
  yield spell(toHeader(options, isAgentic ? "agentic" : "message"));
  if (source.costUsd !== undefined) losses.add("cost");
  if (source.isHidden) losses.add("hidden");
  const spellMessage = isAgentic ? spellAgentic : spellPlain;
  for (const message of messages) {
    if (message.time !== undefined) losses.add("time");
    if (message.isSummary) losses.add("summary");
    for (const row of spellMessage(message, losses)) yield spell(row);
  }
}

function toHeader(options: ConvertOptions, kind: string): JsonObject {
  const { source, id, title, nowMs } = options;
  const cwd = options.cwd === "" ? {} : { cwd: options.cwd };
  return {
    type: "session",
    id,
    created_at: formatGoTime(source.startedMs ?? source.updatedMs),
    message_kind: kind,
    skein: {
      ...noteOrigin(source, formatGoTime(nowMs)),
      ...noteHead(changeSession(source, { cwd: undefined })),
      ...cwd,
      ...(title === undefined ? {} : { title }),
    },
  };
}

function spell(row: JsonObject): Piece {
  return textRow(formatGo(row));
}

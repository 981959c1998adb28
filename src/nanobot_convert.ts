/**
 * Another agent's session in nanobot's rows.
 *
 * nanobot keeps no pictures, only where they were; a result is a message of its own, and failed tools
 * bear no mark. Times are those of this machine's clock. What the metadata have no word for goes into
 * skein's own note there, which nanobot leaves alone.
 */

import type { ConvertOptions, Piece } from "./format.ts";
import { formatPython, formatPythonTime } from "./json_python.ts";
import { formatJsonText } from "./json_text.ts";
import type { Losses } from "./losses.ts";
import { textRow } from "./pieces.ts";
import { changeSession } from "./session_change.ts";
import { noteHead, noteOrigin } from "./skein_note.ts";
import { findZoneMinutes, formatUtc, toLocalTime } from "./time.ts";
import type { Block, JsonObject, Message } from "./transcript.ts";

/** What nanobot itself puts in the place of a picture. */
const PLACEHOLDER = "[image]";

/** The rows of a session that says what these messages say. */
export function* convertRows(
  messages: Iterable<Message>,
  options: ConvertOptions,
): Generator<Piece> {
  const { source, losses } = options;
  yield spell(toMetadata(options));
  if (source.costUsd !== undefined) losses.add("cost");
  if (source.isHidden) losses.add("hidden");
  for (const message of messages) {
    if (message.usage !== undefined) losses.add("usage");
    if (message.isSummary) losses.add("summary");
    for (const row of spellMessage(message, losses)) yield spell(row);
  }
}

/** A time as nanobot writes the present one. */
export function formatNow(ms: number): string {
  return formatPythonTime(ms, findZoneMinutes(ms));
}

/** A row as nanobot spells it. */
export function spell(row: JsonObject): Piece {
  return textRow(formatPython(row));
}

function toMetadata(options: ConvertOptions): JsonObject {
  const { source, id, cwd, title, nowMs } = options;
  const skein = {
    about: id,
    ...noteOrigin(source, formatUtc(nowMs)),
    ...noteHead(changeSession(source, { cwd: cwd === "" ? undefined : cwd })),
  };
  return {
    _type: "metadata",
    key: id,
    created_at: formatNow(source.startedMs ?? source.updatedMs),
    updated_at: formatNow(source.updatedMs),
    metadata: { ...(title === undefined ? {} : { title }), skein },
    last_consolidated: 0,
  };
}

/** What was said as one row, and each result as one more. */
function spellMessage(
  { role, blocks, time }: Message,
  losses: Losses,
): readonly JsonObject[] {
  const timestamp = time === undefined ? undefined : toLocalTime(time);
  if (time !== undefined && timestamp === undefined) losses.add("time");
  const when = timestamp === undefined ? {} : { timestamp };
  const calls = blocks.filter((block) => block.type === "call");
  const results = blocks.filter((block) => block.type === "result");
  const said = blocks.filter(({ type }) => type !== "result" && type !== "call");
  const row: JsonObject = {
    role: role === "tool" ? "user" : role,
    content: toContent(said, losses, calls.length > 0),
    ...(calls.length === 0 ? {} : { tool_calls: calls.map(toCall) }),
    ...toReasoning(said, losses),
    ...toMedia(said, losses),
    ...when,
  };
  const hasOwnRow = said.length > 0 || calls.length > 0 || results.length === 0;
  return [
    ...(hasOwnRow ? [row] : []),
    ...results.map((result) => {
      if (result.isError) losses.add("error_mark");
      return {
        role: "tool",
        tool_call_id: result.callId,
        name: result.name ?? "unknown",
        content: joinTexts(result.blocks, losses),
        ...when,
      };
    }),
  ];
}

/** One text as it is, several as parts; null where there are calls and nothing was said. */
function toContent(
  said: readonly Block[],
  losses: Losses,
  hasCalls: boolean,
): JsonObject[string] {
  const texts = said.flatMap((block) => {
    if (block.type === "text") return [block.text];
    if (block.type !== "image") return [];
    losses.add("image");
    return [PLACEHOLDER];
  });
  const [first = ""] = texts;
  if (texts.length === 0 && hasCalls) return null;
  return texts.length <= 1 ? first : texts.map((text) => ({ type: "text", text }));
}

function toCall({ callId, name, input }: Block & { type: "call" }): JsonObject {
  return { id: callId, type: "function", function: { name, arguments: formatJsonText(input) } };
}

/** Signed reasoning as blocks of the provider; one piece that is not, as plain text. */
function toReasoning(said: readonly Block[], losses: Losses): JsonObject {
  const all = said.filter((block) => block.type === "reasoning");
  const pieces = all.filter(({ text, signature }) => text !== "" || signature !== undefined);
  losses.add("reasoning", all.length - pieces.length);
  losses.add("signature", all.filter(({ isEncrypted }) => isEncrypted).length);
  const [only, ...others] = pieces;
  if (only === undefined) return {};
  if (others.length === 0 && only.signature === undefined) return { reasoning_content: only.text };
  return {
    thinking_blocks: pieces.map(({ text, signature }) => ({
      type: "thinking",
      thinking: text,
      signature: signature ?? "",
    })),
  };
}

function toMedia(said: readonly Block[], losses: Losses): JsonObject {
  const paths = said.flatMap((block) => {
    if (block.type !== "file") return [];
    if (block.url === undefined) losses.add("file");
    return block.url === undefined ? [] : [block.url];
  });
  return paths.length === 0 ? {} : { media: paths };
}

function joinTexts(blocks: readonly Block[], losses: Losses): string {
  return blocks.flatMap((block) => {
    if (block.type === "text") return [block.text];
    losses.add(block.type);
    return block.type === "image" ? [PLACEHOLDER] : [];
  }).join("\n");
}

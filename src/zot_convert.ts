/**
 * Another agent's session in zot's rows.
 *
 * zot keeps all results of a turn in one message, and counts tokens as running totals in rows of
 * their own. It knows no system messages and no signatures; a time that is unknown is Go's zero.
 */

import type { ConvertOptions, Piece } from "./format.ts";
import { formatGo, formatGoTime } from "./json_go.ts";
import type { Losses } from "./losses.ts";
import { textRow } from "./pieces.ts";
import { noteOrigin } from "./skein_note.ts";
import { toZonedTime } from "./time.ts";
import type { Block, JsonObject, Message, Usage } from "./transcript.ts";

const ZERO_TIME = "0001-01-01T00:00:00Z";

/** The rows of a session that says what these messages say. */
export function* convertRows(
  messages: Iterable<Message>,
  options: ConvertOptions,
): Generator<Piece> {
  const { source, losses, title } = options;
  yield spell({ type: "meta", meta: toMeta(options) });
  const totals: Record<string, number> = {};
  let waiting: Message | undefined;
  for (const message of splitResults(messages)) {
    // A turn's results have to be one message for zot to find all of them.
    if (waiting?.role === "tool" && message.role === "tool") {
      waiting = { ...waiting, blocks: [...waiting.blocks, ...message.blocks] };
      if (message.time !== undefined) losses.add("time");
      continue;
    }
    yield* spellMessage(waiting, losses);
    waiting = message;
    if (message.usage !== undefined) yield spellUsage(message.usage, totals);
  }
  yield* spellMessage(waiting, losses);
  if (source.costUsd !== undefined) losses.add("cost");
  if (source.parent !== undefined && source.forkPoint === undefined) losses.add("fork_point");
  if (title !== undefined) yield spell({ title, type: "rename" });
}

/** Results that stand in a user's message get one of their own, where zot looks for them. */
function* splitResults(messages: Iterable<Message>): Generator<Message> {
  for (const message of messages) {
    const results = message.blocks.filter(({ type }) => type === "result");
    const others = message.blocks.filter(({ type }) => type !== "result");
    if (message.role !== "user" || results.length === 0 || others.length === 0) {
      yield results.length > 0 && others.length === 0 ? { ...message, role: "tool" } : message;
      continue;
    }
    const { time: _, usage: __, ...rest } = message;
    yield { ...rest, time: undefined, role: "tool", blocks: results };
    yield { ...message, blocks: others };
  }
}

function toMeta({ source, id, cwd, nowMs }: ConvertOptions): JsonObject {
  const { model, provider, startedMs, parent, forkPoint, isHidden } = source;
  return {
    id,
    cwd,
    model: model ?? "",
    provider: provider ?? "",
    started: formatGoTime(startedMs ?? source.updatedMs),
    version: "",
    ...(parent === undefined ? {} : { parent }),
    ...(parent === undefined || !forkPoint ? {} : { fork_point: forkPoint }),
    ...(isHidden ? { hide_from_sessions: true } : {}),
    skein: noteOrigin(source, formatGoTime(nowMs)),
  };
}

function* spellMessage(message: Message | undefined, losses: Losses): Generator<Piece> {
  if (message === undefined) return;
  const { role, blocks, time, isSummary } = message;
  const content = blocks.flatMap((block) => toBlock(block, losses));
  if (content.length === 0) {
    // zot drops such a message when it resumes.
    losses.add("empty");
    if (time !== undefined) losses.add("time");
    return;
  }
  if (role === "system" && !isSummary) losses.add("system_role");
  const zoned = time === undefined ? undefined : toZonedTime(time);
  if (time !== undefined && zoned === undefined) losses.add("time");
  const meta = isSummary ? { compaction: "true" } : role === "system" ? { skein: role } : undefined;
  yield spell({
    type: "message",
    message: {
      role: role === "system" ? "user" : role,
      content,
      time: zoned ?? ZERO_TIME,
      ...(meta === undefined ? {} : { meta }),
    },
  });
}

function toBlock(block: Block, losses: Losses): readonly JsonObject[] {
  switch (block.type) {
    case "text":
      return [{ text: block.text }];
    case "image":
      if (block.data === undefined || !isBase64(block.data)) {
        losses.add("image");
        return [];
      }
      return [{ mime_type: block.mimeType || "image/png", data: block.data }];
    case "file":
      losses.add("file");
      return [];
    case "reasoning":
      if (block.isEncrypted || block.signature !== undefined) losses.add("signature");
      if (block.text === "") {
        losses.add("reasoning");
        return [];
      }
      return [{ summary: block.text }];
    case "call":
      return [{ id: block.callId, name: block.name || "unknown", arguments: block.input }];
    case "result": {
      const content = block.blocks.flatMap((inner) => toBlock(inner, losses));
      return [{ call_id: block.callId, content, is_error: block.isError }];
    }
  }
}

/** zot drops a picture whose bytes are not padded base64. */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/** A row of what the reply took and of all up to it; no cost, which zot reads as none. */
function spellUsage(usage: Usage, totals: Record<string, number>): Piece {
  const { input_tokens, output_tokens, reasoning_tokens, cache_read_tokens, cache_write_tokens } =
    usage;
  const counts: JsonObject = {
    input_tokens: input_tokens ?? 0,
    output_tokens: output_tokens ?? 0,
    ...(reasoning_tokens === undefined ? {} : { reasoning_tokens }),
    cache_read_tokens: cache_read_tokens ?? 0,
    cache_write_tokens: cache_write_tokens ?? 0,
  };
  for (const [key, count] of Object.entries(counts)) {
    totals[key] = (totals[key] ?? 0) + Number(count);
  }
  const cumulative = Object.fromEntries(Object.keys(counts).map((key) => [key, totals[key] ?? 0]));
  return spell({ type: "usage", usage: counts, cumulative });
}

function spell(row: JsonObject): Piece {
  return textRow(formatGo(row));
}

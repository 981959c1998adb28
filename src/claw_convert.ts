/**
 * Another agent's session in claw-code's rows.
 *
 * claw refuses a whole file for one row that it does not know, so nothing is written but what its
 * newest reader takes: sorted keys, whole numbers, the four roles and the four blocks. A result is a
 * message of its own and names its tool.
 */

import { USAGE_KEYS } from "./claw_read.ts";
import type { ConvertOptions, Piece } from "./format.ts";
import { formatClaw } from "./json_claw.ts";
import { formatJsonText } from "./json_text.ts";
import type { Losses } from "./losses.ts";
import { textRow } from "./pieces.ts";
import type { Block, JsonObject, JsonValue, Message, Usage } from "./transcript.ts";

/** What stands for a message of which nothing else is left. */
const PLACEHOLDER = "[image]";

/** The largest count that claw reads. */
const LARGEST_COUNT = 2 ** 32 - 1;

/** The rows of a session that says what these messages say. */
export function* convertRows(
  messages: Iterable<Message>,
  options: ConvertOptions,
): Generator<Piece> {
  const { source, losses } = options;
  const { startedMs, updatedMs, model, provider, parent, isHidden } = source;
  const name = options.title;
  const isFork = parent !== undefined;
  yield spell({
    type: "session_meta",
    version: 1,
    session_id: options.id,
    created_at_ms: toMs(startedMs ?? updatedMs),
    updated_at_ms: toMs(updatedMs),
    ...(model === undefined ? {} : { model }),
    ...(options.cwd === "" ? {} : { workspace_root: options.cwd }),
    ...(isFork ? { fork: { parent_session_id: parent, branch_name: name } } : {}),
  });
  if (name !== undefined && !isFork) losses.add("title");
  if (provider !== undefined) losses.add("provider");
  if (isFork && source.forkPoint !== undefined) losses.add("fork_point");
  if (source.origin !== undefined) losses.add("origin");
  if (source.costUsd !== undefined) losses.add("cost");
  if (isHidden) losses.add("hidden");
  for (const message of messages) {
    if (message.time !== undefined) losses.add("time");
    yield* spellMessage(message, { isOwn: false, losses });
  }
}

/** What spelling a message needs beside it. */
export interface SpellMessageOptions {
  /** Whether claw wrote the message itself, so that it holds nothing that claw would not. */
  readonly isOwn: boolean;
  readonly losses: Losses;
}

/** The rows of one message: one, and one more for each further result. */
export function* spellMessage(
  message: Message,
  { isOwn, losses }: SpellMessageOptions,
): Generator<Piece> {
  const { role, blocks, usage, isSummary } = message;
  const results = blocks.filter((block) => block.type === "result");
  // What is left of reasoning that its provider keeps to itself says nothing to another.
  const isSaid = (block: Block) => block.type !== "reasoning" || block.text !== "" || isOwn;
  losses.add("reasoning", blocks.filter((block) => !isSaid(block)).length);
  const others = blocks.filter((block) => block.type !== "result")
    .filter((block) => isSaid(block));
  const content = others.flatMap((block) => toBlock(block, losses));
  const isBare = content.length === 0 && others.some(({ type }) => type === "image");
  if (isSummary) {
    const [first] = content;
    const summary = typeof first?.text === "string" ? first.text : "";
    yield spell({ type: "compaction", count: 1, removed_message_count: 0, summary });
  }
  const hasOwnRow = content.length > 0 || isBare || results.length === 0;
  if (!hasOwnRow && usage !== undefined) losses.add("usage");
  if (hasOwnRow) {
    yield spell({
      type: "message",
      message: {
        role: isSummary ? "system" : role,
        blocks: isBare ? [{ type: "text", text: PLACEHOLDER }] : content,
        usage: usage === undefined ? undefined : toUsage(usage, losses),
      },
    });
  }
  for (const result of results) {
    const row = { role: "tool", blocks: [toResult(result, losses)] };
    yield spell({ type: "message", message: row });
  }
}

function toBlock(block: Exclude<Block, { type: "result" }>, losses: Losses): readonly JsonObject[] {
  switch (block.type) {
    case "text":
      return [{ type: "text", text: block.text }];
    case "reasoning":
      if (block.isEncrypted) losses.add("signature");
      return [{ type: "thinking", thinking: block.text, signature: block.signature }];
    case "call":
      return [{
        type: "tool_use",
        id: block.callId,
        name: block.name,
        input: formatJsonText(block.input),
      }];
    case "image":
    case "file":
      losses.add(block.type);
      return [];
  }
}

function toResult(
  result: Block & { type: "result" },
  losses: Losses,
): JsonObject {
  const texts = result.blocks.flatMap((block) => {
    if (block.type === "text") return [block.text];
    if (block.type === "image" || block.type === "file") losses.add(block.type);
    return [];
  });
  return {
    type: "tool_result",
    tool_use_id: result.callId,
    tool_name: result.name ?? "unknown",
    output: texts.join("\n"),
    is_error: result.isError,
  };
}

/** All four counts, which claw wants once there is one; undefined when one is too large for it. */
function toUsage(usage: Usage, losses: Losses): JsonValue | undefined {
  const counts = Object.entries(USAGE_KEYS).map(([theirs, ours]) =>
    [theirs, usage[ours] ?? 0] as const
  );
  if (usage.reasoning_tokens) losses.add("reasoning_count");
  const isSound = counts.every(([, count]) =>
    Number.isInteger(count) && count >= 0 && count <= LARGEST_COUNT
  );
  if (!isSound) losses.add("usage");
  return isSound ? Object.fromEntries(counts) : undefined;
}

/** A time as claw takes it: whole milliseconds, none before 1970. */
export function toMs(ms: number): number {
  return Math.max(0, Math.round(ms));
}

/** A row as claw spells it. */
export function spell(row: JsonObject): Piece {
  return textRow(formatClaw(row));
}

/** Message rows of nanobot, keys in the order in which it sets them. */

import type { Random } from "./random.ts";
import type { RandomCall, RandomMessage, RandomReply } from "./random_messages.ts";
import { randomWords, sometimes } from "./random_prose.ts";
import { Literal, type Spellable, type SpellableObject } from "./spelling.ts";

/** How a conversation is written. */
export interface NanobotRowsOptions {
  /** Builds of before 2026-02-20 know no markers, no reasoning and shorter tool output. */
  readonly era: "old" | "new";
  /** The local time of the first message, in millionths of a second since 1970. */
  readonly startMicros: number;
  /** The share of tool calls that hold a NaN. */
  readonly nan: number;
}

/** Gives the rows of a conversation, later ones at later times. */
export function randomNanobotRows(
  random: Random,
  messages: readonly RandomMessage[],
  options: NanobotRowsOptions,
): readonly SpellableObject[] {
  let micros = options.startMicros;
  return messages.map((message) => {
    micros += random.pick([1_000_000, 2_500_000, random.integer(1, 90_000_000)]);
    const timestamp = formatNaiveTime(micros);
    switch (message.role) {
      case "user":
        return options.era === "old"
          ? { role: "user", content: message.text, timestamp }
          : promptRow(random, message.text, timestamp);
      case "assistant":
        return replyRow(random, message, { ...options, timestamp });
      case "tool":
        return {
          role: "tool",
          tool_call_id: message.call.id,
          name: message.call.name,
          content: cutOutput(message.output, options.era === "old" ? 500 : 16_000),
          timestamp,
        };
    }
  });
}

/** Spells a time as Python's `datetime.isoformat()` does without a zone. */
export function formatNaiveTime(micros: number): string {
  const seconds = new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19);
  const fraction = micros % 1_000_000;
  return fraction === 0 ? seconds : `${seconds}.${String(fraction).padStart(6, "0")}`;
}

function promptRow(random: Random, text: string, timestamp: string): SpellableObject {
  return {
    role: "user",
    content: random.chance(0.85) ? text : promptParts(random, text),
    timestamp,
    media: sometimes(random, 0.1, () => ["/home/ada/kites/naïve.png", "C:\\kites\\b.jpg"]),
    cli_apps: sometimes(random, 0.03, () => [{ name: "kite-cli" }]),
    mcp_presets: sometimes(random, 0.03, () => ["kites"]),
    session_mentions: sometimes(random, 0.03, () => [{ key: "cli:direct", handle: "kite" }]),
    _runtime_context: sometimes(random, 0.05, () => ({ channel: "cli", time: "09:30" })),
    ...sometimes(random, 0.15, () => randomMarker(random)),
  };
}

/** Pictures are told of, not kept; a link to one stays. */
function promptParts(random: Random, text: string): readonly SpellableObject[] {
  const picture = random.pick<SpellableObject>([
    { type: "text", text: "[image]" },
    { type: "text", text: "[image: /home/ada/kites/naïve.png]" },
    { type: "image_url", image_url: { url: "https://kites.example/a.png?x=1&y=2" } },
  ]);
  return random.chance(0.5) ? [{ type: "text", text }, picture] : [picture, { type: "text", text }];
}

/** What sets a row of the user apart from a prompt that a person typed. */
function randomMarker(random: Random): SpellableObject {
  return random.pick<SpellableObject>([
    { _command: true },
    { _hidden_history: { kind: "subagent_result", subagent_task_id: "sub-1" } },
    { _automation_turn: true },
    { _cron_turn: { job_id: "job-1", name: "wind" } },
    { injected_event: "subagent_result", subagent_task_id: "sub-1" },
    { role: "system", injected_event: "subagent_result", subagent_task_id: "sub-1" },
    { _session_message: { from: "cli:other", id: 7 } },
  ]);
}

function replyRow(
  random: Random,
  reply: RandomReply,
  options: Pick<NanobotRowsOptions, "era" | "nan"> & { readonly timestamp: string },
): SpellableObject {
  const { text, reasoning, calls } = reply;
  const { era, nan, timestamp } = options;
  if (era === "old") return oldReplyRow(random, reply, timestamp);
  const thought = reasoning === undefined
    ? undefined
    : [{ type: "thinking", thinking: reasoning, signature: "sig+/=" }];
  return {
    role: "assistant",
    content: contentOf(random, reply),
    tool_calls: calls.length === 0 ? undefined : calls.map((call) => toolCall(random, call, nan)),
    reasoning_content: sometimes(random, 0.8, () => reasoning),
    thinking_blocks: sometimes(random, 0.4, () => thought),
    timestamp,
    latency_ms: calls.length > 0 ? undefined : sometimes(random, 0.7, () => text.length + 400),
    _command: sometimes(random, 0.03, () => true),
    _channel_delivery: sometimes(random, 0.05, () => true),
  };
}

function oldReplyRow(random: Random, reply: RandomReply, timestamp: string): SpellableObject {
  const { text, calls } = reply;
  if (calls.length === 0) {
    const tools = sometimes(random, 0.3, () => ["read", "exec"]);
    return { role: "assistant", content: text, timestamp, tools_used: tools };
  }
  return {
    role: "assistant",
    content: contentOf(random, reply),
    tool_calls: calls.map((call) => toolCall(random, call, 0)),
    timestamp,
  };
}

function contentOf(random: Random, { text }: RandomReply): Spellable {
  if (text === "") return random.chance(0.5) ? null : "";
  return random.chance(0.97) ? text : [{ type: "text", text }];
}

function toolCall(random: Random, call: RandomCall, nan: number): SpellableObject {
  const { id, name, arguments: text } = call;
  const odd = sometimes(random, nan, () => random.pick(["NaN", "Infinity", "-Infinity"]));
  return {
    id,
    type: "function",
    function: { name, arguments: text },
    extra_content: sometimes(random, odd === undefined ? 0.1 : 1, () => ({
      google: { thought_signature: "sig+/=", score: new Literal(odd ?? "1e-07") },
    })),
    provider_specific_fields: sometimes(random, 0.1, () => ({ note: randomWords(random) })),
  };
}

function cutOutput(output: string, most: number): string {
  const letters = [...output];
  return letters.length <= most ? output : letters.slice(0, most).join("") + "\n... (truncated)";
}

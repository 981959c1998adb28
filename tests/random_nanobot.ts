/**
 * Invented nanobot sessions for laws: the metadata that its builds have kept, and conversations
 * with every marker that its messages carry, whole or damaged.
 */

import type { Random } from "./random.ts";
import { joinRows } from "./random_damage.ts";
import { randomMessages } from "./random_messages.ts";
import { formatNaiveTime, randomNanobotRows } from "./random_nanobot_message.ts";
import { randomProse, randomWords, sometimes } from "./random_prose.ts";
import { Literal, type SpellableObject, spellPython, spellPythonAscii } from "./spelling.ts";

/**
 * The files of nanobot: of today; of before 2026-02-20, in ASCII and without a key; with the
 * metadata in a later row, as a file put together by hand; and with a provider's state in row 2.
 */
export const NANOBOT_VARIANTS = ["modern", "ascii", "headless", "state"] as const;

/** A kind of nanobot file. */
export type NanobotVariant = typeof NANOBOT_VARIANTS[number];

/** How a generated file is made. */
export interface RandomNanobotOptions {
  /** The channel and the chat, such as `cli:direct`; files in ASCII do not say it. */
  readonly key: string;
  /** The modern kind if absent. */
  readonly variant?: NanobotVariant;
  /** The most rows after the first; a headless file and one with a state have one at least. */
  readonly mostRows?: number;
  /** The share of rows that are damaged, from 0 to 1. */
  readonly damage?: number;
  /** The most letters of a long text; nanobot cuts the output of tools before it stores it. */
  readonly longest?: number;
  /** The share of tool calls that hold a NaN, which Python writes and JSON lacks: 0 if absent. */
  readonly nan?: number;
}

const START_MICROSECONDS = Date.UTC(2026, 1, 16, 9, 30) * 1000;

const ODD_ROWS = [
  '{"_type": "metadata"}',
  '{"_type": "metadata", "updated_at": null, "last_consolidated": -1}',
  '{"_type": "metadata", "metadata": [], "last_consolidated": 1e9}',
  '{"_type": "note", "content": "kite"}',
  '{"role": "robot", "content": "kite"}',
  '{"role": "user", "content": 5, "timestamp": "yesterday"}',
  '{"content": "kite"}',
] as const;

/** Gives the bytes of a session file. */
export function randomNanobotFile(random: Random, options: RandomNanobotOptions): Uint8Array {
  const { variant = "modern", mostRows = 30, damage = 0, longest = 70_000, nan = 0 } = options;
  const most = Math.max(0, mostRows - (variant === "state" ? 1 : 0));
  const said = randomMessages(random, { most, longest });
  const messages = said.length === 0 && variant === "headless"
    ? [{ role: "user", text: randomProse(random, longest) } as const]
    : said;
  const era = variant === "ascii" ? "old" : "new";
  const rows = randomNanobotRows(random, messages, { era, startMicros: START_MICROSECONDS, nan });
  const metadata = randomMetadata(random, options, rows);
  const at = variant === "headless" ? random.integer(1, rows.length) : 0;
  const state = variant === "state" ? [randomState(random)] : [];
  const ordered = [...rows.slice(0, at), metadata, ...state, ...rows.slice(at)];
  const spell = variant === "ascii" ? spellPythonAscii : spellPython;
  return joinRows(random, ordered.map(spell), { damage, oddRows: ODD_ROWS });
}

function randomMetadata(
  random: Random,
  options: RandomNanobotOptions,
  rows: readonly SpellableObject[],
): SpellableObject {
  const { key, variant = "modern" } = options;
  const created = formatNaiveTime(START_MICROSECONDS);
  const consolidated = random.chance(0.7) ? 0 : random.integer(0, rows.length);
  const isOld = variant === "ascii";
  return {
    _type: "metadata",
    key: isOld ? undefined : key,
    created_at: created,
    updated_at: rows.at(-1)?.["timestamp"] ?? created,
    metadata: isOld || random.chance(0.3) ? {} : randomFacts(random),
    last_consolidated: isOld && random.chance(0.3) ? undefined : consolidated,
  };
}

function randomFacts(random: Random): SpellableObject {
  const goal = { objective: randomWords(random), status: "active", budget: new Literal("1.0") };
  return {
    title: sometimes(random, 0.5, () => randomWords(random)),
    title_user_edited: sometimes(random, 0.2, () => true),
    webui: sometimes(random, 0.2, () => true),
    last_channel: sometimes(random, 0.3, () => "telegram"),
    session_handle: sometimes(random, 0.2, () => "kite"),
    _last_summary: sometimes(random, 0.2, () => ({
      text: randomWords(random),
      last_active: "2026-02-16T09:31:00",
    })),
    _last_usage: sometimes(random, 0.4, () => ({
      prompt_tokens: random.integer(1, 90_000),
      completion_tokens: random.integer(0, 4_000),
      cached_tokens: random.integer(0, 90_000),
    })),
    _nanobot_model_preset: sometimes(random, 0.2, () => "fast"),
    workspace_scope: sometimes(random, 0.1, () => ({ path: "/home/ada/naïve", access: "full" })),
    goal_state: sometimes(random, 0.1, () => goal),
    thread_goal: sometimes(random, 0.05, () => goal),
    runtime_checkpoint: sometimes(random, 0.1, () => randomCheckpoint(random)),
    pending_user_turn: sometimes(random, 0.1, () => true),
  };
}

/** A turn in flight: what it holds is not among the messages yet. */
function randomCheckpoint(random: Random): SpellableObject {
  const call = (id: string) => ({
    id,
    type: "function",
    function: { name: "exec", arguments: '{"cmd": "df"}' },
  });
  return {
    phase: "awaiting_tools",
    iteration: random.integer(1, 9),
    model: "model-x",
    assistant_message: { role: "assistant", content: "", tool_calls: [call("p1"), call("p2")] },
    completed_tool_results: [{ role: "tool", tool_call_id: "p1", name: "exec", content: "92%" }],
    pending_tool_calls: [call("p2")],
  };
}

function randomState(random: Random): SpellableObject {
  return {
    _type: "provider_state",
    state: {
      kind: "responses",
      provider: "openai",
      model: "model-x",
      version: 1,
      payload: {
        previous_response_id: "resp_1",
        encrypted: "c2VjcmV0",
        numbers: [new Literal("12345678901234567890"), new Literal("1.0"), 1e-7, 0.25, -3],
        text: randomWords(random),
      },
      pending_messages: random.chance(0.5) ? [] : [{ role: "user", content: "naïve 🪁" }],
    },
  };
}

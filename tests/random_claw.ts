/**
 * Invented claw-code sessions for laws: conversations with all that claw keeps, in each of the
 * shapes that its files have had, whole or damaged.
 */

import type { Random } from "./random.ts";
import { damageLine, joinRows } from "./random_damage.ts";
import { type RandomMessage, randomMessages } from "./random_messages.ts";
import { randomWords, sometimes } from "./random_prose.ts";
import { type SpellableObject, spellClaw } from "./spelling.ts";

/**
 * The shapes of claw's files: rows; one object with the keys of today; one with messages and
 * version alone, of the first days; and one with the keys of today as an editor lays it out.
 */
export const CLAW_VARIANTS = ["jsonl", "legacy", "oldest", "pretty"] as const;

/** The shape of a claw file. */
export type ClawVariant = typeof CLAW_VARIANTS[number];

/** How a generated file is made. */
export interface RandomClawOptions {
  /** The id in the header; the oldest files have none. */
  readonly id: string;
  /** The id of the session that this one was forked from. */
  readonly parent?: string;
  /** Rows if absent. */
  readonly variant?: ClawVariant;
  /** The most rows after the first; in a whole object, the most messages. */
  readonly mostRows?: number;
  /** The share of rows that are damaged, from 0 to 1; of a whole object, the share of files. */
  readonly damage?: number;
  /** The most letters of a long text; claw cuts those of rows at 16,384. */
  readonly longest?: number;
}

interface ClawSession {
  readonly header: SpellableObject;
  readonly compaction: SpellableObject | undefined;
  readonly messages: readonly SpellableObject[];
  readonly history: readonly SpellableObject[];
}

const LONGEST_STORED = 16_384;
const CUT_MARK = "… [truncated for session JSONL]";
const START_MS = 1_782_531_994_120;
const CONTINUED = "This session is being continued from a previous conversation.\n\n";

const ODD_ROWS = [
  '{"created_at_ms":1,"session_id":"s","type":"session_meta","updated_at_ms":1,"version":1}',
  '{"type":"session_meta"}',
  '{"text":5,"timestamp_ms":"now","type":"prompt_history"}',
  '{"count":1.5,"removed_message_count":1e3,"summary":"","type":"compaction"}',
  '{"message":{"blocks":[],"role":"robot"},"type":"message"}',
  '{"message":{"blocks":[{"text":"\\ud83e\\ude81","type":"text"}],"role":"user"},"type":"message"}',
  '{"message":{"blocks":[{"data":"AAAA","type":"image"}],"role":"user"},"type":"message"}',
  '{"message":{"role":"user"},"type":"message"}',
  '{"type":"message"}',
  '{"runs":1,"type":"test_run"}',
] as const;

/** Gives the bytes of a session file; a whole object has no line end, as claw writes it. */
export function randomClawFile(random: Random, options: RandomClawOptions): Uint8Array {
  const { variant = "jsonl", damage = 0 } = options;
  const session = randomSession(random, options);
  if (variant === "jsonl") {
    const rows = orderRows(random, session, options.mostRows ?? 30);
    return joinRows(random, rows.map(spellClaw), { damage, oddRows: ODD_ROWS });
  }
  const text = spellClaw(variant === "oldest" ? toOldest(session) : toObject(session));
  const bytes = new TextEncoder().encode(
    variant === "pretty" ? JSON.stringify(JSON.parse(text), null, 2) + "\n" : text,
  );
  return random.chance(damage) ? Uint8Array.from(damageLine(random, bytes)) : bytes;
}

function randomSession(random: Random, options: RandomClawOptions): ClawSession {
  const { variant = "jsonl", mostRows = 30, longest = 70_000 } = options;
  const isCompacted = variant !== "oldest" && mostRows >= 2 && random.chance(0.2);
  const summary = `<summary>${randomWords(random)}</summary>`;
  const said = randomMessages(random, { most: mostRows - (isCompacted ? 2 : 0), longest });
  const messages = said.map((message) => spellMessage(random, message, variant));
  const prompts = said.flatMap((message) => message.role === "user" ? [message.text] : []);
  const startMs = Number(/^session-(\d+)-\d+$/.exec(options.id)?.[1] ?? START_MS);
  return {
    header: randomHeader(random, options, startMs),
    compaction: isCompacted
      ? {
        count: random.integer(1, 4),
        removed_message_count: random.integer(1, 200),
        summary,
      }
      : undefined,
    messages: isCompacted ? [continuation(summary), ...messages] : messages,
    history: random.chance(0.3) ? [] : prompts.map((text, index) => ({
      text: storeText(text, variant),
      timestamp_ms: startMs + 60_000 * index + random.integer(0, 50_000),
      type: "prompt_history",
    })),
  };
}

function randomHeader(
  random: Random,
  options: RandomClawOptions,
  startMs: number,
): SpellableObject {
  const { id, parent } = options;
  return {
    session_id: id,
    created_at_ms: startMs,
    updated_at_ms: startMs + random.integer(0, 3_600_000),
    version: 1,
    model: sometimes(random, 0.8, () => random.pick(["model-x", "model-y-haiku"])),
    workspace_root: sometimes(
      random,
      0.8,
      () => random.pick(["/home/ada/kite", "/home/ada/naïve <風>", "C:\\Users\\ada\\kite"]),
    ),
    fork: parent === undefined ? undefined : {
      parent_session_id: parent,
      branch_name: sometimes(random, 0.5, () => random.pick(["try-2", "ö 🪁"])),
    },
  };
}

/** Prompts that the last snapshot holds stand first; one appended since stands at its message. */
function orderRows(
  random: Random,
  session: ClawSession,
  mostRows: number,
): readonly SpellableObject[] {
  const { header, compaction, messages } = session;
  const head = [
    { ...header, type: "session_meta" },
    ...(compaction === undefined ? [] : [{ ...compaction, type: "compaction" }]),
  ];
  const room = mostRows + 1 - head.length - messages.length;
  const history = session.history.slice(0, Math.max(0, room));
  const stored = random.integer(0, history.length);
  const rows: SpellableObject[] = [...head, ...history.slice(0, stored)];
  let prompts = 0;
  for (const message of messages) {
    if (message["role"] === "user") {
      const entry = history[prompts];
      if (entry !== undefined && prompts >= stored) rows.push(entry);
      prompts++;
    }
    rows.push({ message, type: "message" });
  }
  return rows;
}

function toObject({ header, compaction, messages, history }: ClawSession): SpellableObject {
  return {
    ...header,
    compaction,
    messages,
    prompt_history: history.length === 0 ? undefined : history,
  };
}

function toOldest({ messages }: ClawSession): SpellableObject {
  return { messages, version: 1 };
}

function continuation(summary: string): SpellableObject {
  const text = `${CONTINUED}${summary}\n\nRecent messages are kept.\nGo on without a question.`;
  return { role: "system", blocks: [{ type: "text", text }] };
}

function spellMessage(
  random: Random,
  message: RandomMessage,
  variant: ClawVariant,
): SpellableObject {
  const { role } = message;
  if (role === "user") {
    const more = sometimes(random, 0.05, () => randomWords(random));
    const texts = more === undefined ? [message.text] : [message.text, more];
    return { role, blocks: texts.map((text) => textBlock(text, variant)) };
  }
  if (role === "tool") {
    const { call, output, isError } = message;
    const secret = random.chance(0.05) ? " Authorization: Bearer [redacted]]" : "";
    return {
      role,
      blocks: [{
        type: "tool_result",
        tool_use_id: call.id,
        tool_name: call.name,
        output: storeText(output + secret, variant),
        is_error: isError,
      }],
    };
  }
  const { text, reasoning, calls } = message;
  const blocks: SpellableObject[] = [];
  // Builds of the first days have no thinking.
  if (reasoning !== undefined && variant !== "oldest") {
    const signature = sometimes(random, 0.7, () => random.pick(["sig+/=", ""]));
    blocks.push({ type: "thinking", thinking: storeText(reasoning, variant), signature });
  }
  if (text !== "" || random.chance(0.1)) blocks.push(textBlock(text, variant));
  for (const { id, name, arguments: input } of calls) {
    blocks.push({ type: "tool_use", id, name, input });
  }
  return { role, blocks, usage: sometimes(random, 0.8, () => randomUsage(random)) };
}

function textBlock(text: string, variant: ClawVariant): SpellableObject {
  return { type: "text", text: storeText(text, variant) };
}

function randomUsage(random: Random): SpellableObject {
  return {
    input_tokens: random.integer(0, 200_000),
    output_tokens: random.integer(0, 8_000),
    cache_creation_input_tokens: random.integer(0, 2_000),
    cache_read_input_tokens: random.pick([0, 4_294_967_295, 812]),
  };
}

/** What claw stores of a text in a row: cut by code points, its mark included. */
function storeText(text: string, variant: ClawVariant): string {
  if (variant !== "jsonl" || text.length <= LONGEST_STORED) return text;
  const letters = [...text];
  if (letters.length <= LONGEST_STORED) return text;
  return letters.slice(0, LONGEST_STORED - [...CUT_MARK].length).join("") + CUT_MARK;
}

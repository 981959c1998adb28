/**
 * Invented sessions of eino's chat server and memory files of its assistant, for laws: both kinds
 * of messages, with and without a header, whole or damaged.
 */

import type { Random } from "./random.ts";
import { joinRows } from "./random_damage.ts";
import { randomAgenticRows } from "./random_eino_agentic.ts";
import { randomMessageRow } from "./random_eino_message.ts";
import { randomMessages } from "./random_messages.ts";
import { randomProse } from "./random_prose.ts";
import { type SpellableObject, spellGo } from "./spelling.ts";

/**
 * The files of eino's examples: of either kind of messages, whose header names the kind; of v1,
 * whose header does not; and of the assistant's memory, without a header and with fewer keys.
 */
export const EINO_VARIANTS = ["message", "agentic", "v1", "headerless"] as const;

/** A kind of eino file. */
export type EinoVariant = typeof EINO_VARIANTS[number];

/** How a generated file is made. */
export interface RandomEinoOptions {
  /** The id in the header, if there is one. */
  readonly id: string;
  /** The message kind if absent. */
  readonly variant?: EinoVariant;
  /** The most rows after the first. */
  readonly mostRows?: number;
  /** The share of rows that are damaged, from 0 to 1. */
  readonly damage?: number;
  /** The most letters of a long text; eino's reader ends at a row of 65,536 bytes. */
  readonly longest?: number;
}

const ODD_ROWS = [
  '{"type":"session","id":"other","created_at":"0001-01-01T00:00:00Z"}',
  '{"type":"note","text":"kite"}',
  '{"role":"robot","content":"kite"}',
  '{"role":"user","content":5}',
  '{"role":"user","content_blocks":[{"type":"user_input_text"}]}',
  '{"ROLE":"user","Content":"kite"}',
] as const;

/** Gives the bytes of a session file; a headerless one may be empty. */
export function randomEinoFile(random: Random, options: RandomEinoOptions): Uint8Array {
  const { variant = "message", mostRows = 30, damage = 0, longest = 70_000 } = options;
  const hasSystem = variant !== "agentic" && mostRows > 0 && random.chance(0.05);
  const messages = randomMessages(random, { most: mostRows - (hasSystem ? 1 : 0), longest });
  const era = variant === "headerless" ? "old" : "new";
  const rows: readonly SpellableObject[] = [
    ...(variant === "headerless" ? [] : [randomHeader(random, options.id, variant)]),
    ...(hasSystem ? [{ role: "system", content: randomProse(random, longest) }] : []),
    ...(variant === "agentic"
      ? randomAgenticRows(random, messages)
      : messages.map((message) => randomMessageRow(random, message, era))),
  ];
  return joinRows(random, rows.map(spellGo), { damage, oddRows: ODD_ROWS });
}

function randomHeader(random: Random, id: string, variant: EinoVariant): SpellableObject {
  return {
    type: "session",
    id,
    created_at: random.pick([
      "2026-03-12T08:15:30.25Z",
      "2026-07-01T10:00:00Z",
      "2026-07-01T10:00:00.123456789Z",
    ]),
    message_kind: variant === "v1" ? undefined : variant,
  };
}

/**
 * Invented zot sessions for laws: rows of every kind in any order, some of them damaged in the ways
 * that crashes, copies and other programs damage files.
 */

import type { Random } from "./random.ts";
import { damageLine } from "./random_damage.ts";

/** How a generated file is made. */
export interface RandomZotOptions {
  readonly id: string;
  readonly parent?: string;
  /** The most rows after the first. */
  readonly mostRows?: number;
  /** The share of rows that are damaged, from 0 to 1. */
  readonly damage?: number;
}

const WORDS = [
  "kite",
  "lantern",
  "a<b>&c",
  "naïve",
  "風",
  "🪁",
  '"quoted"',
  "tab\there",
  "{}",
  "\\",
] as const;

/** Gives the bytes of a session file. */
export function randomZotFile(random: Random, options: RandomZotOptions): Uint8Array {
  const { id, parent, mostRows = 30, damage = 0.1 } = options;
  const meta = () => ({
    type: "meta",
    meta: {
      id,
      cwd: `/home/ada/${random.pick(["kite", "lantern"])}`,
      model: random.pick(["model-x", "model-y"]),
      provider: "anthropic",
      started: "2026-11-01T08:00:00.5Z",
      version: "0.2.9",
      ...(parent === undefined ? {} : { parent, fork_point: random.integer(0, 6) }),
    },
  });
  const rows: unknown[] = [meta()];
  for (let left = random.integer(0, mostRows); left > 0; left--) {
    rows.push(random.chance(0.05) ? meta() : randomRow(random));
  }
  const encoder = new TextEncoder();
  const lines = rows.map((row, index) => {
    const line = encoder.encode(JSON.stringify(row));
    return index > 0 && random.chance(damage) ? damageLine(random, line) : [...line, 0x0a];
  });
  const bytes = lines.flat();
  const most = rows.length > 1 ? Math.min(9, lines.at(-1)?.length ?? 0) : 0;
  return Uint8Array.from(
    most > 0 && random.chance(0.1) ? bytes.slice(0, -random.integer(1, most)) : bytes,
  );
}

function randomRow(random: Random): unknown {
  switch (
    random.pick([
      "message",
      "message",
      "message",
      "message",
      "usage",
      "rename",
      "compaction",
      "odd",
    ])
  ) {
    case "message":
      return { type: "message", message: randomMessage(random) };
    case "usage":
      return {
        type: "usage",
        usage: {},
        cumulative: { input_tokens: random.integer(0, 99), cost_usd: random.integer(0, 40) / 8 },
      };
    case "rename":
      return { title: random.pick(["", "kites", "風の凧"]), type: "rename" };
    case "compaction":
      return {
        type: "compaction",
        messages: random.list(random.integer(0, 3), () => randomMessage(random)),
      };
    default:
      return random.pick<unknown>([
        { type: "extension_state", state: { a: 1 } },
        { type: "message" },
        { type: 7 },
        [],
        5,
      ]);
  }
}

function randomMessage(random: Random): unknown {
  const role = random.pick(["user", "assistant", "tool"]);
  const block = () =>
    random.pick<unknown>([
      { text: random.list(random.integer(0, 6), () => random.pick(WORDS)).join(" ") },
      { id: "c1", name: "read", arguments: { path: random.pick(WORDS) } },
      { call_id: "c1", content: [{ text: "ok" }], is_error: false },
      { mime_type: "image/png", data: "AAAA" },
      { summary: "thinking" },
      { text: 5 },
    ]);
  const time = `2026-11-0${random.integer(1, 9)}T10:00:00+01:00`;
  return {
    role,
    content: random.chance(0.1) ? null : random.list(random.integer(0, 3), block),
    time,
  };
}

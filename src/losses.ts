/**
 * What a new session does not say that the one it was made from does: counted by kind, so that
 * nothing goes without a word.
 *
 * Whoever writes rows adds a loss where the rows have no place for something; what was said in all
 * is then what the new rows say and what was lost, kind by kind.
 */

import { groupDigits } from "./text.ts";

/** Each kind of loss, stable for scripts, with what one is called, and what several are. */
const KINDS = {
  text: ["text", "texts"],
  call: ["tool call", "tool calls"],
  result: ["tool result", "tool results"],
  image: ["image", "images"],
  file: ["attached file", "attached files"],
  reasoning: ["piece of reasoning", "pieces of reasoning"],
  signature: ["signature of reasoning", "signatures of reasoning"],
  error_mark: ["mark of a failed tool", "marks of failed tools"],
  system_role: ["role of a system message", "roles of system messages"],
  summary: ["mark of a summary", "marks of summaries"],
  time: ["time of a message", "times of messages"],
  usage: ["reply's token counts", "replies' token counts"],
  reasoning_count: ["count of reasoning tokens", "counts of reasoning tokens"],
  cost: ["cost", "costs"],
  title: ["title", "titles"],
  provider: ["provider", "providers"],
  fork_point: ["fork point", "fork points"],
  origin: ["earlier id", "earlier ids"],
  hidden: ["mark of a hidden session", "marks of hidden sessions"],
  superseded: ["superseded message", "superseded messages"],
  empty: ["message that holds nothing", "messages that hold nothing"],
  field: ["field of a message", "fields of messages"],
  prompt_history: ["prompt of the history", "prompts of the history"],
  private_row: ["private row of the agent's own", "private rows of the agent's own"],
  unknown_row: ["row of an unknown type", "rows of unknown types"],
  damaged_row: ["damaged row", "damaged rows"],
} as const;

/** A kind of loss. */
export type LossKind = keyof typeof KINDS;

/** How many losses of one kind there are. */
export interface Loss {
  readonly kind: LossKind;
  readonly count: number;
}

/** Losses, counted while they happen. */
export class Losses {
  readonly #counts = new Map<LossKind, number>();

  /** Counts so many losses of a kind; none is nothing. */
  add(kind: LossKind, count = 1): void {
    if (count > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }

  /** All losses, in the order of `KINDS`. */
  list(): readonly Loss[] {
    return (Object.keys(KINDS) as LossKind[]).flatMap((kind) => {
      const count = this.#counts.get(kind);
      return count === undefined ? [] : [{ kind, count }];
    });
  }
}

/** A loss in words: `3 images`. */
export function formatLoss({ kind, count }: Loss): string {
  return `${groupDigits(count)} ${KINDS[kind][count === 1 ? 0 : 1]}`;
}

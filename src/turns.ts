/**
 * What each turn of a session took: from one prompt of the user's to the next, by what the rows count.
 */

import { MessageNumbers } from "./messages.ts";
import type { SessionReader } from "./reader.ts";
import type { Usage } from "./transcript.ts";
import { addUsage, nextTotals, type Totals, usageSince } from "./usage.ts";

/** A turn, and what it took. */
export interface Turn {
  /** The message that began it; undefined when that was superseded, or no prompt began it. */
  readonly number: number | undefined;
  readonly usage: Usage;
  /** In US dollars; undefined where no row of the session names a cost. */
  readonly costUsd: number | undefined;
}

/** Reads the turns of a session, superseded ones included; none where nothing was counted. */
export function readTurns(reader: SessionReader): readonly Turn[] {
  const numbers = new MessageNumbers(reader.messages);
  const turns: { -readonly [Key in keyof Turn]: Turn[Key] }[] = [];
  let totals: Totals = { usage: {}, costUsd: undefined };
  const spend = (usage: Usage, costUsd?: number) => {
    let turn = turns.at(-1);
    if (turn === undefined) turns.push(turn = { number: undefined, usage: {}, costUsd: undefined });
    turn.usage = addUsage(turn.usage, usage);
    if (costUsd !== undefined) turn.costUsd = (turn.costUsd ?? 0) + costUsd;
  };
  for (const { row, facts } of reader.scan()) {
    let index = 0;
    for (const fact of facts) {
      if (fact.kind === "message") {
        const number = numbers.take(row, index++);
        if (fact.message.prompt !== undefined) {
          turns.push({ number, usage: {}, costUsd: undefined });
        }
      } else if (fact.kind === "restart") {
        // What a restart brings was said before, and took what it took.
        for (const _ of fact.messages) numbers.take(row, index++);
      } else if (fact.kind === "spent") {
        spend(fact.usage);
      } else if (fact.kind === "usage") {
        const { totals: now, isNew } = nextTotals(totals, fact);
        const before = isNew ? { usage: {}, costUsd: undefined } : totals;
        const cost = now.costUsd === undefined ? undefined : now.costUsd - (before.costUsd ?? 0);
        spend(usageSince(now.usage, before.usage) ?? {}, cost);
        totals = now;
      }
    }
  }
  return turns.some(({ usage }) => Object.keys(usage).length > 0) ? turns : [];
}

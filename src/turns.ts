/**
 * What each turn of a session took: from one prompt of the user's to the next, by what the rows count.
 */

import type { SessionReader } from "./reader.ts";
import type { Usage } from "./transcript.ts";
import { addUsage, nextTotals, type Totals, usageSince } from "./usage.ts";

/** What a turn took. */
export interface Turn {
  readonly usage: Usage;
  /** In US dollars; undefined where no row of the session names a cost. */
  readonly costUsd: number | undefined;
}

/** Reads the turns of a session, superseded ones included; none where nothing was counted. */
export function readTurns(reader: SessionReader): readonly Turn[] {
  const turns: { -readonly [Key in keyof Turn]: Turn[Key] }[] = [];
  let totals: Totals = { usage: {}, costUsd: undefined };
  const spend = (usage: Usage, costUsd?: number) => {
    let turn = turns.at(-1);
    if (turn === undefined) turns.push(turn = { usage: {}, costUsd: undefined });
    turn.usage = addUsage(turn.usage, usage);
    if (costUsd !== undefined) turn.costUsd = (turn.costUsd ?? 0) + costUsd;
  };
  for (const { facts } of reader.scan()) {
    for (const fact of facts) {
      if (fact.kind === "message" && fact.message.prompt !== undefined) {
        turns.push({ usage: {}, costUsd: undefined });
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

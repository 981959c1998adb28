/**
 * Running totals of tokens and cost, as agents count them: a total that has fallen was begun anew,
 * and what one row does not count goes on as it was, for versions of an agent count different things.
 */

import type { Usage } from "./transcript.ts";

/** What an agent has counted up to a row. */
export interface Totals {
  readonly usage: Usage;
  /** In US dollars; undefined where no row names a cost. */
  readonly costUsd: number | undefined;
}

/** All that may be counted. */
const KINDS = [
  "input_tokens",
  "output_tokens",
  "reasoning_tokens",
  "cache_read_tokens",
  "cache_write_tokens",
] as const satisfies readonly (keyof Usage)[];

/** Totals after a row, and whether that row began them anew. */
export interface NextTotals {
  readonly totals: Totals;
  readonly isNew: boolean;
}

/** Goes on from the totals before a row to those after it. */
export function nextTotals(before: Totals, row: Totals): NextTotals {
  let isNew = (row.costUsd ?? Infinity) < (before.costUsd ?? 0);
  // Nearly every row counts what the one before did, and nothing is left of that.
  let isWhole = true;
  for (const key of KINDS) {
    const count = row.usage[key];
    const last = before.usage[key];
    if (count === undefined) isWhole &&= last === undefined;
    else if (count < (last ?? 0)) isNew = true;
  }
  isWhole ||= isNew;
  const usage = isWhole ? row.usage : { ...before.usage, ...row.usage };
  const costUsd = row.costUsd ?? (isNew ? 0 : before.costUsd);
  return { totals: { usage, costUsd }, isNew };
}

/** Tells whether a row counts what the one before did, and nothing of it has fallen. */
export function isContinued(before: Totals, row: Totals): boolean {
  const goesOn = (last: number | undefined, next: number | undefined) =>
    last === undefined ? next === undefined : next !== undefined && next >= last;
  return goesOn(before.costUsd, row.costUsd) &&
    KINDS.every((kind) => goesOn(before.usage[kind], row.usage[kind]));
}

/** Adds two usages; a count that stands in one only is taken as it is. */
export function addUsage(a: Usage, b: Usage): Usage {
  const sum: { -readonly [Key in keyof Usage]: number } = { ...a };
  for (const key of usageKeys(b)) sum[key] = (sum[key] ?? 0) + (b[key] ?? 0);
  return sum;
}

/** The counts of a usage by which it exceeds an earlier one; undefined when it exceeds it in none. */
export function usageSince(usage: Usage, earlier: Usage): Usage | undefined {
  const more: { -readonly [Key in keyof Usage]: number } = {};
  for (const key of usageKeys(usage)) more[key] = (usage[key] ?? 0) - (earlier[key] ?? 0);
  return usageKeys(more).some((key) => more[key] !== 0) ? more : undefined;
}

function usageKeys(usage: Usage): readonly (keyof Usage)[] {
  return Object.keys(usage) as (keyof Usage)[];
}

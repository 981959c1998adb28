/**
 * The account of what a listing does not show: each failure as a warning, the rest counted on one
 * line, so that no file and no damaged row goes unsaid.
 */

import type { Outcome, Talk } from "./command.ts";
import type { Listing } from "./listing.ts";
import { formatCount } from "./text.ts";
import type { Problem, Session } from "./transcript.ts";
import type { Skipped } from "./walk.ts";

/** How many damaged rows of one file are named one by one. */
const NAMED_ROWS = 3;

/** A listing, and what of it a command found and printed. */
export interface Account {
  readonly skipped: readonly Pick<Skipped, "path" | "reason" | "isFailure">[];
  /** The sessions that were asked for. */
  readonly found: readonly Session[];
  /** Those of them that were printed, at the head of `found`. */
  readonly shown: readonly Session[];
}

/** Warns of each damaged row in these sessions; the outcome is partial when there is one. */
export function warnOfDamage(sessions: readonly Session[], talk: Talk): Outcome {
  for (const { path, problems, problemCount } of sessions) {
    if (problems.length === 0) continue;
    const damage = problems.filter(isDamage);
    // Notices of one kind are one entry, so what was not kept is damage.
    const unkept = problemCount - problems.reduce((sum, { count }) => sum + count, 0);
    for (const problem of damage.slice(0, NAMED_ROWS)) talk.warning(formatProblem(path, problem));
    if (damage.length > NAMED_ROWS) {
      const unnamed = damage.length - NAMED_ROWS + Math.max(0, unkept);
      const more = formatCount(unnamed, "more damaged row");
      talk.warning(`${path}: ${more} (--json names them)`);
    }
  }
  return sessions.some(isDamaged) ? "partial" : "done";
}

/**
 * Accounts for all that was found: warnings for failures and for damage in what was printed, then
 * one line that counts the rest.
 */
export function accountFor({ skipped, found, shown }: Account, talk: Talk): Outcome {
  const failures = skipped.filter((file) => file.isFailure);
  for (const { path, reason } of failures) talk.warning(`${path}: ${reason}`);
  const shownNews = shown.filter(hasNews);
  warnOfDamage(shownNews, talk);

  const unshown = found.length - shown.length;
  const unshownNews = found.slice(shown.length).filter(hasNews);
  const damaged = unshownNews.filter(isDamaged).length;
  const strangers = skipped.filter((file) => !file.isFailure);
  const news = [...shownNews, ...unshownNews];
  const ownParts = news.flatMap(({ parts }) => parts);
  const notices = news.flatMap(({ problems }) => problems.filter(isWorthANote));
  const parts = [
    unshown === 0
      ? ""
      : formatCount(unshown, "more session") + (damaged > 0 ? ` (${damaged} damaged)` : ""),
    strangers.length === 0
      ? ""
      : `${formatCount(strangers.length, "other file")} (${countBy(strangers, (f) => f.reason)})`,
    ownParts.length === 0
      ? ""
      : `${formatCount(ownParts.length, "part")} of sessions (${countBy(ownParts, (p) => p.what)})`,
    notices.length === 0
      ? ""
      : `${formatCount(notices.length, "notice")} (${
        countBy(notices, ({ kind }) => kind.replaceAll("_", " "))
      })`,
  ].filter((part) => part !== "");
  if (parts.length > 0) talk.note(parts.join(", "));
  return failures.length > 0 || news.some(isDamaged) ? "partial" : "done";
}

/** Says that nothing was found: no root, no session in the roots, or none that fits. */
export function sayNoneFound(
  { sessions }: Pick<Listing, "sessions">,
  roots: readonly string[],
  talk: Talk,
): void {
  if (sessions.length > 0) talk.note(`None of ${formatCount(sessions.length, "session")} matches`);
  else if (roots.length > 0) talk.note(`No sessions in ${roots.join(", ")}`);
  else talk.note("No sessions: none of the agents' folders is here; --root names another");
}

/** Where a problem is and what it is, as compilers say it: `PATH:12: the row is cut short`. */
export function formatProblem(path: string, { line, offset, reason }: Problem): string {
  return line === 0 ? `${path}: ${reason}` : `${path}:${line}: ${reason} (at byte ${offset})`;
}

/** zot names most files otherwise than their sessions, so that is told where a session is shown. */
function isWorthANote({ severity, kind }: Problem): boolean {
  return severity === "notice" && kind !== "name";
}

/** Nearly all of thousands have nothing that is to be told of. */
function hasNews({ state, problems, parts }: Session): boolean {
  return problems.length > 0 || parts.length > 0 || state === "damaged";
}

function isDamaged({ state, problems }: Session): boolean {
  return state === "damaged" || problems.some(isDamage);
}

function isDamage({ severity }: Problem): boolean {
  return severity === "damage";
}

/** Counts by kind, the commonest first: `3 not a session, 1 symbolic link`. */
function countBy<T>(items: readonly T[], kindOf: (item: T) => string): string {
  return [...Map.groupBy(items, kindOf)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([kind, group]) => `${group.length} ${kind}`)
    .join(", ");
}

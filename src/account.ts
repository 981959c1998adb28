/**
 * The account of what a listing does not show: each failure as a warning, the rest counted on one
 * line, so that no file and no damaged row goes unsaid.
 */

import type { Outcome, Talk } from "./command.ts";
import type { Listing } from "./store.ts";
import { formatCount } from "./text.ts";
import type { Problem, Session } from "./transcript.ts";

/** How many damaged rows of one file are named one by one. */
const NAMED_ROWS = 3;

/** Warns of what is damaged in these sessions; the outcome is partial when anything is. */
export function warnOfDamage(sessions: readonly Session[], talk: Talk): Outcome {
  let outcome: Outcome = "done";
  for (const session of sessions) {
    const damage = session.problems.filter((problem) => problem.severity === "damage");
    for (const problem of damage.slice(0, NAMED_ROWS)) {
      talk.warning(`"${session.path}" ${formatProblem(problem)}`);
    }
    if (damage.length > NAMED_ROWS) {
      const more = formatCount(damage.length - NAMED_ROWS, "damaged row");
      talk.warning(`"${session.path}" ${more} more; skein list --json names them`);
    }
    if (damage.length > 0) outcome = "partial";
  }
  return outcome;
}

/**
 * Accounts for all that was found: warnings for failures and damage, then one line that counts.
 * @param unshown sessions that passed the filters and were left out for want of room
 */
export function accountFor({ sessions, skipped }: Listing, unshown: number, talk: Talk): Outcome {
  const failures = skipped.filter((file) => file.isFailure);
  for (const { path, reason } of failures) talk.warning(`cannot read "${path}": ${reason}`);
  const outcome = warnOfDamage(sessions, talk);

  const parts: string[] = [];
  if (unshown > 0) parts.push(formatCount(unshown, "more session"));
  const strangers = skipped.filter((file) => !file.isFailure);
  if (strangers.length > 0) {
    const reasons = [...Map.groupBy(strangers, (file) => file.reason)]
      .map(([reason, files]) => `${files.length} ${reason}`);
    parts.push(`${formatCount(strangers.length, "file")} not shown (${reasons.join(", ")})`);
  }
  const notices = sessions.flatMap(({ problems }) =>
    problems.filter((problem) => problem.severity === "notice")
  );
  if (notices.length > 0) {
    parts.push(`${formatCount(notices.length, "notice")} (skein list --json names them)`);
  }
  if (parts.length > 0) talk.note(parts.join("; "));
  return failures.length > 0 ? "partial" : outcome;
}

/** Where a problem is and what it is: `line 12, byte 3411: the row is cut short`. */
export function formatProblem({ line, offset, reason, count }: Problem): string {
  const place = line === 0 ? "" : `line ${line}, byte ${offset}: `;
  return place + reason + (count > 1 ? ` (${formatCount(count, "row")})` : "");
}

/**
 * What `prune` would do with each session, and why: pure, so that the plan that is shown is the plan
 * that is carried out.
 *
 * Rules narrow one another: a session goes when every rule that was named fits it. What must never
 * go stays whatever the rules say, and says so.
 */

import { formatBytes, formatCount } from "./text.ts";
import { formatAge } from "./time.ts";
import type { Session } from "./transcript.ts";

/** The rules that were named. */
export interface PruneRules {
  /** Paths of sessions that were named one by one; empty when none was. */
  readonly paths: ReadonlySet<string>;
  readonly isEmpty: boolean;
  readonly olderThanMs: number | undefined;
  readonly largerThanBytes: number | undefined;
  /** How many of the latest sessions of each project stay. */
  readonly keep: number | undefined;
}

/** What is to become of a session. */
export interface Verdict {
  readonly session: Session;
  /** `leave` when no rule fits it, `keep` when it is protected, `prune` when it goes. */
  readonly action: "prune" | "keep" | "leave";
  readonly reason: string;
}

/** What has to be known beside sessions and rules. */
export interface PruneSetting {
  readonly nowMs: number;
  /** False when some file could not be read, so that not every branch is known. */
  readonly isComplete: boolean;
  /** Ids that sessions beside these name as their parents. */
  readonly otherParents: ReadonlySet<string>;
}

/** A file touched within this time may be in use. */
export const GRACE_MS = 10 * 60 * 1000;

/** Decides on every session, in the order given. */
export function planPrune(
  sessions: readonly Session[],
  rules: PruneRules,
  { nowMs, isComplete, otherParents }: PruneSetting,
): readonly Verdict[] {
  const parents = new Set([
    ...otherParents,
    ...sessions.flatMap(({ id, parent }) => parent === undefined || parent === id ? [] : [parent]),
  ]);
  const latest = findLatest(sessions, rules.keep ?? 0);
  return sessions.map((session): Verdict => {
    const unfit = findUnfit(session, rules, nowMs);
    if (unfit !== undefined) return { session, action: "leave", reason: unfit };
    if (latest.has(session)) {
      return { session, action: "keep", reason: `among the latest ${rules.keep} of its project` };
    }
    const guard = isComplete
      ? findGuard(session, parents, nowMs)
      : "a file that could not be read may have branched from it";
    if (guard !== undefined) return { session, action: "keep", reason: guard };
    return { session, action: "prune", reason: describeRules(session, rules, nowMs) };
  });
}

/** Why a session does not fit the rules; undefined when it fits all of them. */
function findUnfit(session: Session, rules: PruneRules, nowMs: number): string | undefined {
  if (rules.paths.size > 0 && !rules.paths.has(session.path)) return "not named";
  if (rules.isEmpty && !holdsNothing(session)) return "not empty";
  const { olderThanMs, largerThanBytes } = rules;
  if (olderThanMs !== undefined && findIdleMs(session, nowMs) < olderThanMs) {
    return `not older than ${formatAge(olderThanMs)}`;
  }
  if (largerThanBytes !== undefined && session.unitBytes <= largerThanBytes) {
    return `not larger than ${formatBytes(largerThanBytes)}`;
  }
  return undefined;
}

/** Why a session must not go, whatever the rules say. */
function findGuard(
  session: Session,
  parents: ReadonlySet<string>,
  nowMs: number,
): string | undefined {
  if (session.state === "live") return "in use by its agent";
  const touchedMs = Math.max(session.mtimeMs, ...session.parts.map(({ mtimeMs }) => mtimeMs));
  if (nowMs - touchedMs < GRACE_MS) return "touched within the last ten minutes";
  if (session.problems.some(({ severity }) => severity === "damage")) return "has damaged rows";
  if (session.problems.some(({ kind }) => kind === "unknown_row")) {
    return "has rows of an unknown type";
  }
  if (parents.has(session.id)) return "another session branched from it";
  return undefined;
}

function describeRules(session: Session, rules: PruneRules, nowMs: number): string {
  const reasons = [
    rules.paths.size > 0 ? "named" : "",
    rules.isEmpty ? "empty" : "",
    rules.olderThanMs === undefined ? "" : `${formatAge(findIdleMs(session, nowMs))} old`,
    rules.largerThanBytes === undefined ? "" : `larger than ${formatBytes(rules.largerThanBytes)}`,
    rules.keep === undefined ? "" : `beyond the latest ${rules.keep} of its project`,
  ];
  const parts = session.parts.length === 0
    ? []
    : [`with ${formatCount(session.parts.length, "part")}`];
  return [...reasons.filter(Boolean), ...parts].join(", ");
}

/** A session can be empty and in use at once, so its state alone does not tell. */
function holdsNothing({ state, messages, title, problems, parts }: Session): boolean {
  // An older copy may hold what was cleared, or lost when the last one was written.
  if (parts.length > 0) return false;
  return state === "empty" ||
    (state === "live" && messages === 0 && title === undefined && problems.length === 0);
}

/** How long ago it was last active, by its messages and by its file. */
function findIdleMs({ updatedMs, mtimeMs }: Session, nowMs: number): number {
  return nowMs - Math.max(updatedMs, mtimeMs);
}

function findLatest(sessions: readonly Session[], count: number): ReadonlySet<Session> {
  // Where no folder is named, the sessions of one folder are one project.
  const projects = Map.groupBy(
    sessions,
    ({ cwd, path }) => cwd ?? path.replace(/[^/\\]*$/, ""),
  );
  return new Set(
    [...projects.values()].flatMap((project) =>
      project.toSorted((a, b) => b.updatedMs - a.updatedMs).slice(0, count)
    ),
  );
}

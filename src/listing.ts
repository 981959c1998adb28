/** What lies under the roots, as one answer: sessions, and files that are none with the reason. */

import type { CompanionFile } from "./companions.ts";
import type { Stranger } from "./session.ts";
import { changeSession } from "./session_change.ts";
import type { Session, SessionPart } from "./transcript.ts";
import type { Candidate, Skipped } from "./walk.ts";

/** All sessions under the roots, and what else lies there. */
export interface Listing {
  readonly sessions: readonly Session[];
  readonly skipped: readonly Skipped[];
}

/** A session with the files that belong to it. */
export function withParts(
  session: Session,
  files: readonly CompanionFile<Candidate>[] = [],
): Session {
  if (files.length === 0) return session;
  const parts = files.map(({ file: { path, facts }, what }): SessionPart => ({
    path,
    what,
    bytes: facts.sizeBytes,
    mtimeMs: facts.mtimeMs,
  }));
  const unitBytes = parts.reduce((sum, { bytes }) => sum + bytes, session.bytes);
  return changeSession(session, { parts, unitBytes });
}

/** Says of each session whose id another file holds too that it is so. */
export function markDuplicates(sessions: readonly Session[]): readonly Session[] {
  // Ids that all differ are the usual case, and there are thousands.
  if (new Set(sessions.map(({ id }) => id)).size === sessions.length) return sessions;
  const counts = new Map<string, number>();
  const keys = sessions.map(({ agent, id }) => `${agent} ${id}`);
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  if (counts.size === sessions.length) return sessions;
  return sessions.map((session, index) => {
    const count = counts.get(keys[index] ?? "") ?? 1;
    if (count === 1) return session;
    const reason = `${count} files hold this id`;
    return changeSession(session, {
      problems: [...session.problems, {
        kind: "duplicate_id",
        severity: "notice",
        line: 0,
        offset: 0,
        reason,
        count: 1,
      }],
      problemCount: session.problemCount + 1,
    });
  });
}

/** Why a file is no session. A transcript by its name that cannot be read is a loss; else it is a stranger. */
export function toSkipped({ hasRows, isTornValue }: Stranger, { path }: Candidate): Skipped {
  const isLost = (!hasRows && /\.(jsonl|\w*session)$/i.test(path)) ||
    (isTornValue && /session[^/\\]*\.json$/i.test(path));
  const reason = isLost ? "no readable row" : "not a session";
  return { path, reason, isFailure: isLost, mayHideSession: false };
}

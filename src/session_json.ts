/**
 * A session as the object that `--json` prints. The keys are a promise, as in `render_json.ts`, and
 * the cache keeps sessions in this form too.
 */

import { formatJsonLine } from "./json_line.ts";
import { formatUtc } from "./time.ts";
import type { JsonObject, Session } from "./transcript.ts";

/** The line that `list --json` prints of a session. */
export function formatSessionLine(session: Session): string {
  return formatJsonLine(toSessionJson(session));
}

/** A session by `skein.session/1`. */
export function toSessionJson(session: Session): JsonObject {
  return {
    kind: "session",
    schema: "skein.session/1",
    id: session.id,
    agent: session.agent,
    variant: session.variant || null,
    path: session.path,
    root: session.root,
    cwd: session.cwd ?? null,
    title: session.title ?? null,
    model: session.model ?? null,
    provider: session.provider ?? null,
    started: session.startedMs === undefined ? null : formatUtc(session.startedMs),
    updated: formatUtc(session.updatedMs),
    messages: session.messages,
    kept_messages: session.keptMessages,
    bytes: session.bytes,
    parts: session.parts.map(({ path, what, bytes }) => ({ path, what, bytes })),
    cost_usd: session.costUsd ?? null,
    usage: session.usage === undefined ? null : { ...session.usage },
    parent: session.parent ?? null,
    fork_point: session.forkPoint ?? null,
    hidden: session.isHidden,
    origin: session.origin ?? null,
    state: session.state,
    problems: session.problems.map(({ kind, severity, line, offset, reason, count }) => ({
      line,
      offset,
      reason,
      kind,
      severity,
      count,
    })),
    problem_count: session.problemCount,
  };
}

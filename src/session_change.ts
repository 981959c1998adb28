/** Copies of sessions with some things changed. */

import type { Session } from "./transcript.ts";

/** All that a session has: some look things up when they are asked, and a spread does not ask. */
const KEYS = Object.keys(
  {
    id: 0,
    handle: 0,
    agent: 0,
    variant: 0,
    path: 0,
    root: 0,
    cwd: 0,
    title: 0,
    isTitleGiven: 0,
    model: 0,
    provider: 0,
    startedMs: 0,
    updatedMs: 0,
    mtimeMs: 0,
    messages: 0,
    keptMessages: 0,
    mostMessages: 0,
    bytes: 0,
    isOneValue: 0,
    parts: 0,
    unitBytes: 0,
    costUsd: 0,
    usage: 0,
    parent: 0,
    forkPoint: 0,
    isHidden: 0,
    origin: 0,
    state: 0,
    problems: 0,
    problemCount: 0,
  } satisfies Record<keyof Session, 0>,
) as (keyof Session)[];

/** Copies a session with some things changed. */
export function changeSession(session: Session, changes: Partial<Session>): Session {
  const copy = Object.fromEntries(KEYS.map((key) => [key, session[key]])) as unknown as Session;
  return { ...copy, ...changes };
}

/** Sessions as values, for tests of what becomes of them: sound ones, but for what a test changes. */

import type { Problem, Session } from "../src/transcript.ts";

/** Gives a session of zot's with four messages, last active at 2026-11-20T10:00:00Z. */
export function makeSession(changes: Partial<Session> = {}): Session {
  return {
    id: "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512",
    handle: changes.id ?? "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512",
    agent: "zot",
    variant: "",
    path: "/r/a.jsonl",
    root: "/r",
    cwd: "/home/ada/kite",
    title: "Build the delta",
    isTitleGiven: false,
    model: "heron-2",
    provider: "aviary",
    startedMs: Date.UTC(2026, 10, 20, 9),
    updatedMs: Date.UTC(2026, 10, 20, 10),
    mtimeMs: Date.UTC(2026, 10, 20, 10),
    messages: 4,
    keptMessages: 4,
    mostMessages: 4,
    bytes: 1_234,
    isOneValue: false,
    parts: [],
    unitBytes: changes.bytes ?? 1_234,
    costUsd: 0.25,
    usage: undefined,
    parent: undefined,
    forkPoint: undefined,
    isHidden: false,
    origin: undefined,
    state: "ok",
    problems: [],
    problemCount: 0,
    ...changes,
  };
}

/** Gives a torn row at line 3, but for what a test changes. */
export function makeProblem(changes: Partial<Problem> = {}): Problem {
  return {
    kind: "torn",
    severity: "damage",
    line: 3,
    offset: 120,
    reason: "the row is cut short",
    count: 1,
    ...changes,
  };
}

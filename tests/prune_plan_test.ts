/** What prune would do with sessions: each rule, each guard, and how they go together. */

import { assertEquals } from "@std/assert";
import { GRACE_MS, planPrune, type PruneRules } from "../src/prune_plan.ts";
import type { Session } from "../src/transcript.ts";
import { FAKE_NOW_MS } from "./fake_host.ts";
import { Random } from "./random.ts";
import { makeProblem, makeSession } from "./session_value.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A session that was last touched so many days ago. */
function aged(days: number, changes: Partial<Session> = {}): Session {
  const ms = FAKE_NOW_MS - days * DAY_MS;
  return makeSession({ updatedMs: ms, mtimeMs: ms, ...changes });
}

function empty(changes: Partial<Session> = {}): Session {
  return aged(1, { state: "empty", messages: 0, keptMessages: 0, title: undefined, ...changes });
}

function rules(changes: Partial<PruneRules> = {}): PruneRules {
  return {
    paths: new Set(),
    isEmpty: false,
    olderThanMs: undefined,
    largerThanBytes: undefined,
    keep: undefined,
    ...changes,
  };
}

const EMPTY = rules({ isEmpty: true });

/** The verdicts as words. */
function decide(sessions: readonly Session[], given: PruneRules): readonly string[] {
  return planPrune(sessions, given, SETTING).map((
    { action, reason },
  ) => `${action}: ${reason}`);
}

const SETTING = { nowMs: FAKE_NOW_MS, isComplete: true, otherParents: new Set<string>() };

Deno.test("planPrune() prunes what is empty and leaves the rest", () => {
  assertEquals(decide([empty(), aged(1), aged(1, { state: "damaged" })], EMPTY), [
    "prune: empty",
    "leave: not empty",
    "leave: not empty",
  ]);
});

Deno.test("planPrune() does not call a session empty that has anything worth a second look", () => {
  const states = (["ok", "damaged", "live"] as const).map((state) => aged(1, { state }));
  assertEquals(decide(states, EMPTY), Array(3).fill("leave: not empty"));
  const live = { state: "live", messages: 0, title: undefined } as const;
  assertEquals(decide([aged(1, live), aged(1, { ...live, title: "Kites" })], EMPTY), [
    "keep: in use by its agent",
    "leave: not empty",
  ]);
});

Deno.test("planPrune() takes the later of message and file for a session's age", () => {
  const month = rules({ olderThanMs: 30 * DAY_MS });
  const at = (days: number) => FAKE_NOW_MS - days * DAY_MS;
  assertEquals(
    decide([
      aged(31),
      aged(30),
      aged(29.99),
      aged(31, { mtimeMs: at(1) }),
      aged(31, { updatedMs: at(1) }),
    ], month),
    [
      "prune: 31d old",
      "prune: 30d old",
      "leave: not older than 30d",
      "leave: not older than 30d",
      "leave: not older than 30d",
    ],
  );
});

Deno.test("planPrune() prunes what is larger than a size, not what is as large", () => {
  const large = rules({ largerThanBytes: 1024 });
  assertEquals(decide([1023, 1024, 1025].map((bytes) => aged(1, { bytes })), large), [
    "leave: not larger than 1.0 KB",
    "leave: not larger than 1.0 KB",
    "prune: larger than 1.0 KB",
  ]);
});

Deno.test("planPrune() prunes what was named, and nothing else", () => {
  const named = rules({ paths: new Set(["/r/a.jsonl"]) });
  assertEquals(decide([aged(1), aged(1, { path: "/r/b.jsonl" })], named), [
    "prune: named",
    "leave: not named",
  ]);
});

Deno.test("planPrune() keeps the latest of each project", () => {
  const sessions = [
    aged(3, { path: "/r/1", cwd: "/kite" }),
    aged(2, { path: "/r/2", cwd: "/kite" }),
    aged(1, { path: "/r/3", cwd: "/kite" }),
    aged(9, { path: "/r/4", cwd: "/lantern" }),
    aged(9, { path: "/r/x/5", cwd: undefined }),
    aged(9, { path: "/r/y/6", cwd: undefined }),
    aged(10, { path: "/r/y/7", cwd: undefined }),
  ];
  assertEquals(decide(sessions, rules({ keep: 1 })), [
    "prune: beyond the latest 1 of its project",
    "prune: beyond the latest 1 of its project",
    ...Array(4).fill("keep: among the latest 1 of its project"),
    "prune: beyond the latest 1 of its project",
  ]);
  const none = decide(sessions, rules({ keep: 0 }));
  assertEquals(none, Array(7).fill("prune: beyond the latest 0 of its project"));
});

Deno.test("planPrune() prunes what fits every rule that was named", () => {
  const old = { olderThanMs: 30 * DAY_MS };
  assertEquals(decide([empty(), aged(31), empty(aged(31))], rules({ isEmpty: true, ...old })), [
    "leave: not older than 30d",
    "leave: not empty",
    "leave: not empty",
  ]);
  const all = rules({
    paths: new Set(["/r/a.jsonl"]),
    isEmpty: true,
    ...old,
    largerThanBytes: 10,
    keep: 0,
  });
  const ms = FAKE_NOW_MS - 40 * DAY_MS;
  assertEquals(decide([empty({ updatedMs: ms, mtimeMs: ms, bytes: 2048 })], all), [
    "prune: named, empty, 40d old, larger than 10 B, beyond the latest 0 of its project",
  ]);
});

Deno.test("planPrune() keeps a file that was touched within the last ten minutes", () => {
  const touched = (ms: number) => empty({ mtimeMs: FAKE_NOW_MS - ms });
  assertEquals(decide([touched(GRACE_MS - 1), touched(GRACE_MS)], EMPTY), [
    "keep: touched within the last ten minutes",
    "prune: empty",
  ]);
  assertEquals(GRACE_MS, 600_000);
});

Deno.test("planPrune() keeps a file whose time lies in the future", () => {
  assertEquals(decide([empty({ mtimeMs: FAKE_NOW_MS + DAY_MS })], EMPTY), [
    "keep: touched within the last ten minutes",
  ]);
});

Deno.test("planPrune() keeps a session that its agent is using", () => {
  const any = rules({ olderThanMs: 0 });
  assertEquals(decide([aged(40, { state: "live" })], any), ["keep: in use by its agent"]);
});

Deno.test("planPrune() keeps a session with rows that were damaged or are not known", () => {
  const any = rules({ olderThanMs: 0 });
  const unknown = makeProblem({ kind: "unknown_row", severity: "notice" });
  assertEquals(
    decide([
      aged(40, { state: "damaged", problems: [makeProblem()] }),
      aged(40, { problems: [unknown] }),
      aged(40, { problems: [makeProblem({ kind: "crlf", severity: "notice" })] }),
    ], any),
    ["keep: has damaged rows", "keep: has rows of an unknown type", "prune: 40d old"],
  );
});

Deno.test("planPrune() keeps a session that another one branched from, wherever that lies", () => {
  const any = rules({ olderThanMs: 30 * DAY_MS });
  const sessions = [
    aged(40, { id: "parent" }),
    aged(1, { id: "child", parent: "parent", root: "/other" }),
    aged(40, { id: "orphan", parent: "gone" }),
  ];
  assertEquals(decide(sessions, any), [
    "keep: another session branched from it",
    "leave: not older than 30d",
    "prune: 40d old",
  ]);
});

Deno.test("planPrune() keeps a parent even when its only branch goes now", () => {
  const sessions = [aged(40, { id: "parent" }), aged(40, { id: "child", parent: "parent" })];
  assertEquals(decide(sessions, rules({ olderThanMs: 0 })), [
    "keep: another session branched from it",
    "prune: 40d old",
  ]);
});

Deno.test("planPrune() keeps all when a file could not be read, for that may be their branch", () => {
  const setting = { ...SETTING, isComplete: false };
  const verdicts = planPrune([empty(), aged(40)], EMPTY, setting);
  assertEquals(verdicts.map(({ action }) => action), ["keep", "leave"]);
});

Deno.test("planPrune() does not count a session that names itself as its own branch", () => {
  assertEquals(decide([aged(40, { id: "loop", parent: "loop" })], rules({ olderThanMs: 0 })), [
    "prune: 40d old",
  ]);
});

Deno.test("planPrune() lets no guard be lifted by naming the session", () => {
  const named = rules({ paths: new Set(["/r/a.jsonl"]) });
  const guarded: readonly Partial<Session>[] = [
    { state: "live" },
    { mtimeMs: FAKE_NOW_MS },
    { problems: [makeProblem()] },
    { problems: [makeProblem({ kind: "unknown_row", severity: "notice" })] },
    { parent: "x", id: "x2" },
  ];
  const child = aged(1, { path: "/r/child.jsonl", id: "c", parent: "x2" });
  const actions = guarded.map((changes) =>
    planPrune([aged(40, changes), child], named, SETTING)[0]?.action
  );
  assertEquals(actions, Array(5).fill("keep"));
});

Deno.test("planPrune() gives each session one verdict, in order, and the same again", () => {
  const random = new Random(7);
  for (let round = 0; round < 200; round++) {
    const sessions = random.list(random.integer(0, 8), (index) =>
      aged(random.integer(0, 60), {
        id: `id${index}`,
        path: `/r/${index}`,
        cwd: random.pick(["/kite", "/lantern", undefined]),
        parent: random.pick([undefined, undefined, `id${random.integer(0, 8)}`]),
        state: random.pick(["ok", "empty", "damaged", "live"]),
        bytes: random.integer(0, 5000),
      }));
    const given = rules({
      isEmpty: random.chance(0.3),
      olderThanMs: random.pick([undefined, 10 * DAY_MS]),
      largerThanBytes: random.pick([undefined, 2000]),
      keep: random.pick([undefined, 0, 2]),
    });
    const verdicts = planPrune(sessions, given, SETTING);
    assertEquals(verdicts.map(({ session }) => session), sessions);
    assertEquals(planPrune(sessions, given, SETTING), verdicts);
    const others = sessions.toReversed();
    assertEquals(planPrune(others, { ...given, keep: undefined }, SETTING).toReversed(), [
      ...planPrune(sessions, { ...given, keep: undefined }, SETTING),
    ]);
    for (const { session, action } of verdicts) {
      if (action === "prune") assertEquals(session.state === "live", false);
    }
  }
});

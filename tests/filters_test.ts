/** Filters: which sessions the flags choose, and in what order. */

import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../src/errors.ts";
import { filterSessions, refuseIdleFilters } from "../src/filters.ts";
import { byLastActivity } from "../src/session_order.ts";
import { Flags } from "../src/flags.ts";
import type { Session } from "../src/transcript.ts";
import { FakeHost } from "./fake_host.ts";
import { makeSession } from "./session_value.ts";

const HOST = new FakeHost({ cwd: "/home/ada" });
const HOUR = 3_600_000;
const NOW = HOST.nowMs();

/** The ids of the sessions that the filters choose, in order. */
function filter(sessions: readonly Session[], filters: Record<string, string> = {}): string {
  const flags = new Flags(new Map(Object.entries(filters).map(([name, text]) => [name, [text]])));
  return filterSessions(sessions, { flags, host: HOST }).map(({ id }) => id).join(" ");
}

function inFolders(cwds: Readonly<Record<string, string | undefined>>): readonly Session[] {
  return Object.entries(cwds).map(([id, cwd], index) =>
    makeSession({ id, cwd, updatedMs: NOW - index, title: "" })
  );
}

Deno.test("filterSessions() keeps all sessions without a filter, the latest first", () => {
  const sessions = [1, 3, 2].map((hours) =>
    makeSession({ id: `${hours}h`, updatedMs: NOW - hours * HOUR })
  );
  assertEquals(filter(sessions), "1h 2h 3h");
  assertEquals(sessions.map(({ id }) => id), ["1h", "3h", "2h"]);
  assertEquals(filter([]), "");
});

Deno.test("filterSessions() keeps sessions active since a time, that time included", () => {
  const sessions = [0, 1, 2, 3].map((hours) =>
    makeSession({ id: `${hours}h`, updatedMs: NOW - hours * HOUR })
  );
  assertEquals(filter(sessions, { since: "2h" }), "0h 1h 2h");
  assertEquals(filter(sessions, { until: "2h" }), "2h 3h");
  assertEquals(filter(sessions, { since: "2h", until: "1h" }), "1h 2h");
  assertEquals(filter(sessions, { since: "1h", until: "2h" }), "");
});

Deno.test("filterSessions() takes a date for its whole day in UTC", () => {
  const times = {
    eve: Date.UTC(2026, 10, 17) - 1,
    first: Date.UTC(2026, 10, 17),
    last: Date.UTC(2026, 10, 18) - 1,
    next: Date.UTC(2026, 10, 18),
  };
  const sessions = Object.entries(times).map(([id, updatedMs]) => makeSession({ id, updatedMs }));
  assertEquals(filter(sessions, { since: "2026-11-17", until: "2026-11-17" }), "last first");
  assertEquals(filter(sessions, { since: "2026-11-18" }), "next");
  assertEquals(filter(sessions, { until: "2026-11-16" }), "eve");
});

Deno.test("filterSessions() throws for a time that cannot be read", () => {
  assertThrows(
    () => filter([], { since: "yesterdayish" }),
    UsageError,
    '--since takes an age such as 3d, or a date such as 2026-11-20, not "yesterdayish"',
  );
  assertThrows(() => filter([], { until: "2026-13-01" }), UsageError, "--until takes");
});

Deno.test("filterSessions() finds a model or a provider by a part of it, in any case", () => {
  const sessions = [
    makeSession({ id: "a", model: "Heron-2", provider: "aviary", updatedMs: 3 }),
    makeSession({ id: "b", model: "wren", provider: "heronry", updatedMs: 2 }),
    makeSession({ id: "c", model: undefined, provider: undefined, updatedMs: 1 }),
  ];
  assertEquals(filter(sessions, { model: "heron" }), "a b");
  assertEquals(filter(sessions, { model: "AVIARY" }), "a");
  assertEquals(filter(sessions, { model: "undefined" }), "");
});

Deno.test("filterSessions() finds a title, id or folder by a part of it, in any case", () => {
  const sessions = [
    makeSession({ id: "kite-1", title: "Ruder", cwd: undefined, updatedMs: 4 }),
    makeSession({ id: "b", title: "Der KITE fliegt", cwd: "/x", updatedMs: 3 }),
    makeSession({ id: "c", title: undefined, cwd: "/home/Kites", updatedMs: 2 }),
    makeSession({ id: "d", title: "lantern", cwd: "/home/lantern", updatedMs: 1 }),
  ];
  assertEquals(filter(sessions, { match: "kite" }), "kite-1 b c");
  assertEquals(filter(sessions, { match: "." }), "");
  assertEquals(filter(sessions, { match: "undefined" }), "");
});

Deno.test("filterSessions() keeps sessions of a folder and those below it", () => {
  const sessions = inFolders({
    same: "/home/ada/kite",
    slash: "/home/ada/kite/",
    below: "/home/ada/kite/tail/red",
    crooked: "/home/ada/lantern/../kite",
    beside: "/home/ada/kites",
    above: "/home/ada",
    none: undefined,
  });
  const found = "same slash below crooked";
  assertEquals(filter(sessions, { cwd: "/home/ada/kite" }), found);
  assertEquals(filter(sessions, { cwd: "/home/ada/kite/" }), found);
  assertEquals(filter(sessions, { cwd: "/home/ada/lantern/../kite" }), found);
});

Deno.test("filterSessions() reads a relative folder from the folder that skein runs in", () => {
  const sessions = inFolders({ kite: "/home/ada/kite", ada: "/home/ada", bob: "/home/bob" });
  assertEquals(filter(sessions, { cwd: "kite" }), "kite");
  assertEquals(filter(sessions, { cwd: "." }), "kite ada");
  assertEquals(filter(sessions, { cwd: "../bob" }), "bob");
});

Deno.test("filterSessions() keeps every session with a folder below the top one", () => {
  assertEquals(filter(inFolders({ a: "/home/ada", b: "/", c: undefined }), { cwd: "/" }), "a b");
});

Deno.test("filterSessions() does not ask the process where a session's relative folder is", () => {
  const sessions = inFolders({ dot: ".", relative: "kite" });
  assertEquals(filter(sessions, { cwd: Deno.cwd() }), "");
});

Deno.test("filterSessions() keeps sessions that pass every filter", () => {
  const sessions = [
    makeSession({ id: "a", title: "kite", model: "wren", updatedMs: 2 }),
    makeSession({ id: "b", title: "kite", model: "heron", updatedMs: 1 }),
  ];
  assertEquals(filter(sessions, { match: "kite", model: "heron", agent: "zot" }), "b");
});

Deno.test("refuseIdleFilters() refuses a filter beside a reference to one session", () => {
  const flags = new Flags(new Map([["cwd", ["."]], ["json", [""]]]));
  for (const reference of ["5d0c1f6e", "./a.jsonl"]) {
    assertThrows(
      () => refuseIdleFilters(reference, flags),
      UsageError,
      `--cwd goes with "latest"; "${reference}" names one session`,
    );
  }
  refuseIdleFilters("latest", flags);
  refuseIdleFilters("latest~3", flags);
  refuseIdleFilters("5d0c1f6e", new Flags(new Map([["json", [""]]])));
});

Deno.test("byLastActivity() orders ties by path, whatever order they came in", () => {
  const tied = ["/r/b.jsonl", "/r/c.jsonl", "/r/a.jsonl"].map((path) => makeSession({ path }));
  const sorted = (sessions: readonly Session[]) =>
    sessions.toSorted(byLastActivity).map(({ path }) => path);
  assertEquals(sorted(tied), ["/r/c.jsonl", "/r/b.jsonl", "/r/a.jsonl"]);
  assertEquals(sorted(tied.toReversed()), sorted(tied));
});

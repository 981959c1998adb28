/** The account: what is said of files and rows that are not shown, and how the run ends. */

import { assertEquals } from "@std/assert";
import { accountFor, formatProblem, warnOfDamage } from "../src/account.ts";
import type { Outcome, Talk } from "../src/command.ts";
import { MAX_PROBLEMS, type Problem } from "../src/transcript.ts";
import { makeProblem, makeSession } from "./session_value.ts";

const FINE = makeSession();
const TORN = makeSession({ path: "/r/torn.jsonl", state: "damaged", problems: [makeProblem()] });
const NOTICE = makeProblem({ kind: "crlf", severity: "notice", line: 1, reason: "CR LF" });

/** What was said, warnings with a "!" before them, and the outcome last. */
function listen(account: (talk: Talk) => Outcome): readonly string[] {
  const said: string[] = [];
  const outcome = account({
    warning: (text) => said.push(`! ${text}`),
    note: (text) => said.push(text),
  });
  return [...said, outcome];
}

function damage(count: number): readonly Problem[] {
  return Array.from({ length: count }, (_, index) => makeProblem({ line: index + 1 }));
}

Deno.test("warnOfDamage() says nothing of sound sessions", () => {
  assertEquals(listen((talk) => warnOfDamage([], talk)), ["done"]);
  assertEquals(listen((talk) => warnOfDamage([FINE], talk)), ["done"]);
  const noticed = makeSession({ problems: [NOTICE] });
  assertEquals(listen((talk) => warnOfDamage([noticed], talk)), ["done"]);
});

Deno.test("warnOfDamage() warns of each damaged row by path and line", () => {
  const session = makeSession({ path: "/r/b.jsonl", problems: [NOTICE, ...damage(2)] });
  assertEquals(listen((talk) => warnOfDamage([FINE, session, TORN], talk)), [
    "! /r/b.jsonl:1: the row is cut short (at byte 120)",
    "! /r/b.jsonl:2: the row is cut short (at byte 120)",
    "! /r/torn.jsonl:3: the row is cut short (at byte 120)",
    "partial",
  ]);
});

Deno.test("warnOfDamage() counts what goes beyond three rows of a file", () => {
  const lines = (count: number) =>
    listen((talk) => warnOfDamage([makeSession({ problems: damage(count) })], talk)).slice(3, -1);
  assertEquals(lines(3), []);
  assertEquals(lines(4), ["! /r/a.jsonl: 1 more damaged row (--json names them)"]);
  assertEquals(lines(9), ["! /r/a.jsonl: 6 more damaged rows (--json names them)"]);
});

Deno.test("warnOfDamage() counts damaged rows beyond those that are kept one by one", () => {
  const problems = damage(MAX_PROBLEMS);
  const session = makeSession({ state: "damaged", problems, problemCount: 5_000 });
  assertEquals(
    listen((talk) => warnOfDamage([session], talk)).at(-2),
    "! /r/a.jsonl: 4,997 more damaged rows (--json names them)",
  );
});

Deno.test("warnOfDamage() returns partial for damage that no kept problem tells of", () => {
  const session = makeSession({
    state: "damaged",
    problems: Array.from({ length: MAX_PROBLEMS }, () => NOTICE),
    problemCount: MAX_PROBLEMS + 1,
  });
  assertEquals(listen((talk) => warnOfDamage([session], talk)).at(-1), "partial");
});

Deno.test("accountFor() says nothing when everything is shown", () => {
  for (const sessions of [[], [FINE], [FINE, makeSession()]]) {
    assertEquals(account({ found: sessions }), ["done"]);
  }
});

Deno.test("accountFor() warns of files that cannot be read, and ends as partial", () => {
  const skipped = [{ path: "/r/x.jsonl", reason: "permission denied", isFailure: true }];
  assertEquals(account({ skipped }), ["! /r/x.jsonl: permission denied", "partial"]);
});

Deno.test("accountFor() counts other files by the reason why they are not shown", () => {
  const reasons = ["symbolic link", "not a session", "empty file", "not a session"];
  const skipped = reasons.map((reason) => ({ path: "/r/x", reason, isFailure: false }));
  assertEquals(account({ skipped }), [
    "4 other files (2 not a session, 1 symbolic link, 1 empty file)",
    "done",
  ]);
  assertEquals(account({ skipped: skipped.slice(0, 1) }), [
    "1 other file (1 symbolic link)",
    "done",
  ]);
});

Deno.test("accountFor() warns of damage in what is shown, and counts it in the rest", () => {
  assertEquals(account({ found: [TORN, FINE, TORN, FINE], shown: [TORN] }), [
    "! /r/torn.jsonl:3: the row is cut short (at byte 120)",
    "3 more sessions (1 damaged)",
    "partial",
  ]);
  assertEquals(account({ found: [FINE, TORN], shown: [FINE] }), [
    "1 more session (1 damaged)",
    "partial",
  ]);
  assertEquals(account({ found: [FINE, FINE], shown: [] }), ["2 more sessions", "done"]);
});

Deno.test("accountFor() counts notices by their kind, names of files left aside", () => {
  const name = makeProblem({ kind: "name", severity: "notice", line: 0 });
  const utf8 = makeProblem({ kind: "utf8", severity: "notice" });
  const sessions = [
    makeSession({ problems: [NOTICE, name] }),
    makeSession({ problems: [name, utf8, NOTICE] }),
  ];
  assertEquals(account({ found: sessions }), ["3 notices (2 crlf, 1 utf8)", "done"]);
  assertEquals(account({ found: [makeSession({ problems: [name] })] }), ["done"]);
});

Deno.test("accountFor() says it all on one line, after the warnings", () => {
  const noticed = makeSession({ problems: [NOTICE] });
  assertEquals(
    account({
      skipped: [
        { path: "/r/a.txt", reason: "not a session", isFailure: false },
        { path: "/r/b.jsonl", reason: "no readable row", isFailure: true },
      ],
      found: [noticed, FINE],
      shown: [noticed],
    }),
    [
      "! /r/b.jsonl: no readable row",
      "1 more session, 1 other file (1 not a session), 1 notice (1 crlf)",
      "partial",
    ],
  );
});

Deno.test("formatProblem() names line and byte where the problem has a place", () => {
  assertEquals(
    formatProblem("/r/a.jsonl", makeProblem({ line: 12, offset: 3_411 })),
    "/r/a.jsonl:12: the row is cut short (at byte 3411)",
  );
  assertEquals(
    formatProblem("/r/a.jsonl", makeProblem({ line: 0, reason: "2 files hold this id" })),
    "/r/a.jsonl: 2 files hold this id",
  );
});

/** Accounts for a listing whose sessions are all shown, unless it is told which are. */
function account(changes: Partial<Parameters<typeof accountFor>[0]>): readonly string[] {
  const { skipped = [], found = [], shown = found } = changes;
  return listen((talk) => accountFor({ skipped, found, shown }, talk));
}

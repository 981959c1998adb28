/** The fold: titles, counts, totals and problems over the rows of a session. */

import { assertEquals } from "@std/assert";
import {
  addFact,
  addProblem,
  emptySummary,
  findTitle,
  totalCost,
  totalUsage,
} from "../src/summary.ts";
import {
  type Fact,
  MAX_PROBLEMS,
  type MessageHead,
  type Problem,
  type SessionHead,
} from "../src/transcript.ts";

function fold(...facts: readonly Fact[]) {
  const summary = emptySummary();
  for (const fact of facts) addFact(summary, fact);
  return summary;
}

function head(more: Partial<SessionHead> = {}): Fact {
  return {
    kind: "head",
    head: {
      id: "a",
      cwd: "",
      model: "",
      provider: "",
      started: "",
      title: "",
      parent: "",
      forkPoint: 0,
      isHidden: false,
      origin: "",
      updated: "",
      variant: "",
      holds: "merge",
      hasContent: false,
      ...more,
    },
  };
}

function said(prompt?: string, more: Partial<MessageHead> = {}): Fact & { kind: "message" } {
  const role = prompt === undefined ? "assistant" : "user";
  return {
    kind: "message",
    message: { role, ms: undefined, prompt, hasImage: false, isKept: true, ...more },
  };
}

function spent(costUsd: number, input_tokens = 0): Fact {
  return { kind: "usage", usage: { input_tokens }, costUsd };
}

const rename = (title: string): Fact => ({ kind: "title", title });

Deno.test("findTitle() gives the first prompt, and a rename before it", () => {
  assertEquals(findTitle(fold(head(), said("one"), said("two"))), "one");
  assertEquals(findTitle(fold(head(), said("one"), rename("kites"))), "kites");
  assertEquals(
    findTitle(fold(head(), said("one"), rename("kites"), rename("lanterns"))),
    "lanterns",
  );
});

Deno.test("findTitle() keeps a rename when a later head has no title", () => {
  assertEquals(
    findTitle(fold(head(), said("one"), rename("kites"), head({ model: "y" }))),
    "kites",
  );
  assertEquals(findTitle(fold(head(), rename("kites"), head({ title: "new" }))), "new");
});

Deno.test("findTitle() ignores a blank rename", () => {
  assertEquals(findTitle(fold(head(), said("one"), rename("  "))), "one");
});

Deno.test("findTitle() keeps the first prompt across a compaction", () => {
  const restart: Fact = { kind: "restart", messages: [said(undefined, { role: "user" }).message] };
  assertEquals(findTitle(fold(head(), said("one"), restart, said("two"))), "one");
});

Deno.test("findTitle() skips pictures that an agent repeats after a tool", () => {
  const tool = said(undefined, { role: "tool" });
  const mirror = said("from the tool", { hasImage: true });
  assertEquals(findTitle(fold(head(), tool, mirror, said("typed"))), "typed");
  assertEquals(findTitle(fold(head(), said("look", { hasImage: true }))), "look");
});

Deno.test("findTitle() gives a branch the first prompt after its fork", () => {
  const branch = head({ parent: "p", forkPoint: 2 });
  assertEquals(findTitle(fold(branch, said("one"), said(), said("own"), said("later"))), "own");
  assertEquals(findTitle(fold(branch, said("one"), said())), "one");
});

Deno.test("findTitle() lets a name that zot gave at the fork give way to a prompt", () => {
  const branch = head({ parent: "p", forkPoint: 2 });
  const named = [branch, said("one"), said(), rename("one")];
  assertEquals(findTitle(fold(...named)), "one");
  assertEquals(findTitle(fold(...named, said("own"))), "own");
  assertEquals(findTitle(fold(...named, said("own"), rename("kites"))), "kites");
});

Deno.test("addFact() counts messages of the effective transcript", () => {
  const dropped = said(undefined, { isKept: false });
  const before = fold(head(), said("one"), dropped, said());
  assertEquals([before.messages, before.keptMessages], [3, 2]);
  const restart: Fact = { kind: "restart", messages: [said("s").message, dropped.message] };
  addFact(before, restart);
  addFact(before, said("two"));
  assertEquals([before.messages, before.keptMessages], [2, 2]);
});

Deno.test("addFact() keeps the first head for the id and the last for the model", () => {
  const { first, last } = fold(head({ model: "x" }), head({ id: "b", model: "y" }));
  assertEquals([first?.id, first?.model, last?.model], ["a", "x", "y"]);
});

Deno.test("addFact() keeps the latest time, whatever the zone and the order", () => {
  const times = ["2026-06-27T05:00:00+02:00", "2026-06-27T04:00:00Z", "2026-06-27T03:30:00Z"];
  const { lastMessageMs } = fold(...times.map((time) => said("x", { ms: Date.parse(time) })));
  assertEquals(lastMessageMs, Date.UTC(2026, 5, 27, 4));
});

Deno.test("totalCost() is the last total while totals only rise", () => {
  assertEquals(totalCost(fold(spent(1), spent(1), spent(2.5))), 2.5);
});

Deno.test("totalCost() goes on when an agent counts from zero again", () => {
  assertEquals(totalCost(fold(spent(1), spent(4), spent(0.5), spent(2), spent(0))), 6);
});

Deno.test("totalUsage() goes on when an agent counts from zero again, with no cost to show it", () => {
  assertEquals(totalUsage(fold(spent(0, 100), spent(0, 300), spent(0, 50))), { input_tokens: 350 });
});

Deno.test("totalCost() and totalUsage() are unknown without a row that names them", () => {
  assertEquals([totalCost(fold(head())), totalUsage(fold(head()))], [undefined, undefined]);
});

Deno.test("addProblem() keeps each damaged row and puts notices of one kind together", () => {
  const summary = emptySummary();
  const problem = (severity: Problem["severity"], line: number): Problem => ({
    kind: severity === "damage" ? "torn" : "crlf",
    severity,
    line,
    offset: line * 10,
    reason: "so it is",
    count: 1,
  });
  for (const line of [1, 2, 3]) {
    addProblem(summary, problem("damage", line));
    addProblem(summary, problem("notice", line));
  }
  assertEquals(summary.problems.map(({ kind, line, count }) => [kind, line, count]), [
    ["torn", 1, 1],
    ["crlf", 1, 3],
    ["torn", 2, 1],
    ["torn", 3, 1],
  ]);
  assertEquals([summary.problemCount, summary.damagedRows], [6, 3]);
});

Deno.test("addProblem() keeps a thousand problems and counts the rest", () => {
  const summary = emptySummary();
  for (let line = 1; line <= 1_500; line++) {
    addProblem(summary, {
      kind: "json",
      severity: "damage",
      line,
      offset: line,
      reason: "x",
      count: 1,
    });
  }
  assertEquals([summary.problems.length, summary.problemCount], [1_000, 1_500]);
});

Deno.test("addProblem() keeps the first damage where there is no room, and no notice", () => {
  const summary = emptySummary();
  const place = { line: 1, offset: 0, count: 1 };
  const notice = (index: number): Problem => ({
    ...place,
    kind: "unknown_row",
    severity: "notice",
    reason: `reason ${index}`,
  });
  for (let i = 0; i < MAX_PROBLEMS; i++) addProblem(summary, notice(i));
  const damage: Problem = { ...place, kind: "json", severity: "damage", reason: "no JSON" };
  for (const problem of [damage, notice(-1), damage]) addProblem(summary, problem);
  assertEquals(summary.problems.length, MAX_PROBLEMS + 1);
  assertEquals(summary.problems.at(-1), damage);
});

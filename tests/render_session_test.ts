/** Sessions as lines of a list, and the small texts about a session. */

import { assert, assertEquals } from "@std/assert";
import { renderHeader } from "../src/render_header.ts";
import {
  formatCost,
  formatProject,
  formatTitle,
  type RenderListOptions,
  renderSessions,
  shortId,
} from "../src/render_session.ts";
import { COLORED, PLAIN } from "../src/style.ts";
import { measureMost } from "../src/text.ts";
import type { Session } from "../src/transcript.ts";
import { holdLaw } from "./random.ts";
import { randomLine } from "./random_text.ts";
import { makeSession } from "./session_value.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const HOSTILE = "a\u001b]0;b\u0007\u009b2J\u202ec\rd\ne";
const HARMFUL = /[\p{Cc}\p{Bidi_C}]/u;

Deno.test("renderSessions() gives a line for each session, in columns", () => {
  const sessions = [
    makeSession(),
    makeSession({
      id: "ffff0000-1",
      updatedMs: Date.UTC(2026, 9, 20, 12),
      messages: 1_204,
      bytes: 31_000_000,
      costUsd: undefined,
      cwd: undefined,
      title: undefined,
    }),
  ];
  assertEquals(renderLines(sessions, {}), [
    "5d0c1f6e   2h  zot     4  1.2 KB  $0.25  kite  Build the delta",
    "ffff0000  31d  zot  1204   31 MB      -  -     (no prompt)",
  ]);
});

Deno.test("renderSessions() puts headings above, where there are sessions", () => {
  assertEquals(renderLines([makeSession()], { hasHeading: true }), [
    "ID        AGE  AGENT  MSGS    SIZE   COST  PROJECT  TITLE",
    "5d0c1f6e   2h  zot       4  1.2 KB  $0.25  kite     Build the delta",
  ]);
  assertEquals(renderLines([], { hasHeading: true }), []);
});

Deno.test("renderSessions() marks branches, damage and sessions in use", () => {
  const titles = (changes: Partial<Session>) =>
    renderLines([makeSession({ title: "T", ...changes })], {})[0]?.split("  ").at(-1);
  assertEquals(titles({ parent: "x" }), "⑂ T");
  assertEquals(titles({ state: "damaged" }), "! T");
  assertEquals(titles({ state: "live" }), "● T");
  assertEquals(titles({ parent: "x", state: "damaged" }), "⑂ ! T");
  assertEquals(titles({ state: "empty" }), "T");
});

Deno.test("renderSessions() shows as much of ids as it is told", () => {
  const [line = ""] = renderLines([makeSession()], { idLength: 11 });
  assert(line.startsWith("5d0c1f6e-8a  "), line);
});

Deno.test("renderSessions() drops columns in a narrow terminal, id and title last", () => {
  const session = makeSession({ title: "Build the delta, and its wings" });
  const at = (width: number) => renderLines([session], { width })[0];
  assertEquals(at(70), "5d0c1f6e  2h  4  1.2 KB  $0.25  kite  Build the delta, and its wings");
  assertEquals(at(60), "5d0c1f6e  2h  4  $0.25  kite  Build the delta, and its wings");
  assertEquals(at(50), "5d0c1f6e  2h  4  kite  Build the delta, and its w…");
  assertEquals(at(39), "5d0c1f6e  2h  Build the delta, and its…");
  assertEquals(at(20), "5d0c1f6e  Build the…");
  assertEquals(at(12), "Build the d…");
});

Deno.test("renderSessions() keeps the agents in sight where there are several", () => {
  const sessions = [makeSession(), makeSession({ agent: "claw" })];
  const at = (width: number) => renderLines(sessions, { width })[0];
  assertEquals(at(53), "5d0c1f6e  2h  zot   4  $0.25  kite  Build the delta");
  assertEquals(at(48), "5d0c1f6e  2h  zot   4  kite  Build the delta");
});

Deno.test("renderSessions() cuts the names of folders where lines have a width", () => {
  const session = makeSession({ cwd: "/home/ada/a-folder-with-a-name-like-a-sentence" });
  assertEquals(
    renderLines([session], { width: 100 })[0],
    "5d0c1f6e  2h  zot  4  1.2 KB  $0.25  a-folder-with-a-nam…  Build the delta",
  );
});

Deno.test("renderSessions() cuts marks too, where there is room for nothing else", () => {
  const session = makeSession({ parent: "x", state: "damaged" });
  assertEquals(renderLines([session], { width: 3 }), ["⑂ …"]);
});

Deno.test("renderSessions() colours what it wrote, and changes no letter of it", () => {
  const sessions = [
    makeSession(),
    makeSession({ title: undefined, state: "damaged", parent: "x" }),
    makeSession({ title: "灯籠の説明書を縮めて", state: "live" }),
  ];
  for (const width of [undefined, 100, 60, 30, 3]) {
    const bare = renderLines(sessions, { style: COLORED, width, hasHeading: true })
      // deno-lint-ignore no-control-regex -- colours start with an escape
      .map((line) => line.replace(/\u001b\[\d+m/g, "").trimEnd());
    assertEquals(bare, renderLines(sessions, { width, hasHeading: true }));
  }
});

Deno.test("renderSessions() keeps every line of random sessions within the width", () => {
  holdLaw(500, (random) => {
    const sessions = random.list(random.integer(0, 5), () =>
      makeSession({
        title: randomLine(random, 40),
        cwd: `/home/${randomLine(random, 12)}`,
        messages: random.integer(0, 9_999),
        parent: random.chance(0.5) ? "x" : undefined,
        state: random.pick(["ok", "damaged", "live"]),
      }));
    const width = random.integer(4, 120);
    for (const line of renderLines(sessions, { width, hasHeading: random.chance(0.5) })) {
      assert(measureMost(line) <= width, JSON.stringify([width, line]));
    }
  });
});

Deno.test("renderSessions() lets nothing by that a terminal obeys", () => {
  const session = makeSession({ id: HOSTILE, title: HOSTILE, cwd: `/x/${HOSTILE}`, parent: "y" });
  for (const width of [undefined, 80, 20]) {
    for (const line of renderLines([session], { width })) assert(!HARMFUL.test(line), line);
  }
});

Deno.test("shortId() gives the first characters, harmless", () => {
  assertEquals(shortId(makeSession(), 8), "5d0c1f6e");
  assertEquals(shortId(makeSession({ id: "abc" }), 8), "abc");
  assertEquals(shortId(makeSession({ id: "ab\u001bcdefghi" }), 8), "ab␛cdefg");
});

Deno.test("formatTitle() gives the title on one line, or why there is none", () => {
  assertEquals(formatTitle(makeSession({ title: " two\n\tlines " })), "two lines");
  for (const title of [undefined, "", " \n"]) {
    assertEquals(formatTitle(makeSession({ title })), "(no prompt)");
    assertEquals(formatTitle(makeSession({ title, messages: 0 })), "(no messages)");
  }
});

Deno.test("formatCost() gives cents, and tells little from nothing", () => {
  const costs: [number | undefined, string][] = [
    [undefined, "-"],
    [0, "$0.00"],
    [0.0001, "<$0.01"],
    [0.00499, "<$0.01"],
    [0.0051, "$0.01"],
    [0.25, "$0.25"],
    [12.345, "$12.35"],
    [1_204, "$1204.00"],
  ];
  for (const [cost, text] of costs) assertEquals(formatCost(cost), text);
});

Deno.test("formatProject() gives the last folder, of either system", () => {
  const folders: [string | undefined, string][] = [
    [undefined, "-"],
    ["/home/ada/kite", "kite"],
    ["/home/ada/kite/", "kite"],
    ["C:\\Users\\ada\\kite", "kite"],
    ["C:\\Users\\ada\\kite\\", "kite"],
    ["/", "/"],
    ["kite", "kite"],
    ["/home/ada/two\nlines", "two lines"],
    ["/home/ada/灯籠", "灯籠"],
  ];
  for (const [cwd, project] of folders) {
    assertEquals(formatProject(makeSession({ cwd })), project);
  }
});

Deno.test("renderHeader() says what the session is, by whom, when, how large and where", () => {
  assertEquals(renderHeader(makeSession(), { style: PLAIN, width: undefined }), [
    "Build the delta",
    "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512 · zot · heron-2 (aviary)",
    "2026-11-20 09:00 to 2026-11-20 10:00 UTC · 4 messages · $0.25",
    "/home/ada/kite",
    "/r/a.jsonl",
  ]);
});

Deno.test("renderHeader() leaves out what is not known", () => {
  const bare = makeSession({
    title: undefined,
    model: undefined,
    startedMs: undefined,
    costUsd: undefined,
    cwd: undefined,
  });
  assertEquals(renderHeader(bare, { style: PLAIN, width: undefined }), [
    "(no prompt)",
    "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512 · zot",
    "2026-11-20 10:00 to 2026-11-20 10:00 UTC · 4 messages",
    "/r/a.jsonl",
  ]);
});

Deno.test("renderHeader() gives a title two lines at most, and shows that it goes on", () => {
  const session = makeSession({ title: "one two three four five six seven eight" });
  const lines = renderHeader(session, { style: PLAIN, width: 14 });
  assertEquals(lines.slice(0, 3), ["one two three", "four five six…", "5d0c1f6e-8a44-"]);
});

Deno.test("renderHeader() names the parent, and counts messages that hold nothing", () => {
  const branch = makeSession({ parent: "ffff0000", forkPoint: 2, messages: 5, keptMessages: 4 });
  const lines = renderHeader(branch, { style: PLAIN, width: undefined });
  assertEquals(lines.filter((line) => /branch|nothing/.test(line)), [
    "branch of ffff0000 after message 2",
    "1 message more holds nothing",
  ]);
});

Deno.test("renderHeader() lets nothing by that a terminal obeys, and keeps to the width", () => {
  const session = makeSession({
    id: HOSTILE,
    title: HOSTILE.repeat(20),
    model: HOSTILE,
    provider: HOSTILE,
    cwd: HOSTILE.repeat(20),
    path: `/r/${HOSTILE}`,
    parent: HOSTILE,
  });
  const lines = renderHeader(session, { style: PLAIN, width: 40 });
  for (const line of lines) assert(!HARMFUL.test(line), JSON.stringify(line));
  // The last two are paths, which stay in one piece.
  for (const line of lines.slice(0, -2)) assert(measureMost(line) <= 40, JSON.stringify(line));
});

Deno.test("renderHeader() keeps a path in one piece, letter by letter", () => {
  const path = "/r/a folder  with two spaces/of a name that is longer than the terminal.jsonl";
  const lines = renderHeader(makeSession({ path }), { style: PLAIN, width: 40 });
  assertEquals(lines.at(-1), path);
});

function renderLines(
  sessions: readonly Session[],
  options: Partial<RenderListOptions>,
): readonly string[] {
  return renderSessions(sessions, {
    style: PLAIN,
    width: undefined,
    nowMs: NOW,
    idLength: 8,
    hasHeading: false,
    ...options,
  });
}

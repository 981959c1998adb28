/** The picker as it is drawn: what stands where at 40 and 80 columns, beside and below, and nowhere. */

import { assert, assertEquals } from "@std/assert";
import { foldText, openPicker, type PickerState, pressKey } from "../src/picker.ts";
import {
  layOutPicker,
  type OfferedSession,
  type PickerLook,
  renderPicker,
} from "../src/render_picker.ts";
import { renderPreview } from "../src/render_preview.ts";
import { measureSessions, renderSessions } from "../src/render_session.ts";
import { COLORED, measurePainted, PLAIN, type Style } from "../src/style.ts";
import type { Message, Session } from "../src/transcript.ts";
import { holdLaw, type Random } from "./random.ts";
import { randomLine } from "./random_text.ts";
import { makeSession } from "./session_value.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const SESSIONS = [
  makeSession({ id: "b7e4f9d0-1", title: 'Say it without "keep".', parent: "d2619f84", cwd: "/l" }),
  makeSession({
    id: "a90d4e27-2",
    title: "灯籠の組み立て説明書を二ページに縮めてください",
    messages: 12,
  }),
  makeSession({ id: "94d3b8f1-3", title: "How long should the tail be?", state: "damaged" }),
  makeSession({ id: "e15b62d8-4", title: "مرحبا ne\u0301 🪁", costUsd: undefined }),
];

function offer(sessions: readonly Session[]): readonly OfferedSession[] {
  return sessions.map((session) => ({
    session,
    text: foldText(session.title ?? ""),
    ids: [session.id],
  }));
}

function lookOf(sessions: readonly Session[], style: Style = PLAIN): PickerLook {
  const options = { nowMs: NOW, idLength: 8 };
  return {
    ...options,
    style,
    measures: measureSessions(sessions, options),
    hint: "type to filter",
  };
}

interface View {
  readonly columns: number;
  readonly rows: number;
  readonly keys?: readonly string[];
  readonly style?: Style;
  readonly preview?: readonly string[];
}

/** What is drawn of a list after some keys; a key of one letter is typed. */
function view(
  sessions: readonly Session[],
  { columns, rows, keys = [], style = PLAIN, preview = [] }: View,
) {
  const layout = layOutPicker({ columns, rows }, sessions.length);
  const state = keys.reduce<PickerState<OfferedSession>>(
    (before, key) =>
      pressKey(before, key.length > 1 ? { name: key as "down" } : { name: "text", text: key }),
    openPicker(offer(sessions), layout.list.lines),
  );
  return renderPicker(state, { layout, look: lookOf(sessions, style), preview });
}

Deno.test("renderPicker() shows the columns of list at 80 columns, and marks the first", () => {
  const { lines, cursor } = view(SESSIONS, { columns: 80, rows: 10 });
  assertEquals(lines, [
    "> type to filter                                                             4/4",
    "  ID        AGE  MSGS    SIZE   COST  PROJECT  TITLE",
    '> b7e4f9d0   2h     4  1.2 KB  $0.25  l        ⑂ Say it without "keep".         ',
    "  a90d4e27   2h    12  1.2 KB  $0.25  kite     灯籠の組み立て説明書を二ページに…",
    "  94d3b8f1   2h     4  1.2 KB  $0.25  kite     ! How long should the tail be?",
    "  e15b62d8   2h     4  1.2 KB      -  kite     \u200eمرحبا ne\u0301 🪁\u200e",
  ]);
  assertEquals(cursor, 2);
});

Deno.test("renderPicker() drops columns at 40 as list does, and cuts letters that are wide", () => {
  const { lines } = view(SESSIONS, { columns: 40, rows: 10, keys: ["down"] });
  assertEquals(lines, [
    "> type to filter                     4/4",
    "  ID        AGE  TITLE",
    '  b7e4f9d0   2h  ⑂ Say it without "keep…',
    "> a90d4e27   2h  灯籠の組み立て説明書を…",
    "  94d3b8f1   2h  ! How long should the …",
    "  e15b62d8   2h  \u200eمرحبا ne\u0301 🪁\u200e",
  ]);
});

Deno.test("renderPicker() gives rows the colours of list, and the highlighted one none but reverse", () => {
  const { lines } = view(SESSIONS, { columns: 80, rows: 10, style: COLORED });
  const [heading = "", , ...rest] = renderSessions(SESSIONS, {
    ...lookOf(SESSIONS, COLORED),
    width: 78,
    hasHeading: true,
  });
  assertEquals(lines[1], `  ${heading}`);
  assertEquals(lines.slice(3), rest.map((line) => `  ${line}`));
  assertEquals(lines[2], COLORED.chosen(view(SESSIONS, { columns: 80, rows: 10 }).lines[2] ?? ""));
});

Deno.test("renderPicker() shows what is typed and how many that finds, in lines that stay", () => {
  const { lines, cursor } = view(SESSIONS, { columns: 40, rows: 10, keys: ["t", "a", "i"] });
  assertEquals(lines, [
    "> tai                                1/4",
    "  ID        AGE  TITLE",
    "> 94d3b8f1   2h  ! How long should the …",
    "",
    "",
    "",
  ]);
  assertEquals(cursor, 5);
  const nothing = view(SESSIONS, { columns: 40, rows: 10, keys: ["x", "q"] });
  assertEquals(nothing.lines.slice(0, 2), [
    "> xq                                 0/4",
    "  none of 4 sessions matches",
  ]);
});

Deno.test("renderPicker() shows the end of a long query, and nothing in it that a terminal obeys", () => {
  const long = view(SESSIONS, {
    columns: 80,
    rows: 10,
    keys: [..."an unusually long query of many words"],
  });
  assertEquals(long.lines[0]?.slice(0, 34), "> …ally long query of many words  ");
  assertEquals(long.cursor, 32);
  const hostile = view(SESSIONS, { columns: 80, rows: 10, keys: ["\u202e", "\u2066"] });
  assertEquals(hostile.lines[0]?.slice(0, 4), "> ��");
});

Deno.test("renderPicker() shows the part of a long list that the highlight is in", () => {
  const many = Array.from(
    { length: 50 },
    (_, index) => makeSession({ id: `${index}`.padStart(8, "0"), title: `Kite ${index}` }),
  );
  const { lines } = view(many, { columns: 80, rows: 10, keys: ["pageDown", "down"] });
  assertEquals(lines.length, 10);
  assertEquals(lines.map((line) => line.slice(0, 10)), [
    "> type to ",
    "  ID      ",
    "  00000002",
    "  00000003",
    "  00000004",
    "  00000005",
    "  00000006",
    "  00000007",
    "  00000008",
    "> 00000009",
  ]);
});

Deno.test("renderPicker() puts the preview below in a tall terminal, beside in a wide one", () => {
  const preview = ["Preview", "of a kite"];
  const below = view(SESSIONS, { columns: 40, rows: 24, preview }).lines;
  assertEquals(below.slice(5), [
    "  e15b62d8   2h  \u200eمرحبا ne\u0301 🪁\u200e",
    "─".repeat(40),
    "Preview",
    "of a kite",
    ...Array(9).fill(""),
  ]);
  const beside = view(SESSIONS, { columns: 160, rows: 40, preview }).lines;
  const parts = beside.slice(1).map((line) => line.split(" │ "));
  assertEquals(parts.map(([, right]) => right), ["Preview", "of a kite", ...Array(9).fill("")]);
  assertEquals(new Set(parts.map(([left = ""]) => measurePainted(left))), new Set([96]));
  assertEquals(parts[2]?.[0]?.slice(0, 20), "  a90d4e27   2h  zot");
});

Deno.test("layOutPicker() puts the preview where it takes least from the list", () => {
  const sideOf = (columns: number, rows: number) =>
    layOutPicker({ columns, rows }, 500).preview?.side;
  assertEquals(sideOf(80, 24), "below");
  assertEquals(sideOf(120, 24), "below");
  assertEquals(sideOf(160, 24), "beside");
  assertEquals(sideOf(120, 15), "beside");
  assertEquals(sideOf(80, 15), undefined);
});

Deno.test("renderPicker() never draws more than the terminal has", () => {
  holdLaw(200, (random) => {
    const sessions = random.list(random.integer(1, 30), () => randomSession(random));
    const size = { columns: random.integer(1, 160), rows: random.integer(1, 60) };
    const layout = layOutPicker(size, sessions.length);
    const style = random.pick([PLAIN, COLORED]);
    const room = layout.preview;
    const preview = room === undefined
      ? []
      : renderPreview(random.pick([sessions[0] ?? makeSession()]), randomMessages(random), {
        ...room,
        style,
      });
    const keys = random.list(random.integer(0, 6), () => random.pick(["down", "end", "a", "灯"]));
    const { lines, cursor } = view(sessions, { ...size, keys, style, preview });
    assert(lines.length >= 1 && lines.length <= size.rows, `${lines.length} lines`);
    for (const line of lines) {
      assert(measurePainted(line) <= size.columns, line);
      // deno-lint-ignore no-control-regex -- what is left must hold none
      assert(!/\p{Cc}/u.test(line.replace(/\u001b\[[\d;]*m/g, "")), JSON.stringify(line));
    }
    assert(cursor >= 0 && cursor < size.columns);
  });
});

Deno.test("renderPreview() shows the header and the last messages that there is room for", () => {
  const messages = [said("user", "Why?"), said("assistant", "Because of the wind.\nIt turns.")];
  const told = messages.map((message, index) => ({ label: `#${index + 3}`, message }));
  const session = makeSession({ title: "Why is it so?" });
  const at = (lines: number, columns = 60) =>
    renderPreview(session, told, { columns, lines, style: PLAIN });
  assertEquals(at(14), [
    "Why is it so?",
    "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512 · zot · heron-2",
    "(aviary)",
    "2026-11-20 09:00 to 2026-11-20 10:00 UTC · 4 messages ·",
    "$0.25",
    "/home/ada/kite",
    "/r/a.jsonl",
    "",
    "#3 user",
    "  Why?",
    "",
    "#4 assistant",
    "  Because of the wind.",
    "  It turns.",
  ]);
  assertEquals(at(6, 80), [
    "Why is it so?",
    "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512 · zot · heron-2 (aviary)",
    "2026-11-20 09:00 to 2026-11-20 10:00 UTC · 4 messages · $0.25",
  ]);
  assertEquals(at(7, 80).slice(3), ["", "#4 assistant", "  Because of the wind.", "  It turns."]);
  const long = [{ label: "#9", message: said("user", "one\ntwo\nthree\nfour") }];
  const cut = renderPreview(session, long, { columns: 80, lines: 8, style: PLAIN });
  assertEquals(cut.slice(4), ["", "#9 user", "  …", "  four"]);
});

Deno.test("renderPreview() says why there are no messages to show", () => {
  const options = { columns: 80, lines: 12, style: PLAIN };
  assertEquals(renderPreview(makeSession(), "a\u001b[2J is gone", options).slice(-2), [
    "",
    "  a␛[2J is gone",
  ]);
  assertEquals(renderPreview(makeSession(), undefined, options).length, 5);
});

Deno.test("layOutPicker() leaves part of the screen to what was there", () => {
  assertEquals(layOutPicker({ columns: 80, rows: 24 }, 500), {
    columns: 80,
    lines: 18,
    hasHeading: true,
    list: { columns: 80, lines: 8 },
    preview: { side: "below", columns: 80, lines: 7 },
  });
  assertEquals(layOutPicker({ columns: 80, rows: 12 }, 500).list.lines, 8);
  assertEquals(layOutPicker({ columns: 80, rows: 12 }, 500).preview, undefined);
});

function said(role: "user" | "assistant", text: string): Message {
  return { role, time: undefined, blocks: [{ type: "text", text }], isSummary: false };
}

function randomSession(random: Random): Session {
  return makeSession({
    id: `${random.integer(10_000_000, 99_999_999)}`,
    title: randomLine(random, 40),
    cwd: `/home/${randomLine(random, 10)}`,
    parent: random.chance(0.2) ? "p" : undefined,
    state: random.pick(["ok", "damaged", "live"]),
  });
}

function randomMessages(random: Random) {
  return random.list(random.integer(0, 5), (index) => ({
    label: `#${index}`,
    message: said(random.pick(["user", "assistant"]), `${randomLine(random, 60)}\n\u001b[2J\tx`),
  }));
}

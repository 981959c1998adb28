/** Trees as lines: rails, fork points, marks, and what a narrow terminal shows of them. */

import { assert, assertEquals } from "@std/assert";
import type { ForestMark } from "../src/forest.ts";
import { renderNode, type RenderTreeOptions } from "../src/render_tree.ts";
import { COLORED, PLAIN } from "../src/style.ts";
import { measureMost } from "../src/text.ts";
import type { Session } from "../src/transcript.ts";
import { holdLaw } from "./random.ts";
import { randomLine } from "./random_text.ts";
import { makeSession } from "./session_value.ts";

const MARKS: readonly ForestMark[] = [
  "orphan",
  "self_parent",
  "cycle",
  "duplicate_id",
  "beyond_parent",
];

/** What a test chooses about a node, beside its session. */
interface Place {
  readonly rails?: readonly boolean[];
  readonly marks?: readonly ForestMark[];
  readonly forkPoint?: number;
}

Deno.test("renderNode() gives id, title and facts of a session", () => {
  assertEquals(render({}), "5d0c1f6e  Build the delta  (4 messages, 2h, kite)");
  assertEquals(
    render({ messages: 1, cwd: undefined, title: undefined }),
    "5d0c1f6e  (no prompt)  (1 message, 2h, -)",
  );
});

Deno.test("renderNode() names a state that is out of the ordinary", () => {
  assertEquals(
    render({ state: "damaged" }),
    "5d0c1f6e  Build the delta  (4 messages, 2h, kite, damaged)",
  );
  assertEquals(
    render({ state: "live" }),
    "5d0c1f6e  Build the delta  (4 messages, 2h, kite, live)",
  );
  assertEquals(
    render({ state: "empty", messages: 0, title: undefined }),
    "5d0c1f6e  (no messages)  (2h, kite, empty)",
  );
});

Deno.test("renderNode() draws rails for each level above", () => {
  const stem = (...rails: readonly boolean[]) => render({}, { rails }).split("5d0c")[0];
  assertEquals(stem(), "");
  assertEquals(stem(true), "├─ ");
  assertEquals(stem(false), "└─ ");
  assertEquals(stem(true, false), "│  └─ ");
  assertEquals(stem(false, true, true), "   │  ├─ ");
});

Deno.test("renderNode() puts the fork point of a branch beside its id", () => {
  assertEquals(
    render({ parent: "x" }, { forkPoint: 12, rails: [false] }),
    "└─ 5d0c1f6e ⑂12  Build the delta  (4 messages, 2h, kite)",
  );
  assertEquals(
    render({ parent: "x" }),
    "5d0c1f6e ⑂0  Build the delta  (4 messages, 2h, kite)",
  );
});

Deno.test("renderNode() says every mark in words", () => {
  const words = MARKS.map((mark) => render({}, { marks: [mark] }).split("  ! ")[1] ?? "");
  assertEquals(new Set(words).size, MARKS.length);
  for (const said of words) assert(/^[a-z' ]{8,}$/.test(said), said);
  assertEquals(
    render({}, { marks: ["orphan", "duplicate_id"] }),
    "5d0c1f6e  Build the delta  (4 messages, 2h, kite)  ! parent missing, id in several files",
  );
});

Deno.test("renderNode() gives a title half of the room, then leaves out facts for it", () => {
  const at = (width: number) => render({ title: "A title that is too long for it" }, {}, { width });
  assertEquals(at(66), "5d0c1f6e  A title that is too long for it  (4 messages, 2h, kite)");
  assertEquals(at(58), "5d0c1f6e  A title that is too lon…  (4 messages, 2h, kite)");
  assertEquals(at(56), "5d0c1f6e  A title that is too long fo…  (4 messages, 2h)");
  assertEquals(at(44), "5d0c1f6e  A title that is too long fo…  (2h)");
  assertEquals(at(28), "5d0c1f6e  A title tha…  (2h)");
  assertEquals(at(20), "5d0c1f6e  A title t…");
});

Deno.test("renderNode() leaves out no state and no warning", () => {
  const node = [{ state: "damaged" }, { marks: ["orphan"] }] as const;
  assertEquals(
    render(...node, { width: 52 }),
    "5d0c1f6e  Build the de…  (damaged)  ! parent missing",
  );
});

Deno.test("renderNode() keeps id and title in sight where rails run deep", () => {
  const rails = Array.from({ length: 200 }, () => true);
  assertEquals(render({}, { rails }, { width: 40 }), "…│  │  │  ├─ 5d0c1f6e  Build the delta");
  assertEquals(render({}, { rails }, { width: 22 }), "5d0c1f6e  Build the d…");
});

Deno.test("renderNode() keeps facts beside a title that runs from right to left", () => {
  const session = { title: "שלום 42", cwd: "/home/כפר" };
  assertEquals(
    render(session, {}, { width: 80 }),
    "5d0c1f6e  \u200eשלום 42\u200e\u200e  (4 messages, 2h, כפר)\u200e",
  );
  assertEquals(render(session), "5d0c1f6e  שלום 42  (4 messages, 2h, כפר)");
});

Deno.test("renderNode() keeps every line within the width, with and without colour", () => {
  holdLaw(2_000, (random) => {
    const place = {
      rails: random.list(random.integer(0, 30), () => random.chance(0.5)),
      marks: MARKS.filter(() => random.chance(0.3)),
      forkPoint: random.integer(0, 999),
    };
    const session = {
      title: randomLine(random, 40),
      cwd: `/home/${randomLine(random, 10)}`,
      parent: random.chance(0.5) ? "x" : undefined,
    };
    const width = random.integer(1, 120);
    const plain = render(session, place, { width });
    const colored = render(session, place, { width, style: COLORED });
    assert(measureMost(plain) <= width, JSON.stringify([width, plain]));
    assertEquals(strip(colored), plain);
  });
});

Deno.test("renderNode() ends every line that it cuts with an ellipsis", () => {
  for (let width = 1; width < 60; width++) {
    const marks = ["orphan"] as const;
    const line = render({ title: "A title" }, { marks }, { width });
    assert(/…/.test(line) || line.endsWith("parent missing"), JSON.stringify([width, line]));
  }
});

Deno.test("renderNode() lets nothing by that a terminal obeys", () => {
  const hostile = "a\u001b]0;b\u0007\u009b2J\u202ec\rd\ne";
  const line = render({ id: hostile, title: hostile, cwd: `/x/${hostile}`, parent: hostile });
  assert(!/[\p{Cc}\p{Bidi_C}]/u.test(line), JSON.stringify(line));
});

function render(
  changes: Partial<Session>,
  { rails = [], marks = [], forkPoint }: Place = {},
  options: Partial<RenderTreeOptions> = {},
): string {
  const item = { ...makeSession(changes), folder: "/r" };
  const node = { item, forkPoint, marks, children: [] };
  return renderNode({ node, rails }, {
    style: PLAIN,
    width: undefined,
    nowMs: Date.UTC(2026, 10, 20, 12),
    idLength: 8,
    ...options,
  });
}

function strip(line: string): string {
  // deno-lint-ignore no-control-regex -- colours start with an escape
  return line.replace(/\u001b\[\d+m/g, "");
}

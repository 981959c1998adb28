/** Hits as lines: cut to the terminal, the match in sight, and nothing harmful in them. */

import { assert, assertEquals } from "@std/assert";
import { renderHit, renderHitLine } from "../src/render_hit.ts";
import type { PlacedHit } from "../src/render_json.ts";
import { COLORED, PLAIN } from "../src/style.ts";
import { measureMost, truncateStart } from "../src/text.ts";
import { holdLaw } from "./random.ts";
import { randomLine } from "./random_text.ts";
import { makeSession } from "./session_value.ts";

const HARMFUL = /[\p{Cc}\p{Bidi_C}]/u;

Deno.test("renderHit() shows a short line whole, its matches painted", () => {
  const hit = makeHit("the kite and a kite", "kite");
  assertEquals(renderHit(hit, { style: PLAIN, width: 80 }), "#12 user: the kite and a kite");
  assertEquals(
    renderHit(hit, { style: COLORED, width: undefined }),
    "\u001b[2m#12 user: \u001b[22mthe \u001b[1m\u001b[31mkite\u001b[39m\u001b[22m and a " +
      "\u001b[1m\u001b[31mkite\u001b[39m\u001b[22m",
  );
});

Deno.test("renderHit() cuts a long line around its first match", () => {
  const [before, after] = ["left ".repeat(50), " right".repeat(50)];
  const render = (text: string) => renderHit(makeHit(text, "kite"), { style: PLAIN, width: 40 });
  assertEquals(render(`${before}kite${after}`), "#12 user: …t left kite right right righ…");
  assertEquals(render(`kite${after}`), "#12 user: kite right right right right …");
  assertEquals(render(`${before}kite`), "#12 user: …left left left left left kite");
});

Deno.test("renderHit() fits any line into any width, and shows where the match starts", () => {
  holdLaw(2_000, (random) => {
    const [before, after] = [randomLine(random, 60), randomLine(random, 60)];
    const width = random.integer(20, 120);
    const line = renderHit(makeHit(`${before} kite ${after}`, "kite"), { style: PLAIN, width });
    assert(measureMost(line) <= width, line);
    assert(line.includes("kite"), line);
  });
});

Deno.test("truncateStart() keeps the end of a line, in no more cells", () => {
  holdLaw(2_000, (random) => {
    const line = randomLine(random, 80);
    const cells = random.integer(0, 60);
    const cut = truncateStart(line, cells);
    assert(measureMost(cut) <= cells, cut);
    if (cut !== line && cells > 0) assertEquals(cut.slice(0, 1), "…");
    assert(line.endsWith(cut.replace(/^…/, "")), cut);
  });
});

Deno.test("hits let nothing through that moves a cursor or turns the reading direction", () => {
  const text = "a\u001b]0;b\u0007\u009b2J\u202ec kite\u001b[2Jd\u2066";
  const hit = makeHit(text, "kite\u001b[2J");
  for (
    const line of [renderHit(hit, { style: PLAIN, width: 80 }), renderHitLine(makeSession(), hit)]
  ) {
    assert(!HARMFUL.test(line), JSON.stringify(line));
  }
});

function makeHit(text: string, word: string): PlacedHit {
  const matches = [...text.matchAll(new RegExp(RegExp.escape(word), "g"))]
    .map(({ index }) => ({ start: index, end: index + word.length }));
  return {
    number: 12,
    place: { role: "user", line: 5, offset: 900, length: 120 },
    time: undefined,
    part: "text",
    text,
    matches,
  };
}

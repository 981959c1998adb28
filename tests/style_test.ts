/** Colour: painted lines are measured and cut as if there were none, and keep it to the end. */

import { assert, assertEquals } from "@std/assert";
import { COLORED, measurePainted, PLAIN, truncatePainted } from "../src/style.ts";
import { measureWidth, truncate } from "../src/text.ts";
import { holdLaw } from "./random.ts";
import { randomLine } from "./random_text.ts";

const { cyan, bold, dim } = COLORED;

Deno.test("truncatePainted() leaves a line alone that fits", () => {
  const line = `${bold("kite")} ${dim("2d")}`;
  assertEquals(truncatePainted(line, 7), line);
  assertEquals(truncatePainted("", 0), "");
});

Deno.test("truncatePainted() cuts within a colour and ends it", () => {
  assertEquals(truncatePainted(cyan("lantern"), 4), cyan("lan…"));
  assertEquals(
    truncatePainted(`${bold("kite")}${cyan("tail")}`, 4),
    `${bold("kit…")}${"\u001b[36m\u001b[39m"}`,
  );
  assertEquals(truncatePainted(cyan("灯籠"), 3), cyan("灯…"));
});

Deno.test("truncatePainted() leaves nothing but colour in no cells", () => {
  assertEquals(truncatePainted(cyan("kite"), 0), "\u001b[36m\u001b[39m");
});

Deno.test("truncatePainted() cuts random lines as truncate() cuts them without colour", () => {
  holdLaw(300, (random) => {
    const texts = random.list(random.integer(0, 4), () => randomLine(random, 8));
    const paints = [PLAIN.dim, cyan, bold, (text: string) => bold(cyan(text))] as const;
    const painted = texts.map((text) => random.pick(paints)(text)).join("");
    const cells = random.integer(0, 24);
    const cut = truncatePainted(painted, cells);
    // deno-lint-ignore no-control-regex -- the codes are what goes
    assertEquals(cut.replace(/\u001b\[[\d;]*m/g, ""), truncate(texts.join(""), cells));
    assert(measurePainted(cut) <= cells);
  });
});

Deno.test("measurePainted() counts no cells for colour", () => {
  assertEquals(measurePainted(`${bold("灯")} ${cyan("x")}`), measureWidth("灯 x"));
});

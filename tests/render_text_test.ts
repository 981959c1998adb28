/** Texts on a terminal: prose wrapped, code cut and coloured, and nothing of code lost. */

import { assert, assertEquals } from "@std/assert";
import { highlight } from "../src/highlight.ts";
import { renderText } from "../src/render_text.ts";
import { COLORED, PLAIN } from "../src/style.ts";
import { measureWidth, neutralize } from "../src/text.ts";
import { holdLaw } from "./random.ts";
import { randomLine } from "./random_text.ts";

// deno-lint-ignore no-control-regex -- colours are what is taken out
const COLORS = /\u001b\[\d+m/g;

function render(text: string, width?: number): readonly string[] {
  return renderText(text, { style: COLORED, width, highlight });
}

Deno.test("renderText() colours code in its language, and dims its fences", () => {
  assertEquals(render("so:\n```ts\nconst a = 1;\n```\nwell"), [
    "so:",
    "\u001b[2m```ts\u001b[22m",
    "\u001b[35mconst\u001b[39m a = \u001b[33m1\u001b[39m;",
    "\u001b[2m```\u001b[22m",
    "well",
  ]);
});

Deno.test("renderText() leaves code plain in a language that is not known, and in a quote", () => {
  assertEquals(render("```\nlet a\n```")[1], "let a");
  assertEquals(render("> ```js\n> let a\n> ```")[1], "> let a");
});

Deno.test("renderText() makes headings bold, and no comment of code", () => {
  assertEquals(render("# one\n#two\n```\n# three\n```"), [
    "\u001b[1m# one\u001b[22m",
    "#two",
    "\u001b[2m```\u001b[22m",
    "# three",
    "\u001b[2m```\u001b[22m",
  ]);
});

Deno.test("renderText() wraps prose at spaces, and cuts code where the line ends", () => {
  assertEquals(render("one two three", 8), ["one two", "three"]);
  assertEquals(
    renderText("```\none two three\n```", { style: PLAIN, width: 8, highlight }).slice(1, -1),
    ["one two ", "three"],
  );
});

Deno.test("renderText() without colours wraps code as it does prose", () => {
  const plain = { style: PLAIN, width: 8, highlight: undefined };
  assertEquals(renderText("```\none two three\n```", plain), ["```", "one two", "three", "```"]);
});

Deno.test("code is cut into lines that fit, and nothing of it is lost", () => {
  holdLaw(400, (random) => {
    const code = neutralize(randomLine(random, 200)).replace(/[`~]/g, "'");
    const width = random.integer(10, 60);
    const language = random.pick(["", "ts", "bash", "json", "python"]);
    const lines = render(`\`\`\`${language}\n${code}\n\`\`\``, width).slice(1, -1)
      .map((line) => line.replace(COLORS, ""));
    assertEquals(lines.join(""), code);
    for (const line of lines) {
      assert(measureWidth(line) <= width, `${measureWidth(line)} > ${width}`);
    }
  });
});

Deno.test("a line of a megabyte is cut, and nothing of it is lost", () => {
  const code = "ab風".repeat(300_000);
  const lines = render(`\`\`\`\n${code}\n\`\`\``, 80).slice(1, -1);
  assertEquals(lines.length, Math.ceil(300_000 / 20));
  assertEquals(lines.join(""), code);
});

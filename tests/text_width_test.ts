/** Width: how many cells of a terminal a text takes, and how it is cut and broken by them. */

import { assert, assertEquals } from "@std/assert";
import { fenceDirection, measureMost, measureWidth, pad, truncate, wrap } from "../src/text.ts";
import { holdLaw } from "./random.ts";
import { randomLine, splitLetters } from "./random_text.ts";

const FAMILY = "👨‍👩‍👧‍👦";

Deno.test("measureWidth() counts a cell for each narrow letter and two for each wide one", () => {
  const widths: [string, number][] = [
    ["", 0],
    ["plain", 5],
    ["灯籠", 4],
    ["ａ", 2],
    ["\uff76", 1],
    ["한글", 4],
    ["\u1112\u1161\u11ab", 2],
    ["é", 1],
    ["e\u0301", 1],
    ["n\u0303\u0323", 1],
    ["𝒳", 1],
    ["مرحبا", 5],
    ["שלום", 4],
    ["ก\u0e34", 1],
    ["→ · … ⑂ ● │ ├─ ␛ �", 18],
  ];
  for (const [line, width] of widths) {
    assertEquals(measureWidth(line), width, line);
    assertEquals(measureMost(line), width, line);
  }
});

Deno.test("measureWidth() counts the signs of Indian scripts as the C library does", () => {
  const widths: [string, number][] = [
    ["हिन्दी", 5],
    ["क्षि", 3],
    ["नमस्ते", 4],
    ["தமிழ்", 4],
    ["বাংলা", 5],
    ["ខ្មែរ", 4],
    ["ကို", 1],
    ["ที่", 1],
    ["น้ำ", 2],
    ["Tiê\u0301ng Viê\u0323t", 10],
  ];
  for (const [line, width] of widths) assertEquals(measureWidth(line), width, line);
});

Deno.test("measureWidth() counts what terminals show as a gap", () => {
  assertEquals(measureWidth("a\u00adb"), 3);
  assertEquals(measureWidth("\u3164"), 2);
});

Deno.test("measureMost() counts each part of what not every terminal puts together", () => {
  const widths: [string, number][] = [
    [FAMILY, 8],
    ["👩🏽‍🔧", 6],
    ["👍🏽", 4],
    ["🇨🇭", 2],
    ["❤️", 2],
    ["1️⃣", 2],
    ["🪁", 2],
  ];
  for (const [line, width] of widths) assertEquals(measureMost(line), width, line);
});

Deno.test("measureMost() counts no less than measureWidth()", () => {
  holdLaw(2_000, (random) => {
    const line = randomLine(random, 40);
    assert(measureMost(line) >= measureWidth(line), line);
  });
});

Deno.test("fenceDirection() puts marks beside what runs from right to left, and takes no cell", () => {
  const texts = ["مرحبا", "שלום 42", "plain שלום", "\u{1e900}\u{1e901}"];
  for (const text of texts) {
    assertEquals(fenceDirection(text), `\u200e${text}\u200e`);
    assertEquals(measureWidth(fenceDirection(text)), measureWidth(text));
    assertEquals(measureMost(fenceDirection(text)), measureMost(text));
  }
  for (const text of ["", "plain", "灯籠", "हिन्दी", FAMILY]) {
    assertEquals(fenceDirection(text), text);
  }
});

Deno.test("measureWidth() counts two cells for an emoji, however it is put together", () => {
  for (const emoji of ["🪁", "👩🏽‍🔧", FAMILY, "🇨🇭", "🇨", "1️⃣", "❤️", "👨‍⚕", "☎️", "🏳️‍🌈"]) {
    assertEquals(measureWidth(emoji), 2, emoji);
  }
  assertEquals(measureWidth("☎"), 1);
});

Deno.test("measureWidth() counts no cell for what has no shape of its own", () => {
  assertEquals(measureWidth("\u0301"), 0);
  assertEquals(measureWidth("a\u200db"), 2);
  assertEquals(measureWidth("می\u200cخ"), 3);
});

Deno.test("measureWidth() counts letters that join a grapheme and still take a cell", () => {
  assertEquals(measureWidth("\u0e01\u0e33"), 2);
  assertEquals(measureWidth("\uff76\uff9e"), 2);
});

Deno.test("truncate() keeps a line that fits", () => {
  for (const line of ["", "abc", "灯a", "🇨🇭x", "e\u0301fg"]) {
    assertEquals(truncate(line, 3), line);
  }
  assertEquals(truncate(`${FAMILY}x`, 9), `${FAMILY}x`);
});

Deno.test("truncate() ends a line that does not fit with an ellipsis", () => {
  assertEquals(truncate("abcdef", 4), "abc…");
  assertEquals(truncate("灯籠灯", 5), "灯籠…");
  assertEquals(truncate("灯籠灯", 4), "灯…");
  assertEquals(truncate(`${FAMILY}${FAMILY}`, 9), `${FAMILY}…`);
  assertEquals(truncate("🇨🇭🇩🇪", 2), "…");
  assertEquals(truncate("e\u0301e\u0301e\u0301", 2), "e\u0301…");
});

Deno.test("truncate() gives nothing where there is no room", () => {
  assertEquals(["abc", "灯"].map((line) => truncate(line, 0)), ["", ""]);
  assertEquals(["abc", "灯"].map((line) => truncate(line, -3)), ["", ""]);
});

Deno.test("truncate() keeps all marks of a letter that has hundreds", () => {
  const piled = "e" + "\u0301".repeat(300);
  assertEquals(truncate(`${piled}x`, 2), `${piled}x`);
  assertEquals(truncate(`${piled}xy`, 2), `${piled}…`);
});

Deno.test("truncate() fits any line, and cuts between letters only", () => {
  holdLaw(5_000, (random) => {
    const line = randomLine(random, 40);
    const cells = random.integer(1, 30);
    const cut = truncate(line, cells);
    assert(measureMost(cut) <= cells, JSON.stringify([line, cells, cut]));
    if (cut === line) return;
    assert(measureMost(line) > cells, "cut a line that fits");
    assert(cut.endsWith("…") && line.startsWith(cut.slice(0, -1)), JSON.stringify([line, cut]));
    const kept = splitLetters(cut.slice(0, -1));
    assertEquals(kept, splitLetters(line).slice(0, kept.length));
    const next = measureMost(splitLetters(line)[kept.length] ?? "");
    assert(measureMost(cut) + next > cells, "one more letter had fitted");
  });
});

Deno.test("truncate() cuts a line of megabytes as its first letters tell", () => {
  assertEquals(truncate("灯".repeat(2_000_000), 7), "灯灯灯…");
});

Deno.test("pad() fills up with spaces by width, on the side that is told", () => {
  assertEquals(pad("灯", 4), "灯  ");
  assertEquals(pad("e\u0301", 3, "right"), "  e\u0301");
  assertEquals(pad("too long", 3), "too long");
});

Deno.test("wrap() keeps a line that fits as it is", () => {
  assertEquals(wrap("", 8), [""]);
  assertEquals(wrap("  two words ", 12), ["  two words "]);
});

Deno.test("wrap() breaks at spaces", () => {
  assertEquals(wrap("one two three four", 9), ["one two", "three", "four"]);
  assertEquals(wrap("灯籠 の 説明書", 8), ["灯籠 の", "説明書"]);
});

Deno.test("wrap() keeps the indent of the first line", () => {
  assertEquals(wrap("    if x then y", 12), ["    if x", "then y"]);
});

Deno.test("wrap() cuts a word that is longer than a line", () => {
  assertEquals(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
  assertEquals(wrap("a bcdefgh", 4), ["a", "bcde", "fgh"]);
  assertEquals(wrap("灯籠灯籠", 3), ["灯", "籠", "灯", "籠"]);
  assertEquals(wrap(FAMILY.repeat(3), 16), [FAMILY.repeat(2), FAMILY]);
});

Deno.test("wrap() starts no line with the space that ended a cut word", () => {
  assertEquals(wrap("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
});

Deno.test("wrap() makes no empty lines of a long run of spaces", () => {
  assertEquals(wrap(`foo${" ".repeat(20)}bar`, 8), ["foo", "bar"]);
});

Deno.test("wrap() keeps a mark with the space that it stands on", () => {
  const lines = wrap("aaa \u0301bbb", 4);
  assert(!lines.some((line) => line.startsWith("\u0301")), JSON.stringify(lines));
});

Deno.test("wrap() fits every line, and loses nothing but spaces", () => {
  holdLaw(5_000, (random) => {
    const line = randomLine(random, 60);
    const cells = random.integer(2, 30);
    const lines = wrap(line, cells);
    for (const part of lines) {
      const isFit = measureMost(part) <= cells || splitLetters(part).length === 1;
      assert(isFit, JSON.stringify([line, cells, part]));
    }
    const letters = (text: string) => splitLetters(text).filter((letter) => letter !== " ");
    assertEquals(lines.flatMap(letters), letters(line));
  });
});

Deno.test("measureWidth() measures the letters that it knows as it measures them among others", () => {
  // A Greek letter is looked at one by one, and takes a cell.
  const known = [
    [0xa1, 0xac],
    [0xae, 0x2ff],
    [0x2013, 0x201d],
    [0x2026, 0x2026],
    [0x2442, 0x2442],
    [
      0x2500,
      0x257f,
    ],
  ] as const;
  for (const [first, last] of known) {
    for (let code = first; code <= last; code++) {
      const letter = String.fromCharCode(code);
      assertEquals(measureWidth(`${letter}Δ${letter}x`) - 2, 2 * measureWidth(letter), letter);
    }
  }
});

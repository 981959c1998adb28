/** Text: what of a hostile transcript reaches a terminal, and the texts that name numbers. */

import { assert, assertEquals } from "@std/assert";
import {
  dropLastLetter,
  formatBytes,
  formatCount,
  formatSlug,
  neutralize,
  parseBytes,
  toOneLine,
} from "../src/text.ts";
import { holdLaw, type Random } from "./random.ts";
import { randomLine } from "./random_text.ts";

/** What a terminal obeys, what turns the reading direction, and what cannot be written as UTF-8. */
const HARMFUL = /[^\P{Cc}\n]|[\p{Bidi_C}\p{Cs}\u200b\u2028\u2029\u2060\ufeff\u{e0000}-\u{e007f}]/u;
const FAMILY = "👨‍👩‍👧‍👦";

Deno.test("neutralize() keeps text that is harmless, whatever its script", () => {
  const harmless = [
    "",
    "plain text, with ~ and \\",
    "one\ntwo\n\n",
    "灯籠の説明",
    `${FAMILY} 🇨🇭 1️⃣ ❤️`,
    "e\u0301 n\u0303\u0323",
    "مرحبا שלום",
    "می\u200cخواهم",
    "␛ � ␀",
  ];
  assertEquals(harmless.map(neutralize), harmless);
});

Deno.test("neutralize() removes colours", () => {
  assertEquals(neutralize("\u001b[31mred\u001b[0m, \u001b[38;2;1;2;3mrgb\u001b[m"), "red, rgb");
  assertEquals(neutralize("\u001b[4:3mwaves"), "waves");
});

Deno.test("neutralize() shows every other sequence with all that it would have hidden", () => {
  const cases: [string, string][] = [
    ["\u001b[2J\u001b[H\u001b[?1049hscreen", "␛[2J␛[H␛[?1049hscreen"],
    ["\u001b[6n\u001b7\u001bc", "␛[6n␛7␛c"],
    ["\u009b31mC1", "�31mC1"],
    ["\u001b]0;title\u0007", "␛]0;title␇"],
    [
      "\u001b]8;;https://a.example\u001b\\link\u001b]8;;\u001b\\",
      "␛]8;;https://a.example␛\\link␛]8;;␛\\",
    ],
    ["\u001b]52;c;SGVsbG8=\u0007", "␛]52;c;SGVsbG8=␇"],
    ["\u001bP+q544e\u001b\\", "␛P+q544e␛\\"],
    ["\u0090q\u009c", "�q�"],
  ];
  for (const [text, harmless] of cases) assertEquals(neutralize(text), harmless);
});

Deno.test("neutralize() leaves nothing that a terminal obeys of broken sequences", () => {
  const cases = [
    "\u001b",
    "\u001b[",
    "\u001b[31",
    "\u001b[999999999999",
    "\u001b]",
    "\u001b]0;no end",
    "\u001b]52;c;SGVsbG8=",
    "\u001b]8;;https://a.example/with space, comma\u0007link",
    "\u001bPq#0;2;0;0;0#0~~@@\u001b\\",
    "\u001bP+q544e\u001b",
    "\u0090q\u009c",
    "\u001b_application\u001b\\",
    "\u001b^privacy\u009c",
    "\u001b\u001b[31m[31m",
    "\u001b[\u001b[31m31m",
    "\u001b]0;\u001b]0;a\u0007b\u0007",
    "\u009b\u009b31m",
  ];
  for (const text of cases) {
    assert(!HARMFUL.test(neutralize(text)), JSON.stringify([text, neutralize(text)]));
  }
});

Deno.test("neutralize() makes single controls visible", () => {
  assertEquals(neutralize("ring\u0007 back\b\b null\0 delete\u007f"), "ring␇ back␈␈ null␀ delete␡");
  assertEquals(neutralize("\u0085\u0090\u009d"), "���");
});

Deno.test("neutralize() does not let a carriage return write over a line", () => {
  assertEquals(neutralize("safe\rEVIL"), "safe\nEVIL");
  assertEquals(neutralize("one\r\ntwo\r\rthree"), "one\ntwo\n\nthree");
});

Deno.test("neutralize() writes a tab as spaces", () => {
  assertEquals(neutralize("a\tb"), "a    b");
});

Deno.test("neutralize() shows what hides, splits or turns text", () => {
  const cases = {
    "bidi override": "user\u202etxt.exe\u202c",
    "bidi isolate": "\u2066a\u2069",
    "bidi mark": "a\u200e\u200f\u061cb",
    "zero width space": "pass\u200bword",
    "line separator": "a\u2028b\u2029c",
    "invisible operator": "a\u2062\u2063b",
    "byte-order mark": "a\ufeffb",
    "annotation": "\ufff9a\ufffab\ufffb",
    "tag characters": "a\u{e0049}\u{e0067}\u{e006e}",
  };
  assertEquals(
    Object.values(cases).map((text) => neutralize(text)),
    [
      "user�txt.exe�",
      "�a�",
      "a���b",
      "pass�word",
      "a�b�c",
      "a��b",
      "a�b",
      "�a�b�",
      "a���",
    ],
  );
});

Deno.test("neutralize() writes half of a surrogate pair as one replacement", () => {
  assertEquals(neutralize("a\ud83db\udc00"), "a�b�");
});

Deno.test("neutralize() gives well-formed text without controls, and the same again", () => {
  holdLaw(3_000, (random) => {
    const text = randomHostileText(random);
    const harmless = neutralize(text);
    assert(!HARMFUL.test(harmless), JSON.stringify([text, harmless]));
    assertEquals(neutralize(harmless), harmless);
  });
});

Deno.test("neutralize() keeps every random line without controls", () => {
  holdLaw(1_000, (random) => {
    const line = randomLine(random, 30);
    assertEquals(neutralize(line), line);
  });
});

Deno.test("toOneLine() writes any white space as one space, none at the ends", () => {
  assertEquals(toOneLine(" a\n\nb\t \r\nc\u2028d\u3000\u00a0e\ufeff "), "a b c d e");
  assertEquals(toOneLine("\n\t "), "");
});

Deno.test("toOneLine() writes one space where a sequence stood between two", () => {
  assertEquals(toOneLine("a \u001b[0m b"), "a b");
});

Deno.test("toOneLine() leaves only letters as they are that are harmless", () => {
  for (let code = 0; code < 0x20000; code++) {
    const letter = String.fromCodePoint(code);
    for (const text of [letter, `a${letter}b`, `凧 ${letter} 糸`, `凧${letter}${letter}`]) {
      if (toOneLine(text) !== text) continue;
      assertEquals(text.replace(/\s+/g, " ").trim(), text, code.toString(16));
      // With a control beside it, the letter is judged as any is that is not known to be harmless.
      assertEquals(neutralize(`${text}\u0007`), `${text}\u2407`, code.toString(16));
    }
  }
});

Deno.test("toOneLine() gives one harmless line for any text", () => {
  holdLaw(3_000, (random) => {
    const text = randomHostileText(random);
    const line = toOneLine(text);
    assert(!HARMFUL.test(line) && !line.includes("\n"), JSON.stringify([text, line]));
  });
});

Deno.test("dropLastLetter() takes away what a person sees as one letter", () => {
  assertEquals(dropLastLetter("kite"), "kit");
  assertEquals(dropLastLetter("ne\u0301"), "n");
  assertEquals(dropLastLetter(`a ${FAMILY}`), "a ");
  assertEquals(dropLastLetter(""), "");
});

Deno.test("formatBytes() gives at most four characters of digits", () => {
  const sizes: [number, string][] = [
    [0, "0 B"],
    [999, "999 B"],
    [1_000, "1.0 KB"],
    [9_949, "9.9 KB"],
    [9_950, "10 KB"],
    [999_499, "999 KB"],
    [999_500, "1.0 MB"],
    [30_500_000, "31 MB"],
    [1_200_000_000, "1.2 GB"],
    [999_500_000_000, "1.0 TB"],
  ];
  for (const [bytes, text] of sizes) assertEquals(formatBytes(bytes), text);
});

Deno.test("parseBytes() reads sizes in powers of ten, and of two where the unit says so", () => {
  const sizes: [string, number][] = [
    ["0", 0],
    ["812", 812],
    ["812B", 812],
    ["500KB", 500_000],
    ["500k", 500_000],
    ["20 MB", 20_000_000],
    ["1.5gb", 1_500_000_000],
    ["2T", 2_000_000_000_000],
    ["4KiB", 4_096],
    ["1 MiB", 1_048_576],
  ];
  for (const [text, bytes] of sizes) assertEquals(parseBytes(text), bytes, text);
});

Deno.test("parseBytes() returns undefined for what is no size", () => {
  const texts = [
    "",
    "KB",
    "-1",
    "+1",
    ".5MB",
    "1.MB",
    "1e3",
    "1 000",
    "1,5MB",
    "5PB",
    "5 M B",
    "5iB",
    " 5",
    "5  MB",
    "٥",
  ];
  for (const text of texts) assertEquals(parseBytes(text), undefined, text);
});

Deno.test("parseBytes() reads what formatBytes() writes, to its two digits", () => {
  holdLaw(1_000, (random) => {
    const bytes = Math.round(10 ** (random.fraction() * 14));
    const read = parseBytes(formatBytes(bytes)) ?? NaN;
    assert(Math.abs(read - bytes) <= bytes * 0.051, `${bytes} became ${read}`);
  });
});

Deno.test("formatSlug() keeps letters and digits of ASCII, all else as one dash", () => {
  const slugs: [string, string][] = [
    ["Build the delta", "build-the-delta"],
    ["  ../../etc/passwd\0 ", "etc-passwd"],
    ["灯籠", ""],
    ["--a__b--", "a-b"],
    ["CON", "con"],
    ["x".repeat(60), "x".repeat(40)],
    [`${"x".repeat(39)} y`, "x".repeat(39)],
    ["", ""],
  ];
  for (const [text, slug] of slugs) assertEquals(formatSlug(text), slug);
});

Deno.test("formatCount() agrees with its noun", () => {
  assertEquals(formatCount(0, "row"), "0 rows");
  assertEquals(formatCount(1, "row"), "1 row");
  assertEquals(formatCount(1_204, "row"), "1,204 rows");
});

function randomHostileText(random: Random): string {
  return random.list(random.integer(0, 25), () =>
    random.pick([
      "\u001b",
      "\u001b[",
      "\u001b]",
      "\u001bP",
      "\u009b",
      "\u009c",
      "\u001b\\",
      "\u0007",
      "\r",
      "\n",
      "\t",
      "\b",
      ";",
      "8;;",
      "0",
      "31",
      "m",
      "A",
      "?",
      "(",
      " ",
      "\u202e",
      "\u2028",
      "\u{e0041}",
      "\ud83d",
      "\udc00",
      "\ufeff",
      "灯",
      "🇨🇭",
      String.fromCharCode(random.integer(0, 0x9f)),
    ])).join("");
}

/** Tests of the command lines that golden pages may hold. */

import { assertEquals, assertThrows } from "@std/assert";
import { parseCommandLine } from "./golden_line.ts";

Deno.test("parseCommandLine() returns words without their quotes", () => {
  assertEquals(words("skein list --match 'a b' --cwd=\"/x y\" it''s \"\" 5.."), [
    "skein",
    "list",
    "--match",
    "a b",
    "--cwd=/x y",
    "its",
    "",
    "5..",
  ]);
});

Deno.test("parseCommandLine() returns variables in front, and only there", () => {
  const { env, words } = parseCommandLine("A=1 B='x y' skein C=3", "/h");
  assertEquals({ env, words }, { env: { A: "1", B: "x y" }, words: ["skein", "C=3"] });
});

Deno.test("parseCommandLine() returns how many lines head takes", () => {
  assertEquals(parseCommandLine("skein list | head -12", "/h").headLines, 12);
  assertEquals(parseCommandLine("skein list '|' head", "/h").headLines, undefined);
});

Deno.test("parseCommandLine() returns the home folder for a tilde in front", () => {
  assertEquals(words("cd ~/a ~ '~/b' latest~2 ~x"), ["cd", "/h/a", "/h", "~/b", "latest~2", "~x"]);
});

Deno.test("parseCommandLine() refuses what only a shell understands", () => {
  for (
    const line of [
      "skein 'open",
      "skein > file",
      "skein $HOME",
      "skein *.md",
      "skein && skein",
      "skein a|b",
      "skein | wc -l",
      "skein | head",
      "skein | head -2 | head -1",
      "skein \\x",
    ]
  ) assertThrows(() => words(line), Error, "Cannot parse");
  assertEquals(words("skein '$HOME' \"a|b\""), ["skein", "$HOME", "a|b"]);
});

function words(line: string): readonly string[] {
  return parseCommandLine(line, "/h").words;
}

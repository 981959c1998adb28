/** How bash asks and is answered: a line is read as bash reads it, and nothing in an answer is run. */

import { assertEquals } from "@std/assert";
import { bash, quoteWord, readLine } from "../src/shell_bash.ts";
import { useFolder } from "./folder.ts";
import { TYPABLE_IDS } from "./hostile_names.ts";
import { testWith } from "./installed.ts";

Deno.test("readLine() tells words apart as bash does", () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ["", [], ""],
    ["skein", [], "skein"],
    ["skein show ", ["skein", "show"], ""],
    ["skein  show\t6f", ["skein", "show"], "6f"],
    ["skein --agent=zo", ["skein"], "--agent=zo"],
    [`skein 'a b' "c d" e\\ f g`, ["skein", "a b", "c d", "e f"], "g"],
    [`skein a'b'"c"d`, ["skein"], "abcd"],
    [`skein '' "" x`, ["skein", "", ""], "x"],
    [`skein "a\\"b\\$c\\d" x`, ["skein", 'a"b$c\\d'], "x"],
    ["skein 'a\\' x", ["skein", "a\\"], "x"],
    ["skein a\\", ["skein"], "a"],
    ["skein $(rm) ~/x", ["skein", "$(rm)"], "~/x"],
  ];
  for (const [line, words, word] of cases) {
    const read = readLine(line);
    assertEquals([read.words, read.word, read.isRedirection], [words, word, false], line);
  }
});

Deno.test("readLine() tells which quote is open", () => {
  assertEquals(readLine("skein 'a b").quote, "'");
  assertEquals(readLine('skein "a b').quote, '"');
  assertEquals(readLine(`skein "it's`).quote, '"');
  assertEquals(readLine(`skein "a" 'b'`).quote, "");
  assertEquals(readLine(`skein "a b`).word, "a b");
});

Deno.test("readLine() takes what is redirected for no word of the command", () => {
  for (
    const line of ["skein show < fi", "skein show >fi", "skein show 2>> fi", "skein show &>fi"]
  ) {
    assertEquals(readLine(line), {
      words: ["skein", "show"],
      word: "fi",
      quote: "",
      isRedirection: true,
    });
  }
  const { words, isRedirection } = readLine("skein show < file 2>&1 >out x5>y 6f");
  assertEquals({ words, isRedirection }, {
    words: ["skein", "show", "x5"],
    isRedirection: false,
  });
});

Deno.test("bash is given the part of a word that it replaces", () => {
  const ask = (line: string, replaced: string, value: string) =>
    bash.readQuestion([line, replaced]).spell({ value, about: "" });
  assertEquals(ask("skein show 6f", "6f", "6f1c"), "6f1c");
  assertEquals(ask("skein show --agent=zo", "zo", "--agent=zot"), "zot");
  assertEquals(ask("skein show --agent=zo", "--agent=zo", "--agent=zot"), "--agent=zot");
  assertEquals(ask("skein show telegram:1", "1", "telegram:12"), "12");
  assertEquals(ask("skein show telegram:", "", "telegram:12"), "12");
  assertEquals(ask('skein show "telegram:1', "telegram:1", "telegram:12"), "telegram:12");
  assertEquals(ask("skein show a\\ b", "a\\ b", "a bc"), "a\\ bc");
  assertEquals(ask("skein show x", "elsewhere", "xy"), undefined);
});

Deno.test("quoteWord() leaves plain words alone", () => {
  for (
    const text of ["6f1c2a90-3b57", "latest~1", "--agent=zot", "telegram:12", "a/b.c", "\u00fc"]
  ) {
    for (const quote of ["", "'", '"'] as const) assertEquals(quoteWord(text, quote), text);
  }
  assertEquals(quoteWord("~x", ""), "\\~x");
});

testWith("bash", "bash reads what quoteWord() spells as the word that it was", async () => {
  using folder = useFolder();
  for (const id of TYPABLE_IDS) {
    for (const quote of ["", "'", '"'] as const) {
      const spelled = quoteWord(id, quote);
      // There is no way to spell it where an earlier command would be looked for.
      if (spelled === undefined) assertEquals([quote, id.includes("!")], ['"', true]);
      else assertEquals(await read(`${quote}${spelled}${quote}`, folder.path), id);
    }
  }
  assertEquals([...Deno.readDirSync(folder.path)], []);
});

async function read(word: string, cwd: string): Promise<string> {
  const { stdout } = await new Deno.Command("bash", {
    args: ["--norc", "-c", `printf %s ${word}`],
    cwd,
  }).output();
  return new TextDecoder().decode(stdout);
}

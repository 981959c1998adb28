/** Tests of how golden pages are read and written. */

import { assertEquals, assertThrows } from "@std/assert";
import { type Outcome, parsePage, type Piece, renderOutcome, renderPage } from "./golden_page.ts";

const PAGE = `# list

Some prose.

    $ skein list
    one

      two
    ! warning: three
    [exit 3]

    $ skein tree
    $ skein show

More prose:

    indented, but below no command
`;

Deno.test("parsePage() returns each command with the lines below it", () => {
  assertEquals(commands(parsePage(PAGE, "indented")), [
    ["skein list", "one", "", "  two", "! warning: three", "[exit 3]"],
    ["skein tree"],
    ["skein show"],
  ]);
});

Deno.test("parsePage() returns the commands of console blocks that begin with one it can run", () => {
  const page = "Text\n\n```console\n$ npx get it\nfetched\n```\n\n    $ skein no\n\n" +
    "```console\n$ COLUMNS=60 skein list\none\n\n$ skein tree\n! two\n```\n\n```ts\n$ skein no\n```\n";
  assertEquals(commands(parsePage(page, "fenced")), [
    ["COLUMNS=60 skein list", "one", ""],
    ["skein tree", "! two"],
  ]);
  assertEquals(renderPage(parsePage(page, "fenced")), page);
});

Deno.test("renderPage() returns the text that parsePage() was given", () => {
  for (const text of [PAGE, "", "\n", "    $ skein list", "    $ skein list\n\n\n\nprose"]) {
    assertEquals(renderPage(parsePage(text, "indented")), text);
  }
});

Deno.test("renderOutcome() returns output, then talk, then an exit code that is not 0", () => {
  assertEquals(render({ stdout: "one\n\ntwo\n", stderr: "talk\n\nmore\n", code: 3 }), [
    "one",
    "",
    "two",
    "! talk",
    "!",
    "! more",
    "[exit 3]",
  ]);
  assertEquals(render({}), []);
});

Deno.test("renderOutcome() shows control characters, an open last line and an empty one", () => {
  assertEquals(render({ stdout: "\x1b[1mbold\x1b[0m\ta\0b\x7f\x9b" }), [
    "␛[1mbold␛[0m␉a␀b␡<U+009B>",
    "[no newline at the end]",
  ]);
  assertEquals(render({ stdout: "one\n\n" }), ["one", "␤"]);
  assertEquals(render({ stdout: "a\0b\0" }), ["a␀b␀"]);
});

Deno.test("renderOutcome() gives lines that parsePage() gives back", () => {
  const outcomes: readonly Partial<Outcome>[] = [
    { stdout: "one\n\n\n  two  \n" },
    { stdout: "\none\n\n" },
    { stderr: "\n", code: 1 },
    { stdout: "\n" },
  ];
  for (const outcome of outcomes) {
    const expected = render(outcome);
    const text = renderPage([
      { kind: "command", line: "skein list", indent: "    ", expected },
      { kind: "prose", lines: ["", "Prose."] },
    ]);
    assertEquals(commands(parsePage(text, "indented")), [["skein list", ...expected]]);
  }
});

Deno.test("renderOutcome() refuses a line that reads as a command", () => {
  assertThrows(() => render({ stdout: "$ skein list\n" }), Error, "reads as a command");
});

function render(outcome: Partial<Outcome>): readonly string[] {
  return renderOutcome({ stdout: "", stderr: "", code: 0, ...outcome });
}

function commands(pieces: readonly Piece[]): readonly (readonly string[])[] {
  return pieces.flatMap((piece) =>
    piece.kind === "command" ? [[piece.line, ...piece.expected]] : []
  );
}

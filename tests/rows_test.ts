/** Rows: what the reader gives for every way in which a file can be cut into lines. */

import { assertEquals } from "@std/assert";
import { readRange, readRows, type Row } from "../src/rows.ts";
import { MemorySource } from "./memory_source.ts";
import { holdLaw, type Random } from "./random.ts";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function read(text: string, options = {}) {
  return Array.from(
    readRows(new MemorySource(text), options),
    ({ bytes, ...row }) => ({ ...row, text: decoder.decode(bytes) }),
  );
}

Deno.test("readRows() gives lines with number, offset and length", () => {
  const common = { isShortened: false, hasBom: false, ending: "lf" };
  assertEquals(read("one\n\nthree\n"), [
    { line: 1, offset: 0, length: 3, text: "one", ...common },
    { line: 2, offset: 4, length: 0, text: "", ...common },
    { line: 3, offset: 5, length: 5, text: "three", ...common },
  ]);
});

Deno.test("readRows() gives nothing for an empty file", () => {
  assertEquals(read(""), []);
});

Deno.test("readRows() says how each line ends", () => {
  assertEquals(read("a\r\nb\nc").map(({ text, ending }) => [text, ending]), [
    ["a", "crlf"],
    ["b", "lf"],
    ["c", "none"],
  ]);
});

Deno.test("readRows() keeps a carriage return that no line feed follows", () => {
  assertEquals(read("a\rb\nc\r").map((row) => row.text), ["a\rb", "c\r"]);
});

Deno.test("readRows() takes a byte-order mark off the first row only", () => {
  assertEquals(
    read("\ufeffa\n\ufeffb\n").map(({ text, hasBom, length }) => [text, hasBom, length]),
    [["a", true, 4], ["\ufeffb", false, 4]],
  );
});

Deno.test("readRows() starts at an offset with the line number that it is told", () => {
  assertEquals(
    read("one\ntwo\nthree\n", { offset: 4, line: 2 }).map(({ line, offset, text }) => [
      line,
      offset,
      text,
    ]),
    [[2, 4, "two"], [3, 8, "three"]],
  );
});

Deno.test("readRows() gives a row longer than the window shortened, with its true length", () => {
  const long = JSON.stringify({ type: "message", text: "x".repeat(5_000), end: 1 });
  const rows = read(`{"a":1}\n${long}\n{"b":2}\n`, { windowBytes: 64, keepBytes: 10 });
  assertEquals(rows.map(({ length, isShortened }) => [length, isShortened]), [
    [7, false],
    [long.length, true],
    [7, false],
  ]);
  assertEquals(JSON.parse(rows[1]?.text ?? "").end, 1);
  assertEquals(rows[2]?.offset, 9 + long.length);
});

Deno.test("readRows() knows how a shortened row ends", () => {
  const long = JSON.stringify({ text: "x".repeat(200) });
  const endings = [`${long}\r\n`, `${long}\n`, long].map((text) =>
    read(text, { windowBytes: 32 }).map(({ ending, length }) => [ending, length])
  );
  assertEquals(endings, [
    [["crlf", long.length]],
    [["lf", long.length]],
    [["none", long.length]],
  ]);
});

Deno.test("readRows() gives what a split would, for any window and any reads", () => {
  holdLaw(3_000, (random) => {
    const text = randomLines(random);
    const windowBytes = random.integer(16, 96);
    const source = new MemorySource(text, random.integer(1, 120));
    const rows = Array.from(readRows(source, { windowBytes }), (row) => ({
      ...row,
      bytes: row.bytes.slice(),
    }));
    const lines = text.split("\n");
    if (lines.at(-1) === "") lines.pop();
    assertEquals(rows.map((row) => row.line), lines.map((_, index) => index + 1));
    let offset = 0;
    lines.forEach((line, index) => {
      const row: Row | undefined = rows[index];
      const isLast = index === lines.length - 1 && !text.endsWith("\n");
      const content = !isLast && line.endsWith("\r") ? line.slice(0, -1) : line;
      assertEquals([row?.offset, row?.length], [offset, content.length]);
      if (row?.isShortened === false) assertEquals(decoder.decode(row.bytes), content);
      else assertEquals(content.length >= windowBytes - 1, true);
      offset += line.length + 1;
    });
  });
});

Deno.test("readRange() gives the bytes of a part, and stops where the file ends", () => {
  const source = new MemorySource("abcdefgh", 3);
  const take = (offset: number, length: number) =>
    Array.from(readRange(source, offset, length), (bytes) => decoder.decode(bytes)).join("");
  assertEquals([take(1, 4), take(6, 10), take(0, 0)], ["bcde", "gh", ""]);
});

/** ASCII text of lines short and long, with quotes and carriage returns among them. */
function randomLines(random: Random): string {
  return random.list(random.integer(0, 12), () => {
    const length = random.pick([0, 1, 5, 20, 60, 63, 64, 65, 200]);
    const letters = random.list(length, () => random.pick(["a", "b", '"', "\\", "{", "\r"]));
    return letters.join("") + random.pick(["", "\r"]);
  }).join("\n") + random.pick(["", "\n"]);
}

/** Tables: equal columns, lines that fit, and what goes when there is little room. */

import { assert, assertEquals } from "@std/assert";
import { COLORED } from "../src/style.ts";
import { type Column, measureTable, renderTable } from "../src/table.ts";
import { measureMost, measureWidth } from "../src/text.ts";
import { CellScreen } from "./cell_screen.ts";
import { holdLaw } from "./random.ts";
import { randomLine } from "./random_text.ts";

type Row = readonly string[];

/** Columns that show the row's texts in order; a heading ends with ">" for the right side. */
function columnsOf(...headings: readonly string[]): readonly Column<Row>[] {
  return headings.map((heading, index) => ({
    heading,
    side: heading.endsWith(">") ? "right" : "left",
    importance: index,
    text: (row) => row[index] ?? "",
    paint: (cell) => cell,
  }));
}

const ROWS: readonly Row[] = [["a", "10", "one"], ["bcd", "7", "two words"]];

Deno.test("renderTable() makes columns as wide as their widest cell", () => {
  assertEquals(renderTable(ROWS, columnsOf("X", "Y>", "Z"), { width: undefined }), [
    "a    10  one",
    "bcd   7  two words",
  ]);
});

Deno.test("renderTable() measures cells as a terminal shows them", () => {
  const rows = [["灯", "x"], ["e\u0301", "y"], ["👨‍👩‍👧‍👦", "z"]];
  assertEquals(renderTable(rows, columnsOf("A", "B"), { width: undefined }), [
    "灯  x",
    "e\u0301   y",
    "👨‍👩‍👧‍👦  z",
  ]);
});

Deno.test("renderTable() puts headings above where there are rows", () => {
  const options = { width: undefined, paintHeading: (line: string) => `<${line}>` };
  assertEquals(renderTable(ROWS, columnsOf("NAME", "N>", "TITLE"), options), [
    "<NAME  N>  TITLE>",
    "a     10  one",
    "bcd    7  two words",
  ]);
  assertEquals(renderTable([], columnsOf("NAME"), options), []);
});

Deno.test("renderTable() cuts the last column to the width", () => {
  const rows = [["a", "the last column of this table"]];
  assertEquals(renderTable(rows, columnsOf("A", "B"), { width: 24 }), ["a  the last column of t…"]);
  assertEquals(renderTable(rows, columnsOf("A", "B"), { width: 32 }), [
    "a  the last column of this table",
  ]);
});

Deno.test("renderTable() drops columns, the least important first", () => {
  const columns = columnsOf("A", "B", "C", "D").map((column, index) => ({
    ...column,
    importance: [2, 1, 3, 0][index] ?? 0,
  }));
  const rows = [["aaaa", "bbbb", "cccc", "the title of the row, which is long"]];
  const at = (width: number) => renderTable(rows, columns, { width });
  assertEquals(at(41), ["aaaa  bbbb  cccc  the title of the row, …"]);
  assertEquals(at(40), ["aaaa  cccc  the title of the row, which…"]);
  assertEquals(at(34), ["cccc  the title of the row, which…"]);
  assertEquals(at(14), ["cccc  the tit…"]);
  assertEquals(at(13), ["the title of…"]);
});

Deno.test("renderTable() keeps columns that a short last column has no need to drop", () => {
  const rows = [["aaaa", "bbbb", "cccc", "short"]];
  assertEquals(renderTable(rows, columnsOf("A", "B", "C", "D"), { width: 23 }), [
    "aaaa  bbbb  cccc  short",
  ]);
});

Deno.test("renderTable() leaves two fifths of a wide line to the last column", () => {
  const rows = [["a".repeat(30), "b".repeat(30), "c".repeat(90)]];
  const at = (width: number) => renderTable(rows, columnsOf("A", "B", "C"), { width })[0];
  assertEquals(at(106)?.slice(0, 33), `${"a".repeat(30)}  b`);
  assertEquals(at(105)?.slice(0, 33), `${"b".repeat(30)}  c`);
});

Deno.test("renderTable() cuts a column to its most where lines have a width", () => {
  const [first, ...others] = columnsOf("A", "B");
  const columns = [...(first === undefined ? [] : [{ ...first, most: 6 }]), ...others];
  const rows = [["a long name", "x"], ["short", "y"]];
  assertEquals(renderTable(rows, columns, { width: 80 }), ["a lon…  x", "short   y"]);
  assertEquals(renderTable(rows, columns, { width: undefined }), [
    "a long name  x",
    "short        y",
  ]);
});

Deno.test("renderTable() puts marks beside cells that run from right to left, and not in a pipe", () => {
  const rows = [["שלום", "مرحبا"], ["ab", "x"]];
  assertEquals(renderTable(rows, columnsOf("A", "B"), { width: 30 }), [
    "\u200eשלום\u200e  \u200eمرحبا\u200e",
    "ab    x",
  ]);
  assertEquals(renderTable(rows, columnsOf("A", "B"), { width: undefined }), [
    "שלום  مرحبا",
    "ab    x",
  ]);
});

Deno.test("renderTable() moves a cursor behind cells that terminals do not agree on", () => {
  const moveTo = (column: number) => `<${column}>`;
  const rows = [["👍🏽", "क्षि", "x"], ["a", "शब्द", "y"], ["灯", "é", "z"]];
  assertEquals(renderTable(rows, columnsOf("A", "B", "C"), { width: 40, moveTo }), [
    "👍🏽  <5>क्षि  <10>x",
    "a   शब्द  y",
    "灯  é    z",
  ]);
});

Deno.test("renderTable() paints cells at their final width, and never measures the paint", () => {
  const columns = columnsOf("A", "B").map((column) => ({
    ...column,
    paint: (cell: string) => `\u001b[1m${cell}\u001b[22m`,
  }));
  assertEquals(renderTable([["a", "b"], ["cc", "d"]], columns, { width: 40 }), [
    "\u001b[1ma \u001b[22m  \u001b[1mb\u001b[22m",
    "\u001b[1mcc\u001b[22m  \u001b[1md\u001b[22m",
  ]);
});

Deno.test("renderTable() shows each row to the paint of its cells", () => {
  const columns = columnsOf("A").map((column) => ({
    ...column,
    paint: (cell: string, row: Row) => `${cell}=${row.join("")}`,
  }));
  assertEquals(renderTable([["a", "1"], ["b", "2"]], columns, { width: undefined }), [
    "a=a1",
    "b=b2",
  ]);
});

Deno.test("renderTable() leaves no spaces at the ends of plain lines", () => {
  assertEquals(renderTable([["a", ""], ["bb", "x"]], columnsOf("A", "B"), { width: undefined }), [
    "a",
    "bb  x",
  ]);
});

Deno.test("renderTable() gives lines of no columns for none", () => {
  assertEquals(renderTable(ROWS, [], { width: 10 }), ["", ""]);
});

Deno.test("renderTable() renders a part of the rows as it would in the whole", () => {
  const columns = columnsOf("A", "NUMBER>", "C");
  const widths = measureTable(ROWS, columns);
  const options = { width: 40, paintHeading: (line: string) => line };
  const [heading = "", ...lines] = renderTable(ROWS, columns, options);
  ROWS.forEach((row, index) => {
    const part = renderTable([row], columns, { ...options, widths });
    assertEquals(part, [heading, lines[index] ?? ""]);
  });
});

Deno.test("renderTable() gives a line for each row, none wider than the width", () => {
  holdLaw(1_000, (random) => {
    const columns = columnsOf("A", "BB>", "C", "DDDD");
    const rows = random.list(
      random.integer(0, 6),
      () => random.list(columns.length, () => randomLine(random, random.pick([2, 6, 30])).trim()),
    );
    const width = random.integer(1, 90);
    const lines = renderTable(rows, columns, {
      width,
      ...(random.chance(0.5) ? { paintHeading: (line: string) => line } : {}),
    });
    assert(lines.length === rows.length || lines.length === rows.length + 1);
    for (const line of lines) {
      assert(measureMost(line) <= width, JSON.stringify([width, line]));
    }
  });
});

Deno.test("renderTable() starts every column at the same cell, whatever the terminal", () => {
  holdLaw(500, (random) => {
    const rows = random.list(
      random.integer(1, 5),
      () => [randomLine(random, 5).trim(), randomLine(random, 5).trim(), "|"],
    );
    const terminal = new CellScreen(200);
    const options = { width: 200, moveTo: COLORED.moveTo };
    for (const line of renderTable(rows, columnsOf("A", "B", "C"), options)) {
      terminal.write(`${line}\n`);
    }
    assertEquals(new Set(terminal.startsOf("|")).size, 1);
  });
});

Deno.test("renderTable() starts every column at the same cell in all lines", () => {
  holdLaw(500, (random) => {
    const rows = random.list(random.integer(1, 5), () => [randomLine(random, 8).trim(), "|"]);
    const starts = renderTable(rows, columnsOf("A", "B"), { width: undefined })
      .map((line) => measureWidth(line.slice(0, line.lastIndexOf("|"))));
    assertEquals(new Set(starts).size, 1);
  });
});

/** The terminal of the tests: what it shows, what it takes for too long, what it refuses. */

import { assertEquals, assertThrows } from "@std/assert";
import { CellScreen } from "./cell_screen.ts";

Deno.test("CellScreen shows lines, and what is written over them", () => {
  const terminal = new CellScreen(20);
  terminal.write("one\ntwo\rT\u001b[K\n\u001b[31mthree\u001b[39m\u001b[9G4\n\n");
  assertEquals(terminal.lines, ["one", "T", "three   4"]);
  assertEquals(terminal.hasWrapped, false);
});

Deno.test("CellScreen starts a new row for what does not fit", () => {
  for (const text of ["12345", "123灯", "ab👨‍👩‍👧‍👦"]) {
    const terminal = new CellScreen(4);
    terminal.write(text);
    assertEquals(terminal.hasWrapped, true, text);
  }
  for (const text of ["1234", "12灯", "e\u0301e\u0301\u200ee\u0301e\u0301\nx"]) {
    const terminal = new CellScreen(4);
    terminal.write(text);
    assertEquals(terminal.hasWrapped, false, text);
  }
});

Deno.test("CellScreen tells in which cells a text starts", () => {
  const terminal = new CellScreen(40);
  terminal.write("灯 | a\nabc| b\nनि | c\n");
  assertEquals(terminal.startsOf("| "), [3, 3, 3]);
});

Deno.test("CellScreen refuses what it does not know", () => {
  for (const text of ["\u001b[2J", "\u0007", "\u001b]0;x\u0007"]) {
    assertThrows(() => new CellScreen(10).write(text));
  }
});

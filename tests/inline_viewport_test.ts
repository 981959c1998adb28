/** The viewport: frames in place of one another, and a screen that is as before when it is closed. */

import { assertEquals, assertThrows } from "@std/assert";
import { InlineViewport } from "../src/inline_viewport.ts";
import { FakeTerminal } from "./fake_terminal.ts";

/** A terminal of 12 by 5 cells, with some lines of a shell, and a viewport below them. */
function open(...shell: readonly string[]) {
  const terminal = new FakeTerminal({ columns: 12, rows: 5 });
  terminal.write(shell.map((line) => `${line}\r\n`).join(""));
  let sent: string[] = [];
  const output = {
    isTerminal: true,
    isFile: false,
    write: (data: string | Uint8Array) => void sent.push(String(data)),
    flush: () => {
      terminal.write(sent.join(""));
      sent = [];
    },
  };
  return { terminal, viewport: new InlineViewport(output) };
}

Deno.test("InlineViewport draws below what is there, and puts the cursor on its first line", () => {
  const { terminal, viewport } = open("$ skein show");
  viewport.draw({ lines: ["> ab", "one", "two"], cursor: 4 });
  assertEquals(terminal.lines, ["$ skein show", "> ab", "one", "two"]);
  assertEquals(terminal.cursor, { row: 1, column: 4 });
  assertEquals(terminal.modes, { cursor: true, wrap: true, paste: true });
});

Deno.test("InlineViewport leaves nothing of a frame that was longer, or had longer lines", () => {
  const { terminal, viewport } = open("$ skein show");
  viewport.draw({ lines: ["> abcdef", "a longer one", "two"], cursor: 8 });
  viewport.draw({ lines: ["> a", "short"], cursor: 3 });
  assertEquals(terminal.lines, ["$ skein show", "> a", "short"]);
  assertEquals(terminal.cursor, { row: 1, column: 3 });
});

Deno.test("InlineViewport keeps the last cell of a line that fills the terminal", () => {
  const { terminal, viewport } = open();
  viewport.draw({ lines: ["123456789012", "abcdefghijkl"], cursor: 0 });
  assertEquals(terminal.lines, ["123456789012", "abcdefghijkl"]);
});

Deno.test("InlineViewport makes room at the end of the screen", () => {
  const { terminal, viewport } = open("1", "2", "3", "4");
  viewport.draw({ lines: ["> ", "one", "two"], cursor: 2 });
  assertEquals(terminal.lines, ["3", "4", ">", "one", "two"]);
  viewport.draw({ lines: ["> x", "one", "two"], cursor: 3 });
  assertEquals(terminal.lines, ["3", "4", "> x", "one", "two"]);
});

Deno.test("InlineViewport gives the screen back when it is closed", () => {
  const { terminal, viewport } = open("$ skein show");
  viewport.draw({ lines: ["> ab", "one", "two"], cursor: 4 });
  viewport.close();
  assertEquals(terminal.lines, ["$ skein show"]);
  assertEquals(terminal.cursor, { row: 1, column: 0 });
  assertEquals(terminal.modes, { cursor: true, wrap: true, paste: false });
});

Deno.test("FakeTerminal fails a test that writes what it does not know", () => {
  const terminal = new FakeTerminal({ columns: 12, rows: 5 });
  assertThrows(() => terminal.write("\x1b[2S"), Error, "does not know");
  assertThrows(() => terminal.write("\x07"), Error, "does not know");
});

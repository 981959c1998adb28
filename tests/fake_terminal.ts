/**
 * A terminal for tests: what is written to it becomes a screen that can be read.
 *
 * It knows the sequences that skein writes and no other, so that one more is a failure here before
 * it is one on somebody's screen. Resizing cuts lines off, as xterm does; tmux, which wraps them, is
 * in `terminal_test.ts`.
 */

import { measureWidth } from "../src/text.ts";
import { splitLetters } from "./random_text.ts";

// deno-lint-ignore no-control-regex -- a terminal is what reads control characters
const PIECE = /\x1b\[(\??)(\d*)([A-Za-z])|\p{Cc}|\P{Cc}+/gu;

/** The screen of a terminal that starts empty, or with lines above the cursor. */
export class FakeTerminal {
  columns: number;
  rows: number;
  /** Which of the modes are on that a program may switch. */
  readonly modes = { cursor: true, wrap: true, paste: false };
  #screen: string[][] = [[]];
  #row = 0;
  #column = 0;
  #isReversed = false;
  /** The rows in which something stands in reverse. */
  #reversed = new Set<number>();

  /** Takes the size in cells. */
  constructor(size: { readonly columns: number; readonly rows: number }) {
    this.columns = size.columns;
    this.rows = size.rows;
  }

  /** Does what the output says. */
  write(output: string): void {
    for (const [piece, mark, number = "", letter] of output.matchAll(PIECE)) {
      if (letter !== undefined) this.#obey(`${mark}${letter}`, number);
      else if (piece === "\r") this.#column = 0;
      else if (piece === "\n") {
        // The system sends a carriage return before it.
        this.#column = 0;
        this.#feed();
      } else if (/^\P{Cc}/u.test(piece)) this.#print(piece);
      else throw new Error(`The terminal does not know ${JSON.stringify(piece)}`);
    }
  }

  /** Another size; lines that are too long are cut, lines above go first. */
  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.#screen = this.#screen.map((line) => line.slice(0, columns)).slice(0, rows);
    this.#column = Math.min(this.#column, columns - 1);
  }

  /** The lines of the screen, without what is empty at their ends and below them. */
  get lines(): readonly string[] {
    const lines = this.#screen.map((line) =>
      Array.from(line, (cell) => cell ?? " ").join("").trimEnd()
    );
    while (lines.at(-1) === "") lines.pop();
    return lines;
  }

  /** The lines that are in reverse, in whole or in part. */
  get reversed(): readonly string[] {
    return [...this.#reversed].sort((a, b) => a - b).map((row) => this.lines[row] ?? "");
  }

  /** Where the cursor is. */
  get cursor(): { readonly row: number; readonly column: number } {
    return { row: this.#row, column: this.#column };
  }

  #obey(command: string, number: string): void {
    const count = Number(number || 1);
    switch (command) {
      case "A":
        this.#row = Math.max(0, this.#row - count);
        return;
      case "C":
        this.#column = Math.min(this.columns - 1, this.#column + count);
        return;
      case "K":
        this.#clearLine();
        return;
      case "J":
        this.#clearLine();
        this.#screen.length = this.#row + 1;
        for (const row of this.#reversed) if (row > this.#row) this.#reversed.delete(row);
        return;
      case "m":
        if (number === "7" || number === "27") this.#isReversed = number === "7";
        return;
      case "?h":
      case "?l": {
        const mode = ({ "25": "cursor", "7": "wrap", "2004": "paste" } as const)[number];
        if (mode === undefined) break;
        this.modes[mode] = command === "?h";
        return;
      }
    }
    throw new Error(`The terminal does not know ${JSON.stringify(command + number)}`);
  }

  #clearLine(): void {
    const line = this.#screen[this.#row];
    // Behind the last cell the cursor is still on it, and what it clears goes with it.
    const start = Math.min(this.#column, this.columns - 1);
    if (line !== undefined) line.length = Math.min(line.length, start);
    if (this.#column === 0) this.#reversed.delete(this.#row);
  }

  #print(text: string): void {
    for (const letter of splitLetters(text)) {
      const width = measureWidth(letter);
      if (this.#column + width > this.columns) {
        if (!this.modes.wrap) continue;
        this.#column = 0;
        this.#feed();
      }
      const line = this.#screen[this.#row] ??= [];
      while (line.length < this.#column) line.push(" ");
      line[this.#column] = letter;
      if (width === 2) line[this.#column + 1] = "";
      this.#column += width;
      if (this.#isReversed) this.#reversed.add(this.#row);
    }
  }

  #feed(): void {
    if (this.#row === this.rows - 1) {
      this.#screen.shift();
      this.#reversed = new Set([...this.#reversed].map((row) => row - 1).filter((row) => row >= 0));
    } else this.#row++;
    this.#screen[this.#row] ??= [];
  }
}

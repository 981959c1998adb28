/**
 * A terminal for tests: shows what is written in rows of cells, and knows no more than the oldest
 * ones do. It takes each character for itself, so that a family is as wide as its members, and it
 * fails a test that sends it a sequence which is not meant for it.
 */

import { eastAsianWidth } from "get-east-asian-width";

// deno-lint-ignore no-control-regex -- an escape is what these start with
const SEQUENCE = /^\u001b\[\??(\d*)([A-Za-z])/;
/** What has no cell of its own, as the C library has it. */
const ZERO_WIDTH = /^(?![\u00ad])[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]$/u;

/** A row on the screen: each cell with what it shows; the second half of a wide letter shows "". */
interface Row {
  readonly cells: string[];
  /** Whether it holds what did not fit into the one above. */
  readonly isWrapped: boolean;
}

/** The screen of a terminal that never scrolls. */
export class CellScreen {
  readonly #columns: number;
  readonly #rows: Row[] = [{ cells: [], isWrapped: false }];
  #row = 0;
  #column = 0;

  /** Starts with an empty screen of so many columns. */
  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Shows what a program writes. */
  write(text: string): void {
    for (let at = 0; at < text.length;) {
      const sequence = text[at] === "\u001b" ? SEQUENCE.exec(text.slice(at, at + 12)) : null;
      if (sequence !== null) {
        this.#obey(sequence[2] ?? "", Number(sequence[1] ?? 0), sequence[0]);
        at += sequence[0].length;
        continue;
      }
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      this.#show(character);
      at += character.length;
    }
  }

  /** What each row shows, without the empty ones at the end. */
  get lines(): readonly string[] {
    const lines = this.#rows.map(({ cells }) =>
      Array.from(cells, (cell = " ") => cell).join("").trimEnd()
    );
    return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
  }

  /** Whether anything took more than one row. */
  get hasWrapped(): boolean {
    return this.#rows.some(({ isWrapped }) => isWrapped);
  }

  /** The cells in which a text starts, one for each row that shows it. */
  startsOf(text: string): readonly number[] {
    return this.#rows.flatMap(({ cells }) => {
      const shown = Array.from(cells, (cell = " ") => cell);
      const at = shown.findIndex((cell, column) =>
        cell !== "" && shown.slice(column).join("").startsWith(text)
      );
      return at < 0 ? [] : [at];
    });
  }

  #obey(letter: string, count: number, sequence: string): void {
    if (letter === "m" || letter === "h" || letter === "l") return;
    if (letter === "G") this.#column = count - 1;
    else if (letter === "C") this.#column += count;
    else if ((letter === "K" || letter === "J") && count === 0) this.#cells().length = this.#column;
    else throw new Error(`the terminal was sent ${JSON.stringify(sequence)}`);
  }

  #show(character: string): void {
    if (character === "\r") this.#column = 0;
    else if (character === "\n") this.#startRow(false);
    else if (/\p{Cc}/u.test(character)) {
      throw new Error(`the terminal was sent ${JSON.stringify(character)}`);
    } else if (ZERO_WIDTH.test(character)) this.#mark(character);
    else {
      const width = eastAsianWidth(character.codePointAt(0) ?? 0);
      if (this.#column + width > this.#columns) this.#startRow(true);
      this.#cells()[this.#column] = character;
      if (width === 2) this.#cells()[this.#column + 1] = "";
      this.#column += width;
    }
  }

  #mark(character: string): void {
    const cells = this.#cells();
    const before = cells.findLastIndex((cell, column) => column < this.#column && cell !== "");
    if (before >= 0) cells[before] += character;
  }

  #startRow(isWrapped: boolean): void {
    this.#row++;
    this.#column = 0;
    this.#rows[this.#row] ??= { cells: [], isWrapped };
  }

  #cells(): string[] {
    return this.#rows[this.#row]?.cells ?? [];
  }
}

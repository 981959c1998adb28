/**
 * Damage to session files: what crashes, copies and other programs do to their lines. What is
 * damaged, and how, follows from the source of random values alone.
 */

import type { Random } from "./random.ts";

/** How rows become a file. */
export interface JoinRowsOptions {
  /** The share of rows that are damaged, from 0 to 1; the first row never is. */
  readonly damage: number;
  /** Rows that are sound JSON and that the agent itself would never write. */
  readonly oddRows: readonly string[];
}

const ODD_ROWS = ["[]", "5", "null", '"kite"', "{}", '{"type":7}'] as const;

/**
 * Gives the bytes of rows, one to a line, some of them damaged, with odd rows and the marks of a
 * merge conflict between them, and now and then the end cut off. Without damage every line is its
 * row and ends in LF.
 */
export function joinRows(
  random: Random,
  rows: readonly string[],
  options: JoinRowsOptions,
): Uint8Array {
  const { damage, oddRows } = options;
  const encoder = new TextEncoder();
  const bytes = joinBytes(rows.map((row, index) => {
    if (index === 0 || !random.chance(damage)) return encoder.encode(`${row}\n`);
    switch (random.pick(["line", "line", "odd", "conflict"])) {
      case "line":
        return damageLine(random, encoder.encode(row));
      case "odd":
        return encoder.encode(`${random.pick([...ODD_ROWS, ...oddRows])}\n${row}\n`);
      default:
        return encoder.encode(`<<<<<<< HEAD\n${row}\n=======\n${row}\n>>>>>>> kite\n`);
    }
  }));
  const most = rows.length > 1 && random.chance(damage) ? 9 : 0;
  return most === 0 ? bytes : bytes.subarray(0, bytes.length - random.integer(1, most));
}

/** Gives the bytes that damage leaves of a line and its end; some leave a second line, or none. */
export function damageLine(random: Random, line: Uint8Array): readonly number[] {
  const cut = random.integer(1, line.length - 1);
  switch (random.pick(["torn", "unended", "glued", "nul", "crlf", "bad", "utf8", "blank"])) {
    case "torn":
      return [...line.subarray(0, cut), 0x0a];
    case "unended":
      return [...line.subarray(0, cut)];
    case "glued":
      return [...line];
    case "nul":
      return [...Array(random.integer(1, 20)).fill(0), ...line, 0x0a];
    case "crlf":
      return [...line, 0x0d, 0x0a];
    case "bad":
      return [0x7b, 0x7d, ...line.subarray(1), 0x0a];
    case "utf8": {
      const text = new TextDecoder().decode(line);
      const at = text.search(/(?<="text":")/);
      const place = at < 0 ? line.length - 1 : new TextEncoder().encode(text.slice(0, at)).length;
      return [...line.subarray(0, place), 0xff, ...line.subarray(place), 0x0a];
    }
    default:
      return [0x0a, ...line, 0x0a, 0x20, 0x0a];
  }
}

function joinBytes(pieces: readonly ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

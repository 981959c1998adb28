/** Rows of new files: bytes of an old one, or a text that was spelled anew. */

import type { Piece, ScannedRow } from "./format.ts";
import type { Row } from "./rows.ts";

/** A row as it is, without the byte-order mark that its file may start with. */
export function copyRow({ row: { offset, length, hasBom } }: ScannedRow): Piece {
  const mark = hasBom ? 3 : 0;
  return { type: "copy", offset: offset + mark, length: length - mark };
}

/** A row with U+FFFD for all of its bytes that are no UTF-8. */
export function mendRow({ bytes }: Row): Piece {
  return textRow(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
}

/** Tells whether a row has bytes that are no UTF-8. */
export function hasBadUtf8({ problems }: ScannedRow): boolean {
  return problems.some(({ kind }) => kind === "utf8");
}

/** A row with this text. */
export function textRow(text: string): Piece {
  return { type: "row", bytes: new TextEncoder().encode(text) };
}

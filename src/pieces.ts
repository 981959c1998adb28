/** Rows of new files: bytes of an old one, or a text that was spelled anew. */

import type { Piece, ScannedRow } from "./format.ts";

/** A row as it is, without the byte-order mark that its file may start with. */
export function copyRow({ row: { offset, length, hasBom } }: ScannedRow): Piece {
  const mark = hasBom ? 3 : 0;
  return { type: "copy", offset: offset + mark, length: length - mark };
}

/** A row with this text. */
export function textRow(text: string): Piece {
  return { type: "row", bytes: new TextEncoder().encode(text) };
}

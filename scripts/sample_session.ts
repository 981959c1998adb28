/** What a session of the sample store is made of, before it is spelled as a file. */

import type { ZotMeta, ZotRow } from "./zot_rows.ts";

/** A row of the story: one of zot's, or one of the two that need the rest of the file. */
export type SampleRow =
  | ZotRow
  /** A second first row, with another model. */
  | { readonly switch: Pick<ZotMeta, "model" | "provider"> }
  /** A row that was cut while it was written, so that the next one is glued to it. */
  | { readonly torn: ZotRow; readonly keptLength: number };

/** One session. */
export interface SampleSession {
  readonly id: string;
  /** The folder below the home folder. */
  readonly project: string;
  /** RFC 3339 in UTC, as `ended`, the time of the file. */
  readonly started: string;
  readonly ended: string;
  readonly lineage?: Required<Pick<ZotMeta, "parent" | "fork_point">>;
  readonly rows: readonly SampleRow[];
}

/** The rows that zot copies into a branch: so many messages, and the usage rows before the last. */
export function keepMessages(parent: SampleSession, messages: number): readonly SampleRow[] {
  let count = 0;
  return parent.rows.filter((row) => {
    if (!("type" in row) || count >= messages) return false;
    if (row.type === "message") count++;
    return row.type === "message" || row.type === "usage";
  });
}

/** What a file of the other agents' sample stores is, before it is written. */

/** One file. */
export interface SampleFile {
  /** From the home folder, with slashes. */
  readonly path: string;
  readonly text: string;
  /** RFC 3339 in UTC: when the agent wrote it last. */
  readonly written: string;
}

/** A time of the story in milliseconds. `at` is day and time in November 2026, as `10T09:15:04`. */
export function toMs(at: string): number {
  return Date.parse(`2026-11-${at}Z`);
}

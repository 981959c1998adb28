/**
 * What skein has to know of an agent's files, as one interface that each `format_<agent>.ts` fills.
 *
 * A format turns rows into facts and messages, and nothing outside of it names a field of its rows.
 * It reads with the tolerance of the agent's own loader: what that would skip is damage here.
 */

import type { Places } from "./environment.ts";
import type { AgentName, Fact, JsonObject, Message } from "./transcript.ts";

/** One agent's way of keeping sessions. */
export interface Format {
  readonly agent: AgentName;
  /** Folders that the agent keeps sessions in; a relative one starts at the current folder. */
  findRoots(places: Places): readonly string[];
  /** Paths of the sessions that a running agent says it is using. */
  findLiveFiles(places: Places): readonly string[];
  /** Tells from the first readable rows of a file whether the agent wrote it. */
  isMine(rows: readonly JsonObject[]): boolean;
  /** Says what a row means; throws `RowShapeError` for one that the agent skips. */
  readFacts(row: JsonObject): readonly Fact[];
  /** Gives the messages of a row in full, one for each that `readFacts` counts. */
  readMessages(row: JsonObject): readonly Message[];
  /** Milliseconds since 1970 that a file's name starts with; undefined when it names no time. */
  parseNameTime(fileName: string): number | undefined;
  /** Says what is unusual about a file's name for a session of this id; undefined if nothing is. */
  findNameProblem(fileName: string, id: string): string | undefined;
}

/**
 * Every format that skein knows, and which of them a file is in. A new agent is a line in `FORMATS`.
 */

import type { Places } from "./environment.ts";
import type { Format } from "./format.ts";
import { zot } from "./format_zot.ts";
import type { AgentName, JsonObject } from "./transcript.ts";

/** The formats, in the order in which a file is held against them. */
export const FORMATS: readonly Format[] = [zot];

/** The format whose agent wrote rows like these; undefined when none did. */
export function findFormat(rows: readonly JsonObject[]): Format | undefined {
  return FORMATS.find((format) => format.isMine(rows));
}

/** The format of an agent that is known to be one of ours. */
export function resolveFormat(agent: AgentName): Format {
  const format = FORMATS.find((candidate) => candidate.agent === agent);
  if (format === undefined) throw new TypeError(`no format for agent ${agent}`);
  return format;
}

/** The folders in which all agents keep their sessions by default, each once. */
export function defaultRoots(places: Places): readonly string[] {
  return [...new Set(FORMATS.flatMap((format) => format.findRoots(places)))];
}

/**
 * Every format that skein knows, and which of them a file is in. A new agent is a line in `FORMATS`,
 * and one in `WRITERS` (`writers.ts`).
 */

import type { Places } from "./environment.ts";
import type { Companion, Format, Judgement } from "./format.ts";
import { claw } from "./format_claw.ts";
import { eino } from "./format_eino.ts";
import { nanobot } from "./format_nanobot.ts";
import { zot } from "./format_zot.ts";
import type { AgentName, JsonObject } from "./transcript.ts";

/** The formats, in the order in which a file is held against them. */
export const FORMATS: readonly Format[] = [zot, claw, eino, nanobot];

/** The format whose agent wrote rows like these, surely or likely; undefined when none did. */
export function findFormat(
  rows: readonly JsonObject[],
  judgement: Exclude<Judgement, "no">,
): Format | undefined {
  return FORMATS.find((format) => format.judge(rows) === judgement);
}

const BY_AGENT = new Map(FORMATS.map((format) => [format.agent, format]));

/** The format of an agent that is known to be one of ours. */
export function resolveFormat(agent: AgentName): Format {
  const format = BY_AGENT.get(agent);
  if (format === undefined) throw new TypeError(`no format for agent ${agent}`);
  return format;
}

/** The folders in which all agents keep their sessions by default, each once. */
export function defaultRoots(places: Places): readonly string[] {
  return [...new Set(FORMATS.flatMap((format) => format.findRoots(places)))];
}

const WITH_COMPANIONS = FORMATS.filter(({ findCompanion }) => findCompanion !== undefined);

/** What a file may be to a session of each agent beside it, by its name alone. */
export function findCompanions(
  fileName: string,
): readonly (Companion & Pick<Format, "agent">)[] {
  const companions: (Companion & Pick<Format, "agent">)[] = [];
  for (const { agent, findCompanion } of WITH_COMPANIONS) {
    const companion = findCompanion?.(fileName);
    if (companion !== undefined) companions.push({ ...companion, agent });
  }
  return companions;
}

/** The files that any agent would lock while it changes the file at a path. */
export function findLocks(path: string): readonly string[] {
  return [...new Set(FORMATS.flatMap((format) => format.findLocks?.(path) ?? []))];
}

/** The files that running agents say they are using, as they name them. */
export function findLiveFiles(
  places: Places,
): readonly { readonly agent: AgentName; readonly path: string }[] {
  return FORMATS.flatMap(({ agent, findLiveFiles: find }) =>
    (find?.(places) ?? []).map((path) => ({ agent, path }))
  );
}

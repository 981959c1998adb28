/**
 * What writes the rows of every agent that skein knows, for the commands that write sessions; others
 * need not load it.
 */

import * as clawConvert from "./claw_convert.ts";
import * as clawWrite from "./claw_write.ts";
import * as einoConvert from "./eino_convert.ts";
import * as einoWrite from "./eino_write.ts";
import type { FormatWriter } from "./format.ts";
import * as nanobotConvert from "./nanobot_convert.ts";
import * as nanobotWrite from "./nanobot_write.ts";
import type { AgentName } from "./transcript.ts";
import * as zotConvert from "./zot_convert.ts";
import * as zotWrite from "./zot_write.ts";

/** The writers, by the agents of their formats. */
export const WRITERS: ReadonlyMap<AgentName, FormatWriter> = new Map<AgentName, FormatWriter>([
  ["zot", toWriter(zotWrite, zotConvert)],
  ["claw", toWriter(clawWrite, clawConvert)],
  ["eino", toWriter(einoWrite, einoConvert)],
  ["nanobot", toWriter(nanobotWrite, nanobotConvert)],
]);

/** Joins what the two modules of an agent export, and leaves what else they do. */
function toWriter(
  { branchRows, exportRows, importRows }: Omit<FormatWriter, "convertRows">,
  { convertRows }: Pick<FormatWriter, "convertRows">,
): FormatWriter {
  return { branchRows, exportRows, importRows, convertRows };
}

/** The writer of an agent that is known to be one of ours. */
export function resolveWriter(agent: AgentName): FormatWriter {
  const writer = WRITERS.get(agent);
  if (writer === undefined) throw new TypeError(`no writer for agent ${agent}`);
  return writer;
}

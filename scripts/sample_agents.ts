/**
 * Writes the sample stores of the agents beside zot: an invented home folder in which claw-code, an
 * eino server and nanobot were at work, each as it would have written it.
 *
 * They are the same to the byte on every machine, file times included, as the sample store of zot
 * is, and for the same reason.
 */

import { dirname, join } from "@std/path";
import { CLAW_FILES, reelFile } from "./sample_claw.ts";
import { EINO_FILES, rain } from "./sample_eino.ts";
import type { SampleFile } from "./sample_file.ts";
import { fair, NANOBOT_FILES } from "./sample_nanobot.ts";

/** Every file, agent by agent. */
export const AGENT_FILES: readonly SampleFile[] = [...CLAW_FILES, ...EINO_FILES, ...NANOBOT_FILES];

/** One session of each, for a store with room for few. */
export const FEW_AGENT_FILES: readonly SampleFile[] = [reelFile, rain, fair];

/**
 * Writes files below a home folder, where each agent looks for them: claw-code in `.claw`, eino in
 * `chat`, the folder of its server, and nanobot in `.nanobot`.
 *
 * @param files All of them unless told.
 */
export function buildSampleAgents(home: string, files: readonly SampleFile[] = AGENT_FILES): void {
  for (const { path, text, written } of files) {
    const target = join(home, path);
    Deno.mkdirSync(dirname(target), { recursive: true });
    Deno.writeTextFileSync(target, text);
    const time = new Date(written);
    Deno.utimeSync(target, time, time);
  }
}

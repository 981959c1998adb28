/**
 * Shows skein at work: compiles the binary for a folder of its own, fills that with the sample
 * store and a session of each other agent, and runs the binary on it, with nothing in its
 * environment but the time and the zone.
 */

import { join } from "@std/path";
import { compile } from "./compile.ts";
import { CannotError } from "../src/errors.ts";
import { runScript } from "./run_script.ts";
import { CACHE, REPOSITORY } from "./runtime_base.ts";
import { buildSampleAgents, FEW_AGENT_FILES } from "./sample_agents.ts";
import { buildSampleStore } from "./sample_store.ts";

/** What is shown; the sample store's sessions are the same each time. */
const COMMANDS: readonly (readonly string[])[] = [["list"], ["tree"], ["show", "6f1c2a90"]];

/** The day on which the last sample session ends, in seconds since 1970. */
const NOW_SECONDS = Date.UTC(2026, 10, 20, 12) / 1000;

async function demo(): Promise<number> {
  const folder = join(CACHE, "demo");
  const root = join(folder, "sessions");
  await Deno.remove(root, { recursive: true }).catch(ignoreMissing);
  buildSampleStore(root);
  buildSampleAgents(root, FEW_AGENT_FILES);
  const { output } = await compile({ roots: [root], output: join(folder, "skein") });
  for (const [index, command] of COMMANDS.entries()) {
    console.log(`${index === 0 ? "" : "\n"}$ skein ${command.join(" ")}`);
    await runBinary(output, command);
  }
  return 0;
}

async function runBinary(path: string, args: readonly string[]): Promise<void> {
  const { code } = await new Deno.Command(path, {
    args: [...args],
    clearEnv: true,
    env: { SOURCE_DATE_EPOCH: String(NOW_SECONDS), TZ: "UTC" },
    cwd: REPOSITORY,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn().status;
  // One sample session is damaged, so a partial answer is the right one.
  if (code !== 0 && code !== 3) {
    throw new CannotError(`Cannot run "skein ${args.join(" ")}": it ended with ${code}`, {
      hint: "deno task test finds what is wrong",
    });
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

if (import.meta.main) await runScript(demo);

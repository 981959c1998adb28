/**
 * Holds the time that skein takes to start against that of an empty program.
 *
 * Both are compiled in the same way into a temporary folder and run in turns, so that whatever else
 * the machine does falls on both. The runtime's own start cannot be helped; what skein adds to it
 * has to stay below a few milliseconds, and this fails when it does not.
 */

import { join } from "@std/path";
import { compile } from "./compile.ts";
import { findMedian } from "./median.ts";
import { runScript } from "./run_script.ts";

const ROUNDS = 60;
const WARM_UP_ROUNDS = 5;
const LIMIT_MS = 5;

async function main(): Promise<number> {
  const folder = Deno.makeTempDirSync({ prefix: "skein-startup-" });
  try {
    const [skein, empty] = [join(folder, "skein"), join(folder, "empty")];
    const program = join(folder, "empty.ts");
    Deno.writeTextFileSync(program, "export {};\n");
    await compile({ output: skein });
    await compile({ output: empty, main: program });
    return report(...measure(skein, empty));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function measure(skein: string, empty: string): [readonly number[], readonly number[]] {
  const times: [number[], number[]] = [[], []];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    // Each goes first in every other round, so that neither gains by its place.
    const order = round % 2 === 0 ? [0, 1] as const : [1, 0] as const;
    for (const which of order) {
      const ms = timeRun([skein, empty][which] ?? skein);
      if (round >= 0) times[which].push(ms);
    }
  }
  return times;
}

function timeRun(path: string): number {
  const command = new Deno.Command(path, {
    args: ["--version"],
    stdout: "null",
    stderr: "inherit",
  });
  const start = performance.now();
  const { success } = command.outputSync();
  const ms = performance.now() - start;
  if (!success) throw new Error(`${path} --version failed`);
  return ms;
}

function report(skein: readonly number[], empty: readonly number[]): number {
  const [skeinMs, emptyMs] = [findMedian(skein), findMedian(empty)];
  const differenceMs = skeinMs - emptyMs;
  console.log(`skein --version  ${skeinMs.toFixed(1)} ms, the median of ${skein.length} runs`);
  console.log(`empty program    ${emptyMs.toFixed(1)} ms`);
  console.log(
    `difference       ${differenceMs.toFixed(1)} ms, ratio ${(skeinMs / emptyMs).toFixed(2)}`,
  );
  if (differenceMs <= LIMIT_MS) return 0;
  console.error(`error: skein adds more than ${LIMIT_MS} ms to the start of an empty program`);
  return 1;
}

if (import.meta.main) await runScript(main);

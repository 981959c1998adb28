/**
 * Runs programs in turns and takes their time from start to end, as whole processes.
 *
 * In turns, so that whatever else the machine does falls on all of them. A first round, which is not
 * counted, brings the files into memory and is the one whose peak of memory is taken, since that
 * needs another program round the one that is measured.
 */

import { CannotError } from "../src/errors.ts";
import { findMedian } from "./median.ts";

/** A program to run again and again. */
export interface Run {
  /** What the program is called in the table. */
  readonly peer: string;
  /** The name of the corpus it looks at. */
  readonly corpus: string | undefined;
  readonly path: string;
  readonly args: readonly string[];
  /** The folder to run in; that of this process where there is none. */
  readonly cwd: string | undefined;
}

/** What came of the runs of one program. */
export interface Timing {
  readonly peer: string;
  readonly corpus: string | undefined;
  readonly medianMs: number;
  /** The most memory it held at a time; undefined where that cannot be measured. */
  readonly peakBytes: number | undefined;
}

/** How to run. */
export interface MeasureOptions {
  /** How often each is run and timed. */
  readonly rounds: number;
  /** GNU time, to measure memory with; undefined where it is missing. */
  readonly timePath: string | undefined;
}

/** Runs each program as often as there are rounds, one after the other in each round. */
export function measure(runs: readonly Run[], options: MeasureOptions): readonly Timing[] {
  const peaks = runs.map((run) => measurePeak(run, options.timePath));
  const times: number[][] = runs.map(() => []);
  const order = [...runs.keys()];
  for (let round = 0; round < options.rounds; round++) {
    // Back and forth, so that none is always after the same one.
    for (const index of round % 2 === 0 ? order : order.toReversed()) {
      const run = runs[index];
      if (run !== undefined) times[index]?.push(timeRun(run));
    }
  }
  return runs.map(({ peer, corpus }, index) => ({
    peer,
    corpus,
    medianMs: findMedian(times[index] ?? []),
    peakBytes: peaks[index],
  }));
}

/**
 * Finds GNU time, whose `-v` tells the peak of memory; that of other systems does not know it.
 *
 * @returns undefined where it is missing
 */
export function findTime(path = "/usr/bin/time"): string | undefined {
  try {
    const output = new Deno.Command(path, {
      args: ["-v", "true"],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).outputSync();
    const report = new TextDecoder().decode(output.stderr);
    return parsePeakBytes(report) === undefined ? undefined : path;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Reads the peak out of what GNU time reports; it says kilobytes and means 1,024 bytes. */
export function parsePeakBytes(report: string): number | undefined {
  const match = /Maximum resident set size \(kbytes\): (\d+)/.exec(report);
  return match === null ? undefined : Number(match[1]) * 1024;
}

function measurePeak(run: Run, timePath: string | undefined): number | undefined {
  if (timePath === undefined) {
    timeRun(run);
    return undefined;
  }
  const report = Deno.makeTempFileSync({ prefix: "skein-bench-" });
  try {
    timeRun({ ...run, path: timePath, args: ["-v", "-o", report, run.path, ...run.args] });
    return parsePeakBytes(Deno.readTextFileSync(report));
  } finally {
    Deno.removeSync(report);
  }
}

function timeRun({ path, args, cwd, peer }: Run): number {
  const command = new Deno.Command(path, {
    args: [...args],
    ...(cwd === undefined ? {} : { cwd }),
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH") ?? "", TZ: "UTC" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  });
  const start = performance.now();
  const { success, code, stderr } = command.outputSync();
  const ms = performance.now() - start;
  if (success) return ms;
  const [reason = ""] = new TextDecoder().decode(stderr).split("\n");
  throw new CannotError(`Cannot measure "${peer}": ${reason || `exit code ${code}`}`, {
    hint: "deno task bench --only JOB leaves out the others",
  });
}

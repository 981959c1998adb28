/**
 * Measures skein beside the programs that people would use in its place, and beside those that do
 * nothing but read: `deno task bench [--rounds N] [--only JOB]... [--write]`.
 *
 * It prints a table for each job; `--write` writes `docs/speed.md` as well, and then every job is
 * measured, with at least seven rounds. Corpora and binaries lie in the repository's cache.
 */

import { parseArgs } from "@std/cli";
import { join } from "@std/path";
import { UsageError } from "../src/errors.ts";
import { buildCaches } from "./bench_cache.ts";
import {
  buildCorpora,
  type CachedName,
  type Corpus,
  type CorpusName,
  readCorpus,
} from "./bench_corpus.ts";
import { type Job, JOBS } from "./bench_jobs.ts";
import { describeMachine, renderPage, type Section } from "./bench_page.ts";
import { findPeers, type FoundPeer, PEERS, readVersion } from "./bench_peers.ts";
import { findTime, measure, type MeasureOptions, type Run } from "./bench_run.ts";
import { describeExtent, renderGrowthTable, renderJobTable } from "./bench_table.ts";
import { compile } from "./compile.ts";
import { runDeno, runScript } from "./run_script.ts";
import { CACHE, REPOSITORY } from "./runtime_base.ts";

/** What to measure. */
export interface BenchOptions {
  readonly rounds: number;
  readonly jobs: readonly Job[];
  readonly write: boolean;
}

const USAGE = "deno task bench [--rounds N] [--only JOB]... [--write]";
const LEAST_ROUNDS = 7;
const CORPORA = join(CACHE, "bench", "corpora");
const BINARIES = join(CACHE, "bench", "bin");
const PAGE = join(REPOSITORY, "docs", "speed.md");

/**
 * Reads the command line.
 *
 * @throws {UsageError} when it is mistyped, or the page would be written from less than everything
 */
export function parseBenchArgs(args: readonly string[]): BenchOptions {
  const refuse = (reason: string, hint = USAGE): never => {
    throw new UsageError(`Cannot measure: ${reason}`, { hint });
  };
  const flags = parseArgs([...args], {
    string: ["rounds", "only"],
    boolean: ["write"],
    collect: ["only"],
    unknown: (argument) => refuse(`unknown argument "${argument}"`),
  });
  const rounds = flags["rounds"] === undefined ? LEAST_ROUNDS : Number(flags["rounds"]);
  if (!Number.isInteger(rounds) || rounds < 1) refuse("--rounds takes a number from 1 on");
  const only = [flags["only"] ?? []].flat().map(String);
  for (const name of only) {
    if (JOBS.some((job) => job.name === name)) continue;
    refuse(`no job "${name}"`, `--only takes one of ${JOBS.map((job) => job.name).join(", ")}`);
  }
  const write = flags["write"] === true;
  if (write && (only.length > 0 || rounds < LEAST_ROUNDS)) {
    refuse(`--write takes every job and at least ${LEAST_ROUNDS} rounds`);
  }
  const jobs = only.length === 0 ? JOBS : JOBS.filter(({ name }) => only.includes(name));
  return { rounds, jobs, write };
}

/** Gives the runs of a job: each of its programs that was found, on each of its corpora. */
export function planRuns(
  job: Job,
  found: readonly FoundPeer[],
  read: (name: CorpusName | CachedName) => Corpus,
): readonly Run[] {
  const present = found.filter(({ peer }) => job.peers.some((name) => name === peer.name));
  const places = job.corpora.length === 0
    ? [{ name: undefined, corpus: undefined }]
    : job.corpora.map((name) => ({ name, corpus: read(name) }));
  return places.flatMap(({ name, corpus }) =>
    present.map(({ peer, path }) => ({
      peer: peer.name,
      corpus: name,
      path,
      args: peer.buildArgs(corpus, job.args),
      cwd: corpus?.folder,
    }))
  );
}

async function bench(): Promise<number> {
  const { rounds, jobs, write } = parseBenchArgs(Deno.args);
  buildCorpora(CORPORA, undefined, (family) => console.error(`making the corpus ${family}`));
  await compilePeers();
  if (jobs.some(({ corpora }) => corpora.some((name) => /-(warm|grown)$/.test(name)))) {
    await buildCaches(CORPORA, join(BINARIES, "bench-skein"));
  }
  const { found, missing } = findPeers(PEERS, BINARIES);
  const timePath = findTime();
  const skipped = [
    ...missing.map(({ name }) => `${name}, which is not installed`),
    ...(timePath === undefined ? ["peak memory, since GNU time is not installed"] : []),
  ];
  for (const what of skipped) console.error(`left out: ${what}`);
  const sections: Section[] = [];
  for (const job of jobs) {
    const section = measureJob(job, found, { rounds, timePath });
    console.log([`## ${section.title}`, "", ...section.table, ""].join("\n"));
    sections.push(section);
  }
  if (!write) return 0;
  const day = Temporal.Now.plainDateISO().toString();
  const machine = describeMachine(readIfPresent("/proc/cpuinfo"));
  const versions = readVersions(found);
  const page = renderPage({ sections, rounds, day, machine, versions, skipped });
  Deno.writeTextFileSync(PAGE, page);
  await runDeno(["fmt", "--quiet", PAGE], { cwd: REPOSITORY });
  return 0;
}

function measureJob(job: Job, found: readonly FoundPeer[], options: MeasureOptions): Section {
  const read = (name: CorpusName | CachedName) => readCorpus(CORPORA, name);
  const timings = measure(planRuns(job, found, read), options);
  const sizes = job.corpora.map((name) => {
    const { files, bytes } = read(name);
    return { name, files: files.length, bytes };
  });
  const [first, ...larger] = sizes;
  const command = `\`skein ${job.args.join(" ")}\``;
  if (first === undefined || larger.length === 0) {
    const on = first === undefined ? "" : ` on \`${first.name}\`: ${describeExtent(first)}`;
    return { title: `${command}${on}`, table: renderJobTable(timings, job.yardsticks) };
  }
  const title = `Growth: ${command} on a part of \`${sizes.at(-1)?.name}\`, and on all of it`;
  return { title, table: renderGrowthTable(timings, sizes) };
}

/** Compiles what is not on the machine; the bundles bear these names, so no other compile minds. */
async function compilePeers(): Promise<void> {
  Deno.mkdirSync(BINARIES, { recursive: true });
  const empty = join(BINARIES, "empty.ts");
  Deno.writeTextFileSync(empty, "export {};\n");
  const roots = [CORPORA];
  const parser = join(REPOSITORY, "scripts", "bench_parser.ts");
  await compile({ roots, output: join(BINARIES, "bench-skein") });
  await compile({ roots, output: join(BINARIES, "bench-empty"), main: empty });
  await compile({ roots, output: join(BINARIES, "bench-parser"), main: parser });
}

/** What the installed programs say of themselves, each once. */
function readVersions(found: readonly FoundPeer[]): readonly string[] {
  const installed = found.filter(({ peer }) => !peer.isCompiled).map(({ path }) => path);
  const told = [...new Set(installed)].map((path) => readVersion(path) ?? "");
  return [`Deno ${Deno.version.deno}`, ...told.filter((text) => text !== "")];
}

function readIfPresent(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

if (import.meta.main) await runScript(bench);

/** Holds the benchmark to what it promises, but for the times: those belong to no test. */

import { assert, assertEquals, assertMatch, assertNotEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { CannotError, UsageError } from "../src/errors.ts";
import { parseBenchArgs, planRuns } from "../scripts/bench.ts";
import { buildCorpora, type CorpusSizes, readCorpus } from "../scripts/bench_corpus.ts";
import { JOBS } from "../scripts/bench_jobs.ts";
import { describeMachine, renderPage } from "../scripts/bench_page.ts";
import { findPeers, type Peer, PEERS } from "../scripts/bench_peers.ts";
import { findTime, measure, parsePeakBytes, type Timing } from "../scripts/bench_run.ts";
import {
  describeExtent,
  formatRatio,
  renderGrowthTable,
  renderJobTable,
} from "../scripts/bench_table.ts";
import { findMedian } from "../scripts/median.ts";
import { withFolder } from "./folder.ts";

const TINY: CorpusSizes = {
  seed: 7,
  many: { folders: 4, filesEach: 2, bytes: 400_000 },
  small: { folders: 4, filesEach: 5 },
  large: { bytes: 300_000, rowBytes: 100_000 },
  mixed: { files: 16, bytes: 64_000 },
};

const ABSENT: Peer = {
  name: "kite-counter",
  program: "skein-no-such-program",
  isCompiled: false,
  what: "counts kites",
  buildArgs: () => [],
};

const READER: Peer = {
  ...ABSENT,
  name: "cat",
  program: Deno.execPath(),
  buildArgs: (corpus, args) => [...args, ...corpus?.files ?? []],
};

Deno.test("findMedian() returns the middle, or the mean of the two in the middle", () => {
  assertEquals(findMedian([9, 1, 5]), 5);
  assertEquals(findMedian([4, 1, 2, 9]), 3);
  assertEquals(findMedian([]), NaN);
});

Deno.test("formatRatio() returns fewer places the larger it is, and a hyphen without a yardstick", () => {
  assertEquals(formatRatio(21, 50), "0.42");
  assertEquals(formatRatio(31, 10), "3.1");
  assertEquals(formatRatio(99.6, 10), "10");
  assertEquals(formatRatio(1, undefined), "-");
  assertEquals(formatRatio(1, 0), "-");
  assertEquals(formatRatio(NaN, 1), "-");
});

Deno.test("renderJobTable() returns a line for each program, and ratios to each yardstick", () => {
  const timings = [
    makeTiming({ peer: "skein", medianMs: 1234.5, peakBytes: 1_230_000_000 }),
    makeTiming({ peer: "wc -l", medianMs: 50.04 }),
  ];
  assertEquals(renderJobTable(timings, ["wc -l", "rg -j1"]), [
    "| program |   median | to `wc -l` | to `rg -j1` | peak memory |",
    "| ------- | -------: | ---------: | ----------: | ----------: |",
    "| skein   | 1,235 ms |         25 |           - |    1,230 MB |",
    "| `wc -l` |  50.0 ms |        1.0 |           - |           - |",
  ]);
});

Deno.test("renderGrowthTable() returns a line for each size, as multiples of the smallest", () => {
  const sizes = [{ name: "half", files: 5, bytes: 2e6 }, { name: "all", files: 10, bytes: 4e6 }];
  const timings = [
    makeTiming({ peer: "skein", corpus: "half", medianMs: 20 }),
    makeTiming({ peer: "skein", corpus: "all", medianMs: 42 }),
  ];
  assertEquals(renderGrowthTable(timings, sizes), [
    "| size | files | bytes |   skein | grows |",
    "| ---- | ----: | ----: | ------: | ----: |",
    "| 1.0  |     5 |  2 MB | 20.0 ms |   1.0 |",
    "| 2.0  |    10 |  4 MB | 42.0 ms |   2.1 |",
  ]);
});

Deno.test("describeExtent() returns one file in the singular", () => {
  assertEquals(describeExtent({ files: 1, bytes: 5e8 }), "1 file, 500 MB");
  assertEquals(describeExtent({ files: 5000, bytes: 1e9 }), "5,000 files, 1,000 MB");
});

Deno.test("findPeers() keeps what starts and names what is missing", () => {
  const { found, missing } = findPeers([READER, ABSENT], "/nowhere");
  assertEquals(found.map(({ peer }) => peer.name), ["cat"]);
  assertEquals(missing.map(({ name }) => name), ["kite-counter"]);
});

Deno.test("planRuns() returns the found programs on each corpus, and leaves out the missing", () => {
  const { found } = findPeers([READER, ABSENT], "/nowhere");
  const job = {
    name: "any",
    args: ["list"],
    corpora: ["small-half", "small"] as const,
    peers: ["cat", "rg -j1"] as const,
    yardsticks: [],
  };
  const corpus = { folder: "/kites", files: ["a.jsonl"], bytes: 1 };
  const runs = planRuns(job, found, () => corpus);
  assertEquals(runs.map(({ peer, corpus, cwd }) => [peer, corpus, cwd]), [
    ["cat", "small-half", "/kites"],
    ["cat", "small", "/kites"],
  ]);
  assertEquals(runs[0]?.args, ["list", "a.jsonl"]);
});

Deno.test("planRuns() returns one run without a folder for a job that looks at no files", () => {
  const { found } = findPeers([READER], "/nowhere");
  const job = { name: "any", args: ["-V"], corpora: [], peers: ["cat"] as const, yardsticks: [] };
  const [run, ...more] = planRuns(job, found, () => {
    throw new Error("no corpus is asked for");
  });
  assertEquals([run?.args, run?.cwd, more.length], [["-V"], undefined, 0]);
});

Deno.test("PEERS have names of their own, and JOBS too", () => {
  for (const named of [PEERS, JOBS]) {
    assertEquals(new Set(named.map(({ name }) => name)).size, named.length);
  }
});

Deno.test("measure() returns a timing for each program, without a peak where time is missing", () => {
  const run = {
    peer: "deno",
    corpus: "small",
    path: Deno.execPath(),
    args: ["-V"],
    cwd: undefined,
  };
  const [timing, ...more] = measure([run], { rounds: 2, timePath: undefined });
  assertEquals([timing?.peer, timing?.corpus, more.length], ["deno", "small", 0]);
  assert(Number.isFinite(timing?.medianMs));
  assertEquals(timing?.peakBytes, undefined);
});

Deno.test("measure() refuses a program that fails, by its name", () => {
  const args = ["eval", "Deno.exit(3)"];
  const run = { peer: "deno", corpus: undefined, path: Deno.execPath(), args, cwd: undefined };
  const failing = () => measure([run], { rounds: 1, timePath: undefined });
  assertThrows(failing, CannotError, 'Cannot measure "deno": exit code 3');
});

Deno.test("parsePeakBytes() returns the peak of GNU time's report, and undefined for another's", () => {
  assertEquals(parsePeakBytes("\tMaximum resident set size (kbytes): 2048\n"), 2_097_152);
  assertEquals(parsePeakBytes("time: illegal option -- v"), undefined);
});

Deno.test("findTime() returns undefined where there is none", () => {
  assertEquals(findTime("/nowhere/skein-no-such-time"), undefined);
});

Deno.test("parseBenchArgs() returns every job and seven rounds", () => {
  assertEquals(parseBenchArgs([]), { rounds: 7, jobs: JOBS, write: false });
  const { rounds, jobs } = parseBenchArgs(["--rounds", "2", "--only=version"]);
  assertEquals([rounds, jobs.map(({ name }) => name)], [2, ["version"]]);
});

for (
  const [args, message] of [
    [["--round", "9"], 'unknown argument "--round"'],
    [["--rounds", "0"], "--rounds takes a number"],
    [["--rounds", "many"], "--rounds takes a number"],
    [["--only", "kites"], 'no job "kites"'],
    [["--write", "--rounds", "6"], "at least 7 rounds"],
    [["--write", "--only", "version"], "every job"],
  ] as const
) {
  Deno.test(`parseBenchArgs() refuses ${args.join(" ")}`, () => {
    assertThrows(() => parseBenchArgs(args), UsageError, message);
  });
}

Deno.test("buildCorpora() writes the same files for the same seed, and others for another", () => {
  withFolder({}, (folder) => {
    const build = (name: string, seed: number) => {
      Deno.mkdirSync(join(folder, name));
      buildCorpora(join(folder, name), { ...TINY, seed });
      return readAll(join(folder, name));
    };
    const first = build("first", 7);
    assertEquals(build("again", 7), first);
    assertNotEquals(build("other", 8), first);
  });
});

Deno.test("buildCorpora() keeps what is there, and makes anew what other sizes were asked for", () => {
  withFolder({}, (folder) => {
    const told: string[] = [];
    const build = (sizes: CorpusSizes) =>
      buildCorpora(folder, sizes, (family) => told.push(family));
    build(TINY);
    build(TINY);
    assertEquals(told, ["many", "small", "large", "mixed"]);
    build({ ...TINY, small: { folders: 8, filesEach: 5 } });
    assertEquals(told.slice(4), ["small"]);
    assertEquals(readCorpus(folder, "small").files.length, 40);
  });
});

Deno.test("buildCorpora() writes parts whose files are those of the whole", () => {
  withFolder({}, (folder) => {
    buildCorpora(folder, TINY);
    const [all, half, quarter] = (["many", "many-half", "many-quarter"] as const)
      .map((name) => readCorpus(folder, name));
    assertEquals([all?.files.length, half?.files.length, quarter?.files.length], [8, 4, 2]);
    assert(half?.files.every((path) => all?.files.includes(path)));
    assert(quarter?.files.every((path) => half?.files.includes(path)));
    const { folder: top, files } = readCorpus(folder, "large");
    const rows = Deno.readTextFileSync(join(top, files[0] ?? "")).trimEnd().split("\n");
    assert(rows.some((row) => row.length > 90_000));
    for (const row of rows) JSON.parse(row);
  });
});

Deno.test("renderPage() names the day, the machine, the versions and what was left out", () => {
  const page = renderPage({
    sections: [{ title: "On kites", table: ["| a |"] }],
    rounds: 7,
    day: "2026-11-20",
    machine: "2 cores of a kite",
    versions: ["cat 1"],
    skipped: ["jq, which is not installed"],
  });
  for (const part of ["2026-11-20", "2 cores of a kite", "cat 1", "Left out: jq", "## On kites"]) {
    assert(page.includes(part), part);
  }
});

Deno.test("describeMachine() returns the processor's model, where it can be read", () => {
  assertMatch(describeMachine("processor\t: 0\nmodel name\t: Kite 9\n"), /^\d+ cores? of Kite 9 /);
  assertMatch(describeMachine(undefined), new RegExp(` of ${Deno.build.arch} `));
});

function makeTiming(timing: Partial<Timing>): Timing {
  return { peer: "skein", corpus: undefined, medianMs: 1, peakBytes: undefined, ...timing };
}

function readAll(top: string): Readonly<Record<string, string>> {
  const names = ["many", "many-half", "small", "small-quarter", "large", "mixed"] as const;
  return Object.fromEntries(names.flatMap((name) => {
    const { folder, files } = readCorpus(top, name);
    return files.map((path) => [`${name}/${path}`, Deno.readTextFileSync(join(folder, path))]);
  }));
}

/**
 * The line that says what takes long: when it is drawn, what it says, and that nothing of it is left.
 *
 * The clock of the fake host moves on at each look, as if every read took so long.
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { dirname, fromFileUrl, join } from "@std/path";
import { buildSampleStore } from "../scripts/sample_store.ts";
import { run } from "../src/app.ts";
import { countReads } from "../src/counted_files.ts";
import { denoHost } from "../src/deno_host.ts";
import type { Work, WorkCount } from "../src/host.ts";
import { ProgressLine } from "../src/progress.ts";
import { CellScreen } from "./cell_screen.ts";
import { FakeHost } from "./fake_host.ts";
import { makeFolder, useFolder } from "./folder.ts";
import { replayPage } from "./golden.ts";
import { runInProcess } from "./golden_runners.ts";

const PAGES = join(dirname(fromFileUrl(import.meta.url)), "golden");
/** Pages whose commands read nothing. */
const STATIC_PAGES = ["completions.md", "help.md"];
const REMOVED = "\r\u001b[K";
/** A line as it is drawn. */
// deno-lint-ignore no-control-regex -- an escape is what these end with
const DRAWN = /\r([^\r\n]+)\u001b\[K/g;

interface Setting {
  readonly root: string;
  /** How much time each look at the clock takes. */
  readonly stepMs: number;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly change?: (host: FakeHost) => void;
}

interface Shown {
  readonly screen: CellScreen;
  readonly host: FakeHost;
  /** What was written to both outputs, in its order. */
  readonly writes: readonly string[];
  /** The lines that were drawn. */
  readonly drawn: readonly string[];
}

async function show(args: readonly string[], setting: Setting): Promise<Shown> {
  const { root, stepMs, columns = 80, env = {}, change } = setting;
  const host = new FakeHost({ env });
  const screen = new CellScreen(columns);
  const writes: string[] = [];
  host.useTerminal({ columns, rows: 50 });
  host.elapsedStepMs = stepMs;
  for (const output of [host.stdout, host.stderr]) {
    output.onWrite = (text) => {
      writes.push(text);
      if (output.isTerminal) screen.write(text);
    };
  }
  change?.(host);
  await run([...args, "--root", root, "--color", "never"], host);
  const drawn = [...host.stderr.text.matchAll(DRAWN)].map(([, line]) => line ?? "");
  return { screen, host, writes, drawn };
}

function useSampleStore() {
  const folder = useFolder();
  buildSampleStore(folder.path);
  return folder;
}

Deno.test("what takes less than 300 ms is not spoken of", async () => {
  using folder = useSampleStore();
  const { drawn } = await show(["list"], { root: folder.path, stepMs: 1 });
  assertEquals(drawn, []);
});

Deno.test("list says what it reads, how many files of how many, and bytes of bytes", async () => {
  using folder = useSampleStore();
  const { drawn, screen } = await show(["list", "--no-cache"], { root: folder.path, stepMs: 60 });
  assertMatch(drawn[0] ?? "", /^Looking for sessions: \d+ files$/);
  const reading = drawn.filter((line) => line.startsWith("Reading sessions: "));
  assert(reading.length > 5, drawn.join("\n"));
  assertMatch(reading[0] ?? "", /^Reading sessions: \d of 13 files, [\d.]+ K?B of 26 KB$/);
  assertMatch(reading.at(-1) ?? "", /^Reading sessions: 1[23] of 13 files, 2\d KB of 26 KB$/);
  const still = await show(["list", "--no-cache"], { root: folder.path, stepMs: 0 });
  assertEquals(screen.lines, still.screen.lines);
  assertEquals(still.drawn, []);
});

Deno.test("the line is drawn ten times a second at most", async () => {
  using folder = useSampleStore();
  for (const stepMs of [7, 30, 60]) {
    const { drawn, host } = await show(["search", "kite"], { root: folder.path, stepMs });
    const tenths = Math.ceil(host.elapsedMs() / 100);
    assert(drawn.length > 0 && drawn.length <= tenths - 2, `${drawn.length} in ${tenths} tenths`);
  }
});

Deno.test("the line is cut to the width of the terminal", async () => {
  using folder = useSampleStore();
  const { drawn, screen } = await show(["list"], { root: folder.path, stepMs: 60, columns: 20 });
  assert(drawn.some((line) => line.endsWith("…")) && drawn.every((line) => line.length < 20));
  // The account below the list is longer than that, and no line of progress.
  const rows = screen.lines.findIndex((line) => line.startsWith("warning"));
  assert(screen.lines.slice(0, rows).length <= 14, screen.lines.join("\n"));
});

Deno.test("nothing is drawn in a pipe, for --quiet, or on a terminal that can only print", async () => {
  using folder = useSampleStore();
  const root = folder.path;
  const cases = [
    await show(["list"], { root, stepMs: 60, change: (host) => host.stderr.isTerminal = false }),
    await show(["list", "--quiet"], { root, stepMs: 60 }),
    await show(["list"], { root, stepMs: 60, env: { TERM: "dumb" } }),
  ];
  for (const { host } of cases) assert(!host.stderr.text.includes("\r"), host.stderr.text);
});

Deno.test("nothing is drawn any more once something has gone into a pipe", async () => {
  using folder = useSampleStore();
  const setting = { root: folder.path, stepMs: 60 };
  const search = ["search", "the", "--no-cache"];
  const piped = await show(search, {
    ...setting,
    change: (host) => host.stdout.isTerminal = false,
  });
  const first = piped.writes.findIndex((text) => !/^\r/.test(text));
  assert(first > 0, "something is drawn before");
  const after = piped.writes.slice(first).join("");
  assert(!after.includes("\u001b[K"), after);
  const filed = await show(search, {
    ...setting,
    change: (host) => Object.assign(host.stdout, { isTerminal: false, isFile: true }),
  });
  assertMatch(filed.writes.slice(first).join(""), /Searching messages: /);
});

Deno.test("what was printed goes out before the line is drawn", async () => {
  using folder = useSampleStore();
  const { writes } = await show(["search", "the"], {
    root: folder.path,
    stepMs: 60,
    change: ({ stdout }) => {
      const { onWrite } = stdout;
      stdout.onWrite = (text) => onWrite(`out:${text}`);
      stdout.flush = () => onWrite("flush");
    },
  });
  let isWaiting = false;
  for (const text of writes) {
    if (text.startsWith("out:")) isWaiting = true;
    else if (text === "flush") isWaiting = false;
    else assert(!isWaiting || text === REMOVED, JSON.stringify(text));
  }
});

Deno.test("ProgressLine draws nothing on a line that something stands on", () => {
  const { line, stdout, lines } = startLine();
  using work = line.begin({ what: "Work" });
  stdout.write("half a");
  work.countFiles(1);
  assertEquals(lines(), ["half a"]);
  stdout.write(" line\n");
  work.countFiles(1);
  assertEquals(lines(), ["half a line", "Work: 2 files"]);
  stdout.write(new TextEncoder().encode("more\n"));
  assertEquals(lines(), ["half a line", "more"]);
  stdout.write("> typed\r\u001b[2C");
  work.countFiles(1);
  assertEquals(lines(), ["half a line", "more", "> typed"]);
  stdout.write("\r\u001b[J\u001b[?2004l");
  work.countFiles(1);
  assertEquals(lines(), ["half a line", "more", "Work: 4 files"]);
});

Deno.test("ProgressLine waits after what is said, and after what was asked", () => {
  const { line, host, stderr, lines } = startLine();
  using work = line.begin({ what: "Work" });
  stderr.write("Go on? [y/N] ");
  host.elapsedStepMs = 100;
  for (let i = 0; i < 9; i++) work.countFiles(1);
  assertEquals(lines(), ["Go on? [y/N]"]);
  host.stderr.onWrite("y\n");
  line.noteAnswer();
  for (let i = 0; i < 2; i++) work.countFiles(1);
  assertEquals(lines(), ["Go on? [y/N] y"]);
  work.countFiles(1);
  assertEquals(lines(), ["Go on? [y/N] y", "Work: 12 files"]);
  stderr.write("done\n");
  for (let i = 0; i < 2; i++) work.countFiles(1);
  assertEquals(lines(), ["Go on? [y/N] y", "done"]);
});

Deno.test("ProgressLine tells of the innermost work, and of what its helper has done", () => {
  const { line, lines } = startLine();
  using outer = line.begin({ what: "Outer", files: 2_000 });
  outer.countFiles(1_200);
  assertEquals(lines(), ["Outer: 1,200 of 2,000 files"]);
  {
    using inner = line.begin({ what: "Inner", files: 3, bytes: 5_000 });
    inner.watchHelper(() => ({ files: 1, bytes: 2_500 }));
    line.countBytes(1_500);
    assertEquals(lines(), ["Inner: 1 of 3 files, 4.0 KB of 5.0 KB"]);
    inner.countFiles(7);
    assertEquals(lines(), ["Inner: 3 of 3 files, 4.0 KB of 5.0 KB"]);
  }
  outer.countFiles(1);
  assertEquals(lines(), ["Outer: 1,201 of 2,000 files"]);
  line.clear();
  assertEquals(lines(), []);
});

Deno.test("ProgressLine says what there is to say of a work", () => {
  const says = (work: Work, { files, bytes }: WorkCount) => {
    const { line, lines } = startLine();
    using running = line.begin(work);
    running.countFiles(files);
    running.countBytes(bytes);
    return lines()[0];
  };
  const none = { files: 0, bytes: 0 };
  assertEquals(says({ what: "A" }, none), "A");
  assertEquals(says({ what: "A" }, { files: 0, bytes: 1_234 }), "A: 1.2 KB");
  assertEquals(says({ what: "A" }, { files: 1, bytes: 1_234 }), "A: 1 file");
  assertEquals(says({ what: "A", files: 3 }, { files: 2, bytes: 99 }), "A: 2 of 3 files");
  assertEquals(
    says({ what: "A", files: 1, bytes: 50 }, { files: 0, bytes: 99 }),
    "A: 50 B of 50 B",
  );
  assertEquals(says({ what: "A", files: 1 }, none), "A: 0 of 1 file");
});

Deno.test("ProgressLine goes on without a terminal that has gone", () => {
  const { line, host, lines } = startLine();
  using work = line.begin({ what: "Work" });
  host.stderr.onWrite = () => {
    throw new Error("Input/output error (os error 5)");
  };
  work.countFiles(1);
  work.countFiles(1);
  assertEquals(lines(), []);
});

Deno.test("countReads() counts each byte once for a purpose, wherever a file is read", () => {
  const folder = makeFolder({ "a.jsonl": "0123456789" });
  const counts: number[] = [];
  const counter = { purpose: {}, countBytes: (count: number) => void counts.push(count) };
  const file = countReads(denoHost().files, counter).open(join(folder, "a.jsonl"));
  const read = (offset: number, length: number) => file.readAt(offset, new Uint8Array(length));
  assertEquals([read(0, 4), read(0, 4), read(2, 4), read(6, 99), read(10, 9)], [4, 4, 4, 4, 0]);
  assertEquals(counts, [4, 0, 2, 4, 0]);
  counter.purpose = {};
  read(8, 2);
  assertEquals(counts.at(-1), 2);
  file.close();
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a question stands alone, and what follows the answer is told of again", async () => {
  using folder = useSampleStore();
  const { writes, screen } = await show(["prune", "--older-than", "7d"], {
    root: folder.path,
    stepMs: 400,
    change: (host) => {
      // The terminal itself shows what is typed.
      const readLine = () => {
        host.stderr.onWrite("y\n");
        return "y";
      };
      Object.assign(host, { readLine });
    },
  });
  const answer = writes.indexOf("y\n");
  assertMatch(writes.slice(answer).join(""), /\rChecking what is to be moved: /);
  assert(screen.lines.some((line) => line.endsWith("to the trash? [y/N] y")));
});

/** A line that is due at once and always, on a screen. */
function startLine() {
  const host = new FakeHost();
  const screen = new CellScreen(80);
  host.useTerminal({ columns: 80, rows: 24 });
  for (const output of [host.stdout, host.stderr]) output.onWrite = (text) => screen.write(text);
  host.elapsedStepMs = 1_000;
  const line = new ProgressLine(host);
  const [stdout, stderr] = [line.watch(host.stdout), line.watch(host.stderr)];
  return { line, host, stdout, stderr, lines: () => screen.lines };
}

for (const name of [...Deno.readDirSync(PAGES)].map((entry) => entry.name).sort()) {
  Deno.test(`on ${name} no line is mixed with one of progress`, async () => {
    const [still, moving] = [await replayOnScreens(name, 0), await replayOnScreens(name, 150)];
    assertEquals(moving.screens, still.screens);
    assertEquals(still.drawn, 0);
    assertEquals(moving.drawn > 0, !STATIC_PAGES.includes(name));
  });
}

/** Replays a page on terminals; gives what each command line left on its screen. */
async function replayOnScreens(name: string, stepMs: number) {
  const folder = makeFolder({});
  const screens: (readonly string[])[] = [];
  let drawn = 0;
  try {
    await replayPage(Deno.readTextFileSync(join(PAGES, name)), async (call) => {
      const screen = new CellScreen(80);
      const terminal = { ...call, terminalRows: 24, headLines: undefined };
      const outcome = await runInProcess(terminal, (host) => {
        host.elapsedStepMs = stepMs;
        for (const output of [host.stdout, host.stderr]) {
          output.onWrite = (text) => screen.write(text);
        }
      });
      drawn += [...outcome.stderr.matchAll(DRAWN)].length;
      screens.push([call.args.join(" "), ...screen.lines]);
      return outcome;
    }, { style: "indented", folder });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  // Each run has a home of its own.
  return {
    screens: screens.map((lines) => lines.map((line) => line.replaceAll(folder, ""))),
    drawn,
  };
}

/** The program as a whole: permissions, streams and exit codes that no recorded session shows. */

import { assertEquals, assertMatch } from "@std/assert";
import { buildSampleStore } from "../scripts/sample_store.ts";
import { run } from "../src/app.ts";
import { COMMANDS } from "./all_commands.ts";
import { FakeHost } from "./fake_host.ts";
import { useFolder } from "./folder.ts";

Deno.test("run() gives up the leave to write before a reading command without cache opens anything", async () => {
  for (const { name, writes, cache, arity } of COMMANDS) {
    if (writes || cache === "none") continue;
    const host = new FakeHost({ cwd: Deno.cwd() });
    const dropped: boolean[] = [];
    const note = <T>(call: (path: string) => T) => (path: string): T => {
      dropped.push(host.hasDroppedWritePermission);
      return call(path);
    };
    const { lstat, realPath, readFolder, open } = host.files;
    Object.assign(host, {
      files: {
        ...host.files,
        lstat: note(lstat),
        realPath: note(realPath),
        readFolder: note(readFolder),
        open: note(open),
      },
    });
    const line = [name, ...Array(arity[0]).fill("latest"), "--root", "tests/fixtures"];
    await run([...line, "--no-cache"], host);
    assertEquals(new Set(dropped), new Set([true]), name);
  }
});

Deno.test("run() gives it up once the cache is written where a command may write one", async () => {
  for (const { name, writes, arity } of COMMANDS) {
    if (writes) continue;
    const host = new FakeHost({ cwd: Deno.cwd() });
    await run([name, ...Array(arity[0]).fill("latest"), "--root", "tests/fixtures"], host);
    assertEquals(host.hasDroppedWritePermission, true, name);
  }
});

Deno.test("run() looks at no file for a command that reads none, not even at a root that is named", async () => {
  const isStatic = (name: string) => ["completions", "help", "man"].includes(name);
  for (const { name, examples } of COMMANDS.filter((command) => isStatic(command.name))) {
    const files = new Proxy(new FakeHost().files, {
      get: (_, call) => {
        throw new TypeError(`${name} calls ${String(call)}`);
      },
    });
    const host = new FakeHost({ files, env: { SKEIN_ROOT: "/nowhere" } });
    const args = examples[0]?.[0].split(/ ?[<>|]/)[0]?.split(" ").filter(Boolean) ?? [];
    assertEquals(await run([name, ...args, "--root", "/nowhere/else"], host), 0, host.stderr.text);
    assertEquals(host.hasDroppedWritePermission, true, name);
  }
});

Deno.test("run() reports a bug with its stack and ends with 70", async () => {
  const host = new FakeHost({ cwd: Deno.cwd() });
  host.terminalSize = () => {
    throw new TypeError("the terminal is upside down");
  };
  host.stdout.isTerminal = true;
  assertEquals(await run(["list", "--root", "tests/fixtures"], host), 70);
  assertMatch(
    host.stderr.text,
    /^error: skein has a bug:\nTypeError: the terminal is upside down\n +at /,
  );
});

Deno.test("run() ends with 0 and says nothing when the reader has gone", async () => {
  const host = new FakeHost({ cwd: Deno.cwd() });
  host.stdout.maxLines = 0;
  assertEquals(await run(["--version"], host), 0);
  assertEquals(host.stderr.text, "");
});

Deno.test("run() takes flags in front of the command", async () => {
  const host = new FakeHost({ cwd: Deno.cwd() });
  assertEquals(await run(["--quiet", "--root", "/nowhere", "list"], host), 1);
  assertMatch(host.stderr.text, /Cannot read root "\/nowhere"/);
});

Deno.test("run() colours for terminals, unless it is told otherwise", async () => {
  using folder = useFolder();
  buildSampleStore(folder.path);
  const isColored = async (change: (host: FakeHost) => void, ...flags: readonly string[]) => {
    const host = new FakeHost({ cwd: Deno.cwd() });
    host.useTerminal({ columns: 80, rows: 24 });
    change(host);
    const line = ["list", "--root", folder.path, ...flags];
    await run(line, host);
    await run([...line, "--nonsense"], host);
    return [host.stdout.text, host.stderr.text].map((text) => text.includes("\u001b["));
  };
  const nothing = () => {};
  const forbid = (host: FakeHost) => void (host.allowsColor = false);
  const pipe = (host: FakeHost) => void (host.stdout.isTerminal = false);
  assertEquals(await isColored(nothing), [true, true]);
  assertEquals(await isColored(forbid), [false, false]);
  assertEquals(await isColored(pipe), [false, true]);
  for (const never of [["--color", "never"], ["--color=never"]]) {
    assertEquals(await isColored(nothing, ...never), [false, false]);
  }
  assertEquals(await isColored(forbid, "--color", "always"), [true, true]);
  assertEquals(await isColored(pipe, "--color=always"), [true, true]);
  assertEquals(await isColored(nothing, "--color", "sometimes"), [false, true]);
});

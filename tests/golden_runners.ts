/**
 * The two ways to run skein for a golden page: inside the test's process, on a fake host, and as a
 * compiled binary.
 *
 * The page must read the same either way. In the process, "/home/ada" is mounted, and all is exact.
 * The binary lives in the real folder: paths are translated on the way in and back on the way out.
 * The value of `--cwd` is not translated, because it is compared with what sessions say of
 * themselves, and they say "/home/ada/...". A page about terminals cannot be run with the binary.
 * Either way the machine's zone is UTC, for some agents write times without one.
 * Before a `| head -N` both agree only where nothing is left to say on standard error: in the process
 * the reader is gone at once, but a binary has sent a short answer whole before its reader leaves.
 */

import { run } from "../src/app.ts";
import { denoHost } from "../src/deno_host.ts";
import { FakeHost } from "./fake_host.ts";
import type { SkeinCall, SkeinRunner } from "./golden.ts";
import type { Outcome } from "./golden_page.ts";
import { type Mount, mountFiles } from "./mounted_files.ts";

const TERMINAL_COLUMNS = 80;
const ZONE = "UTC";

/** Runs skein's `run` on a fake host, to which a test may do something before. */
export function runInProcess(
  call: SkeinCall,
  prepare: (host: FakeHost) => void = () => {},
): Promise<Outcome> {
  return inZone(() => runOnFakeHost(call, prepare));
}

async function runOnFakeHost(
  call: SkeinCall,
  prepare: (host: FakeHost) => void,
): Promise<Outcome> {
  const files = mountFiles(denoHost().files, call.home);
  const host = new FakeHost({ env: call.env, cwd: call.cwd, files });
  host.stdout.maxLines = call.headLines ?? Infinity;
  if (call.terminalRows !== undefined) {
    host.useTerminal({ columns: TERMINAL_COLUMNS, rows: call.terminalRows });
  }
  prepare(host);
  const code = await run(call.args, host);
  return showHome({ stdout: host.stdout.text, stderr: host.stderr.text, code }, call.home);
}

/** Gives a runner for the compiled binary at a path. */
export function makeBinaryRunner(path: string): SkeinRunner {
  return async (call) => {
    if (call.terminalRows !== undefined) return undefined;
    const inward = (text: string) => text.replaceAll(call.home.shown, call.home.real);
    const child = new Deno.Command(path, {
      args: call.args.map((arg, i) =>
        call.args[i - 1] === "--cwd" || arg.startsWith("--cwd=") ? arg : inward(arg)
      ),
      env: Object.fromEntries(
        Object.entries({ TZ: ZONE, ...call.env }).map(([name, value]) => [name, inward(value)]),
      ),
      clearEnv: true,
      cwd: inward(call.cwd),
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const [stdout, stderr, status] = await Promise.all([
      readLines(child.stdout, call.headLines ?? Infinity),
      readLines(child.stderr, Infinity),
      child.status,
    ]);
    return showHome({ stdout, stderr, code: status.code }, call.home);
  };
}

/** Does a step in the zone of the pages, whatever that of this process is. */
async function inZone<T>(step: () => Promise<T>): Promise<T> {
  const own = Deno.env.get("TZ");
  Deno.env.set("TZ", ZONE);
  try {
    return await step();
  } finally {
    if (own === undefined) Deno.env.delete("TZ");
    else Deno.env.set("TZ", own);
  }
}

/** Reads up to so many lines, then closes the stream. */
async function readLines(stream: ReadableStream<Uint8Array>, maxLines: number): Promise<string> {
  let text = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream("utf-8", { fatal: true }))) {
    text += chunk;
    const lines = text.split("\n");
    // Leaving the loop cancels the stream, which closes the pipe.
    if (lines.length > maxLines) return lines.slice(0, maxLines).join("\n") + "\n";
  }
  return text;
}

function showHome(outcome: Outcome, home: Mount): Outcome {
  const outward = (text: string) => text.replaceAll(home.real, home.shown);
  return { ...outcome, stdout: outward(outcome.stdout), stderr: outward(outcome.stderr) };
}

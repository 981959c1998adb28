/**
 * Follows the hint of every error on the recorded pages: what it says to type is typed, and has to be
 * understood, and must not end in the error that it was the hint of.
 *
 * Each hint is followed in a copy of the page's home, so that the page goes on as it was recorded.
 */

import { assert, assertEquals } from "@std/assert";
import { dirname, fromFileUrl, join } from "@std/path";
import { GLOBAL_FLAGS } from "../src/flags.ts";
import { COMMANDS } from "./all_commands.ts";
import { makeFolder } from "./folder.ts";
import { replayPage, type SkeinCall } from "./golden.ts";
import type { Outcome } from "./golden_page.ts";
import { runInProcess } from "./golden_runners.ts";
import { findFollowUps } from "./hints.ts";

const PAGES = join(dirname(fromFileUrl(import.meta.url)), "golden");

/** How many hints in a row may be needed. */
const MOST_HINTS = 4;

/** Hints that name nothing to type say what to do. */
const ADVICE = new RegExp(
  `^(${
    [
      "leave out",
      "ls",
      "mkdir",
      "move",
      "name",
      "run the command",
      "search for",
      "take",
      "through the pipe",
      "to make one",
      "try again",
      "type",
      "without",
      "write",
    ].join("|")
  })\\b`,
);

for (const name of [...Deno.readDirSync(PAGES)].map((entry) => entry.name).sort()) {
  Deno.test(`every error on ${name} has a hint, which helps`, async () => {
    const folder = makeFolder({});
    try {
      await replayPage(Deno.readTextFileSync(join(PAGES, name)), (call) => runAndFollow(call), {
        style: "indented",
        folder,
      });
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  });
}

Deno.test("every flag that lacks a value, or has a wrong one, has a hint", async () => {
  for (const { name, flags } of COMMANDS) {
    for (const flag of [...flags, ...GLOBAL_FLAGS]) {
      if (flag.value === undefined) continue;
      const wrong = flag.choices === undefined ? [] : ["=no such value"];
      for (const end of ["", ...wrong]) {
        const args = [name, `--${flag.name}${end}`];
        const { code, stderr } = await runInProcess(emptyCall(args));
        assertEquals(code, 2, args.join(" "));
        assert(readTalk(stderr, "hint:") !== undefined, `${args.join(" ")}\n${stderr}`);
      }
    }
  }
});

/** Runs a command line, and follows hints as long as what they say to type is mistyped in another way. */
async function runAndFollow(call: SkeinCall, depth = 0): Promise<Outcome> {
  const outcome = await runInProcess(call);
  const error = readTalk(outcome.stderr, "error:");
  if (error === undefined) return outcome;
  assert(depth < MOST_HINTS, `hints lead in a circle: skein ${call.args.join(" ")}`);
  const shown = `skein ${call.args.join(" ")}\n${outcome.stderr}`;
  const hint = readTalk(outcome.stderr, "hint:");
  assert(hint !== undefined, shown);
  const followUps = findFollowUps({ args: call.args, error, hint });
  assert(followUps.length > 0 || ADVICE.test(hint), shown);
  for (const { args, isPiped, isOpen } of followUps) {
    const home = { ...call.home, real: copyFolder(call.home.real) };
    try {
      const terminalRows = isPiped ? undefined : call.terminalRows;
      const again = { ...call, args, home, terminalRows };
      const next = await (isOpen ? runInProcess(again) : runAndFollow(again, depth + 1));
      const about = `${shown}\nskein ${args.join(" ")}\n${next.stderr}`;
      assert(next.code !== 70 && (!isOpen || next.code !== 2), about);
      assert(isOpen || readTalk(next.stderr, "error:") !== error, about);
    } finally {
      Deno.removeSync(home.real, { recursive: true });
    }
  }
  return outcome;
}

/** What a voice says on standard error; the colours of a terminal left out. */
function readTalk(stderr: string, voice: string): string | undefined {
  // deno-lint-ignore no-control-regex -- colours start with an escape
  const lines = stderr.replaceAll(/\u001b\[\d+m/g, "").split("\n");
  const found = lines.filter((line) => line.startsWith(`${voice} `));
  assertEquals(found.length <= 1, true, stderr);
  return found[0]?.slice(voice.length + 1);
}

function emptyCall(args: readonly string[]): SkeinCall {
  const home = { shown: "/home/ada", real: "/nowhere" };
  return { args, env: {}, cwd: "/", home, terminalRows: undefined, headLines: undefined };
}

/** Copies a folder with the times of its files, for age is what some commands go by. */
function copyFolder(from: string): string {
  const copy = (source: string, target: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(source)) {
      const [path, copied] = [join(source, name), join(target, name)];
      if (isDirectory) {
        Deno.mkdirSync(copied);
        copy(path, copied);
        continue;
      }
      Deno.copyFileSync(path, copied);
      const { atime, mtime } = Deno.statSync(path);
      Deno.utimeSync(copied, atime ?? 0, mtime ?? 0);
    }
  };
  const target = makeFolder({});
  copy(from, target);
  return target;
}

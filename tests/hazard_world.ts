/** A root whose files are a day old, and skein at work on it: the stage of the hazard tests. */

import { dirname, join } from "@std/path";
import { run } from "../src/app.ts";
import type { ExitCode } from "../src/manual.ts";
import { FAKE_NOW_MS, FakeHost } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

// deno-lint-ignore no-explicit-any -- rows are read without skein's own types, on purpose
type Json = any;

/** How a command ended, and what it said. */
export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly talk: string;
}

/** What a command line gets beside its words. */
export interface SkeinOptions {
  /** What comes through the pipe. */
  readonly input?: string;
  /** Runs where skein asks whether to go on; the answer is yes. */
  readonly onQuestion?: () => void;
}

/** A root for one test. */
export class HazardWorld {
  /** The root, its real path. */
  readonly root: string;

  /** Takes a folder that is there. */
  constructor(root: string) {
    this.root = root;
  }

  /** Runs a command on the root. */
  skein(...line: readonly string[]): Promise<Ran> {
    return this.skeinWith({}, ...line);
  }

  /** Runs a command that is asked something, or given something. */
  async skeinWith(options: SkeinOptions, ...line: readonly string[]): Promise<Ran> {
    const host = new FakeHost({ cwd: this.root });
    if (options.input !== undefined) host.input = new TextEncoder().encode(options.input);
    if (options.onQuestion !== undefined) {
      const { onQuestion } = options;
      host.useTerminal({ columns: 200, rows: 50 });
      host.readLine = () => {
        onQuestion();
        return "y";
      };
    }
    const code = await run([...line, "--root", this.root], host);
    return { code, out: host.stdout.text, talk: host.stderr.text };
  }

  /** The sessions that `list --json` gives. */
  async listed(): Promise<readonly Json[]> {
    return parseLines((await this.skein("list", "--json")).out);
  }

  /** Branches a session and gives the path of the new file. */
  async branch(reference: string, ...more: readonly string[]): Promise<string> {
    return pathOf(await this.skein("branch", reference, ...more));
  }

  /** Takes a session in from the pipe and gives the path of the new file. */
  async take(input: string, ...more: readonly string[]): Promise<string> {
    return pathOf(await this.skeinWith({ input }, "import", "-", ...more));
  }

  /** The absolute path of a file of the root. */
  path(name: string): string {
    return join(this.root, name);
  }

  /** What a file of the root holds. */
  text(name: string): string {
    return Deno.readTextFileSync(this.path(name));
  }

  /** Puts a file into the root as if it had been there for a day. */
  put(name: string, contents: string): void {
    Deno.mkdirSync(dirname(this.path(name)), { recursive: true });
    Deno.writeTextFileSync(this.path(name), contents);
    const old = new Date(FAKE_NOW_MS - DAY_MS);
    Deno.utimeSync(this.path(name), old, old);
  }

  /** Every file of the root with what it holds, but for skein's own. */
  state(): Readonly<Record<string, string>> {
    const names = [...listFiles(this.root, "")].filter((name) => !name.startsWith(".skein/"));
    return Object.fromEntries(names.sort().map((name) => [name, this.text(name)]));
  }

  /** Tells whether prune leaves every file as it was. */
  async prunesNothing(...rules: readonly string[]): Promise<boolean> {
    const before = JSON.stringify(this.state());
    await this.skein("prune", "--yes", ...(rules.length === 0 ? ["--empty"] : rules));
    return JSON.stringify(this.state()) === before;
  }
}

/** Runs a test on a root with these files, each a day old. */
export async function inHazardWorld(
  files: Readonly<Record<string, string>>,
  test: (world: HazardWorld) => Promise<void>,
): Promise<void> {
  const world = new HazardWorld(makeFolder({}));
  try {
    for (const [name, contents] of Object.entries(files)) world.put(name, contents);
    await test(world);
  } finally {
    Deno.removeSync(world.root, { recursive: true });
  }
}

/** The path that a command has printed beside a new session's id; throws when it made none. */
export function pathOf({ code, out, talk }: Ran): string {
  const path = out.trim().split("  ")[1];
  if (path === undefined) throw new Error(`No session was made (exit ${code}): ${talk}`);
  return path;
}

/** The values of JSON lines. */
export function parseLines(text: string): readonly Json[] {
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

function* listFiles(folder: string, prefix: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* listFiles(path, `${prefix}${name}/`);
    else yield prefix + name;
  }
}

/**
 * Compiles the binary with the least permissions that it can work with.
 *
 * It may read and write the roots it is compiled for and read the variables of `ENVIRONMENT`;
 * network, subprocesses, libraries and facts about the machine are left out, and it cannot ask for
 * more while it runs. The program is bundled first, which saves 10 ms at each start; a source map
 * inside would take back half of that, so there is none. What is imported late stays in files of its
 * own, so that no start pays for it. Nothing is cached in the shared temporary folder, where others
 * could put a file of the same name.
 */

import { parseArgs } from "@std/cli";
import { basename, join, relative, resolve, toFileUrl } from "@std/path";
import { ENVIRONMENT } from "../src/environment.ts";
import { UsageError } from "../src/errors.ts";
import {
  findHostTarget,
  parseTarget,
  resolveCompiledRoots,
  resolveOutput,
  type Target,
  TARGETS,
} from "./compile_target.ts";
import { runDeno, runScript } from "./run_script.ts";
import { CACHE, findRuntimeBase, REPOSITORY } from "./runtime_base.ts";

/** What to compile. */
export interface CompileOptions {
  /** Folders or files that the binary may touch; none means the agents' default roots. */
  readonly roots?: readonly string[];
  /** The file to write; `dist/skein` in the repository where there is none. */
  readonly output?: string;
  /** The system to compile for; this one where there is none. */
  readonly target?: Target;
  /** The module to compile; skein's own where there is none. */
  readonly main?: string;
}

/** What was compiled. */
export interface CompileResult {
  readonly output: string;
  readonly sizeBytes: number;
  /** The folders and files that it may touch; relative ones start where it runs. */
  readonly roots: readonly string[];
}

/** What a call of `deno compile` is made of. */
export interface CompileCall {
  readonly program: string;
  readonly output: string;
  readonly target: Target;
  readonly roots: readonly string[];
}

/** Holds the libraries to the lock file, whether or not deno.json does. */
const LOCKED = [`--lock=${join(REPOSITORY, "deno.lock")}`, "--frozen"];

/**
 * Megabytes of what was made last, half of which the runtime keeps free: with its own 16 a listing
 * takes a fifth more memory, and as long.
 */
const YOUNG_MB = 2;

/**
 * Megabytes that the runtime's heap may have before all of it is searched for garbage: what a listing
 * makes it mostly keeps, so a search finds nothing and takes a tenth of the time of a warm listing.
 */
const HEAP_MB = 64;

const USAGE = "deno task compile [--root DIR]... [--output FILE] [--target T]";

/**
 * Compiles a binary, `dist/skein` unless told otherwise.
 *
 * @throws {CannotError} when there is no runtime base, or Deno refuses
 */
export async function compile(options: CompileOptions = {}): Promise<CompileResult> {
  const target = options.target ?? findHostTarget();
  const roots = resolveCompiledRoots(options.roots ?? [], target);
  const output = resolveOutput(options.output ?? join(REPOSITORY, "dist", "skein"), target);
  // A folder of its own, since another compile may be under way; its name is not in the binary.
  const folder = join(CACHE, crypto.randomUUID());
  Deno.mkdirSync(folder, { recursive: true });
  try {
    const main = options.main === undefined
      ? writeEntry(folder, options.roots?.length ? roots : [])
      : resolve(options.main);
    const program = await bundle(main, join(folder, "program"));
    const base = await findRuntimeBase(target);
    await runDeno(buildCompileArgs({ program, output, target, roots }), {
      cwd: REPOSITORY,
      ...(base === undefined ? {} : { env: { DENORT_BIN: base } }),
    });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  return { output, sizeBytes: Deno.statSync(output).size, roots };
}

/** Writes the module to bundle: as main.ts, with the named roots built in as the ones to look in. */
function writeEntry(folder: string, roots: readonly string[]): string {
  const source = (name: string) => JSON.stringify(toFileUrl(join(REPOSITORY, "src", name)).href);
  const path = join(folder, "skein.ts");
  Deno.writeTextFileSync(
    path,
    `import { run } from ${source("app.ts")};\n` +
      `import { denoHost } from ${source("deno_host.ts")};\n` +
      `import { becomeSecondThread } from ${source("thread_entry.ts")};\n` +
      `const host = () => denoHost(${JSON.stringify(roots)}, import.meta.url);\n` +
      `if (!becomeSecondThread()) Deno.exit(await run(Deno.args, host()));\n`,
  );
  return path;
}

/**
 * Builds the arguments of the `deno` that compiles: nothing is allowed that is not named here.
 *
 * A comma inside a path is doubled, which is how Deno tells it from one between paths; an empty
 * list of paths is an error to Deno, never leave for all of them.
 */
export function buildCompileArgs({ program, output, target, roots }: CompileCall): string[] {
  const paths = roots.map((root) => root.replaceAll(",", ",,")).join(",");
  return [
    "compile",
    "--quiet",
    "--no-config",
    "--no-check",
    "--no-prompt",
    "--no-code-cache",
    `--v8-flags=--max-semi-space-size=${YOUNG_MB},--initial-heap-size=${HEAP_MB}`,
    `--target=${target}`,
    `--allow-read=${paths}`,
    `--allow-write=${paths}`,
    `--allow-env=${Object.keys(ENVIRONMENT).join(",")}`,
    `--output=${output}`,
    program,
  ];
}

/**
 * Reads the command line.
 *
 * @returns undefined when it asks for help
 * @throws {UsageError} when it is mistyped
 */
export function parseCompileArgs(args: readonly string[]): CompileOptions | undefined {
  const refuse = (argument: string) => {
    throw new UsageError(`Cannot compile: unknown argument "${argument}"`, { hint: USAGE });
  };
  const { root, output, target, help, "--": rest } = parseArgs(args, {
    boolean: ["help"],
    string: ["root", "output", "target"],
    collect: ["root", "output", "target"],
    "--": true,
    unknown: refuse,
  });
  if (help === true) return undefined;
  for (const argument of rest ?? []) refuse(argument);
  const outputPath = readOneValue("output", output);
  const targetName = readOneValue("target", target);
  return {
    roots: readValues("root", root),
    ...(outputPath === undefined ? {} : { output: outputPath }),
    ...(targetName === undefined ? {} : { target: parseTarget(targetName) }),
  };
}

function readValues(flag: string, values: unknown): readonly string[] {
  const texts = Array.isArray(values) ? values.map(String) : [];
  if (!texts.includes("")) return texts;
  throw new UsageError(`Cannot compile: --${flag} needs a value`, { hint: USAGE });
}

function readOneValue(flag: string, values: unknown): string | undefined {
  const [value, second] = readValues(flag, values);
  if (second === undefined) return value;
  throw new UsageError(`Cannot compile: --${flag} is given twice`, { hint: USAGE });
}

/**
 * Bundles a module into a folder: all that is needed at each start in as few files as can be, and a
 * file for what is imported only where it is used.
 * @returns the file that starts it
 */
async function bundle(main: string, folder: string): Promise<string> {
  await runDeno(
    ["bundle", "--quiet", "--minify", ...LOCKED, "--code-splitting", `--outdir=${folder}`, main],
    { cwd: REPOSITORY },
  );
  // Deno puts this time into the binary, which has to be the same however often it is made.
  for (const { name } of Deno.readDirSync(folder)) Deno.utimeSync(join(folder, name), 0, 0);
  return join(folder, `${basename(main, ".ts")}.js`);
}

async function main(): Promise<number> {
  // A task runs in the folder of deno.json; paths on the command line start where the person is.
  Deno.chdir(Deno.env.get("INIT_CWD") ?? Deno.cwd());
  const options = parseCompileArgs(Deno.args);
  if (options === undefined) {
    console.log(`Usage: ${USAGE}\nTargets: ${TARGETS.join(", ")}`);
    return 0;
  }
  const { output, sizeBytes, roots } = await compile(options);
  console.log(`${showPath(output)}  ${Math.round(sizeBytes / 1e6)} MB`);
  for (const root of roots) console.log(`  ${root}`);
  return 0;
}

function showPath(path: string): string {
  const short = relative(Deno.cwd(), path);
  return short.startsWith("..") ? path : short;
}

if (import.meta.main) await runScript(main);

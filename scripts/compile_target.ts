/**
 * What depends on the system to compile for: its name, the output's name, and the roots.
 *
 * A root is built into the binary, and the runtime compares real paths with it. So a root counts
 * twice where it is reached through a link: as it is spelled, and as it really is. Relative default
 * roots stay relative, since the runtime resolves them where the binary runs.
 */

import { basename, dirname, isAbsolute, join, resolve } from "@std/path";
import type { OperatingSystem } from "../src/environment.ts";
import { UsageError } from "../src/errors.ts";
import { defaultRoots } from "../src/formats.ts";

/** The systems that `deno compile` can compile for. */
export const TARGETS = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-pc-windows-msvc",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
] as const;

/** A system to compile for. */
export type Target = typeof TARGETS[number];

/**
 * Reads the name of a target.
 *
 * @throws {UsageError} when Deno has no such target
 */
export function parseTarget(name: string): Target {
  const target = TARGETS.find((candidate) => candidate === name);
  if (target !== undefined) return target;
  throw new UsageError(`Cannot compile for "${name}": no such target`, {
    hint: `--target takes one of ${TARGETS.join(", ")}`,
  });
}

/** The target that is this system. */
export function findHostTarget(): Target {
  return parseTarget(Deno.build.target);
}

/** Gives the absolute path of the output, which Deno ends in `.exe` for Windows. */
export function resolveOutput(output: string, target: Target): string {
  const path = resolve(output);
  return findSystem(target) === "windows" && !path.endsWith(".exe") ? `${path}.exe` : path;
}

/**
 * Gives the roots to build in: the named ones, or else the agents' default ones.
 *
 * For another operating system the home folder is not known here, so roots must be named, and they
 * are taken as they are spelled.
 *
 * @throws {UsageError} when none is named for another operating system
 */
export function resolveCompiledRoots(
  named: readonly string[],
  target: Target,
): readonly string[] {
  const os = findSystem(target);
  if (os !== findSystem(findHostTarget())) {
    if (named.length > 0) return named;
    throw new UsageError(`Cannot compile for ${target}: its default roots are not known here`, {
      hint: "name the session folders of the machine it will run on, with --root DIR",
    });
  }
  const roots = named.length > 0
    ? named.map((root) => resolve(root))
    : defaultRoots({ os, env: (name) => Deno.env.get(name) || undefined });
  return [
    ...new Set(roots.flatMap((root) => isAbsolute(root) ? [root, findRealPath(root)] : root)),
  ];
}

/** The real path, as far as it exists: what is missing may be made later, below the same links. */
function findRealPath(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound;
    if (!isMissing || dirname(path) === path) return path;
    return join(findRealPath(dirname(path)), basename(path));
  }
}

function findSystem(target: Target): OperatingSystem {
  if (target.includes("windows")) return "windows";
  return target.includes("darwin") ? "darwin" : "linux";
}

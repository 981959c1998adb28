/**
 * Roots to files: walks the folders in which sessions lie, and accounts for every entry.
 *
 * Symbolic links below a root are never followed, and a root that is a link stands for the folder
 * it points to: so every path given out is real, lies below its root, and is one that the runtime's
 * own check of permissions judges rightly. Files that agents keep their keys in are not opened.
 */

import { resolve, SEPARATOR } from "@std/path";
import { CannotError } from "./errors.ts";
import { explainFailure, hintAtFailure, isFileError } from "./file_errors.ts";
import { defaultRoots } from "./formats.ts";
import type { FileFacts, FolderEntry, Host } from "./host.ts";
import { beginWork } from "./progress.ts";

/** A file that may hold a session. */
export interface Candidate {
  readonly path: string;
  readonly root: string;
  readonly facts: FileFacts;
}

/** A file that is not shown as a session, and why. */
export interface Skipped {
  readonly path: string;
  readonly reason: string;
  /** True when the file should have been read: the answer is partial without it. */
  readonly isFailure: boolean;
  /** True when a session may be in it that could not be read. */
  readonly mayHideSession: boolean;
}

/** What was found under the roots. */
export interface Walk {
  readonly candidates: readonly Candidate[];
  readonly skipped: readonly Skipped[];
}

/** Where skein keeps what is its own, below each root. */
const OWN_FOLDER = ".skein";

/** A file that a writing command has not finished, or had no time to remove. */
const UNFINISHED = /^\.skein-.*\.tmp$/;

/** Names of files that hold keys; sessions never bear them. */
const CREDENTIALS =
  /^\.?(auth|credentials?|oauth|secrets?|tokens?|keys?)\b.*(?<!\.jsonl)$|^\.env\b/i;

/**
 * Gives the real paths of the roots to look in: those that were named, which must exist, or else
 * those the binary was compiled for or the agents' default ones, as far as they exist.
 */
export function resolveRoots(host: Host, named: readonly string[]): readonly string[] {
  const roots = named.length > 0
    ? named.map((root) => resolveNamedRoot(host, root))
    : findPresentRoots(host);
  const unique = [...new Set(roots)];
  return unique.filter((root) => !unique.some((other) => other !== root && isBelow(root, other)));
}

/** Tells whether a path is a root or lies below it. */
export function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(withSeparator(root));
}

/** Finds the files below the roots, in the order of roots and then of paths. */
export function walkRoots(host: Host, roots: readonly string[]): Walk {
  using looking = beginWork(host, { what: "Looking for sessions" });
  const candidates: Candidate[] = [];
  const skipped: Skipped[] = [];

  const visit = (path: string, root: string): void => {
    const facts = attempt(path, skipped, () => host.files.lstat(path));
    if (facts?.type === "file") {
      candidates.push({ path, root, facts });
      looking.countFiles(1);
    }
    if (facts?.type !== "folder") return;
    const start = withSeparator(path);
    for (const entry of attempt(path, skipped, () => host.files.readFolder(path)) ?? []) {
      if (entry.name === OWN_FOLDER) continue;
      const inner = start + entry.name;
      const reason = whyNotOpened(entry);
      if (reason === undefined) visit(inner, root);
      else skipped.push({ path: inner, reason, isFailure: false, mayHideSession: false });
    }
  };
  for (const root of roots) visit(root, root);
  return { candidates, skipped };
}

/** Why an entry of a folder is left alone; undefined when it is not. */
function whyNotOpened({ name, type }: FolderEntry): string | undefined {
  if (type === "link") return "symbolic link";
  if (type === "other") return "no regular file";
  // Nearly every name is one of these, and patterns take long for thousands.
  if (type === "file" && name.endsWith(".jsonl") && !name.startsWith(".")) return undefined;
  if (UNFINISHED.test(name)) return "unfinished copy";
  return type === "file" && CREDENTIALS.test(name) ? "may hold keys" : undefined;
}

function resolveNamedRoot(host: Host, root: string): string {
  try {
    const path = host.files.realPath(resolve(host.cwd, root));
    if (host.files.lstat(path).type === "folder") host.files.readFolder(path);
    return path;
  } catch (error) {
    if (!isFileError(error)) throw error;
    const reason = explainFailure(error);
    const hint = error instanceof Deno.errors.NotFound
      ? "name a folder that holds sessions, or one session file"
      : hintAtFailure(error, root);
    throw new CannotError(`Cannot read root "${root}": ${reason}`, { hint, cause: error });
  }
}

/** The roots to look in when none is named, as far as they exist and may be read. */
export function findPresentRoots(host: Host): readonly string[] {
  const usual = host.compiledRoots.length > 0 ? host.compiledRoots : defaultRoots(host);
  return usual.flatMap((root) => {
    try {
      return [host.files.realPath(resolve(host.cwd, root))];
    } catch (error) {
      // Few people use every agent, so a default root that is missing is nothing to speak of.
      if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
        return [];
      }
      if (!isFileError(error)) throw error;
      throw new CannotError(`Cannot read root "${root}": ${explainFailure(error)}`, {
        hint: "--root DIR looks elsewhere",
        cause: error,
      });
    }
  });
}

function attempt<T>(path: string, skipped: Skipped[], call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (!isFileError(error)) throw error;
    skipped.push({ path, reason: explainFailure(error), isFailure: true, mayHideSession: true });
    return undefined;
  }
}

function withSeparator(folder: string): string {
  return folder.endsWith(SEPARATOR) ? folder : folder + SEPARATOR;
}

/**
 * Changes to files that a crash cannot leave half done.
 *
 * A new file is written under a name of its own, brought to the disk, and only then given its true
 * name, which must be free: what bears the true name is whole. A file that moves keeps its inode, so
 * that a program which holds it open goes on writing into it and loses nothing. No call follows a
 * symbolic link out of a root: the folder of every path has to be what its path says.
 */

import { basename, dirname, join } from "@std/path";
import { CannotError, RefusedError } from "./errors.ts";
import type { FileFacts, FileSystem, Lock, NewFile } from "./host.ts";
import { isBelow } from "./walk.ts";

/** What a new file is to be. */
export interface CreateFileOptions {
  /** The folder that it has to lie below. */
  readonly root: string;
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  /** Names the unfinished file, to be found again after a crash. */
  readonly tag: string;
  /** Writes the contents, in pieces of any size. */
  readonly write: (out: (bytes: Uint8Array) => void) => void;
}

/** The mode of files and folders that skein makes for itself. */
export const PRIVATE_FILE = 0o600;
/** The mode of folders that only their owner may look into. */
const PRIVATE_FOLDER = 0o700;

/** The name of an unfinished file; `walk.ts` knows it, and agents do not. */
export function unfinishedPath(path: string, tag: string): string {
  return join(dirname(path), `.skein-${tag}.tmp`);
}

/**
 * Makes a new file, whole or not at all.
 * @throws CannotError when the path is taken, RefusedError when it leads out of the root
 */
export function createFile(files: FileSystem, options: CreateFileOptions): void {
  const { path, tag } = options;
  refuseTaken(files, path);
  writeUnfinished(files, options);
  const unfinished = unfinishedPath(path, tag);
  try {
    placeFile(files, unfinished, path);
  } catch (error) {
    removeIfThere(files, unfinished);
    throw error;
  }
}

/** Refuses a path at which something is already. */
export function refuseTaken(files: FileSystem, path: string): void {
  if (exists(files, path)) throw alreadyThere(path);
}

/**
 * Writes the contents of a new file under `unfinishedPath` and brings them to the disk; nothing is
 * left when that fails.
 */
export function writeUnfinished(
  files: FileSystem,
  { root, path, mode, tag, write }: CreateFileOptions,
): void {
  makeFolders(files, dirname(path), root);
  checkContained(files, path, root);
  const unfinished = unfinishedPath(path, tag);
  const file = files.create(unfinished, mode);
  try {
    try {
      write((bytes) => writeAll(file, bytes));
      file.sync();
    } finally {
      file.close();
    }
  } catch (error) {
    removeIfThere(files, unfinished);
    throw error;
  }
}

/** Writes all of the bytes: one call may take only the first of them. */
export function writeAll(file: NewFile, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += file.write(bytes.subarray(done));
}

/** Makes the folders between a root and a path below it, each checked before it is entered. */
export function makeFolders(files: FileSystem, folder: string, root: string): void {
  if (!isBelow(folder, root)) {
    throw new RefusedError(`Cannot write "${folder}": it lies outside of its root "${root}"`, {
      hint: "name a root that holds it: --root DIR",
    });
  }
  if (folder === root) return;
  const facts = findFacts(files, folder);
  if (facts?.type === "folder") return;
  if (facts !== undefined) {
    throw new RefusedError(`Cannot write below "${folder}": it is no folder of its own`, {
      hint: "move away what bears that name",
    });
  }
  makeFolders(files, dirname(folder), root);
  checkContained(files, folder, root);
  files.makeFolder(folder, PRIVATE_FOLDER);
  files.syncFolder(dirname(folder));
}

/**
 * Moves a file to a name that must be free; its inode, mode and times stay.
 *
 * A second name is given, and is on the disk, before the first is taken away: a plain rename would
 * overwrite what came to the new name in between. A crash leaves one file under one name or both.
 */
export function placeFile(files: FileSystem, from: string, to: string): void {
  try {
    files.link(from, to);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) {
      throw alreadyThere(to, error);
    }
    if (!isUnsupported(error)) throw error;
    // Some file systems have no second names; there a look beforehand has to do.
    refuseTaken(files, to);
    files.rename(from, to);
    files.syncFolder(dirname(to));
    files.syncFolder(dirname(from));
    return;
  }
  files.syncFolder(dirname(to));
  files.remove(from);
  files.syncFolder(dirname(from));
}

/** What `link` fails with where there are no second names: EPERM, EMLINK, ENOTSUP. */
function isUnsupported(error: unknown): boolean {
  return error instanceof Deno.errors.NotSupported ||
    (error instanceof Error && /\(os error (1|31|95)\)/.test(error.message));
}

/** Refuses a path whose folder is reached through a symbolic link, or lies outside of the root. */
export function checkContained(files: FileSystem, path: string, root: string): void {
  const folder = dirname(path);
  const isTrue = isBelow(path, root) && !/(^|[\\/])\.\.?([\\/]|$)/.test(path) &&
    basename(path) !== "" && files.realPath(folder) === folder;
  if (!isTrue) {
    throw new RefusedError(`Cannot touch "${path}": it does not lie in its root "${root}"`, {
      hint: "name the folder itself, and not a link to it: --root DIR",
    });
  }
}

/** What a path is; undefined when nothing is there. */
export function findFacts(files: FileSystem, path: string): FileFacts | undefined {
  try {
    return files.lstat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw error;
  }
}

/** Removes a file; does nothing when there is none. */
export function removeIfThere(files: FileSystem, path: string): void {
  if (exists(files, path)) files.remove(path);
}

/** Tells whether two looks saw one file, and no change in it. */
export function isSameFile(a: FileTraits, b: FileTraits): boolean {
  return isSameInode(a, b) && a.sizeBytes === b.sizeBytes && a.mtimeMs === b.mtimeMs;
}

/** What tells whether a file changed. */
type FileTraits =
  & Pick<FileFacts, "dev" | "ino" | "sizeBytes" | "mtimeMs">
  & Partial<FileFacts>;

/** Tells whether two looks saw one file, changed or not. */
export function isSameInode(
  a: Pick<FileFacts, "dev" | "ino">,
  b: Pick<FileFacts, "dev" | "ino">,
): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

/**
 * Locks a file, made where it is missing.
 * @returns undefined when another process holds its lock
 * @throws RefusedError when something else is there
 */
export function takeLock(files: FileSystem, path: string, root: string): Lock | undefined {
  checkContained(files, path, root);
  try {
    if (!exists(files, path)) files.create(path, PRIVATE_FILE).close();
  } catch (error) {
    // Another process was quicker: there is one now, and that was all that was wanted.
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
  if (findFacts(files, path)?.type === "file") return files.tryLock(path);
  throw new RefusedError(`Cannot lock "${path}": it is no file of its own`, {
    hint: "move away what bears that name",
  });
}

function alreadyThere(path: string, cause?: unknown): CannotError {
  return new CannotError(`Cannot write "${path}": it exists`, {
    hint: "name another, or move that one away: nothing is overwritten",
    cause,
  });
}

function exists(files: FileSystem, path: string): boolean {
  return findFacts(files, path) !== undefined;
}

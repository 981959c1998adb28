/**
 * A file system that shows a real folder under an invented path.
 *
 * With it a test's home is "/home/ada" wherever the machine keeps its temporary folders, so that
 * paths, widths and bucket names are the same everywhere. Paths outside the mount pass through.
 */

import type { FileSystem } from "../src/host.ts";

/** Where a mount lies, both paths absolute and without a slash at the end. */
export interface Mount {
  /** The path that the program sees, such as "/home/ada". */
  readonly shown: string;
  /** The folder that holds the files, symbolic links resolved. */
  readonly real: string;
}

/** Gives the file system with `mount.real` shown at `mount.shown`. */
export function mountFiles(files: FileSystem, mount: Mount): FileSystem {
  const inward = (path: string) => swapPrefix(path, { from: mount.shown, to: mount.real });
  return {
    lstat: (path) => files.lstat(inward(path)),
    realPath: (path) =>
      swapPrefix(files.realPath(inward(path)), { from: mount.real, to: mount.shown }),
    readFolder: (path) => files.readFolder(inward(path)),
    open: (path) => files.open(inward(path)),
    create: (path, mode) => files.create(inward(path), mode),
    makeFolder: (path, mode) => files.makeFolder(inward(path), mode),
    rename: (from, to) => files.rename(inward(from), inward(to)),
    link: (from, to) => files.link(inward(from), inward(to)),
    remove: (path) => files.remove(inward(path)),
    syncFolder: (path) => files.syncFolder(inward(path)),
    tryLock: (path) => files.tryLock(inward(path)),
  };
}

/**
 * Replaces the folder that a path starts with.
 *
 * @returns The path unchanged where it is neither `from` nor below it.
 */
export function swapPrefix(
  path: string,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  if (path === from) return to;
  return path.startsWith(from + "/") ? to + path.slice(from.length) : path;
}

/**
 * The parts of a path as the walk makes one: absolute, with the system's separators, and none at its
 * end. The library's functions take any path, and for thousands of files twenty times as long.
 */

import { SEPARATOR } from "@std/path";

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf(SEPARATOR) + 1);
}

/** All of a path before its last part, with the separator between them. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf(SEPARATOR) + 1);
}

/**
 * One file, moved below its root, and moved back.
 *
 * Whoever holds the file open keeps it: only its name changes. What changed at the last moment, or
 * finds its place taken, stays where it is.
 */

import { dirname, join } from "@std/path";
import { checkContained, findFacts, makeFolders, placeFile } from "./durable.ts";
import type { FileSystem } from "./host.ts";
import { isInTrash, type Move } from "./receipt.ts";

/**
 * Moves a file, by paths from the root on.
 * @returns undefined when it was moved, else why it was not
 */
export function moveFile(
  files: FileSystem,
  root: string,
  { from, to, bytes }: Move,
): string | undefined {
  const [source, target] = [join(root, from), join(root, to)];
  if (findFacts(files, source) === undefined) return "no longer there";
  if (findFacts(files, target) !== undefined) return `"${target}" exists`;
  makeFolders(files, dirname(target), root);
  checkContained(files, source, root);
  checkContained(files, target, root);
  placeFile(files, source, target);
  if (isInTrash(to) && findFacts(files, target)?.sizeBytes !== bytes) {
    placeFile(files, target, source);
    return "changed since the plan";
  }
  return undefined;
}

/**
 * Takes a move back, as far as it came.
 * @returns false when another file has taken the old name; both are kept then
 */
export function takeBack(files: FileSystem, root: string, { from, to }: Move): boolean {
  const [source, target] = [join(root, from), join(root, to)];
  const moved = findFacts(files, target);
  const left = findFacts(files, source);
  if (moved === undefined) return true;
  if (left === undefined) {
    makeFolders(files, dirname(source), root);
    checkContained(files, target, root);
    checkContained(files, source, root);
    placeFile(files, target, source);
    return true;
  }
  // One file under both names: the move had come half way.
  if (left.ino !== moved.ino || left.dev !== moved.dev) return false;
  checkContained(files, target, root);
  checkContained(files, source, root);
  files.syncFolder(dirname(source));
  files.remove(target);
  files.syncFolder(dirname(target));
  return true;
}

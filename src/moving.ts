/**
 * One file, moved below its root, and moved back; and the files of one session, all or none.
 *
 * Whoever holds the file open keeps it: only its name changes. What changed at the last moment, or
 * finds its place taken, stays where it is.
 */

import { dirname, join } from "@std/path";
import { checkContained, findFacts, isSameFile, makeFolders, placeFile } from "./durable.ts";
import type { AgentLocks } from "./agent_locks.ts";
import { hashFile } from "./hashing.ts";
import type { FileFacts, FileSystem } from "./host.ts";
import { groupUnits, isInTrash, type Move } from "./receipt.ts";

/** A file to move, as the plan saw it; paths from the root on. */
export interface PlannedMove extends Omit<Move, "bytes" | "mtimeMs" | "mode" | "sha256"> {
  /** What the plan saw; the file stays where it is when it is no longer that. */
  readonly facts: FileFacts;
}

/** A file that was to be moved and was not. */
export interface Refusal {
  readonly path: string;
  readonly reason: string;
}

/** What is to be moved, and the agents' locks that are taken for it. */
export interface ReadyMovesOptions {
  readonly planned: readonly PlannedMove[];
  readonly locks: AgentLocks;
}

/**
 * Makes moves of a plan, as far as its files are still what it saw and their agents are idle: the
 * files of one session all or none.
 */
export function readyMoves(
  files: FileSystem,
  root: string,
  { planned, locks }: ReadyMovesOptions,
): { readonly moves: readonly Move[]; readonly refused: Refusal[] } {
  const refused: Refusal[] = [];
  const moves = groupUnits(planned).flatMap((unit) => {
    const reason = findChange(files, root, unit) ?? findLock(root, unit, locks);
    if (reason !== undefined) refused.push(refuseUnit(root, unit, reason));
    return reason === undefined ? unit : [];
  });
  return { moves: moves.map((move) => toMove(files, root, move)), refused };
}

function findChange(
  files: FileSystem,
  root: string,
  unit: readonly PlannedMove[],
): string | undefined {
  const changed = unit.find(({ from, facts }) => {
    const now = findFacts(files, join(root, from));
    return now === undefined || !isSameFile(now, facts);
  });
  if (changed === undefined) return undefined;
  return changed.isPart ? `"${changed.from}" changed since the plan` : "changed since the plan";
}

function findLock(
  root: string,
  unit: readonly PlannedMove[],
  locks: AgentLocks,
): string | undefined {
  for (const path of unit.flatMap(({ from, to }) => [from, to])) {
    const held = locks.take(join(root, path));
    if (held !== undefined) return `its agent holds "${held}"`;
  }
  return undefined;
}

function refuseUnit(
  root: string,
  [own]: readonly Pick<Move, "from">[],
  reason: string,
): Refusal {
  return { path: join(root, own?.from ?? ""), reason };
}

function toMove(files: FileSystem, root: string, { facts, ...names }: PlannedMove): Move {
  const { sizeBytes: bytes, mtimeMs, mode } = facts;
  return { ...names, bytes, mtimeMs, mode, sha256: hashFile(files, join(root, names.from)) };
}

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
 * Moves the files of one session.
 * @returns undefined when all were moved, else why none was
 */
export function moveUnit(
  files: FileSystem,
  root: string,
  unit: readonly Move[],
): Refusal | undefined {
  for (const [index, move] of unit.entries()) {
    const reason = moveFile(files, root, move);
    if (reason === undefined) continue;
    for (const made of unit.slice(0, index).reverse()) takeBack(files, root, made);
    return refuseUnit(root, unit, index === 0 ? reason : `"${move.from}" ${reason}`);
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

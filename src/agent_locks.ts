/**
 * The locks that agents take while they change a session: whoever changes one here takes them too.
 *
 * A lock file that is not there is not made, for then its agent is not one that locks.
 */

import { explainFailure, isFileError } from "./file_errors.ts";
import { findLocks } from "./formats.ts";
import type { FileSystem, Lock } from "./host.ts";

/** The agents' locks that a change holds, each once. */
export class AgentLocks {
  readonly #files: FileSystem;
  readonly #locks = new Map<string, Lock>();

  /** Takes where the files lie. */
  constructor(files: FileSystem) {
    this.#files = files;
  }

  /** Locks what the agents lock for a session's path; gives the file that another holds, if any. */
  take(path: string): string | undefined {
    return findLocks(path).find((file) => {
      if (this.#locks.has(file) || !this.#isThere(file)) return false;
      const lock = this.#files.tryLock(file);
      if (lock !== undefined) this.#locks.set(file, lock);
      return lock === undefined;
    });
  }

  /** Gives all of them back. */
  release(): void {
    for (const lock of this.#locks.values()) lock.release();
    this.#locks.clear();
  }

  #isThere(path: string): boolean {
    try {
      return this.#files.lstat(path).type === "file";
    } catch (error) {
      if (isFileError(error)) return false;
      throw error;
    }
  }
}

/** Why a file itself cannot be locked: another program holds its lock, or there is no leave. */
export function explainLock(files: FileSystem, path: string): string | undefined {
  try {
    const lock = files.tryLock(path);
    lock?.release();
    return lock === undefined ? "locked by another program" : undefined;
  } catch (error) {
    if (!isFileError(error)) throw error;
    return explainFailure(error);
  }
}

/**
 * A session that is to be taken in: a file, or what comes through the pipe.
 *
 * What comes through the pipe is put on the disk, because a session is read more than once; where,
 * depends on whose it is, which its beginning tells before there is a place for it.
 */

import { dirname, join, resolve } from "@std/path";
import type { CommandContext } from "./command.ts";
import { CannotError, NoLeaveError } from "./errors.ts";
import { explainFailure, hintAtFailure, isFileError } from "./file_errors.ts";
import type { StandardInput } from "./host.ts";
import type { Journal } from "./journal.ts";
import { beginWork } from "./progress.ts";
import { readSessionNames, type SessionNames } from "./session.ts";
import type { Candidate } from "./walk.ts";

/** How much of the input is looked at first to tell whose it is, and at most. */
const START_BYTES = 2 * 1024 * 1024;
const MOST_BYTES = 64 * 1024 * 1024;

/** Finds a file outside of the store. */
export function findFile({ host }: CommandContext, file: string): Candidate {
  try {
    const path = host.files.realPath(resolve(host.cwd, file));
    return { path, root: dirname(path), facts: host.files.lstat(path) };
  } catch (error) {
    if (error instanceof NoLeaveError) {
      throw new NoLeaveError(error.message, {
        hint: `through the pipe it needs no leave: skein import - < "${file}"`,
        cause: error,
      });
    }
    if (!isFileError(error)) throw error;
    throw new CannotError(`Cannot read "${file}": ${explainFailure(error)}`, {
      hint: hintAtFailure(error, file),
      cause: error,
    });
  }
}

/** What comes through the pipe. */
export class Input {
  readonly #stdin: StandardInput;
  #start = new Uint8Array(START_BYTES);
  #length = 0;
  #isAll = false;

  /** Takes where it comes from. */
  constructor(stdin: StandardInput) {
    this.#stdin = stdin;
  }

  /**
   * Tells whose it is from as little of it as will do.
   * @returns undefined when no agent that we know wrote it
   */
  readNames(): SessionNames | undefined {
    for (;;) {
      this.#fill();
      const names = readSessionNames({ readAt: (at, into) => this.#readAt(at, into) }, "");
      if (!("hasRows" in names)) return names;
      if (this.#isAll || this.#start.length >= MOST_BYTES) return undefined;
      const larger = new Uint8Array(this.#start.length * 4);
      larger.set(this.#start);
      this.#start = larger;
    }
  }

  /** Writes all of it, once. */
  copy(out: (bytes: Uint8Array) => void): void {
    out(this.#start.subarray(0, this.#length));
    const buffer = new Uint8Array(64 * 1024);
    while (!this.#isAll) {
      const count = this.#stdin.read(buffer);
      this.#isAll = count === 0;
      out(buffer.subarray(0, count));
    }
  }

  #fill(): void {
    while (!this.#isAll && this.#length < this.#start.length) {
      const count = this.#stdin.read(this.#start.subarray(this.#length));
      this.#isAll = count === 0;
      this.#length += count;
    }
  }

  #readAt(offset: number, into: Uint8Array): number {
    const part = this.#start.subarray(0, this.#length).subarray(offset, offset + into.length);
    into.set(part);
    return part.length;
  }
}

/** Puts what comes through the pipe on the disk, for as long as the journal is open. */
export function spoolInput({ host }: CommandContext, journal: Journal, input: Input): Candidate {
  using _ = beginWork(host, { what: "Reading standard input" });
  const path = journal.spool((out) => input.copy(out));
  const full = join(journal.root, path);
  return { path: full, root: journal.root, facts: host.files.lstat(full) };
}

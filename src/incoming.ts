/**
 * A session that is to be taken in: a file, or what comes through the pipe.
 *
 * What comes through the pipe is put on the disk, because a session is read more than once; where,
 * depends on whose it is, which its beginning tells before there is a place for it.
 */

import { dirname, join, resolve } from "@std/path";
import type { CommandContext } from "./command.ts";
import { CannotError, RefusedError } from "./errors.ts";
import { explainFailure, isFileError } from "./file_errors.ts";
import type { StandardInput } from "./host.ts";
import type { Journal } from "./journal.ts";
import { readSessionNames, type SessionNames } from "./session.ts";
import type { Candidate } from "./walk.ts";

/** How much of the input is looked at to tell whose it is: as much as of a file. */
const START_BYTES = 2 * 1024 * 1024;

/** Finds a file outside of the store. */
export function findFile({ host }: CommandContext, file: string): Candidate {
  try {
    const path = host.files.realPath(resolve(host.cwd, file));
    return { path, root: dirname(path), facts: host.files.lstat(path) };
  } catch (error) {
    if (error instanceof RefusedError) {
      throw new RefusedError(error.message, {
        hint: `through the pipe it needs no leave: skein import - < "${file}"`,
        cause: error,
      });
    }
    if (!isFileError(error)) throw error;
    throw new CannotError(`Cannot read "${file}": ${explainFailure(error)}`, { cause: error });
  }
}

/** What comes through the pipe. */
export class Input {
  readonly #stdin: StandardInput;
  readonly #start = new Uint8Array(START_BYTES);
  #length = 0;

  /** Reads the beginning. */
  constructor(stdin: StandardInput) {
    this.#stdin = stdin;
    for (let count = -1; count !== 0 && this.#length < START_BYTES;) {
      count = stdin.read(this.#start.subarray(this.#length));
      this.#length += count;
    }
  }

  /** Undefined when no agent that we know wrote it. */
  readNames(): SessionNames | undefined {
    const bytes = this.#start.subarray(0, this.#length);
    const names = readSessionNames({
      readAt: (offset, into) => {
        const part = bytes.subarray(offset, offset + into.length);
        into.set(part);
        return part.length;
      },
    }, "");
    return "hasRows" in names ? undefined : names;
  }

  /** Writes all of it, once. */
  copy(out: (bytes: Uint8Array) => void): void {
    out(this.#start.subarray(0, this.#length));
    if (this.#length < START_BYTES) return;
    const buffer = new Uint8Array(64 * 1024);
    for (let count = this.#stdin.read(buffer); count > 0; count = this.#stdin.read(buffer)) {
      out(buffer.subarray(0, count));
    }
  }
}

/** Puts what comes through the pipe on the disk, for as long as the journal is open. */
export function spoolInput({ host }: CommandContext, journal: Journal, input: Input): Candidate {
  const path = journal.spool((out) => input.copy(out));
  const full = join(journal.root, path);
  return { path: full, root: journal.root, facts: host.files.lstat(full) };
}

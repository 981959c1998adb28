/**
 * One file to what it holds: read only after it was seen that it is still what the walk found, and
 * closed again whatever happens. A failure to read it is told, and never ends the rest.
 */

import type { ByteFinder } from "./byte_finder.ts";
import { type Digest, reviveEnd, toPlainEnd } from "./digest.ts";
import { isSameInode } from "./durable.ts";
import { explainFailure, isFileError } from "./file_errors.ts";
import type { Format } from "./format.ts";
import { resolveFormat } from "./formats.ts";
import type { FileFacts, FileSystem, OpenFile } from "./host.ts";
import type { FactRow } from "./quick_scan.ts";
import type { RowRange } from "./row_ranges.ts";
import type { ByteSource } from "./rows.ts";
import {
  readSession,
  type ReadState,
  resumeSession,
  type SessionRead,
  type Stranger,
} from "./session.ts";
import { emptySummary } from "./summary.ts";
import type { JsonValue } from "./transcript.ts";
import type { Candidate, Skipped } from "./walk.ts";

/** How a session can be read on. */
export interface Resumption extends ReadState {
  readonly agent: string;
}

/** A file that is open, and whose rows they are. */
export interface FormattedFile {
  readonly file: OpenFile;
  readonly candidate: Candidate;
  readonly format: Format;
}

/** How a file is read. */
export interface ReadFileOptions {
  /** Is shown every row, as `readSession` has it. */
  readonly onRow?: (row: FactRow) => void;
  /** Whether the state to go on from is wanted. */
  readonly keepsState?: boolean;
  /** Reads ranges of the file's rows, as `readSession` has it. */
  readonly digestRanges?: (of: FormattedFile, ranges: readonly RowRange[]) => readonly Digest[];
  /** Tells whether the file can be read on from where it ended before. */
  readonly resume?: (candidate: Candidate, source: ByteSource) => Resumption | undefined;
}

/** What a file held when it was read. */
export interface FileReading {
  /** What it was then. */
  readonly facts: FileFacts;
  readonly read: SessionRead | Stranger;
  /** Whether it was read on from where it ended before. */
  readonly isResumed: boolean;
}

/** Reads the session that a file holds. */
export function readSessionFile(
  files: FileSystem,
  candidate: Candidate,
  { onRow, keepsState = false, resume, digestRanges }: ReadFileOptions = {},
): FileReading | Skipped {
  return lookAtFile(files, candidate, (file, facts): FileReading => {
    const { path, root } = candidate;
    const about = { path, root, sizeBytes: facts.sizeBytes, mtimeMs: facts.mtimeMs };
    const resumption = resume?.({ ...candidate, facts }, file);
    const read = resumption === undefined
      ? readSession(file, {
        ...about,
        ...(onRow === undefined ? {} : { onRow }),
        ...(digestRanges === undefined ? {} : {
          digestRanges: (format, ranges) =>
            digestRanges({ file, candidate: { ...candidate, facts }, format }, ranges),
        }),
      })
      : resumeSession(file, resolveFormat(resumption.agent), { ...about, ...resumption });
    const isResumed = resumption !== undefined;
    if (keepsState || !("session" in read)) return { facts, read, isResumed };
    return { facts, read: { ...read, state: undefined }, isResumed };
  });
}

/** The offset of the first clue in a file; null when there is none. */
export interface ClueReading {
  readonly offset: number | null;
}

/**
 * Finds the first clue in a file, as far as the walk found it to reach. Nothing is asked about the
 * file, for that takes as long as to open it: what was appended since is not looked at, and where
 * another file lies now, it is looked into instead. Whoever reads what a clue leads to does ask.
 */
export function findInFile(
  files: FileSystem,
  candidate: Candidate,
  finder: ByteFinder,
): ClueReading | Skipped {
  return openFile(files, candidate, (file): ClueReading => ({
    offset: finder.find(file, 0, candidate.facts.sizeBytes) ?? null,
  }));
}

/** A reading as JSON can hold it. */
export function toPlainReading(reading: FileReading | Skipped): object {
  if ("reason" in reading || !("session" in reading.read)) return reading;
  const { read, read: { state } } = reading;
  if (state === undefined) return reading;
  const end = toPlainEnd(state.end);
  return { ...reading, read: { ...read, state: { ...state, end } } };
}

/** Makes a reading of such a one. */
export function reviveReading(plain: JsonValue): FileReading | Skipped {
  const reading = plain as unknown as FileReading | Skipped;
  if ("reason" in reading || !("session" in reading.read)) return reading;
  const { read, read: { state } } = reading;
  if (state === undefined) return reading;
  const end = reviveEnd(state.end);
  const summary = { ...emptySummary(), ...state.summary };
  return { ...reading, read: { ...read, state: { summary, end } } };
}

/** Shows a file, open, to somebody, with its facts of now; or says why it cannot be read. */
export function lookAtFile<T extends object>(
  files: FileSystem,
  candidate: Candidate,
  read: (file: OpenFile, facts: FileFacts) => T,
): T | Skipped {
  return openFile(files, candidate, (file) => {
    const now = file.stat();
    return now.type === "file" && isSameInode(now, candidate.facts)
      ? read(file, now)
      : failure(candidate, "replaced while it was read");
  });
}

function openFile<T extends object>(
  files: FileSystem,
  candidate: Candidate,
  read: (file: OpenFile) => T | Skipped,
): T | Skipped {
  const { path, facts } = candidate;
  if (facts.sizeBytes === 0) {
    return { path, reason: "empty file", isFailure: false, mayHideSession: false };
  }
  try {
    const file = files.open(path);
    try {
      return read(file);
    } finally {
      file.close();
    }
  } catch (error) {
    if (!isFileError(error)) throw error;
    return failure(candidate, explainFailure(error));
  }
}

function failure({ path }: Candidate, reason: string): Skipped {
  return { path, reason, isFailure: true, mayHideSession: true };
}

/**
 * The program's second thread: it does nothing but help the first one with files that both share, or
 * with ranges of a large file.
 *
 * It is started from the same module as the program (`thread_entry.ts`). Only where a file or a range
 * lies goes over to it, and only plain values come back.
 */

import { ByteFinder, type Clues } from "./byte_finder.ts";
import { countReads } from "./counted_files.ts";
import { denoFiles } from "./deno_host.ts";
import { type Digest, digestRows, reviveDigest, toPlainDigest } from "./digest.ts";
import { resolveFormat } from "./formats.ts";
import type { FileSystem, Host } from "./host.ts";
import { beginWork } from "./progress.ts";
import { isObject } from "./json_row.ts";
import type { RowRange } from "./row_ranges.ts";
import {
  findInFile,
  type FormattedFile,
  lookAtFile,
  readSessionFile,
  toPlainReading,
} from "./session_file.ts";
import { helpWithWork, type SharedWork, shareWork } from "./shared_work.ts";
import type { AgentName, JsonValue } from "./transcript.ts";
import type { Candidate } from "./walk.ts";

/** What is to be done with each file. */
export type FileJob =
  /** To read its session, with the state to go on from where that is wanted. */
  | { readonly kind: "read"; readonly keepsState: boolean }
  /** To find the first clue in it. */
  | { readonly kind: "find"; readonly clues: Clues };

/** What a person is told that is being done. */
const LABELS: Readonly<Record<FileJob["kind"], string>> = {
  read: "Reading sessions",
  find: "Searching",
};

/** The rows of one file, to be digested. */
interface DigestJob {
  readonly kind: "digest";
  readonly file: Candidate;
  readonly agent: AgentName;
}

/** A job as it goes over to the second thread. */
export type SharedJob = (FileJob & SharedWork<Candidate>) | (DigestJob & SharedWork<RowRange>);

/** How the first thread does a job. */
export interface FileSteps<Result> {
  readonly step: (file: Candidate) => Result;
  /** Makes a result again of what JSON left of it. */
  readonly revive: (plain: JsonValue) => Result;
}

/** Does a job for each file, and shares it with a second thread when there is much to read. */
export function workOnFiles<Result>(
  host: Pick<Host, "secondThread" | "progress">,
  files: readonly Candidate[],
  job: FileJob,
  { step, revive }: FileSteps<Result>,
): Map<Candidate, Result> {
  const { secondThread } = host;
  const bytes = files.reduce((sum, { facts }) => sum + facts.sizeBytes, 0);
  using running = beginWork(host, { what: LABELS[job.kind], files: files.length, bytes });
  // Only bytes count: of small files it takes as long to tell what was read as to read it.
  if (secondThread === undefined || files.length < 2 || bytes < secondThread.worthBytes[job.kind]) {
    return new Map(files.map((file) => {
      const result = step(file);
      running.countFiles(1);
      return [file, result];
    }));
  }
  return shareWork(files, step, {
    start: (work) => secondThread.start({ ...job, ...work } satisfies SharedJob),
    revive,
    running,
  });
}

/** Digests ranges of a file's rows, and shares them with a second thread. */
export function digestRanges(
  host: Pick<Host, "secondThread" | "progress">,
  { file, candidate, format }: FormattedFile,
  ranges: readonly RowRange[],
): readonly Digest[] {
  const { secondThread } = host;
  const step = (range: RowRange) => digestRows(file, format, range);
  if (secondThread === undefined) return ranges.map(step);
  const bytes = ranges.reduce((sum, { offset, end }) => sum + end - offset, 0);
  using running = beginWork(host, { what: LABELS.read, bytes });
  const job = { kind: "digest", file: candidate, agent: format.agent } as const;
  const digests = shareWork(ranges, step, {
    start: (work) => secondThread.start({ ...job, ...work } satisfies SharedJob),
    revive: (plain) => isObject(plain) && "reason" in plain ? undefined : reviveDigest(plain),
    running,
  });
  return [...digests.values()];
}

/** Does its part of a job, as the second thread. */
export function helpWithFiles(job: SharedJob): void {
  const count = (countBytes: (count: number) => void) =>
    countReads(denoFiles, { purpose: job, countBytes });
  if (job.kind === "digest") helpWithWork(job, (tell) => toDigestStep(job, count(tell)));
  else helpWithWork(job, (tell) => toStep(job, count(tell)));
}

/** How the second thread digests ranges of a file; where it cannot read it, it says why. */
function toDigestStep({ file, agent }: DigestJob, files: FileSystem): (range: RowRange) => object {
  const format = resolveFormat(agent);
  return (range) => {
    const digest = lookAtFile(files, file, (open) => digestRows(open, format, range));
    return "reason" in digest ? digest : toPlainDigest(digest);
  };
}

/** How the second thread does a job: the result as JSON can hold it. */
function toStep(job: FileJob, files: FileSystem): (file: Candidate) => object {
  if (job.kind === "read") {
    return (file) => toPlainReading(readSessionFile(files, file, job));
  }
  const finder = new ByteFinder(job.clues);
  return (file) => findInFile(files, file, finder);
}

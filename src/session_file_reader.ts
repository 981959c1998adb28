/**
 * Files to sessions, or to the reasons why they hold none that can be told of: from the cache where
 * it knows them, else read, and with the help of another thread when there is much to read.
 */

import { resolve } from "@std/path";
import { ByteFinder, type Clues } from "./byte_finder.ts";
import { RefusedError } from "./errors.ts";
import { isFileError } from "./file_errors.ts";
import { findLiveFiles } from "./formats.ts";
import type { Host } from "./host.ts";
import { toSkipped } from "./listing.ts";
import { beginWork } from "./progress.ts";
import type { FactRow } from "./quick_scan.ts";
import { digestRanges, workOnFiles } from "./second_thread.ts";
import { readSessionNames, type SessionNames, type Stranger } from "./session.ts";
import { type FreshEntry, type KnownSession, SessionCache } from "./session_cache.ts";
import { changeSession } from "./session_change.ts";
import {
  type ClueReading,
  type FileReading,
  findInFile,
  lookAtFile,
  type ReadFileOptions,
  readSessionFile,
  reviveReading,
} from "./session_file.ts";
import { formatSessionLine } from "./session_json.ts";
import type { AgentName, Session } from "./transcript.ts";
import type { Candidate, Skipped } from "./walk.ts";

/** What may be done with the caches of roots: nothing, or they may be read, or also written anew. */
export type CacheUse = "none" | "read" | "keep";

/** Reads the files that a walk found. */
export class SessionFileReader {
  readonly #host: Host;
  readonly #use: CacheUse;
  #live: ReadonlyMap<string, AgentName> | undefined;
  /** The caches of roots, as far as they were read and are what lies there. */
  readonly #caches = new Map<string, SessionCache>();

  /** Takes the host whose files are read, and what may be done with the caches beside them. */
  constructor(host: Host, use: CacheUse) {
    this.#host = host;
    this.#use = use;
  }

  /**
   * Reads files, as far as the caches do not know them; keeps what was read where it may.
   * @returns what was found, in their order
   */
  readAll(candidates: readonly Candidate[]): readonly (Session | Skipped)[] {
    if (this.#use === "none") {
      const readings = this.#readMany(candidates, false);
      return candidates.map((candidate) => this.#tell(readings.get(candidate), candidate));
    }
    const byRoot = Map.groupBy(candidates, ({ root }) => root);
    return [...byRoot].flatMap(([root, files]) => this.#readRoot(root, files));
  }

  #readRoot(root: string, files: readonly Candidate[]): readonly (Session | Skipped)[] {
    const cache = this.#cacheOf(root);
    const known = files.map((file) => cache.find(file));
    const unknown = files.filter((_, index) => known[index] === undefined);
    const byGrowth = Map.groupBy(unknown, (file) => cache.hasGrown(file));
    const keeps = this.#use === "keep";
    if (keeps) cache.prepare(unknown.filter(({ facts }) => facts.sizeBytes > 0));
    const readings = this.#readMany(byGrowth.get(false) ?? [], keeps);
    for (const [file, reading] of this.#readOn(byGrowth.get(true) ?? [], cache)) {
      readings.set(file, reading);
    }
    const fresh = [...readings].flatMap(([{ path }, reading]): FreshEntry[] =>
      "reason" in reading ? [] : [{ path, ...reading }]
    );
    const isSaved = unknown.length > 0 &&
      cache.save(files.filter((_, index) => known[index] !== undefined), fresh);
    if (isSaved) this.#caches.delete(root);
    return files.map((file, index) => {
      const found = known[index];
      return found === undefined ? this.#tell(readings.get(file), file) : this.#judge(found, file);
    });
  }

  /** The session of a file as the cache has it, with its lines counted; undefined when it has none. */
  recall(candidate: Candidate): KnownSession | undefined {
    if (this.#use === "none") return undefined;
    const known = this.#cacheOf(candidate.root).recall(candidate);
    const session = known && this.#judge(known.session, candidate);
    return known === undefined || session === undefined || "reason" in session
      ? undefined
      : { ...known, session };
  }

  /** The lines that `list --json` prints of sessions, in as few pieces as can be. */
  *formatLines(sessions: readonly Session[]): Generator<string | Uint8Array> {
    let [start, end] = [0, 0];
    let lines: Uint8Array | undefined;
    for (const session of sessions) {
      const kept = this.#caches.get(session.root)?.findLine(session);
      if (kept === undefined || kept.lines !== lines || kept.start !== end) {
        if (lines !== undefined) yield lines.subarray(start, end);
        start = kept?.start ?? 0;
        lines = kept?.lines;
      }
      if (kept === undefined) yield formatSessionLine(session);
      else end = kept.end;
    }
    if (lines !== undefined) yield lines.subarray(start, end);
  }

  #cacheOf(root: string): SessionCache {
    const cache = this.#caches.get(root) ?? new SessionCache(this.#host.files, root);
    this.#caches.set(root, cache);
    return cache;
  }

  /** Reads the session of a file; shows each row to a visitor, as `readSession` does. */
  read(candidate: Candidate, onRow?: (row: FactRow) => void): Session | Skipped {
    const options = onRow === undefined ? {} : { onRow };
    return this.#tell(readSessionFile(this.#host.files, candidate, options), candidate);
  }

  /** What the session of a file is called. */
  readNames(candidate: Candidate): SessionNames | Skipped {
    const known = this.#use === "none"
      ? undefined
      : this.#cacheOf(candidate.root).findNamed(candidate);
    if (known !== undefined) {
      return "hasRows" in known ? toSkipped(known, candidate) : namesOf(known);
    }
    return lookAtFile(this.#host.files, candidate, (file) => {
      const names = readSessionNames(file, candidate.path);
      return "hasRows" in names ? toSkipped(names, candidate) : names;
    });
  }

  /** Finds the first of these clues in each file. */
  findClues(candidates: readonly Candidate[], clues: Clues): Map<Candidate, ClueReading | Skipped> {
    const finder = new ByteFinder(clues);
    return workOnFiles<ClueReading | Skipped>(this.#host, candidates, { kind: "find", clues }, {
      step: (candidate) => findInFile(this.#host.files, candidate, finder),
      revive: (plain) => plain as unknown as ClueReading | Skipped,
    });
  }

  #readMany(
    candidates: readonly Candidate[],
    keepsState: boolean,
  ): Map<Candidate, FileReading | Skipped> {
    const { worthBytes } = this.#host.secondThread ?? {};
    const large = worthBytes && findPredominant(candidates, worthBytes.read);
    if (large === undefined) return this.#readEach(candidates, { keepsState });
    const others = candidates.filter((candidate) => candidate !== large);
    const options: ReadFileOptions = {
      keepsState,
      digestRanges: (of, ranges) => digestRanges(this.#host, of, ranges),
    };
    return new Map([
      ...this.#readEach([large], options),
      ...this.#readEach(others, { keepsState }),
    ]);
  }

  #readEach(candidates: readonly Candidate[], options: ReadFileOptions) {
    const job = { kind: "read", keepsState: options.keepsState ?? false } as const;
    return workOnFiles<FileReading | Skipped>(this.#host, candidates, job, {
      step: (candidate) => readSessionFile(this.#host.files, candidate, options),
      revive: reviveReading,
    });
  }

  /** Reads what files have more than when they were kept. */
  #readOn(grown: readonly Candidate[], cache: SessionCache) {
    const resume = cache.resume.bind(cache);
    using growing = beginWork(this.#host, { what: "Reading what has grown", files: grown.length });
    return grown.map((file) => {
      const reading = readSessionFile(this.#host.files, file, { resume, keepsState: true });
      growing.countFiles(1);
      return [file, reading] as const;
    });
  }

  #tell(reading: FileReading | Skipped | undefined, candidate: Candidate): Session | Skipped {
    if (reading === undefined) throw new TypeError("every file was read");
    if ("reason" in reading) return reading;
    const { read } = reading;
    return this.#judge("session" in read ? read.session : read, candidate);
  }

  /** What was read of a file, as it is to be told of now. */
  #judge(found: Session | Stranger, candidate: Candidate): Session | Skipped {
    if ("hasRows" in found) return toSkipped(found, candidate);
    return this.#isLive(found.agent, candidate.path)
      ? changeSession(found, { state: "live" })
      : found;
  }

  #isLive(agent: AgentName, path: string): boolean {
    this.#live ??= this.#findLive();
    return this.#live.size > 0 && this.#live.get(path) === agent;
  }

  /** The files that running agents say they are using, each with its agent. */
  #findLive(): ReadonlyMap<string, AgentName> {
    const { files, cwd } = this.#host;
    return new Map(
      findLiveFiles(this.#host).flatMap(({ agent, path }) => {
        try {
          return [[files.realPath(resolve(cwd, path)), agent]];
        } catch (error) {
          // A file that is gone, or that lies where we may not look, is none of those we list.
          if (isFileError(error) || error instanceof RefusedError) return [];
          throw error;
        }
      }),
    );
  }
}

/** The file that takes at least as long to read as all others, if it has so many bytes. */
function findPredominant(
  candidates: readonly Candidate[],
  worthBytes: number,
): Candidate | undefined {
  const bytes = candidates.reduce((sum, { facts }) => sum + facts.sizeBytes, 0);
  return candidates.find(({ facts: { sizeBytes } }) =>
    sizeBytes >= worthBytes && sizeBytes * 2 >= bytes
  );
}

function namesOf({ agent, id, handle, variant, parent }: Session): SessionNames {
  return { agent, id, handle, variant, parent: parent ?? "" };
}

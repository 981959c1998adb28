/**
 * One file to its session, or to the reason why it holds none that can be told of.
 *
 * Files are opened one at a time and only after it was seen that they are still what the walk found;
 * a failure to read one is reported and never ends the rest.
 */

import { resolve } from "@std/path";
import { isSameInode } from "./durable.ts";
import { RefusedError } from "./errors.ts";
import { explainFailure, isFileError } from "./file_errors.ts";
import type { Format } from "./format.ts";
import { resolveFormat } from "./formats.ts";
import type { FileFacts, Host, OpenFile } from "./host.ts";
import { toSkipped } from "./listing.ts";
import type { FactRow } from "./quick_scan.ts";
import {
  readSession,
  readSessionNames,
  resumeSession,
  type SessionNames,
  type Stranger,
} from "./session.ts";
import { type FreshEntry, type KnownSession, SessionCache } from "./session_cache.ts";
import type { Session } from "./transcript.ts";
import type { Candidate, Skipped } from "./walk.ts";

/** How a file is read. */
export interface ReadOptions {
  /** Is shown every row, as `readSession` has it. */
  readonly onRow?: (row: FactRow) => void;
  /** Where it may be told what the file was before. */
  readonly cache?: SessionCache;
  /** Takes what is to be kept. */
  readonly fresh?: FreshEntry[];
}

/** Reads the files that a walk found. */
export class SessionFileReader {
  readonly #host: Host;
  readonly #liveFiles = new Map<string, readonly string[]>();
  /** The caches of roots, as far as they were read and are what lies there. */
  readonly #caches = new Map<string, SessionCache>();

  /** Takes the host whose files are read. */
  constructor(host: Host) {
    this.#host = host;
  }

  /**
   * Reads files, or the cache where it knows them, and keeps what was read.
   * @returns what was found, in the order of the files
   */
  readCached(candidates: readonly Candidate[]): readonly (Session | Skipped)[] {
    const byRoot = Map.groupBy(candidates, ({ root }) => root);
    return [...byRoot].flatMap(([root, files]) => {
      const cache = this.#cacheOf(root);
      const known = files.map((candidate) => cache.find(candidate));
      const isKnown = (_: unknown, index: number) => known[index] !== undefined;
      cache.prepare(
        files.filter((file, index) => !isKnown(file, index) && file.facts.sizeBytes > 0),
      );
      const fresh: FreshEntry[] = [];
      const read = files.map((candidate, index) =>
        known[index] === undefined
          ? this.read(candidate, { cache, fresh })
          : this.#judge(known[index], candidate)
      );
      if (cache.save(files.filter(isKnown), fresh)) this.#caches.delete(root);
      return read;
    });
  }

  /** The session of a file as the cache has it, with its lines counted; undefined when it has none. */
  recall(candidate: Candidate): KnownSession | undefined {
    const known = this.#cacheOf(candidate.root).recall(candidate);
    const session = known && this.#judge(known.session, candidate);
    return known === undefined || session === undefined || "reason" in session
      ? undefined
      : { ...known, session };
  }

  /** The line that `list --json` prints of a session, if it is what a cache says. */
  findLine(session: Session): Uint8Array | undefined {
    return this.#caches.get(session.root)?.findLine(session);
  }

  #cacheOf(root: string): SessionCache {
    const cache = this.#caches.get(root) ?? new SessionCache(this.#host.files, root);
    this.#caches.set(root, cache);
    return cache;
  }

  /** Reads the session of a file. */
  read(candidate: Candidate, options: ReadOptions = {}): Session | Skipped {
    return this.look(candidate, (file, facts) => {
      const { path, root } = candidate;
      const { sizeBytes, mtimeMs } = facts;
      const { onRow, cache, fresh } = options;
      const about = { path, root, sizeBytes, mtimeMs };
      const resumption = cache?.resume({ ...candidate, facts }, file);
      const read = resumption === undefined
        ? readSession(file, onRow === undefined ? about : { ...about, onRow })
        : resumeSession(file, resolveFormat(resumption.agent), { ...about, ...resumption });
      fresh?.push({ path, stamp: facts, read, isResumed: resumption !== undefined });
      return this.#judge("session" in read ? read.session : read, candidate);
    });
  }

  /** What the session of a file is called. */
  readNames(candidate: Candidate): SessionNames | Skipped {
    return this.look(candidate, (file) => {
      const names = readSessionNames(file, candidate.path);
      return "hasRows" in names ? toSkipped(names, candidate) : names;
    });
  }

  /** Shows a file, open, to somebody, with its facts of now; or says why it cannot be read. */
  look<T extends object>(
    candidate: Candidate,
    read: (file: OpenFile, facts: FileFacts) => T,
  ): T | Skipped {
    const { path, facts } = candidate;
    const fail = (reason: string): Skipped => ({
      path,
      reason,
      isFailure: true,
      mayHideSession: true,
    });
    if (facts.sizeBytes === 0) {
      return { path, reason: "empty file", isFailure: false, mayHideSession: false };
    }
    try {
      const file = this.#host.files.open(path);
      try {
        const now = file.stat();
        if (now.type !== "file" || !isSameInode(now, facts)) {
          return fail("replaced while it was read");
        }
        return read(file, now);
      } finally {
        file.close();
      }
    } catch (error) {
      if (!isFileError(error)) throw error;
      return fail(explainFailure(error));
    }
  }

  /** What was read of a file, as it is to be told of now. */
  #judge(found: Session | Stranger, candidate: Candidate): Session | Skipped {
    if ("hasRows" in found) return toSkipped(found, candidate);
    const isLive = this.#isLive(resolveFormat(found.agent), candidate.path);
    return isLive ? { ...found, state: "live" } : found;
  }

  #isLive(format: Format, path: string): boolean {
    let live = this.#liveFiles.get(format.agent);
    if (live === undefined) {
      live = (format.findLiveFiles?.(this.#host) ?? []).flatMap((file) => {
        try {
          return [this.#host.files.realPath(resolve(this.#host.cwd, file))];
        } catch (error) {
          // A file that is gone, or that lies where we may not look, is none of those we list.
          if (isFileError(error) || error instanceof RefusedError) return [];
          throw error;
        }
      });
      this.#liveFiles.set(format.agent, live);
    }
    return live.includes(path);
  }
}

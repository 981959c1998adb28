/**
 * The cache of one root: what was read of its files, kept so that the next listing reads only what
 * has changed.
 *
 * It may be deleted at any time (`cache_file.ts` says where it lies). An entry holds for a file whose
 * size, times, birth, device and inode are what they were; a file that only grew is read on from its
 * old end, once the bytes before that are found to be the same. An entry is not kept when its file was
 * changed so shortly before that a further change might bear the same time: the runtime tells the time
 * of changes in whole seconds. Whatever is wrong with the cache, or with writing it, makes it as good
 * as absent; one with the right checksums is taken for what was written.
 *
 * One change is not seen: a file that somebody changed in place, far from its end, and that grew
 * before it was kept again. Agents append, or put another file in its place.
 */

import type { CacheEntry, Place } from "./cache_entry.ts";
import { CacheFile, NextCacheFile, UnusableCacheError } from "./cache_file.ts";
import { formatLine, formatState, shortHash, type StoredState } from "./cache_form.ts";
import { formatTable } from "./cache_pack.ts";
import { RefusedError } from "./errors.ts";
import { isFileError } from "./file_errors.ts";
import type { FileSystem } from "./host.ts";
import { type ByteSource, readBytes } from "./rows.ts";
import type { Stranger } from "./session.ts";
import type { FileReading, Resumption } from "./session_file.ts";
import { byLastActivity } from "./session_order.ts";
import type { Session } from "./transcript.ts";
import type { Candidate } from "./walk.ts";

/** Reading less than this takes no longer than reading a cache. */
const WORTH_BYTES = 4 * 1024 * 1024;
const WORTH_FILES = 100;

/** A file that was read, to be kept. */
export interface FreshEntry extends FileReading {
  readonly path: string;
}

/** A session that is known without reading its file, and how many lines that has. */
export interface KnownSession {
  readonly session: Session;
  readonly lines: number;
}

/** Lines of sessions that lie one after another among all of a cache. */
export interface KeptLines {
  readonly lines: Uint8Array;
  /** In bytes from the first of all lines. */
  readonly start: number;
  readonly end: number;
}

/** The cache of one root, as it was found. */
export class SessionCache {
  readonly #files: FileSystem;
  readonly #root: string;
  /** Undefined when there is none that can be used. */
  readonly #kept: CacheFile | undefined;
  #next: NextCacheFile | undefined;

  /** Reads the cache of a root. */
  constructor(files: FileSystem, root: string) {
    this.#files = files;
    this.#root = root;
    this.#kept = attempt(() => new CacheFile(files, root));
  }

  /** What is known of a file that is as it was; undefined when it has to be read. */
  find(candidate: Candidate): Session | Stranger | undefined {
    const row = this.#unchangedRow(candidate);
    return row === undefined ? undefined : this.#give(row, candidate);
  }

  /** As `find`, but for a file whose first rows may name another session than all of them. */
  findNamed(candidate: Candidate): Session | Stranger | undefined {
    const row = this.#unchangedRow(candidate);
    const isNamed = row !== undefined && this.#kept?.table.hasLateHead(row) === false;
    return isNamed ? this.#give(row, candidate) : undefined;
  }

  /** The line that `list --json` prints of a session which `find` gave; undefined if none is kept. */
  findLine(session: Session): KeptLines | undefined {
    const table = this.#kept?.table;
    const row = table?.rowOf(session);
    const place = row === undefined ? undefined : table?.readLinePlace(row);
    const lines = place && this.#readLines();
    return lines && place && { lines, start: place.at, end: place.at + place.length };
  }

  /** Tells whether a file may have grown and be the same up to where it ended before. */
  hasGrown(candidate: Candidate): boolean {
    return candidate.facts.sizeBytes > (this.#sizeBefore(candidate) ?? Infinity);
  }

  /** How to read on in a file that has grown, if it has the same end where it ended before. */
  resume(candidate: Candidate, source: ByteSource): Resumption | undefined {
    const row = this.#rowOf(candidate.path);
    if (row === undefined || !this.hasGrown(candidate)) return undefined;
    const agent = this.#kept?.table.readAgent(row);
    const state = this.#readState(row);
    if (agent === undefined || state === undefined) return undefined;
    const { summary, offset, line, tail } = state;
    const end = readBytes(source, offset - tail.length, tail.length);
    if (shortHash(end) !== tail.hash) return undefined;
    return { agent, summary, end: { offset, line, tail: end } };
  }

  /** What is known of a file that is as it was and may be gone on with, and how many lines it has. */
  recall(candidate: Candidate): KnownSession | undefined {
    const session = this.find(candidate);
    if (session === undefined || "hasRows" in session) return undefined;
    const row = this.#kept?.table.rowOf(session);
    const state = row === undefined ? undefined : this.#readState(row);
    return state && { session, lines: state.line - 1 };
  }

  /** Begins the next cache, when as much has to be read that it is worth keeping. */
  prepare(changed: readonly Candidate[]): void {
    const bytes = changed.reduce((sum, candidate) => sum + this.#countNew(candidate), 0);
    const isWorthIt = bytes >= WORTH_BYTES || changed.length >= WORTH_FILES ||
      changed.some((candidate) => this.#isRewritten(candidate));
    if (!isWorthIt) return;
    const next = attempt(() => new NextCacheFile(this.#files, this.#root));
    attempt(() => next?.sweep());
    this.#next = next;
  }

  /** Puts the next cache, if one was begun, in the place of this one; tells whether it did. */
  save(unchanged: readonly Pick<Candidate, "path">[], fresh: readonly FreshEntry[]): boolean {
    const next = this.#next;
    if (next === undefined) return false;
    this.#next = undefined;
    // What changes from now on bears a time that is no earlier than the start.
    const isSettled = ({ facts }: FreshEntry) => facts.ctimeMs < next.startedMs;
    // A file that keeps growing can be read on from where it was before.
    const growing = fresh.filter((entry) => entry.isResumed && !isSettled(entry));
    const isSaved = attempt(() => {
      this.#write(next, [...unchanged, ...growing], fresh.filter(isSettled));
      return true;
    });
    if (isSaved !== true) attempt(() => next.abandon());
    return isSaved === true;
  }

  /** How many bytes of a file have to be read. */
  #countNew(candidate: Candidate): number {
    const { sizeBytes } = candidate.facts;
    return this.hasGrown(candidate) ? sizeBytes - (this.#sizeBefore(candidate) ?? 0) : sizeBytes;
  }

  /** What was kept of such a file has to go: when it grows it would look as if it had only grown. */
  #isRewritten(candidate: Candidate): boolean {
    return candidate.facts.sizeBytes <= (this.#sizeBefore(candidate) ?? -1);
  }

  /** How many bytes a file had when it was kept; undefined when it was not, or was another. */
  #sizeBefore({ path, facts }: Candidate): number | undefined {
    const row = this.#rowOf(path);
    const table = this.#kept?.table;
    return row !== undefined && table?.isSameOne(row, facts) ? table.readSize(row) : undefined;
  }

  #write(
    next: NextCacheFile,
    unchanged: readonly Pick<Candidate, "path">[],
    fresh: readonly FreshEntry[],
  ): void {
    const states = new Pile();
    const addState = (bytes: Uint8Array) => ({ ...states.add(bytes), hash: shortHash(bytes) });
    const old = this.#kept?.readStates() ?? new Uint8Array();
    const oldLines = this.#readLines();
    const oldEntries = unchanged.flatMap(({ path }): EntryDraft[] => {
      const row = this.#rowOf(path);
      const table = this.#kept?.table;
      if (row === undefined || table === undefined) return [];
      const state = table.readStatePlace(row);
      const line = table.readLinePlace(row);
      return [{
        path: this.#toKey(path),
        stamp: table.readStamp(row),
        found: table.give(row, path, this.#root),
        hasLateHead: table.hasLateHead(row),
        // With its old hash: a state that was damaged stays so.
        state: state && {
          ...states.add(old.subarray(state.at, state.at + state.length)),
          hash: state.hash,
        },
        line: line && oldLines?.subarray(line.at, line.at + line.length),
      }];
    });
    const newEntries = fresh.map(({ path, facts, read }): EntryDraft => {
      const found = "session" in read ? read.session : read;
      const state = "session" in read ? read.state : undefined;
      return {
        path: this.#toKey(path),
        stamp: facts,
        found,
        hasLateHead: "session" in read && read.hasLateHead,
        state: state && addState(formatState(state)),
        line: undefined,
      };
    });
    // In the order of the walk, in which they are asked for.
    const drafts = [...oldEntries, ...newEntries].sort((a, b) => (a.path < b.path ? -1 : 1));
    const { lines, places } = pileLines(drafts);
    const entries = drafts.map((draft): CacheEntry => ({ ...draft, line: places.get(draft) }));
    next.finish({ ...formatTable(entries), lines: lines.parts, states: states.parts });
  }

  #readLines(): Uint8Array | undefined {
    return attempt(() => this.#kept?.readLines());
  }

  #readState(row: number): StoredState | undefined {
    const place = this.#kept?.table.readStatePlace(row);
    return place && attempt(() => this.#kept?.readState(place));
  }

  #give(row: number, { path }: Candidate): Session | Stranger | undefined {
    return this.#kept?.table.give(row, path, this.#root);
  }

  #unchangedRow({ path, facts }: Candidate): number | undefined {
    const row = this.#rowOf(path);
    return row !== undefined && this.#kept?.table.isUnchanged(row, facts) ? row : undefined;
  }

  #rowOf(path: string): number | undefined {
    return this.#kept?.table.find(this.#toKey(path));
  }

  #toKey(path: string): string {
    return path.slice(this.#root.length + 1);
  }
}

/** An entry before it is known where its line will lie; without one that line has to be written. */
interface EntryDraft extends Omit<CacheEntry, "line"> {
  readonly line: Uint8Array | undefined;
}

/** Puts the lines of sessions in the order in which they are printed. */
function pileLines(drafts: readonly EntryDraft[]) {
  const lines = new Pile();
  const places = new Map(
    drafts.flatMap((draft) => "hasRows" in draft.found ? [] : [{ draft, session: draft.found }])
      .sort((a, b) => byLastActivity(a.session, b.session))
      .map(({ draft, session }) => [draft, lines.add(draft.line ?? formatLine(session))]),
  );
  return { lines, places };
}

/** Parts that are to lie one after another. */
class Pile {
  readonly parts: Uint8Array[] = [];
  #length = 0;

  /** Puts a part behind the others; tells where it lies. */
  add(part: Uint8Array): Place {
    const at = this.#length;
    this.parts.push(part);
    this.#length += part.length;
    return { at, length: part.length };
  }
}

/** Nothing that is wrong with a cache is worth an error. */
function attempt<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    const isBroken = [UnusableCacheError, RefusedError, SyntaxError, RangeError]
      .some((Kind) => error instanceof Kind);
    if (isBroken || isFileError(error)) return undefined;
    throw error;
  }
}

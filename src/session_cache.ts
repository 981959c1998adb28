/**
 * The cache of one root: what was read of its files, kept so that the next listing reads only what
 * has changed.
 *
 * It lies in `<root>/.skein/cache` and may be deleted at any time. An entry holds for a file whose
 * size, time, device and inode are what they were; a file that only grew is read on from its old end,
 * once the bytes before that are found to be the same. An entry is not kept when its file was changed
 * so shortly before that a further change might bear the same time. Whatever is wrong with the cache,
 * or with writing it, makes it as good as absent.
 *
 * Two changes are not seen. One is a file that somebody changed in place, far from its end, and that
 * grew before the next listing: agents append, or put another file in its place. The other is a file
 * that was replaced twice, when the last has the size and the time of the first and was given its
 * freed inode.
 */

import { dirname, join } from "@std/path";
import {
  type FileStamp,
  type PackedEntry,
  packEntry,
  placeState,
  readAgent,
  readStamp,
  readStatePlace,
  type StatePlace,
  unpackFound,
} from "./cache_entry.ts";
import {
  type CacheHeader,
  formatEntries,
  formatHeader,
  formatState,
  hashBytes,
  HEADER_BYTES,
  isOurs,
  parseState,
  shortHash,
  type StoredState,
} from "./cache_form.ts";
import {
  checkContained,
  isSameFile,
  isSameInode,
  makeFolders,
  PRIVATE_FILE,
  removeIfThere,
  writeAll,
} from "./durable.ts";
import { RefusedError } from "./errors.ts";
import { isFileError } from "./file_errors.ts";
import type { FileSystem, NewFile } from "./host.ts";
import { concat } from "./json_slices.ts";
import { type ByteSource, readBytes } from "./rows.ts";
import type { ReadState, SessionRead, Stranger } from "./session.ts";
import type { Session } from "./transcript.ts";
import type { Candidate } from "./walk.ts";

/** Reading less than this takes no longer than reading a cache. */
const WORTH_BYTES = 4 * 1024 * 1024;
const WORTH_FILES = 100;

/** Two changes within so many milliseconds may bear the same time: the kernel's clock is coarse. */
const CLOCK_MS = 50;

/** No listing takes as long. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** A file that was read, to be kept. */
export interface FreshEntry {
  readonly path: string;
  readonly stamp: FileStamp;
  readonly read: SessionRead | Stranger;
}

/** How a session can be read on. */
export interface Resumption extends ReadState {
  readonly agent: string;
}

/** A session that is known without reading its file, and how many lines that has. */
export interface KnownSession {
  readonly session: Session;
  readonly lines: number;
}

/** The cache of one root, as it was found. */
export class SessionCache {
  readonly #files: FileSystem;
  readonly #root: string;
  readonly #path: string;
  readonly #entries: ReadonlyMap<string, PackedEntry>;
  /** Where the states lie in the cache's file. */
  readonly #statesAt: number;
  /** The next cache, while it is being made, and what the file system's clock said then. */
  #next: { readonly file: NewFile; readonly path: string; readonly startedMs: number } | undefined;

  /** Reads the cache of a root; it is empty when there is none that can be used. */
  constructor(files: FileSystem, root: string) {
    this.#files = files;
    this.#root = root;
    this.#path = join(root, ".skein", "cache", "sessions");
    const found = attempt(() => this.#load());
    this.#entries = found?.entries ?? new Map();
    this.#statesAt = found?.statesAt ?? 0;
  }

  /** What is known of a file that is as it was; undefined when it has to be read. */
  find({ path, facts }: Candidate): Session | Stranger | undefined {
    const entry = this.#entryOf(path);
    const isSame = entry !== undefined && isSameFile(readStamp(entry), facts);
    return isSame ? unpackFound(entry, path, this.#root) : undefined;
  }

  /** How to read on in a file that has grown, if it has the same end where it ended before. */
  resume({ path, facts }: Candidate, source: ByteSource): Resumption | undefined {
    const entry = this.#entryOf(path);
    const place = entry && readStatePlace(entry);
    const agent = entry && readAgent(entry);
    if (entry === undefined || place === undefined || agent === undefined) return undefined;
    const before = readStamp(entry);
    if (facts.sizeBytes <= before.sizeBytes || !isSameInode(facts, before)) return undefined;
    return attempt(() => {
      const { summary, offset, line, tail } = this.#readState(place);
      const end = readBytes(source, offset - tail.length, tail.length);
      if (shortHash(end) !== tail.hash) return undefined;
      return { agent, summary, end: { offset, line, tail: end } };
    });
  }

  /** What is known of a file that is as it was and may be gone on with, and how many lines it has. */
  recall(candidate: Candidate): KnownSession | undefined {
    const session = this.find(candidate);
    const entry = this.#entryOf(candidate.path);
    const place = entry && readStatePlace(entry);
    if (session === undefined || "hasRows" in session || place === undefined) return undefined;
    return attempt(() => ({ session, lines: this.#readState(place).line - 1 }));
  }

  /** Begins the next cache, when as much has to be read that it is worth keeping. */
  prepare(changed: readonly Candidate[]): void {
    const bytes = changed.reduce((sum, { facts }) => sum + facts.sizeBytes, 0);
    const isWorthIt = bytes >= WORTH_BYTES || changed.length >= WORTH_FILES ||
      changed.some((candidate) => this.#isRewritten(candidate));
    if (!isWorthIt) return;
    this.#next = attempt(() => {
      const path = `${this.#path}-${crypto.randomUUID()}.tmp`;
      makeFolders(this.#files, dirname(path), this.#root);
      checkContained(this.#files, path, this.#root);
      const file = this.#files.create(path, PRIVATE_FILE);
      return { file, path, startedMs: this.#files.lstat(path).mtimeMs };
    });
    const startedMs = this.#next?.startedMs;
    if (startedMs !== undefined) attempt(() => this.#sweep(startedMs - ABANDONED_MS));
  }

  /** Puts the next cache, if one was begun, in the place of this one; tells whether it did. */
  save(unchanged: readonly Candidate[], fresh: readonly FreshEntry[]): boolean {
    const next = this.#next;
    if (next === undefined) return false;
    this.#next = undefined;
    const isSaved = attempt(() => {
      try {
        const settled = fresh.filter(({ stamp }) => stamp.mtimeMs + CLOCK_MS < next.startedMs);
        this.#write(next.file, unchanged, settled);
      } finally {
        next.file.close();
      }
      this.#files.rename(next.path, this.#path);
      return true;
    });
    if (isSaved !== true) attempt(() => removeIfThere(this.#files, next.path));
    return isSaved === true;
  }

  /** Removes what listings left that were ended before they were done. */
  #sweep(beforeMs: number): void {
    const folder = dirname(this.#path);
    for (const { name, type } of this.#files.readFolder(folder)) {
      const path = join(folder, name);
      const isUnfinished = type === "file" && name.endsWith(".tmp");
      if (isUnfinished && this.#files.lstat(path).mtimeMs < beforeMs) this.#files.remove(path);
    }
  }

  #readState(place: StatePlace): StoredState {
    const bytes = this.#read(this.#statesAt + place.at, place.length);
    if (shortHash(bytes) !== place.hash) throw new RefusedError("The cache is damaged");
    return parseState(bytes);
  }

  /** What was kept of such a file has to go: when it grows it would look as if it had only grown. */
  #isRewritten({ path, facts }: Candidate): boolean {
    const entry = this.#entryOf(path);
    const before = entry && readStamp(entry);
    return before !== undefined && facts.sizeBytes <= before.sizeBytes &&
      isSameInode(facts, before);
  }

  #write(
    file: NewFile,
    unchanged: readonly Candidate[],
    fresh: readonly FreshEntry[],
  ): void {
    const entries: PackedEntry[] = [];
    const states: Uint8Array[] = [];
    let at = 0;
    const place = (bytes: Uint8Array) => {
      states.push(bytes);
      at += bytes.length;
      return { at: at - bytes.length, length: bytes.length, hash: shortHash(bytes) };
    };
    const old = this.#entries.size === 0 ? new Uint8Array() : this.#read(this.#statesAt);
    for (const { path } of unchanged) {
      const entry = this.#entryOf(path);
      if (entry === undefined) continue;
      const state = readStatePlace(entry);
      const kept = state && place(old.subarray(state.at, state.at + state.length));
      entries.push(placeState(entry, kept));
    }
    for (const { path, stamp, read } of fresh) {
      const state = "session" in read && read.state && place(formatState(read.state));
      entries.push(packEntry({
        path: this.#toKey(path),
        stamp,
        found: "session" in read ? read.session : read,
        state: state || undefined,
      }));
    }
    const body = formatEntries(entries);
    writeAll(file, concat([formatHeader(body), body, ...states]));
  }

  #load(): { readonly entries: ReadonlyMap<string, PackedEntry>; readonly statesAt: number } {
    checkContained(this.#files, this.#path, this.#root);
    const head = this.#read(0, HEADER_BYTES);
    const length = head.indexOf(0x0a) + 1;
    const header: Partial<CacheHeader> | null = JSON.parse(
      new TextDecoder().decode(head.subarray(0, length)),
    );
    if (!isOurs(header)) throw new RefusedError("The cache is another skein's");
    const body = this.#read(length, header.entries);
    if (hashBytes(body) !== header.sha256) throw new RefusedError("The cache is damaged");
    const packed: PackedEntry[] = JSON.parse(new TextDecoder().decode(body));
    const entries = new Map(packed.map((entry) => [readStamp(entry).path, entry]));
    return { entries, statesAt: length + header.entries };
  }

  /** Reads a part of the cache's file, to its end unless told how much. */
  #read(offset: number, most = Infinity): Uint8Array {
    const file = this.#files.open(this.#path);
    try {
      const rest = Math.max(0, file.stat().sizeBytes - offset);
      return readBytes(file, offset, Math.min(most, rest));
    } finally {
      file.close();
    }
  }

  #entryOf(path: string): PackedEntry | undefined {
    return this.#entries.get(this.#toKey(path));
  }

  #toKey(path: string): string {
    return path.slice(this.#root.length + 1);
  }
}

/** Nothing that is wrong with a cache is worth an error. */
function attempt<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (isFileError(error) || error instanceof RefusedError || error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

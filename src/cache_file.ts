/**
 * The file of a root's cache: read in parts as they are wanted, and replaced as a whole.
 *
 * It lies in `<root>/.skein/cache`, for its owner's eyes. Everything here throws when something is
 * wrong with it; that a cache may just as well be absent is its caller's to know.
 */

import { dirname, join } from "@std/path";
import type { StatePlace, TableParts } from "./cache_entry.ts";
import { CacheTable } from "./cache_table.ts";
import {
  type CacheHeader,
  formatHeader,
  hashRoot,
  HEADER_BYTES,
  isOurs,
  isSound,
  parseState,
  shortHash,
  type StoredState,
} from "./cache_form.ts";
import { checkContained, makeFolders, PRIVATE_FILE, removeIfThere, writeAll } from "./durable.ts";
import type { FileSystem, NewFile } from "./host.ts";
import { concat } from "./json_slices.ts";
import { readBytes } from "./rows.ts";

/** No listing takes as long. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** The file is there, and nothing can be told from it; no person is told of that. */
export class UnusableCacheError extends Error {}

/** The cache's file as it was found. */
export class CacheFile {
  /** What is kept of each file. */
  readonly table: CacheTable;
  readonly #files: FileSystem;
  readonly #path: string;
  readonly #header: CacheHeader;
  readonly #linesAt: number;
  readonly #statesAt: number;
  readonly #hasLines: boolean;
  /** Undefined until they are wanted, and where they are damaged. */
  #lines: Uint8Array | undefined;
  #wereLinesRead = false;

  /**
   * Reads the table.
   * @throws UnusableCacheError for a file that is damaged, or not of this skein on this machine
   */
  constructor(files: FileSystem, root: string) {
    this.#files = files;
    this.#path = cachePath(root);
    checkContained(files, this.#path, root);
    const { header, length, table } = this.#open((read) => {
      const head = read(0, HEADER_BYTES);
      const length = head.indexOf(0x0a) + 1;
      const header: Partial<CacheHeader> | null = JSON.parse(
        new TextDecoder().decode(head.subarray(0, length)),
      );
      if (!isOurs(header)) throw new UnusableCacheError("it is another skein's");
      const numbers = read(length, header.numbers.length);
      const texts = read(length + numbers.length, header.texts.length);
      if (!isSound(numbers, header.numbers) || !isSound(texts, header.texts)) throw damaged();
      return { header, length, table: new CacheTable({ numbers, texts }) };
    });
    this.table = table;
    this.#header = header;
    this.#linesAt = length + header.numbers.length + header.texts.length;
    this.#statesAt = this.#linesAt + header.lines.length;
    this.#hasLines = header.root === hashRoot(root);
  }

  /** All sessions' lines; undefined when they are damaged, or were written of another root. */
  readLines(): Uint8Array | undefined {
    if (this.#wereLinesRead || !this.#hasLines) return this.#lines;
    this.#wereLinesRead = true;
    const { lines } = this.#header;
    const bytes = this.#open((read) => read(this.#linesAt, lines.length));
    this.#lines = isSound(bytes, lines) ? bytes : undefined;
    return this.#lines;
  }

  /** Reads a state. */
  readState(place: StatePlace): StoredState {
    const bytes = this.#open((read) => read(this.#statesAt + place.at, place.length));
    if (shortHash(bytes) !== place.hash) throw damaged();
    return parseState(bytes);
  }

  /** Reads all states, as they were written. */
  readStates(): Uint8Array {
    return this.#open((read) => read(this.#statesAt));
  }

  /** Opens the file for somebody who reads parts of it, each to its end unless told how much. */
  #open<T>(step: (read: (offset: number, most?: number) => Uint8Array<ArrayBuffer>) => T): T {
    const file = this.#files.open(this.#path);
    try {
      const { sizeBytes } = file.stat();
      return step((offset, most = Infinity) =>
        readBytes(file, offset, Math.min(most, Math.max(0, sizeBytes - offset)))
      );
    } finally {
      file.close();
    }
  }
}

/** What the next file is made of. */
export interface CacheParts extends TableParts {
  readonly lines: readonly Uint8Array[];
  readonly states: readonly Uint8Array[];
}

/** The next file, while it is being made beside the present one. */
export class NextCacheFile {
  /** When it was begun, as `ctimeMs` of a file; what changes from then on has no earlier one. */
  readonly startedMs: number;
  readonly #files: FileSystem;
  readonly #root: string;
  readonly #path: string;
  readonly #file: NewFile;

  /** Makes the file; nothing is in it yet. */
  constructor(files: FileSystem, root: string) {
    this.#files = files;
    this.#root = root;
    this.#path = `${cachePath(root)}-${crypto.randomUUID()}.tmp`;
    makeFolders(files, dirname(this.#path), root);
    checkContained(files, this.#path, root);
    this.#file = files.create(this.#path, PRIVATE_FILE);
    this.startedMs = files.lstat(this.#path).ctimeMs;
  }

  /** Writes the parts, and puts the file in the place of the present one. */
  finish({ numbers, texts, states, ...parts }: CacheParts): void {
    const lines = concat(parts.lines);
    try {
      const header = formatHeader(this.#root, { numbers, texts, lines });
      writeAll(this.#file, concat([header, numbers, texts, lines, ...states]));
    } finally {
      this.#file.close();
    }
    this.#files.rename(this.#path, cachePath(this.#root));
  }

  /** Removes what is there of it. */
  abandon(): void {
    removeIfThere(this.#files, this.#path);
  }

  /** Removes what listings left beside it that were ended before they were done. */
  sweep(): void {
    const folder = dirname(this.#path);
    const { mtimeMs: nowMs } = this.#files.lstat(this.#path);
    for (const { name, type } of this.#files.readFolder(folder)) {
      const path = join(folder, name);
      const isUnfinished = type === "file" && name.endsWith(".tmp");
      if (!isUnfinished || path === this.#path) continue;
      const idleMs = nowMs - this.#files.lstat(path).mtimeMs;
      if (idleMs > ABANDONED_MS) this.#files.remove(path);
    }
  }
}

function cachePath(root: string): string {
  return join(root, ".skein", "cache", "sessions");
}

function damaged(): UnusableCacheError {
  return new UnusableCacheError("it is damaged");
}

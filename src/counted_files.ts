/** A file system whose reads are counted, so that somebody can be told how far they are. */

import type { FileSystem, OpenFile } from "./host.ts";

/** Whoever is told of reads. */
export interface ReadCounter {
  /** What reads are for at present; each byte of an open file counts once for it. */
  readonly purpose: object | undefined;
  /** Is told of bytes that were read. */
  countBytes(count: number): void;
}

/** Gives a file system that does the same, and tells of each read. */
export function countReads(files: FileSystem, counter: ReadCounter): FileSystem {
  return {
    lstat: (path) => files.lstat(path),
    realPath: (path) => files.realPath(path),
    readFolder: (path) => files.readFolder(path),
    open: (path) => new CountedFile(files.open(path), counter),
    create: (path, mode) => files.create(path, mode),
    makeFolder: (path, mode) => files.makeFolder(path, mode),
    rename: (from, to) => files.rename(from, to),
    link: (from, to) => files.link(from, to),
    remove: (path) => files.remove(path),
    syncFolder: (path) => files.syncFolder(path),
    tryLock: (path) => files.tryLock(path),
  };
}

class CountedFile implements OpenFile {
  readonly #file: OpenFile;
  readonly #counter: ReadCounter;
  #purpose: object | undefined;
  /** Up to here its bytes were counted. */
  #counted = 0;

  constructor(file: OpenFile, counter: ReadCounter) {
    this.#file = file;
    this.#counter = counter;
  }

  readAt(offset: number, into: Uint8Array): number {
    const count = this.#file.readAt(offset, into);
    const { purpose } = this.#counter;
    if (purpose !== this.#purpose) {
      this.#purpose = purpose;
      this.#counted = 0;
    }
    const fresh = Math.min(count, Math.max(0, offset + count - this.#counted));
    this.#counted = Math.max(this.#counted, offset + count);
    this.#counter.countBytes(fresh);
    return count;
  }

  stat() {
    return this.#file.stat();
  }

  close(): void {
    this.#file.close();
  }
}

/**
 * Files that a test watches: it counts what is opened and read, and gives them a clock that ticks at
 * each change. The real clock of changes ticks once a second, and no test should wait for it.
 */

import { createHash } from "node:crypto";
import type { FileFacts, FileSystem } from "../src/host.ts";
import { FakeHost, type FakeHostOptions } from "./fake_host.ts";

/** What files were when they were looked at last, by inode, and since which tick they have been so. */
const known = new Map<number, { readonly state: string; readonly tick: number }>();
let now = 0;

/** Larger files are known by size and time alone. */
const LARGE = 1024 * 1024;

/** A host whose files are watched. */
export class WatchedHost extends FakeHost {
  /** How many files were opened, skein's own left out. */
  opened = 0;
  /** How many bytes of them were read. */
  bytes = 0;

  /** Takes what a fake host takes; the files are real. */
  constructor(options: FakeHostOptions = {}) {
    super(options);
    Object.assign(this, { files: this.#watch(this.files) });
  }

  #watch(real: FileSystem): FileSystem {
    return {
      ...real,
      lstat: (path) => withTick(path, real.lstat(path)),
      open: (path) => {
        const file = real.open(path);
        const isOwn = path.includes(".skein");
        if (!isOwn) this.opened++;
        return {
          readAt: (offset, into) => {
            const count = file.readAt(offset, into);
            if (!isOwn) this.bytes += count;
            return count;
          },
          stat: () => withTick(path, file.stat()),
          close: () => file.close(),
        };
      },
    };
  }
}

function withTick(path: string, facts: FileFacts): FileFacts {
  return facts.type === "file" ? { ...facts, ctimeMs: findTick(path, facts) } : facts;
}

/** The tick of the last change; skein's own files are as good as made now. */
function findTick(path: string, { ino, sizeBytes, mtimeMs }: FileFacts): number {
  if (path.includes(".skein")) return ++now;
  const content = sizeBytes > LARGE ? "" : Deno.readFileSync(path);
  const hash = createHash("sha256").update(content).digest("hex");
  const state = [sizeBytes, mtimeMs, hash].join();
  const before = known.get(ino);
  if (before?.state === state) return before.tick;
  known.set(ino, { state, tick: ++now });
  return now;
}

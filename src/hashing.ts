/** What a file holds, as SHA-256: told of a file that is there, or of one while it is written. */

import { createHash } from "node:crypto";
import { type CreateFileOptions, writeUnfinished } from "./durable.ts";
import type { FileSystem } from "./host.ts";
import { readRange } from "./rows.ts";

/** SHA-256 of a file's contents, in hex. */
export function hashFile(files: FileSystem, path: string): string {
  const file = files.open(path);
  try {
    const hash = createHash("sha256");
    for (const bytes of readRange(file, 0, file.stat().sizeBytes)) hash.update(bytes);
    return hash.digest("hex");
  } finally {
    file.close();
  }
}

/** Writes a new file under its unfinished name; gives its size in bytes, and its SHA-256 in hex. */
export function writeHashed(
  files: FileSystem,
  options: CreateFileOptions,
): { readonly bytes: number; readonly sha256: string } {
  const hash = createHash("sha256");
  let length = 0;
  writeUnfinished(files, {
    ...options,
    write: (out) =>
      options.write((bytes) => {
        hash.update(bytes);
        length += bytes.length;
        out(bytes);
      }),
  });
  return { bytes: length, sha256: hash.digest("hex") };
}

/**
 * What a disk forgets when the power goes, for tests: contents that were never synced, and names in
 * folders that were never synced.
 *
 * No standard says in which order names reach the disk, so there is a loss that forgets all of them,
 * one that forgets only names that were given, and one that forgets only that names were taken away.
 * Files that lost their names are kept in a folder of their own, to be given them back.
 */

import { dirname, join } from "@std/path";

/** Which of the names that were not yet on the disk are forgotten. */
export type Forgotten = "all" | "given" | "taken" | "none";

/** A change to names that is not yet on the disk. */
interface Change {
  readonly type: "given" | "taken" | "both";
  /** Folders that have to be synced before the change is safe. */
  readonly folders: Set<string>;
  readonly forget: () => void;
}

/** Keeps account of what is not yet on the disk, and takes it away when the power goes. */
export class PowerLoss {
  readonly #attic: string;
  #attics = 0;
  #changes: Change[] = [];
  /** Second names of the files whose contents are not on the disk, by their first. */
  readonly #unsynced = new Map<string, string>();

  /** Takes an empty folder, in the file system of the files, to keep second names in. */
  constructor(attic: string) {
    this.#attic = attic;
  }

  /** After a file was made. */
  created(path: string): void {
    this.#unsynced.set(path, this.#keep(path));
    this.linked(path);
  }

  /** After a file was given a name. */
  linked(path: string): void {
    this.#note("given", [path], () => removeName(path));
  }

  /** After a folder was made. */
  madeFolder(path: string): void {
    this.#note("given", [path], () => Deno.removeSync(path, { recursive: true }));
  }

  /** Before a file loses a name. */
  removing(path: string): void {
    const kept = this.#keep(path);
    this.#note("taken", [path], () => Deno.linkSync(kept, path));
  }

  /** Before a file goes by another name, which may be another file's. */
  renaming(from: string, to: string): void {
    const replaced = isThere(to) ? this.#keep(to) : undefined;
    this.#note("both", [from, to], () => {
      Deno.renameSync(to, from);
      if (replaced !== undefined) Deno.linkSync(replaced, to);
    });
  }

  /** After what was written to a new file is on the disk; the path it was made with. */
  synced(path: string): void {
    this.#unsynced.delete(path);
  }

  /** After the names in a folder are on the disk. */
  syncedFolder(folder: string): void {
    for (const { folders } of this.#changes) folders.delete(folder);
    this.#changes = this.#changes.filter(({ folders }) => folders.size > 0);
  }

  /** The power goes. */
  strike(forgotten: Forgotten): void {
    for (const kept of this.#unsynced.values()) {
      Deno.truncateSync(kept, Math.floor(Deno.statSync(kept).size / 2));
    }
    for (const { type, forget } of this.#changes.toReversed()) {
      if (forgotten === "all" || forgotten === type || (type === "both" && forgotten !== "none")) {
        forget();
      }
    }
    this.#changes = [];
    this.#unsynced.clear();
  }

  #keep(path: string): string {
    const kept = join(this.#attic, String(this.#attics++));
    Deno.linkSync(path, kept);
    return kept;
  }

  #note(type: Change["type"], paths: readonly string[], forget: () => void): void {
    this.#changes.push({ type, folders: new Set(paths.map((path) => dirname(path))), forget });
  }
}

/** Removes a name, which may have been taken away since. */
function removeName(path: string): void {
  if (isThere(path)) Deno.removeSync(path);
}

function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The receipts of one root on the disk, a file each: the newest state replaces the one before. */

import { join } from "@std/path";
import { checkContained, PRIVATE_FILE, removeIfThere, writeAll } from "./durable.ts";
import { CannotError } from "./errors.ts";
import type { FileSystem } from "./host.ts";
import {
  byLatest,
  formatReceipt,
  parseReceipt,
  type Receipt,
  UNREADABLE_RECEIPT_HINT,
} from "./receipt.ts";
import { readBytes } from "./rows.ts";

/** The folder of a root's receipts. */
export class ReceiptFolder {
  readonly #files: FileSystem;
  readonly #root: string;
  readonly #folder: string;

  /** Takes the root that the receipts are of. */
  constructor(files: FileSystem, root: string) {
    this.#files = files;
    this.#root = root;
    this.#folder = join(root, ".skein", "receipts");
  }

  /** All receipts, the latest first; throws CannotError when one cannot be read. */
  list(): readonly Receipt[] {
    return this.#files.readFolder(this.#folder)
      .filter(({ name, type }) => type === "file" && name.endsWith(".json"))
      .map(({ name }) => this.#read(name))
      .sort(byLatest);
  }

  /** The ids of all receipts, by the names of their files; none where there is no such folder. */
  ids(): readonly string[] {
    try {
      return this.#files.readFolder(this.#folder).flatMap(({ name }) =>
        /^(\d{8}-\d{6}(?:-\d+)?)\.json$/.exec(name)?.[1] ?? []
      );
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  }

  /** Puts a receipt on the disk, whole, in the place of what it was before. */
  write(receipt: Receipt): void {
    const path = join(this.#folder, `${receipt.id}.json`);
    const unfinished = `${path}.tmp`;
    checkContained(this.#files, path, this.#root);
    removeIfThere(this.#files, unfinished);
    const file = this.#files.create(unfinished, PRIVATE_FILE);
    try {
      try {
        writeAll(file, new TextEncoder().encode(formatReceipt(receipt)));
        file.sync();
      } finally {
        file.close();
      }
      this.#files.rename(unfinished, path);
    } catch (error) {
      removeIfThere(this.#files, unfinished);
      throw error;
    }
    this.#files.syncFolder(this.#folder);
  }

  /** Removes what a crash left unfinished. */
  sweep(): void {
    for (const { name } of this.#files.readFolder(this.#folder)) {
      if (name.endsWith(".tmp")) this.#files.remove(join(this.#folder, name));
    }
  }

  #read(name: string): Receipt {
    const path = join(this.#folder, name);
    const receipt = parseReceipt(this.#readText(path), path);
    if (`${receipt.id}.json` === name) return receipt;
    throw new CannotError(`Cannot read "${path}": it bears the name of another receipt`, {
      hint: UNREADABLE_RECEIPT_HINT,
    });
  }

  #readText(path: string): string {
    const file = this.#files.open(path);
    try {
      return new TextDecoder().decode(readBytes(file, 0, file.stat().sizeBytes));
    } finally {
      file.close();
    }
  }
}

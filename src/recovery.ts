/**
 * What a crash left under way in one root, ended: changes that were begun are taken back, a trash
 * that was being emptied is emptied, unfinished files are removed.
 *
 * It can itself be cut short at any call: each step looks at what is there, so the next run goes on.
 */

import { dirname, join } from "@std/path";
import { checkContained, findFacts, removeIfThere, unfinishedPath } from "./durable.ts";
import { hashFile } from "./hashing.ts";
import type { FileSystem } from "./host.ts";
import { takeBack } from "./moving.ts";
import { type Creation, isInTrash, type Receipt } from "./receipt.ts";
import type { ReceiptFolder } from "./receipt_folder.ts";

/** What comes through a pipe lies here while it is read, its path from the root on. */
export const SPOOL = join(".skein", "spool");

/** A receipt, and the folder that it lies in. */
export interface FiledReceipt {
  readonly receipt: Receipt;
  readonly receipts: ReceiptFolder;
}

/**
 * Ends what the receipts of a root say is under way.
 * @returns the receipts of changes that were taken back, or found made
 */
export function recoverReceipts(
  files: FileSystem,
  root: string,
  receipts: ReceiptFolder,
): readonly Receipt[] {
  receipts.sweep();
  removeIfThere(files, join(root, SPOOL));
  removeIfThere(files, unfinishedPath(join(root, SPOOL), "spool"));
  const all = receipts.list();
  for (const receipt of all) {
    if (receipt.state === "purging") purgeReceipt(files, root, { receipt, receipts });
  }
  return all.filter(({ state }) => state === "intent").map((receipt) => {
    const kept = receipt.moves.filter((move) => !takeBack(files, root, move));
    const made = receipt.creations.filter((creation) => {
      const path = join(root, creation.path);
      if (findFacts(files, dirname(path)) === undefined) return false;
      checkContained(files, path, root);
      removeIfThere(files, unfinishedPath(path, receipt.id));
      // Once the receipt is closed nobody looks for it again.
      files.syncFolder(dirname(path));
      return isOurs(files, root, creation);
    });
    const isDone = kept.length + made.length > 0;
    const recovered: Receipt = {
      ...receipt,
      state: isDone ? "done" : "rolled_back",
      moves: isDone ? kept : receipt.moves,
      creations: isDone ? made : receipt.creations,
    };
    receipts.write(recovered);
    return recovered;
  });
}

/** Removes what a receipt moved into the trash, for good. */
export function purgeReceipt(
  files: FileSystem,
  root: string,
  { receipt, receipts }: FiledReceipt,
): void {
  receipts.write({ ...receipt, state: "purging" });
  for (const { to } of receipt.moves) {
    if (!isInTrash(to) || findFacts(files, join(root, to)) === undefined) continue;
    checkContained(files, join(root, to), root);
    files.remove(join(root, to));
    files.syncFolder(dirname(join(root, to)));
  }
  receipts.write({ ...receipt, state: "purged" });
}

/** Tells whether the file that was to be made is there, and not another of its name. */
function isOurs(files: FileSystem, root: string, { path, bytes, sha256 }: Creation): boolean {
  const full = join(root, path);
  return sha256 !== "" && findFacts(files, full)?.sizeBytes === bytes &&
    hashFile(files, full) === sha256;
}

/**
 * The journal of one root: every change is written down, made, and written down as made.
 *
 * It lies in `<root>/.skein`: a lock, the receipts, and the trash. Whoever opens it holds the lock;
 * what a crash left under way is taken back first, so that a root is always in a state that one
 * receipt describes. A file is moved only while it is still what the plan saw.
 */

import { createHash } from "node:crypto";
import { join } from "@std/path";
import {
  checkContained,
  createFile,
  findFacts,
  isSameFile,
  makeEmptyFile,
  PRIVATE_FILE,
  removeIfThere,
  unfinishedPath,
} from "./durable.ts";
import { CannotError, RefusedError } from "./errors.ts";
import { explainFailure, isFileError } from "./file_errors.ts";
import type { FileFacts, FileSystem, Host, Lock } from "./host.ts";
import { moveFile, takeBack } from "./moving.ts";
import { type Creation, type Move, nextReceiptId, type Receipt } from "./receipt.ts";
import { ReceiptFolder } from "./receipt_folder.ts";
import { readRange } from "./rows.ts";

/** What comes through a pipe lies here while it is read. */
const SPOOL = join(".skein", "spool");

/** A file to move, as the plan saw it; paths from the root on. */
export interface PlannedMove extends Omit<Move, "bytes" | "mtimeMs" | "mode" | "sha256"> {
  /** What the plan saw; the file stays where it is when it is no longer that. */
  readonly facts: FileFacts;
}

/** A file that was to be moved and was not. */
export interface Refusal {
  readonly path: string;
  readonly reason: string;
}

/** What came of a plan. */
export interface Committed {
  readonly receipt: Receipt;
  readonly refused: readonly Refusal[];
}

/** What a command is called in its receipt. */
export interface CommitOptions {
  readonly command: string;
  readonly undoes?: string;
  /** The id to file it under, where one command has a receipt in each of several roots. */
  readonly id?: string;
}

/** The journal of one root, open and locked. */
export class Journal {
  readonly root: string;
  /** The receipts of commands that a crash had torn, and that were taken back. */
  readonly recovered: readonly Receipt[];
  readonly #host: Host;
  readonly #files: FileSystem;
  readonly #receipts: ReceiptFolder;
  readonly #lock: Lock;

  /**
   * Locks a root's journal and takes back what a crash left under way.
   * @throws RefusedError when another skein holds it
   */
  constructor(host: Host, root: string) {
    this.root = root;
    this.#host = host;
    this.#files = host.files;
    this.#receipts = new ReceiptFolder(host.files, root);
    const lock = this.#takeLock();
    if (lock === undefined) {
      throw new RefusedError(`Cannot change "${root}": another skein is at work there`, {
        hint: "try again when it has ended",
      });
    }
    this.#lock = lock;
    try {
      this.recovered = this.#recover();
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** All receipts, the latest first. */
  receipts(): readonly Receipt[] {
    return this.#receipts.list();
  }

  /** Moves files; each one that changed since the plan stays, and is among the refused. */
  async move(planned: readonly PlannedMove[], options: CommitOptions): Promise<Committed> {
    const refused: Refusal[] = [];
    const moves = planned.flatMap(({ facts, ...names }) => {
      const now = findFacts(this.#files, this.#path(names.from));
      if (now === undefined || !isSameFile(now, facts)) {
        refused.push({ path: this.#path(names.from), reason: "changed since the plan" });
        return [];
      }
      const { sizeBytes: bytes, mtimeMs, mode } = facts;
      return [{ ...names, bytes, mtimeMs, mode, sha256: this.hash(names.from) }];
    });
    const intent = this.#newReceipt({ ...options, moves, creations: [] });
    if (moves.length === 0) return { receipt: { ...intent, state: "rolled_back" }, refused };
    return await this.#host.holdSignals(() =>
      this.#orTakeBack(() => {
        this.#receipts.write(intent);
        const made = moves.filter((move) => {
          const reason = moveFile(this.#files, this.root, move);
          if (reason !== undefined) refused.push({ path: this.#path(move.from), reason });
          return reason === undefined;
        });
        const receipt: Receipt = { ...intent, moves: made, state: "done" };
        this.#receipts.write(receipt);
        return { receipt, refused };
      })
    );
  }

  /**
   * Makes a file, its path from the root on, and files the receipt.
   * @throws what `write` throws, and CannotError when the path is taken; nothing is left behind then
   */
  async create(
    creation: Pick<Creation, "path" | "session">,
    options: CommitOptions & { readonly write: (out: (bytes: Uint8Array) => void) => void },
  ): Promise<Receipt> {
    const creations = [{ ...creation, bytes: 0, sha256: "" }];
    const intent = this.#newReceipt({ ...options, moves: [], creations });
    return await this.#host.holdSignals(() =>
      this.#orTakeBack(() => {
        this.#receipts.write(intent);
        createFile(this.#files, {
          root: this.root,
          path: this.#path(creation.path),
          mode: PRIVATE_FILE,
          tag: intent.id,
          write: options.write,
        });
        const done: Receipt = {
          ...intent,
          state: "done",
          creations: creations.map((made) => this.#describe(made)),
        };
        this.#receipts.write(done);
        return done;
      })
    );
  }

  /**
   * Puts bytes into a file of the journal's own that lasts as long as the journal is open.
   * @returns its path from the root on
   */
  spool(write: (out: (bytes: Uint8Array) => void) => void): string {
    const path = this.#path(SPOOL);
    removeIfThere(this.#files, path);
    createFile(this.#files, { root: this.root, path, mode: PRIVATE_FILE, tag: "spool", write });
    return SPOOL;
  }

  /** Removes what `spool` wrote, if anything. */
  dropSpool(): void {
    removeIfThere(this.#files, this.#path(SPOOL));
  }

  /** Removes what a receipt moved into the trash, for good. */
  purge(receipt: Receipt): void {
    this.#receipts.write({ ...receipt, state: "purged" });
    for (const { to } of receipt.moves) {
      if (!to.startsWith(".skein/trash/")) continue;
      checkContained(this.#files, this.#path(to), this.root);
      removeIfThere(this.#files, this.#path(to));
    }
  }

  /** The id of the next receipt. */
  newId(): string {
    return nextReceiptId(this.#host.nowMs(), this.receipts()[0]?.id);
  }

  /** What a file is, its path from the root on; undefined when it is not there. */
  facts(path: string): FileFacts | undefined {
    return findFacts(this.#files, this.#path(path));
  }

  /** The moves of a receipt whose files are in the trash now. */
  trashed({ moves }: Receipt): readonly Move[] {
    return moves.filter(({ to }) => to.startsWith(".skein/trash/") && this.facts(to) !== undefined);
  }

  /** Tells whether another process holds a lock on a file. */
  isLocked(path: string): boolean {
    const lock = this.#files.tryLock(this.#path(path));
    lock?.release();
    return lock === undefined;
  }

  /** SHA-256 of a file's contents, in hex. */
  hash(path: string): string {
    const file = this.#files.open(this.#path(path));
    try {
      const hash = createHash("sha256");
      for (const bytes of readRange(file, 0, file.stat().sizeBytes)) hash.update(bytes);
      return hash.digest("hex");
    } finally {
      file.close();
    }
  }

  /** Gives the lock back. */
  close(): void {
    this.#lock.release();
  }

  #takeLock(): Lock | undefined {
    try {
      this.#receipts.make();
      const path = this.#path(".skein/lock");
      checkContained(this.#files, path, this.root);
      makeEmptyFile(this.#files, path);
      return this.#files.tryLock(path);
    } catch (error) {
      if (!isFileError(error)) throw error;
      throw new CannotError(`Cannot change "${this.root}": ${explainFailure(error)}`, {
        cause: error,
      });
    }
  }

  /** Makes the changes; when one fails, takes the others back before it says so. */
  #orTakeBack<T>(change: () => T): T {
    try {
      return change();
    } catch (error) {
      const reason = isFileError(error) ? explainFailure(error) : undefined;
      try {
        this.#recover();
      } catch (second) {
        if (!isFileError(second)) throw second;
        throw new CannotError(`Cannot change "${this.root}": ${reason ?? explainFailure(second)}`, {
          hint: "the next command that writes there takes back what was begun",
          cause: error,
        });
      }
      if (reason === undefined) throw error;
      throw new CannotError(`Cannot change "${this.root}": ${reason}; nothing was changed`, {
        cause: error,
      });
    }
  }

  /** Takes back what receipts of intent had begun; a new file that is whole stays. */
  #recover(): readonly Receipt[] {
    this.#receipts.sweep();
    this.dropSpool();
    removeIfThere(this.#files, unfinishedPath(this.#path(SPOOL), "spool"));
    return this.receipts().filter(({ state }) => state === "intent").map((receipt) => {
      const kept = receipt.moves.filter((move) => !takeBack(this.#files, this.root, move));
      const made = receipt.creations.filter(({ path }) => {
        removeIfThere(this.#files, unfinishedPath(this.#path(path), receipt.id));
        return this.facts(path) !== undefined;
      });
      const isDone = kept.length + made.length > 0;
      const recovered: Receipt = {
        ...receipt,
        state: isDone ? "done" : "rolled_back",
        moves: isDone ? kept : receipt.moves,
        creations: isDone ? made.map((creation) => this.#describe(creation)) : receipt.creations,
      };
      this.#receipts.write(recovered);
      return recovered;
    });
  }

  #describe(creation: Creation): Creation {
    const bytes = this.facts(creation.path)?.sizeBytes ?? 0;
    return { ...creation, bytes, sha256: this.hash(creation.path) };
  }

  #newReceipt(
    { command, undoes, id, moves, creations }: CommitOptions & Pick<Receipt, "moves" | "creations">,
  ): Receipt {
    const timeMs = this.#host.nowMs();
    return { id: id ?? this.newId(), command, timeMs, state: "intent", undoes, moves, creations };
  }

  #path(path: string): string {
    return join(this.root, path);
  }
}

/**
 * The journal of one root: every change is written down, made, and written down as made.
 *
 * It lies in `<root>/.skein`: a lock, the receipts, and the trash. Whoever opens it holds the lock;
 * what a crash left under way is taken back first, so that a root is always in a state that one
 * receipt describes. A file is moved only while it is still what the plan saw.
 */

import { join } from "@std/path";
import {
  createFile,
  findFacts,
  makeFolders,
  placeFile,
  PRIVATE_FILE,
  refuseTaken,
  removeIfThere,
  takeLock,
  unfinishedPath,
} from "./durable.ts";
import { CannotError, RefusedError } from "./errors.ts";
import { explainFailure, hintAtFailure, isFileError } from "./file_errors.ts";
import { AgentLocks, explainLock } from "./agent_locks.ts";
import { hashFile, writeHashed } from "./hashing.ts";
import type { FileFacts, FileSystem, Host, Lock } from "./host.ts";
import { moveUnit, type PlannedMove, readyMoves, type Refusal } from "./moving.ts";
import { beginWork } from "./progress.ts";
import {
  type Creation,
  groupUnits,
  isInTrash,
  type Move,
  nextReceiptId,
  type Receipt,
} from "./receipt.ts";
import { ReceiptFolder } from "./receipt_folder.ts";
import { purgeReceipt, recoverReceipts, SPOOL } from "./recovery.ts";

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

/** What a new file's receipt and contents are. */
export interface CreateOptions extends CommitOptions {
  readonly write: (out: (bytes: Uint8Array) => void) => void;
}

/** The journal of one root, open and locked. */
export class Journal {
  readonly root: string;
  /** The receipts of commands that a crash had torn: taken back, or found to be done. */
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
      this.recovered = recoverReceipts(this.#files, this.root, this.#receipts);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** All receipts, the latest first. */
  receipts(): readonly Receipt[] {
    return this.#receipts.list();
  }

  /**
   * Moves files, those of one session all or none; a session of which one changed since the plan
   * stays, and its own file is among the refused.
   */
  async move(planned: readonly PlannedMove[], options: CommitOptions): Promise<Committed> {
    const locks = new AgentLocks(this.#files);
    try {
      const bytes = planned.reduce((sum, { facts }) => sum + facts.sizeBytes, 0);
      using _ = beginWork(this.#host, { what: "Checking what is to be moved", bytes });
      const { moves, refused } = readyMoves(this.#files, this.root, { planned, locks });
      const intent = this.#newReceipt({ ...options, moves, creations: [] });
      if (moves.length === 0) return { receipt: { ...intent, state: "rolled_back" }, refused };
      return await this.#host.holdSignals(() =>
        this.#orTakeBack(intent, () => {
          this.#receipts.write(intent);
          using moving = beginWork(this.#host, { what: "Moving", files: moves.length });
          const made = groupUnits(moves).filter((unit) => {
            const refusal = moveUnit(this.#files, this.root, unit);
            if (refusal !== undefined) refused.push(refusal);
            moving.countFiles(unit.length);
            return refusal === undefined;
          }).flat();
          const state = made.length === 0 ? "rolled_back" : "done";
          const receipt: Receipt = { ...intent, moves: made, state };
          this.#receipts.write(receipt);
          return { receipt, refused };
        }, (receipt) => ({ receipt, refused }))
      );
    } finally {
      locks.release();
    }
  }

  /**
   * Makes a file, its path from the root on, and files the receipt.
   * @throws what `write` throws, and CannotError when the path is taken; nothing is left behind then
   */
  async create(
    creation: Pick<Creation, "path" | "session" | "origin">,
    options: CreateOptions,
  ): Promise<Receipt> {
    const path = this.#path(creation.path);
    const locks = new AgentLocks(this.#files);
    const held = locks.take(path);
    if (held !== undefined) {
      throw new RefusedError(`Cannot write "${path}": its agent holds "${held}"`, {
        hint: "try again when the agent is idle, or has ended",
      });
    }
    try {
      return await this.#create(path, creation, options);
    } finally {
      locks.release();
    }
  }

  async #create(
    path: string,
    creation: Pick<Creation, "path" | "session" | "origin">,
    options: CreateOptions,
  ): Promise<Receipt> {
    const creations = [{ ...creation, bytes: 0, sha256: "" }];
    const intent = this.#newReceipt({ ...options, moves: [], creations });
    const ready = this.#orTakeBack(intent, () => {
      refuseTaken(this.#files, path);
      this.#receipts.write(intent);
      const { root } = this;
      const { write } = options;
      const written = writeHashed(this.#files, {
        root,
        path,
        mode: PRIVATE_FILE,
        tag: intent.id,
        write,
      });
      // From here on the receipt knows the file by its contents, and takes no other for it.
      const known: Receipt = { ...intent, creations: [{ ...creation, ...written }] };
      this.#receipts.write(known);
      return known;
    }, (receipt) => receipt);
    return await this.#host.holdSignals(() =>
      this.#orTakeBack(ready, () => {
        placeFile(this.#files, unfinishedPath(path, ready.id), path);
        const done: Receipt = { ...ready, state: "done" };
        this.#receipts.write(done);
        return done;
      }, (receipt) => receipt)
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
    purgeReceipt(this.#files, this.root, { receipt, receipts: this.#receipts });
  }

  /** What a file is, its path from the root on; undefined when it is not there. */
  facts(path: string): FileFacts | undefined {
    return findFacts(this.#files, this.#path(path));
  }

  /** What is in the trash now: by the receipts that brought each file there last. */
  trash(): readonly { readonly receipt: Receipt; readonly moves: readonly Move[] }[] {
    const seen = new Set<string>();
    return this.receipts().filter(({ state }) => state === "done").map((receipt) => ({
      receipt,
      moves: receipt.moves.filter(({ to }) => {
        const isNew = isInTrash(to) && !seen.has(to);
        seen.add(to);
        return isNew && this.facts(to) !== undefined;
      }),
    })).filter(({ moves }) => moves.length > 0);
  }

  /** Why a file cannot be taken from its agent: a lock that another process holds, or no leave. */
  findLock(path: string): string | undefined {
    return explainLock(this.#files, this.#path(path));
  }

  /** SHA-256 of a file's contents, in hex. */
  hash(path: string): string {
    using _ = beginWork(this.#host, { what: "Checking what was moved" });
    return hashFile(this.#files, this.#path(path));
  }

  /** Gives the lock back. */
  close(): void {
    this.#lock.release();
  }

  #takeLock(): Lock | undefined {
    try {
      for (const name of ["receipts", "trash"]) {
        makeFolders(this.#files, this.#path(join(".skein", name)), this.root);
      }
      return takeLock(this.#files, this.#path(".skein/lock"), this.root);
    } catch (error) {
      if (!isFileError(error)) throw error;
      throw this.#cannotChange(error);
    }
  }

  #cannotChange(error: unknown, end = ""): CannotError {
    return new CannotError(`Cannot change "${this.root}": ${explainFailure(error)}${end}`, {
      hint: hintAtFailure(error, this.root),
      cause: error,
    });
  }

  /**
   * Makes the changes of an intent; when one fails, takes the others back before it says so. When
   * they turn out to be made all the same, gives what `made` makes of their receipt.
   */
  #orTakeBack<T>({ id }: Receipt, change: () => T, made: (receipt: Receipt) => T): T {
    try {
      return change();
    } catch (error) {
      try {
        recoverReceipts(this.#files, this.root, this.#receipts);
      } catch (second) {
        if (!isFileError(second)) throw second;
        const reason = explainFailure(isFileError(error) ? error : second);
        throw new CannotError(`Cannot change "${this.root}": ${reason}`, {
          hint: "the next command that writes there takes back what was begun",
          cause: error,
        });
      }
      const receipt = this.receipts().find((candidate) => candidate.id === id);
      if (receipt?.state === "done") return made(receipt);
      throw isFileError(error) ? this.#cannotChange(error, "; nothing was changed") : error;
    }
  }

  #newReceipt(
    { command, undoes, id, moves, creations }: CommitOptions & Pick<Receipt, "moves" | "creations">,
  ): Receipt {
    const timeMs = this.#host.nowMs();
    const ownId = id ?? nextReceiptId(timeMs, this.receipts()[0]?.id);
    return { id: ownId, command, timeMs, state: "intent", undoes, moves, creations };
  }

  #path(path: string): string {
    return join(this.root, path);
  }
}

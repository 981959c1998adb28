/**
 * The program's second thread: it does nothing but help the first one with work that both share. It
 * is started from the same module, so whatever starts the program asks `serveHelper` first.
 */

import { denoFiles } from "./deno_host.ts";
import { readSessionFile, toPlainReading } from "./session_file.ts";
import { helpWithWork, type SharedWork } from "./shared_work.ts";
import type { Candidate } from "./walk.ts";

/** Files that are to be read. */
export interface ReadJob extends SharedWork<Candidate> {
  readonly kind: "read";
  /** Whether the states are wanted from which sessions can be gone on with. */
  readonly keepsState: boolean;
}

/** Waits for a job when this thread is a helper, and tells whether it is. */
export function serveHelper(): boolean {
  if (!("DedicatedWorkerGlobalScope" in globalThis)) return false;
  addEventListener("message", (event) => help((event as MessageEvent<ReadJob>).data));
  return true;
}

/** Does as much of a job as the other thread leaves. */
export function help({ keepsState, ...work }: ReadJob): void {
  helpWithWork(
    work,
    (candidate) => toPlainReading(readSessionFile(denoFiles, candidate), keepsState),
  );
}

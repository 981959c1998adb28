/**
 * Where the second thread starts (`second_thread.ts`): in the module that starts the program too, which
 * therefore asks first which of both it is to be.
 */

/** Waits for a job when this is the second thread, and tells whether it is. */
export function becomeSecondThread(): boolean {
  if (!("DedicatedWorkerGlobalScope" in globalThis)) return false;
  // It listens before anything is loaded: a message that comes before that is lost.
  addEventListener("message", async (event) => {
    const { helpWithFiles } = await import("./second_thread.ts");
    helpWithFiles((event as MessageEvent).data);
  });
  return true;
}

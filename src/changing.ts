/** What every command that changes files does alike: the journal it opens, the question it asks. */

import { dirname } from "@std/path";
import type { CommandContext } from "./command.ts";
import { UsageError } from "./errors.ts";
import type { Host } from "./host.ts";
import { Journal } from "./journal.ts";

/** The folder whose journal a root's changes go into: the root, or where it lies if it is a file. */
export function journalRoot(host: Host, root: string): string {
  return host.files.lstat(root).type === "folder" ? root : dirname(root);
}

/** Opens the journal of a root, and says what it had to take back. */
export function openJournal({ host, talk }: CommandContext, root: string): Journal {
  const journal = new Journal(host, root);
  for (const { id, command, state } of journal.recovered) {
    const what = state === "done" ? "finished" : "took back";
    talk.warning(`${command} ${id} was cut short; ${what} its changes in ${root}`);
  }
  return journal;
}

/** Opens the journals of all roots that have one; the caller closes them. */
export function openJournals(context: CommandContext): readonly Journal[] {
  const { host, store } = context;
  const journals: Journal[] = [];
  try {
    for (const root of new Set(store.roots.map((root) => journalRoot(host, root)))) {
      const hasOne = host.files.readFolder(root).some(({ name }) => name === ".skein");
      if (hasOne) journals.push(openJournal(context, root));
    }
    return journals;
  } catch (error) {
    for (const journal of journals) journal.close();
    throw error;
  }
}

/**
 * Asks whether to go on; no is what silence means.
 * @throws UsageError where nobody can be asked and --yes was not given
 */
export function confirm({ host, flags }: CommandContext, question: string): boolean {
  if (flags.has("yes")) return true;
  if (!host.stdin.isTerminal || !host.stderr.isTerminal) {
    throw new UsageError("Cannot ask here whether to go on", {
      hint: "--yes goes on, --dry-run shows",
    });
  }
  host.stdout.flush();
  host.stderr.write(`${question} [y/N] `);
  host.stderr.flush();
  return /^y(es)?$/i.test(host.readLine()?.trim() ?? "");
}

/**
 * The names of what lies under the roots, as a command takes them: sessions by their ids, the latest
 * first, and receipts.
 *
 * Nothing is offered that the command would refuse. An id that it would take for something else, or
 * for a flag, is left out; and where filters stand on the line no id goes with them, only the sessions
 * counted back from the latest.
 */

import { knownJournalRoots } from "./changing.ts";
import type { BegunLine } from "./complete_line.ts";
import { UsageError } from "./errors.ts";
import { FILTER_FLAGS, filterSessions } from "./filters.ts";
import type { Host } from "./host.ts";
import { byLatest } from "./receipt.ts";
import { ReceiptFolder } from "./receipt_folder.ts";
import { parseReference } from "./reference.ts";
import { describeChanges } from "./render_changes.ts";
import { formatTitle } from "./render_session.ts";
import { sortByLastActivity } from "./session_order.ts";
import type { Candidate } from "./shell.ts";
import type { Store } from "./store.ts";
import { toOneLine, truncate } from "./text.ts";
import type { Session } from "./transcript.ts";

/** How many sessions are offered where nothing says which: more are not read, but scrolled past. */
const MOST_SESSIONS = 50;

/** Cells of a description that a terminal has room for beside an id. */
const ABOUT_WIDTH = 60;

/** Gives what names a session at the end of a line: `latest`, and ids that begin as the word does. */
export function findSessionNames(
  { command, flags, args, word }: BegunLine,
  store: Store,
  host: Host,
): readonly Candidate[] {
  const { sessions } = store.list();
  const filters = FILTER_FLAGS.filter((flag) => command.flags.includes(flag));
  // A flag of a filter's name may be none for this command, such as --cwd of branch.
  const typed = flags.filter((name) => filters.some((flag) => flag.name === name));
  const sorted = filters.length > 0
    ? filterSessions(sessions, { flags: typed, host })
    : sortByLastActivity(sessions);
  const isFiltered = filters.some(({ name }) => typed.has(name));
  const counted = sorted.slice(0, isFiltered ? MOST_SESSIONS : 1).map((session, back) => ({
    value: back === 0 ? "latest" : `latest~${back}`,
    about: describe(session),
  }));
  if (isFiltered) return counted;
  const counts = countNames(sessions);
  const named = sorted.flatMap((session) => {
    const names = namesOf(session);
    const isGiven = args.some((arg) => names.some((name) => name.startsWith(arg)));
    const value = names.find((name) =>
      begins(name, word) && isReference(name) && counts.get(name) === 1
    );
    return value === undefined || isGiven ? [] : [{ value, session }];
  });
  return [
    ...counted,
    ...named.slice(0, word === "" ? MOST_SESSIONS : Infinity)
      .map(({ value, session }) => ({ value, about: describe(session) })),
  ];
}

/** Gives the receipts of what can be taken back, the latest first. */
export function findReceiptNames(store: Store, host: Host): readonly Candidate[] {
  const receipts = knownJournalRoots({ host, store })
    .map((root) => new ReceiptFolder(host.files, root))
    .flatMap((folder) => (folder.ids().length === 0 ? [] : folder.list()))
    .filter(({ state }) => state === "done")
    .sort(byLatest);
  const undone = new Set<string>();
  return receipts.flatMap((receipt) => {
    const { id, command, undoes } = receipt;
    if (undone.has(id)) return [];
    // What is undone itself has undone nothing.
    if (undoes !== undefined) undone.add(undoes);
    const about = truncate(`${command}: ${describeChanges(receipt)}`, ABOUT_WIDTH);
    return [{ value: id, about }];
  });
}

/** Tells whether a name looks on a terminal as it is, on one line. */
export function isTypable(name: string): boolean {
  return name === toOneLine(name);
}

/** Tells whether a name begins as a word does, whatever the case of its letters. */
export function begins(name: string, word: string): boolean {
  return name.toLowerCase().startsWith(word.toLowerCase());
}

/** How a session can be named, the shorter way first. */
function namesOf({ handle, id }: Session): readonly string[] {
  return handle === id ? [id] : [handle, id];
}

/** How many sessions each name would name. */
function countNames(sessions: readonly Session[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of sessions.flatMap(namesOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function describe(session: Session): string {
  return truncate(formatTitle(session), ABOUT_WIDTH);
}

/** Tells whether a command would take a name that was typed as it is for an id. */
function isReference(name: string): boolean {
  try {
    return isTypable(name) && !name.startsWith("-") && parseReference(name).type === "id";
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/**
 * Picking a session where none was typed: when that may be, what is offered, and what follows.
 *
 * A picker opens where a person can see it and type, and nowhere else: in a pipe a SESSION has to be
 * typed. Once one is picked the command goes on as if it had been, and the line that would have done
 * so is said.
 */

import type { Command, CommandContext } from "./command.ts";
import { CannotError, InterruptedError } from "./errors.ts";
import { filterSessions } from "./filters.ts";
import type { Flags } from "./flags.ts";
import type { Output } from "./host.ts";
import type { Listing } from "./listing.ts";
import { foldText } from "./picker.ts";
import { findShortLength, formatReference } from "./reference.ts";
import type { OfferedSession } from "./render_picker.ts";
import { formatProject, formatTitle, measureSessions } from "./render_session.ts";
import { runPicker } from "./run_picker.ts";
import type { Store } from "./store.ts";
import { findStyle, findWidth, isDumb } from "./terminal.ts";
import { formatCount } from "./text.ts";
import type { Session } from "./transcript.ts";

/** What has to be known to tell whether a picker may open. */
type Surroundings = Pick<CommandContext, "host">;

/** Tells whether a SESSION that was not typed may be picked. */
export function canPick(command: Command, surroundings: Surroundings): boolean {
  return findOutput(command, surroundings) !== undefined;
}

/**
 * Gives what a command runs with: the same where a SESSION was typed, else with the one that a person
 * picks.
 * @throws CannotError when there is none to pick, InterruptedError when the person leaves
 */
export async function withSession(context: CommandContext): Promise<CommandContext> {
  const { command, args, flags, host, store, talk } = context;
  const output = findOutput(command, context);
  if (args.length > 0 || output === undefined) return context;
  const filters = new Set(command.picks?.filters.map(({ name }) => name));
  const listing = store.list();
  const sessions = filterSessions(listing.sessions, {
    host,
    flags: flags.filter((name) => filters.has(name)),
  });
  if (sessions.length === 0) throw noneToPick(command, listing, store);
  const unread = listing.skipped.filter(({ isFailure }) => isFailure).length;
  if (unread > 0) talk.warning(`Cannot read ${formatCount(unread, "file")}; skein list names them`);

  const idLength = findShortLength(listing.sessions.map(({ handle }) => handle));
  const nowMs = host.nowMs();
  const picked = await runPicker(sessions.map(offer), {
    host,
    store,
    output,
    look: {
      style: findStyle(flags.text("color"), output, host),
      nowMs,
      idLength,
      measures: measureSessions(sessions, { nowMs, idLength }),
      hint: `type to filter, Enter to ${command.name}, Esc to leave`,
    },
  });
  if (picked === undefined) throw new InterruptedError();

  const rest = flags.filter((name) => !filters.has(name));
  talk.note(formatLine(command, formatReference(listing.sessions, picked, idLength), rest));
  // The path is what was seen, even where another session has come since whose id begins the same.
  return { ...context, args: [picked.path], flags: rest, width: findWidth(host) };
}

/** The terminal that a picker is drawn on; undefined where none may open. */
function findOutput({ picks }: Command, { host }: Surroundings): Output | undefined {
  if (picks === undefined || !host.stdin.isTerminal || isDumb(host)) return undefined;
  return host.stdout.isTerminal ? host.stdout : undefined;
}

/** A session with what it is found by: what its row says of it, and its id. */
function offer(session: Session): OfferedSession {
  const { agent, handle, id } = session;
  const text = [formatTitle(session), formatProject(session), agent].join("\n");
  const ids = [id, handle, handle.slice(handle.indexOf(":") + 1)];
  return { session, text: foldText(text), ids: ids.map(foldText) };
}

function noneToPick({ name }: Command, { sessions }: Listing, { roots }: Store): CannotError {
  const reason = sessions.length > 0
    ? `none of ${formatCount(sessions.length, "session")} matches`
    : roots.length > 0
    ? `there is none in ${roots.join(", ")}`
    : "none of the agents' folders is here";
  return new CannotError(`Cannot ${name} a session: ${reason}`, {
    hint: sessions.length > 0 ? "skein list shows what there is" : "--root DIR looks elsewhere",
  });
}

/** The command line that does the same without a picker. */
function formatLine({ name }: Command, reference: string, flags: Flags): string {
  return ["skein", name, reference, ...flags.toWords()].map(quoteWord).join(" ");
}

/** A word as a shell takes it for one. */
function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

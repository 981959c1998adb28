/** What every command that changes files does alike: the journal it opens, the question it asks. */

import { dirname, relative } from "@std/path";
import type { CommandContext, Talk } from "./command.ts";
import { RefusedError, UsageError } from "./errors.ts";
import type { Format, Piece } from "./format.ts";
import type { Host } from "./host.ts";
import { Journal } from "./journal.ts";
import { formatLoss, type Losses } from "./losses.ts";
import type { SessionReader } from "./reader.ts";
import { beginWork } from "./progress.ts";
import { byLatest, nextReceiptId, toReceiptJson } from "./receipt.ts";
import { ReceiptFolder } from "./receipt_folder.ts";
import { formatJsonLine } from "./json_line.ts";
import { toLossesJson } from "./render_json.ts";
import { groupDigits, toOneLine } from "./text.ts";

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

/** The roots of the store that have a journal. */
export function knownJournalRoots(
  { host, store }: Pick<CommandContext, "host" | "store">,
): readonly string[] {
  return [...new Set(store.roots.map((root) => journalRoot(host, root)))]
    .filter((root) => host.files.readFolder(root).some(({ name }) => name === ".skein"));
}

/** Opens the journals of some roots for as long as a step takes. */
export async function withJournals<T>(
  context: CommandContext,
  roots: readonly string[],
  step: (journals: readonly Journal[]) => T | Promise<T>,
): Promise<T> {
  const journals: Journal[] = [];
  try {
    for (const root of roots) journals.push(openJournal(context, root));
    return await step(journals);
  } finally {
    for (const journal of journals) journal.close();
  }
}

/**
 * An id for the receipts of one command: later than all that its journals have, and than all of the
 * other roots', so that no two commands share one.
 */
export function newReceiptId(context: CommandContext, journals: readonly Journal[]): string {
  const { host } = context;
  const own = journals.map(({ root }) => root);
  const others = knownJournalRoots(context).filter((root) => !own.includes(root));
  const ids = [
    ...journals.flatMap((journal) => journal.receipts().map(({ id }) => ({ id }))),
    ...others.flatMap((root) => new ReceiptFolder(host.files, root).ids().map((id) => ({ id }))),
  ];
  return nextReceiptId(host.nowMs(), ids.sort(byLatest)[0]?.id);
}

/** A session to make: what it is called, where it goes, and what it is made from. */
export interface NewSession {
  readonly command: string;
  /** The receipt to file it under, as `newReceiptId` gave it. */
  readonly receiptId: string;
  readonly id: string;
  readonly path: string;
  /** The session that it is imported from, or "". */
  readonly origin: string;
  /** The session that the pieces are of. */
  readonly reader: SessionReader;
  readonly pieces: Iterable<Piece>;
  /** The one of the agent that is to read it. */
  readonly format: Format;
  /** What the pieces do not say. */
  readonly losses: Losses;
}

/** Makes a session's file, and prints its id and path, or its receipt. */
export async function createSession(
  { flags, host, talk }: CommandContext,
  journal: Journal,
  { command, receiptId, id, path, origin, reader, pieces, format, losses }: NewSession,
): Promise<void> {
  const { root } = journal;
  const fitting = flags.has("force") ? pieces : refuseLongRows(pieces, format);
  const receipt = await journal.create({ path: relative(root, path), session: id, origin }, {
    command,
    id: receiptId,
    write: (out) => {
      using _ = beginWork(host, { what: "Writing", bytes: reader.session.bytes });
      reader.writePieces(fitting, out);
    },
  });
  host.stdout.write(
    flags.has("json")
      ? formatJsonLine({ ...toReceiptJson(receipt), root, losses: toLossesJson(losses) })
      : `${id}  ${toOneLine(path)}\n`,
  );
  warnOfLosses(losses, talk);
}

/** Gives the pieces, as long as their agent reads rows of their length. */
export function* refuseLongRows(
  pieces: Iterable<Piece>,
  { agent, rowLimitBytes = Infinity }: Format,
): Generator<Piece> {
  for (const piece of pieces) {
    const length = piece.type === "row" ? piece.bytes.length : piece.length;
    if (length + 1 > rowLimitBytes) {
      throw new RefusedError(
        `Cannot write the session for ${agent}: it reads rows of at most ${
          groupDigits(rowLimitBytes - 1)
        } bytes, and one would have ${groupDigits(length)}`,
        { hint: "--force writes it all the same; the agent may lose what follows" },
      );
    }
    yield piece;
  }
}

/** Says what of a session is not in a new one, a line for each kind. */
export function warnOfLosses(losses: Losses, talk: Talk): void {
  for (const loss of losses.list()) talk.warning(`not carried over: ${formatLoss(loss)}`);
}

/** The command that takes back what was just changed in some roots. */
export function describeUndo({ store }: CommandContext, roots: readonly string[]): string {
  const isFound = !store.isNamed && roots.every((root) => store.roots.includes(root));
  return isFound
    ? "skein undo"
    : ["skein undo", ...new Set(roots.map((root) => `--root "${root}"`))].join(" ");
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

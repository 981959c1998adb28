/** `skein undo`: takes back what a command changed; a second one takes the first back. */

import { join } from "@std/path";
import { knownJournalRoots, newReceiptId, withJournals } from "./changing.ts";
import type { CommandBody, CommandContext, Outcome } from "./command.ts";
import { CannotError, RefusedError } from "./errors.ts";
import type { Journal } from "./journal.ts";
import type { PlannedMove } from "./moving.ts";
import { byLatest, isInTrash, type Receipt, toReceiptJson } from "./receipt.ts";
import { renderReceipts } from "./render_changes.ts";
import { formatJsonLine } from "./json_line.ts";
import { formatCount } from "./text.ts";

const LIST_HINT = "skein undo --list shows what can be undone";

/** The command. */
export const undo: CommandBody = {
  operands: "[RECEIPT]",
  arity: [0, 1],
  writes: true,
  cache: "none",
  flags: [
    { name: "list", about: "show the receipts, the latest first, and change nothing" },
    { name: "json", about: "print one JSON object a line (skein.receipt/1)" },
  ],
  examples: [
    ["", "what was done last; once more, and it is done again"],
    ["--list", "what can be undone"],
    ["20261120-120000", "what this receipt stands for"],
  ],
  run,
};

/** A receipt and the journal that it lies in. */
interface Filed {
  readonly journal: Journal;
  readonly receipt: Receipt;
}

async function run(context: CommandContext): Promise<Outcome> {
  await withJournals(context, knownJournalRoots(context), async (journals) => {
    const filed = journals
      .flatMap((journal) => journal.receipts().map((receipt): Filed => ({ journal, receipt })))
      .sort((a, b) => byLatest(a.receipt, b.receipt));
    if (context.flags.has("list")) return listReceipts(filed, context);
    const [wanted] = context.args;
    const id = wanted ?? filed.find(({ receipt }) => receipt.state !== "rolled_back")?.receipt.id;
    const chosen = filed.filter(({ receipt }) => receipt.id === id);
    if (chosen.length === 0) throw nothingToUndo(wanted);
    await undoAll(chosen, newReceiptId(context, journals), context);
  });
  return "done";
}

function listReceipts(
  filed: readonly Filed[],
  { flags, host, style, width, talk }: CommandContext,
): void {
  const receipts = filed.map(({ receipt }) => receipt);
  const lines = flags.has("json")
    ? filed.map(({ receipt, journal: { root } }) =>
      formatJsonLine({ ...toReceiptJson(receipt), root })
    )
    : renderReceipts(receipts, { style, width, nowMs: host.nowMs() }).map((line) => `${line}\n`);
  for (const line of lines) host.stdout.write(line);
  if (receipts.length === 0) talk.note("No receipts: skein has changed nothing here");
}

/** Takes the receipts of one command back; nothing is moved until all of them can be. */
async function undoAll(
  chosen: readonly Filed[],
  id: string,
  context: CommandContext,
): Promise<void> {
  const { flags, host, talk } = context;
  const plans = chosen.map((item) => ({ ...item, moves: planUndo(item, context) }));
  for (const { journal, receipt, moves } of plans) {
    const options = { command: "undo", undoes: receipt.id, id };
    const { refused: [refusal], receipt: made } = await journal.move(moves, options);
    if (refusal !== undefined) {
      throw new RefusedError(`Cannot undo "${receipt.id}": ${refusal.path}: ${refusal.reason}`, {
        hint: LIST_HINT,
      });
    }
    if (flags.has("json")) {
      host.stdout.write(formatJsonLine({ ...toReceiptJson(made), root: journal.root }));
    }
    const where = isInTrash(moves[0]?.to ?? "") ? "moved to the trash" : "moved back";
    const count = moves.filter(({ isPart }) => !isPart).length;
    const what = `${formatCount(count, "session")} ${where}`;
    talk.note(`Undid ${receipt.command} ${receipt.id}: ${what}`);
  }
}

/** The moves that take a receipt back; each is looked at before the first is made. */
function planUndo(
  { journal, receipt }: Filed,
  { talk }: CommandContext,
): readonly PlannedMove[] {
  if (receipt.state !== "done") {
    const why = receipt.state === "purged" ? "the trash was emptied" : "it was taken back already";
    throw new CannotError(`Cannot undo "${receipt.id}": ${why}`, { hint: LIST_HINT });
  }
  const back = [
    ...receipt.moves.map((move) => ({ ...move, from: move.to, to: move.from })),
    ...receipt.creations.map(({ path, ...made }) => {
      const to = join(".skein", "trash", receipt.id, path.split(/[\\/]/).at(-1) ?? "");
      return { ...made, from: path, to, isPart: false, reason: "undone" };
    }),
  ];
  return back.map(({ from, to, bytes, sha256, session, isPart, reason }) => {
    const refuse = (why: string) =>
      new RefusedError(`Cannot undo "${receipt.id}": ${why}`, { hint: LIST_HINT });
    const facts = journal.facts(from);
    if (facts === undefined) throw refuse(`"${from}" is no longer there`);
    if (journal.facts(to) !== undefined) throw refuse(`"${to}" exists; both files are kept`);
    const hasChanged = facts.sizeBytes !== bytes || journal.hash(from) !== sha256;
    if (hasChanged && isInTrash(to)) {
      throw refuse(`"${from}" has changed since; it stays where it is`);
    }
    if (hasChanged) talk.warning(`"${to}" has grown since it was pruned, and comes back as it is`);
    return { from, to, facts, session, isPart, reason };
  });
}

function nothingToUndo(wanted: string | undefined): CannotError {
  return wanted === undefined
    ? new CannotError("Cannot undo: skein has changed nothing here", {
      hint: "skein undo --root DIR looks in another folder",
    })
    : new CannotError(`Cannot undo "${wanted}": there is no such receipt`, { hint: LIST_HINT });
}

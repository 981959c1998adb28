/**
 * Several sessions that are written into one folder as documents: how their files are called, and which
 * of them branched from which, so that each can lead to the others.
 */

import type { CommandContext } from "./command.ts";
import type { DocumentForm, IndexEntry, Relative, Relatives } from "./document_form.ts";
import { nameExport } from "./export_name.ts";
import { fillForkPoints } from "./fork_points.ts";
import { makeRedactor } from "./redaction.ts";
import type { Session } from "./transcript.ts";
import { listTrees } from "./trees.ts";

/** The documents of a folder. */
export interface DocumentSet {
  /** All of them, the sessions without what should not be shared. */
  readonly entries: readonly IndexEntry[];
  /** The relatives of a session, by the path of its own file. */
  readonly relatives: ReadonlyMap<string, Relatives>;
}

/** Plans the documents of sessions. */
export function planSet(
  context: CommandContext,
  given: readonly Session[],
  { extension, isForSharing }: DocumentForm,
): DocumentSet {
  const sessions = fillForkPoints(context.host, context.store, given);
  const entries = sessions.map((session): IndexEntry => {
    const redactor = makeRedactor(context, session, isForSharing);
    const shared = redactor?.redactSession(session, ["title", "cwd"]) ?? session;
    return { session: shared, file: nameExport(shared, extension) };
  });
  const files = new Map(entries.map(({ session, file }) => [session.path, file]));
  const toRelative = (session: Session, forkPoint: number | undefined): Relative => ({
    session,
    file: files.get(session.path) ?? "",
    forkPoint,
  });
  const relatives = new Map(
    listTrees(sessions).flat().map(({ node, above }) => [node.item.path, {
      parent: above && toRelative(above.node.item, node.forkPoint),
      branches: node.children.map(({ item, forkPoint }) => toRelative(item, forkPoint)),
    }]),
  );
  return { entries, relatives };
}

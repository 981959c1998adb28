/**
 * Several sessions that are written into one folder as documents: how their files are called, and which
 * of them branched from which, so that each can lead to the others.
 */

import type { CommandContext } from "./command.ts";
import type { DocumentForm, IndexEntry, Relative, Relatives } from "./document_form.ts";
import { nameExport } from "./export_name.ts";
import type { ForestNode } from "./forest.ts";
import { fillForkPoints } from "./fork_points.ts";
import { redactSession } from "./redact_messages.ts";
import { makeRedactor } from "./redaction.ts";
import type { Session } from "./transcript.ts";
import { listTrees } from "./trees.ts";

/** The documents of a folder. */
export interface DocumentSet {
  /** All of them, the sessions without what should not be shared. */
  readonly entries: readonly IndexEntry[];
  /** How the file of a session is called, and its relatives, by the path of the session's own file. */
  readonly documents: ReadonlyMap<string, PlannedDocument>;
}

/** A document of a folder. */
export interface PlannedDocument {
  readonly file: string;
  readonly relatives: Relatives;
}

/** Plans the documents of sessions, to which a page leads where the form has one. */
export function planSet(
  context: CommandContext,
  given: readonly Session[],
  { form: { extension, isForSharing }, index }: {
    readonly form: DocumentForm;
    readonly index: string;
  },
): DocumentSet {
  const sessions = fillForkPoints(context.host, context.store, given);
  const taken = new Set([index]);
  const byPath = new Map(sessions.map((session): [string, IndexEntry] => {
    const redactor = makeRedactor(context, session, isForSharing);
    const shared = redactSession(session, redactor, ["title", "handle", "cwd"]);
    const file = findFree(nameExport(shared, ""), extension, taken);
    taken.add(file);
    return [session.path, { session: shared, file }];
  }));
  const toRelatives = (items: readonly ForestNode<Session>[]): readonly Relative[] =>
    items.flatMap(({ item, forkPoint }) => {
      const entry = byPath.get(item.path);
      return entry === undefined ? [] : [{ ...entry, forkPoint }];
    });
  const documents = new Map(
    [...listTrees(sessions)].flat().map(({ node, above }): [string, PlannedDocument] => {
      const [parent] = above === undefined ? [] : toRelatives([above.node]);
      const siblings = above?.node.children.filter((child) => child !== node) ?? [];
      return [node.item.path, {
        file: byPath.get(node.item.path)?.file ?? "",
        relatives: {
          parent: parent && { ...parent, forkPoint: node.forkPoint },
          branches: toRelatives(node.children),
          siblings: toRelatives(siblings),
          index,
        },
      }];
    }),
  );
  return { entries: [...byPath.values()], documents };
}

/** A name that no other document of the folder has. */
function findFree(name: string, extension: string, taken: ReadonlySet<string>): string {
  for (let number = 1;; number++) {
    const file = `${name}${number === 1 ? "" : `-${number}`}${extension}`;
    if (!taken.has(file)) return file;
  }
}

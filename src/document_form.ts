/** What a form of documents is, and what it is given: a session, its messages, and its relations. */

import type { MessagePlace } from "./messages.ts";
import type { Redactor } from "./redactor.ts";
import type { Message, Session } from "./transcript.ts";
import type { Turn } from "./turns.ts";

/** A message of a document, and where it stands. */
export interface DocumentMessage {
  /** Its number; undefined for one that was superseded. */
  readonly number: number | undefined;
  readonly place: Pick<MessagePlace, "line" | "offset" | "length" | "index">;
  /** Whether a human typed it. */
  readonly isPrompt: boolean;
  readonly message: Message;
}

/** Another session that is written with this one, and the file that holds it, in the same folder. */
export interface Relative {
  readonly session: Session;
  readonly file: string;
  /** After which message one branched from the other; undefined where the agent does not say. */
  readonly forkPoint: number | undefined;
}

/** The sessions that are written with a session, and belong to it. */
export interface Relatives {
  readonly parent: Relative | undefined;
  readonly branches: readonly Relative[];
}

/** A session on its own. */
export const NO_RELATIVES: Relatives = { parent: undefined, branches: [] };

/** What a document is made of; messages are redacted, sessions are not. */
export interface DocumentContents {
  readonly session: Session;
  /** How many messages there are to choose from. */
  readonly total: number;
  /** How many of those that were chosen a human typed. */
  readonly prompts: number;
  /** Those that were chosen, read one by one. */
  readonly messages: () => Iterable<DocumentMessage>;
  /** Those that a compaction took out of the transcript; none where some messages were chosen. */
  readonly superseded: () => Iterable<DocumentMessage>;
  readonly turns: () => readonly Turn[];
  readonly relatives: Relatives;
  /** Takes out what should not be shared; without one nothing is. */
  readonly redactor: Redactor | undefined;
}

/** Gives the text of a document, in pieces. */
export type WriteDocument = (contents: DocumentContents) => Iterable<string>;

/** What stands beside the documents of several sessions, to find them by. */
export interface IndexPage {
  readonly file: string;
  readonly write: (entries: readonly IndexEntry[]) => string;
}

/** A document in an index. */
export interface IndexEntry {
  readonly session: Session;
  readonly file: string;
}

/** A form of documents, once it is loaded. */
export interface DocumentWriter {
  readonly write: WriteDocument;
  /** Made where several sessions go into one folder. */
  readonly index?: IndexPage;
}

/** A form of documents. */
export interface DocumentForm {
  /** As `--format` spells it. */
  readonly name: string;
  /** How the names of its files end. */
  readonly extension: string;
  /** Whether it is made to be shared, and is redacted unless somebody says no. */
  readonly isForSharing: boolean;
  /** Loads what writes it, which may be large. */
  readonly load: () => Promise<DocumentWriter>;
}

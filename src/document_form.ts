/** What a form of documents is, and what it is given: a session, its messages, and its relations. */

import type { MessagePlace } from "./messages.ts";
import type { Redactor } from "./redactor.ts";
import type { Message, Session } from "./transcript.ts";
import type { Turn } from "./turns.ts";

/** A message of a document, and where it stands. */
export interface DocumentMessage {
  readonly number: number;
  readonly place: MessagePlace;
  /** Whether a human typed it. */
  readonly isPrompt: boolean;
  readonly message: Message;
}

/** A message that a compaction took out of the transcript. */
export interface SupersededMessage {
  /** Its row in the file, and which of the row's messages it is. */
  readonly place: Pick<MessagePlace, "line" | "index">;
  readonly message: Message;
}

/** Another session that is written with this one, and the file that holds it, in the same folder. */
export interface Relative {
  /** Without what should not be shared. */
  readonly session: Session;
  readonly file: string;
  /** After which message one branched from the other; undefined where the agent does not say. */
  readonly forkPoint: number | undefined;
}

/** What is written with a session, in the same folder. */
export interface Relatives {
  readonly parent: Relative | undefined;
  readonly branches: readonly Relative[];
  /** Other branches of its parent. */
  readonly siblings: readonly Relative[];
  /** The file that leads to all of them; undefined where there is none. */
  readonly index: string | undefined;
}

/** A session on its own. */
export const NO_RELATIVES: Relatives = {
  parent: undefined,
  branches: [],
  siblings: [],
  index: undefined,
};

/** What a document is made of; messages and relatives are redacted, the session itself is not. */
export interface DocumentContents {
  readonly session: Session;
  /** How many messages were chosen, and of how many. */
  readonly chosen: number;
  readonly total: number;
  /** Whether a human typed any of those that were chosen. */
  readonly hasPrompts: boolean;
  /** Those that were chosen, read one by one. */
  readonly messages: () => Iterable<DocumentMessage>;
  /** Those that a compaction took out of the transcript; none unless all of the rest was chosen. */
  readonly superseded: () => Iterable<SupersededMessage>;
  /** Whether a compaction gave messages other numbers than they had. */
  readonly isCompacted: boolean;
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
export type IndexEntry = Pick<Relative, "session" | "file">;

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

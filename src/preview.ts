/**
 * The last messages of a session that was listed, for a look at it.
 *
 * They are read from the end of the file, and no more of it, so that a large session costs no more
 * than a small one; of each no more is kept than a screen can hold. Whatever goes wrong is said, never thrown: a
 * look at a session must not end the choice among others.
 */

import { SkeinError } from "./errors.ts";
import { explainFailure, isFileError } from "./file_errors.ts";
import type { Host } from "./host.ts";
import { SessionReader } from "./reader.ts";
import type { Store } from "./store.ts";
import { formatBytes } from "./text.ts";
import type { Block, Message, Session } from "./transcript.ts";

/** A message and its number. */
export interface NumberedMessage {
  readonly number: number;
  readonly message: Message;
}

/** What a look is taken with. */
export interface PreviewOptions {
  readonly host: Host;
  readonly store: Store;
  /** How many messages are wanted. */
  readonly count: number;
}

/** No more of a file is read than this, from its end: what takes no longer than a key does. */
const MOST_BYTES = 2 * 1024 * 1024;
/** Of a text no more is looked at than this, from its end: two screens of long lines. */
const TEXT_LENGTH = 16 * 1024;

/** Reads the last messages, as many as lie at the end of the file; gives why not where there are none. */
export function readPreview(
  session: Session,
  { host, store, count }: PreviewOptions,
): readonly NumberedMessage[] | string {
  try {
    const { path, root } = session;
    const facts = host.files.lstat(path);
    const isSame = facts.sizeBytes === session.bytes && facts.mtimeMs === session.mtimeMs;
    const isLarge = facts.sizeBytes > MOST_BYTES;
    if (isLarge && !isSame) return "it has changed since it was listed";
    if (isLarge && session.isOneValue) return `it is one value of ${formatBytes(session.bytes)}`;
    // More than there are would be looked for to the start of the file.
    const most = Math.min(count, session.keptMessages);
    const look = isSame ? { look: { session, mostBytes: MOST_BYTES } } : {};
    const tail = { count: most, role: undefined, ...look };
    const reader = new SessionReader(host, store, { path, root, facts }, tail);
    try {
      const last = readLast(reader, count);
      const isHidden = last.length === 0 && session.keptMessages > 0;
      return isHidden ? `no message lies in its last ${formatBytes(MOST_BYTES)}` : last;
    } finally {
      reader.close();
    }
  } catch (error) {
    if (error instanceof SkeinError) return error.message;
    if (isFileError(error)) return explainFailure(error);
    throw error;
  }
}

function readLast(reader: SessionReader, count: number): readonly NumberedMessage[] {
  const { messages } = reader;
  const last: NumberedMessage[] = [];
  for (let number = messages.length; number >= messages.first && last.length < count; number--) {
    const message = reader.read(messages.place(number), "page");
    if (message !== undefined) last.unshift({ number, message: shorten(message) });
  }
  return last;
}

function shorten(message: Message): Message {
  return { ...message, blocks: message.blocks.map(shortenBlock) };
}

function shortenBlock(block: Block): Block {
  if (block.type !== "text" && block.type !== "reasoning") return block;
  return block.text.length <= TEXT_LENGTH
    ? block
    : { ...block, text: block.text.slice(-TEXT_LENGTH) };
}

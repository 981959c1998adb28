/** A session as the rows that an agent is to read: its own copied, or another's said anew. */

import { readConversation } from "./conversion.ts";
import type { ConvertOptions, Format, Piece } from "./format.ts";
import type { SessionReader } from "./reader.ts";

/** The rows of a session in those of an agent that did not write it. */
export function convertSession(
  reader: SessionReader,
  target: Format,
  options: Omit<ConvertOptions, "source">,
): Iterable<Piece> {
  const { losses } = options;
  const messages = readConversation(reader.scan(), {
    restartLine: reader.messages.restartLine,
    readMessages: (scanned) => reader.readExact(scanned),
    losses,
  });
  return target.convertRows(messages, { ...options, source: reader.session });
}

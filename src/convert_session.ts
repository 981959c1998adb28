/**
 * A session as the rows that an agent is to read, which another wrote.
 *
 * Agents cut a talk into messages each in their way, so that a fork point is another number in the
 * new rows: as many as the shared messages make there.
 */

import type { CommandContext } from "./command.ts";
import { readConversation } from "./conversation.ts";
import { fillForkPoints } from "./fork_points.ts";
import type { ConvertOptions, Format, Piece } from "./format.ts";
import { Losses } from "./losses.ts";
import type { SessionReader } from "./reader.ts";
import { scanRow } from "./scan.ts";
import { changeSession } from "./session_change.ts";
import type { Message } from "./transcript.ts";
import { resolveWriter } from "./writers.ts";

/** What is to be converted, and to what. */
export interface Conversion {
  readonly reader: SessionReader;
  readonly target: Format;
  /** Without a title it keeps the one that somebody gave it. */
  readonly options: Omit<ConvertOptions, "source">;
}

/** The rows of a session in those of an agent that did not write it. */
export function convertSession(
  context: CommandContext,
  conversion: Conversion,
): Iterable<Piece> {
  const { reader, target, options } = conversion;
  const forkPoint = findForkPoint(context, conversion);
  const source = changeSession(reader.session, { forkPoint });
  const title = options.title ?? (source.isTitleGiven ? source.title : undefined);
  return resolveWriter(target.agent).convertRows(readMessages(reader, options.losses), {
    ...options,
    title,
    source,
  });
}

function readMessages(reader: SessionReader, losses: Losses): Generator<Message> {
  return readConversation(reader.scan(), {
    restartLine: reader.messages.restartLine,
    readMessages: (scanned) => reader.readExact(scanned),
    losses,
  });
}

/** How many messages of the new rows are shared with the parent; undefined where nobody knows. */
function findForkPoint(
  { host, store }: CommandContext,
  { reader, target, options }: Conversion,
): number | undefined {
  const { session } = reader;
  if (session.parent === undefined) return undefined;
  const [{ forkPoint } = session] = session.forkPoint === undefined
    ? fillForkPoints(host, store, store.list().sessions, [session])
    : [session];
  if (forkPoint === undefined) return undefined;
  const losses = new Losses();
  const shared = readMessages(reader, losses).take(forkPoint);
  let count = 0;
  const { convertRows } = resolveWriter(target.agent);
  for (const piece of convertRows(shared, { ...options, losses, source: session })) {
    if (piece.type === "row") count += countMessages(piece.bytes, target);
  }
  return count;
}

function countMessages(bytes: Uint8Array, target: Format): number {
  const row = { line: 1, offset: 0, length: bytes.length, bytes, ending: "lf" } as const;
  const { facts } = scanRow({ ...row, isShortened: false, hasBom: false }, target);
  return facts.filter(({ kind }) => kind === "message").length;
}

/**
 * Where branches left their parents, for agents that copy a session and do not say how much of it:
 * as many messages as both begin with.
 */

import { CannotError } from "./errors.ts";
import { isFileError } from "./file_errors.ts";
import type { Host } from "./host.ts";
import { RowShapeError } from "./json_row.ts";
import { concat } from "./json_slices.ts";
import type { MessageList } from "./messages.ts";
import { folderOf } from "./paths.ts";
import { beginWork } from "./progress.ts";
import { SessionReader } from "./reader.ts";
import { changeSession } from "./session_change.ts";
import type { Store } from "./store.ts";
import type { Session } from "./transcript.ts";

/** Gives sessions with the fork points that their agents do not say, as far as they are to be told. */
export function fillForkPoints(
  host: Host,
  store: Store,
  sessions: readonly Session[],
  wanted: readonly Session[] = sessions,
): readonly Session[] {
  let byId: ReadonlyMap<string, readonly Session[]> | undefined;
  using comparing = beginWork(host, { what: "Comparing branches with their parents" });
  return wanted.map((session) => {
    const { parent: id, path, forkPoint } = session;
    if (id === undefined || id === session.id || forkPoint !== undefined) return session;
    // Messages of two agents are never the same, whatever they say.
    byId ??= Map.groupBy(sessions, (other) => other.id);
    const namesakes = byId.get(id)?.filter(({ agent }) => agent === session.agent) ?? [];
    const parent = namesakes.find((other) => folderOf(other.path) === folderOf(path)) ??
      namesakes[0];
    if (parent === undefined) return session;
    comparing.countFiles(1);
    return changeSession(session, { forkPoint: tryCount(host, store, [parent, session]) });
  });
}

/** Undefined when one of the files is gone, or is no longer what it was. */
function tryCount(
  host: Host,
  store: Store,
  sessions: readonly [parent: Session, child: Session],
): number | undefined {
  try {
    return countShared(host, store, sessions);
  } catch (error) {
    const isChange = error instanceof CannotError || error instanceof RowShapeError;
    if (isFileError(error) || isChange) return undefined;
    throw error;
  }
}

function countShared(
  host: Host,
  store: Store,
  sessions: readonly [parent: Session, child: Session],
): number {
  const readers: SessionReader[] = [];
  try {
    for (const { path, root } of sessions) {
      const facts = host.files.lstat(path);
      readers.push(new SessionReader(host, store, { path, root, facts }));
    }
    const most = Math.min(...readers.map(({ messages }) => messages.length));
    for (let number = 1; number <= most; number++) {
      if (!isShared(readers, number)) return number - 1;
    }
    return most;
  } finally {
    for (const reader of readers) reader.close();
  }
}

/** Whether a message is the same in all: its row's bytes, or else what it says. */
function isShared(readers: readonly SessionReader[], number: number): boolean {
  const places = readers.map((reader) => ({ reader, place: reader.messages.place(number) }));
  // A row of many messages may be the whole file.
  if (readers.every(({ messages }) => isAlone(messages, number))) {
    const [one, other] = places.map(({ reader, place: { offset, length } }) =>
      concat(Array.from(reader.readBytes(offset, length), (bytes) => bytes.slice()))
    );
    if (one !== undefined && other !== undefined && compareBytes(one, other)) return true;
  }
  try {
    const [first, second] = places.map(({ reader, place }) =>
      JSON.stringify(reader.read(place, "whole"))
    );
    return first === second;
  } catch (error) {
    // What is nested more deeply than the stack is the same only where its bytes are.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether a message has a row of its own. */
function isAlone(messages: MessageList, number: number): boolean {
  const { offset, index } = messages.place(number);
  return index === 0 &&
    (number === messages.length || messages.place(number + 1).offset !== offset);
}

function compareBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

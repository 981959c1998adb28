/**
 * What the cache keeps of one file: what the file was, and what was read of it.
 *
 * An entry is an array with its values in one order, not an object: there are thousands of them, and
 * all are parsed before a list is printed.
 */

import { resolveFormat } from "./formats.ts";
import type { Stranger } from "./session.ts";
import type { JsonValue, Problem, Session, SessionState, Usage } from "./transcript.ts";

/** What a file was when it was read; any change shows in one of these. */
export interface FileStamp {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly dev: number;
  readonly ino: number;
}

/** Where the state to go on with lies among all states of the cache, and a hash of it. */
export interface StatePlace {
  readonly at: number;
  readonly length: number;
  readonly hash: string;
}

/** A file of which everything is known. */
export interface CacheEntry {
  /** From the root on, as the system writes paths. */
  readonly path: string;
  readonly stamp: FileStamp;
  readonly found: Session | Stranger;
  readonly state: StatePlace | undefined;
}

/** An entry as it is written. */
export type PackedEntry = readonly JsonValue[];

/** Packs an entry. */
export function packEntry({ path, stamp, found, state }: CacheEntry): PackedEntry {
  const { sizeBytes, mtimeMs, dev, ino } = stamp;
  const common = [path, sizeBytes, mtimeMs, dev, ino, packPlace(state)];
  if ("hasRows" in found) return [...common, found.hasRows, found.isTornValue];
  return [
    ...common,
    found.id,
    found.agent,
    found.variant,
    found.cwd ?? null,
    found.title ?? null,
    found.isTitleGiven,
    found.model ?? null,
    found.provider ?? null,
    found.startedMs ?? null,
    found.updatedMs,
    found.messages,
    found.keptMessages,
    found.mostMessages,
    found.isOneValue,
    found.costUsd ?? null,
    found.usage === undefined ? null : { ...found.usage },
    found.parent ?? null,
    found.forkPoint ?? null,
    found.isHidden,
    found.origin ?? null,
    found.state,
    found.problems.map((problem) => ({ ...problem })),
    found.problemCount,
  ];
}

/** How many values an entry has for a file that holds no session. */
const STRANGER_LENGTH = 8;

/** The first values of every entry. */
type Common = [string, number, number, number, number, [number, number, string] | null];

/** The path that an entry is of, and what its file was. */
export function readStamp(packed: PackedEntry): FileStamp & { readonly path: string } {
  const [path, sizeBytes, mtimeMs, dev, ino] = packed as Common;
  return { path, sizeBytes, mtimeMs, dev, ino };
}

/** Where the state of an entry lies; undefined when it has none. */
export function readStatePlace(packed: PackedEntry): StatePlace | undefined {
  const place = (packed as Common)[5];
  return place === null ? undefined : { at: place[0], length: place[1], hash: place[2] };
}

/** An entry whose state lies elsewhere. */
export function placeState(packed: PackedEntry, state: StatePlace | undefined): PackedEntry {
  return packed.with(5, packPlace(state));
}

function packPlace(state: StatePlace | undefined): JsonValue {
  return state === undefined ? null : [state.at, state.length, state.hash];
}

/** The agent of an entry; undefined when its file holds no session. */
export function readAgent(packed: PackedEntry): string | undefined {
  return packed.length === STRANGER_LENGTH ? undefined : packed[7] as string;
}

/** The rest of the values of a session's entry. */
type SessionValues = [
  ...Common,
  id: string,
  agent: string,
  variant: string,
  cwd: string | null,
  title: string | null,
  isTitleGiven: boolean,
  model: string | null,
  provider: string | null,
  startedMs: number | null,
  updatedMs: number,
  messages: number,
  keptMessages: number,
  mostMessages: number,
  isOneValue: boolean,
  costUsd: number | null,
  usage: Usage | null,
  parent: string | null,
  forkPoint: number | null,
  isHidden: boolean,
  origin: string | null,
  state: SessionState,
  problems: readonly Problem[],
  problemCount: number,
];

/** Unpacks what was read of a file that lies at a path below a root. */
export function unpackFound(packed: PackedEntry, path: string, root: string): Session | Stranger {
  if (packed.length === STRANGER_LENGTH) {
    return { hasRows: packed[6] === true, isTornValue: packed[7] === true };
  }
  const values = packed as unknown as SessionValues;
  return {
    id: values[6],
    handle: resolveFormat(values[7]).toHandle(values[6]),
    agent: values[7],
    variant: values[8],
    path,
    root,
    cwd: values[9] ?? undefined,
    title: values[10] ?? undefined,
    isTitleGiven: values[11],
    model: values[12] ?? undefined,
    provider: values[13] ?? undefined,
    startedMs: values[14] ?? undefined,
    updatedMs: values[15],
    mtimeMs: values[2],
    messages: values[16],
    keptMessages: values[17],
    mostMessages: values[18],
    bytes: values[1],
    isOneValue: values[19],
    parts: [],
    unitBytes: values[1],
    costUsd: values[20] ?? undefined,
    usage: values[21] ?? undefined,
    parent: values[22] ?? undefined,
    forkPoint: values[23] ?? undefined,
    isHidden: values[24],
    origin: values[25] ?? undefined,
    state: values[26],
    problems: values[27],
    problemCount: values[28],
  };
}

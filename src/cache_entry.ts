/**
 * What the cache keeps of one file: what the file was, and what was read of it.
 *
 * An entry is an array with its values in one order, not an object: there are thousands of them, and
 * all are parsed before a list is printed.
 */

import { resolveFormat } from "./formats.ts";
import type { Stranger } from "./session.ts";
import type { JsonValue, Problem, Session, SessionState, Usage } from "./transcript.ts";

/** What a file was when it was read, as in `FileFacts`; any change shows in one of these. */
export interface FileStamp {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly birthMs: number;
  readonly dev: number;
  readonly ino: number;
}

/** Where something lies that is kept beside the entries, in bytes. */
export interface Place {
  readonly at: number;
  readonly length: number;
}

/** Where the state to go on with lies among all states of the cache, and a hash of it. */
export interface StatePlace extends Place {
  readonly hash: string;
}

/** A file of which everything is known. */
export interface CacheEntry {
  /** From the root on, as the system writes paths. */
  readonly path: string;
  readonly stamp: FileStamp;
  readonly found: Session | Stranger;
  readonly state: StatePlace | undefined;
  /** Where the session's line lies, as `list --json` prints it; of a file without session nothing. */
  readonly line: Place | undefined;
}

/** An entry as it is written. */
export type PackedEntry = readonly JsonValue[];

/** Packs an entry. */
export function packEntry({ path, stamp, found, state, line }: CacheEntry): PackedEntry {
  const { sizeBytes, mtimeMs, ctimeMs, birthMs, dev, ino } = stamp;
  const common = [
    path,
    sizeBytes,
    mtimeMs,
    ctimeMs,
    birthMs,
    dev,
    ino,
    packState(state),
    packLine(line),
  ];
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
const STRANGER_LENGTH = 11;

/** The first values of every entry. */
type Common = [
  path: string,
  sizeBytes: number,
  mtimeMs: number,
  ctimeMs: number,
  birthMs: number,
  dev: number,
  ino: number,
  state: [at: number, length: number, hash: string] | null,
  line: [at: number, length: number] | null,
];

/** The path that an entry is of. */
export function readPath(packed: PackedEntry): string {
  return (packed as Common)[0];
}

/** How many bytes the file of an entry had. */
export function readSize(packed: PackedEntry): number {
  return (packed as Common)[1];
}

/** Tells whether a file is what it was. */
export function isUnchanged(packed: PackedEntry, facts: FileStamp): boolean {
  const values = packed as Common;
  return values[1] === facts.sizeBytes && values[2] === facts.mtimeMs &&
    values[3] === facts.ctimeMs && isSameOne(packed, facts);
}

/** Tells whether a file is the one that it was, changed or not. */
export function isSameOne(packed: PackedEntry, facts: FileStamp): boolean {
  const values = packed as Common;
  return values[4] === facts.birthMs && values[5] === facts.dev && values[6] === facts.ino;
}

/** Where the state of an entry lies; undefined when it has none. */
export function readStatePlace(packed: PackedEntry): StatePlace | undefined {
  const place = (packed as Common)[7];
  return place === null ? undefined : { at: place[0], length: place[1], hash: place[2] };
}

/** Where the line of an entry lies; undefined when it has none. */
export function readLinePlace(packed: PackedEntry): Place | undefined {
  const place = (packed as Common)[8];
  return place === null ? undefined : { at: place[0], length: place[1] };
}

/** An entry whose state and line lie elsewhere. */
export function moveEntry(
  packed: PackedEntry,
  { state, line }: Pick<CacheEntry, "state" | "line">,
): PackedEntry {
  return packed.with(7, packState(state)).with(8, packLine(line));
}

function packState(state: StatePlace | undefined): JsonValue {
  return state === undefined ? null : [state.at, state.length, state.hash];
}

function packLine(line: Place | undefined): JsonValue {
  return line === undefined ? null : [line.at, line.length];
}

/** The agent of an entry; undefined when its file holds no session. */
export function readAgent(packed: PackedEntry): string | undefined {
  return packed.length === STRANGER_LENGTH ? undefined : packed[10] as string;
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

/** One for all sessions, since there are thousands. */
const NO_PARTS: Session["parts"] = [];

/** Unpacks what was read of a file that lies at a path below a root. */
export function unpackFound(packed: PackedEntry, path: string, root: string): Session | Stranger {
  if (packed.length === STRANGER_LENGTH) {
    return { hasRows: packed[9] === true, isTornValue: packed[10] === true };
  }
  const values = packed as unknown as SessionValues;
  return {
    id: values[9],
    handle: resolveFormat(values[10]).toHandle(values[9]),
    agent: values[10],
    variant: values[11],
    path,
    root,
    cwd: values[12] ?? undefined,
    title: values[13] ?? undefined,
    isTitleGiven: values[14],
    model: values[15] ?? undefined,
    provider: values[16] ?? undefined,
    startedMs: values[17] ?? undefined,
    updatedMs: values[18],
    mtimeMs: values[2],
    messages: values[19],
    keptMessages: values[20],
    mostMessages: values[21],
    bytes: values[1],
    isOneValue: values[22],
    parts: NO_PARTS,
    unitBytes: values[1],
    costUsd: values[23] ?? undefined,
    usage: values[24] ?? undefined,
    parent: values[25] ?? undefined,
    forkPoint: values[26] ?? undefined,
    isHidden: values[27],
    origin: values[28] ?? undefined,
    state: values[29],
    problems: values[30],
    problemCount: values[31],
  };
}

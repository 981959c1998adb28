/** One file to one session: its format, the fold over its rows, and what its name adds to them. */

import { addDigest, type Digest } from "./digest.ts";
import type { Format, ScannedRow } from "./format.ts";
import { KeptHead } from "./kept_head.ts";
import { nameOf } from "./paths.ts";
import { type FactRow, scanFacts } from "./quick_scan.ts";
import { cutRanges, type RangeSizes, type RowRange } from "./row_ranges.ts";
import type { ScanEnd } from "./row_scanner.ts";
import type { ByteSource } from "./rows.ts";
import { scanRows, type Sniff, sniffFirstRow, sniffSource } from "./scan.ts";
import {
  addRow,
  emptySummary,
  findTitle,
  hasPrompts,
  isTitleGiven,
  LAST_HEAD_LINE,
  type Summary,
  totalCost,
  totalUsage,
} from "./summary.ts";
import { parseTime } from "./time.ts";
import {
  type AgentName,
  MAX_PROBLEMS,
  type Problem,
  type Session,
  type SessionHead,
  type SessionState,
} from "./transcript.ts";

/** What several threads take of a large file each; a format reads more in the first rows. */
const RANGE_SIZES: RangeSizes = { firstBytes: 1024 * 1024, bytes: 8 * 1024 * 1024 };

/** A file that is no session of a known agent. */
export type Stranger = Pick<Sniff, "hasRows" | "isTornValue">;

/** What has to be known of a file beside its bytes. */
export interface SessionFile {
  readonly path: string;
  readonly root: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

/** A file whose session is read. */
export interface ReadSessionOptions extends SessionFile {
  /** Is shown every row, in order, each user's message with its prompt. */
  readonly onRow?: (row: FactRow) => void;
  /** Reads ranges of the file's rows faster than one after the other; not beside `onRow`. */
  readonly digestRanges?: (format: Format, ranges: readonly RowRange[]) => readonly Digest[];
  /** How large they are, which only tests need to change. */
  readonly rangeSizes?: RangeSizes;
}

/** A session, and what is needed to go on with it when its file has grown. */
export interface SessionRead {
  readonly session: Session;
  /** As `Summary` has it: then `readSessionNames` may say otherwise. */
  readonly hasLateHead: boolean;
  /** Undefined where a larger file may differ in what was read. */
  readonly state: ReadState | undefined;
}

/** What was learned of a file up to an offset: plain data, to be kept and continued. */
export interface ReadState {
  readonly summary: Summary;
  readonly end: ScanEnd;
}

/** Reads the session that a file holds, whether its agent is using it left aside. */
export function readSession(
  source: ByteSource,
  options: ReadSessionOptions,
): SessionRead | Stranger {
  const head = new KeptHead(source);
  try {
    const { firstRow } = head;
    const sniff = (firstRow && sniffFirstRow(firstRow)) ?? sniffSource(head);
    const { format, isSure, hasRows, isOneValue, isTornValue } = sniff;
    if (format === undefined) return { hasRows, isTornValue };
    const start = { summary: emptySummary(), offset: 0, line: 1, isOneValue, isSure };
    return readOn(head, format, { ...options, ...start });
  } finally {
    head.release();
  }
}

/** Goes on where a reading of the same file ended when that was shorter. */
export function resumeSession(
  source: ByteSource,
  format: Format,
  { summary, end, ...file }: SessionFile & ReadState,
): SessionRead {
  return readOn(source, format, { ...file, ...end, summary, isOneValue: false, isSure: true });
}

interface ReadOnOptions extends ReadSessionOptions {
  /** Of the rows before. */
  readonly summary: Summary;
  readonly offset: number;
  readonly line: number;
  readonly isOneValue: boolean;
  readonly isSure: boolean;
}

function readOn(source: ByteSource, format: Format, options: ReadOnOptions): SessionRead {
  const { isOneValue, isSure } = options;
  const { summary, end } = options.digestRanges === undefined || isOneValue
    ? foldRows(source, format, options)
    : foldRanges(source, format, options);
  const isResumable = end !== undefined && end.tail.length > 0 && isSure &&
    !format.rewritesInPlace;
  return {
    session: toSession(format, summary, options),
    hasLateHead: summary.hasLateHead,
    state: isResumable ? { summary, end } : undefined,
  };
}

/** A summary with the rows that were read, and where these end; there is no such place in one value. */
interface FoldedRows {
  readonly summary: Summary;
  readonly end: ScanEnd | undefined;
}

function foldRows(
  source: ByteSource,
  format: Format,
  { summary, offset, line, isOneValue, onRow, sizeBytes }: ReadOnOptions,
): FoldedRows {
  const end = scanFacts(source, format, {
    isOneValue,
    offset,
    line,
    end: sizeBytes,
    needsPrompt: () => onRow !== undefined || !hasPrompts(summary),
  }, (row) => {
    addRow(summary, row);
    onRow?.(row);
  });
  return { summary, end };
}

/** Reads the first rows, has ranges of the others read, and goes on itself where a prompt is missing. */
function foldRanges(source: ByteSource, format: Format, options: ReadOnOptions): FoldedRows {
  const ranges = cutRanges(source, options.sizeBytes, options.rangeSizes ?? RANGE_SIZES);
  const first = ranges.next();
  const firstBytes = first.done ? 0 : first.value.end;
  let { summary, end } = foldRows(source, format, { ...options, sizeBytes: firstBytes });
  const others = hasPrompts(summary) ? [...ranges] : [];
  const digests = others.length === 0 ? undefined : options.digestRanges?.(format, others);
  for (const [index, digest] of digests?.entries() ?? []) {
    const line = end?.line ?? 1;
    const sum = structuredClone(summary);
    // A file that has become shorter meanwhile is read to its end, as it is without digests.
    const isWhole = digest.end.offset === others[index]?.end;
    if (!isWhole || !addDigest(sum, digest, line)) break;
    summary = sum;
    end = { ...digest.end, line: line + digest.end.line - 1 };
  }
  if (end === undefined || end.offset >= options.sizeBytes) return { summary, end };
  return foldRows(source, format, { ...options, summary, offset: end.offset, line: end.line });
}

function toSession(
  format: Format,
  summary: Summary,
  { path, root, sizeBytes, mtimeMs, isOneValue }: SessionFile & { readonly isOneValue: boolean },
): Session {
  const { first, last } = summary;
  const name = nameOf(path);
  const id = first?.id || format.parseNameId(name);
  const nameProblem = findNameProblem(format, name, first);
  const hasRoom = summary.problems.length < MAX_PROBLEMS;
  return {
    id,
    handle: format.toHandle(id),
    agent: format.agent,
    variant: last?.variant ?? format.headlessVariant ?? "",
    path,
    root,
    cwd: last?.cwd || undefined,
    title: findTitle(summary),
    isTitleGiven: isTitleGiven(summary),
    model: last?.model || undefined,
    provider: last?.provider || undefined,
    startedMs: parseTime(first?.started ?? "") ?? format.parseNameTime?.(name),
    updatedMs: summary.lastMessageMs ?? parseTime(last?.updated ?? "") ?? mtimeMs,
    mtimeMs,
    messages: summary.messages,
    keptMessages: summary.keptMessages,
    mostMessages: summary.mostMessages,
    bytes: sizeBytes,
    isOneValue,
    parts: [],
    unitBytes: sizeBytes,
    costUsd: totalCost(summary),
    usage: totalUsage(summary),
    parent: first?.parent || undefined,
    forkPoint: first?.parent && first.forkPoint !== undefined
      ? Math.max(0, first.forkPoint)
      : undefined,
    isHidden: last?.isHidden ?? false,
    origin: first?.origin || undefined,
    state: findState(summary),
    problems: nameProblem && hasRoom ? [...summary.problems, nameProblem] : summary.problems,
    problemCount: summary.problemCount + (nameProblem === undefined ? 0 : 1),
  };
}

/** How a session is called, and the one that it branched from. */
export interface SessionNames {
  readonly agent: AgentName;
  readonly id: string;
  /** As `Session` has them. */
  readonly handle: string;
  readonly variant: string;
  /** "" when it is no branch. */
  readonly parent: string;
}

/** Reads no further than to the row that names the session. */
export function readSessionNames(source: ByteSource, path: string): SessionNames | Stranger {
  const { format, hasRows, isOneValue, isTornValue } = sniffSource(source);
  if (format === undefined) return { hasRows, isTornValue };
  const { agent } = format;
  const head = findHead(scanRows(source, format, { isOneValue }));
  const id = head?.id || format.parseNameId(nameOf(path));
  return {
    agent,
    id,
    handle: format.toHandle(id),
    variant: head?.variant ?? format.headlessVariant ?? "",
    parent: head?.parent ?? "",
  };
}

/** The head that holds; where that is the last, the last among the next rows. */
function findHead(rows: Iterable<ScannedRow>): SessionHead | undefined {
  let found: SessionHead | undefined;
  for (const { row, facts } of rows) {
    if (found !== undefined && (found.holds !== "last" || row.line > LAST_HEAD_LINE)) break;
    for (const fact of facts) if (fact.kind === "head") found = fact.head;
  }
  return found;
}

function findState(summary: Summary): SessionState {
  if (summary.damagedRows > 0) return "damaged";
  const hasContent = summary.messages > 0 || summary.compactions > 0 || summary.notes > 0 ||
    summary.unknownRows > 0 || summary.rename !== undefined || summary.last?.hasContent;
  return hasContent ? "ok" : "empty";
}

function findNameProblem(
  format: Format,
  name: string,
  head: SessionHead | undefined,
): Problem | undefined {
  const whole = { severity: "notice", line: 0, offset: 0, count: 1 } as const;
  if (head === undefined) {
    if (format.headlessVariant !== undefined) return undefined;
    const reason = "no row names the session, so its file's name stands for the id";
    return { ...whole, kind: "no_head", reason };
  }
  const reason = head.id === "" ? undefined : format.findNameProblem(name, head.id);
  return reason === undefined ? undefined : { ...whole, kind: "name", reason };
}

/** One file to one session: its format, the fold over its rows, and what its name adds to them. */

import { basename } from "@std/path";
import type { Format, ScannedRow } from "./format.ts";
import type { ByteSource } from "./rows.ts";
import { scanRows, type Sniff, sniffSource } from "./scan.ts";
import {
  addFact,
  addProblem,
  emptySummary,
  findTitle,
  type Summary,
  totalCost,
  totalUsage,
} from "./summary.ts";
import { parseRfc3339 } from "./time.ts";
import type { Problem, Session, SessionState } from "./transcript.ts";

/** A file that is no session of a known agent. */
export type Stranger = Pick<Sniff, "hasRows">;

/** What has to be known of a file beside its bytes. */
export interface ReadSessionOptions {
  readonly path: string;
  readonly root: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** Is shown every row, in order. */
  readonly onRow: (row: ScannedRow) => void;
}

/** Reads the session that a file holds, whether its agent is using it left aside. */
export function readSession(
  source: ByteSource,
  { path, root, sizeBytes, mtimeMs, onRow }: ReadSessionOptions,
): Session | Stranger {
  const { format, hasRows } = sniffSource(source);
  if (format === undefined) return { hasRows };
  const summary = emptySummary();
  for (const scanned of scanRows(source, format)) {
    for (const fact of scanned.facts) addFact(summary, fact);
    for (const problem of scanned.problems) addProblem(summary, problem);
    onRow(scanned);
  }
  const { first, last } = summary;
  const name = basename(path);
  const id = first?.id || nameStem(path);
  const nameProblem = findNameProblem(format, name, first?.id);
  if (nameProblem !== undefined) addProblem(summary, nameProblem);
  return {
    id,
    agent: format.agent,
    path,
    root,
    cwd: last?.cwd || undefined,
    title: findTitle(summary),
    model: last?.model || undefined,
    provider: last?.provider || undefined,
    startedMs: parseRfc3339(first?.started ?? "") ?? format.parseNameTime(name),
    updatedMs: summary.lastMessageMs ?? mtimeMs,
    mtimeMs,
    messages: summary.messages,
    keptMessages: summary.keptMessages,
    mostMessages: summary.mostMessages,
    bytes: sizeBytes,
    costUsd: totalCost(summary),
    usage: totalUsage(summary),
    parent: first?.parent || undefined,
    forkPoint: first?.parent ? Math.max(0, first.forkPoint) : undefined,
    isHidden: last?.isHidden ?? false,
    origin: first?.origin || undefined,
    state: findState(summary),
    problems: summary.problems,
    problemCount: summary.problemCount,
  };
}

/** How a session is called, and the one that it branched from. */
export interface SessionNames {
  readonly id: string;
  /** "" when it is no branch. */
  readonly parent: string;
}

/** Reads no further than to the row that names the session. */
export function readSessionNames(source: ByteSource, path: string): SessionNames | Stranger {
  const { format, hasRows } = sniffSource(source);
  if (format === undefined) return { hasRows };
  for (const { facts } of scanRows(source, format)) {
    for (const fact of facts) {
      if (fact.kind === "head") {
        return { id: fact.head.id || nameStem(path), parent: fact.head.parent };
      }
    }
  }
  return { id: nameStem(path), parent: "" };
}

function findState(summary: Summary): SessionState {
  if (summary.damagedRows > 0) return "damaged";
  const hasContent = summary.messages > 0 || summary.compactions > 0 ||
    summary.unknownRows > 0 || summary.rename !== undefined;
  return hasContent ? "ok" : "empty";
}

function findNameProblem(
  format: Format,
  name: string,
  id: string | undefined,
): Problem | undefined {
  const whole = { severity: "notice", line: 0, offset: 0, count: 1 } as const;
  if (id === undefined) {
    const reason = "no row names the session, so its file's name stands for the id";
    return { ...whole, kind: "no_head", reason };
  }
  const reason = format.findNameProblem(name, id);
  return reason === undefined ? undefined : { ...whole, kind: "name", reason };
}

function nameStem(path: string): string {
  return basename(path).replace(/\.[^.]*$/, "");
}

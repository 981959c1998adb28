/** Entries of the cache to its table. */

import {
  AT,
  type CacheEntry,
  type Field,
  FLAGS,
  type TableParts,
  type Texts,
  WIDTH,
} from "./cache_entry.ts";
import { escapeUnit } from "./json_line.ts";
import type { Stranger } from "./session.ts";
import type { Session } from "./transcript.ts";

/** Writes a table of entries. */
export function formatTable(entries: readonly CacheEntry[]): TableParts {
  const numbers = new Float64Array(entries.length * WIDTH).fill(NaN);
  const shared = new Map<string, number>();
  const share = (text: string | undefined): number => {
    if (text === undefined) return NaN;
    const index = shared.get(text) ?? shared.size;
    shared.set(text, index);
    return index;
  };
  entries.forEach((entry, row) => {
    const values: Partial<Record<Field, number | undefined>> = {
      sizeBytes: entry.stamp.sizeBytes,
      mtimeMs: entry.stamp.mtimeMs,
      ctimeMs: entry.stamp.ctimeMs,
      birthMs: entry.stamp.birthMs,
      dev: entry.stamp.dev,
      ino: entry.stamp.ino,
      stateAt: entry.state?.at,
      stateLength: entry.state?.length,
      stateHash: entry.state?.hash,
      lineAt: entry.line?.at,
      lineLength: entry.line?.length,
      ...toValues(entry.found, share),
    };
    for (const [field, value] of Object.entries(values) as [Field, number | undefined][]) {
      numbers[row * WIDTH + AT[field]] = value ?? NaN;
    }
    const counts = "hasRows" in entry.found ? [] : Object.values(entry.found.usage ?? {});
    numbers.set(counts, row * WIDTH + AT.counts);
  });
  const sessions = entries.map(({ found }) => "hasRows" in found ? undefined : found);
  const texts: Texts = {
    paths: entries.map(({ path }) => path),
    ids: sessions.map((session) => session?.id ?? ""),
    titles: sessions.map((session) => session?.title ?? null),
    shared: [...shared.keys()],
    problems: sessions.flatMap((session, row) =>
      session === undefined || session.problems.length === 0 ? [] : [[row, session.problems]]
    ),
  };
  // In ASCII alone, for that takes half of the memory when it is read.
  const json = JSON.stringify(texts).replace(/[\u0080-\uffff]/g, escapeUnit);
  return {
    numbers: new Uint8Array(numbers.buffer),
    texts: new TextEncoder().encode(json),
  };
}

function toValues(
  found: Session | Stranger,
  share: (text: string | undefined) => number,
): Partial<Record<Field, number | undefined>> {
  if ("hasRows" in found) return { flags: toFlags({ ...found, isStranger: true }) };
  const { usage, ...session } = found;
  return {
    flags: toFlags(session),
    agent: share(session.agent),
    variant: share(session.variant),
    cwd: share(session.cwd),
    model: share(session.model),
    provider: share(session.provider),
    parent: share(session.parent),
    origin: share(session.origin),
    state: share(session.state),
    startedMs: session.startedMs,
    updatedMs: session.updatedMs,
    messages: session.messages,
    keptMessages: session.keptMessages,
    mostMessages: session.mostMessages,
    costUsd: session.costUsd,
    forkPoint: session.forkPoint,
    problemCount: session.problemCount,
    usage: usage && share(Object.keys(usage).join(" ")),
  };
}

function toFlags(facts: Partial<Record<keyof typeof FLAGS, boolean>>): number {
  let flags = 0;
  for (const name of Object.keys(FLAGS) as (keyof typeof FLAGS)[]) {
    if (facts[name] === true) flags |= FLAGS[name];
  }
  return flags;
}

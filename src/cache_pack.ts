/** Entries of the cache to its table. */

import {
  type CacheEntry,
  DOUBLE_WIDTH,
  DOUBLES,
  FLAGS,
  INTEGER_WIDTH,
  INTEGERS,
  NONE,
  ROW_BYTES,
  type TableParts,
  type Texts,
  type Titles,
} from "./cache_entry.ts";
import { escapeUnit } from "./json_line.ts";

type Doubles = Partial<Record<keyof typeof DOUBLES, number | undefined>>;
type Integers = Partial<Record<keyof typeof INTEGERS, number | undefined>>;

/** Writes a table of entries; throws `RangeError` for more than fits into one. */
export function formatTable(entries: readonly CacheEntry[]): TableParts {
  const numbers = new ArrayBuffer(entries.length * ROW_BYTES);
  const doubles = new Float64Array(numbers, 0, entries.length * DOUBLE_WIDTH).fill(NaN);
  const integers = new Int32Array(numbers, doubles.byteLength).fill(NONE);
  const shared = new Map<string, number>();
  const share = (text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    const index = shared.get(text) ?? shared.size;
    shared.set(text, index);
    return index;
  };
  const sessions = entries.map(({ found }) => "hasRows" in found ? undefined : found);
  entries.forEach((entry, row) => {
    const session = sessions[row];
    putDoubles(doubles, row, {
      sizeBytes: entry.stamp.sizeBytes,
      mtimeMs: entry.stamp.mtimeMs,
      ctimeMs: entry.stamp.ctimeMs,
      birthMs: entry.stamp.birthMs,
      dev: entry.stamp.dev,
      ino: entry.stamp.ino,
      stateHash: entry.state?.hash,
      startedMs: session?.startedMs,
      updatedMs: session?.updatedMs,
      costUsd: session?.costUsd,
      forkPoint: session?.forkPoint,
    });
    doubles.set(Object.values(session?.usage ?? {}), row * DOUBLE_WIDTH + DOUBLES.counts);
    putIntegers(integers, row, {
      flags: toFlags(entry),
      stateAt: entry.state?.at,
      stateLength: entry.state?.length,
      lineAt: entry.line?.at,
      lineLength: entry.line?.length,
      messages: session?.messages,
      keptMessages: session?.keptMessages,
      mostMessages: session?.mostMessages,
      problemCount: session?.problemCount,
      agent: share(session?.agent),
      variant: share(session?.variant),
      cwd: share(session?.cwd),
      model: share(session?.model),
      provider: share(session?.provider),
      parent: share(session?.parent),
      origin: share(session?.origin),
      state: share(session?.state),
      usage: share(session?.usage && Object.keys(session.usage).join(" ")),
    });
  });
  const texts: Texts = {
    paths: entries.map(({ path }) => path),
    ids: sessions.map((session) => session?.id ?? ""),
    shared: [...shared.keys()],
    problems: sessions.flatMap((session, row) =>
      session === undefined || session.problems.length === 0 ? [] : [[row, session.problems]]
    ),
  };
  const titles: Titles = sessions.map((session) => session?.title ?? null);
  // In ASCII alone, for that takes half of the memory when it is read.
  const lines = [texts, titles].map((value) =>
    JSON.stringify(value).replace(/[\u0080-\uffff]/g, escapeUnit)
  );
  return { numbers: new Uint8Array(numbers), texts: new TextEncoder().encode(lines.join("\n")) };
}

function putDoubles(doubles: Float64Array, row: number, values: Doubles): void {
  for (const [name, value] of Object.entries(values) as [keyof Doubles, number | undefined][]) {
    doubles[row * DOUBLE_WIDTH + DOUBLES[name]] = value ?? NaN;
  }
}

function putIntegers(integers: Int32Array, row: number, values: Integers): void {
  for (const [name, value] of Object.entries(values) as [keyof Integers, number | undefined][]) {
    // What is larger would be read as another number.
    if (value !== undefined && value !== (value | 0)) throw new RangeError(`${value} is no int32`);
    integers[row * INTEGER_WIDTH + INTEGERS[name]] = value ?? NONE;
  }
}

function toFlags({ found, hasLateHead }: CacheEntry): number {
  const facts: Partial<Record<keyof typeof FLAGS, boolean>> = "hasRows" in found
    ? { isStranger: true, hasRows: found.hasRows, isTornValue: found.isTornValue }
    : {
      isTitleGiven: found.isTitleGiven,
      isOneValue: found.isOneValue,
      isHidden: found.isHidden,
      hasLateHead,
    };
  let flags = 0;
  for (const name of Object.keys(FLAGS) as (keyof typeof FLAGS)[]) {
    if (facts[name] === true) flags |= FLAGS[name];
  }
  return flags;
}

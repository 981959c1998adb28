/** The sessions of zot in the benchmark's corpora, put together from a pool of rows. */

import { concat } from "../src/json_slices.ts";
import type { Random } from "../tests/random.ts";
import { encodeRows, type RowPool, UsageCounter } from "./bench_rows.ts";

/** What a session is called, and where it came from. */
export interface ZotPlace {
  /** Undefined for rows that go on where others ended. */
  readonly id: string | undefined;
  readonly parent: string | undefined;
}

/** Makes a session of about this size, whole. */
export function makeZotFile(
  random: Random,
  pool: RowPool,
  options: ZotPlace & { readonly wanted: number },
): Uint8Array {
  return concat([...pieceTurns(random, pool, options)]);
}

/** Gives a session of about this size, prompt after prompt; one of less has a prompt and its answer. */
export function* pieceTurns(
  random: Random,
  pool: RowPool,
  { id, parent, wanted }: ZotPlace & { readonly wanted: number },
): Generator<Uint8Array> {
  let left = wanted;
  const usage = new UsageCounter();
  const pick = <Piece>(pieces: readonly Piece[]): Piece =>
    random.pick(pieces as readonly [Piece, ...Piece[]]);
  const take = (piece: Uint8Array): Uint8Array => {
    left -= piece.length;
    return piece;
  };
  if (id !== undefined) yield take(encodeMeta(random, id, parent));
  do {
    yield take(pick(pool.prompts));
    for (let steps = random.integer(0, 6); steps > 0 && left > 0; steps--) {
      const { call, result } = pick(pool.steps);
      yield take(call);
      yield take(usage.next(random));
      yield take(result);
    }
    yield take(pick(pool.answers));
    yield take(usage.next(random));
    if (random.chance(0.03)) yield take(pick(pool.renames));
  } while (left > 0);
}

function encodeMeta(random: Random, id: string, parent: string | undefined): Uint8Array {
  const meta = {
    id,
    cwd: `/home/ada/${random.pick(["kite", "lantern", "naïve"])}`,
    model: random.pick(["heron-2", "heron-2-mini"]),
    provider: "anthropic",
    started: "2026-11-01T08:00:00.5Z",
    version: "0.2.9",
    ...(parent === undefined ? {} : { parent, fork_point: 2 }),
  };
  return encodeRows([{ type: "meta", meta }]);
}

/** Gives a UUID as if it were a random one. */
export function randomUuid(random: Random): string {
  const hex = random.list(4, () => random.integer(0, 2 ** 32 - 1).toString(16).padStart(8, "0"))
    .join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

/** Gives the name that zot gives a session's file. */
export function nameZotFile(id: string): string {
  return `20261101-080000-${id.slice(0, 8)}.jsonl`;
}

/**
 * The counts in rows of one shape: which of a row's numbers each of them is.
 *
 * It is found out by giving the format the first row once more, with powers of three in the place of
 * its numbers. Where a count is made of several numbers, the format reads each row's numbers in the
 * first row's place.
 */

import type { Format } from "./format.ts";
import { isArray, isObject, RowShapeError } from "./json_row.ts";
import type { Fact, JsonObject, JsonValue, Usage } from "./transcript.ts";

/** Gives the facts of a row with these numbers; undefined when it has to be parsed. */
export type CountReader = (values: ArrayLike<number>) => readonly Fact[] | undefined;

/**
 * Makes the reader for rows of a shape.
 * @param template The first of them, parsed; it is kept, and changed.
 * @param numbers Its numbers in their order.
 * @returns undefined where they stand in another order in what was parsed
 */
export function toCountReader(
  template: JsonObject,
  numbers: Float64Array,
  format: Format,
): CountReader | undefined {
  const places = listNumbers(template);
  const isInOrder = places?.length === numbers.length &&
    places.every(({ holder, key }, index) => Object.is(holder[key], numbers[index]));
  if (places === undefined || !isInOrder) return undefined;
  const readAnew = (values: ArrayLike<number>): readonly Fact[] | undefined => {
    places.forEach(({ holder, key }, index) => {
      holder[key] = values[index];
    });
    try {
      return format.readFacts(template);
    } catch (error) {
      if (error instanceof RowShapeError) return undefined;
      throw error;
    }
  };
  const parts = findCounts(places.length, readAnew);
  return parts === undefined ? readAnew : (values) => fill(parts, values);
}

/** A fact of which each count is one of the row's numbers, or one without counts. */
type FactPart =
  | { readonly kind: "usage" | "spent"; readonly counts: readonly Count[]; readonly cost?: number }
  | { readonly fact: Fact };

/** A count, and which of the row's numbers it is. */
type Count = readonly [key: keyof Usage, index: number];

/** Powers of 3 up to here fit into 32 bits, and none is the sum or the difference of two others. */
const MOST_POWERS = 20;

/** Finds out which number each count is by reading rows of powers; undefined if it is not so simple. */
function findCounts(
  numbers: number,
  read: (values: readonly number[]) => readonly Fact[] | undefined,
): readonly FactPart[] | undefined {
  if (numbers > MOST_POWERS) return undefined;
  const powers = Array.from({ length: numbers }, (_, index) => 3 ** index);
  const [rising, falling] = [read(powers), read(powers.toReversed())];
  const find = (one: number | undefined, other: number | undefined): number => {
    const index = powers.indexOf(one ?? 0);
    return powers.at(-1 - index) === other ? index : -1;
  };
  const parts = rising?.map((fact, at): FactPart | undefined => {
    const same = falling?.[at];
    if (fact.kind !== "usage" && fact.kind !== "spent") return { fact };
    if (same?.kind !== fact.kind) return undefined;
    const keys = Object.keys(fact.usage) as (keyof Usage)[];
    const counts = keys.map((key): Count => [key, find(fact.usage[key], same.usage[key])]);
    if (fact.kind === "spent" || same.kind === "spent" || fact.costUsd === undefined) {
      return { kind: fact.kind, counts };
    }
    return { kind: fact.kind, counts, cost: find(fact.costUsd, same.costUsd) };
  });
  const isFound = (part: FactPart | undefined) =>
    part !== undefined &&
    ("fact" in part || (part.counts.every(([, index]) => index >= 0) && (part.cost ?? 0) >= 0));
  return parts?.every(isFound) ? parts.filter((part) => part !== undefined) : undefined;
}

/** Facts with a row's numbers; undefined for counts that the format has to judge. */
function fill(
  parts: readonly FactPart[],
  values: ArrayLike<number>,
): readonly Fact[] | undefined {
  const facts: Fact[] = [];
  for (const part of parts) {
    if ("fact" in part) {
      facts.push(part.fact);
      continue;
    }
    const usage: { -readonly [Key in keyof Usage]: number } = {};
    for (const [key, index] of part.counts) {
      const count = values[index] ?? -1;
      // Whole, and from 0 to 2 ** 32.
      if (count !== count >>> 0) return undefined;
      usage[key] = count;
    }
    if (part.kind === "spent") facts.push({ kind: "spent", usage });
    else {
      const costUsd = part.cost === undefined ? undefined : values[part.cost];
      facts.push({ kind: "usage", usage, costUsd });
    }
  }
  return facts;
}

/** Where a number stands in a value that was parsed, and may be replaced. */
interface NumberPlace {
  readonly holder: { [key: string]: JsonValue | undefined };
  readonly key: string;
}

/** How deep a template may be nested. */
const DEEPEST = 100;

/** All numbers in the order of the text; undefined where the order of keys may be another. */
function listNumbers(
  value: JsonObject | readonly JsonValue[],
  depth = 0,
): NumberPlace[] | undefined {
  const places: NumberPlace[] = [];
  const holder = value as NumberPlace["holder"];
  for (const [key, inner] of Object.entries(value)) {
    // Keys that are numbers come first, wherever they stood.
    if (depth === DEEPEST || (isObject(value) && /^\d/.test(key))) return;
    if (typeof inner === "number") places.push({ holder, key });
    if (!isArray(inner) && !isObject(inner)) continue;
    const deeper = listNumbers(inner, depth + 1);
    if (deeper === undefined) return;
    places.push(...deeper);
  }
  return places;
}

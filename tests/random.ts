/**
 * Random values that can be had again: every law prints its seed when it fails, and takes one from
 * the environment (SKEIN_SEED) to repeat the run.
 */

/** A source of random values, started from a seed. */
export class Random {
  /** What the values follow from. */
  readonly seed: number;
  #state: number;

  /** Starts from a seed, a whole number. */
  constructor(seed: number) {
    this.seed = seed;
    this.#state = seed | 0;
  }

  /** A fraction from 0 on, below 1, by the mulberry32 generator. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  /** One of the values. */
  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.integer(0, values.length - 1)] ?? values[0];
  }

  /** True in this share of the calls, from 0 to 1. */
  chance(share: number): boolean {
    return this.fraction() < share;
  }

  /** A list of so many values that `make` gives. */
  list<T>(length: number, make: (index: number) => T): T[] {
    return Array.from({ length }, (_, index) => make(index));
  }
}

/** Runs a law on many random cases; a failure names the seed of its case. */
export function holdLaw(cases: number, law: (random: Random) => void): void {
  const given = Deno.env.get("SKEIN_SEED");
  const first = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  for (let i = 0; i < (given === undefined ? cases : 1); i++) {
    const seed = first + i;
    try {
      law(new Random(seed));
    } catch (error) {
      throw new Error(`The law fails for SKEIN_SEED=${seed}`, { cause: error });
    }
  }
}

/**
 * The sessions of claw-code, eino and nanobot in the benchmark's corpora, by the generators that the
 * laws are held on: each in the shapes and the spelling of its agent, and none of them damaged.
 */

import type { Random } from "../tests/random.ts";
import { randomClawFile } from "../tests/random_claw.ts";
import { EINO_VARIANTS, randomEinoFile } from "../tests/random_eino.ts";
import { NANOBOT_VARIANTS, randomNanobotFile } from "../tests/random_nanobot.ts";

/** A session file. */
export interface MixedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** How many there are to be; a third of each agent. */
export interface MixedOptions {
  readonly files: number;
  /** The size that they have in the mean. */
  readonly bytesEach: number;
}

type Maker = (random: Random, index: number, mostRows: number) => MixedFile;

/** About what a row of the generators takes; another value only makes the first files larger. */
const ROW_BYTES = 300;

/** The most letters of a text, well below where eino's own reader ends. */
const LONGEST = 8_000;

/** The first of claw's times, in milliseconds since 1970; its file names are made of them. */
const START_MS = 1_782_531_994_120;

const MAKERS: readonly Maker[] = [
  (random, index, mostRows) => {
    const id = `session-${START_MS + 1_000 * index}-0`;
    // Few of claw's files are of its first builds, one object whole.
    const variant = random.chance(0.1) ? "legacy" : "jsonl";
    const bytes = randomClawFile(random, { id, variant, mostRows, longest: LONGEST });
    return { path: `claw/${index % 40}/${id}.jsonl`, bytes };
  },
  (random, index, mostRows) => {
    const id = `0f3a2b1c-4d5e-4f60-8a7b-${index.toString(16).padStart(12, "0")}`;
    const variant = random.pick([...EINO_VARIANTS]);
    const bytes = randomEinoFile(random, { id, variant, mostRows, longest: LONGEST });
    return { path: `eino/${id}.jsonl`, bytes };
  },
  (random, index, mostRows) => {
    const key = `telegram:${1_000 + index}`;
    const variant = random.pick([...NANOBOT_VARIANTS]);
    const bytes = randomNanobotFile(random, { key, variant, mostRows, longest: LONGEST });
    const name = btoa(key).replaceAll("=", "");
    return { path: `nanobot/${name}.jsonl`, bytes };
  },
];

/** Makes the sessions one after the other, so that few are in memory at a time. */
export function* makeMixedFiles(random: Random, options: MixedOptions): Generator<MixedFile> {
  for (const make of MAKERS) {
    let owed = 0;
    for (let index = 0; index < options.files / MAKERS.length; index++) {
      owed += options.bytesEach;
      // A generator takes any number of rows up to the most, so half of that in the mean.
      const file = make(random, index, Math.max(8, Math.ceil(2 * owed / ROW_BYTES)));
      owed -= file.bytes.length;
      yield file;
    }
  }
}

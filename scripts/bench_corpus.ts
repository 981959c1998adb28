/**
 * The folders of invented sessions that the benchmark runs on, made once and kept: each has a stamp
 * that says what it was made from, and is made anew when that is another.
 *
 * `many` is 5,000 files of all sizes, 1 GB together; `small` 10,000 files of 1 to 5 KB; `large` one
 * file of 500 MB with a row of 25 MB; `mixed` the four agents, 100 MB. Halves and quarters of `many`
 * and `small` are folders of their own with hard links to the same files, because skein follows no
 * symbolic links. Everything follows from the seed.
 */

import { dirname, join } from "@std/path";
import { concat } from "../src/json_slices.ts";
import { Random } from "../tests/random.ts";
import { makeMixedFiles } from "./bench_mixed.ts";
import { encodeRows, makeRowPool, pieceLongRow } from "./bench_rows.ts";
import type { ZotRow } from "./zot_rows.ts";
import { makeZotFile, nameZotFile, pieceTurns, randomUuid, type ZotPlace } from "./bench_zot.ts";

/** How much there is of everything; a test takes less. */
export interface CorpusSizes {
  readonly seed: number;
  /** Sessions of all sizes; the number of folders is a multiple of four. */
  readonly many: { readonly folders: number; readonly filesEach: number; readonly bytes: number };
  /** Sessions of 1 to 5 KB; the number of folders is a multiple of four. */
  readonly small: { readonly folders: number; readonly filesEach: number };
  /** One session; its longest row lies in the middle. */
  readonly large: { readonly bytes: number; readonly rowBytes: number };
  /** Sessions of four agents, as many of each. */
  readonly mixed: { readonly files: number; readonly bytes: number };
}

/** The sizes that are measured. */
export const FULL_SIZES: CorpusSizes = {
  seed: 20_261_120,
  many: { folders: 200, filesEach: 25, bytes: 1e9 },
  small: { folders: 200, filesEach: 50 },
  large: { bytes: 500e6, rowBytes: 25e6 },
  mixed: { files: 1000, bytes: 100e6 },
};

/** The folders, by what is made together. */
const FOLDERS = {
  many: ["many", "many-half", "many-quarter"],
  small: ["small", "small-half", "small-quarter"],
  large: ["large"],
  mixed: ["mixed"],
} as const;

/** What is made together. */
export type CorpusFamily = keyof typeof FOLDERS;

/** The name of a corpus. */
export type CorpusName = typeof FOLDERS[CorpusFamily][number];

/** The name of a folder with a cache, made from one of these (`bench_cache.ts`). */
export type CachedName = "many-warm" | "small-warm" | "many-grown";

/** A corpus that lies on the disk. */
export interface Corpus {
  readonly folder: string;
  /** From the folder, with slashes, sorted. */
  readonly files: readonly string[];
  readonly bytes: number;
}

/** Goes up when the same sizes give other files. */
const VERSION = 3;

/** How far the sizes of `many` lie apart: the standard deviation of their logarithms. */
const SPREAD = 1;

/** Tool results have up to so many letters. */
const LONGEST = 24_000;
const LONGEST_SMALL = 600;

/** A word that is searched for: it stands in one of so many files of `many`. */
export const RARE_WORD = "zephyrine";
const RARE_EVERY = 250;
const RARE_ROW: ZotRow = {
  type: "message",
  message: {
    role: "user",
    content: [{ text: `Name the blue kite ${RARE_WORD}.` }],
    time: "2026-11-09T08:00:00Z",
  },
};

/** One session in so many branched from the one before it in its folder. */
const BRANCH_SHARE = 0.1;

/**
 * Makes the corpora that are missing or were made from something else.
 *
 * @param top The folder for them; what else is in it stays.
 * @param tell Is called with the name of what is about to be made.
 */
export function buildCorpora(
  top: string,
  sizes: CorpusSizes = FULL_SIZES,
  tell: (family: CorpusFamily) => void = () => {},
): void {
  const makers = { many: makeMany, small: makeSmall, large: makeLarge, mixed: makeMixed };
  for (const family of ["many", "small", "large", "mixed"] as const) {
    const stampPath = join(top, `${family}.stamp.json`);
    const stamp = `${JSON.stringify({ version: VERSION, seed: sizes.seed, of: sizes[family] })}\n`;
    if (readStamp(stampPath) === stamp) continue;
    tell(family);
    for (const path of [stampPath, ...FOLDERS[family].map((name) => join(top, name))]) {
      removeIfPresent(path);
    }
    makers[family](join(top, family), sizes);
    // Last, so that what was not finished is made anew.
    Deno.writeTextFileSync(stampPath, stamp);
  }
}

/** Finds the files of a corpus that was made. */
export function readCorpus(top: string, name: CorpusName | CachedName): Corpus {
  const folder = join(top, name);
  const files: string[] = [];
  let bytes = 0;
  const visit = (below: string): void => {
    for (const entry of Deno.readDirSync(join(folder, below))) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.name === ".skein") continue;
      if (entry.isDirectory) visit(path);
      else {
        files.push(path);
        bytes += Deno.statSync(join(folder, path)).size;
      }
    }
  };
  visit("");
  return { folder, files: files.sort(), bytes };
}

function makeMany(folder: string, { seed, many }: CorpusSizes): void {
  const random = new Random(seed);
  const pool = makeRowPool(random, { count: 400, longest: LONGEST });
  // Every quarter has files of the same sizes, so that it is a quarter of the bytes as well.
  const weights = random.list(many.folders * many.filesEach / 4, () => randomLogNormal(random));
  const scale = many.bytes / 4 / weights.reduce((sum, weight) => sum + weight, 0);
  let owed = 0;
  makeFolders(folder, many, random, (place, index) => {
    const at = Math.floor(index / many.filesEach / 4) * many.filesEach + index % many.filesEach;
    const wanted = owed + scale * (weights[at] ?? 0);
    const bytes = makeZotFile(random, pool, { ...place, wanted });
    owed = wanted - bytes.length;
    return index % RARE_EVERY === 0 ? concat([bytes, encodeRows([RARE_ROW])]) : bytes;
  });
}

function makeSmall(folder: string, { seed, small }: CorpusSizes): void {
  const random = new Random(seed + 1);
  const pool = makeRowPool(random, { count: 400, longest: LONGEST_SMALL });
  makeFolders(
    folder,
    small,
    random,
    (place) => makeZotFile(random, pool, { ...place, wanted: random.integer(900, 3_600) }),
  );
}

function makeLarge(folder: string, { seed, large }: CorpusSizes): void {
  const random = new Random(seed + 2);
  const pool = makeRowPool(random, { count: 400, longest: LONGEST });
  const place = { id: randomUuid(random), parent: undefined };
  const half = (large.bytes - large.rowBytes) / 2;
  const path = join(folder, "0000000000000000", nameZotFile(place.id));
  Deno.mkdirSync(dirname(path), { recursive: true });
  using file = Deno.openSync(path, { write: true, createNew: true });
  const write = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  };
  for (const piece of pieceTurns(random, pool, { ...place, wanted: half })) write(piece);
  for (const piece of pieceLongRow(random, large.rowBytes)) write(piece);
  // The rows after it begin with no first row.
  for (const piece of pieceTurns(random, pool, { ...place, id: undefined, wanted: half })) {
    write(piece);
  }
}

function makeMixed(folder: string, { seed, mixed }: CorpusSizes): void {
  const random = new Random(seed + 3);
  const pool = makeRowPool(random, { count: 400, longest: LONGEST });
  const bytesEach = mixed.bytes / mixed.files;
  for (const { path, bytes } of makeMixedFiles(random, { files: mixed.files / 4 * 3, bytesEach })) {
    writeFile(join(folder, path), bytes);
  }
  let owed = 0;
  for (let index = 0; index < mixed.files / 4; index++) {
    const id = randomUuid(random);
    const wanted = owed + bytesEach;
    const bytes = makeZotFile(random, pool, { id, parent: undefined, wanted });
    owed = wanted - bytes.length;
    writeFile(join(folder, "zot", nameFolder(index % 40), nameZotFile(id)), bytes);
  }
}

/** Makes the folders of a corpus, and its half and its quarter: every second and every fourth. */
function makeFolders(
  folder: string,
  plan: { readonly folders: number; readonly filesEach: number },
  random: Random,
  make: (place: ZotPlace, index: number) => Uint8Array,
): void {
  for (let number = 0; number < plan.folders; number++) {
    const parts = [...(number % 2 === 0 ? ["half"] : []), ...(number % 4 === 0 ? ["quarter"] : [])];
    let before: string | undefined;
    for (let file = 0; file < plan.filesEach; file++) {
      const id = randomUuid(random);
      const parent = random.chance(BRANCH_SHARE) ? before : undefined;
      const path = join(nameFolder(number), nameZotFile(id));
      writeFile(join(folder, path), make({ id, parent }, number * plan.filesEach + file));
      for (const part of parts) linkFile(join(folder, path), join(`${folder}-${part}`, path));
      before = id;
    }
  }
}

/** A positive number, most of them near 1, by Box and Muller. */
function randomLogNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.fraction()));
  return Math.exp(SPREAD * radius * Math.cos(2 * Math.PI * random.fraction()));
}

function nameFolder(number: number): string {
  return number.toString(16).padStart(16, "0");
}

function writeFile(path: string, bytes: Uint8Array): void {
  Deno.mkdirSync(dirname(path), { recursive: true });
  Deno.writeFileSync(path, bytes);
}

function linkFile(from: string, to: string): void {
  Deno.mkdirSync(dirname(to), { recursive: true });
  Deno.linkSync(from, to);
}

function readStamp(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Removes a file or a folder with all that is in it, if there is one. */
export function removeIfPresent(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

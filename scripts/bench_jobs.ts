/** What the benchmark measures, as data: a line adds a job. */

import { type CachedName, type CorpusName, RARE_WORD } from "./bench_corpus.ts";
import type { PeerName } from "./bench_peers.ts";

/** One job, with the programs that are run in turns on it. */
export interface Job {
  /** What `--only` takes. */
  readonly name: string;
  /** What skein is told. */
  readonly args: readonly string[];
  /**
   * One corpus, or several that are the same but in size, the smallest first, for a table of
   * growth; none for what looks at no files.
   */
  readonly corpora: readonly (CorpusName | CachedName)[];
  readonly peers: readonly PeerName[];
  /** Those whose time is taken for 1, one column each; not in a table of growth. */
  readonly yardsticks: readonly PeerName[];
}

const READERS = ["skein", "empty program", "cat", "wc -l", "rg -j1", "rg -j2"] as const;
const PARSERS = [...READERS, "line parser"] as const;
const GROWING = ["skein", "wc -l", "rg -j1", "line parser"] as const;
const YARDSTICKS = ["wc -l", "rg -j1"] as const;
const CACHED = ["skein", "empty program"] as const;
const LIST = ["list", "--json", "--quiet", "--no-cache"] as const;
const WARM_LIST = ["list", "--json", "--quiet"] as const;
const WARM_TABLE = ["list", "--quiet"] as const;
const TREE = ["tree", "--quiet", "--no-cache"] as const;
const WARM_TREE = ["tree", "--quiet"] as const;
const TAIL = ["show", "latest", "--tail", "20"] as const;

/** The jobs, in the order of the page. */
export const JOBS: readonly Job[] = [
  job("list-many", LIST, ["many"], PARSERS),
  job("list-small", LIST, ["small"], PARSERS),
  job("list-large", LIST, ["large"], PARSERS),
  job("list-mixed", LIST, ["mixed"], [...PARSERS, "jq"]),
  job("search-many", ["search", RARE_WORD], ["many"], READERS),
  job("tail-large", TAIL, ["large"], PARSERS),
  job("tree-small", TREE, ["small"], PARSERS),
  cachedJob("warm-many", WARM_LIST, ["many-warm"]),
  cachedJob("warm-table", WARM_TABLE, ["many-warm"]),
  cachedJob("warm-grown", WARM_LIST, ["many-grown"]),
  cachedJob("warm-small", WARM_LIST, ["small-warm"]),
  cachedJob("warm-tree", WARM_TREE, ["small-warm"]),
  cachedJob("version", ["--version"], []),
  job("growth-many", LIST, ["many-quarter", "many-half", "many"], GROWING),
  job("growth-small", TREE, ["small-quarter", "small-half", "small"], GROWING),
];

/** A job that is measured by what the runtime alone takes. */
function cachedJob(name: string, args: readonly string[], corpora: Job["corpora"]): Job {
  return { ...job(name, args, corpora, CACHED), yardsticks: ["empty program"] };
}

function job(
  name: string,
  args: readonly string[],
  corpora: Job["corpora"],
  peers: readonly PeerName[],
): Job {
  return { name, args, corpora, peers, yardsticks: YARDSTICKS };
}

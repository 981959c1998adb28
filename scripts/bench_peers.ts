/**
 * The programs that the benchmark runs side by side, as data: what each is called, how it is started
 * on a corpus, and how to tell whether it is there. What is compiled here always is; what the
 * machine has to have may be missing, and is left out by its name.
 */

import { join } from "@std/path";
import type { Corpus } from "./bench_corpus.ts";

/** A program with the arguments that make it look at a corpus. */
export interface Peer {
  readonly name: string;
  /** The program on PATH, or the compiled one of the benchmark's own folder. */
  readonly program: string;
  readonly isCompiled: boolean;
  /** What it does, for the page. */
  readonly what: string;
  /**
   * Gives the arguments.
   *
   * @param corpus Undefined for a job that looks at none.
   * @param args What skein is told; the others do the same on every corpus.
   */
  readonly buildArgs: (corpus: Corpus | undefined, args: readonly string[]) => readonly string[];
}

/** Where a peer was found. */
export interface FoundPeer {
  readonly peer: Peer;
  /** What to start. */
  readonly path: string;
}

/** Counts the rows that hold a message, in any of the four agents' files. */
const ROLE = '"role":';

/** What skein is told to search for; else what tells a message. */
function findPattern([command, pattern]: readonly string[]): string {
  return command === "search" && pattern !== undefined ? pattern : ROLE;
}

/** In the order of the tables. */
export const PEERS = [
  {
    name: "skein",
    program: "bench-skein",
    isCompiled: true,
    what: "the compiled binary, which may touch the folder of the corpora alone",
    buildArgs: (corpus, args) => [
      ...args,
      ...(corpus === undefined ? [] : ["--root", corpus.folder]),
    ],
  },
  {
    name: "empty program",
    program: "bench-empty",
    isCompiled: true,
    what: "an empty program, compiled in the same way: what the runtime takes to start",
    buildArgs: () => [],
  },
  {
    name: "cat",
    program: "cat",
    isCompiled: false,
    what: "reads the files, which are named to it, so it looks for none",
    buildArgs: (corpus) => corpus?.files ?? [],
  },
  {
    name: "wc -l",
    program: "wc",
    isCompiled: false,
    what: "counts the lines of the files, which are named to it",
    buildArgs: (corpus) => ["-l", ...corpus?.files ?? []],
  },
  {
    name: "rg -j1",
    program: "rg",
    isCompiled: false,
    what:
      `finds the files and counts the lines with \`${ROLE}\`, or with what skein searches for, ` +
      "in one thread",
    buildArgs: (_, args) => ["--no-config", "-uu", "-j1", "-c", findPattern(args), "."],
  },
  {
    name: "rg -j2",
    program: "rg",
    isCompiled: false,
    what: "the same in two threads",
    buildArgs: (_, args) => ["--no-config", "-uu", "-j2", "-c", findPattern(args), "."],
  },
  {
    name: "jq",
    program: "jq",
    isCompiled: false,
    what: "parses every row and prints its type; on `mixed` alone, since it takes long",
    buildArgs: (corpus) => ["-c", ".type", ...corpus?.files ?? []],
  },
  {
    name: "line parser",
    program: "bench-parser",
    isCompiled: true,
    what:
      "`scripts/bench_parser.ts`, compiled: reads files whole, splits lines, parses each as JSON",
    buildArgs: (corpus) => [corpus?.folder ?? "."],
  },
] as const satisfies readonly Peer[];

/** The name of a peer. */
export type PeerName = typeof PEERS[number]["name"];

/**
 * Sorts peers into those that can be run and those that cannot.
 *
 * @param binaries The folder of the compiled ones.
 */
export function findPeers(
  peers: readonly Peer[],
  binaries: string,
): { readonly found: readonly FoundPeer[]; readonly missing: readonly Peer[] } {
  const found: FoundPeer[] = [];
  const missing: Peer[] = [];
  for (const peer of peers) {
    const path = peer.isCompiled ? join(binaries, peer.program) : peer.program;
    if (canStart(path)) found.push({ peer, path });
    else missing.push(peer);
  }
  return { found, missing };
}

/** Gives what a program says of its version, in one line; undefined where it cannot be started. */
export function readVersion(path: string): string | undefined {
  if (!canStart(path)) return undefined;
  const { success, stdout } = start(path);
  return success ? new TextDecoder().decode(stdout).split("\n")[0]?.trim() : "no version told";
}

/** Whether a program starts at all: not every one knows `--version`, and it may fail then. */
function canStart(path: string): boolean {
  try {
    start(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function start(path: string): Deno.CommandOutput {
  return new Deno.Command(path, {
    args: ["--version"],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).outputSync();
}

/** The store: every session under the roots, and every file that is none, with the reason. */

import { dirname, resolve } from "@std/path";
import type { Clues } from "./byte_finder.ts";
import { type CompanionFile, pairCompanions } from "./companions.ts";
import { CannotError, RefusedError } from "./errors.ts";
import { explainFailure, hintAtFailure, isFileError } from "./file_errors.ts";
import { type CacheUse, SessionFileReader } from "./session_file_reader.ts";
import type { Host, OpenFile } from "./host.ts";
import { type Listing, markDuplicates, withParts } from "./listing.ts";
import type { FactRow } from "./quick_scan.ts";
import { beginWork } from "./progress.ts";
import { parseReference, resolveId } from "./reference.ts";
import type { SessionNames } from "./session.ts";
import type { ClueReading } from "./session_file.ts";
import type { KnownSession } from "./session_cache.ts";
import type { Session } from "./transcript.ts";
import {
  type Candidate,
  findPresentRoots,
  isBelow,
  resolveRoots,
  type Skipped,
  walkRoots,
} from "./walk.ts";

/** Reading less than this takes no time to speak of, and may be one step of many. */
const WORTH_TELLING_BYTES = 16 * 1024 * 1024;

/** Where a session was found. */
interface Found {
  readonly path: string;
  readonly candidate: Candidate;
}

/** Files that may hold sessions, and what else lies beside them. */
export interface Files {
  readonly candidates: readonly Candidate[];
  readonly skipped: readonly Skipped[];
}

/** The sessions under some roots. */
export class Store {
  /** Real paths of the roots. */
  readonly roots: readonly string[];
  /** True when the roots were named, and are not the ones that are looked in without a name. */
  readonly isNamed: boolean;
  readonly #host: Host;
  readonly #cache: CacheUse;
  readonly #reader: SessionFileReader;

  /**
   * Looks in the named roots, or in the agents' default ones when none is named.
   * @param cache What may be done with what an earlier listing kept; only `list` keeps something.
   */
  constructor(host: Host, namedRoots: readonly string[], cache: CacheUse = "none") {
    this.#host = host;
    this.#reader = new SessionFileReader(host, cache);
    this.#cache = cache;
    this.roots = resolveRoots(host, namedRoots);
    this.isNamed = namedRoots.length > 0;
  }

  /**
   * Reads every session under the roots.
   * @throws CannotError when a root is a file that is no session
   */
  list(): Listing {
    const { owners, parts, failures, skipped } = this.#findOwners();
    const others = [...skipped];
    const sessions: Session[] = [];
    const found = this.#reader.readAll(owners);
    this.#endWriting();
    owners.forEach((candidate, index) => {
      const read = found[index];
      if (read === undefined) return;
      if (!("reason" in read)) {
        sessions.push(withParts(read, parts.get(candidate)));
      } // Whoever names a file as a root means that file, so it is no stranger to be counted.
      else if (candidate.path === candidate.root) throw cannotRead(read);
      else if (!failures.some(({ path }) => path === read.path)) others.push(read);
    });
    return { sessions: markDuplicates(sessions), skipped: others };
  }

  /** Finds the files that may hold a session of their own, without reading what they say. */
  findFiles(): Files {
    this.#endWriting();
    const { owners, skipped } = this.#findOwners();
    return { candidates: owners, skipped };
  }

  /** Finds the first of these clues in each file. */
  findClues(candidates: readonly Candidate[], clues: Clues): Map<Candidate, ClueReading | Skipped> {
    return this.#reader.findClues(candidates, clues);
  }

  /**
   * Finds the file of the session that was meant; for `latest` the caller says what to choose from.
   * @throws CannotError, UsageError, RefusedError when there is not exactly one.
   */
  find(reference: string, chooseFrom: (listing: Listing) => readonly Session[]): Candidate {
    const parsed = parseReference(reference);
    if (parsed.type !== "latest") this.#endWriting();
    if (parsed.type === "path") return this.#findPath(parsed.path);
    if (parsed.type === "id") {
      return resolveId(this.#readHeads(this.roots), parsed.prefix).candidate;
    }
    const { path, root } = chooseFrom(this.list())[parsed.back] ?? {};
    if (path !== undefined && root !== undefined) {
      return { path, root, facts: this.#host.files.lstat(path) };
    }
    const reason = parsed.back === 0 ? "there is none" : "there are not so many";
    throw new CannotError(`Cannot find session "${reference}": ${reason}`, {
      hint: "skein list shows what there is",
    });
  }

  /**
   * Reads the session of one file, and shows every row to whoever wants to know more than a summary.
   * @throws CannotError when the file holds none, or cannot be read.
   */
  read(candidate: Candidate, onRow?: (row: FactRow) => void): Session {
    const bytes = candidate.facts.sizeBytes;
    using _ = bytes < WORTH_TELLING_BYTES
      ? null
      : beginWork(this.#host, { what: "Reading", bytes });
    const read = this.#reader.read(candidate, onRow);
    if ("reason" in read) throw cannotRead(read);
    return read;
  }

  /** The session of a file and how many lines it has, if it is known without reading the file. */
  recall(candidate: Candidate): KnownSession | undefined {
    return this.#reader.recall(candidate);
  }

  /** The lines that `list --json` prints of sessions of a listing. */
  formatLines(sessions: readonly Session[]): Iterable<string | Uint8Array> {
    return this.#reader.formatLines(sessions);
  }

  /** As `read`, but says why a file among others is no session that can be read. */
  tryRead(candidate: Candidate, onRow: (row: FactRow) => void): Session | Skipped {
    return this.#reader.read(candidate, onRow);
  }

  /**
   * The ids that sessions name as their parents in the agents' own folders around these roots: a
   * branch may lie in another folder than its parent. What lies in the roots themselves, `list` says.
   */
  findOuterParents(): ReadonlySet<string> {
    const outer = findPresentRoots(this.#host).filter((root) =>
      !this.roots.includes(root) && this.roots.some((inner) => isBelow(inner, root))
    );
    return new Set(
      this.#readHeads(outer).flatMap(({ id, parent }) =>
        parent === "" || parent === id ? [] : [parent]
      ),
    );
  }

  /** What the session of a file is called; undefined when the file holds none. */
  readNames(candidate: Candidate): SessionNames | undefined {
    const names = this.#reader.readNames(candidate);
    return "id" in names ? names : undefined;
  }

  /** Opens a file that was found; the caller closes it. */
  open({ path }: Pick<Candidate, "path">): OpenFile {
    try {
      return this.#host.files.open(path);
    } catch (error) {
      if (!isFileError(error)) throw error;
      throw cannotOpen(path, error);
    }
  }

  /** What `list` keeps is the last that a command may write which only reads. */
  #endWriting(): void {
    if (this.#cache === "keep") this.#host.dropWritePermission();
  }

  #findPath(path: string): Candidate {
    const { files, cwd } = this.#host;
    try {
      const given = resolve(cwd, path);
      const real = files.realPath(given);
      const root = this.roots.find((candidate) => isBelow(real, candidate));
      if (root === undefined && this.roots.some((candidate) => isBelow(given, candidate))) {
        throw new RefusedError(`Cannot read "${path}": the link leads out of the root`, {
          hint: `name the file itself: "${real}"`,
        });
      }
      const facts = files.lstat(real);
      if (facts.type !== "file") {
        throw new CannotError(`Cannot read "${path}": not a file`, {
          hint: `skein list --root "${path}" shows what is in it`,
        });
      }
      return { path: real, root: root ?? dirname(real), facts };
    } catch (error) {
      if (!isFileError(error)) throw error;
      throw cannotOpen(path, error);
    }
  }

  /** Id and parent of all sessions, read no further than to the row that names each. */
  #readHeads(roots: readonly string[]): readonly (SessionNames & Found)[] {
    const { owners } = this.#splitParts(walkRoots(this.#host, roots).candidates);
    using looking = beginWork(this.#host, { what: "Looking for ids", files: owners.length });
    return owners.flatMap((candidate) => {
      const read = this.#reader.readNames(candidate);
      looking.countFiles(1);
      return "id" in read ? [{ ...read, path: candidate.path, candidate }] : [];
    });
  }

  #findOwners() {
    const { candidates, skipped } = walkRoots(this.#host, this.roots);
    const { failures, ...split } = this.#splitParts(candidates);
    return { ...split, failures, skipped: [...skipped, ...failures] };
  }

  /** Tells files of their own from those that belong to one of these. */
  #splitParts(candidates: readonly Candidate[]): {
    readonly owners: readonly Candidate[];
    readonly parts: ReadonlyMap<Candidate, readonly CompanionFile<Candidate>[]>;
    /** Files of which it is not known, because they could not be read. */
    readonly failures: readonly Skipped[];
  } {
    const failures = new Map<string, Skipped>();
    const known = new Map<string, SessionNames | Skipped>();
    const readNames = (candidate: Candidate) => {
      // An owner is asked for with each of its parts.
      const names = known.get(candidate.path) ?? this.#reader.readNames(candidate);
      known.set(candidate.path, names);
      if ("reason" in names && names.mayHideSession) failures.set(names.path, names);
      return names;
    };
    const pairs = pairCompanions(candidates).filter(({ file, owner, agent }) => {
      const [names, own] = [readNames(owner), readNames(file)];
      // It is a part when it holds the same session, or none at all.
      const isSame = "id" in own
        ? "id" in names && own.agent === agent && own.id === names.id
        : !own.mayHideSession;
      return "id" in names && names.agent === agent && isSame;
    });
    const taken = new Set(pairs.map(({ file }) => file));
    return {
      owners: candidates.filter((file) => !taken.has(file)),
      parts: Map.groupBy(pairs, ({ owner }) => owner),
      failures: [...failures.values()],
    };
  }
}

/** The error for a file that was named, and that is no session or cannot be read. */
export function cannotRead({ path, reason, mayHideSession }: Skipped): CannotError {
  return new CannotError(`Cannot read "${path}": ${reason}`, {
    hint: mayHideSession
      ? `run the command again, or look at it: ls -ld "${path}"`
      : "skein list shows the sessions that there are",
  });
}

function cannotOpen(path: string, error: unknown): CannotError {
  return new CannotError(`Cannot read "${path}": ${explainFailure(error)}`, {
    hint: hintAtFailure(error, path),
    cause: error,
  });
}

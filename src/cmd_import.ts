/** `skein import`: a session from a file or a pipe, as a new session of its agent. */

import { dirname, join, resolve } from "@std/path";
import { warnOfDamage } from "./account.ts";
import { createSession, describeUndo, journalRoot, openJournal } from "./changing.ts";
import type { Command, CommandContext, Outcome } from "./command.ts";
import { CannotError, RefusedError } from "./errors.ts";
import { explainFailure, isFileError } from "./file_errors.ts";
import { FORMATS } from "./formats.ts";
import type { Journal } from "./journal.ts";
import { SessionReader } from "./reader.ts";
import { formatTitle, shortId } from "./render_session.ts";
import { truncate } from "./text.ts";
import type { Session } from "./transcript.ts";
import type { Candidate } from "./walk.ts";

/** The command. */
export const importCommand: Command = {
  name: "import",
  summary: "Take a session in from a file or a pipe",
  operands: "FILE|-",
  arity: [1, 1],
  writes: true,
  flags: [
    {
      name: "cwd",
      value: "DIR",
      about: "the folder that the session is to be about; this one unless told",
    },
    { name: "title", value: "TEXT", about: "a new name for it" },
    {
      name: "agent",
      value: "AGENT",
      choices: FORMATS.map((format) => format.agent),
      about: "the agent that has to have written it",
    },
    { name: "json", about: "print the receipt as JSON (skein.receipt/1)" },
  ],
  examples: [
    ["talk.zotsession", "a session that somebody sent"],
    ["- < talk.zotsession", "the same through the pipe, which needs no leave to read the file"],
  ],
  run,
};

async function run(context: CommandContext): Promise<Outcome> {
  const { args: [file = "-"], flags, host, store, talk } = context;
  const root = findTargetRoot(context);
  const journal = openJournal(context, root);
  try {
    const candidate = file === "-" ? spool(context, journal) : findFile(context, file);
    const reader = new SessionReader(host, store, candidate);
    try {
      const { session, format } = reader;
      if (session.problems.some(({ kind }) => kind === "no_head")) {
        throw new CannotError(`Cannot import "${file}": no row says which session it is`);
      }
      const agent = flags.text("agent");
      if (agent !== undefined && agent !== session.agent) {
        throw new CannotError(`Cannot import "${file}" for ${agent}: ${session.agent} wrote it`);
      }
      for (const known of findEarlier(context, session)) {
        const what = known.origin === session.id ? "was imported before" : "is here already";
        talk.warning(`this session ${what}, as ${shortId(known, 8)} in ${known.path}`);
      }
      const nowMs = host.nowMs();
      const cwd = resolve(host.cwd, flags.text("cwd") ?? ".");
      const receiptId = journal.newId();
      const id = host.newId(`import ${session.id} ${receiptId}`);
      const path = format.placeNew({ id, cwd, nowMs, root, beside: undefined });
      const pieces = format.importRows(reader.scan(), {
        id,
        nowMs,
        cwd,
        title: flags.text("title"),
        wholeRow: (row) => reader.wholeRow(row),
      });
      await createSession(context, journal, {
        command: "import",
        receiptId,
        id,
        path,
        reader,
        pieces,
      });
      const title = truncate(formatTitle(session), 60);
      talk.note(`Imported "${title}"; ${describeUndo(context, [root])} takes it back`);
      return warnOfDamage([session], talk);
    } finally {
      reader.close();
    }
  } finally {
    journal.dropSpool();
    journal.close();
  }
}

/**
 * Where new sessions go: the root that was named, or the `sessions` folder in it when it is an
 * agent's home; else the first of the roots looked in without a name, made if need be.
 */
function findTargetRoot({ host, store }: CommandContext): string {
  if (store.isNamed) {
    const root = journalRoot(host, store.roots[0] ?? host.cwd);
    const home = host.files.readFolder(root).find(({ name, type }) =>
      name === "sessions" && type === "folder"
    );
    return home === undefined ? root : join(root, home.name);
  }
  const [first = "."] = host.compiledRoots.length > 0
    ? host.compiledRoots
    : FORMATS.flatMap((format) => format.findRoots(host));
  const root = resolve(host.cwd, first);
  try {
    host.files.makeFolder(root, 0o755);
    return host.files.realPath(root);
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new CannotError(`Cannot make "${root}": ${explainFailure(error)}`, { cause: error });
  }
}

function findFile({ host }: CommandContext, file: string): Candidate {
  try {
    const path = host.files.realPath(resolve(host.cwd, file));
    return { path, root: dirname(path), facts: host.files.lstat(path) };
  } catch (error) {
    if (error instanceof RefusedError) {
      throw new RefusedError(error.message, {
        hint: `through the pipe it needs no leave: skein import - < "${file}"`,
        cause: error,
      });
    }
    if (!isFileError(error)) throw error;
    throw new CannotError(`Cannot read "${file}": ${explainFailure(error)}`, { cause: error });
  }
}

/** Puts what comes through the pipe on the disk: a session is read more than once. */
function spool({ host }: CommandContext, journal: Journal): Candidate {
  const path = journal.spool((out) => {
    const buffer = new Uint8Array(64 * 1024);
    for (let count = host.stdin.read(buffer); count > 0; count = host.stdin.read(buffer)) {
      out(buffer.subarray(0, count));
    }
  });
  const full = join(journal.root, path);
  return { path: full, root: journal.root, facts: host.files.lstat(full) };
}

/** Sessions of the store that are this one, or were made from it by an earlier import. */
function findEarlier({ store }: CommandContext, { id, origin, path }: Session): readonly Session[] {
  const ids = new Set([id, origin].filter((known) => known !== undefined));
  return store.list().sessions.filter((known) =>
    known.path !== path &&
    (ids.has(known.id) || (known.origin !== undefined && ids.has(known.origin)))
  );
}

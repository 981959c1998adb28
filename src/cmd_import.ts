/** `skein import`: a session from a file or a pipe, as a new session of its agent or of another. */

import { join, resolve } from "@std/path";
import { warnOfDamage } from "./account.ts";
import { createSession, describeUndo, journalRoot, newReceiptId, openJournal } from "./changing.ts";
import type { CommandBody, CommandContext, Outcome } from "./command.ts";
import { convertSession } from "./convert_session.ts";
import { CannotError } from "./errors.ts";
import { explainFailure, hintAtFailure, isFileError } from "./file_errors.ts";
import type { Format } from "./format.ts";
import { FORMATS, resolveFormat } from "./formats.ts";
import { findFile, Input, spoolInput } from "./import_input.ts";
import type { Journal } from "./journal.ts";
import { Losses } from "./losses.ts";
import { SessionReader } from "./reader.ts";
import type { Receipt } from "./receipt.ts";
import { formatTitle, shortId } from "./render_session.ts";
import type { SessionNames } from "./session.ts";
import { truncate } from "./text.ts";
import type { Session } from "./transcript.ts";
import { isBelow } from "./walk.ts";
import { resolveWriter } from "./writers.ts";

const AGENTS = FORMATS.map(({ agent }) => agent);

/** The command. */
export const importCommand: CommandBody = {
  operands: "FILE|-",
  arity: [1, 1],
  writes: true,
  cache: "read",
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
      choices: AGENTS,
      about: "the agent that is to read it; the one that wrote it unless told",
    },
    { name: "force", about: "also rows that are too long for the agent to read" },
    { name: "json", about: "print the receipt as JSON (skein.receipt/1)" },
  ],
  examples: [
    ["talk.zotsession", "a session that somebody sent"],
    ["- < talk.zotsession", "the same through the pipe, which needs no leave to read the file"],
    ["talk.zotsession --agent claw", "as a session of claw-code"],
  ],
  run,
};

async function run(context: CommandContext): Promise<Outcome> {
  const { args: [file = "-"], host, store, talk } = context;
  const input = file === "-" ? new Input(host.stdin) : findFile(context, file);
  const names = input instanceof Input ? input.readNames() : store.readNames(input);
  if (names === undefined) {
    throw new CannotError(`Cannot import "${file}": no agent that skein knows wrote it`, {
      hint: `take one that ${AGENTS.join(", ")} or skein export wrote`,
    });
  }
  const target = resolveFormat(context.flags.text("agent") ?? names.agent);
  const root = findTargetRoot(context, target, names);
  const journal = openJournal(context, root);
  try {
    const candidate = input instanceof Input ? spoolInput(context, journal, input) : input;
    const reader = new SessionReader(host, store, candidate);
    try {
      await take(context, { reader, journal, target });
      return warnOfDamage([reader.session], talk);
    } finally {
      reader.close();
    }
  } finally {
    journal.dropSpool();
    journal.close();
  }
}

/** A session to take in, and where. */
interface Taking {
  readonly reader: SessionReader;
  readonly journal: Journal;
  /** The format of the agent that is to read it. */
  readonly target: Format;
}

async function take(context: CommandContext, { reader, journal, target }: Taking): Promise<void> {
  const { flags, host, store, talk } = context;
  const { root } = journal;
  const { session, format } = reader;
  if (session.keptMessages === 0 && session.problems.some(({ kind }) => kind === "no_head")) {
    throw new CannotError(`Cannot import "${session.path}": no row says which session it is`, {
      hint: "take the whole file: its first rows say so",
    });
  }
  const listing = store.list();
  const hidden = listing.skipped.find(({ mayHideSession }) => mayHideSession);
  if (hidden !== undefined && target.needsNeighbour) {
    throw new CannotError(
      `Cannot tell where ${target.agent} keeps its sessions: ${hidden.path}: ${hidden.reason}`,
      { hint: "--root DIR names its folder" },
    );
  }
  const known = listing.sessions.filter(({ path }) => path !== session.path);
  for (const other of findEarlier(known, session, journal.receipts())) {
    const what = other.id === session.id ? "is here already" : "was imported before";
    talk.warning(`this session ${what}, as ${shortId(other, 8)} in ${other.path}`);
  }
  const nowMs = host.nowMs();
  const cwd = resolve(host.cwd, flags.text("cwd") ?? ".");
  const receiptId = newReceiptId(context, [journal]);
  const uuid = host.newId(`import ${session.id} ${target.agent} ${receiptId}`);
  const isOwn = format === target;
  const neighbour = findNeighbour(known, root, isOwn ? session : { agent: target.agent });
  const id = target.newId({ uuid, nowMs, like: isOwn ? session : neighbour });
  const path = target.placeNew({ id, cwd, nowMs, root, beside: undefined, neighbour });
  const losses = new Losses();
  const options = { id, nowMs, cwd, title: flags.text("title"), losses };
  const pieces = isOwn
    ? resolveWriter(target.agent).importRows(reader.scan(), {
      ...options,
      session,
      wholeRow: (row) => reader.wholeRow(row),
    })
    : convertSession(context, {
      reader,
      target,
      options: { ...options, variant: neighbour?.variant ?? "" },
    });
  await createSession(context, journal, {
    command: "import",
    origin: session.origin ?? session.id,
    receiptId,
    id,
    path,
    reader,
    pieces,
    format: target,
    losses,
  });
  const title = truncate(flags.text("title") ?? formatTitle(session), 60);
  talk.note(`Imported "${title}"; ${describeUndo(context, [root])} takes it back`);
}

/**
 * Where new sessions go: the root that was named, or the `sessions` folder in it when it is an
 * agent's home; else the agent's first folder, made if need be.
 */
function findTargetRoot(
  { host, store }: CommandContext,
  format: Format,
  names: SessionNames,
): string {
  if (store.isNamed) {
    const root = journalRoot(host, store.roots[0] ?? host.cwd);
    const home = host.files.readFolder(root).find(({ name, type }) =>
      name === "sessions" && type === "folder"
    );
    return home === undefined ? root : join(root, home.name);
  }
  const variant = names.agent === format.agent ? names.variant : undefined;
  const [first = "."] = host.compiledRoots.length > 0
    ? host.compiledRoots
    : format.findRoots(host, variant || undefined);
  const root = resolve(host.cwd, first);
  try {
    host.files.makeFolder(root, 0o755);
    return host.files.realPath(root);
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new CannotError(`Cannot make "${root}": ${explainFailure(error)}`, {
      hint: hintAtFailure(error, root),
      cause: error,
    });
  }
}

/** The session of an agent that a new one is to lie beside: the nearest to the root, the latest. */
function findNeighbour(
  known: readonly Session[],
  root: string,
  wanted: Pick<Session, "agent"> & Partial<Pick<Session, "variant">>,
): Session | undefined {
  const depth = ({ path }: Session) => path.split(/[\\/]/).length;
  return known
    .filter(({ agent, variant, path }) =>
      agent === wanted.agent && (wanted.variant ?? variant) === variant && isBelow(path, root)
    )
    .sort((a, b) => depth(a) - depth(b) || b.updatedMs - a.updatedMs)[0];
}

/** Sessions of the store that are this one, or were made from it by an earlier import. */
function findEarlier(
  known: readonly Session[],
  { id, origin }: Session,
  receipts: readonly Receipt[],
): readonly Session[] {
  const ids = new Set([id, origin].filter((one) => one !== undefined));
  // Some agents leave no place in a session for where it comes from; receipts have one.
  const made = receipts.flatMap(({ creations }) => creations)
    .filter((creation) => ids.has(creation.origin)).map(({ session }) => session);
  return known.filter((other) =>
    ids.has(other.id) || made.includes(other.id) ||
    (other.origin !== undefined && ids.has(other.origin))
  );
}

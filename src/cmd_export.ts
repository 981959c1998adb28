/** `skein export`: sessions in their agent's own exchange form, or in another agent's rows. */

import { basename, dirname, join, resolve } from "@std/path";
import { generate as newTag } from "@std/uuid";
import { warnOfDamage } from "./account.ts";
import { refuseLongRows, warnOfLosses } from "./changing.ts";
import type { Command, CommandContext, Outcome } from "./command.ts";
import { convertSession } from "./convert_session.ts";
import { createFile, PRIVATE_FILE } from "./durable.ts";
import { CannotError, RefusedError, UsageError } from "./errors.ts";
import { explainFailure, isFileError } from "./file_errors.ts";
import { FILTER_FLAGS, filterSessions, refuseIdleFilters } from "./filters.ts";
import type { Format, Piece } from "./format.ts";
import { FORMATS, resolveFormat } from "./formats.ts";
import { Losses } from "./losses.ts";
import { SessionReader } from "./reader.ts";
import { formatJsonLine } from "./json_line.ts";
import { toExportJson } from "./render_json.ts";
import type { Row } from "./rows.ts";
import { formatBytes, formatSlug } from "./text.ts";
import { formatStamp } from "./time.ts";
import type { Session } from "./transcript.ts";

/** The command. */
export const exportCommand: Command = {
  name: "export",
  summary: "Write sessions in a form that can be moved and imported",
  operands: "SESSION...",
  arity: [1, Infinity],
  writes: true,
  flags: [
    {
      name: "format",
      value: "FORMAT",
      choices: ["portable", ...FORMATS.map(({ agent }) => agent)],
      about: "its agent's own exchange form, or the rows of an agent that is to read it",
    },
    { name: "output", short: "o", value: "PATH", about: "a new file, a folder, or - for the pipe" },
    { name: "force", about: "also rows that are too long for the agent to read" },
    { name: "json", about: "with --output: print one JSON object a file (skein.export/1)" },
    ...FILTER_FLAGS,
  ],
  examples: [
    ["latest > talk.zotsession", "the latest session, through the pipe"],
    ["5d0c1f6e 7a2f5c18 -o backup", "two sessions into a folder, named by time and title"],
    ["latest | ssh host skein import -", "to another machine"],
    ["latest --format claw -o talk.jsonl", "a session that claw-code can read"],
  ],
  run,
};

function run(context: CommandContext): Outcome {
  const { args, flags, host, store, talk } = context;
  for (const reference of args) refuseIdleFilters(reference, flags);
  const output = flags.text("output") ?? "-";
  const folder = output === "-" ? undefined : findFolder(context, output);
  if (args.length > 1 && folder === undefined) {
    throw new UsageError("Several sessions need a folder to go to", { hint: "--output DIR" });
  }
  if (output === "-" && flags.has("json")) {
    throw new UsageError("--json goes with --output: here the session itself is printed");
  }
  if (output === "-" && host.stdout.isTerminal) {
    throw new UsageError("Cannot export to a terminal", {
      hint: "--output FILE, or a pipe: skein export SESSION > FILE",
    });
  }
  const found = args.map((reference) =>
    store.find(reference, ({ sessions }) => filterSessions(sessions, context))
  );
  const exported = found.map((candidate) => {
    const reader = new SessionReader(host, store, candidate);
    try {
      const { session } = reader;
      const format = findTarget(context, reader.format);
      const losses = new Losses();
      const write = (out: (bytes: Uint8Array) => void) =>
        reader.writePieces(listPieces(context, { reader, format, losses }), out);
      if (output === "-") {
        // What was sent through the pipe cannot be taken back, so a look goes before.
        if (format.rowLimitBytes !== undefined) checkRows(context, reader, format);
        write((bytes) => host.stdout.write(bytes));
      } else {
        const name = nameExport(session, format.portableExtension);
        const path = folder === undefined ? resolve(host.cwd, output) : join(folder, name);
        writeNewFile(context, path, write);
        const bytes = host.files.lstat(path).sizeBytes;
        if (flags.has("json")) {
          const file = { path, bytes, format: format.agent, losses };
          host.stdout.write(formatJsonLine(toExportJson(session, file)));
        }
        talk.note(`Wrote ${path} (${formatBytes(bytes)})`);
      }
      warnOfLosses(losses, talk);
      return session;
    } finally {
      reader.close();
    }
  });
  return warnOfDamage(exported, talk);
}

/** The format to write a session in that is kept in another, or in the same. */
function findTarget({ flags }: CommandContext, own: Format): Format {
  const wish = flags.text("format") ?? "portable";
  return wish === "portable" ? own : resolveFormat(wish);
}

/** What an export is made from and for. */
interface Export {
  readonly reader: SessionReader;
  readonly format: Format;
  readonly losses: Losses;
}

/** The rows to write, each of a length that the agent reads. */
function listPieces(
  context: CommandContext,
  { reader, format, losses }: Export,
): Iterable<Piece> {
  const { flags, host } = context;
  const { session } = reader;
  const wholeRow = (row: Row) => reader.wholeRow(row);
  if (format === reader.format) {
    return format.exportRows(reader.scan(), { session, wholeRow, losses });
  }
  const nowMs = host.nowMs();
  const uuid = host.newId(`export ${session.id} ${format.agent}`);
  const id = format.newId({ uuid, nowMs, like: undefined });
  const options = { id, nowMs, cwd: "", title: undefined, variant: "", losses };
  const pieces = convertSession(context, { reader, target: format, options });
  return flags.has("force") ? pieces : refuseLongRows(pieces, format);
}

/** Makes every row once, to see that none has to be refused. */
function checkRows(context: CommandContext, reader: SessionReader, format: Format): void {
  const pieces = listPieces(context, { reader, format, losses: new Losses() })[Symbol.iterator]();
  while (!pieces.next().done);
}

/** The folder that was named as output; undefined when it is to be a file. */
function findFolder({ host }: CommandContext, output: string): string | undefined {
  try {
    const path = host.files.realPath(resolve(host.cwd, output));
    return host.files.lstat(path).type === "folder" ? path : undefined;
  } catch (error) {
    if (!isFileError(error)) throw error;
    if (/[\\/]$/.test(output)) {
      throw new CannotError(`Cannot write to "${output}": ${explainFailure(error)}`, {
        hint: `mkdir "${output}"`,
        cause: error,
      });
    }
    return undefined;
  }
}

function writeNewFile(
  { host }: CommandContext,
  path: string,
  write: (out: (bytes: Uint8Array) => void) => void,
): void {
  try {
    const root = host.files.realPath(dirname(path));
    const target = join(root, basename(path));
    createFile(host.files, { root, path: target, mode: PRIVATE_FILE, tag: newTag(), write });
  } catch (error) {
    // What was refused for another reason than leave has a hint of its own.
    if (error instanceof RefusedError && error.hint === undefined) {
      throw new RefusedError(error.message, {
        hint: `through the pipe it needs no leave: skein export SESSION > "${path}"`,
        cause: error,
      });
    }
    if (!isFileError(error)) throw error;
    throw new CannotError(`Cannot write "${path}": ${explainFailure(error)}`, { cause: error });
  }
}

/** `20261120-120000-5d0c1f6e-fix-the-parser.zotsession`: sorts by time, tells what it is. */
function nameExport(session: Session, extension: string): string {
  const { handle, title, startedMs, updatedMs } = session;
  const safeId = handle.slice(0, 8).replace(/[^A-Za-z0-9_-]/g, "_");
  const parts = [formatStamp(startedMs ?? updatedMs), safeId, formatSlug(title ?? "")];
  return parts.filter(Boolean).join("-") + extension;
}

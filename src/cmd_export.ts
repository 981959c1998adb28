/**
 * `skein export`: sessions in their agent's own exchange form, in another agent's rows, or as documents
 * for people and scripts.
 *
 * What is redacted goes out only once all of it was searched: a search that cannot be finished writes
 * nothing, into a pipe neither.
 */

import { basename, dirname, join, resolve } from "@std/path";
import { generate as newTag } from "@std/uuid";
import { warnOfDamage } from "./account.ts";
import { warnOfLosses } from "./changing.ts";
import type { Command, CommandContext, Outcome } from "./command.ts";
import { DOCUMENT_FORMS, type DocumentForm } from "./documents.ts";
import { createFile, PRIVATE_FILE } from "./durable.ts";
import { CannotError, RefusedError, UsageError } from "./errors.ts";
import { writeToPipe } from "./export_pipe.ts";
import { type ExportEnd, type ExportPlan, planExport } from "./export_plan.ts";
import { explainFailure, isFileError } from "./file_errors.ts";
import { FILTER_FLAGS, filterSessions, refuseIdleFilters } from "./filters.ts";
import type { Flags } from "./flags.ts";
import { FORMATS } from "./formats.ts";
import { formatJsonLine } from "./json_line.ts";
import { SessionReader } from "./reader.ts";
import { REDACTION_FLAGS, reportRedaction } from "./redaction.ts";
import { toExportJson } from "./render_json.ts";
import { SELECTION_FLAGS } from "./selection.ts";
import { formatBytes } from "./text.ts";

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
      choices: [
        "portable",
        ...FORMATS.map(({ agent }) => agent),
        ...DOCUMENT_FORMS.map(({ name }) => name),
      ],
      about:
        "its agent's own exchange form, the rows of an agent that is to read it, or a document",
    },
    { name: "output", short: "o", value: "PATH", about: "a new file, a folder, or - for the pipe" },
    { name: "force", about: "also rows that are too long for the agent to read" },
    { name: "json", about: "with --output: print one JSON object a file (skein.export/1)" },
    ...SELECTION_FLAGS,
    ...REDACTION_FLAGS,
    ...FILTER_FLAGS,
  ],
  examples: [
    ["latest > talk.zotsession", "the latest session, through the pipe"],
    ["5d0c1f6e 7a2f5c18 -o backup", "two sessions into a folder, named by time and title"],
    ["latest | ssh host skein import -", "to another machine"],
    ["latest --format claw -o talk.jsonl", "a session that claw-code can read"],
    ["latest --format markdown --last 20 -o talk.md", "what was said last, without secrets"],
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
  const form = findForm(flags);
  const found = args.map((reference) =>
    store.find(reference, ({ sessions }) => filterSessions(sessions, context))
  );
  const exported = found.map((candidate) => {
    const reader = new SessionReader(host, store, candidate);
    try {
      const plan = planExport(context, reader, form);
      if (output === "-") {
        finish(context, plan, writeToPipe(plan, host.stdout));
      } else {
        const path = folder === undefined ? resolve(host.cwd, output) : join(folder, plan.name);
        let end: ExportEnd | undefined;
        writeNewFile(context, path, (out) => {
          end = plan.write(out);
        });
        if (end !== undefined) finish(context, plan, end, path);
      }
      return reader.session;
    } finally {
      reader.close();
    }
  });
  return warnOfDamage(exported, talk);
}

/** The document that is wanted; undefined for rows, of which none can be left out. */
function findForm(flags: Flags): DocumentForm | undefined {
  const form = DOCUMENT_FORMS.find(({ name }) => name === flags.text("format"));
  const idle = form === undefined && SELECTION_FLAGS.find(({ name }) => flags.has(name));
  if (!idle) return form;
  const names = DOCUMENT_FORMS.map(({ name }) => `--format ${name}`).join(" or ");
  throw new UsageError(`--${idle.name} goes with ${names}: rows are written as they are`);
}

/** Says what was written, where it went, and what it does not say. */
function finish(
  { flags, host, talk }: CommandContext,
  { session, format }: ExportPlan,
  { losses, redactor }: ExportEnd,
  path?: string,
): void {
  if (path !== undefined) {
    const bytes = host.files.lstat(path).sizeBytes;
    if (flags.has("json")) {
      const redacted = redactor?.report() ?? [];
      const file = { path, bytes, format, losses, redacted };
      host.stdout.write(formatJsonLine(toExportJson(session, file)));
    }
    talk.note(`Wrote ${path} (${formatBytes(bytes)})`);
  }
  reportRedaction(redactor, talk);
  warnOfLosses(losses, talk);
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

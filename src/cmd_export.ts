/**
 * `skein export`: sessions in their agent's own exchange form, in another agent's rows, or as documents
 * for people and scripts.
 *
 * What is redacted goes out only once all of it was searched: a search that cannot be finished writes
 * nothing, into a pipe neither.
 */

import { join } from "@std/path";
import { warnOfDamage } from "./account.ts";
import { warnOfLosses } from "./changing.ts";
import type { CommandBody, CommandContext, Outcome } from "./command.ts";
import { type DocumentForm, type IndexPage, NO_RELATIVES } from "./document_form.ts";
import { type DocumentSet, planSet } from "./document_set.ts";
import { DOCUMENT_FORMS } from "./documents.ts";
import { refuseTaken } from "./durable.ts";
import { UsageError } from "./errors.ts";
import { findOutput, writeNewFile } from "./export_output.ts";
import { writeToPipe } from "./export_pipe.ts";
import { type ExportEnd, type ExportPlan, planExport } from "./export_plan.ts";
import { FILTER_FLAGS, filterSessions, refuseIdleFilters } from "./filters.ts";
import type { Flags } from "./flags.ts";
import { FORMATS } from "./formats.ts";
import { formatJsonLine } from "./json_line.ts";
import { withSession } from "./pick_session.ts";
import { SessionReader } from "./reader.ts";
import { REDACTION_FLAGS, reportRedaction } from "./redaction.ts";
import { toExportJson } from "./render_json.ts";
import { SELECTION_FLAGS } from "./selection.ts";
import { formatBytes } from "./text.ts";
import type { Candidate } from "./walk.ts";

/** The command. */
export const exportCommand: CommandBody = {
  operands: "SESSION...",
  picks: { filters: FILTER_FLAGS },
  arity: [1, Infinity],
  writes: true,
  cache: "read",
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
    ["-o talk.zotsession", "a session that you pick from all, into a file"],
    ["latest | ssh host skein import -", "to another machine"],
    ["latest --format claw -o talk.jsonl", "a session that claw-code can read"],
    ["latest --format html -o talk.html", "a page to share, without secrets"],
    ["latest --format markdown --last 20 -o talk.md", "what was said last, the same way"],
  ],
  run,
};

async function run(given: CommandContext): Promise<Outcome> {
  const output = findOutput(given);
  const form = findForm(given.flags);
  const context = await withSession(given);
  const { args, flags, host, store, talk } = context;
  for (const reference of args) refuseIdleFilters(reference, flags);
  if (args.length > 1 && output.type !== "folder") {
    throw new UsageError("Several sessions need a folder to go to", {
      hint: "--output DIR, a folder that is there",
    });
  }
  const found = args.map((reference) =>
    store.find(reference, ({ sessions }) => filterSessions(sessions, context))
  );
  const writer = await form?.load();
  const set = form && writer?.index && output.type === "folder" && found.length > 1
    ? planFolder(context, found, { form, index: writer.index, folder: output.path })
    : undefined;
  const exported = found.map((candidate) => {
    const reader = new SessionReader(host, store, candidate);
    try {
      const planned = set?.documents.get(candidate.path);
      const relatives = planned?.relatives ?? NO_RELATIVES;
      const plan = planExport(context, reader, form && writer && { form, writer, relatives });
      if (output.type === "pipe") {
        finish(context, plan, writeToPipe(plan, host.stdout));
      } else {
        const path = output.type === "file"
          ? output.path
          : join(output.path, planned?.file ?? plan.name);
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
  set?.writeIndex();
  return warnOfDamage(exported, talk);
}

/** Several documents for one folder, in which none of their names may be taken, and their index. */
function planFolder(
  context: CommandContext,
  found: readonly Candidate[],
  { form, index, folder }: {
    readonly form: DocumentForm;
    readonly index: IndexPage;
    readonly folder: string;
  },
): DocumentSet & { readonly writeIndex: () => void } {
  const { host, store, talk } = context;
  const sessions = found.map((candidate) => store.read(candidate));
  const set = planSet(context, sessions, { form, index: index.file });
  for (const { file } of [...set.entries, index]) refuseTaken(host.files, join(folder, file));
  return {
    ...set,
    writeIndex: () => {
      const path = join(folder, index.file);
      const bytes = new TextEncoder().encode(index.write(set.entries));
      writeNewFile(context, path, (out) => out(bytes));
      talk.note(`Wrote ${path} (${formatBytes(bytes.length)})`);
    },
  };
}

/** The document that is wanted; undefined for rows, of which none can be left out. */
function findForm(flags: Flags): DocumentForm | undefined {
  const form = DOCUMENT_FORMS.find(({ name }) => name === flags.text("format"));
  const idle = form === undefined && SELECTION_FLAGS.find(({ name }) => flags.has(name));
  if (!idle) return form;
  const names = DOCUMENT_FORMS.map(({ name }) => name);
  throw new UsageError(
    `--${idle.name} goes with --format ${names.slice(0, -1).join(", ")} or ${names.at(-1)}: ` +
      "rows are written as they are",
    { hint: `--format ${names[0]}` },
  );
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

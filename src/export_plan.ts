/**
 * What an export writes, before any of it is written: the rows of an agent or a document, each with
 * what should not be shared taken out where that is wished.
 */

import { refuseLongRows } from "./changing.ts";
import type { CommandContext } from "./command.ts";
import { convertSession } from "./convert_session.ts";
import type { DocumentForm, DocumentWriter, Relatives } from "./document_form.ts";
import { checkDocument, writeDocument } from "./documents.ts";
import type { Format, Piece } from "./format.ts";
import { resolveFormat } from "./formats.ts";
import { nameExport } from "./export_name.ts";
import { Losses } from "./losses.ts";
import { beginWork } from "./progress.ts";
import type { SessionReader } from "./reader.ts";
import { redactSession } from "./redact_messages.ts";
import { redactRow } from "./redact_rows.ts";
import { makeRedactor } from "./redaction.ts";
import type { Redactor } from "./redactor.ts";
import type { Row } from "./rows.ts";
import { readSelection } from "./selection.ts";
import type { Session } from "./transcript.ts";
import { resolveWriter } from "./writers.ts";

/** How a session is to be written. */
export interface ExportPlan {
  readonly session: Session;
  /** What `--format` calls it. */
  readonly format: string;
  /** What its file is called in a folder. */
  readonly name: string;
  /** Whether writing may be refused when some of it is written. */
  readonly mayFail: boolean;
  /** Throws what writing would, and writes nothing. */
  readonly check: () => void;
  /** Writes it; does so anew, and alike, each time. */
  readonly write: (out: (bytes: Uint8Array) => void) => ExportEnd;
}

/** What there is to say once a session was written. */
export interface ExportEnd {
  readonly losses: Losses;
  readonly redactor: Redactor | undefined;
}

/** What is written: a document, or rows. */
interface ExportContents {
  readonly format: string;
  /** How the name of its file ends. */
  readonly extension: string;
  /** Whether writing may be refused though nothing is redacted. */
  readonly mayFail: boolean;
  /** Throws what writing would. */
  readonly check: (redactor: Redactor | undefined) => void;
  /** Writes it anew; gives what it does not say. */
  readonly write: (redactor: Redactor | undefined, out: (bytes: Uint8Array) => void) => Losses;
}

/** A form of documents that is loaded, and what is written with the session. */
export interface DocumentWish {
  readonly form: DocumentForm;
  readonly writer: DocumentWriter;
  readonly relatives: Relatives;
}

/** Plans the export of a session: as a document of a form, or as rows. */
export function planExport(
  context: CommandContext,
  reader: SessionReader,
  wish: DocumentWish | undefined,
): ExportPlan {
  const { session } = reader;
  const newRedactor = () => makeRedactor(context, session, wish?.form.isForSharing ?? false);
  const redactor = newRedactor();
  const contents = wish === undefined
    ? prepareRows(context, reader)
    : prepareDocument(context, reader, wish);
  return {
    session,
    format: contents.format,
    name: nameExport(
      redactSession(session, redactor, ["title", "handle"]),
      contents.extension,
    ),
    mayFail: contents.mayFail || redactor !== undefined,
    check: () => {
      using _ = beginWork(context.host, { what: "Checking", bytes: session.bytes });
      contents.check(newRedactor());
    },
    write: (out) => {
      using _ = beginWork(context.host, { what: "Writing", bytes: session.bytes });
      // A new one each time, so that it counts, and numbers, from the start.
      const own = newRedactor();
      return { losses: contents.write(own, out), redactor: own };
    },
  };
}

function prepareDocument(
  { flags, host }: CommandContext,
  reader: SessionReader,
  { form, writer, relatives }: DocumentWish,
): ExportContents {
  const numbers = readSelection(flags)(reader.messages);
  const hasTools = !flags.has("no-tools");
  return {
    format: form.name,
    extension: form.extension,
    mayFail: false,
    check: (redactor) => checkDocument(reader, { host, numbers, hasTools, relatives, redactor }),
    write: (redactor, out) => {
      const choice = { host, numbers, hasTools, relatives, redactor };
      for (const bytes of writeDocument(reader, writer, choice)) out(bytes);
      return new Losses();
    },
  };
}

function prepareRows(context: CommandContext, reader: SessionReader): ExportContents {
  const format = findTarget(context, reader.format);
  const write = (redactor: Redactor | undefined, out: (bytes: Uint8Array) => void) => {
    const losses = new Losses();
    const pieces = listPieces(context, { reader, format, losses });
    reader.writePieces(
      redactor === undefined ? pieces : redactPieces(reader, pieces, redactor),
      out,
    );
    return losses;
  };
  return {
    format: format.agent,
    extension: format.portableExtension,
    mayFail: format.rowLimitBytes !== undefined,
    check: (redactor) => void write(redactor, () => {}),
    write,
  };
}

/** The pieces without what should not be shared. */
function* redactPieces(
  reader: SessionReader,
  pieces: Iterable<Piece>,
  redactor: Redactor,
): Generator<Piece> {
  for (const piece of pieces) {
    const bytes = piece.type === "row" ? piece.bytes : readWhole(reader, piece);
    yield { type: "row", bytes: redactRow(bytes, redactor) };
  }
}

function readWhole(
  reader: SessionReader,
  { offset, length }: { readonly offset: number; readonly length: number },
): Uint8Array {
  const bytes = new Uint8Array(length);
  let done = 0;
  for (const part of reader.readBytes(offset, length)) {
    bytes.set(part, done);
    done += part.length;
  }
  return bytes.subarray(0, done);
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
    return resolveWriter(format.agent).exportRows(reader.scan(), { session, wholeRow, losses });
  }
  const nowMs = host.nowMs();
  const uuid = host.newId(`export ${session.id} ${format.agent}`);
  const id = format.newId({ uuid, nowMs, like: undefined });
  const options = { id, nowMs, cwd: "", title: undefined, variant: "", losses };
  const pieces = convertSession(context, { reader, target: format, options });
  return flags.has("force") ? pieces : refuseLongRows(pieces, format);
}

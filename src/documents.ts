/**
 * The forms in which a session is written for people and scripts to read, and not for an agent: each
 * writes a session and then its messages, one after the other, so that memory does not depend on how
 * many there are. A new form is an entry in `DOCUMENT_FORMS`.
 */

import {
  type DocumentContents,
  type DocumentForm,
  type DocumentMessage,
  type DocumentWriter,
  type Relatives,
  type SupersededMessage,
} from "./document_form.ts";
import { RefusedError } from "./errors.ts";
import type { Host } from "./host.ts";
import { formatJsonLine } from "./json_line.ts";
import { MessageNumbers } from "./messages.ts";
import { beginWork } from "./progress.ts";
import type { SessionReader } from "./reader.ts";
import { redactMessage, redactSession } from "./redact_messages.ts";
import type { Redactor } from "./redactor.ts";
import { toMessageJson } from "./render_json.ts";
import { renderMarkdown, renderMarkdownHeader } from "./render_markdown.ts";
import { withoutTools } from "./selection.ts";
import { toSessionJson } from "./session_json.ts";
import type { JsonObject } from "./transcript.ts";
import { readTurns } from "./turns.ts";

/** All forms. */
export const DOCUMENT_FORMS: readonly DocumentForm[] = [
  {
    name: "html",
    extension: ".html",
    isForSharing: true,
    load: async () => (await import("./html_form.ts")).HTML_WRITER,
  },
  {
    name: "markdown",
    extension: ".md",
    isForSharing: true,
    load: () => Promise.resolve({ write: writeMarkdown }),
  },
  {
    name: "json",
    extension: ".json",
    isForSharing: false,
    load: () => Promise.resolve({ write: writeJson }),
  },
];

/** How many lines are put together at a time, and how many letters are encoded. */
const [LINES_EACH, LETTERS_EACH] = [512, 32 * 1024];

/** What of a session goes into a document, and whom to tell of it. */
export interface DocumentChoice {
  readonly host: Pick<Host, "progress">;
  readonly numbers: readonly number[];
  readonly hasTools: boolean;
  readonly relatives: Relatives;
  /** Takes out what should not be shared; without one nothing is. */
  readonly redactor: Redactor | undefined;
}

/**
 * Gives the bytes of a document, in pieces.
 * @throws RefusedError when a message cannot be read any more: what is in it cannot be told
 */
export function* writeDocument(
  reader: SessionReader,
  writer: DocumentWriter,
  choice: DocumentChoice,
): Generator<Uint8Array> {
  const { session, messages } = reader;
  const { numbers, relatives, redactor } = choice;
  const texts = writer.write({
    session,
    chosen: numbers.length,
    total: messages.length,
    hasPrompts: numbers.some((number) => messages.isPrompt(number)),
    messages: () => listMessages(reader, choice),
    superseded: () => isWhole(reader, choice) ? listSuperseded(reader, redactor) : [],
    isCompacted: messages.restartLine > 0,
    turns: () => {
      using _ = beginWork(choice.host, { what: "Counting", bytes: session.bytes });
      return readTurns(reader);
    },
    relatives,
    redactor,
  });
  for (const text of texts) yield* encodePieces(text);
}

/** The bytes of a text, a part at a time: it may be as long as a message. */
function* encodePieces(text: string): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (let start = 0; start < text.length;) {
    let end = start + LETTERS_EACH;
    // Both halves of a letter beyond the first 65,536 are encoded together.
    if (/[\ud800-\udbff]/.test(text[end - 1] ?? "")) end++;
    yield encoder.encode(text.slice(start, end));
    start = end;
  }
}

/**
 * Searches all that a document would say, and writes nothing.
 * @throws RefusedError as `writeDocument` does
 */
export function checkDocument(reader: SessionReader, choice: DocumentChoice): void {
  for (const _ of listMessages(reader, choice));
  if (isWhole(reader, choice)) { for (const _ of listSuperseded(reader, choice.redactor)); }
}

/** Whether nothing was left out. */
function isWhole({ messages }: SessionReader, { numbers, hasTools }: DocumentChoice): boolean {
  return numbers.length === messages.length && hasTools;
}

function* listMessages(
  reader: SessionReader,
  { numbers, hasTools, redactor }: DocumentChoice,
): Generator<DocumentMessage> {
  for (const number of numbers) {
    const place = reader.messages.place(number);
    const whole = reader.read(place, "whole");
    if (whole === undefined) throw changed(reader);
    const message = hasTools ? whole : withoutTools(whole);
    if (message === undefined) continue;
    yield {
      number,
      place,
      isPrompt: reader.messages.isPrompt(number),
      message: redactMessage(message, redactor),
    };
  }
}

/** The messages before the last restart that were not taken up again. */
function* listSuperseded(
  reader: SessionReader,
  redactor: Redactor | undefined,
): Generator<SupersededMessage> {
  const { messages } = reader;
  if (messages.restartLine === 0) return;
  const numbers = new MessageNumbers(messages);
  for (const scanned of reader.scan()) {
    const { row } = scanned;
    if (row.line >= messages.restartLine) return;
    const said = reader.readExact(scanned);
    if (said.length === 0 && scanned.facts.some(({ kind }) => kind === "message")) {
      throw changed(reader);
    }
    for (const [index, message] of said.entries()) {
      if (numbers.take(row, index) !== undefined || message.blocks.length === 0) continue;
      const place = { line: row.line, index };
      yield { place, message: redactMessage(message, redactor) };
    }
  }
}

function changed({ session }: SessionReader): RefusedError {
  return new RefusedError(`Cannot export "${session.path}": it changed meanwhile`, {
    hint: "run the command again",
  });
}

function* writeMarkdown({ session, messages, redactor }: DocumentContents): Generator<string> {
  yield* joinLines(
    renderMarkdownHeader(redactSession(session, redactor, ["id", "title", "model"])),
  );
  for (const { number, message } of messages()) {
    yield* joinLines(renderMarkdown(`${number}.`, message, { isFolded: true }));
  }
}

/** Lines with their ends, some hundred at a time: a message may have millions. */
function* joinLines(lines: readonly string[]): Generator<string> {
  for (let start = 0; start < lines.length; start += LINES_EACH) {
    yield `${lines.slice(start, start + LINES_EACH).join("\n")}\n`;
  }
}

/** One object: a session by `skein.session/1`, and its messages by `skein.message/1` in `transcript`. */
function* writeJson({ session, messages, redactor }: DocumentContents): Generator<string> {
  const head = formatJsonLine(redactEntries(toSessionJson(session), redactor)).trimEnd();
  yield `${head.slice(0, -"}".length)},"transcript":[`;
  let separator = "\n";
  for (const { number, place, message } of messages()) {
    const json = toMessageJson(session, { ...place, number, isSuperseded: false, message });
    yield separator + formatJsonLine(redactEntries(json, redactor)).trimEnd();
    separator = ",\n";
  }
  yield "\n]}\n";
}

/** Redacts all that an object says but for the blocks of a message, which were redacted together. */
function redactEntries(value: JsonObject, redactor: Redactor | undefined): JsonObject {
  if (redactor === undefined) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "blocks" || inner === undefined ? inner : redactor.redactValue(inner, key),
    ]),
  );
}

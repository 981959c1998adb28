/**
 * The forms in which a session is written for people and scripts to read, and not for an agent: each
 * writes a session and then its messages, one after the other, so that memory does not depend on how
 * many there are. A new form is an entry in `DOCUMENT_FORMS`.
 */

import { RefusedError } from "./errors.ts";
import { formatJsonLine } from "./json_line.ts";
import type { SessionReader } from "./reader.ts";
import { redactMessage, redactSession } from "./redact_messages.ts";
import type { Redactor } from "./redactor.ts";
import { toMessageJson } from "./render_json.ts";
import { renderMarkdown, renderMarkdownHeader } from "./render_markdown.ts";
import { withoutTools } from "./selection.ts";
import { toSessionJson } from "./session_json.ts";
import type { MessagePlace } from "./messages.ts";
import type { JsonObject, Message, Session } from "./transcript.ts";

/** A message of a document, and where it stands. */
export interface DocumentMessage {
  readonly number: number;
  readonly place: MessagePlace;
  readonly message: Message;
}

/** A form of documents. */
export interface DocumentForm {
  /** As `--format` spells it. */
  readonly name: string;
  /** How the names of its files end. */
  readonly extension: string;
  /** Whether it is made to be shared, and is redacted unless somebody says no. */
  readonly isForSharing: boolean;
  /** Gives the text of a document, in pieces; the messages are redacted, the session is not. */
  readonly write: (
    session: Session,
    messages: Iterable<DocumentMessage>,
    redactor: Redactor | undefined,
  ) => Generator<string>;
}

/** All forms. */
export const DOCUMENT_FORMS: readonly DocumentForm[] = [
  {
    name: "markdown",
    extension: ".md",
    isForSharing: true,
    write: writeMarkdown,
  },
  {
    name: "json",
    extension: ".json",
    isForSharing: false,
    write: writeJson,
  },
];

/** How many lines are put together at a time, and how many letters are encoded. */
const [LINES_EACH, LETTERS_EACH] = [512, 32 * 1024];

/** What of a session goes into a document. */
export interface DocumentContents {
  readonly numbers: readonly number[];
  readonly hasTools: boolean;
  /** Takes out what should not be shared; without one nothing is. */
  readonly redactor: Redactor | undefined;
}

/**
 * Gives the bytes of a document, in pieces.
 * @throws RefusedError when a message cannot be read any more: what is in it cannot be told
 */
export function* writeDocument(
  reader: SessionReader,
  form: DocumentForm,
  contents: DocumentContents,
): Generator<Uint8Array> {
  const messages = listMessages(reader, contents);
  for (const text of form.write(reader.session, messages, contents.redactor)) {
    yield* encodePieces(text);
  }
}

/**
 * Reads and redacts the messages of a document, and writes none.
 * @throws RefusedError as `writeDocument` does
 */
export function checkDocument(reader: SessionReader, contents: DocumentContents): void {
  for (const _ of listMessages(reader, contents)) {
    // To have been read and redacted is all that is asked of it.
  }
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

function* listMessages(
  reader: SessionReader,
  { numbers, hasTools, redactor }: DocumentContents,
): Generator<DocumentMessage> {
  for (const number of numbers) {
    const place = reader.messages.place(number);
    const whole = reader.read(place, "whole");
    if (whole === undefined) {
      throw new RefusedError(`Cannot export "${reader.session.path}": it changed meanwhile`, {
        hint: "run the command again",
      });
    }
    const message = hasTools ? whole : withoutTools(whole);
    if (message === undefined) continue;
    yield {
      number,
      place,
      message: redactor === undefined ? message : redactMessage(message, redactor),
    };
  }
}

function* writeMarkdown(
  session: Session,
  messages: Iterable<DocumentMessage>,
  redactor: Redactor | undefined,
): Generator<string> {
  yield* joinLines(
    renderMarkdownHeader(redactor === undefined ? session : redactSession(session, redactor)),
  );
  for (const { number, message } of messages) {
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
function* writeJson(
  session: Session,
  messages: Iterable<DocumentMessage>,
  redactor: Redactor | undefined,
): Generator<string> {
  const head = formatJsonLine(redactEntries(toSessionJson(session), redactor)).trimEnd();
  yield `${head.slice(0, -"}".length)},"transcript":[`;
  let separator = "\n";
  for (const { number, place, message } of messages) {
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

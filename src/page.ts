/**
 * The ways in which `show` writes messages: for people, as Markdown, as JSON Lines, as raw bytes.
 *
 * Each way writes messages by number, or every row of the file. People get a page, on which a text
 * of many megabytes is cut with a note; the other ways are never cut.
 */

import type { CommandContext, Talk } from "./command.ts";
import type { Host } from "./host.ts";
import { MessageNumbers, type MessagePlace } from "./messages.ts";
import type { ReadWish, SessionReader } from "./reader.ts";
import { renderHeader } from "./render_header.ts";
import { formatJsonLine } from "./json_line.ts";
import { type RowDescription, toMessageJson, toRowJson } from "./render_json.ts";
import { renderMarkdown, renderMarkdownHeader } from "./render_markdown.ts";
import { MessageRenderer } from "./render_message.ts";
import type { ScannedRow } from "./format.ts";
import { withoutTools } from "./selection.ts";
import type { Highlight } from "./render_text.ts";
import { paintLine, PLAIN } from "./style.ts";
import { formatCount, toOneLine } from "./text.ts";
import type { Message } from "./transcript.ts";

/** Writes a session's messages in one way. */
export interface PageWriter {
  /** Writes the messages of these numbers. */
  writeMessages(numbers: readonly number[]): void;
  /** Writes every row of the file, messages in full. */
  writeAllRows(): void;
  /** Takes another width for what comes, where lines are fitted to one. */
  fit(width: number | undefined): void;
}

/** A message, with what has to be known of where it stands. */
interface Placed {
  readonly number: number | undefined;
  readonly isSuperseded: boolean;
  readonly place: Pick<MessagePlace, "line" | "offset" | "length">;
  readonly message: Message;
}

/** How one way writes: a beginning, messages, and rows that are none. */
interface Way {
  readonly wish: ReadWish;
  /** Takes another width; absent where nothing is fitted to one. */
  readonly fit?: (width: number | undefined) => void;
  start(): void;
  message(placed: Placed): void;
  row(scanned: ScannedRow, description: RowDescription): void;
}

/** The way that the flags ask for. */
export async function writerFor(
  context: CommandContext,
  reader: SessionReader,
): Promise<PageWriter> {
  const { flags, style } = context;
  if (flags.has("raw")) return new RawWriter(context, reader);
  if (flags.has("json")) return new MessageWriter(context, reader, jsonWay(context, reader));
  if (flags.has("markdown")) {
    return new MessageWriter(context, reader, markdownWay(context, reader));
  }
  // The grammars are loaded only where there are colours to tell code by.
  const highlight = style === PLAIN ? undefined : (await import("./highlight.ts")).highlight;
  return new MessageWriter(context, reader, plainWay(context, reader, highlight));
}

class MessageWriter implements PageWriter {
  readonly #reader: SessionReader;
  readonly #way: Way;
  readonly #hasTools: boolean;
  readonly #talk: Talk;

  constructor({ flags, talk }: CommandContext, reader: SessionReader, way: Way) {
    this.#talk = talk;
    this.#reader = reader;
    this.#way = way;
    this.#hasTools = !flags.has("no-tools");
    way.start();
  }

  writeMessages(numbers: readonly number[]): void {
    for (const number of numbers) {
      const place = this.#reader.messages.place(number);
      const message = this.#reader.read(place, this.#way.wish);
      if (message === undefined) this.#talk.warning(`message ${number} changed while it was read`);
      else this.#write({ number, isSuperseded: false, place, message });
    }
  }

  writeAllRows(): void {
    const { messages } = this.#reader;
    const numbers = new MessageNumbers(messages);
    for (const scanned of this.#reader.scan()) {
      const { row } = scanned;
      const description = describeRow(scanned);
      if (description !== undefined) this.#way.row(scanned, description);
      this.#reader.readScanned(scanned, this.#way.wish).forEach((message, index) => {
        const number = numbers.take(row, index);
        const isSuperseded = row.line < messages.restartLine;
        this.#write({ number, isSuperseded, place: row, message });
      });
    }
  }

  fit(width: number | undefined): void {
    this.#way.fit?.(width);
  }

  #write(placed: Placed): void {
    const message = this.#hasTools ? placed.message : withoutTools(placed.message);
    if (message !== undefined) this.#way.message({ ...placed, message });
  }
}

class RawWriter implements PageWriter {
  readonly #context: CommandContext;
  readonly #reader: SessionReader;

  constructor(context: CommandContext, reader: SessionReader) {
    this.#context = context;
    this.#reader = reader;
  }

  writeMessages(numbers: readonly number[]): void {
    // One row may hold many messages; its bytes are printed once.
    let printed = -1;
    for (const number of numbers) {
      const { offset, length } = this.#reader.messages.place(number);
      if (offset === printed) continue;
      this.#copy(offset, length);
      this.#context.host.stdout.write("\n");
      printed = offset;
    }
  }

  writeAllRows(): void {
    let done = 0;
    for (const scanned of this.#reader.scan()) {
      if (!this.#isPrivate(scanned)) continue;
      const { row } = scanned;
      this.#copy(done, row.offset - done);
      done = row.offset + row.length;
      this.#context.talk.warning(`line ${row.line} is private to its agent, and left out`);
    }
    this.#copy(done, this.#reader.session.bytes - done);
  }

  /** Does nothing: bytes have no width. */
  fit(): void {}

  /** A damaged row that was shortened has to be looked at whole. */
  #isPrivate({ row, value, facts }: ScannedRow): boolean {
    if (facts.some((fact) => fact.kind === "note" && fact.sort === "private")) return true;
    return value === undefined && row.isShortened &&
      this.#reader.format.isPrivate?.(this.#reader.wholeRow(row).bytes) === true;
  }

  #copy(offset: number, length: number): void {
    for (const bytes of this.#reader.readBytes(offset, length)) {
      this.#context.host.stdout.write(bytes);
    }
  }
}

function plainWay(
  { host, style, width }: CommandContext,
  reader: SessionReader,
  highlight: Highlight | undefined,
): Way {
  const renderer = new MessageRenderer({ style, width, highlight });
  const write = writeLines(host);
  return {
    wish: "page",
    fit: (other) => renderer.fit(other),
    start: () => write(renderHeader(reader.session, { style, width })),
    message: ({ number, isSuperseded, message }) => {
      const label = number === undefined ? labelUnnumbered(isSuperseded) : `#${number}`;
      const isPrompt = number !== undefined && reader.messages.isPrompt(number);
      write(renderer.render({ label, isPrompt, message }));
    },
    row: ({ row }, { what }) => {
      write(["", paintLine([[style.dim, `· line ${row.line}: ${toOneLine(what)}`]], width)]);
    },
  };
}

function markdownWay({ host }: CommandContext, { session }: SessionReader): Way {
  const write = writeLines(host);
  return {
    wish: "whole",
    start: () => write(renderMarkdownHeader(session)),
    message: ({ number, isSuperseded, message }) => {
      const label = number === undefined ? labelUnnumbered(isSuperseded) : `${number}.`;
      write(renderMarkdown(label, message));
    },
    row: ({ row }, { what }) => write(["", `*line ${row.line}: ${toOneLine(what)}*`]),
  };
}

function jsonWay({ host }: CommandContext, { session }: SessionReader): Way {
  return {
    wish: "whole",
    start: () => {},
    message: ({ place, ...placed }) =>
      host.stdout.write(formatJsonLine(toMessageJson(session, { ...place, ...placed }))),
    row: ({ row }, description) =>
      host.stdout.write(formatJsonLine(toRowJson(session, row, description))),
  };
}

function writeLines(host: Host): (lines: readonly string[]) => void {
  return (lines) => {
    for (const line of lines) host.stdout.write(`${line}\n`);
  };
}

function labelUnnumbered(isSuperseded: boolean): string {
  return isSuperseded ? "(superseded)" : "(holds nothing)";
}

/** What a row is that holds no message; undefined for a row of messages or a blank one. */
function describeRow({ facts, problems }: ScannedRow): RowDescription | undefined {
  const damage = problems.find((problem) => problem.severity === "damage");
  if (damage !== undefined) return { type: "damaged", what: damage.reason };
  const [fact] = facts;
  switch (fact?.kind) {
    case "head": {
      const { id, model, provider } = fact.head;
      const by = [model, provider && `(${provider})`].filter(Boolean).join(" ");
      return { type: "head", what: [`session ${id}`, by].filter(Boolean).join(", ") };
    }
    case "title":
      return { type: "title", what: `renamed to "${fact.title}"` };
    case "usage":
      return { type: "usage", what: "usage" };
    case "note":
      return { type: "note", what: fact.what };
    case "restart": {
      const count = formatCount(fact.messages.length, "message");
      return { type: "restart", what: `compaction: ${count} in the place of all before` };
    }
    case "unknown":
      return { type: "unknown", what: "a row of an unknown type" };
    default:
      return undefined;
  }
}

/**
 * The ways in which `show` writes messages: for people, as JSON Lines, as Markdown, as raw bytes.
 *
 * Each way writes a choice of messages by number, or every row of the file. People and Markdown get
 * a page, on which a text of many megabytes is cut with a note; JSON and raw bytes are never cut.
 */

import { formatProblem } from "./account.ts";
import type { CommandContext } from "./command.ts";
import type { MessagePlace } from "./messages.ts";
import type { ReadWish, SessionReader } from "./reader.ts";
import { formatJsonLine, toMessageJson, toRowJson } from "./render_json.ts";
import { renderMarkdown } from "./render_markdown.ts";
import { MessageRenderer } from "./render_message.ts";
import { renderHeader } from "./render_header.ts";
import type { ScannedRow } from "./scan.ts";
import type { Message } from "./transcript.ts";

/** Writes a session's messages in one way. */
export interface PageWriter {
  /** Writes the messages of these numbers. */
  writeMessages(numbers: readonly number[]): void;
  /** Writes every row of the file, messages in full. */
  writeAllRows(): void;
}

/** A message, with what has to be known of where it stands. */
interface Placed {
  readonly number: number | undefined;
  readonly place: Pick<MessagePlace, "line" | "offset" | "length">;
  readonly message: Message;
}

/** How one way writes: a beginning, messages, and rows that are none. */
interface Way {
  readonly wish: ReadWish;
  start(): void;
  message(placed: Placed): void;
  row(scanned: ScannedRow): void;
}

/** The way that the flags ask for. */
export function writerFor(context: CommandContext, reader: SessionReader): PageWriter {
  if (context.flags.has("raw")) return new RawWriter(context, reader);
  if (context.flags.has("json")) return new MessageWriter(reader, jsonWay(context, reader));
  if (context.flags.has("markdown")) return new MessageWriter(reader, markdownWay(context, reader));
  return new MessageWriter(reader, plainWay(context, reader));
}

class MessageWriter implements PageWriter {
  readonly #reader: SessionReader;
  readonly #way: Way;

  constructor(reader: SessionReader, way: Way) {
    this.#reader = reader;
    this.#way = way;
    way.start();
  }

  writeMessages(numbers: readonly number[]): void {
    for (const number of numbers) {
      const place = this.#reader.messages.place(number);
      const message = this.#reader.read(place, this.#way.wish);
      if (message !== undefined) this.#way.message({ number, place, message });
    }
  }

  writeAllRows(): void {
    const { messages } = this.#reader;
    let next = 1;
    for (const scanned of this.#reader.scan()) {
      this.#way.row(scanned);
      const { row } = scanned;
      this.#reader.readScanned(scanned, this.#way.wish).forEach((message, index) => {
        // Numbers rise with the rows, so the next numbered message is always known.
        const place = next <= messages.length ? messages.place(next) : undefined;
        const isNext = place?.offset === row.offset && place.index === index;
        this.#way.message({ number: isNext ? next++ : undefined, place: row, message });
      });
    }
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
    this.#copy(0, this.#reader.session.bytes);
  }

  #copy(offset: number, length: number): void {
    for (const bytes of this.#reader.readBytes(offset, length)) {
      this.#context.host.stdout.write(bytes);
    }
  }
}

function plainWay({ host, style, width, flags }: CommandContext, reader: SessionReader): Way {
  const tools = flags.has("no-tools") ? "hidden" : "shown";
  const renderer = new MessageRenderer({ style, width, tools });
  const write = (lines: readonly string[]) => {
    for (const line of lines) host.stdout.write(`${line}\n`);
  };
  return {
    wish: "page",
    start: () => write(renderHeader(reader.session, { style, width })),
    message: ({ number, message }) => {
      const label = number === undefined ? labelUnnumbered(message) : `#${number}`;
      write(renderer.render({ label, message }));
    },
    row: (scanned) => {
      const what = describeRow(scanned);
      if (what !== undefined) write([style.dim(`· line ${scanned.row.line}: ${what}`), ""]);
    },
  };
}

function markdownWay({ host, flags }: CommandContext, reader: SessionReader): Way {
  const tools = flags.has("no-tools") ? "hidden" : "shown";
  const write = (lines: readonly string[]) => {
    for (const line of lines) host.stdout.write(`${line}\n`);
  };
  return {
    wish: "whole",
    start: () => write([`# ${reader.session.title ?? reader.session.id}`, ""]),
    message: ({ number, message }) =>
      write(
        renderMarkdown(number === undefined ? labelUnnumbered(message) : `${number}.`, message, {
          tools,
        }),
      ),
    row: (scanned) => {
      const what = describeRow(scanned);
      if (what !== undefined) write([`*line ${scanned.row.line}: ${what}*`, ""]);
    },
  };
}

function jsonWay({ host }: CommandContext, { session }: SessionReader): Way {
  return {
    wish: "whole",
    start: () => {},
    message: ({ number, place, message }) =>
      host.stdout.write(formatJsonLine(toMessageJson(session, { ...place, number, message }))),
    row: (scanned) => {
      const what = describeRow(scanned);
      if (what !== undefined) host.stdout.write(formatJsonLine(toRowJson(session, scanned, what)));
    },
  };
}

function labelUnnumbered({ blocks }: Message): string {
  return blocks.length === 0 ? "(holds nothing)" : "(superseded)";
}

/** What a row says that is no message; undefined for a row of messages or a blank one. */
function describeRow({ facts, problems }: ScannedRow): string | undefined {
  const damage = problems.find((problem) => problem.severity === "damage");
  if (damage !== undefined) return formatProblem({ ...damage, line: 0 });
  const [fact] = facts;
  switch (fact?.kind) {
    case "head":
      return `session ${fact.head.id}, ${fact.head.model} (${fact.head.provider})`;
    case "title":
      return `renamed to "${fact.title}"`;
    case "usage":
      return "usage";
    case "restart":
      return `compaction: ${fact.messages.length} messages take the place of all before`;
    case "unknown":
      return "a row of an unknown type";
    default:
      return undefined;
  }
}

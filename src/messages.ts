/**
 * Facts to a list of messages: where each message of the effective transcript lies in the file.
 *
 * The list holds places, never contents, so that a file of any size has one. Its numbers, from 1,
 * are the ones that people see and type; a message that holds nothing has none, because the agent
 * drops it when it resumes.
 */

import type { RowPlace } from "./rows.ts";
import { parseTime } from "./time.ts";
import {
  type Fact,
  type JsonValue,
  type Message,
  type MessageHead,
  type Role,
  ROLES,
  TITLE_LENGTH,
} from "./transcript.ts";

/** Where one message lies. */
export interface MessagePlace {
  readonly role: Role;
  readonly line: number;
  /** Bytes from the start of the file to the row, and the row's length. */
  readonly offset: number;
  readonly length: number;
  /** Which of the row's messages it is, from 0. */
  readonly index: number;
}

/** What its agent says of a message. */
export interface MessageMarks {
  /** Whether what it says in the user's name is the user's own. */
  readonly isTyped: boolean;
  /** Whether the agent takes it up again when it resumes. */
  readonly isKept: boolean;
}

/** What a summary needs to know of a message, and whether a human typed it. */
export function toMessageHead(
  { role, time, blocks, isSummary }: Message,
  { isTyped, isKept }: MessageMarks,
): MessageHead {
  const typed = role === "user" && isTyped && !isSummary
    ? blocks.find((block) => block.type === "text" && block.text.trim() !== "")
    : undefined;
  return {
    role,
    ms: time === undefined ? undefined : parseTime(time),
    prompt: typed?.type === "text" ? toTitle(typed.text) : undefined,
    hasImage: blocks.some((block) => block.type === "image"),
    isKept,
  };
}

/** A message as facts: that it was said, and what it took where it says so. */
export function toMessageFacts(
  message: Message,
  marks: MessageMarks,
): readonly Fact[] {
  const said: Fact = { kind: "message", message: toMessageHead(message, marks) };
  return message.usage === undefined ? [said] : [said, { kind: "spent", usage: message.usage }];
}

/** The role that a value names; undefined for any other value. */
export function findRole(value: JsonValue | undefined): Role | undefined {
  return ROLES.find((role) => role === value);
}

function toTitle(text: string): string {
  // A prompt may be megabytes of pasted log: no more is looked at than a title can need.
  return text.trimStart().slice(0, TITLE_LENGTH * 2).replace(/\s+/g, " ").trim()
    .slice(0, TITLE_LENGTH);
}

/** Numbers that a place takes: role, line, offset, length, index, and whether a human typed it. */
const STRIDE = 6;

/**
 * The messages that the agent would resume with, taken in row by row. Places are kept as plain
 * numbers: a file may hold hundreds of thousands, and an object each would weigh four times as much.
 */
export class MessageList {
  #numbers = new Float64Array(STRIDE * 64);
  #length = 0;
  #restartLine = 0;
  /** How many messages come before those that are in the list. */
  #before: number;

  /** Starts after so many messages of which nothing will be asked. */
  constructor(before = 0) {
    this.#before = before;
  }

  /** The line of the last row that superseded all messages before it; 0 when none did. */
  get restartLine(): number {
    return this.#restartLine;
  }

  /** How many messages there are. */
  get length(): number {
    return this.#before + this.#length;
  }

  /** The number of the first message that can be asked for. */
  get first(): number {
    return this.#before + 1;
  }

  /** Where message number `number`, counted from 1, lies; throws `RangeError` if it is not here. */
  place(number: number): MessagePlace {
    if (number < this.first || number > this.length) throw new RangeError(`no message ${number}`);
    const start = (number - this.first) * STRIDE;
    const [role = 0, line = 0, offset = 0, length = 0, index = 0] = this.#numbers
      .subarray(start, start + STRIDE);
    return { role: ROLES[role] ?? "system", line, offset, length, index };
  }

  /** Tells whether a human typed message number `number`. */
  isPrompt(number: number): boolean {
    return this.#numbers[(number - this.first) * STRIDE + 5] === 1;
  }

  /** Takes the facts of a row; a restart supersedes every message before it. */
  add(facts: readonly Fact[], row: RowPlace): void {
    let index = 0;
    for (const fact of facts) {
      if (fact.kind === "message") this.#push(fact.message, row, index++);
      if (fact.kind !== "restart") continue;
      this.#length = 0;
      this.#before = 0;
      this.#restartLine = row.line;
      for (const message of fact.messages) this.#push(message, row, index++);
    }
  }

  #push(
    { role, isKept, prompt }: MessageHead,
    { line, offset, length }: RowPlace,
    index: number,
  ): void {
    if (!isKept) return;
    const start = this.#length * STRIDE;
    if (start === this.#numbers.length) {
      const larger = new Float64Array(start * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    const isPrompt = prompt === undefined ? 0 : 1;
    this.#numbers.set([ROLES.indexOf(role), line, offset, length, index, isPrompt], start);
    this.#length++;
  }
}

/** Tells which message is which when the rows are gone through once more, in order. */
export class MessageNumbers {
  readonly #messages: MessageList;
  #next = 1;

  /** Takes the list that the same rows gave. */
  constructor(messages: MessageList) {
    this.#messages = messages;
  }

  /** The number of a row's message at an index from 0; undefined for one that has none. */
  take(row: Pick<RowPlace, "offset">, index: number): number | undefined {
    // Numbers rise with the rows, so the next numbered message is always known.
    if (this.#next > this.#messages.length) return undefined;
    const place = this.#messages.place(this.#next);
    return place.offset === row.offset && place.index === index ? this.#next++ : undefined;
  }
}

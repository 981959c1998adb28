/**
 * What rows of one shape say: learnt from the first of them that was parsed.
 *
 * A shape is all of a row but the contents of its strings and its numbers (`row_scanner.wat`). So a
 * row of a shape that was learnt says what the first one said, but for its time, and for its numbers
 * where they are counts of tokens or money. Only rows without any problem are learnt from, and only
 * such as hold one message or note, or what it took.
 */

import type { Format, ScannedRow } from "./format.ts";
import { isArray, isObject } from "./json_row.ts";
import type { RowView } from "./row_view.ts";
import { MOST_NUMBERS, MOST_SHAPES } from "./scanner_memory.ts";
import { toCountReader } from "./shape_counts.ts";
import type { Fact, JsonObject, JsonValue, MessageHead } from "./transcript.ts";

/** A row that is kept for its numbers to be replaced has at most so many bytes. */
const LARGEST_TEMPLATE = 16 * 1024;

/** A message whose time is that of the row at hand. */
type TimedHead = { -readonly [Key in keyof MessageHead]: MessageHead[Key] };

/** What rows of one shape say. */
export interface Shape {
  /** Whether they hold a user's message, in which there may be a prompt. */
  readonly isUser: boolean;
  /** The facts of such a row, which hold until the next call; undefined when it has to be parsed. */
  read(row: RowView): readonly Fact[] | undefined;
}

/** The shapes that were learnt, by the numbers under which the scanner knows them. */
export class ShapeBook {
  readonly #shapes: Shape[] = [];

  /** The shape of a number; undefined for the numbers of no shape. */
  find(number: number): Shape | undefined {
    return number > 0 ? this.#shapes[number - 1] : undefined;
  }

  /** Learns a row's shape; gives its number, or 0 for a row that tells nothing of others. */
  learn(row: RowView, scanned: ScannedRow, format: Format): number {
    const shape = this.#shapes.length < MOST_SHAPES ? toShape(row, scanned, format) : undefined;
    return shape === undefined ? 0 : this.#shapes.push(shape);
  }
}

function toShape(
  row: RowView,
  { value, facts, problems }: ScannedRow,
  format: Format,
): Shape | undefined {
  if (value === undefined || problems.length > 0 || format.variesWithinShape?.(value)) return;
  const messages = facts.flatMap((fact) => fact.kind === "message" ? [fact.message] : []);
  const counts = facts.filter(({ kind }) => kind === "usage" || kind === "spent");
  const notes = facts.filter(({ kind }) => kind === "note");
  if (facts.length === 0 || messages.length + notes.length > 1) return;
  if (messages.length + notes.length + counts.length < facts.length) return;
  const { decisive, time } = format.shapeKeys;
  if (spellsOtherwise(value, [...decisive, time?.key])) return;
  const [message] = messages;
  return counts.length === 0 ? toFixedShape(row, facts, message) : toCountedShape(row, value, {
    format,
    isUser: message?.role === "user",
    hasTime: message?.ms !== undefined,
  });
}

/** The shape of rows that hold a message or a note, and no numbers that count. */
function toFixedShape(
  row: RowView,
  first: readonly Fact[],
  message: MessageHead | undefined,
): Shape | undefined {
  // Whether 1.5 stands where a whole number should, the shape does not tell: 1.0 is one.
  if (row.countNumbers() > MOST_NUMBERS || row.hasFraction()) return;
  if (message === undefined) return { isUser: false, read: () => first };
  const head: TimedHead = { ...message };
  const facts: readonly Fact[] = [{ kind: "message", message: head }];
  const isUser = message.role === "user";
  if (message.ms === undefined) return row.hasTime() ? undefined : { isUser, read: () => facts };
  if (!row.hasTime() || row.readTime() !== message.ms) return;
  return {
    isUser,
    read(other) {
      const ms = other.readTime();
      if (Number.isNaN(ms)) return;
      head.ms = ms;
      return facts;
    },
  };
}

interface CountedRows {
  readonly format: Format;
  readonly isUser: boolean;
  readonly hasTime: boolean;
}

/** The shape of rows that say what a reply took, or all replies so far. */
function toCountedShape(
  row: RowView,
  template: JsonObject,
  { format, isUser, hasTime }: CountedRows,
): Shape | undefined {
  if (hasTime || row.length > LARGEST_TEMPLATE || row.countNumbers() > MOST_NUMBERS) return;
  const read = toCountReader(template, row.readNumbers(), format);
  return read && { isUser, read: (other) => read(other.readNumbers()) };
}

/** Tells whether a key is one of these in other letters, which is the same to some agents. */
function spellsOtherwise(
  value: JsonObject | readonly JsonValue[],
  keys: readonly (string | undefined)[],
): boolean {
  const waiting: (JsonObject | readonly JsonValue[])[] = [value];
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    for (const [key, inner] of Object.entries(item)) {
      const lower = key.toLowerCase();
      if (lower !== key && keys.includes(lower)) return true;
      if (isArray(inner) || isObject(inner)) waiting.push(inner);
    }
  }
  return false;
}

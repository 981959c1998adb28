/**
 * One session, open: its effective transcript by number, each message read only when it is wanted.
 *
 * The file may grow, and may be replaced by another of the same name, while it is open: `update`
 * takes in what is new. Messages are read from their rows again, so that memory does not depend on
 * the size of the file; a row beyond `LARGEST_ROW` is read shortened where the caller allows it.
 */

import { isSameInode } from "./durable.ts";
import { CannotError } from "./errors.ts";
import { isFileError } from "./file_errors.ts";
import type { Format, Piece, ScannedRow } from "./format.ts";
import { resolveFormat } from "./formats.ts";
import type { FileFacts, Host, OpenFile } from "./host.ts";
import { MessageList, type MessagePlace } from "./messages.ts";
import { type FactRow, scanFacts } from "./quick_scan.ts";
import type { ScanRange } from "./row_scanner.ts";
import { endOfRow, readRange, readRowAt, readRows, type Row, type RowPlace } from "./rows.ts";
import { readRowMessages, scanRows } from "./scan.ts";
import type { Store } from "./store.ts";
import type { Fact, Message, Problem, Role, Session } from "./transcript.ts";
import type { Candidate } from "./walk.ts";

/** How much of a row the caller wants: all of it, or all that fits a page. */
export type ReadWish = "whole" | "page";

/** Messages at the end of a session: how many, and whose where only one role's are wanted. */
export interface TailWish {
  readonly count: number;
  readonly role: Role | undefined;
  readonly look?: Look;
}

/** A look at the end of a file, for which no more is read: what does not lie in it is left out. */
export interface Look {
  /** The session as it was just listed, the file unchanged since. Lines are counted from the first that is read. */
  readonly session: Session;
  readonly mostBytes: number;
}

/** What happened to the file since the last look. */
export type Change = "none" | "grown" | "replaced";

/** How many bytes at the end of a file are looked at first for its last messages. */
const FIRST_TAIL = 256 * 1024;

/** Rows up to this many bytes are read whole for a page. */
const LARGEST_ROW = 8 * 1024 * 1024;
/** What a page shows of each text of a larger row. */
const PAGE_BYTES = 64 * 1024;

/** A session whose messages can be read by number. */
export class SessionReader {
  /** As it was when the reader was made. */
  readonly session: Session;
  readonly #store: Store;
  readonly #host: Host;
  readonly #format: Format;
  readonly #candidate: Candidate;
  #file: OpenFile;
  #list = new MessageList();
  /** Where the next row starts; a last row without line ending is read again. */
  #next = { offset: 0, line: 1, isTorn: false };
  /** Of the file at the last look. */
  #size: number;
  #lastRow: { readonly offset: number; readonly messages: readonly Message[] } | undefined;
  #newDamage: Problem[] = [];

  /**
   * Reads the session of a file that `Store.find` gave; `close` ends it.
   * @param tail What is wanted, when that is only the last messages.
   */
  constructor(host: Host, store: Store, candidate: Candidate, tail?: TailWish) {
    this.#host = host;
    this.#store = store;
    this.#candidate = candidate;
    const known = tail && (toKnown(tail.look) ?? store.recall(candidate));
    this.session = known?.session ?? store.read(candidate, (row) => this.#take(row));
    this.#format = resolveFormat(this.session.agent);
    this.#file = store.open(candidate);
    this.#size = this.session.bytes;
    if (known !== undefined && tail !== undefined && !this.#readTail(known, tail)) {
      this.session = store.read(candidate, (row) => this.#take(row));
      this.#size = this.session.bytes;
    }
  }

  /** Where the messages of the effective transcript lie. */
  get messages(): MessageList {
    return this.#list;
  }

  /** What is damaged in the rows that the last update took in; a row that is being written is not. */
  get newDamage(): readonly Problem[] {
    return this.#newDamage;
  }

  /** What its agent's files are like. */
  get format(): Format {
    return this.#format;
  }

  /** Reads one message; undefined when its row is no longer what it was. */
  read(place: MessagePlace, wish: ReadWish): Message | undefined {
    if (this.#lastRow?.offset !== place.offset) {
      const row = this.#readRow(place, wish);
      const messages = row === undefined
        ? []
        : readRowMessages(row, this.#format, wish === "whole");
      this.#lastRow = { offset: place.offset, messages };
    }
    return this.#lastRow.messages[place.index];
  }

  /** Gives every row of the file with what it says, damaged ones included. */
  scan(): Generator<ScannedRow> {
    return scanRows(this.#file, this.#format, { isOneValue: this.session.isOneValue });
  }

  /** Gives the messages of a row that `scan` gave, in full. */
  readScanned({ row, value, facts }: ScannedRow, wish: ReadWish): readonly Message[] {
    if (!holdsMessages(facts) || value === undefined) return [];
    if (!row.isShortened) return this.#format.readMessages(value);
    const again = this.#readRow(row, wish);
    return again === undefined ? [] : readRowMessages(again, this.#format);
  }

  /** Gives the messages of a row for another agent's rows: whole, and each number as it is spelled. */
  readExact({ row, facts }: ScannedRow): readonly Message[] {
    const whole = holdsMessages(facts) ? this.#readRow(row, "whole") : undefined;
    return whole === undefined ? [] : readRowMessages(whole, this.#format, true);
  }

  /** Gives bytes of the file as they are, in pieces. */
  readBytes(offset: number, length: number): Generator<Uint8Array> {
    return readRange(this.#file, offset, length);
  }

  /** Gives a row of `scan` whole, where it was shortened. */
  wholeRow(row: Row): Row {
    if (!row.isShortened) return row;
    const whole = this.#readRow(row, "whole");
    if (whole !== undefined) return whole;
    throw new CannotError(`Cannot read "${this.session.path}": it became shorter meanwhile`, {
      hint: "run the command again",
    });
  }

  /** Writes the rows of a new file that are made from this one's, each with its line ending. */
  writePieces(pieces: Iterable<Piece>, out: (bytes: Uint8Array) => void): void {
    const lineEnding = Uint8Array.of(0x0a);
    for (const piece of pieces) {
      if (piece.type === "row") out(piece.bytes);
      else for (const bytes of this.readBytes(piece.offset, piece.length)) out(bytes);
      out(lineEnding);
    }
  }

  /** Takes in the rows that came since; after `replaced` every place is a new one. */
  update(): Change {
    this.#newDamage = [];
    const before = this.#file.stat();
    const now = this.#lookAgain();
    // Between the two steps of a replacement there may be no file of the name.
    if (now === undefined) return "none";
    const isOther = !isSameInode(now, before);
    const isSame = this.session.isOneValue
      ? now.sizeBytes === this.#size
      : before.sizeBytes === this.#next.offset;
    if (!isOther && isSame) return "none";
    this.#size = now.sizeBytes;
    const isReplaced = isOther || before.sizeBytes < this.#next.offset || this.session.isOneValue;
    if (isReplaced || this.#next.isTorn) {
      this.#file.close();
      this.#file = this.#store.open(this.#candidate);
      this.#list = new MessageList();
      this.#next = { offset: 0, line: 1, isTorn: false };
      this.#lastRow = undefined;
    }
    const { isOneValue } = this.session;
    for (const scanned of scanRows(this.#file, this.#format, { ...this.#next, isOneValue })) {
      this.#take(scanned);
      if (scanned.row.ending !== "none") this.#newDamage.push(...scanned.problems.filter(isDamage));
    }
    return isReplaced ? "replaced" : "grown";
  }

  /** Closes the file. */
  close(): void {
    this.#file.close();
  }

  /**
   * Reads the last messages of a file, in steps until there are enough of them.
   * @returns false when it has to be read whole
   */
  #readTail({ session, lines }: Known, { count, role, look }: TailWish): boolean {
    const end = session.bytes;
    const most = look?.mostBytes ?? Infinity;
    for (let length = FIRST_TAIL; length < end && length <= most; length *= 8) {
      const [cut] = readRows(this.#file, { offset: end - length });
      const hasRow = cut !== undefined && cut.ending !== "none";
      if (!hasRow && look === undefined) return false;
      if (!hasRow) continue;
      const offset = endOfRow(cut);
      const tail = new MessageList();
      let rows = 0;
      this.#scanFrom({ offset, line: 1, end }, ({ row, facts }) => {
        tail.add(facts, row);
        rows++;
      });
      const before = tail.restartLine > 0 ? 0 : session.keptMessages - tail.length;
      if (before < 0 || (lines ?? Infinity) < rows) return false;
      const isEnough = tail.restartLine > 0 || countOf(tail, role) >= count || length * 8 > most;
      if (!isEnough) continue;
      this.#list = new MessageList(before);
      const line = (lines ?? rows) - rows + 1;
      this.#scanFrom({ offset, line, end }, (row) => this.#take(row));
      return true;
    }
    return end > most;
  }

  #scanFrom(range: ScanRange, visit: (row: FactRow) => void): void {
    const options = { ...range, isOneValue: false, needsPrompt: () => true };
    scanFacts(this.#file, this.#format, options, visit);
  }

  #lookAgain(): FileFacts | undefined {
    try {
      return this.#host.files.lstat(this.#candidate.path);
    } catch (error) {
      if (isFileError(error)) return undefined;
      throw error;
    }
  }

  #take({ row, facts }: FactRow): void {
    this.#list.add(facts, row);
    this.#next = {
      offset: endOfRow(row),
      line: row.line + 1,
      isTorn: row.ending === "none",
    };
  }

  #readRow(place: RowPlace, wish: ReadWish): Row | undefined {
    const isWhole = wish === "whole" || place.length <= LARGEST_ROW;
    return readRowAt(this.#file, place, isWhole ? undefined : PAGE_BYTES);
  }
}

/** What is known of a session before its file is read; undefined for lines that nobody has counted. */
interface Known {
  readonly session: Session;
  readonly lines: number | undefined;
}

/** One value has no rows at its end. */
function toKnown(look: Look | undefined): Known | undefined {
  return look === undefined || look.session.isOneValue
    ? undefined
    : { session: look.session, lines: undefined };
}

function isDamage({ severity }: Problem): boolean {
  return severity === "damage";
}

function holdsMessages(facts: readonly Fact[]): boolean {
  return facts.some(({ kind }) => kind === "message" || kind === "restart");
}

function countOf(list: MessageList, role: Role | undefined): number {
  let count = 0;
  for (let number = list.first; number <= list.length; number++) {
    if (role === undefined || list.place(number).role === role) count++;
  }
  return count;
}

/**
 * Finds the lines of messages that match a pattern, in one file after another.
 *
 * The rule is that it finds what reading every message finds, and parses little for it: a file
 * without a clue to the pattern in its bytes (`byte_clues.ts`) is not parsed at all, a row without one
 * not for its messages.
 */

import { findClues } from "./byte_clues.ts";
import { ByteFinder, type Clues } from "./byte_finder.ts";
import { resolveFormat } from "./formats.ts";
import type { Host, OpenFile, RunningWork } from "./host.ts";
import { listTexts, type TextPart } from "./message_texts.ts";
import { MessageList, type MessagePlace } from "./messages.ts";
import type { MatchingLine, Pattern } from "./pattern.ts";
import { beginWork } from "./progress.ts";
import { type ByteSource, readRowAt } from "./rows.ts";
import type { ClueReading } from "./session_file.ts";
import { readRowMessages } from "./scan.ts";
import type { Store } from "./store.ts";
import type { Message, Role, Session } from "./transcript.ts";
import type { Candidate, Skipped } from "./walk.ts";
import { WindowSource } from "./window_source.ts";

/** A session that may say what is searched for, and where its messages lie. */
export interface Searchable {
  readonly session: Session;
  readonly candidate: Candidate;
  readonly messages: MessageList;
}

/** A line that matches, and where it stands. */
export interface Hit extends MatchingLine {
  readonly number: number;
  readonly place: MessagePlace;
  readonly time: string | undefined;
  readonly part: TextPart;
}

/** A session with what was found in it, one by one. */
export interface SearchedSession {
  readonly session: Session;
  readonly hits: Iterable<Hit>;
}

/** Searches the files of a store for one pattern. */
export class Search {
  readonly #host: Host;
  readonly #store: Store;
  readonly #pattern: Pattern;
  /** Undefined when any row may match. */
  readonly #clues: Clues | undefined;
  readonly #finder: ByteFinder | undefined;
  readonly #rows = new WindowSource();

  /** Takes what to search for, and where. */
  constructor(host: Host, store: Store, pattern: Pattern) {
    this.#host = host;
    this.#store = store;
    this.#pattern = pattern;
    this.#clues = findClues(pattern);
    this.#finder = this.#clues && new ByteFinder(this.#clues);
  }

  /** Reads the sessions of the files in which something can match, or tells why it cannot. */
  *open(candidates: readonly Candidate[]): Generator<Searchable | Skipped> {
    const found = this.#clues && this.#store.findClues(candidates, this.#clues);
    const hopeful = candidates.filter((candidate) => mayMatch(found?.get(candidate)));
    using reading = this.#begin("Reading what may match", hopeful);
    for (const candidate of hopeful) {
      const first = found?.get(candidate);
      yield first !== undefined && "reason" in first ? first : this.#read(candidate);
      reading.countFiles(1);
    }
  }

  /** Gives the hits of sessions, of messages of one role where one is told. */
  *search(chosen: readonly Searchable[], role?: Role): Generator<SearchedSession> {
    using searching = this.#begin("Searching messages", chosen.map(({ candidate }) => candidate));
    for (const searchable of chosen) {
      yield { session: searchable.session, hits: this.#findHits(searchable, role) };
      searching.countFiles(1);
    }
  }

  #begin(what: string, candidates: readonly Candidate[]): RunningWork {
    const bytes = candidates.reduce((sum, { facts }) => sum + facts.sizeBytes, 0);
    return beginWork(this.#host, { what, files: candidates.length, bytes });
  }

  #read(candidate: Candidate): Searchable | Skipped {
    const messages = new MessageList();
    const session = this.#store.tryRead(candidate, ({ facts, row }) => messages.add(facts, row));
    return "reason" in session ? session : { session, candidate, messages };
  }

  *#findHits({ session, candidate, messages }: Searchable, role?: Role): Generator<Hit> {
    const file = this.#store.open(candidate);
    try {
      const reader = new RowReader(this.#rows.over(file), session);
      let clue = -1;
      for (let number = 1; number <= messages.length; number++) {
        const place = messages.place(number);
        if (role !== undefined && place.role !== role) continue;
        const end = place.offset + place.length;
        if (clue < place.offset) clue = this.#findClue(file, place.offset, session.bytes);
        if (clue >= end) continue;
        const message = reader.read(place);
        for (const { part, text } of message === undefined ? [] : listTexts(message)) {
          for (const line of this.#pattern.findLines(text)) {
            yield { ...line, number, place, part, time: message?.time };
          }
        }
      }
    } finally {
      file.close();
    }
  }

  #findClue(file: OpenFile, from: number, end: number): number {
    if (this.#finder === undefined) return from;
    return this.#finder.find(file, from, end) ?? Infinity;
  }
}

/** Whether something in a file can match; a file that cannot be read is told of. */
function mayMatch(first: ClueReading | Skipped | undefined): boolean {
  return first === undefined || "reason" in first || first.offset !== null;
}

/** Reads messages from their rows, and keeps those of the last row. */
class RowReader {
  readonly #source: ByteSource;
  readonly #session: Session;
  #offset = -1;
  #messages: readonly Message[] = [];

  constructor(source: ByteSource, session: Session) {
    this.#source = source;
    this.#session = session;
  }

  /** Undefined when the row is no longer what it was. */
  read(place: MessagePlace): Message | undefined {
    if (this.#offset !== place.offset) {
      this.#offset = place.offset;
      this.#messages = this.#parse(place);
    }
    return this.#messages[place.index];
  }

  #parse(place: MessagePlace): readonly Message[] {
    const row = readRowAt(this.#source, place);
    return row === undefined ? [] : readRowMessages(row, resolveFormat(this.#session.agent), true);
  }
}

/**
 * What a range of a file's rows says, in short, for another thread to send: to take a digest into the
 * summary of all rows before is to take in each of its rows.
 *
 * Messages that follow each other are one entry. Of running totals that only rise the first and the
 * last tell all, and what is only counted is one entry wherever it stands. Prompts are left out: where
 * one still matters, the rows themselves have to be read.
 */

import type { Format } from "./format.ts";
import { scanFacts } from "./quick_scan.ts";
import type { RowRange } from "./row_ranges.ts";
import type { ScanEnd } from "./row_scanner.ts";
import type { ByteSource } from "./rows.ts";
import {
  addFact,
  addMessages,
  addRow,
  hasPrompts,
  type MessageRun,
  type SaidRow,
  type Summary,
} from "./summary.ts";
import type { Fact, JsonValue, MessageHead, Problem } from "./transcript.ts";
import { addUsage, isContinued } from "./usage.ts";

/** What a range of rows says; lines are counted from its start. */
export interface Digest {
  readonly entries: readonly Entry[];
  /** Where the range ended. */
  readonly end: ScanEnd;
}

type Entry = SaidRow | DigestedMessages | RepeatedFact;

/** A fact that as many rows say. */
interface RepeatedFact {
  readonly fact: Fact;
  readonly times: number;
}

/** Messages of one row or several. */
interface DigestedMessages {
  readonly messages: MessageRun;
  readonly hasUser: boolean;
}

type UsageFact = Fact & { readonly kind: "usage" };
type SpentFact = Fact & { readonly kind: "spent" };

/** Reads a range of a file of rows. */
export function digestRows(source: ByteSource, format: Format, range: RowRange): Digest {
  const digester = new Digester();
  const end = scanFacts(source, format, {
    isOneValue: false,
    ...range,
    line: 1,
    needsPrompt: () => false,
  }, (row) => digester.add(row));
  if (end === undefined) throw new TypeError("a file of rows ends with one");
  return { entries: digester.entries, end };
}

/**
 * Takes a digest into the summary of all that comes before it.
 * @param line The number of the digest's first row.
 * @returns false, with the summary in any state, where a prompt would matter
 */
export function addDigest(summary: Summary, { entries }: Digest, line: number): boolean {
  const before = line - 1;
  for (const entry of entries) {
    if ("messages" in entry) {
      if (entry.hasUser && !hasPrompts(summary)) return false;
      addMessages(summary, entry.messages);
    } else if ("times" in entry) {
      for (let i = 0; i < entry.times; i++) addFact(summary, entry.fact);
    } else {
      addRow(summary, {
        row: { line: entry.row.line + before },
        facts: entry.facts,
        problems: entry.problems.map((problem) => ({ ...problem, line: problem.line + before })),
      });
    }
  }
  return true;
}

/** A digest as JSON can hold it. */
export function toPlainDigest({ entries, end }: Digest): object {
  return { entries, end: toPlainEnd(end) };
}

/** Makes a digest of such a one. */
export function reviveDigest(plain: JsonValue): Digest {
  const { entries, end } = plain as unknown as Digest;
  return { entries, end: reviveEnd(end) };
}

/** The end of a scan as JSON can hold it. */
export function toPlainEnd(end: ScanEnd): object {
  return { ...end, tail: [...end.tail] };
}

/** Makes the end of a scan of such a one. */
export function reviveEnd(end: ScanEnd): ScanEnd {
  return { ...end, tail: Uint8Array.from(end.tail) };
}

/** What may still change of an entry. */
type Growing<T> = { -readonly [Key in keyof T]: T[Key] };

/** Puts what rows say into entries, as few as can be. */
class Digester {
  readonly entries: Entry[] = [];
  #run: { messages: Growing<MessageRun>; hasUser: boolean } | undefined;
  /** The latest totals, and the entry that they may take when they have risen. */
  #totals: UsageFact | undefined;
  #risen: Growing<SaidRow> | undefined;
  #spent: Growing<RepeatedFact & { readonly fact: SpentFact }> | undefined;
  readonly #repeated = new Map<string, Growing<RepeatedFact>>();
  #notice: Growing<Problem> | undefined;

  add({ row: { line }, facts, problems }: SaidRow): void {
    for (const fact of facts) {
      if (fact.kind === "message") this.#addMessage(fact.message);
      else if (fact.kind === "usage") this.#addUsage(fact, line);
      else if (fact.kind === "spent") this.#addSpent(fact);
      else if (fact.kind === "note" || fact.kind === "unknown") this.#repeat(fact);
      else {
        this.#run = undefined;
        this.#push(line, [fact]);
      }
    }
    for (const problem of problems) this.#addProblem(problem, line);
  }

  #addMessage({ role, ms, isKept }: MessageHead): void {
    if (this.#run === undefined) {
      this.#run = { messages: { count: 0, keptMessages: 0, lastRole: role }, hasUser: false };
      this.entries.push(this.#run);
    }
    const { messages } = this.#run;
    messages.count++;
    if (isKept) messages.keptMessages++;
    messages.lastRole = role;
    if (ms !== undefined) messages.lastMessageMs = Math.max(messages.lastMessageMs ?? ms, ms);
    this.#run.hasUser ||= role === "user";
  }

  #addUsage(fact: UsageFact, line: number): void {
    const isRisen = this.#totals !== undefined && isContinued(this.#totals, fact);
    this.#totals = fact;
    if (isRisen && this.#risen !== undefined) this.#risen.facts = [fact];
    else {
      const entry = this.#push(line, [fact]);
      this.#risen = isRisen ? entry : undefined;
    }
  }

  #addSpent(fact: SpentFact): void {
    if (this.#spent === undefined) {
      this.#spent = { fact, times: 1 };
      this.entries.push(this.#spent);
    } else {
      const usage = addUsage(this.#spent.fact.usage, fact.usage);
      this.#spent.fact = { kind: "spent", usage };
    }
  }

  #repeat(fact: Fact): void {
    const key = JSON.stringify(fact);
    const known = this.#repeated.get(key);
    if (known !== undefined) {
      known.times++;
      return;
    }
    const added = { fact, times: 1 };
    this.#repeated.set(key, added);
    this.entries.push(added);
  }

  /** Notices of one kind are one to a summary too. */
  #addProblem(problem: Problem, line: number): void {
    const last = this.#notice;
    if (
      problem.severity === "notice" && last?.kind === problem.kind && last.reason === problem.reason
    ) {
      last.count += problem.count;
      return;
    }
    const added = { ...problem };
    this.#notice = problem.severity === "notice" ? added : undefined;
    this.#push(line, [], [added]);
  }

  #push(line: number, facts: readonly Fact[], problems: readonly Problem[] = []): Growing<SaidRow> {
    const entry = { row: { line }, facts, problems };
    this.entries.push(entry);
    return entry;
  }
}

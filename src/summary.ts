/**
 * Facts to a session: a fold whose state is plain data, so that it can be kept and continued when
 * the file has grown.
 *
 * The title is what the person would know the session by: their own rename, else the first prompt
 * that a human typed; in a branch the first one typed after the fork, because the earlier ones were
 * typed in the parent. The totals of usage and cost go on across resets: an agent that starts to
 * count from zero again adds to what was counted before.
 */

import {
  type Fact,
  MAX_PROBLEMS,
  type MessageHead,
  type Problem,
  type Role,
  type SessionHead,
  type Usage,
} from "./transcript.ts";
import { addUsage, nextTotals, type Totals } from "./usage.ts";

/** What was learned from the rows so far. */
export interface Summary {
  /** The first head, which holds for id, parent and fork point. */
  first: SessionHead | undefined;
  /** The last head, which holds for the rest. */
  last: SessionHead | undefined;
  /** Whether a head that holds stands so far down that nobody looks there who wants names only. */
  hasLateHead: boolean;
  messages: number;
  keptMessages: number;
  mostMessages: number;
  lastRole: Role | undefined;
  /** The latest time of a message, in milliseconds since 1970. */
  lastMessageMs: number | undefined;
  rename: string | undefined;
  /** How many messages stood before the rename. */
  renameAt: number;
  /** True when a head alone gives the name, so that no later prompt outranks it. */
  isRenameFinal: boolean;
  firstPrompt: string | undefined;
  ownPrompt: string | undefined;
  compactions: number;
  unknownRows: number;
  /** Rows that are worth keeping and hold no message. */
  notes: number;
  /** What single replies took. */
  spent: Usage | undefined;
  usageBefore: Usage;
  usage: Usage | undefined;
  costBefore: number;
  cost: number | undefined;
  problems: Problem[];
  /** Rows with a problem, those beyond `MAX_PROBLEMS` included. */
  problemCount: number;
  damagedRows: number;
}

/** A head this far down still counts when a name is looked for: merged files have several. */
export const LAST_HEAD_LINE = 20;

/** What a row says, and where it stands. */
export interface SaidRow {
  readonly row: { readonly line: number };
  readonly facts: readonly Fact[];
  readonly problems: readonly Problem[];
}

/** Messages that follow each other. */
export interface MessageRun {
  readonly count: number;
  /** As in `Summary`; so are the next two, of these messages alone. */
  readonly keptMessages: number;
  readonly lastRole: Role;
  readonly lastMessageMs?: number | undefined;
}

/** The state before the first row. */
export function emptySummary(): Summary {
  return {
    first: undefined,
    last: undefined,
    hasLateHead: false,
    messages: 0,
    keptMessages: 0,
    mostMessages: 0,
    lastRole: undefined,
    lastMessageMs: undefined,
    rename: undefined,
    renameAt: 0,
    isRenameFinal: false,
    firstPrompt: undefined,
    ownPrompt: undefined,
    compactions: 0,
    unknownRows: 0,
    notes: 0,
    spent: undefined,
    usageBefore: {},
    usage: undefined,
    costBefore: 0,
    cost: undefined,
    problems: [],
    problemCount: 0,
    damagedRows: 0,
  };
}

/** Takes what a row says into the summary. */
export function addRow(summary: Summary, { row: { line }, facts, problems }: SaidRow): void {
  for (const fact of facts) {
    addFact(summary, fact);
    if (fact.kind !== "head" || fact.head.holds !== "last") continue;
    summary.hasLateHead ||= line > LAST_HEAD_LINE;
  }
  for (const problem of problems) addProblem(summary, problem);
}

/** Takes several messages into the summary, in none of which a prompt matters. */
export function addMessages(summary: Summary, run: MessageRun): void {
  summary.messages += run.count;
  summary.mostMessages = Math.max(summary.mostMessages, summary.messages);
  summary.keptMessages += run.keptMessages;
  summary.lastRole = run.lastRole;
  addTime(summary, run.lastMessageMs);
}

/** Takes one fact into the summary. */
export function addFact(summary: Summary, fact: Fact): void {
  switch (fact.kind) {
    case "head":
      return addHead(summary, fact.head);
    case "title":
      return addTitle(summary, fact.title);
    case "message":
      return addMessage(summary, fact.message);
    case "restart":
      summary.messages = 0;
      summary.keptMessages = 0;
      summary.compactions++;
      // An agent counts what a restart brings by what is left of it, not by what was written.
      for (const message of fact.messages) if (message.isKept) addMessage(summary, message);
      return;
    case "usage":
      return addTotals(summary, fact);
    case "spent":
      summary.spent = addUsage(summary.spent ?? {}, fact.usage);
      return;
    case "note":
      summary.notes++;
      return;
    case "unknown":
      summary.unknownRows++;
      return;
  }
}

/** Tells whether the first prompts were found, so that no later one matters. */
export function hasPrompts({ first, firstPrompt, ownPrompt }: Summary): boolean {
  return firstPrompt !== undefined && (!first?.parent || ownPrompt !== undefined);
}

/** Takes a problem into the summary; notices of one kind become one, with a count. */
export function addProblem(summary: Summary, problem: Problem): void {
  summary.problemCount += problem.count;
  if (problem.severity === "damage") summary.damagedRows += problem.count;
  const index = problem.severity === "damage"
    ? -1
    : summary.problems.findIndex((known) =>
      known.kind === problem.kind && known.reason === problem.reason
    );
  const known = summary.problems[index];
  if (known !== undefined) {
    summary.problems[index] = { ...known, count: known.count + problem.count };
    return;
  }
  const isFirstDamage = problem.severity === "damage" && summary.damagedRows === problem.count;
  // The first damaged row is kept, however many notices came before it.
  if (summary.problems.length < MAX_PROBLEMS || isFirstDamage) summary.problems.push(problem);
}

/** The title by the rule above; undefined when nothing in the session gives one. */
export function findTitle(summary: Summary): string | undefined {
  const isBranch = Boolean(summary.first?.parent);
  const { rename, ownPrompt, firstPrompt } = summary;
  // An agent may name a new branch by itself, after what the parent said: such a name gives way.
  const isOwnRename = !isBranch || summary.isRenameFinal ||
    summary.renameAt > (summary.first?.forkPoint ?? 0);
  return (isOwnRename ? rename : undefined) ?? ownPrompt ?? rename ?? firstPrompt;
}

/** Tells whether somebody gave the title that `findTitle` gives. */
export function isTitleGiven(summary: Summary): boolean {
  const title = findTitle(summary);
  return title !== undefined && title === summary.rename;
}

/** Tokens over the whole session; undefined when no row counts any. */
export function totalUsage(summary: Summary): Usage | undefined {
  const { usage, usageBefore, spent } = summary;
  return usage === undefined ? spent : addUsage(addUsage(usageBefore, usage), spent ?? {});
}

/** Cost over the whole session in US dollars; undefined when no row names one. */
export function totalCost(summary: Summary): number | undefined {
  return summary.cost === undefined ? undefined : summary.costBefore + summary.cost;
}

function addHead(summary: Summary, head: SessionHead): void {
  if (head.holds === "first" && summary.first !== undefined) return;
  if (head.holds === "last") {
    summary.first = head;
    summary.rename = undefined;
  }
  summary.isRenameFinal = head.holds !== "merge";
  summary.first ??= head;
  summary.last = head;
  addTitle(summary, head.title);
}

function addTitle(summary: Summary, title: string): void {
  if (title.trim() === "") return;
  summary.rename = title;
  summary.renameAt = summary.messages;
}

function addMessage(summary: Summary, message: MessageHead): void {
  // Some providers take a tool's picture only from a user, so their agents repeat it in a user's
  // message right after the tool's: nobody typed that.
  const isMirror = message.hasImage && summary.lastRole === "tool";
  if (message.prompt !== undefined && !isMirror) {
    summary.firstPrompt ??= message.prompt;
    const { parent, forkPoint } = summary.first ?? {};
    if (parent && summary.messages >= (forkPoint ?? 0)) summary.ownPrompt ??= message.prompt;
  }
  summary.messages++;
  summary.mostMessages = Math.max(summary.mostMessages, summary.messages);
  if (message.isKept) summary.keptMessages++;
  summary.lastRole = message.role;
  addTime(summary, message.ms);
}

function addTime(summary: Summary, ms: number | undefined): void {
  if (ms !== undefined) summary.lastMessageMs = Math.max(summary.lastMessageMs ?? ms, ms);
}

function addTotals(summary: Summary, row: Totals): void {
  const before: Totals = { usage: summary.usage ?? {}, costUsd: summary.cost };
  const { totals, isNew } = nextTotals(before, row);
  if (isNew) {
    summary.usageBefore = addUsage(summary.usageBefore, before.usage);
    summary.costBefore += before.costUsd ?? 0;
  }
  summary.usage = totals.usage;
  summary.cost = totals.costUsd;
}

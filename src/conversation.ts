/**
 * One agent's rows to the messages that another is to say: those of the effective transcript, in
 * order, each with what the reply took, and every result with the id and the tool of its call.
 *
 * What stays behind because no agent takes it from another (superseded messages, damaged rows, the
 * agent's own notes) is counted here; what the new agent has no place for, its format counts.
 */

import type { ScannedRow } from "./format.ts";
import type { Losses } from "./losses.ts";
import type { Block, Fact, Message, MessageHead, Usage } from "./transcript.ts";
import { addUsage, nextTotals, type Totals, usageSince } from "./usage.ts";

/** What turns rows into messages. */
export interface ReadConversationOptions {
  /** The line of the last row that superseded all before it; 0 when none did. */
  readonly restartLine: number;
  /** Gives the messages of a row in full. */
  readonly readMessages: (row: ScannedRow) => readonly Message[];
  readonly losses: Losses;
}

/** Gives the messages that a session of another agent is to say. */
export function* readConversation(
  rows: Iterable<ScannedRow>,
  { restartLine, readMessages, losses }: ReadConversationOptions,
): Generator<Message> {
  const meter = new Meter();
  const calls = new Calls();
  /** The last message: what comes after it tells whether more usage is its own. */
  let held: Message | undefined;
  for (const scanned of rows) {
    countLostRow(scanned, losses);
    const heads = scanned.facts.flatMap(listHeads);
    const isSuperseded = scanned.row.line < restartLine;
    for (const fact of scanned.facts) {
      if (fact.kind === "usage") meter.add(fact);
      // What was used for superseded messages went with them.
      if (fact.kind === "restart" && meter.take() !== undefined) losses.add("usage");
    }
    if (heads.length === 0) continue;
    if (isSuperseded) {
      losses.add("superseded", heads.length);
      continue;
    }
    for (const [index, message] of readMessages(scanned).entries()) {
      if (!heads[index]?.isKept) {
        losses.add("empty");
        continue;
      }
      losses.add("field", message.otherFields ?? 0);
      if (held !== undefined) {
        yield held.role === "assistant" && message.role !== "assistant"
          ? withUsage(held, meter.take())
          : held;
      }
      held = calls.fill(message);
      if (held.role === "assistant") held = withUsage(held, meter.take());
    }
  }
  if (held?.role === "assistant") held = withUsage(held, meter.take());
  if (meter.take() !== undefined) losses.add("usage");
  if (held !== undefined) yield held;
}

function listHeads(fact: Fact): readonly MessageHead[] {
  if (fact.kind === "message") return [fact.message];
  return fact.kind === "restart" ? fact.messages : [];
}

function countLostRow({ facts, value, problems }: ScannedRow, losses: Losses): void {
  if (value === undefined && problems.some(({ severity }) => severity === "damage")) {
    losses.add("damaged_row");
  }
  for (const fact of facts) {
    if (fact.kind === "unknown") losses.add("unknown_row");
    if (fact.kind !== "note") continue;
    if (fact.sort === "private") losses.add("private_row");
    // What a compaction says is in the message that stands for what it removed.
    if (fact.sort === "prompt_history") losses.add("prompt_history");
  }
}

function withUsage(message: Message, more: Usage | undefined): Message {
  if (more === undefined) return message;
  return { ...message, usage: addUsage(message.usage ?? {}, more) };
}

/** Running totals to what was used between two looks. */
class Meter {
  #totals: Totals = { usage: {}, costUsd: undefined };
  #waiting: Usage | undefined;

  add(row: Totals): void {
    const { totals, isNew } = nextTotals(this.#totals, row);
    const used = usageSince(row.usage, isNew ? {} : this.#totals.usage);
    this.#totals = totals;
    if (used !== undefined) this.#waiting = addUsage(this.#waiting ?? {}, used);
  }

  /** What was used since the last call; undefined for nothing. */
  take(): Usage | undefined {
    const used = this.#waiting;
    this.#waiting = undefined;
    return used;
  }
}

/** Ids for calls that have none, and for each result the id and the tool of the call it answers. */
class Calls {
  #count = 0;
  readonly #open: string[] = [];
  readonly #tools = new Map<string, string>();

  fill(message: Message): Message {
    return { ...message, blocks: message.blocks.map((block) => this.#fillBlock(block)) };
  }

  #fillBlock(block: Block): Block {
    if (block.type === "call") {
      const callId = block.callId || this.#newId();
      if (block.callId === "") this.#open.push(callId);
      this.#tools.set(callId, block.name);
      return { ...block, callId };
    }
    if (block.type !== "result") return block;
    const callId = block.callId || (this.#open.shift() ?? this.#newId());
    const name = block.name || this.#tools.get(callId);
    return { ...block, callId, ...(name ? { name } : {}) };
  }

  #newId(): string {
    return `skein-call-${++this.#count}`;
  }
}

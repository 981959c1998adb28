/**
 * Work on many items, such as files, that two threads do at once: each takes the next item that nobody
 * has taken.
 *
 * The other thread, the helper, gets the items in a message, and answers in memory that both see, so
 * that nobody has to wait for an event: results as a list in JSON, each with the number of its item.
 * What the helper does not do, or does not tell in time, the first thread does itself.
 */

import type { RunningWork } from "./host.ts";
import type { JsonValue } from "./transcript.ts";

/** The words at the start of the shared memory, and the states of the helper. */
const WORDS = { next: 0, state: 1, finished: 2, written: 3, kilobytesRead: 4 } as const;
const STATES = { absent: 0, working: 1, done: 2 } as const;
const HEAD_BYTES = 32;
/** Bytes that were read are told in thousands, for a word to hold their number. */
const KILOBYTE = 1000;

/** Room for results: so much for each file and as much again for a few large ones. */
const BYTES_PER_FILE = 8 * 1024;
const MORE_BYTES = 4 * 1024 * 1024;

/** A helper that finishes nothing for so long is not waited for. */
const PATIENCE_MS = 5_000;
/** How often a person is told meanwhile. */
const TELL_MS = 100;

/** Work as the helper gets it. */
export interface SharedWork<Item> {
  readonly items: readonly Item[];
  readonly memory: SharedArrayBuffer;
}

/** The other thread, to the first one. */
export interface Helper<Item, Result> {
  /** Starts it; it has to call `helpWithWork`. */
  readonly start: (work: SharedWork<Item>) => void;
  /** Makes a result again of what JSON left of it; undefined where the helper could not get one. */
  readonly revive: (plain: JsonValue) => Result | undefined;
  /** The work that it is, to be told of what the helper does. */
  readonly running?: RunningWork;
  /** How long it may finish nothing before it is not waited for; a test takes less. */
  readonly patienceMs?: number;
}

/**
 * Does a step for each item, with the help of another thread.
 * @returns the results by the items
 */
export function shareWork<Item, Result>(
  items: readonly Item[],
  step: (item: Item) => Result,
  { start, revive, running, patienceMs = PATIENCE_MS }: Helper<Item, Result>,
): Map<Item, Result> {
  const memory = new SharedArrayBuffer(HEAD_BYTES + items.length * BYTES_PER_FILE + MORE_BYTES);
  const words = new Int32Array(memory, 0, HEAD_BYTES / 4);
  start({ items, memory });
  running?.watchHelper(() => ({
    files: Atomics.load(words, WORDS.finished),
    bytes: Atomics.load(words, WORDS.kilobytesRead) * KILOBYTE,
  }));
  const results = new Map<number, Result | undefined>();
  takeEach(words, items, (item, index) => {
    results.set(index, step(item));
    running?.countFiles(1);
  });
  waitForHelper(words, patienceMs, () => running?.countFiles(0));
  for (const [index, result] of readResults(memory)) results.set(index, revive(result));
  return new Map(items.map((item, index) => [item, results.get(index) ?? step(item)]));
}

/**
 * Does a step for items of a work that is shared.
 * @param toStep Makes the step, which tells of the bytes that it reads.
 */
export function helpWithWork<Item>(
  { items, memory }: SharedWork<Item>,
  toStep: (countBytes: (count: number) => void) => (item: Item) => object,
): void {
  const words = new Int32Array(memory, 0, HEAD_BYTES / 4);
  const bytes = new Uint8Array(memory, HEAD_BYTES);
  const encoder = new TextEncoder();
  let written = 0;
  let rest = 0;
  const countBytes = (count: number) => {
    rest += count;
    Atomics.add(words, WORDS.kilobytesRead, Math.floor(rest / KILOBYTE));
    rest %= KILOBYTE;
  };
  Atomics.store(words, WORDS.state, STATES.working);
  try {
    const step = toStep(countBytes);
    takeEach(words, items, (item, index) => {
      const comma = written === 0 ? "" : ",";
      const line = encoder.encode(comma + JSON.stringify([index, step(item)]));
      if (written + line.length <= bytes.length) {
        bytes.set(line, written);
        written += line.length;
        Atomics.store(words, WORDS.written, written);
      }
      Atomics.add(words, WORDS.finished, 1);
    });
  } finally {
    Atomics.store(words, WORDS.state, STATES.done);
    Atomics.notify(words, WORDS.state);
  }
}

function takeEach<Item>(
  words: Int32Array<SharedArrayBuffer>,
  items: readonly Item[],
  take: (item: Item, index: number) => void,
): void {
  for (;;) {
    const index = Atomics.add(words, WORDS.next, 1);
    const item = items[index];
    if (item === undefined) return;
    take(item, index);
  }
}

/** Waits until the helper has done what it took; one that comes now finds nothing to take. */
function waitForHelper(
  words: Int32Array<SharedArrayBuffer>,
  patienceMs: number,
  tell: () => void,
): void {
  for (let finished = -1; Atomics.load(words, WORDS.state) === STATES.working;) {
    const before = finished;
    finished = Atomics.load(words, WORDS.finished);
    if (before === finished) return;
    for (let waited = 0; waited < patienceMs; waited += TELL_MS) {
      const most = Math.min(TELL_MS, patienceMs - waited);
      if (Atomics.wait(words, WORDS.state, STATES.working, most) !== "timed-out") break;
      tell();
    }
  }
}

function readResults(memory: SharedArrayBuffer): readonly (readonly [number, JsonValue])[] {
  const written = Atomics.load(new Int32Array(memory, 0, HEAD_BYTES / 4), WORDS.written);
  // A text is not decoded from memory that somebody else might still change.
  const list = new TextDecoder().decode(new Uint8Array(memory, HEAD_BYTES, written).slice());
  return JSON.parse(`[${list}]`);
}

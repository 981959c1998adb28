/** A journal over two small files, for tests: on files that may be faulty, and reopened. */

import { assert } from "@std/assert";
import { join } from "@std/path";
import { Journal } from "../src/journal.ts";
import type { PlannedMove } from "../src/moving.ts";
import { FakeHost } from "./fake_host.ts";
import { FaultyFiles, type FaultyFilesOptions } from "./faulty_files.ts";
import { makeFolder } from "./folder.ts";

/** Where the moves of tests go. */
export const TO = ".skein/trash/20261120-120000";
const FILES = { "a/one.jsonl": "one\n", "a/two.jsonl": "two\n" };

/** A journal, its root, and the files it works on. */
export interface Setting {
  readonly root: string;
  readonly journal: Journal;
  readonly files: FaultyFiles;
}

/** Runs a test with a journal over a folder, on files that may be faulty. */
export async function withJournal(
  test: (setting: Setting) => void | Promise<void>,
  options: FaultyFilesOptions = {},
): Promise<void> {
  const root = makeFolder(FILES);
  try {
    const files = new FaultyFiles(options);
    const journal = new Journal(new FakeHost({ files }), root);
    await test({ root, journal, files });
    files.end();
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

/** Moves of files of the root to the trash. */
export function plan({ journal }: Setting, ...names: readonly string[]): readonly PlannedMove[] {
  return names.map((name) => {
    const from = `a/${name}.jsonl`;
    const facts = journal.facts(from);
    assert(facts !== undefined);
    return { from, to: `${TO}/${name}`, facts, session: name, isPart: false, reason: "pruned" };
  });
}

/** The text of a file of the root; undefined when there is none. */
export function read(root: string, path: string): string | undefined {
  try {
    return Deno.readTextFileSync(join(root, path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Lets a process die right after a call, and gives the journal of the next one. */
export async function reopen(
  { root, journal, files }: Setting,
  step: () => Promise<unknown>,
): Promise<Journal> {
  await failureOf(step);
  journal.close();
  files.end();
  return new Journal(new FakeHost(), root);
}

/** What a step fails of. */
export async function failureOf(step: () => Promise<unknown>): Promise<unknown> {
  try {
    await step();
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

/** Faulty files whose process dies at so manyth a call of a name. */
export function dieAt(name: string, count: number): FaultyFilesOptions {
  let left = count;
  let isDead = false;
  return {
    onCall: (call) => {
      if (call.name === name && --left === 0) isDead = true;
      if (isDead && call.name !== "release") throw new Error("the process died");
    },
  };
}

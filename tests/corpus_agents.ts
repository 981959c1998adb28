/**
 * The real sessions of all four agents, where they are at hand, and two looks at them that share
 * nothing with skein's own: lines that `JSON.parse` reads, counted, and the strict loaders. Nothing
 * of their text is ever printed: what fails names a file, a kind and a number.
 */

import { assert } from "@std/assert";
import { basename, dirname, join } from "@std/path";
import { run } from "../src/app.ts";
import { FakeHost } from "./fake_host.ts";
import { loadClaw } from "./strict_claw.ts";
import { loadEino, loadEinoMemory } from "./strict_eino.ts";
import { findRealFiles } from "./strict_files.ts";
import type { StrictAgent, StrictSession } from "./strict_message.ts";
import { loadNanobot } from "./strict_nanobot.ts";
import { loadZot } from "./strict_zot.ts";

// deno-lint-ignore no-explicit-any -- rows are read without skein's own types, on purpose
export type Json = any;

/** The agents that wrote the corpus. */
export const AGENTS: readonly StrictAgent[] = ["zot", "claw", "eino", "nanobot"];

const CORPUS = new URL("../../shared/corpus", import.meta.url).pathname;

/** True where the corpus is not at hand: tests of it are then left out. */
export const ignore: boolean = findRealFiles("zot").length === 0;

/** Gives the real path of the folder with an agent's sessions. */
export function corpusRoot(agent: StrictAgent): string {
  return Deno.realPathSync(join(CORPUS, agent));
}

/** A real session. */
export interface RealSession {
  readonly agent: StrictAgent;
  /** Its links resolved. */
  readonly path: string;
  /** What to call it when something is wrong: agent, number, and the name of its file. */
  readonly label: string;
}

/** Tells from its name that a file is an older copy of a claw session. */
export function isRotatedCopy(path: string): boolean {
  return /\.rot-\d+\.jsonl$/.test(path);
}

/** Gives the sessions of an agent, by path; older copies of one are none. */
export function findRealSessions(agent: StrictAgent): readonly RealSession[] {
  if (ignore) return [];
  return findRealFiles(agent).map((path) => Deno.realPathSync(path))
    .filter((path) => !isRotatedCopy(path))
    .map((path, index) => ({ agent, path, label: `${agent} ${index + 1} ${basename(path)}` }));
}

/** What splitting, parsing and counting finds in a file. */
export interface NaiveCount {
  readonly messages: number;
  /** Lines that are no JSON, counted from 1. */
  readonly damagedLines: readonly number[];
}

/** Counts what a file of an agent holds. */
export function countNaively(agent: StrictAgent, bytes: Uint8Array): NaiveCount {
  return {
    messages: listMessageRows(agent, bytes).length,
    damagedLines: parseLines(bytes).filter(({ row }) => row === undefined).map(({ line }) => line),
  };
}

/** Gives the rows of a file that hold a message, as they are spelled. */
export function listMessageRows(agent: StrictAgent, bytes: Uint8Array): readonly string[] {
  return parseLines(bytes).filter(({ row }) => row !== undefined && isMessageRow(agent, row))
    .map(({ text }) => text);
}

/** A line that is not blank; without a row when it is no JSON. */
export interface ParsedLine {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
  readonly row: Json | undefined;
}

/** Splits a file at its line feeds and parses what is not blank. */
export function parseLines(bytes: Uint8Array): readonly ParsedLine[] {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes).split("\n")
    .map((text, index) => ({ line: index + 1, text, row: tryParse(text) }))
    .filter(({ text }) => text.trim() !== "");
}

/** Gives what `JSON.parse` reads, undefined where it refuses. */
export function tryParse(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isMessageRow(agent: StrictAgent, row: Json): boolean {
  switch (agent) {
    case "zot":
    case "claw":
      return row.type === "message";
    case "eino":
      return row.type !== "session";
    case "nanobot":
      return row._type === undefined;
  }
}

/** Loads a file as the newest version of its agent would. */
export function loadStrictly(agent: StrictAgent, bytes: Uint8Array): StrictSession {
  switch (agent) {
    case "zot":
      return loadZot(bytes);
    case "claw":
      return loadClaw(bytes);
    case "eino":
      return parseLines(bytes)[0]?.row?.type === "session"
        ? loadEino(bytes, { era: "head", kind: "message" })
        : loadEinoMemory(bytes);
    case "nanobot":
      return loadNanobot(bytes, { era: "head" });
  }
}

/** What a command gave. */
export interface Ran {
  readonly code: number;
  readonly bytes: Uint8Array;
  /** The objects of `--json`. */
  readonly json: readonly Json[];
}

/** Runs skein on a root, in that folder, with an invented clock and no environment. */
export async function skein(root: string, ...line: readonly string[]): Promise<Ran> {
  const host = new FakeHost({ cwd: root });
  const code = await run([...line, "--no-cache", "--root", root], host);
  const isJson = line.includes("--json");
  const json = isJson ? parseLines(host.stdout.bytes).map(({ row }) => row) : [];
  return { code, bytes: host.stdout.bytes, json };
}

/** Runs a test with a folder that is gone when it ends. */
export async function withScratch(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "skein_" }));
  try {
    await test(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Copies all that an agent's folder holds into another folder; gives the paths of the copies. */
export function copyCorpus(agent: StrictAgent, folder: string): readonly string[] {
  const root = corpusRoot(agent);
  return findRealFiles(agent).map((file) => {
    const target = join(folder, Deno.realPathSync(file).slice(root.length));
    Deno.mkdirSync(dirname(target), { recursive: true });
    Deno.copyFileSync(file, target);
    return target;
  });
}

/** Asserts that two lists are equal, item by item, and says where they are not, never what is. */
export function assertSame(
  label: string,
  actual: readonly unknown[],
  expected: readonly unknown[],
): void {
  const counts = `${actual.length} instead of ${expected.length}`;
  assert(actual.length === expected.length, `${label}: ${counts}`);
  const at = actual.findIndex((item, index) =>
    JSON.stringify(item) !== JSON.stringify(expected[index])
  );
  assert(at < 0, `${label}: number ${at + 1} of ${actual.length} differs`);
}

/** Joins bytes. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

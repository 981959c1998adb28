/**
 * What the laws on generated sessions have in common: every kind of file of every agent, the strict
 * loader that says what is in one, and a runner that names the seed of a case that fails.
 */

import { join } from "@std/path";
import { run } from "../src/app.ts";
import { FakeHost } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";
import { Random } from "./random.ts";
import { CLAW_VARIANTS, randomClawFile } from "./random_claw.ts";
import { EINO_VARIANTS, randomEinoFile } from "./random_eino.ts";
import { NANOBOT_VARIANTS, randomNanobotFile } from "./random_nanobot.ts";
import { randomZotFile } from "./random_zot.ts";
import { spellGo } from "./spelling.ts";
import { loadClaw } from "./strict_claw.ts";
import { loadEino, loadEinoMemory } from "./strict_eino.ts";
import type { StrictAgent, StrictSession } from "./strict_message.ts";
import { loadNanobot } from "./strict_nanobot.ts";
import { checkZotHead, loadZot } from "./strict_zot.ts";

// deno-lint-ignore no-explicit-any -- what skein prints is read without its own types, on purpose
type Json = any;

/** A session as an agent's own loader gives it. */
export type Load = (bytes: Uint8Array) => StrictSession;

/** How a generated file is made. */
export interface MakeOptions {
  readonly mostRows: number;
  /** The share of damaged rows; without any every row is as its agent writes it. */
  readonly damage: number;
  /** The most letters of a long text. */
  readonly longest: number;
}

/** One kind of file of an agent. */
export interface Kind {
  /** The agent, and the variant where there are several. */
  readonly name: string;
  readonly agent: StrictAgent;
  readonly variant: string;
  /** Where such a file lies in its root. */
  readonly file: string;
  /** Whether the file is one JSON value and no JSONL. */
  readonly isWhole: boolean;
  make(random: Random, options: MakeOptions): Uint8Array;
  readonly load: Load;
}

const UUID = "0f3a2b1c-4d5e-4f60-8a7b-9c0d1e2f3a4b";
const CLAW_ID = "session-1782531994120-0";
const KEY = "telegram:123";
const PARENTS = { zot: "7a2f5c18-0000-4000-8000-000000000001", claw: "session-1782531990000-3" };

/** Every kind of every agent. */
export const KINDS: readonly Kind[] = [
  {
    name: "zot",
    agent: "zot",
    variant: "",
    file: `0123456789abcdef/20261101-080000-${UUID.slice(0, 8)}.jsonl`,
    isWhole: false,
    make: makeZot,
    load: loadWholeZot,
  },
  ...CLAW_VARIANTS.map((variant): Kind => ({
    name: `claw ${variant}`,
    agent: "claw",
    variant,
    file: `0123456789abcdef/${CLAW_ID}.${variant === "jsonl" ? "jsonl" : "json"}`,
    isWhole: variant !== "jsonl",
    make: (random, options) =>
      randomClawFile(random, { id: CLAW_ID, ...orphan(random, PARENTS.claw), variant, ...options }),
    load: loadClaw,
  })),
  ...EINO_VARIANTS.map((variant): Kind => ({
    name: `eino ${variant}`,
    agent: "eino",
    variant,
    file: `${UUID}.jsonl`,
    isWhole: false,
    make: (random, options) => randomEinoFile(random, { id: UUID, variant, ...options }),
    load: variant === "headerless"
      ? loadEinoMemory
      : variant === "agentic"
      ? loadAgenticEino
      : loadPlainEino,
  })),
  ...NANOBOT_VARIANTS.map((variant): Kind => ({
    name: `nanobot ${variant}`,
    agent: "nanobot",
    variant,
    file: variant === "ascii" ? "telegram_123.jsonl" : "dGVsZWdyYW06MTIz.jsonl",
    isWhole: false,
    make: (random, options) => randomNanobotFile(random, { key: KEY, variant, ...options }),
    load: loadBothNanobot,
  })),
];

/** What a session is written for: an agent, and for eino one of its kinds. */
export interface Target {
  readonly name: string;
  readonly agent: StrictAgent;
  readonly isAgentic: boolean;
  readonly load: Load;
}

/** Every target of a conversion. */
export const TARGETS: readonly Target[] = [
  { name: "zot", agent: "zot", isAgentic: false, load: loadWholeZot },
  { name: "claw", agent: "claw", isAgentic: false, load: loadClaw },
  { name: "eino", agent: "eino", isAgentic: false, load: loadPlainEino },
  { name: "eino agentic", agent: "eino", isAgentic: true, load: loadAgenticEino },
  { name: "nanobot", agent: "nanobot", isAgentic: false, load: loadBothNanobot },
];

function loadWholeZot(bytes: Uint8Array): StrictSession {
  checkZotHead(bytes);
  return loadZot(bytes);
}

/** Older builds have to take it as well. */
function loadPlainEino(bytes: Uint8Array): StrictSession {
  for (const era of ["seed", "v1"] as const) loadEino(bytes, { era, kind: "message" });
  return loadEino(bytes, { era: "head", kind: "message" });
}

function loadAgenticEino(bytes: Uint8Array): StrictSession {
  return loadEino(bytes, { era: "head", kind: "agentic" });
}

function loadBothNanobot(bytes: Uint8Array): StrictSession {
  loadNanobot(bytes, { era: "seed" });
  return loadNanobot(bytes, { era: "head" });
}

function orphan(random: Random, parent: string): { readonly parent?: string } {
  return random.chance(0.3) ? { parent } : {};
}

/** The generator's rows are never quite as zot writes them: without damage they are made so. */
function makeZot(random: Random, { mostRows, damage }: MakeOptions): Uint8Array {
  const bytes = randomZotFile(random, {
    id: UUID,
    ...orphan(random, PARENTS.zot),
    mostRows,
    damage,
  });
  if (damage > 0) return bytes;
  const rows = splitRows(bytes).map(parse).filter((row) =>
    typeof row?.type === "string" && (row.type !== "message" || row.message !== undefined)
  );
  return new TextEncoder().encode(rows.map((row) => `${spellGo(row)}\n`).join(""));
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Gives the lines that hold anything. */
export function splitRows(bytes: Uint8Array): readonly string[] {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).split("\n")
    .filter((line) => line.trim() !== "");
}

/** How a command ended, and what it said. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly bytes: Uint8Array;
  readonly talk: string;
}

/** Runs a command in a folder with roots named; `input` comes through the pipe. */
export async function skein(
  roots: readonly string[],
  line: readonly string[],
  input?: Uint8Array,
): Promise<Ran> {
  const host = new FakeHost({ cwd: "/home/ada/kite" });
  if (input !== undefined) host.input = input.slice();
  const code = await run([...line, ...roots.flatMap((root) => ["--root", root])], host);
  const { stdout: { bytes }, stderr } = host;
  return { code, bytes, out: new TextDecoder().decode(bytes), talk: stderr.text };
}

/** Gives the objects that a command printed with `--json`. */
export function readLines({ out }: Pick<Ran, "out">): readonly Json[] {
  return out.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

/** All that a change to a file would show in. */
export function look(path: string): readonly unknown[] {
  const { size, mtime, mode, ino } = Deno.statSync(path);
  return [Deno.readFileSync(path).toHex(), size, mtime?.getTime(), mode, ino];
}

/** A generated session in a root of its own. */
export interface LawFile {
  readonly random: Random;
  readonly kind: Kind;
  readonly root: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** How a law is tried. */
export interface LawOptions extends Partial<MakeOptions> {
  /** Files of each kind. */
  readonly cases: number;
  /** All kinds if absent. */
  readonly kinds?: readonly Kind[];
}

/** Registers a law on files of each kind, a test for each. */
export function testOnKinds(
  law: string,
  options: LawOptions,
  check: (file: LawFile) => Promise<void>,
): void {
  for (const kind of options.kinds ?? KINDS) {
    Deno.test(`${kind.name}: ${law}`, () => holdOnFiles(kind, options, check));
  }
}

/** Holds a law on generated files of a kind; a failure names the seed. */
export async function holdOnFiles(
  kind: Kind,
  { cases, mostRows = 12, damage = 0, longest = 5_000 }: LawOptions,
  check: (file: LawFile) => Promise<void>,
): Promise<void> {
  await holdCases(cases, async (random) => {
    const bytes = kind.make(random, { mostRows, damage, longest });
    const root = makeFolder({ [kind.file]: bytes });
    try {
      await check({ random, kind, root, path: join(root, kind.file), bytes });
    } finally {
      Deno.removeSync(root, { recursive: true });
    }
  });
}

/**
 * Runs a law that takes its time on random cases, in any time zone; a failure names the seed. More
 * cases than usual come from the environment (SKEIN_CASES).
 */
export async function holdCases(
  cases: number,
  check: (random: Random) => Promise<void>,
): Promise<void> {
  const given = Deno.env.get("SKEIN_SEED");
  const first = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  const count = given === undefined ? Number(Deno.env.get("SKEIN_CASES") ?? cases) : 1;
  const zone = Deno.env.get("TZ");
  try {
    for (let i = 0; i < count; i++) {
      const random = new Random(first + i);
      Deno.env.set("TZ", random.pick(["UTC", "America/St_Johns", "Asia/Kolkata"]));
      try {
        await check(random);
      } catch (error) {
        throw new Error(`The law fails for SKEIN_SEED=${first + i}`, { cause: error });
      }
    }
  } finally {
    if (zone === undefined) Deno.env.delete("TZ");
    else Deno.env.set("TZ", zone);
  }
}

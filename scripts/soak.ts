/**
 * Runs random commands on random stores with random faults, for as long as it is told, and counts
 * what was lost: `deno task soak --minutes 5 [--seed N]`.
 *
 * A case is one store and one command, tried with several faults. Everything in it follows from its
 * seed, which is printed when it fails: `--seed` with that number repeats the case first.
 */

import { parseArgs } from "@std/cli";
import { checkFaults, expectScenario, type Scenario } from "../tests/fault_check.ts";
import type { WorldFile } from "../tests/fault_world.ts";
import { type Fault, faultKindsAt } from "../tests/faulty_files.ts";
import { Random } from "../tests/random.ts";
import { randomClawFile } from "../tests/random_claw.ts";
import { randomNanobotFile } from "../tests/random_nanobot.ts";
import { randomZotFile } from "../tests/random_zot.ts";
import { UsageError } from "../src/errors.ts";
import { runScript } from "./run_script.ts";

/** Faults tried on one store and command. */
const FAULTS_A_CASE = 40;
const PROGRESS_MS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Agents to convert to. */
const AGENTS = ["zot", "claw", "eino", "nanobot"] as const;

/** Commands that may lead up to the one that is tried. */
const EARLIER: readonly [readonly string[], ...(readonly string[])[]] = [
  ["prune", "--yes", "--empty"],
  ["prune", "--yes", "--older-than", "10d"],
  ["undo"],
  ["import", "in/gift.zotsession"],
];

/** What came of a soak. */
interface Tally {
  cases: number;
  points: number;
  losses: number;
}

async function soak(): Promise<number> {
  const { minutes: wanted, seed: given } = parseArgs(Deno.args, { string: ["minutes", "seed"] });
  const minutes = readNumber("minutes", wanted, 5);
  const first = readNumber("seed", given, Math.floor(Math.random() * 2 ** 31));
  const top = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "skein_" }));
  const tally: Tally = { cases: 0, points: 0, losses: 0 };
  const end = Date.now() + minutes * 60_000;
  let told = Date.now();
  console.log(`seed ${first}`);
  try {
    for (let seed = first; Date.now() < end; seed++) {
      await tryCase(top, seed, tally);
      if (!Deno.stderr.isTerminal() || Date.now() - told < PROGRESS_MS) continue;
      told = Date.now();
      console.error(`${tally.points} fault points, ${tally.losses} losses, at seed ${seed}`);
    }
  } finally {
    Deno.removeSync(top, { recursive: true });
  }
  console.log(`${tally.points} fault points, ${tally.losses} losses`);
  return tally.losses === 0 ? 0 : 1;
}

async function tryCase(top: string, seed: number, tally: Tally): Promise<void> {
  const random = new Random(seed);
  tally.cases++;
  try {
    const scenario = makeScenario(random);
    const expected = await expectScenario(top, scenario);
    for (let left = FAULTS_A_CASE; left > 0; left--) {
      const faults = {
        first: pickFault(random, expected.calls),
        second: random.chance(0.3) ? pickFault(random, expected.calls) : undefined,
      };
      try {
        tally.points += await checkFaults(top, { ...scenario, expected }, faults);
      } catch (error) {
        tally.points++;
        tally.losses++;
        tell({ seed, what: `skein ${scenario.args.join(" ")}, ${JSON.stringify(faults)}`, error });
      }
    }
  } catch (error) {
    // Without a fault at all.
    tally.losses++;
    tell({ seed, what: "no fault", error });
  }
}

function tell(
  { seed, what, error }: {
    readonly seed: number;
    readonly what: string;
    readonly error: unknown;
  },
): void {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(`loss: seed ${seed}: ${what}: ${reason}`);
}

function makeScenario(random: Random): Scenario {
  const ids = random.list(random.integer(1, 5), (index) => `${String(index).repeat(4)}beef`);
  const files: Record<string, WorldFile> = { "in/gift.zotsession": makeTalk(random, "gift") };
  for (const [index, id] of ids.entries()) {
    const parent = ids[random.integer(0, index - 1)];
    const bytes = random.chance(0.3) ? makeEmpty(id) : randomZotFile(random, {
      id,
      ...(parent !== undefined && random.chance(0.4) ? { parent } : {}),
      mostRows: 6,
      damage: random.pick([0, 0, 0.1]),
    });
    files[`root/${random.pick(["a", "b"])}/${id}.jsonl`] = {
      bytes,
      ageMs: random.integer(1, 60) * DAY_MS,
      mode: random.pick([0o600, 0o640, 0o644]),
    };
  }
  files["root/a/talk.jsonl"] = makeTalk(random, "talkbeef");
  addOtherAgents(files, random);
  return { files, ...pickCommand(random) };
}

/** Sessions of the agents whose files come in several, and under a lock of their own. */
function addOtherAgents(files: Record<string, WorldFile>, random: Random): void {
  const file = (bytes: Uint8Array): WorldFile => ({
    bytes,
    ageMs: random.integer(1, 60) * DAY_MS,
    mode: random.pick([0o600, 0o640, 0o644]),
  });
  const mostRows = 6;
  if (random.chance(0.5)) {
    const claw = () => file(randomClawFile(random, { id: "session-1-0", mostRows, longest: 99 }));
    files["root/c/session-1-0.jsonl"] = claw();
    for (const end of [".rot-1.jsonl", ".rot-2.jsonl", ".jsonl.before-clear-3.bak"]) {
      if (random.chance(0.5)) files[`root/c/session-1-0${end}`] = claw();
    }
  }
  if (random.chance(0.5)) {
    const chat = randomNanobotFile(random, { key: "cli:chat", mostRows, longest: 99 });
    files["root/n/Y2xpOmNoYXQ.jsonl"] = file(chat);
    if (random.chance(0.5)) files["root/n/.session-files.lock"] = file(new Uint8Array());
  }
}

function pickCommand(random: Random): Omit<Scenario, "files"> {
  const before = random.list(random.integer(0, 2), () => [...random.pick(EARLIER)]);
  const command = (...args: string[]) => ({ before, args, isUndoable: true });
  switch (random.pick(["prune", "rules", "undo", "redo", "trash", "branch", "import", "export"])) {
    case "prune":
      return command("prune", "--yes");
    case "rules":
      return command(
        "prune",
        "--yes",
        "--older-than",
        "10d",
        ...random.pick([[], ["--keep", "1"]]),
      );
    case "undo":
      return { ...command("undo"), before: [...before, ["import", "in/gift.zotsession"]] };
    case "redo":
      return { ...command("undo"), before: [["import", "in/gift.zotsession"], ["undo"]] };
    case "trash":
      return {
        ...command("prune", "--trash", "--older-than", "0s", "--yes"),
        isUndoable: false,
      };
    case "branch":
      return command("branch", "talkbeef", "--at", "1");
    case "import":
      return {
        ...command("import", "-", ...random.pick([[], ["--agent", random.pick(AGENTS)]])),
        input: makeTalk(random, "pipe").bytes,
      };
    default: {
      const wish = random.pick([[], ["--format", random.pick(AGENTS)]]);
      return { ...command("export", "talkbeef", "--output", "out", ...wish), isUndoable: false };
    }
  }
}

function makeEmpty(id: string): Uint8Array {
  return encodeRows([{ type: "meta", meta: { id, cwd: "/home/ada/kite", model: "model-x" } }]);
}

function makeTalk(random: Random, id: string): WorldFile {
  const message = (role: string) => ({
    type: "message",
    message: {
      role,
      content: [{ text: "kite ".repeat(random.integer(1, 9)) }],
      time: "2026-11-01T08:00:00Z",
    },
  });
  const bytes = encodeRows([
    { type: "meta", meta: { id, cwd: "/home/ada/kite", model: "model-x" } },
    message("user"),
    message("assistant"),
  ]);
  return { bytes, ageMs: DAY_MS, mode: 0o600 };
}

function encodeRows(rows: readonly object[]): Uint8Array {
  return new TextEncoder().encode(rows.map((row) => JSON.stringify(row) + "\n").join(""));
}

function pickFault(random: Random, calls: readonly Parameters<typeof faultKindsAt>[0][]): Fault {
  const call = random.integer(0, calls.length - 1);
  const [kind, ...kinds] = faultKindsAt(calls[call] ?? { name: "end", path: "" });
  return { call, kind: random.pick([kind ?? "broken", ...kinds]) };
}

function readNumber(name: string, text: unknown, usual: number): number {
  const number = text === undefined ? usual : Number(text);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new UsageError(`--${name} takes a number, not "${text}"`, { hint: `--${name} ${usual}` });
}

if (import.meta.main) await runScript(soak);

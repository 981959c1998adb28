/**
 * One command, one fault, and what has to hold after it.
 *
 * Before anything is recovered, every file of before is still there, and no name bears a file that
 * is not whole. After the next command has opened the journal, all is as before, or as the command
 * would have left it, or as a receipt says that is done. Then `undo` gives back what was before, or
 * the command, given again, does what it should have done.
 */

import { assert, assertEquals } from "@std/assert";
import { type CallName, type Fault, FaultyFiles } from "./faulty_files.ts";
import {
  type CommandOutcome,
  type RawReceipt,
  visible,
  World,
  type WorldFile,
  type WorldState,
} from "./fault_world.ts";
import { PowerLoss } from "./power_loss.ts";

/** A command in a world of its own. */
export interface Scenario {
  readonly files: Readonly<Record<string, WorldFile>>;
  /** Command lines that lead up to it. */
  readonly before: readonly (readonly string[])[];
  readonly args: readonly string[];
  readonly input?: Uint8Array | undefined;
  /** True when undo takes the command back: an export leaves no receipt, an empty trash nothing. */
  readonly isUndoable: boolean;
}

/** What a scenario comes to without a fault. */
export interface Expected {
  readonly before: WorldState;
  readonly after: WorldState;
  readonly code: number;
  /** The calls that it makes, and the moment after the last one. */
  readonly calls: readonly { readonly name: CallName; readonly path: string }[];
}

/** Opens the journal, and with that recovers; changes nothing else. */
const RECOVER = ["undo", "--list"];

/**
 * Runs a scenario without a fault.
 * @param top a folder of the test's own, the same for all runs that belong together
 */
export async function expectScenario(top: string, scenario: Scenario): Promise<Expected> {
  const world = await makeWorld(top, scenario);
  const before = world.state();
  const files = new FaultyFiles();
  const { code, stderr } = await world.run(scenario.args, { ...scenario, files });
  assert(code === 0 || code === 3, `skein ${scenario.args.join(" ")} ends with ${code}: ${stderr}`);
  assertEquals(world.unfinished(), []);
  const calls = [...files.calls, { name: "end", path: "" } as const];
  return { before, after: world.state(), code, calls };
}

/** Faults of one run, and of the run that recovers from it. */
export interface Faults {
  readonly first: Fault;
  readonly second?: Fault | undefined;
}

/**
 * Runs a scenario that came to `expected` with faults, and checks all that has to hold.
 * @returns how many of the faults came; a run may be too short for one
 */
export async function checkFaults(
  top: string,
  scenario: Scenario & { readonly expected: Expected },
  faults: Faults,
): Promise<number> {
  const world = await makeWorld(top, scenario);
  return await new FaultCheck(world, scenario).run(faults);
}

async function makeWorld(top: string, { files, before }: Scenario): Promise<World> {
  const world = new World(top, files);
  for (const args of before) {
    const { code, stderr } = await world.run(args);
    assert(code !== 70, `skein ${args.join(" ")} ends with ${code}: ${stderr}`);
  }
  world.learn();
  return world;
}

class FaultCheck {
  readonly #world: World;
  readonly #scenario: Scenario;
  readonly #expected: Expected;
  readonly #receiptsBefore: ReadonlyMap<string, RawReceipt | undefined>;

  constructor(world: World, scenario: Scenario & { readonly expected: Expected }) {
    this.#world = world;
    this.#scenario = scenario;
    this.#expected = scenario.expected;
    this.#receiptsBefore = world.receipts();
  }

  async run({ first: fault, second }: Faults): Promise<number> {
    const { args, input } = this.#scenario;
    const { files, outcome } = await this.#runFaulty(args, { fault, input });
    this.#checkNothingLost();
    this.#checkOutcome(outcome, files.isDead);
    let struck = files.hasStruck ? 1 : 0;
    if (second !== undefined) {
      const again = await this.#runFaulty(RECOVER, { fault: second });
      if (again.files.hasStruck) struck++;
      this.#checkNothingLost();
      this.#checkNoBug(again.outcome, again.files.isDead);
    }
    const recovered = await this.#world.run(RECOVER);
    assertEquals(recovered.code, 0, `recovery: ${recovered.stderr}`);
    this.#checkNothingLost();
    const isPower = fault.kind.startsWith("power") || second?.kind.startsWith("power") === true;
    this.#checkAccounted(files.isDead && !isPower);
    const left = this.#world.unfinished().filter((path) =>
      // An export dies outside of every root, where no later run looks.
      !files.isDead || !path.startsWith("out/")
    );
    assertEquals(left, [], "unfinished files are left");
    await this.#checkWayOn();
    return struck;
  }

  async #runFaulty(
    args: readonly string[],
    { fault, input }: { readonly fault: Fault; readonly input?: Uint8Array | undefined },
  ): Promise<{ readonly files: FaultyFiles; readonly outcome: CommandOutcome }> {
    const power = fault.kind.startsWith("power") ? new PowerLoss(this.#world.attic) : undefined;
    const files = new FaultyFiles({ fault, power });
    return { files, outcome: await this.#world.run(args, { files, input }) };
  }

  /** Every file of before is there, and every other file is one that the command makes. */
  #checkNothingLost(): void {
    const { before, after } = this.#expected;
    const found = this.#world.state();
    const isPurged = [...this.#world.receipts().values()].some((receipt) =>
      receipt?.state === "purged" || receipt?.state === "purging"
    );
    const there = new Set(Object.values(found));
    const lasting = isPurged ? new Set(Object.values(after)) : undefined;
    for (const [path, file] of Object.entries(before)) {
      const isMeant = lasting !== undefined && !lasting.has(file);
      assert(there.has(file) || isMeant, `LOST: ${path} is nowhere, or was altered`);
    }
    const whole = new Set([...Object.values(before), ...Object.values(after)]);
    for (const [path, file] of Object.entries(found)) {
      assert(whole.has(file), `TORN: ${path} is no file that was there or was to be: ${file}`);
    }
  }

  /** A command that says it is done has done it; one that says it changed nothing did not. */
  #checkOutcome({ code, stderr }: CommandOutcome, isDead: boolean): void {
    if (isDead) return;
    const found = this.#world.state();
    this.#checkNoBug({ code, stderr }, isDead);
    if (code === 0) assertEquals(found, this.#expected.after, "it ended with 0");
    if (stderr.includes("nothing was changed")) {
      assertEquals(found, this.#expected.before, "it said that nothing was changed");
    }
  }

  #checkNoBug({ code, stderr }: Pick<CommandOutcome, "code" | "stderr">, isDead: boolean): void {
    assert(isDead || code !== 70, `the fault is reported as a bug: ${stderr}`);
  }

  /** All is old, or new, or what a receipt says; after a death nothing in between will do. */
  #checkAccounted(isDeath: boolean): void {
    const { before, after } = this.#expected;
    const found = this.#world.state();
    const isOld = sameState(found, before);
    if (isOld || sameState(found, after)) return;
    // The trash is emptied receipt by receipt, each of them wholly; all else is one step.
    const isStepwise = this.#scenario.args.includes("--trash");
    assert(!isDeath || isStepwise, `neither old nor new: ${JSON.stringify(found, null, 1)}`);
    const told = { ...before };
    for (const [id, receipt] of this.#world.receipts()) {
      const had = this.#receiptsBefore.get(id)?.state;
      if (receipt === undefined || receipt.state === had) continue;
      if (receipt.state === "done") {
        for (const { from, to } of receipt.moves) {
          told[`root/${to}`] = told[`root/${from}`] ?? "unknown";
          delete told[`root/${from}`];
        }
        for (const { path } of receipt.creations) {
          told[`root/${path}`] = after[`root/${path}`] ?? "unknown";
        }
      } else if (receipt.state === "purged" || receipt.state === "purging") {
        for (const { to } of receipt.moves) delete told[`root/${to}`];
      }
    }
    assertEquals(found, told, "no receipt accounts for what was changed");
    for (const path of Object.keys(before)) {
      assert(path in found || !(path in after), `${path} was to stay and is gone`);
    }
  }

  /** What was done can be undone; what was not can be done. */
  async #checkWayOn(): Promise<void> {
    const { args, input, isUndoable } = this.#scenario;
    const { before, after, code } = this.#expected;
    const found = visible(this.#world.state());
    if (sameState(found, visible(before))) {
      const again = await this.#world.run(args, { input });
      // The second run is at another time, which shows in what it makes.
      if (!Object.values(after).some((file) => file.startsWith("made"))) {
        assertEquals(again.code, code, `given again: ${again.stderr}`);
        assertEquals(visible(this.#world.state()), visible(after), "given again");
      } else assertEquals(again.code, code, `given again: ${again.stderr}`);
    } else if (isUndoable) {
      const undone = await this.#world.run(["undo"]);
      assertEquals(undone.code, 0, `undo: ${undone.stderr}`);
      assertEquals(visible(this.#world.state()), visible(before), "undone");
    }
  }
}

function sameState(a: WorldState, b: WorldState): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

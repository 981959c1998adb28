/**
 * Every fault at every call of every writing command, one fault a run; then other programs at work
 * on the same files, and disks and folders that are not what they should be.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { checkFaults, expectScenario, type Scenario } from "./fault_check.ts";
import { SCENARIOS } from "./fault_scenarios.ts";
import { World } from "./fault_world.ts";
import {
  type CallName,
  type Fault,
  faultError,
  faultKindsAt,
  FaultyFiles,
} from "./faulty_files.ts";

/** Calls that need room on the disk. */
const GROWING: readonly CallName[] = ["create", "write", "sync", "makeFolder", "link"];
/** Calls that a read-only disk refuses. */
const CHANGING: readonly CallName[] = [...GROWING, "rename", "remove", "lock"];

const TALK_ROW = `{"type":"message","message":{"role":"user","content":[{"text":"More"}]}}\n`;

for (const [name, scenario] of Object.entries(SCENARIOS)) {
  Deno.test(`skein ${name} leaves old, new or a receipt at every fault`, () =>
    withTop(async (top) => {
      const expected = await expectScenario(top, scenario);
      const faults = expected.calls.flatMap((call, index) =>
        faultKindsAt(call).map((kind): Fault => ({ call: index, kind }))
      );
      await checkAll(faults, async (first) => {
        await checkFaults(top, { ...scenario, expected }, { first });
      }, ({ call, kind }) => `${kind} at call ${call}, ${expected.calls[call]?.name}`);
    }));

  for (const [disk, names] of [["full", GROWING], ["read-only", CHANGING]] as const) {
    Deno.test(`skein ${name} says that the disk is ${disk} and changes nothing`, () =>
      withTop(async (top) => {
        const world = await startWorld(top, scenario);
        const before = world.state();
        const files = new FaultyFiles({
          onCall: ({ name }) => {
            if (names.includes(name)) throw faultError(disk);
          },
        });
        const { code, stderr } = await world.run(scenario.args, { ...scenario, files });
        assertStringIncludes(stderr, disk);
        assertEquals(code, 1, stderr);
        assertEquals(world.state(), before);
        assertEquals(world.unfinished(), []);
      }));
  }

  Deno.test(`skein ${name} refuses while another skein holds the lock`, () =>
    withTop(async (top) => {
      const world = await startWorld(top, scenario);
      const before = world.state();
      const lock = join(world.folder, "root/.skein/lock");
      Deno.mkdirSync(join(world.folder, "root/.skein"), { recursive: true });
      Deno.writeTextFileSync(lock, "", { create: true });
      const other = new FaultyFiles();
      assert(other.tryLock(lock) !== undefined);
      const { code, stderr } = await world.run(scenario.args, { input: scenario.input });
      other.end();
      // An export changes nothing under the root, and needs no lock.
      if (name.startsWith("export")) return;
      assertEquals(code, 4, stderr);
      assertEquals(world.state(), before);
    }));
}

const CUT_SHORT = [
  ["prune --empty", "link", "killed late"],
  ["prune --trash", "remove", "killed late"],
  ["branch", "write", "killed half"],
] as const;

for (const [name, callName, kind] of CUT_SHORT) {
  Deno.test(`recovery from skein ${name} dies at every call, and the next one ends it`, () =>
    withTop(async (top) => {
      const scenario = SCENARIOS[name];
      assert(scenario !== undefined);
      const expected = await expectScenario(top, scenario);
      const last = expected.calls.findLastIndex((call) =>
        call.name === callName && !call.path.includes("receipts")
      );
      const first: Fault = { call: last, kind };
      const calls = await countRecovery(top, scenario, first);
      const kinds = ["killed late", "broken", "power taken"] as const;
      const faults = Array.from(
        { length: calls },
        (_, call) => kinds.map((kind) => ({ call, kind })),
      ).flat();
      await checkAll(faults, async (second) => {
        await checkFaults(top, { ...scenario, expected }, { first, second });
      }, ({ call, kind }) => `${kind} at call ${call}`);
    }));
}

for (
  const name of [
    "prune --empty",
    "prune of a session with parts",
    "branch",
    "export",
    "import FILE",
    "import --agent",
  ]
) {
  Deno.test(`skein ${name} loses no row that is appended at any of its calls`, () =>
    withTop(async (top) => {
      const scenario = SCENARIOS[name];
      assert(scenario !== undefined);
      const { calls } = await expectScenario(top, scenario);
      const path = name === "prune --empty" ? "a/none.jsonl" : "a/talk.jsonl";
      await checkAll(calls.slice(0, -1).keys(), async (at) => {
        const world = await startWorld(top, scenario);
        using writer = openWriter(join(world.folder, "root", path));
        const files: FaultyFiles = new FaultyFiles({
          onCall: () => {
            if (files.calls.length === at + 1) writer.append(TALK_ROW);
          },
        });
        await world.run(scenario.args, { ...scenario, files });
        assertStringIncludes(writer.text(), TALK_ROW);
        if (findFile(world, path) === undefined) {
          const { code, stderr } = await world.run(["undo"]);
          assertEquals(code, 0, stderr);
        }
        assertEquals(findFile(world, path), writer.text());
        assertEquals(world.unfinished(), []);
      }, (at) => `a row comes at call ${at}, ${calls[at]?.name}`);
    }));
}

for (const name of ["prune --empty", "branch"]) {
  Deno.test(`skein ${name} and a prune that starts at any of its calls leave every file`, () =>
    withTop(async (top) => {
      const scenario = SCENARIOS[name];
      assert(scenario !== undefined);
      const { before, calls } = await expectScenario(top, scenario);
      await checkAll(calls.slice(0, -1).keys(), async (at) => {
        const world = await startWorld(top, scenario);
        let other: ReturnType<World["run"]> | undefined;
        const files: FaultyFiles = new FaultyFiles({
          onCall: () => {
            if (files.calls.length === at + 1) other = world.run(["prune", "--yes", "--empty"]);
          },
        });
        const { code, stderr } = await world.run(scenario.args, { ...scenario, files });
        const second = await other;
        assert(second !== undefined);
        assert([0, 3, 4].includes(code), `${code}: ${stderr}`);
        assert([0, 3, 4].includes(second.code), `the prune: ${second.code}: ${second.stderr}`);
        const there = Object.values(world.state());
        for (const file of Object.values(before)) {
          assertEquals(there.filter((found) => found === file), [file]);
        }
        assertEquals(world.unfinished(), []);
        const states = [...world.receipts().values()].map((receipt) => receipt?.state);
        assertEquals(states.filter((state) => state !== "done" && state !== "rolled_back"), []);
      }, (at) => `the prune starts at call ${at}, ${calls[at]?.name}`);
    }));
}

Deno.test("undo brings back rows that an agent wrote into a pruned session", () =>
  withTop(async (top) => {
    const scenario = SCENARIOS["prune --empty"];
    assert(scenario !== undefined);
    const world = await startWorld(top, scenario);
    using writer = openWriter(join(world.folder, "root/a/none.jsonl"));
    assertEquals((await world.run(scenario.args)).code, 0);
    assertEquals(findFile(world, "a/none.jsonl"), undefined);
    writer.append(TALK_ROW);
    const { code, stderr } = await world.run(["undo"]);
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, "has grown since it was pruned");
    assertEquals(findFile(world, "a/none.jsonl"), writer.text());
    assertStringIncludes(writer.text(), TALK_ROW);
  }));

Deno.test("prune keeps a session that grows between plan and act, and moves the others", () =>
  withTop(async (top) => {
    const scenario = SCENARIOS["prune --empty"];
    assert(scenario !== undefined);
    const world = await startWorld(top, scenario);
    using writer = openWriter(join(world.folder, "root/a/none.jsonl"));
    const files = new FaultyFiles({
      onCall: ({ name, path }) => {
        if (name === "lock" && path.endsWith(".skein/lock")) writer.append(TALK_ROW);
      },
    });
    const { code, stderr } = await world.run(scenario.args, { files });
    assertEquals(code, 4);
    assertStringIncludes(stderr, "none.jsonl: changed since the plan");
    assertEquals(findFile(world, "a/none.jsonl"), writer.text());
    assertEquals(findFile(world, "a/void.jsonl"), undefined);
  }));

Deno.test("prune keeps a session on which another program holds a lock", () =>
  withTop(async (top) => {
    const scenario = SCENARIOS["prune --empty"];
    assert(scenario !== undefined);
    const world = await startWorld(top, scenario);
    const other = new FaultyFiles();
    assert(other.tryLock(join(world.folder, "root/a/none.jsonl")) !== undefined);
    const { code, stderr } = await world.run(scenario.args);
    other.end();
    assertEquals(code, 4);
    assertStringIncludes(stderr, "none.jsonl: locked by another program");
    assertEquals(Object.keys(world.state()).filter((path) => path.startsWith("root/a/")), [
      "root/a/none.jsonl",
      "root/a/talk.jsonl",
    ]);
  }));

/** Runs a check for each case, and tells of all that fail, by what they fail of. */
async function checkAll<T>(
  cases: Iterable<T>,
  check: (one: T) => Promise<void>,
  name: (one: T) => string,
): Promise<void> {
  const failures = new Map<string, string[]>();
  for (const one of cases) {
    try {
      await check(one);
    } catch (error) {
      assert(error instanceof Error);
      const reason = error.message.split("\n").slice(0, 2).join(" ").slice(0, 300);
      const names = failures.get(reason) ?? [];
      names.push(name(one));
      failures.set(reason, names);
    }
  }
  const told = [...failures].map(([reason, names]) =>
    `${names.length} times: ${reason}\n  ${names.slice(0, 8).join("\n  ")}`
  );
  assertEquals(told.join("\n"), "");
}

async function withTop(test: (top: string) => Promise<void>): Promise<void> {
  const top = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "skein_" }));
  try {
    await test(top);
  } finally {
    Deno.removeSync(top, { recursive: true });
  }
}

async function startWorld(top: string, { files, before }: Scenario): Promise<World> {
  const world = new World(top, files);
  for (const args of before) await world.run(args);
  return world;
}

/** How many calls the next command makes after a fault, to take back what was begun. */
async function countRecovery(top: string, scenario: Scenario, fault: Fault): Promise<number> {
  const world = await startWorld(top, scenario);
  await world.run(scenario.args, { files: new FaultyFiles({ fault }) });
  const files = new FaultyFiles();
  await world.run(["undo", "--list"], { files });
  return files.calls.length;
}

/** A program that keeps a file open and appends to it, whatever the file's name becomes. */
function openWriter(path: string) {
  const file = Deno.openSync(path, { append: true, read: true });
  return {
    append: (text: string) => file.writeSync(new TextEncoder().encode(text)),
    text: () => {
      file.seekSync(0, Deno.SeekMode.Start);
      const bytes = new Uint8Array(file.statSync().size);
      file.readSync(bytes);
      return new TextDecoder().decode(bytes);
    },
    [Symbol.dispose]: () => file.close(),
  };
}

function findFile(world: World, path: string): string | undefined {
  try {
    return Deno.readTextFileSync(join(world.folder, "root", path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

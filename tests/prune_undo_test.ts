/** prune and undo as a person uses them: several roots, several times, odd names. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";
import { smallSession } from "./fault_scenarios.ts";
import { World, type WorldFile } from "./fault_world.ts";
import { FAKE_NOW_MS, FakeHost } from "./fake_host.ts";
import { FaultyFiles } from "./faulty_files.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const EMPTY = smallSession({ id: "aaaa0001" });
const PRUNE = ["prune", "--yes", "--empty"];

async function withWorld(
  files: Readonly<Record<string, WorldFile>>,
  test: (world: World) => Promise<void>,
): Promise<void> {
  const top = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "skein_" }));
  try {
    await test(new World(top, files));
  } finally {
    Deno.removeSync(top, { recursive: true });
  }
}

/** Runs a command line at a time, without a root named beside those in it. */
async function runAt(
  world: World,
  args: readonly string[],
  afterMs = 0,
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const host = new FakeHost({ cwd: world.folder, nowMs: FAKE_NOW_MS + afterMs });
  const code = await run(args, host);
  return { code, stdout: host.stdout.text, stderr: host.stderr.text };
}

Deno.test("undo of prune over two roots brings back both, and each time all of it", () =>
  withWorld(
    { "root/a.jsonl": EMPTY, "in/b.jsonl": smallSession({ id: "bbbb" }) },
    async (world) => {
      const before = world.state();
      const both = ["--root", "root", "--root", "in"];
      for (const [second, args] of [PRUNE, ["undo"], ["undo"], ["undo"]].entries()) {
        const { code, stderr } = await runAt(world, [...args, ...both], second * 1000);
        assertEquals(code, 0, stderr);
        const isThere = second % 2 === 1;
        const left = Object.keys(world.state()).filter((path) => !path.includes(".skein"));
        assertEquals(left, isThere ? Object.keys(before) : [], `after command ${second}`);
      }
    },
  ));

Deno.test("undo goes on to take back both roots when one has a receipt of a later second", () =>
  withWorld({
    "root/a.jsonl": EMPTY,
    "in/b.jsonl": smallSession({ id: "bbbb" }),
    "in/c.jsonl": smallSession({ id: "cccc", prompts: ["Hi"] }),
  }, async (world) => {
    const both = ["--root", "root", "--root", "in"];
    // As another machine, whose clock is ahead, would leave it.
    await runAt(world, ["branch", "cccc", "--at", "1", "--root", "in"], 60_000);
    await runAt(world, [...PRUNE, ...both], 0);
    await runAt(world, ["undo", ...both], 1000);
    const redo = await runAt(world, ["undo", ...both], 2000);
    assertEquals(redo.code, 0, redo.stderr);
    const left = Object.keys(world.state()).filter((path) => /^(root\/a|in\/b)/.test(path));
    assertEquals(left, []);
  }));

Deno.test("prune over two roots keeps the receipt that one of them has of this second", () =>
  withWorld({
    "root/a.jsonl": EMPTY,
    "in/b.jsonl": smallSession({ id: "bbbb" }),
    "in/c.jsonl": smallSession({ id: "cccc" }),
  }, async (world) => {
    const before = world.state();
    const first = await runAt(world, ["prune", "bbbb", "--yes", "--root", "in"]);
    assertEquals(first.code, 0, first.stderr);
    const second = await runAt(world, [...PRUNE, "--root", "root", "--root", "in"]);
    assertEquals(second.code, 0, second.stderr);
    const receipts = [...Deno.readDirSync(join(world.folder, "in/.skein/receipts"))];
    assertEquals(receipts.length, 2);
    for (const { name } of receipts) {
      await runAt(world, ["undo", name.replace(".json", ""), "--root", "in"], 1000);
    }
    await runAt(world, ["undo", "--root", "root"], 1000);
    const left = Object.keys(world.state()).filter((path) => !path.includes(".skein"));
    assertEquals(left, Object.keys(before));
  }));

Deno.test("prune --trash counts from when a session came into the trash last", () =>
  withWorld({ "root/a.jsonl": EMPTY }, async (world) => {
    const root = ["--root", "root"];
    await runAt(world, [...PRUNE, ...root]);
    await runAt(world, ["undo", ...root], DAY_MS);
    await runAt(world, ["undo", ...root], 40 * DAY_MS);
    const { code, stderr } = await runAt(
      world,
      ["prune", "--trash", "--older-than", "30d", "--yes", ...root],
      41 * DAY_MS,
    );
    assertEquals(code, 0, stderr);
    assertEquals(Object.values(world.state()), ["root/a.jsonl"]);
    await runAt(world, ["undo", ...root], 42 * DAY_MS);
    assertEquals(Object.keys(world.state()), ["root/a.jsonl"]);
  }));

Deno.test("prune moves a file whose name is as long as names can be", () => {
  const name = `root/${"a".repeat(249)}.jsonl`;
  return withWorld(
    { [name]: EMPTY, "root/b.jsonl": smallSession({ id: "bbbb" }) },
    async (world) => {
      const before = world.state();
      const { code, stderr } = await world.run(PRUNE);
      assertEquals(code, 0, stderr);
      assertEquals((await world.run(["undo"])).code, 0);
      assertEquals(world.state(), before);
    },
  );
});

Deno.test("prune keeps a session that it may not lock, and moves the others", () =>
  withWorld(
    { "root/a.jsonl": EMPTY, "root/b.jsonl": smallSession({ id: "bbbb" }) },
    async (world) => {
      const files = new FaultyFiles({
        onCall: ({ name, path }) => {
          if (name === "lock" && path.endsWith("a.jsonl")) {
            throw new Deno.errors.PermissionDenied("no leave (os error 13)");
          }
        },
      });
      const { code, stderr } = await world.run(PRUNE, { files });
      assertEquals(code, 4, stderr);
      assertStringIncludes(stderr, "a.jsonl");
      const left = Object.keys(world.state()).filter((path) => !path.includes(".skein"));
      assertEquals(left, ["root/a.jsonl"]);
    },
  ));

Deno.test("prune goes on beside a file that a crash has filled with zeros", () => {
  const zeros = { ...EMPTY, bytes: new Uint8Array(64) };
  return withWorld({ "root/a.jsonl": EMPTY, "root/zeros.jsonl": zeros }, async (world) => {
    const { code, stderr } = await world.run(PRUNE);
    // The file is told of, but it was read, and refers to nothing.
    assertEquals(code, 3, stderr);
    const left = Object.keys(world.state()).filter((path) => !path.includes(".skein"));
    assertEquals(left, ["root/zeros.jsonl"]);
  });
});

Deno.test("undo puts a session back whose folder is gone", () =>
  withWorld({ "root/kite/a.jsonl": EMPTY }, async (world) => {
    const before = world.state();
    await world.run(PRUNE);
    Deno.removeSync(join(world.folder, "root/kite"));
    const { code, stderr } = await world.run(["undo"]);
    assertEquals(code, 0, stderr);
    assertEquals(world.state(), before);
  }));

Deno.test("undo keeps both files when another has taken the name", () =>
  withWorld({ "root/a.jsonl": EMPTY }, async (world) => {
    await world.run(PRUNE);
    Deno.writeTextFileSync(join(world.folder, "root/a.jsonl"), "another's");
    const before = world.state();
    const { code, stderr } = await world.run(["undo"]);
    assertEquals(code, 4);
    assertStringIncludes(stderr, "exists; both files are kept");
    assertEquals(world.state(), before);
  }));

Deno.test("undo does not move a branch to the trash that its agent has written into", () =>
  withWorld({ "root/a.jsonl": smallSession({ id: "aaaa", prompts: ["Hi"] }) }, async (world) => {
    const { stdout } = await world.run(["branch", "aaaa", "--at", "2"]);
    const path = stdout.trim().split("  ")[1] ?? "";
    Deno.writeTextFileSync(path, '{"type":"rename","title":"Mine"}\n', { append: true });
    const { code, stderr } = await world.run(["undo"]);
    assertEquals(code, 4, stderr);
    assertStringIncludes(Deno.readTextFileSync(path), "Mine");
  }));

Deno.test("undo of a receipt that was taken back, purged or never was changes nothing", () =>
  withWorld({ "root/a.jsonl": EMPTY }, async (world) => {
    assertEquals((await world.run(["undo"])).code, 1);
    await world.run(PRUNE);
    assertEquals((await world.run(["undo", "20200101-000000"])).code, 1);
    const { code } = await world.run(["prune", "--trash", "--older-than", "0s", "--yes"]);
    assertEquals(code, 0);
    const purged = await world.run(["undo", "20261120-130000"]);
    assertEquals(purged.code, 1);
    assertStringIncludes(purged.stderr, "the trash was emptied");
  }));

Deno.test("prune asks on a terminal, and silence means no", () =>
  withWorld({ "root/a.jsonl": EMPTY }, async (world) => {
    const before = world.state();
    for (const typed of ["", "n", "yes please", "N"]) {
      const host = new FakeHost({ cwd: world.folder });
      host.useTerminal({ columns: 80, rows: 24 });
      host.typed = typed === "" ? [] : [typed];
      assertEquals(await run(["prune", "--empty", "--root", "root"], host), 0);
      assertEquals(world.state(), before);
    }
    const host = new FakeHost({ cwd: world.folder });
    host.useTerminal({ columns: 80, rows: 24 });
    host.typed = ["Y"];
    assertEquals(await run(["prune", "--empty", "--root", "root"], host), 0);
    assertEquals(Object.keys(world.state()), ["root/.skein/trash/20261120-120000/0/a.jsonl"]);
  }));

/** Roots that somebody prepared: links that lead out, receipts that were written by hand. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { dirname, join } from "@std/path";
import { SCENARIOS } from "./fault_scenarios.ts";
import { World } from "./fault_world.ts";

const FILES = {
  ...SCENARIOS["prune --empty"]?.files,
  "outside/kept.txt": { bytes: Uint8Array.of(1, 2), ageMs: 0, mode: 0o600 },
  "outside/x.tmp": { bytes: Uint8Array.of(3), ageMs: 0, mode: 0o600 },
  "outside/.skein-20261120-120000.tmp": { bytes: Uint8Array.of(4), ageMs: 0, mode: 0o600 },
};
const PRUNE = ["prune", "--yes", "--empty"];

const MOVE = {
  from: "a/lost.jsonl",
  to: "a/none.jsonl",
  bytes: 1,
  mtime_ms: 1,
  mode: 0o600,
  sha256: "",
  session: "s",
  reason: "r",
};
const RECEIPT = {
  kind: "receipt",
  schema: "skein.receipt/1",
  id: "20261120-120000",
  command: "prune",
  time: "2026-11-20T12:00:00.000Z",
  state: "intent",
  undoes: null,
  moves: [],
  creations: [],
};

for (const link of [".skein", ".skein/trash", ".skein/receipts"]) {
  for (const target of ["an empty folder", "a folder made to fit"]) {
    Deno.test(`prune refuses ${link} as a link to ${target} outside`, () =>
      withWorld(async (world) => {
        if (target !== "an empty folder") {
          for (const name of ["receipts", "trash/20261120-120000"]) {
            Deno.mkdirSync(join(world.folder, "outside", name), { recursive: true });
          }
        }
        const path = join(world.folder, "root", link);
        Deno.mkdirSync(dirname(path), { recursive: true });
        Deno.symlinkSync(join(world.folder, "outside"), path);
        const before = allPaths(world.folder);
        const state = world.state();
        const { code, stderr } = await world.run(PRUNE);
        assertEquals(code, 4, stderr);
        assertEquals(world.state(), state);
        assertEquals(outside(allPaths(world.folder)), outside(before));
      }));
  }
}

Deno.test("prune --trash removes nothing through a link that leads out", () =>
  withWorld(async (world) => {
    await world.run(PRUNE);
    const trash = join(world.folder, "root/.skein/trash");
    Deno.renameSync(trash, join(world.folder, "outside/trash"));
    Deno.symlinkSync(join(world.folder, "outside/trash"), trash);
    const before = allPaths(world.folder);
    const { code, stderr } = await world.run(["prune", "--trash", "--older-than", "0s", "--yes"]);
    assertEquals(code, 4, stderr);
    assertEquals(allPaths(world.folder), before);
  }));

Deno.test("undo moves nothing into a folder that has become a link that leads out", () =>
  withWorld(async (world) => {
    await world.run(PRUNE);
    const bucket = join(world.folder, "root/a");
    Deno.renameSync(bucket, join(world.folder, "outside/a"));
    Deno.symlinkSync(join(world.folder, "outside/a"), bucket);
    const before = allPaths(world.folder);
    const { code, stderr } = await world.run(["undo"]);
    assertEquals(code, 4, stderr);
    assertEquals(outside(allPaths(world.folder)), outside(before));
  }));

const FORGERIES: Readonly<Record<string, object>> = {
  "moves from above the root": { moves: [{ ...MOVE, from: "../outside/kept.txt" }] },
  "moves to above the root": { moves: [{ ...MOVE, from: "a/none.jsonl", to: "../outside/new" }] },
  "moves to an absolute path": { moves: [{ ...MOVE, to: "/outside/new" }] },
  "makes a file above the root": {
    creations: [{ path: "../outside/kept.txt", session: "s", bytes: 2, sha256: "" }],
  },
  "has an id that is a path within the root": { id: "../../forged" },
  "has an id that leads to another's unfinished file": {
    id: "/../../../outside/x",
    creations: [{ path: "a/none.jsonl", session: "s", bytes: 2, sha256: "" }],
  },
  "moves back through a link that leads out": { moves: [{ ...MOVE, from: "a/link/new.jsonl" }] },
  "is torn": { moves: undefined },
};

for (const [what, forged] of Object.entries(FORGERIES)) {
  for (const state of ["intent", "done"]) {
    Deno.test(`a receipt of state ${state} that ${what} touches nothing outside`, () =>
      withWorld(async (world) => {
        const folder = join(world.folder, "root/.skein/receipts");
        Deno.mkdirSync(folder, { recursive: true });
        Deno.symlinkSync(join(world.folder, "outside"), join(world.folder, "root/a/link"));
        Deno.writeTextFileSync(
          join(folder, "20261120-120000.json"),
          JSON.stringify({ ...RECEIPT, state, ...forged }),
        );
        const before = allPaths(world.folder);
        const files = world.state();
        for (const args of [["undo"], PRUNE, ["undo", "--list"]]) {
          const { code, stderr } = await world.run(args);
          // A path alone does not tell that it leads through a link: that shows in use.
          const isRefused = code === 1 || code === 4;
          assert(isRefused || (code === 0 && what.includes("link that")), `${code}: ${stderr}`);
          assertEquals(outside(allPaths(world.folder)), outside(before));
        }
        if (!what.includes("link that")) assertEquals(world.state(), files);
      }));
  }
}

Deno.test("a receipt that cannot be read is named by what refuses it", () =>
  withWorld(async (world) => {
    await world.run(PRUNE);
    const path = join(world.folder, "root/.skein/receipts/20261120-120000.json");
    Deno.writeTextFileSync(path, "{");
    const { code, stderr } = await world.run(["undo"]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "20261120-120000.json");
  }));

async function withWorld(test: (world: World) => Promise<void>): Promise<void> {
  const top = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "skein_" }));
  try {
    await test(new World(top, FILES));
  } finally {
    Deno.removeSync(top, { recursive: true });
  }
}

/** Every path below a folder with what lies there, links not followed. */
function allPaths(folder: string, prefix = ""): readonly string[] {
  return [...Deno.readDirSync(join(folder, prefix))].flatMap((entry) => {
    const path = join(prefix, entry.name);
    if (entry.isDirectory) return [path, ...allPaths(folder, path)];
    if (entry.isSymlink) return [`${path} -> ${Deno.readLinkSync(join(folder, path))}`];
    return [`${path} ${Deno.readFileSync(join(folder, path))}`];
  }).sort();
}

function outside(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => path.startsWith("outside"));
}

/** Tests of the replay itself, with a stand-in for skein that says what it was asked. */

import { assertEquals } from "@std/assert";
import { replayPage, type SkeinCall } from "./golden.ts";
import type { Outcome } from "./golden_page.ts";

Deno.test("replayPage() puts what skein prints in the place of what was recorded", async () => {
  const page = "Prose.\n\n    $ skein list\n    wrong\n    [exit 1]\n\nMore.\n";
  const { text } = await replay(page, () => ({ stdout: "right\n", stderr: "talk\n", code: 0 }));
  assertEquals(text, "Prose.\n\n    $ skein list\n    right\n    ! talk\n\nMore.\n");
});

Deno.test("replayPage() gives each command its folder, variables, terminal and reader", async () => {
  const calls: SkeinCall[] = [];
  const page = [
    "    $ skein list --cwd .",
    "    $ mkdir ~/lantern/docs",
    "    $ cd ../lantern",
    "    $ cd docs",
    "    $ COLUMNS=60 TTY=1 skein tree | head -3",
    "    $ TTY=1 LINES=8 skein list",
  ].join("\n");
  await replay(page, (call) => {
    calls.push(call);
    return { stdout: "", stderr: "", code: 0 };
  });
  const env = { HOME: "/home/ada", SOURCE_DATE_EPOCH: "1795176000" };
  assertEquals(calls.map(({ home: _, ...call }) => call), [
    {
      args: ["list", "--cwd", "."],
      cwd: "/home/ada/kite",
      env,
      terminalRows: undefined,
      headLines: undefined,
    },
    {
      args: ["tree"],
      cwd: "/home/ada/lantern/docs",
      env: { ...env, COLUMNS: "60" },
      terminalRows: 24,
      headLines: 3,
    },
    {
      args: ["list"],
      cwd: "/home/ada/lantern/docs",
      env,
      terminalRows: 8,
      headLines: undefined,
    },
  ]);
});

Deno.test("replayPage() builds the sample store where zot keeps its sessions", async () => {
  const folders: string[] = [];
  await replay("    $ sample\n    $ skein list", ({ home }) => {
    const root = `${home.real}/.local/state/zot/sessions`;
    folders.push(...[...Deno.readDirSync(root)].map((entry) => entry.name).sort());
    return { stdout: "", stderr: "", code: 0 };
  });
  assertEquals(folders, ["3e91d2c04544e567", "9af0d9e1091c872a", "bf7df094b29cebd2"]);
});

Deno.test("replayPage() adds the stores of the other agents to a page that asks for them", async () => {
  const homes: string[][] = [];
  const page = "    $ sample\n    $ skein list\n    $ sample agents\n    $ skein list";
  await replay(page, ({ home }) => {
    homes.push([...Deno.readDirSync(home.real)].map((entry) => entry.name).sort());
    return { stdout: "", stderr: "", code: 0 };
  });
  assertEquals(homes, [[".local", "kite"], [".claw", ".local", ".nanobot", "chat", "kite"]]);
});

Deno.test("replayPage() keeps the record of a command that its runner cannot do", async () => {
  const page = "    $ TTY=1 skein list\n    as recorded\n    $ skein tree\n";
  const result = await replay(
    page,
    (call) => call.terminalRows ? undefined : { stdout: "", stderr: "", code: 0 },
  );
  assertEquals(result, { text: page, skipped: 1 });
});

Deno.test("replayPage() refuses commands that it does not know and those that fail", async () => {
  const bad = ["ls", "sample x", "cd", "cd nowhere", "fixture no_such_fixture", "mkdir", ""];
  for (const line of bad) {
    const error = await replay(`    $ ${line}`, () => undefined).catch((caught: unknown) => caught);
    assertEquals(error instanceof Error, true, line);
  }
});

async function replay(page: string, skein: (call: SkeinCall) => Outcome | undefined) {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  try {
    return await replayPage(page, (call) => Promise.resolve(skein(call)), {
      style: "indented",
      folder,
    });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** No agent takes a look-alike for its own: alone, together with others, or through the pipe. */

import { assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";
import { FORMATS } from "../src/formats.ts";
import { sniffSource } from "../src/scan.ts";
import { FakeHost } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";
import { LOOK_ALIKES, readLookAlike } from "./look_alikes.ts";
import { MemorySource } from "./memory_source.ts";

/** Runs a command on a folder with all look-alikes. */
async function runOnAll(...line: readonly string[]) {
  const root = makeFolder(
    Object.fromEntries(LOOK_ALIKES.map(({ name }) => [name, readLookAlike(name)])),
  );
  try {
    const host = new FakeHost({ cwd: root });
    const code = await run([...line, "--root", root], host);
    const left = [...Deno.readDirSync(root)].filter(({ isFile }) => isFile).length;
    return { code, out: host.stdout.text, talk: host.stderr.text, left };
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

for (const { name, what } of LOOK_ALIKES) {
  Deno.test(`sniffSource() finds no format for ${what}: ${name}`, () => {
    const { format, hasRows } = sniffSource(new MemorySource(readLookAlike(name)));
    assertEquals([format?.agent, hasRows], [undefined, true]);
  });
}

Deno.test("judge() says no to every look-alike, for each agent", () => {
  for (const { name } of LOOK_ALIKES) {
    const text = new TextDecoder().decode(readLookAlike(name));
    const rows = name.endsWith(".json")
      ? [JSON.parse(text)]
      : text.trimEnd().split("\n").map((row) => JSON.parse(row));
    const judgements = FORMATS.map((format) => `${format.agent} ${format.judge(rows)}`);
    assertEquals(judgements, ["zot no", "claw no", "eino no", "nanobot no"], name);
  }
});

Deno.test("list shows no look-alike, counts each as no session, and is done", async () => {
  const { code, out, talk } = await runOnAll("list");
  assertEquals([code, out], [0, ""]);
  const count = LOOK_ALIKES.length;
  assertMatch(talk, new RegExp(`^${count} other files \\(${count} not a session\\)$`, "m"));
});

Deno.test("tree draws no look-alike, and prune leaves every one", async () => {
  const tree = await runOnAll("tree", "--json");
  assertEquals([tree.code, tree.out], [0, ""]);
  const prune = await runOnAll("prune", "--yes", "--older-than", "0s");
  assertEquals([prune.code, prune.out, prune.left], [0, "", LOOK_ALIKES.length]);
});

Deno.test("show, export, branch and import refuse every look-alike", async () => {
  for (const { name } of LOOK_ALIKES) {
    const root = makeFolder({ [name]: readLookAlike(name) });
    for (
      const line of [["show"], ["export"], ["branch", "--at", "0"], ["import"]] as const
    ) {
      const [command, ...more] = line;
      const host = new FakeHost({ cwd: root });
      const code = await run([command, join(root, name), ...more, "--root", root], host);
      assertEquals([code, host.stdout.text], [1, ""], `${command} ${name}`);
    }
    Deno.removeSync(root, { recursive: true });
  }
});

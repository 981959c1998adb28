/**
 * What nanobot keeps for itself in its files: the private state of the provider, which nobody may
 * see, and the count of what was summarised elsewhere, which has to fit the messages that are left
 * (points 7, 8, 12 and 13 of the list of what a tool that looks after all stores has to do better).
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { inHazardWorld, parseLines } from "./hazard_world.ts";
import { loadNanobot } from "./strict_nanobot.ts";

const KEY = "cli:direct";
const NAME = "Y2xpOmRpcmVjdA.jsonl";
const SECRET = "c2VjcmV0LXN0YXRl";
const STATE =
  `{"_type": "provider_state", "state": {"kind": "k", "payload": {"id": "${SECRET}"}}}\n`;

function meta(metadata: Record<string, unknown> = {}, done = 0): string {
  return `{"_type": "metadata", "key": "${KEY}", "created_at": "2026-02-16T09:30:00", ` +
    `"updated_at": "2026-02-16T09:31:05.001200", "metadata": ${JSON.stringify(metadata)}, ` +
    `"last_consolidated": ${done}}\n`;
}

function texts(...all: readonly string[]): string {
  return all.map((text) =>
    `{"role": "user", "content": "${text}", "timestamp": "2026-02-16T09:30:10.500000"}\n`
  ).join("");
}

function load(path: string) {
  return loadNanobot(Deno.readFileSync(path), { era: "head" });
}

/** Every command that shows or copies a session. */
const LINES: readonly (readonly string[])[] = [
  ["list"],
  ["list", "--json"],
  ["show", KEY],
  ["show", KEY, "--json"],
  ["show", KEY, "--markdown"],
  ["show", KEY, "--raw"],
  ["show", KEY, "--all-rows"],
  ["show", KEY, "--all-rows", "--json"],
  ["show", KEY, "--all-rows", "--markdown"],
  ["show", KEY, "--all-rows", "--raw"],
  ["tree", "--json"],
  ["export", KEY],
  ["export", KEY, "--format", "nanobot"],
  ["export", KEY, "--format", "zot"],
  ["export", KEY, "--format", "claw"],
  ["export", KEY, "--format", "eino"],
  ["prune", "--dry-run", "--json"],
];

Deno.test("B13 the provider's state is shown by no command", async () => {
  await inHazardWorld({ [NAME]: meta() + STATE + texts("a") }, async (world) => {
    for (const line of LINES) {
      const { code, out, talk } = await world.skein(...line);
      assertEquals(code, 0, line.join(" "));
      assert(!(out + talk).includes(SECRET), line.join(" "));
    }
  });
});

Deno.test("B13 the provider's state is shown by no command when its row is damaged", async () => {
  const damaged = [
    STATE.slice(0, -4) + "\n",
    STATE.replace("}}}\n", "}},}\n"),
    STATE.replace("\n", texts("glued")),
  ];
  for (const row of damaged) {
    await inHazardWorld({ [NAME]: meta() + row + texts("a") }, async (world) => {
      for (const line of LINES) {
        const { out, talk } = await world.skein(...line);
        assert(!(out + talk).includes(SECRET), `${line.join(" ")}: ${row}`);
      }
      const paths = [await world.branch(KEY, "--at", "1"), await world.take(world.text(NAME))];
      for (const path of paths) assert(!Deno.readTextFileSync(path).includes(SECRET), row);
    });
  }
});

Deno.test("B13 the provider's state is neither branched nor imported, and a copy says so", async () => {
  const file = meta() + STATE + texts("a", "b");
  await inHazardWorld({ [NAME]: file }, async (world) => {
    const runs = [
      await world.skein("branch", KEY, "--at", "1"),
      await world.skeinWith({ input: file }, "import", "-"),
      await world.skeinWith({ input: file }, "import", "-", "--agent", "zot"),
      await world.skein("export", KEY, "--output", "out.jsonl"),
    ];
    for (const { code, talk } of runs) {
      assertEquals(code, 0);
      assertMatch(talk, /1 private row of the agent's own/);
    }
    const { [NAME]: own, ...made } = world.state();
    assertEquals([own, Object.keys(made).length], [file, 4]);
    for (const text of Object.values(made)) assert(!text.includes(SECRET));
    assertEquals(world.text("out.jsonl"), meta() + texts("a", "b"));
  });
});

Deno.test("B1 a session of the provider's state alone is not empty", async () => {
  await inHazardWorld({ [NAME]: meta() + STATE }, async (world) => {
    assertEquals((await world.listed())[0].state, "ok");
    assert(await world.prunesNothing());
  });
});

Deno.test("B13 show --raw --all-rows leaves out the private row, and no other byte", async () => {
  const file = meta() + STATE + texts("a");
  await inHazardWorld({ [NAME]: file }, async (world) => {
    const { out, talk } = await world.skein("show", KEY, "--raw", "--all-rows");
    assertEquals(out.replace("\n\n", "\n"), meta() + texts("a"));
    assertMatch(talk, /line 2 is private to its agent, and left out/);
  });
});

Deno.test("B12 a branch after what was summarised keeps the count and the summary", async () => {
  const summary = { text: "kites", last_active: "t" };
  const file = meta({ _last_summary: summary }, 2) + texts("a", "b", "c");
  await inHazardWorld({ [NAME]: file }, async (world) => {
    for (const at of [2, 3]) {
      const { lastConsolidated, metadata, messages } = load(
        await world.branch(KEY, "--at", String(at)),
      );
      assertEquals([messages.length, lastConsolidated], [at, 2]);
      assertEquals(metadata._last_summary, summary);
    }
  });
});

Deno.test("B12 a branch inside of what was summarised drops the count and the summary", async () => {
  const file = meta({ _last_summary: { text: "kites" }, kept: true }, 2) + texts("a", "b", "c");
  await inHazardWorld({ [NAME]: file }, async (world) => {
    for (const at of [0, 1]) {
      const { lastConsolidated, metadata, messages } = load(
        await world.branch(KEY, "--at", String(at)),
      );
      assertEquals([messages.length, lastConsolidated], [at, 0]);
      assertEquals([metadata._last_summary, metadata.kept], [undefined, true]);
    }
  });
});

Deno.test("B12 a count that cannot be is 0 in what is written, as nanobot reads it", async () => {
  for (const done of ["99", "-1", "1.5", "true", "null", '"2"']) {
    const head = meta().replace('"last_consolidated": 0', `"last_consolidated": ${done}`);
    await inHazardWorld({ [NAME]: head + texts("a", "b") }, async (world) => {
      const paths = [await world.branch(KEY, "--at", "2"), await world.take(world.text(NAME))];
      for (const path of paths) {
        assertMatch(Deno.readTextFileSync(path), /"last_consolidated": 0\}/, done);
      }
    });
  }
});

Deno.test("B8 an import keeps the count, the start, the title and the origin", async () => {
  const file = meta({ title: "kites" }, 1) + texts("a", "b");
  await inHazardWorld({}, async (world) => {
    const { lastConsolidated, created, title } = load(await world.take(file));
    assertEquals([lastConsolidated, created, title], [1, "2026-02-16T09:30:00", "kites"]);
    assertEquals((await world.listed())[0].origin, KEY);
    const { talk } = await world.skeinWith({ input: file }, "import", "-");
    assertMatch(talk, /was imported before, as/);
  });
});

Deno.test("B6 B7 a branch knows its parent, and a copy that nanobot makes of it does not", async () => {
  await inHazardWorld({ [NAME]: meta() + texts("a", "b") }, async (world) => {
    const text = Deno.readTextFileSync(await world.branch(KEY, "--at", "1"));
    const [{ key }] = parseLines(text);
    world.put("Y2xpOmNvcHk.jsonl", text.replace(`"key": "${key}"`, '"key": "cli:copy"'));
    const parents = (await world.listed()).map(({ id, parent }) => [id, parent]).sort();
    assertEquals(parents, [[key, KEY], ["cli:copy", null], [KEY, null]].sort());
  });
});

Deno.test("B7 a branch of an imported session keeps what is noted of its model", async () => {
  const skein = { about: KEY, model: "heron-2", provider: "aviary", cwd: "/p" };
  await inHazardWorld({ [NAME]: meta({ skein }) + texts("a") }, async (world) => {
    const { metadata } = load(await world.branch(KEY, "--at", "1"));
    const note = metadata.skein as Readonly<Record<string, unknown>>;
    assertEquals([note.model, note.provider, note.cwd], ["heron-2", "aviary", "/p"]);
  });
});

/** claw's files of the first weeks: one object, of any size, of which one bad part costs no other. */

import { assertEquals, assertMatch } from "@std/assert";
import { type HazardWorld, inHazardWorld, parseLines, pathOf } from "./hazard_world.ts";
import { saidLosses } from "./said_losses.ts";
import { loadClaw } from "./strict_claw.ts";

const ID = "session-1782531994120-0";
const NAME = `${ID}.json`;

function said(text: string): Record<string, unknown> {
  return { blocks: [{ text, type: "text" }], role: "user" };
}

function legacy(messages: readonly unknown[], more: Record<string, unknown> = {}): string {
  return JSON.stringify({ messages, session_id: ID, version: 1, ...more });
}

function textsOf(bytes: Uint8Array): readonly (string | undefined)[] {
  return loadClaw(bytes).messages.map(({ parts: [part] }) =>
    part?.type === "text" ? part.text : part?.type
  );
}

/** The texts of an export, a branch and an import, each by claw's own loader. */
async function copies(
  world: HazardWorld,
  count: number,
): Promise<readonly (readonly (string | undefined)[])[]> {
  await world.skein("export", NAME, "--output", "out.jsonl");
  const paths = [
    world.path("out.jsonl"),
    await world.branch(NAME, "--at", String(count)),
    pathOf(await world.skein("import", NAME)),
  ];
  return paths.map((path) => textsOf(Deno.readFileSync(path)));
}

Deno.test("copies of a large object with a trailing comma keep every text whole", async () => {
  const texts = ["x", "y", "z"].map((letter) => letter.repeat(3_200_000));
  const file = legacy(texts.map(said)).replace(/\}\](?=,"session_id")/, "},]");
  assertEquals(textsOf(new TextEncoder().encode(file)), texts);
  await inHazardWorld({ [NAME]: file }, async (world) => {
    for (const copied of await copies(world, 3)) {
      assertEquals(copied.map((text) => text?.length), texts.map(({ length }) => length));
      assertEquals(copied.map((text) => text?.slice(-5)), ["xxxxx", "yyyyy", "zzzzz"]);
    }
  });
});

Deno.test("an object with a key that is not known is a session all the same", async () => {
  const file = legacy([said("a"), said("b")], { mood: "calm" });
  assertEquals(textsOf(new TextEncoder().encode(file)), ["a", "b"]);
  await inHazardWorld({ [NAME]: file }, async (world) => {
    const [session] = await world.listed();
    assertEquals([session?.id, session?.agent, session?.messages], [ID, "claw", 2]);
    assertEquals(await copies(world, 2), [["a", "b"], ["a", "b"], ["a", "b"]]);
  });
});

Deno.test("a bad block of an object costs its message, and no other", async () => {
  const bad = [
    { blocks: [{ type: "sound", data: "x" }], role: "user" },
    { blocks: [{ type: "text" }], role: "user" },
    { blocks: "none", role: "user" },
  ];
  for (const message of bad) {
    await inHazardWorld(
      { [NAME]: legacy([said("a"), message, said("b")]) },
      async (world) => {
        const [session] = await world.listed();
        assertEquals([session?.id, session?.messages], [ID, 2]);
        const { out } = await world.skein("show", NAME, "--json");
        assertEquals(parseLines(out).map(({ blocks }) => blocks[0].text), ["a", "b"]);
        assertEquals(await copies(world, 2), [["a", "b"], ["a", "b"], ["a", "b"]]);
        const ran = await world.skein("export", NAME);
        assertEquals(saidLosses(ran), ["1 damaged row"]);
        assertMatch(
          (await world.skein("export", NAME, "--format", "zot")).talk,
          /not carried over/,
        );
      },
    );
  }
});

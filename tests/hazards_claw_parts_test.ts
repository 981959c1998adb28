/**
 * The copies that claw-code leaves beside a session: rotated ones, backups, what a crash left. They
 * go where their session goes, and no message is lost for want of looking into them. Numbers are
 * those of `hazards_claw_test.ts`.
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { type HazardWorld, inHazardWorld } from "./hazard_world.ts";

const ID = "session-1782531994120-0";
const NAME = `${ID}.jsonl`;

function meta(more: Record<string, unknown> = {}): string {
  const head = { session_id: ID, type: "session_meta", updated_at_ms: 1782531999001, version: 1 };
  return `${JSON.stringify({ created_at_ms: 1782531994120, ...head, ...more })}\n`;
}

function said(role: string, text: string): string {
  const message = { blocks: [{ text, type: "text" }], role };
  return `${JSON.stringify({ message, type: "message" })}\n`;
}

/** Puts a file into the root that was written so many minutes after the others. */
function putLater(world: HazardWorld, name: string, contents: string, minutes: number): void {
  world.put(name, contents);
  const time = Deno.statSync(world.path(name)).mtime?.getTime() ?? 0;
  Deno.utimeSync(
    world.path(name),
    (time + minutes * 60_000) / 1000,
    (time + minutes * 60_000) / 1000,
  );
}

Deno.test("C2 a session that grows between the plan and the move stays, with all that is its own", async () => {
  const files = { [NAME]: meta(), [`${ID}.rot-5.jsonl`]: meta() };
  for (const name of Object.keys(files)) {
    await inHazardWorld(files, async (world) => {
      const onQuestion = () => world.put(name, meta() + said("user", "late"));
      const { code, talk } = await world.skeinWith({ onQuestion }, "prune", NAME);
      assertEquals(code, 4, name);
      assertMatch(talk, /changed since the plan/);
      assertEquals(world.state(), { ...files, [name]: meta() + said("user", "late") });
    });
  }
});

Deno.test("C5 B5 rotated copies, backups and leftovers are parts: listed once, found, moved together", async () => {
  const files = {
    [NAME]: meta() + said("user", "a"),
    [`${NAME}.before-clear-6.bak`]: meta() + said("user", "a"),
    [`${NAME}.tmp-7-0`]: meta().slice(0, 20),
    [`${ID}.rot-5.jsonl`]: meta() + said("user", "a"),
    [`${ID}.rot-8.jsonl`]: meta(),
  };
  await inHazardWorld(files, async (world) => {
    const [session, ...others] = await world.listed();
    assertEquals(others, []);
    assertEquals(session.parts.map(({ what }: { what: string }) => what).sort(), [
      "backup",
      "rotated copy",
      "rotated copy",
      "unfinished copy",
    ]);
    assertEquals(session.problems, []);
    assertEquals((await world.skein("show", ID)).code, 0);
    assertEquals((await world.skein("show", "1782531994120")).code, 0);
    assertEquals((await world.skein("prune", ID, "--yes")).code, 0);
    assertEquals(world.state(), {});
    assertEquals((await world.skein("undo")).code, 0);
    assertEquals(world.state(), files);
    assertEquals((await world.skein("undo")).code, 0);
    assertEquals(world.state(), {});
  });
});

Deno.test("C5 a rotated copy without its session stands for it, and the latest of several", async () => {
  await inHazardWorld({ [`${ID}.rot-5.jsonl`]: meta() + said("user", "a") }, async (world) => {
    const [session] = await world.listed();
    assertEquals([session.id, session.messages], [ID, 1]);
    putLater(world, `${ID}.rot-9.jsonl`, meta() + said("user", "a") + said("assistant", "b"), 1);
    const [latest, ...others] = await world.listed();
    assertEquals([latest.id, latest.messages, latest.parts.length, others.length], [ID, 2, 1, 0]);
    assertEquals((await world.skein("show", ID)).code, 0);
  });
});

Deno.test("C5 a copy that holds another session is a session of its own", async () => {
  const files = { [NAME]: meta(), [`${ID}.rot-5.jsonl`]: meta({ session_id: "session-7-0" }) };
  await inHazardWorld(files, async (world) => {
    assertEquals((await world.listed()).map(({ id }) => id).sort(), [ID, "session-7-0"]);
  });
});

Deno.test("C5 B1 a session that was cleared is not empty while a copy of it holds messages", async () => {
  const copies = [`${NAME}.before-clear-6.bak`, `${ID}.rot-5.jsonl`, `${NAME}.tmp-7-0`];
  for (const copy of copies) {
    const files = { [NAME]: meta(), [copy]: meta() + said("user", "a") };
    await inHazardWorld(files, async (world) => assert(await world.prunesNothing(), copy));
  }
});

Deno.test("C2 C5 a crash between rotation and snapshot leaves one session, its latest whole copy", async () => {
  const [a, b] = [said("user", "a"), said("assistant", "b")];
  for (const torn of [meta().slice(0, 20), ""]) {
    await inHazardWorld({ [`${ID}.rot-5.jsonl`]: meta() + a }, async (world) => {
      putLater(world, `${ID}.rot-8.jsonl`, meta() + a + b, 1);
      putLater(world, `${NAME}.tmp-9-0`, torn, 2);
      const [session, ...others] = await world.listed();
      assertEquals([session.id, session.messages, others], [ID, 2, []]);
      assertEquals(session.parts.length, 2);
      assertEquals((await world.skein("show", ID)).code, 0);
    });
  }
});

/** What a copy in the agent's own rows keeps of a head, and what it says of the rest. */

import { assertEquals } from "@std/assert";
import { inHazardWorld, parseLines, pathOf } from "./hazard_world.ts";
import { saidLosses } from "./said_losses.ts";
import { loadClaw } from "./strict_claw.ts";
import { loadEino } from "./strict_eino.ts";
import { loadNanobot } from "./strict_nanobot.ts";

const CLAW_ID = "session-1782531994120-0";
const CLAW = `${CLAW_ID}.jsonl`;
const KEY = "cli:direct";
const NANOBOT = "Y2xpOmRpcmVjdA.jsonl";
const EINO_ID = "0f3a2b1c-4d5e-4f60-8a7b-9c0d1e2f3a4b";
const EINO = `${EINO_ID}.jsonl`;

function clawHead(more = ""): string {
  return `{"created_at_ms":1782531994120,"session_id":"${CLAW_ID}","type":"session_meta",` +
    `"updated_at_ms":1782531999001,"version":1${more}}\n`;
}

const CLAW_SAID = '{"message":{"blocks":[{"text":"a","type":"text"}],"role":"user"},' +
  '"type":"message"}\n';

/** Members of a head that no version of claw has. */
const MORE = {
  is_kite: true,
  is_boat: false,
  colours: ["red", "blue", [1, null]],
  wind: { from: "west", gusts: [3, 5], is_cold: false, note: null },
  owner: null,
  big: 9_007_199_254_740_991,
};

Deno.test("members of claw's head that are not known survive an export, a branch and an import", async () => {
  const file = clawHead(`,${JSON.stringify(MORE).slice(1, -1)}`) + CLAW_SAID;
  loadClaw(new TextEncoder().encode(file));
  await inHazardWorld({ [CLAW]: file }, async (world) => {
    const runs = [
      await world.skein("export", CLAW, "--output", "out.jsonl"),
      await world.skein("branch", CLAW, "--at", "1"),
      await world.skeinWith({ input: file }, "import", "-"),
    ];
    const paths = [world.path("out.jsonl"), ...runs.slice(1).map(pathOf)];
    for (const [index, path] of paths.entries()) {
      loadClaw(Deno.readFileSync(path));
      const [head] = parseLines(Deno.readTextFileSync(path));
      const kept = Object.fromEntries(Object.keys(MORE).map((key) => [key, head[key]]));
      assertEquals(kept, MORE);
      assertEquals(saidLosses(runs[index] ?? { talk: "" }), []);
    }
  });
});

Deno.test("integers of claw's head that JavaScript would round are kept to the digit", async () => {
  const file = clawHead(',"big":123456789012345678,"deep":[{"n":900719925474099312}]') + CLAW_SAID;
  loadClaw(new TextEncoder().encode(file));
  await inHazardWorld({ [CLAW]: file }, async (world) => {
    const paths = [await world.branch(CLAW, "--at", "1"), await world.take(file)];
    for (const path of paths) {
      const [head = ""] = Deno.readTextFileSync(path).split("\n");
      const [deep] = /"deep":[^\]]*\]/.exec(head) ?? [];
      assertEquals([/"big":(\d+)/.exec(head)?.[1], deep], [
        "123456789012345678",
        '"deep":[{"n":900719925474099312}]',
      ]);
    }
  });
});

Deno.test("numbers of claw's head that are not whole are left out and counted", async () => {
  const file = clawHead(',"cost":0.5,"wind":{"speed":1.25},"gusts":[1e-3],"note":"x"') + CLAW_SAID;
  await inHazardWorld({ [CLAW]: file }, async (world) => {
    const runs = [
      await world.skein("export", CLAW, "--output", "out.jsonl"),
      await world.skein("branch", CLAW, "--at", "1"),
      await world.skeinWith({ input: file }, "import", "-"),
    ];
    const paths = [world.path("out.jsonl"), ...runs.slice(1).map(pathOf)];
    for (const [index, path] of paths.entries()) {
      loadClaw(Deno.readFileSync(path));
      const [head] = parseLines(Deno.readTextFileSync(path));
      assertEquals([head.note, "cost" in head, "gusts" in head], ["x", false, false]);
      assertEquals(saidLosses(runs[index] ?? { talk: "" }), ["3 fields of messages"]);
    }
  });
});

Deno.test("a nanobot metadata key that differs from ours in its letters survives", async () => {
  const metadata = { Title: "theirs", Skein: { kite: 1 }, title: "old" };
  const file = `{"_type": "metadata", "key": "${KEY}", "Key": "K", ` +
    `"created_at": "2026-02-16T09:30:00", "updated_at": "2026-02-16T09:31:05", ` +
    `"metadata": ${JSON.stringify(metadata)}, "last_consolidated": 0}\n` +
    '{"role": "user", "content": "a", "timestamp": "2026-02-16T09:30:10"}\n';
  await inHazardWorld({ [NANOBOT]: file }, async (world) => {
    const paths = [
      await world.branch(KEY, "--at", "1", "--title", "new"),
      await world.take(file, "--title", "new"),
    ];
    for (const path of paths) {
      const { metadata: copied, title } = loadNanobot(Deno.readFileSync(path), { era: "head" });
      assertEquals([copied.Title, copied.Skein, title], ["theirs", { kite: 1 }, "new"]);
      assertEquals(parseLines(Deno.readTextFileSync(path))[0].Key, "K");
    }
  });
});

Deno.test("a title that claw has no place for is counted once, however many heads there are", async () => {
  const file = clawHead() + clawHead() + CLAW_SAID;
  await inHazardWorld({}, async (world) => {
    const ran = await world.skeinWith({ input: file }, "import", "-", "--title", "kites");
    assertEquals([ran.code, saidLosses(ran)], [0, ["1 title"]]);
    loadClaw(Deno.readFileSync(pathOf(ran)));
  });
});

Deno.test("a second header of eino's is left out of a branch and an import, and counted", async () => {
  const header = `${
    JSON.stringify({ type: "session", id: EINO_ID, created_at: "2026-03-12T08:15:30Z" })
  }\n`;
  const [a, b] = ["a", "b"].map((content) => `${JSON.stringify({ role: "user", content })}\n`);
  const file = `${header}${a}${header}${b}`;
  await inHazardWorld({ [EINO]: file }, async (world) => {
    const runs = [
      await world.skein("branch", EINO, "--at", "2"),
      await world.skeinWith({ input: file }, "import", "-"),
    ];
    for (const ran of runs) {
      assertEquals(saidLosses(ran), ["1 row of an unknown type"]);
      const bytes = Deno.readFileSync(pathOf(ran));
      assertEquals(parseLines(new TextDecoder().decode(bytes)).length, 3);
      assertEquals(loadEino(bytes, { era: "head", kind: "message" }).messages.length, 2);
    }
  });
});

/**
 * What a copy must not tell: the private state of nanobot's provider, also where a torn row hides
 * it, and the folder that a session was about.
 */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { inHazardWorld } from "./hazard_world.ts";

const KEY = "cli:direct";
const NANOBOT = "Y2xpOmRpcmVjdA.jsonl";
const EINO_ID = "0f3a2b1c-4d5e-4f60-8a7b-9c0d1e2f3a4b";
const EINO = `${EINO_ID}.jsonl`;
const SECRET = "c2VjcmV0LXN0YXRl";
const STATE = `{"_type": "provider_state", "state": {"payload": {"id": "${SECRET}"}}}\n`;
const FOLDER = "/home/ada/secretproj";

function nanobotHead(metadata: Record<string, unknown> = {}): string {
  return `{"_type": "metadata", "key": "${KEY}", "created_at": "2026-02-16T09:30:00", ` +
    `"updated_at": "2026-02-16T09:31:05", "metadata": ${JSON.stringify(metadata)}, ` +
    `"last_consolidated": 0}\n`;
}

function nanobotSaid(text: string): string {
  return `{"role": "user", "content": "${text}", "timestamp": "2026-02-16T09:30:10.500000"}\n`;
}

function einoHeader(more: Record<string, unknown> = {}): string {
  const row = { type: "session", id: EINO_ID, created_at: "2026-03-12T08:15:30.25Z", ...more };
  return `${JSON.stringify(row)}\n`;
}

function einoSaid(content: string): string {
  return `${JSON.stringify({ role: "user", content })}\n`;
}

/** Every command that shows or copies a session. */
const LINES: readonly (readonly string[])[] = [
  ["list"],
  ["list", "--json"],
  ...[[], ["--all-rows"]].flatMap((rows) =>
    [[], ["--json"], ["--markdown"], ["--raw"]].map((way) => ["show", KEY, ...rows, ...way])
  ),
  ["tree", "--json"],
  ["export", KEY],
  ...["zot", "claw", "eino", "nanobot"].map((agent) => ["export", KEY, "--format", agent]),
  ["prune", "--dry-run", "--json"],
];

for (const size of [5_000, 400_000]) {
  Deno.test(`the provider's state glued to a torn row of ${size} bytes is in no output`, async () => {
    const whole = nanobotSaid("x".repeat(size));
    // Cut inside of its text, behind it, and where a string of its own would hide what follows.
    const torn = [whole.slice(0, size), whole.slice(0, -3), whole.slice(0, -32)];
    for (const start of torn) {
      const file = nanobotHead() + nanobotSaid("a") + start + STATE + nanobotSaid("b");
      await inHazardWorld({ [NANOBOT]: file }, async (world) => {
        assertEquals((await world.listed())[0].messages, 2);
        for (const line of LINES) {
          const { code, out, talk } = await world.skein(...line);
          assert(code === 0 || code === 3, `${line.join(" ")}: ${talk}`);
          assert(!(out + talk).includes(SECRET), line.join(" "));
        }
        for (const path of [await world.branch(KEY, "--at", "2"), await world.take(file)]) {
          assert(!Deno.readTextFileSync(path).includes(SECRET), path);
        }
        await world.skein("export", KEY, "--output", "out.jsonl");
        assertEquals(world.text("out.jsonl"), nanobotHead() + nanobotSaid("a") + nanobotSaid("b"));
      });
    }
  });
}

Deno.test("an export of a nanobot or eino session does not tell the folder it was taken in for", async () => {
  const inputs = [
    nanobotHead() + nanobotSaid("a"),
    einoHeader() + einoSaid("a"),
    einoHeader({ message_kind: "agentic" }) + '{"role":"user","content_blocks":[]}\n',
  ];
  for (const input of inputs) {
    await inHazardWorld({ [NANOBOT]: nanobotHead(), [EINO]: einoHeader() }, async (world) => {
      const path = await world.take(input, "--cwd", FOLDER);
      assertStringIncludes(Deno.readTextFileSync(path), FOLDER);
      for (const format of ["portable", "zot", "claw", "eino", "nanobot"]) {
        const { code, out, talk } = await world.skein("export", path, "--format", format);
        assertEquals(code, 0, talk);
        assert(!out.includes("secretproj"), out);
      }
      const { out } = await world.skein("export", path);
      assertStringIncludes(out, '"origin"');
    });
  }
});

Deno.test("an export does not tell the folder of a branch, and a branch keeps it", async () => {
  const files = {
    [NANOBOT]: nanobotHead() + nanobotSaid("a"),
    [EINO]: einoHeader() + einoSaid("a"),
  };
  await inHazardWorld(files, async (world) => {
    for (const name of Object.keys(files)) {
      const taken = await world.take(world.text(name), "--cwd", FOLDER);
      const branch = await world.branch(taken, "--at", "1");
      assertStringIncludes(Deno.readTextFileSync(branch), FOLDER);
      assert(!(await world.skein("export", branch)).out.includes("secretproj"));
    }
  });
});

Deno.test("an export of a branch of eino's memory does not tell its folder", async () => {
  await inHazardWorld({ "memory.jsonl": einoSaid("a") + einoSaid("b") }, async (world) => {
    const branch = await world.branch("memory.jsonl", "--at", "2", "--cwd", FOLDER);
    const { out } = await world.skein("export", branch);
    assert(!out.includes("secretproj"), out);
  });
});

Deno.test("an export of a nanobot session does not tell its workspace scope", async () => {
  const scope = { workspace_scope: { mode: "project", project_path: FOLDER }, title: "kites" };
  const file = nanobotHead(scope) + nanobotSaid("a");
  await inHazardWorld({ [NANOBOT]: file }, async (world) => {
    const { code, out } = await world.skein("export", KEY);
    assertEquals(code, 0);
    assert(!out.includes("secretproj") && !out.includes("workspace_scope"), out);
    assertMatch(out, /"title": ?"kites"/);
    assertEquals(out.split("\n")[1], nanobotSaid("a").trimEnd());
    assertEquals(world.text(NANOBOT), file);
  });
});

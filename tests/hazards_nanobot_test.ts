/**
 * The ways in which nanobot loses or hides what people wrote, each with the test that skein does
 * not. Numbers are those of the list of known hazards of nanobot's store (N) and of what a tool
 * that looks after all stores has to do better (B). What is private has a file of its own.
 */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type HazardWorld, inHazardWorld, parseLines } from "./hazard_world.ts";
import { loadNanobot } from "./strict_nanobot.ts";

const KEY = "cli:direct";
const NAME = "Y2xpOmRpcmVjdA.jsonl";
const OLD_NAME = "cli_direct.jsonl";
const LOCK = ".session-files.lock";
const BIG = "12345678901234567890";

/** A value as Python writes it; a text `raw:…` stands for what follows the colon. */
function spell(value: unknown): string {
  return JSON.stringify(value, undefined, 1).replace(/\n\s*/g, " ").replace(
    /([[{]) | ([\]}])/g,
    "$1$2",
  )
    .replace(/"raw:([^"]*)"/g, "$1");
}

function meta(metadata: Record<string, unknown> = {}, more: Record<string, unknown> = {}): string {
  const head = { _type: "metadata", key: KEY, created_at: "2026-02-16T09:30:00" };
  const updated_at = "2026-02-16T09:31:05.001200";
  return `${spell({ ...head, updated_at, metadata, last_consolidated: 0, ...more })}\n`;
}

function said(role: string, content: unknown, more: Record<string, unknown> = {}): string {
  return `${spell({ role, content, timestamp: "2026-02-16T09:30:10.500000", ...more })}\n`;
}

function texts(...all: readonly string[]): string {
  return all.map((text) => said("user", text)).join("");
}

function load(path: string) {
  return loadNanobot(Deno.readFileSync(path), { era: "head" });
}

async function problemsOf(world: HazardWorld): Promise<readonly string[]> {
  const [session] = await world.listed();
  return session.problems.map(({ kind, line }: { kind: string; line: number }) =>
    `${kind}:${line}`
  );
}

/** Holds a lock as a running nanobot does. */
async function whileLocked(path: string, step: () => Promise<void>): Promise<void> {
  const file = Deno.openSync(path, { read: true, write: true, create: true });
  try {
    file.lockSync(true);
    await step();
  } finally {
    file.close();
  }
}

Deno.test("N1 B2 a file that a crash cut short is listed with its messages, and not pruned", async () => {
  const file = meta() + texts("a", "b") + said("assistant", "c").slice(0, 30);
  await inHazardWorld({ [NAME]: file }, async (world) => {
    const [session] = await world.listed();
    assertEquals([session.id, session.messages, session.state], [KEY, 2, "damaged"]);
    assertEquals(await problemsOf(world), ["torn:4"]);
    assertEquals((await world.skein("list")).code, 3);
    assert(await world.prunesNothing());
    assert(await world.prunesNothing("--older-than", "1h"));
    assertEquals(load(await world.branch(NAME, "--at", "2")).messages.length, 2);
  });
});

Deno.test("N1 a bad byte and half of a surrogate pair cost no row", async () => {
  const half = texts("half ?").replace("?", "\\ud83e");
  await inHazardWorld({ [NAME]: meta() + half }, async (world) => {
    const bytes = new TextEncoder().encode(texts("bad ? byte")).map((b) => b === 0x3f ? 0xff : b);
    Deno.writeFileSync(world.path(NAME), bytes, { append: true });
    const [session] = await world.listed();
    // The byte costs nanobot the whole file, so it is told as damage; here it costs nothing.
    assertEquals([session.messages, session.state], [2, "damaged"]);
    assertEquals(await problemsOf(world), ["surrogate:2", "utf8:3", "refused:3"]);
  });
});

Deno.test("N2 B12 nothing is changed while nanobot holds the lock of the folder", async () => {
  const files = { [NAME]: meta() + texts("a"), "Y2xpOm9sZA.jsonl": meta({}, { key: "cli:old" }) };
  await inHazardWorld({ ...files, [LOCK]: "" }, async (world) => {
    const lines = [
      ["prune", "--empty", "--yes"],
      ["prune", KEY, "--yes"],
      ["branch", KEY, "--at", "1"],
      ["import", NAME],
    ];
    const before = world.state();
    await whileLocked(world.path(LOCK), async () => {
      for (const line of lines) {
        const { code, talk } = await world.skein(...line);
        assertEquals([code, world.state()], [4, before], line.join(" "));
        assertStringIncludes(talk, LOCK);
      }
    });
  });
});

Deno.test("N2 undo puts nothing into a folder while nanobot holds its lock", async () => {
  const files = { [NAME]: meta() + texts("a"), [LOCK]: "" };
  await inHazardWorld(files, async (world) => {
    assertEquals((await world.skein("prune", KEY, "--yes")).code, 0);
    await whileLocked(world.path(LOCK), async () => {
      assertEquals((await world.skein("list")).code, 0);
      const { code, talk } = await world.skein("undo");
      assertEquals([code, world.state()], [4, { [LOCK]: "" }]);
      assertStringIncludes(talk, LOCK);
    });
    assertEquals((await world.skein("undo")).code, 0);
    assertEquals(world.state(), files);
  });
});

Deno.test("N2 undo takes no branch out of a folder while nanobot holds its lock", async () => {
  await inHazardWorld({ [NAME]: meta() + texts("a"), [LOCK]: "" }, async (world) => {
    await world.branch(KEY, "--at", "1");
    const before = world.state();
    await whileLocked(world.path(LOCK), async () => {
      const { code } = await world.skein("undo");
      assertEquals([code, world.state()], [4, before]);
    });
    assertEquals((await world.skein("undo")).code, 0);
    assertEquals(Object.keys(world.state()).sort(), [LOCK, NAME]);
  });
});

Deno.test("N2 B1 no lock file is made where there is none, and a session just written is kept", async () => {
  await inHazardWorld({ [NAME]: meta() }, async (world) => {
    const fresh = new Date(Date.UTC(2026, 10, 20, 11, 59));
    Deno.utimeSync(world.path(NAME), fresh, fresh);
    assert(await world.prunesNothing());
    world.put(NAME, meta());
    assert(!await world.prunesNothing());
    assertEquals(world.state(), {});
  });
});

Deno.test("N2 what nanobot had no time to finish is a part of its session", async () => {
  const rest = `.${NAME}.0123456789abcdef.tmp`;
  const files = { [NAME]: meta() + texts("a"), [rest]: meta().slice(0, 40) };
  await inHazardWorld(files, async (world) => {
    const [session, ...others] = await world.listed();
    assertEquals([session.id, session.parts.length, others.length], [KEY, 1, 0]);
    assertEquals((await world.skein("prune", KEY, "--yes")).code, 0);
    assertEquals(world.state(), {});
    assertEquals((await world.skein("undo")).code, 0);
    assertEquals(world.state(), files);
  });
});

Deno.test("N2 B1 metadata are no session that is empty while an unfinished copy holds messages", async () => {
  const files = { [NAME]: meta(), [`.${NAME}.0123456789abcdef.tmp`]: meta() + texts("a") };
  await inHazardWorld(files, async (world) => assert(await world.prunesNothing()));
});

Deno.test("N3 B5 a session is found by its stored key, whatever its lossy name says", async () => {
  await inHazardWorld({ "a_b.jsonl": meta({}, { key: "a/b:c" }) + texts("a") }, async (world) => {
    assertEquals((await world.listed())[0].id, "a/b:c");
    assertEquals(await problemsOf(world), ["name:0"]);
  });
  await inHazardWorld({ [OLD_NAME]: meta() + texts("a"), [NAME]: meta() }, async (world) => {
    const { code, talk } = await world.skein("prune", KEY, "--yes");
    assertEquals(code, 1);
    assertMatch(talk, /2 files hold this id/);
  });
});

Deno.test("N4 files of every era are listed, with and without metadata", async () => {
  const keyless = meta().replace(`"key": "${KEY}", `, "");
  for (const first of [meta(), keyless, ""]) {
    for (const name of [OLD_NAME, NAME, `sessions/0a/${NAME}`]) {
      await inHazardWorld({ [name]: first + texts("a", "b") }, async (world) => {
        const [session] = await world.listed();
        assertEquals([session.id, session.agent, session.messages], [KEY, "nanobot", 2], name);
        assertEquals(await problemsOf(world), first === "" ? ["no_head:0"] : []);
        const branch = load(await world.branch(KEY, "--at", "1"));
        assertEquals([branch.messages.length, branch.id === undefined], [1, false]);
      });
    }
  }
});

Deno.test("N4 a branch and an import in a folder of old names are named in the old way", async () => {
  await inHazardWorld({ [OLD_NAME]: meta() + texts("a") }, async (world) => {
    assertMatch(await world.branch(KEY, "--at", "1"), /\/cli_[0-9a-f-]{36}\.jsonl$/);
    assertMatch(await world.take(meta({}, { key: "cli:far" })), /\/cli_[0-9a-f-]{36}\.jsonl$/);
  });
});

Deno.test("N5 B11 times without a zone are this machine's, beside times with one", async () => {
  const zoned = said("user", "b", { timestamp: "2026-02-16T09:30:11Z" });
  await inHazardWorld({ [NAME]: meta() + texts("a") + zoned }, async (world) => {
    const times = parseLines((await world.skein("show", KEY, "--json")).out).map(({ time }) =>
      time
    );
    const local = new Date(2026, 1, 16, 9, 30, 10, 500).toISOString();
    assertEquals(times, [local, "2026-02-16T09:30:11.000Z"]);
  });
});

Deno.test("N6 what stands for a picture, and where it was, is shown", async () => {
  const row = said("user", "[image: /m/kite.png]", { media: ["/m/kite.png"] });
  await inHazardWorld({ [NAME]: meta() + row }, async (world) => {
    const [{ blocks }] = parseLines((await world.skein("show", KEY, "--json")).out);
    assertEquals(blocks, [
      { type: "text", text: "[image: /m/kite.png]" },
      { type: "file", name: "/m/kite.png", mime_type: null, url: "/m/kite.png" },
    ]);
  });
});

Deno.test("N7 B1 metadata that say something make a session that is not empty", async () => {
  const telling = ["title", "goal_state", "runtime_checkpoint", "_last_summary"];
  for (const key of telling) {
    await inHazardWorld({ [NAME]: meta({ [key]: "kites" }) }, async (world) => {
      assertEquals((await world.listed())[0].state, "ok", key);
      assert(await world.prunesNothing(), key);
    });
  }
  const idle = { webui: true, last_channel: "cli", session_handle: "kite", _last_usage: {} };
  await inHazardWorld({ [NAME]: meta(idle) }, async (world) => {
    assertEquals((await world.listed())[0].state, "empty");
    assert(!await world.prunesNothing());
  });
});

Deno.test("N7 an export and an import keep the metadata, and a branch what is not of the moment", async () => {
  const metadata = { runtime_checkpoint: { messages: ["m"] }, title: "kites", kept: BIG };
  await inHazardWorld({ [NAME]: meta(metadata) + texts("a") }, async (world) => {
    const { out } = await world.skein("export", KEY);
    assertEquals(out, world.text(NAME));
    const taken = load(await world.take(out)).metadata;
    assertEquals([taken.runtime_checkpoint, taken.title], [{ messages: ["m"] }, "kites"]);
    const branched = load(await world.branch(NAME, "--at", "1")).metadata;
    assertEquals([branched.runtime_checkpoint, branched.title], [undefined, undefined]);
    assertEquals(branched.kept, BIG);
  });
});

Deno.test("N8 B4 CRLF, NaN and integers of 20 digits are read, and kept in a branch", async () => {
  const rows = texts("a").replace("\n", "\r\n") +
    said("assistant", "b", { score: "raw:NaN", latency_ms: `raw:${BIG}`, cost: "raw:1.0" });
  await inHazardWorld({ [NAME]: meta() + rows }, async (world) => {
    const [session] = await world.listed();
    assertEquals([session.messages, session.state], [2, "ok"]);
    assertEquals(await problemsOf(world), ["crlf:2"]);
    const [, ...lines] = Deno.readTextFileSync(await world.branch(KEY, "--at", "2")).split("\n");
    assertEquals(lines.join("\n"), rows.replace("\r", ""));
    const { out } = await world.skein("export", KEY, "--format", "zot");
    assertEquals(parseLines(out).filter(({ type }) => type === "message").length, 2);
  });
});

Deno.test("N8 integers of 20 digits in a call survive the way into another agent's rows", async () => {
  const call = { id: "t", type: "function", function: { name: "f", arguments: `{"n": ${BIG}}` } };
  await inHazardWorld(
    { [NAME]: meta() + said("assistant", null, { tool_calls: [call] }) },
    async (world) => {
      for (const agent of ["zot", "claw", "eino"]) {
        assertStringIncludes((await world.skein("export", KEY, "--format", agent)).out, BIG, agent);
      }
    },
  );
});

Deno.test("N8 metadata keep integers of 20 digits, also beside a NaN", async () => {
  for (const more of [{}, { ratio: "raw:NaN" }]) {
    const metadata = { counter: `raw:${BIG}`, size: "raw:1.0", ...more };
    await inHazardWorld({ [NAME]: meta(metadata) + texts("a") }, async (world) => {
      const paths = [await world.branch(KEY, "--at", "1"), await world.take(world.text(NAME))];
      for (const path of paths) {
        const [head = ""] = Deno.readTextFileSync(path).split("\n");
        assertStringIncludes(head, `"counter": ${BIG}`);
        assertStringIncludes(head, '"size": 1.0');
      }
    });
  }
});

/**
 * The ways in which eino's chat servers lose or hide what people wrote, each with the test that
 * skein does not. Numbers count the known hazards of eino's store (E), and are those of the list of
 * what a tool that looks after all stores has to do better (B).
 */

import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { dirname } from "@std/path";
import { type HazardWorld, inHazardWorld, parseLines } from "./hazard_world.ts";
import { EINO_LINE_MAX, loadEino } from "./strict_eino.ts";
import { LoadError } from "./strict_message.ts";

const ID = "0f3a2b1c-4d5e-4f60-8a7b-9c0d1e2f3a4b";
const NAME = `${ID}.jsonl`;
const ZOT = "zot.jsonl";
const HEAD = { era: "head", kind: "message" } as const;

function header(more: Record<string, unknown> = {}): string {
  const row = { type: "session", id: ID, created_at: "2026-03-12T08:15:30.25Z", ...more };
  return `${JSON.stringify(row)}\n`;
}

function said(role: string, content: string, more: Record<string, unknown> = {}): string {
  return `${JSON.stringify({ role, content, ...more })}\n`;
}

/** A row of so many bytes, its line ending not counted. */
function rowOf(bytes: number): string {
  return said("user", "x".repeat(bytes - said("user", "").length + 1));
}

/** A session of zot's with one prompt. */
function zot(text: string): string {
  const message = { role: "user", content: [{ text }], time: "2026-11-01T09:00:00Z" };
  return `${JSON.stringify({ type: "meta", meta: { id: "aaaa1111", cwd: "/p" } })}\n` +
    `${JSON.stringify({ type: "message", message })}\n`;
}

async function problemsOf(world: HazardWorld): Promise<readonly string[]> {
  const [session] = await world.listed();
  return session.problems.map(({ kind, line }: { kind: string; line: number }) =>
    `${kind}:${line}`
  );
}

function loadTexts(path: string): readonly (string | undefined)[] {
  return loadEino(Deno.readFileSync(path), HEAD).messages.map(({ parts: [part] }) =>
    part?.type === "text" ? part.text : part?.type
  );
}

Deno.test("E1 B2 a row of 65,535 bytes passes, and one more byte is named as damage", async () => {
  for (const [bytes, problems] of [[EINO_LINE_MAX, []], [EINO_LINE_MAX + 1, ["long:2"]]] as const) {
    const file = header() + rowOf(bytes) + said("assistant", "b");
    assertEquals(rowOf(bytes).length, bytes + 1);
    await inHazardWorld({ [NAME]: file }, async (world) => {
      const [session] = await world.listed();
      assertEquals([session.messages, session.problem_count], [2, problems.length]);
      assertEquals(await problemsOf(world), problems);
      const shown = parseLines((await world.skein("show", NAME, "--json")).out);
      assertEquals(shown.length, 2);
      assertEquals((await world.skein("list")).code, problems.length === 0 ? 0 : 3);
      assertEquals(await world.prunesNothing("--older-than", "1h"), problems.length > 0);
    });
  }
});

Deno.test("E1 the limit counts what ends the line, CR and all", async () => {
  const crlf = header() + rowOf(EINO_LINE_MAX).replace("\n", "\r\n");
  assertThrows(() => loadEino(new TextEncoder().encode(crlf), HEAD), LoadError);
  await inHazardWorld({ [NAME]: crlf }, async (world) => {
    assert((await problemsOf(world)).includes("long:2"));
  });
});

Deno.test("E1 the last row may be as long without its line ending, and no longer", async () => {
  const open = header() + rowOf(EINO_LINE_MAX).trimEnd();
  await inHazardWorld({ [NAME]: open }, async (world) => {
    assertEquals(await problemsOf(world), ["unterminated:2"]);
    world.put(NAME, header() + rowOf(EINO_LINE_MAX + 1).trimEnd());
    assertEquals(await problemsOf(world), ["unterminated:2", "long:2"]);
  });
});

Deno.test("E1 B12 a branch with a row too long for eino is refused, unless it is forced", async () => {
  const file = header() + said("user", "a") + rowOf(EINO_LINE_MAX + 1);
  await inHazardWorld({ [NAME]: file }, async (world) => {
    const before = world.state();
    const { code, talk } = await world.skein("branch", NAME, "--at", "2");
    assertEquals([code, world.state()], [4, before]);
    assertMatch(talk, /hint: --force writes it all the same/);
    assertEquals(loadTexts(await world.branch(NAME, "--at", "1")), ["a"]);
    const forced = await world.branch(NAME, "--at", "2", "--force");
    assertStringIncludes(Deno.readTextFileSync(forced), rowOf(EINO_LINE_MAX + 1));
  });
});

Deno.test("E1 B12 an import with a row too long for eino is refused, unless it is forced", async () => {
  const inputs = [
    [zot("x".repeat(70_000)), 0],
    [header() + rowOf(EINO_LINE_MAX + 1), 3],
  ] as const;
  for (const [input, forcedCode] of inputs) {
    await inHazardWorld({}, async (world) => {
      const take = (...more: readonly string[]) =>
        world.skeinWith({ input }, "import", "-", "--agent", "eino", ...more);
      const { code } = await take();
      assertEquals([code, world.state()], [4, {}]);
      assertEquals((await take("--force")).code, forcedCode);
      assertEquals(Object.keys(world.state()).length, 1);
    });
  }
});

Deno.test("E1 B12 an export with a row too long for eino is refused, unless it is forced", async () => {
  await inHazardWorld({ [ZOT]: zot("x".repeat(70_000)) }, async (world) => {
    const before = world.state();
    for (const output of ["-", "out.jsonl"]) {
      const export_ = (...more: readonly string[]) =>
        world.skein("export", ZOT, "--format", "eino", "--output", output, ...more);
      const { code, out } = await export_();
      assertEquals([code, out, world.state()], [4, "", before], output);
      assertEquals((await export_("--force")).code, 0);
    }
    assert("out.jsonl" in world.state());
  });
});

Deno.test("E2 B2 a torn header is named, and costs no message of the list", async () => {
  const file = header().slice(0, 30) + "\n" + said("user", "a") + said("assistant", "b");
  await inHazardWorld({ [NAME]: file }, async (world) => {
    const [session] = await world.listed();
    assertEquals([session.id, session.messages, session.state], [ID, 2, "damaged"]);
    assert(await world.prunesNothing());
    assert(await world.prunesNothing("--older-than", "1h"));
  });
});

Deno.test("E2 a file without header shows its first message, which eino loses", async () => {
  await inHazardWorld({ [NAME]: said("user", "a") + said("assistant", "b") }, async (world) => {
    const [session] = await world.listed();
    assertEquals([session.id, session.messages, session.title], [ID, 2, "a"]);
    // The memory of eino's assistant has no header, so that is nothing unusual.
    assertEquals(await problemsOf(world), []);
  });
});

Deno.test("E2 B6 a branch of a file without header has none, and names its parent", async () => {
  await inHazardWorld({ [NAME]: said("user", "a") + said("assistant", "b") }, async (world) => {
    const path = await world.branch(NAME, "--at", "2");
    const rows = parseLines(Deno.readTextFileSync(path));
    assertEquals(rows.map(({ content }) => content), ["a", "b"]);
    const nodes = parseLines((await world.skein("tree", "--json")).out);
    assertEquals(nodes.map(({ depth, fork_point }) => [depth, fork_point]), [[0, null], [1, 2]]);
  });
});

Deno.test("E2 B8 an import without header loses neither title nor origin without a word", async () => {
  const input = said("user", "a") + said("assistant", "b");
  await inHazardWorld({ [NAME]: input }, async (world) => {
    const line = ["import", NAME, "--title", "kites"];
    const { talk, out } = await world.skein(...line);
    const [id] = out.split("  ");
    const made = (await world.listed()).find((session) => session.id === id);
    assert(made.title === "kites" || /title/.test(talk), talk);
    assert(made.origin === ID || /earlier id|origin/.test(talk), talk);
  });
});

Deno.test("E3 B1 a session of its header alone is kept while its server may run", async () => {
  await inHazardWorld({ [NAME]: header() }, async (world) => {
    const fresh = new Date(Date.UTC(2026, 10, 20, 11, 59));
    Deno.utimeSync(world.path(NAME), fresh, fresh);
    assert(await world.prunesNothing());
    world.put(NAME, header());
    assert(!await world.prunesNothing());
    assertEquals((await world.skein("undo")).code, 0);
    assertEquals(world.state(), { [NAME]: header() });
  });
});

Deno.test("E4 B8 an id that is a path leads out of no folder", async () => {
  const id = "../../../tmp/evil";
  await inHazardWorld(
    { "s/a.jsonl": header({ id }) + said("user", "a"), "out/x": "" },
    async (world) => {
      const [session] = await world.listed();
      assertEquals(session.id, id);
      assertEquals(dirname(await world.branch("s/a.jsonl", "--at", "1")), world.path("s"));
      assertEquals(dirname(await world.take(world.text("s/a.jsonl"))), world.path("s"));
      const { out } = await world.skein("export", "s/a.jsonl", "--output", "out", "--json");
      assertEquals(dirname(JSON.parse(out).path), world.path("out"));
    },
  );
});

Deno.test("E5 B2 rows that two servers wrote into one another are named, and the rest is read", async () => {
  const [a, b] = [said("user", "a"), said("assistant", "b")];
  await inHazardWorld({ [NAME]: header() + a.slice(0, 12) + b + a }, async (world) => {
    const [session] = await world.listed();
    assertEquals([session.messages, session.state], [1, "damaged"]);
    assertEquals(await problemsOf(world), ["glued:2"]);
    assert(await world.prunesNothing("--older-than", "1h"));
  });
});

Deno.test("E5 a session that grows between the plan and the move stays", async () => {
  await inHazardWorld({ [NAME]: header() }, async (world) => {
    const grown = header() + said("user", "late");
    const onQuestion = () => world.put(NAME, grown);
    const { code } = await world.skeinWith({ onQuestion }, "prune", "--empty");
    assertEquals([code, world.state()], [4, { [NAME]: grown }]);
  });
});

Deno.test("E6 B3 a file that is there already is not written over", async () => {
  await inHazardWorld({ [NAME]: header() + said("user", "a") }, async (world) => {
    const path = await world.branch(NAME, "--at", "1");
    Deno.removeSync(world.path(".skein"), { recursive: true });
    Deno.writeTextFileSync(path, "mine");
    const { code } = await world.skein("branch", NAME, "--at", "1");
    assertEquals([code, Deno.readTextFileSync(path)], [1, "mine"]);
  });
});

Deno.test("E7 a pruned session is gone from its folder, and undo brings it back", async () => {
  await inHazardWorld({ [NAME]: header() + said("user", "a") }, async (world) => {
    const before = world.state();
    assertEquals((await world.skein("prune", ID, "--yes")).code, 0);
    assertEquals([world.state(), await world.listed()], [{}, []]);
    assertEquals((await world.skein("undo")).code, 0);
    assertEquals(world.state(), before);
  });
});

Deno.test("E8 sessions of both kinds are listed, whatever kind the server is set up for", async () => {
  const agentic = header({ id: "6b7c8d9e", message_kind: "agentic" }) +
    `${JSON.stringify({ role: "user", content_blocks: [] })}\n`;
  const files = { [NAME]: header() + said("user", "a"), "6b7c8d9e.jsonl": agentic };
  await inHazardWorld(files, async (world) => {
    const kinds = (await world.listed()).map(({ id, variant }) => [id, variant]).sort();
    assertEquals(kinds, [[ID, "message"], ["6b7c8d9e", "agentic"]]);
    const branch = Deno.readTextFileSync(await world.branch("6b7c8d9e", "--at", "1"));
    assertEquals(parseLines(branch)[0].message_kind, "agentic");
  });
});

Deno.test("E9 B13 what the agentic kind drops of a reply's counts is said", async () => {
  const usage = { prompt_tokens: 5, completion_tokens: 9, total_tokens: 14 };
  const file = header() + said("user", "a") +
    said("assistant", "b", { response_meta: { usage } });
  const agentic = header({ id: "6b7c8d9e", message_kind: "agentic" });
  await inHazardWorld({ [NAME]: file, "a/6b7c8d9e.jsonl": agentic }, async (world) => {
    assertEquals((await world.listed()).find(({ id }) => id === ID).usage.output_tokens, 9);
    const { out } = await world.skein("export", NAME, "--format", "zot");
    await inHazardWorld({ "6b7c8d9e.jsonl": agentic }, async (other) => {
      const line = ["import", "-", "--agent", "eino"];
      const { code, talk } = await other.skeinWith({ input: out }, ...line);
      assertEquals(code, 0);
      assertMatch(talk, /1 reply's token counts/);
    });
  });
});

Deno.test("B7 a branch of an imported session keeps what is noted of its model", async () => {
  const skein = { model: "heron-2", provider: "aviary", cwd: "/p", origin: { id: "o" } };
  await inHazardWorld({ [NAME]: header({ skein }) + said("user", "a") }, async (world) => {
    const [{ skein: note }] = parseLines(
      Deno.readTextFileSync(await world.branch(NAME, "--at", "1")),
    );
    assertEquals([note.model, note.provider, note.cwd], ["heron-2", "aviary", "/p"]);
  });
});

/**
 * The ways in which claw-code loses or hides what people wrote, each with the test that skein does
 * not. Numbers are those of the list of known hazards of claw's store (C) and of what a tool that
 * looks after all stores has to do better (B). Copies beside a session have a file of their own.
 */

import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { type HazardWorld, inHazardWorld, parseLines, pathOf } from "./hazard_world.ts";
import { loadClaw } from "./strict_claw.ts";
import { LoadError } from "./strict_message.ts";

const ID = "session-1782531994120-0";
const NAME = `${ID}.jsonl`;
const CONTINUED = "This session is being continued from a previous conversation. Goal: kites";
const COUNTS = {
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 7,
  input_tokens: 120,
  output_tokens: 15,
};

function meta(more: Record<string, unknown> = {}): string {
  const head = { session_id: ID, type: "session_meta", updated_at_ms: 1782531999001, version: 1 };
  return `${JSON.stringify({ created_at_ms: 1782531994120, ...head, ...more })}\n`;
}

function row(role: string, block: Record<string, unknown>, more = {}): string {
  return `${JSON.stringify({ message: { blocks: [block], role, ...more }, type: "message" })}\n`;
}

function said(role: string, text: string, more = {}): string {
  return row(role, { text, type: "text" }, more);
}

function prompt(text: string): string {
  return `${JSON.stringify({ text, timestamp_ms: 1782531994500, type: "prompt_history" })}\n`;
}

/** Loads a new file as claw does, and gives the texts of its messages. */
function loadTexts(path: string): readonly (string | undefined)[] {
  return loadClaw(Deno.readFileSync(path)).messages.map(({ parts: [part] }) =>
    part?.type === "text" ? part.text : part?.type
  );
}

function refusesLoad(text: string): void {
  assertThrows(() => loadClaw(new TextEncoder().encode(text)), LoadError);
}

async function kindsOf(world: HazardWorld): Promise<readonly string[]> {
  const [session] = await world.listed();
  return session.problems.map(({ kind, line }: { kind: string; line: number }) =>
    `${kind}:${line}`
  );
}

Deno.test("C1 B2 a torn file is listed with its messages and the damaged line, and not pruned", async () => {
  const torn = meta() + said("user", "a") + said("assistant", "b").slice(0, 30);
  refusesLoad(torn);
  await inHazardWorld({ [NAME]: torn }, async (world) => {
    const [session] = await world.listed();
    assertEquals([session.id, session.messages, session.state], [ID, 1, "damaged"]);
    assertEquals(await kindsOf(world), ["torn:3"]);
    const { code, talk } = await world.skein("list");
    assertEquals(code, 3);
    assertMatch(talk, new RegExp(`${NAME}:3: the last row is cut short`));
    assert(await world.prunesNothing());
    assert(await world.prunesNothing("--older-than", "1h"));
    assert(await world.prunesNothing(NAME));
  });
});

Deno.test("C1 a file whose only row is torn is not empty, and a foreign row costs no other", async () => {
  await inHazardWorld({ [NAME]: meta().slice(0, 60) }, async (world) => {
    assertEquals(await world.listed(), []);
    assertEquals((await world.skein("list")).code, 3);
    assert(await world.prunesNothing());
  });
  const foreign = meta() + '{"sessionId":"x"}\n' + said("user", "a");
  refusesLoad(foreign);
  await inHazardWorld({ [NAME]: foreign }, async (world) => {
    assertEquals((await world.listed())[0].messages, 1);
    assertEquals(await kindsOf(world), ["unknown_row:2", "refused:2"]);
    assert(await world.prunesNothing("--older-than", "1h"));
    assertEquals(loadTexts(await world.branch(NAME, "--at", "1")), ["a"]);
  });
});

/** Files with a message `a` and one row that costs claw all of it, by what is wrong. */
const REFUSED: Readonly<Record<string, string>> = {
  "a head without its time": meta({ updated_at_ms: undefined }) + said("user", "a"),
  "a head with a time below 0": meta({ updated_at_ms: -5 }) + said("user", "a"),
  "a head of a version that is no number": meta({ version: "1" }) + said("user", "a"),
  "a head with a model that is no text": meta({ model: 5 }) + said("user", "a"),
  "a head with a fork that is no object": meta({ fork: "x" }) + said("user", "a"),
  "a compaction without its counts": meta() + '{"summary":"s","type":"compaction"}\n' +
    said("user", "a"),
  "half of a reply's counts": meta() + said("user", "a", { usage: { input_tokens: 1 } }),
  "a reply's counts that are null": meta() + said("user", "a", { usage: null }),
  "a signature that is null": meta() + said("user", "a") +
    row("assistant", { signature: null, thinking: "t", type: "thinking" }),
};

for (const [what, file] of Object.entries(REFUSED)) {
  Deno.test(`C1 B2 ${what} is named as damage, and not pruned`, async () => {
    refusesLoad(file);
    await inHazardWorld({ [NAME]: file }, async (world) => {
      assertEquals((await world.listed())[0].state, "damaged");
      assert(await world.prunesNothing("--older-than", "1h"));
    });
  });

  Deno.test(`C8 B12 ${what} costs no branch, import or export`, async () => {
    await inHazardWorld({ [NAME]: file }, async (world) => {
      const { kept_messages: count } = (await world.listed())[0];
      loadTexts(await world.branch(NAME, "--at", String(count), "--force"));
      loadTexts(await world.take(file));
      await world.skein("export", NAME, "--output", "out.jsonl");
      loadTexts(world.path("out.jsonl"));
    });
  });
}

Deno.test("C3 a prompt that was pushed again, and one without an answer, are all shown", async () => {
  const file = meta() + said("user", "a") + said("user", "a") + said("user", "b");
  await inHazardWorld({ [NAME]: file }, async (world) => {
    const shown = parseLines((await world.skein("show", NAME, "--json")).out);
    assertEquals(shown.map(({ blocks }) => blocks[0].text), ["a", "a", "b"]);
  });
});

Deno.test("C4 B10 a summary is no title, and a file of compaction alone is not empty", async () => {
  const compaction = '{"count":1,"removed_message_count":12,"summary":"s","type":"compaction"}\n';
  const file = meta() + compaction + said("system", CONTINUED) + said("user", "go on");
  await inHazardWorld({ [NAME]: file }, async (world) => {
    assertEquals((await world.listed())[0].title, "go on");
    const { out } = await world.skein("show", NAME, "--json");
    assertEquals(parseLines(out).map(({ summary }) => summary), [true, false]);
  });
  for (const rest of [compaction, prompt("typed, and never sent")]) {
    await inHazardWorld({ [NAME]: meta() + rest }, async (world) => {
      assertEquals((await world.listed())[0].state, "ok");
      assert(await world.prunesNothing());
    });
  }
});

Deno.test("C6 B13 long texts and keys are neither cut nor hidden, and brackets do not grow", async () => {
  const secret = "run ANTHROPIC_API_KEY=[redacted] now, Bearer sk-abc";
  const file = meta() + said("user", secret) + said("assistant", "x".repeat(20_000));
  await inHazardWorld({ [NAME]: file }, async (world) => {
    const made = [
      await world.branch(NAME, "--at", "2"),
      pathOf(await world.skeinWith({ input: file }, "import", "-")),
    ];
    for (const path of made) assertEquals(loadTexts(path), [secret, "x".repeat(20_000)]);
    const { out } = await world.skein("export", NAME, "--format", "zot");
    assert(out.includes(secret) && out.includes("x".repeat(20_000)));
  });
});

Deno.test("C7 B5 a session is found by the id in its head, and by its path", async () => {
  await inHazardWorld({ "session-5-0.jsonl": meta() + said("user", "a") }, async (world) => {
    assertEquals(await kindsOf(world), ["name:0"]);
    assertEquals((await world.skein("show", ID)).code, 0);
    assertEquals((await world.skein("show", "session-5-0.jsonl")).code, 0);
  });
});

Deno.test("C7 a file without an id has the one of its name, the same at each look", async () => {
  await inHazardWorld({ "session-5-0.jsonl": said("user", "a") }, async (world) => {
    for (const _ of [1, 2]) assertEquals((await world.listed())[0].id, "session-5-0");
    assertEquals(loadTexts(await world.branch("session-5-0", "--at", "1")), ["a"]);
  });
});

Deno.test("C8 B12 a surrogate escape and a float are named, and a branch loads without them", async () => {
  const kite = said("user", "\u{1fa81}").replace("\u{1fa81}", "\\ud83e\\ude81");
  const half = said("user", "?").replace("?", "half \\ud83e");
  const float = said("assistant", "b", { usage: COUNTS, cost: 0.5 });
  const file = meta() + kite + half + float;
  refusesLoad(file);
  await inHazardWorld({ [NAME]: file }, async (world) => {
    const [session] = await world.listed();
    assertEquals([session.messages, session.state], [3, "damaged"]);
    const kinds = await kindsOf(world);
    assertEquals(kinds.filter((kind) => kind.startsWith("refused")), [
      "refused:2",
      "refused:3",
      "refused:4",
    ]);
    assertEquals(loadTexts(await world.branch(NAME, "--at", "3")), [
      "\u{1fa81}",
      "half \ufffd",
      "b",
    ]);
    assertEquals(loadTexts(await world.take(file)), ["\u{1fa81}", "half \ufffd", "b"]);
    assert(await world.prunesNothing("--older-than", "1h"));
  });
});

Deno.test("C8 a head with a float or a surrogate escape does not cost the branch", async () => {
  const head = meta({ model: "kite", cost: 0.5 }).replace("kite", "\\ud83e\\ude81");
  const file = head + said("user", "a");
  refusesLoad(file);
  await inHazardWorld({ [NAME]: file }, async (world) => {
    assertEquals(loadTexts(await world.branch(NAME, "--at", "1")), ["a"]);
  });
});

Deno.test("C9 B1 a stub is pruned once it is old, and not while its claw may run", async () => {
  await inHazardWorld({ [NAME]: meta() }, async (world) => {
    const fresh = new Date(Date.UTC(2026, 10, 20, 11, 59));
    Deno.utimeSync(world.path(NAME), fresh, fresh);
    assert(await world.prunesNothing());
    world.put(NAME, meta());
    assert(!await world.prunesNothing());
    assertEquals((await world.skein("undo")).code, 0);
    assertEquals(world.state(), { [NAME]: meta() });
  });
});

Deno.test("C10 rows and blocks that older builds reject are read, and copied as they are", async () => {
  const thought = row("assistant", { signature: "sig", thinking: "use ls", type: "thinking" });
  const file = meta() + prompt("a") + said("user", "a") + thought;
  await inHazardWorld({ [NAME]: file }, async (world) => {
    const lines = Deno.readTextFileSync(await world.branch(NAME, "--at", "2")).split("\n");
    assertEquals(lines.slice(1).join("\n"), prompt("a") + said("user", "a") + thought);
  });
});

Deno.test("B8 import says that the same session was imported before", async () => {
  const file = meta() + said("user", "a");
  await inHazardWorld({}, async (world) => {
    await world.take(file);
    const { talk } = await world.skeinWith({ input: file }, "import", "-");
    assertMatch(talk, /was imported before, as/);
  });
});

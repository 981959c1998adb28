/**
 * The schemas of `--json` against what the program prints: every line fits its schema, every key is
 * described, and the schemas refuse what does not fit.
 */

import { assert, assertEquals } from "@std/assert";
import type { JsonObject, JsonValue } from "../src/transcript.ts";
import { head, said, STORE, withStore } from "./schema_store.ts";
import { findUndescribed, fits, isObject, isValid, type Name, nameOf, SCHEMAS } from "./schemas.ts";

const { session: SESSION, hit: HIT, message: MESSAGE, node: NODE, row: ROW } = SCHEMAS;
const STATES = SESSION.properties?.state?.enum?.toSorted();
const MARKS = NODE.properties?.marks?.items?.enum?.toSorted();
const ROLES = MESSAGE.properties?.role?.enum?.toSorted();
const PARTS = HIT.properties?.part?.enum?.toSorted();
const ROWS = ROW.properties?.type?.enum?.toSorted();
const BLOCKS = MESSAGE.$defs?.block?.oneOf
  ?.map(({ properties }) => properties?.type?.const).toSorted();

const PROBLEM = { line: 1, offset: 0, reason: "r", kind: "torn", severity: "damage", count: 1 };

Deno.test("list --json prints sessions that fit their schema, in every state", async () => {
  await withStore(STORE, async (print) => {
    const sessions = await print("list", "--json");
    assertEquals(collect(sessions, ({ kind }) => [kind]), ["session"]);
    assertEquals(collect(sessions, ({ state }) => [state]), STATES);
    for (const object of sessions) fits(object);
  });
});

Deno.test("tree --json prints nodes that fit their schema, with every mark", async () => {
  await withStore(STORE, async (print) => {
    const nodes = await print("tree", "--json");
    assertEquals(collect(nodes, ({ kind }) => [kind]), ["node"]);
    assertEquals(collect(nodes, ({ marks }) => toList(marks)), MARKS);
    for (const object of nodes) fits(object);
  });
});

Deno.test("show --json prints messages that fit their schema, with every role and block", async () => {
  await withStore(STORE, async (print) => {
    const messages = [
      ...await print("show", "parts111", "--json"),
      ...await print("show", "cli:chat1111", "--json"),
    ];
    assertEquals(collect(messages, ({ kind }) => [kind]), ["message"]);
    assertEquals(collect(messages, ({ role }) => [role]), ROLES);
    const types = collect(
      messages,
      ({ blocks }) => toList(blocks).map((block) => isObject(block) ? block.type : undefined),
    );
    assertEquals(types, BLOCKS);
    for (const object of messages) fits(object);
  });
});

Deno.test("show --all-rows --json prints rows and messages that fit their schemas", async () => {
  await withStore(STORE, async (print) => {
    const objects = [
      ...await print("show", "parts111", "--all-rows", "--json"),
      ...await print("show", "cli:chat1111", "--all-rows", "--json"),
    ];
    assertEquals(collect(objects, ({ kind }) => [kind]), ["message", "row"]);
    const rows = objects.filter(({ kind }) => kind === "row");
    assertEquals(collect(rows, ({ type }) => [type]), ROWS);
    const messages = objects.filter(({ kind }) => kind === "message");
    assertEquals(collect(messages, ({ superseded }) => [superseded]), [false, true]);
    for (const object of objects) fits(object);
  });
});

Deno.test("show --json prints lines that fit for every session of the store", async () => {
  await withStore(STORE, async (print) => {
    const sessions = await print("list", "--json");
    assert(sessions.length > 15);
    for (const { path } of sessions) {
      for (const flags of [["--json"], ["--json", "--all-rows"]]) {
        for (const object of await print("show", String(path), ...flags)) fits(object);
      }
    }
  });
});

Deno.test("search --json prints hits that fit their schema, of every role and part", async () => {
  await withStore(STORE, async (print) => {
    const hits = await print("search", "--regex", ".*", "--json");
    assertEquals(collect(hits, ({ kind }) => [kind]), ["hit"]);
    assertEquals(collect(hits, ({ role }) => [role]), ROLES);
    assertEquals(collect(hits, ({ part }) => [part]), PARTS);
    assertEquals(collect(hits, ({ matches }) => [toList(matches).length]), [0, 1]);
    for (const object of hits) fits(object);
  });
});

Deno.test("prune --json prints verdicts that fit their schema", async () => {
  await withStore(STORE, async (print) => {
    for (const flag of ["--dry-run", "--yes"]) {
      const verdicts = await print("prune", "--json", flag);
      assertEquals(collect(verdicts, ({ kind }) => [kind]), ["verdict"]);
      assertEquals(collect(verdicts, ({ action }) => [action]), ["leave", "prune"]);
      for (const object of verdicts) fits(object);
    }
  });
});

Deno.test("branch and undo --json print receipts that fit their schema", async () => {
  await withStore(STORE, async (print) => {
    await print("prune", "--yes", "--json");
    const [branched] = await print("branch", "b7e41c02", "--at", "4", "--json");
    const receipts = await print("undo", "--list", "--json");
    assertEquals(receipts.map(({ command }) => command), ["branch", "prune"]);
    const counts = receipts.map(({ moves, creations }) => [toList(moves), toList(creations)])
      .map(([moves = [], creations = []]) => [moves.length, creations.length]);
    assertEquals(counts, [[0, 1], [2, 0]]);
    const undone = await print("undo", "--json");
    for (const object of [branched, ...receipts, ...undone]) fits(object ?? {});
  });
});

Deno.test("export --json prints what it wrote by its schema", async () => {
  await withStore(STORE, async (print) => {
    const [session] = await print("list", "--json", "--match", "b7e41c02");
    const path = `${session?.path}.zotsession`;
    const [exported] = await print("export", "b7e41c02", "--output", path, "--json");
    assertEquals([exported?.id, exported?.path], [session?.id, path]);
    assertEquals(exported?.bytes, Deno.statSync(path).size);
    fits(exported ?? {});
  });
});

Deno.test("list --json prints RFC 3339 for times at the ends of the calendar", async () => {
  const late = "9999-12-31T23:59:59-01:00";
  const files = { "late.jsonl": head("late1111", { started: late }) + said("late", late) };
  await fitsAll(files);
});

Deno.test("list --json prints whole numbers for fork points that are none", async () => {
  const files = {
    "a.jsonl": head("fork1111", { parent: "x", fork_point: 2.5 }) + said("a"),
    "b.jsonl": head("fork2222", { parent: "x", fork_point: -3 }) + said("b"),
  };
  await fitsAll(files);
});

Deno.test("list --json prints whole numbers for tokens that are none", async () => {
  const usage = '{"type":"usage","cumulative":{"input_tokens":1.5,"cost_usd":0.1}}\n';
  await fitsAll({ "a.jsonl": head("toke1111") + said("a") + usage });
});

Deno.test("schemas refuse an object that lacks a key", async () => {
  for (const object of await printSamples()) {
    for (const key of Object.keys(object)) {
      const { [key]: _, ...rest } = object;
      assert(!isValid(nameOf(object), rest), `${nameOf(object)} without "${key}"`);
    }
  }
});

Deno.test("schemas refuse a value of another type under any key", async () => {
  for (const object of await printSamples()) {
    for (const key of Object.keys(object)) {
      // Nothing may be both true and an object, so one of them is wrong for any key.
      const isRefused = [true, { no: "such value" }].some((value) =>
        !isValid(nameOf(object), { ...object, [key]: value })
      );
      assert(isRefused, `${nameOf(object)} with a wrong "${key}"`);
    }
  }
});

Deno.test("schemas refuse values that are nearly right", async () => {
  const samples = await printSamples();
  const wrong: [Name, JsonObject][] = [
    ["session", { kind: "message" }],
    ["session", { schema: "skein.session/2" }],
    ["session", { state: "broken" }],
    ["session", { id: null }],
    ["session", { started: "2026-11-20" }],
    ["session", { updated: "2026-11-20 12:00:00Z" }],
    ["session", { updated: null }],
    ["session", { messages: -1 }],
    ["session", { messages: 1.5 }],
    ["session", { bytes: "12" }],
    ["session", { cost_usd: "0.1" }],
    ["session", { fork_point: 0.5 }],
    ["session", { usage: { input_tokens: -1 } }],
    ["session", { usage: [] }],
    ["session", { problems: [{ kind: "torn" }] }],
    ["session", { problems: [{ ...PROBLEM, kind: "rotten" }] }],
    ["session", { problems: [{ ...PROBLEM, severity: "fatal" }] }],
    ["session", { problems: [{ ...PROBLEM, count: 0 }] }],
    ["message", { role: "robot" }],
    ["message", { number: 0 }],
    ["message", { time: "yesterday" }],
    ["message", { line: 0 }],
    ["message", { blocks: null }],
    ["message", { blocks: [{ type: "video", text: "" }] }],
    ["message", { blocks: [{ type: "text" }] }],
    ["message", { blocks: [{ type: "image", mime_type: "image/png" }] }],
    ["message", { blocks: [{ type: "call", call_id: "c", name: "read" }] }],
    ["message", { blocks: [{ type: "result", call_id: "c", error: false, blocks: [{}] }] }],
    ["node", { marks: ["lost"] }],
    ["node", { marks: ["orphan", "orphan"] }],
    ["node", { children: [1] }],
    ["node", { depth: -1 }],
    ["hit", { number: null }],
    ["hit", { part: "picture" }],
    ["hit", { matches: [{ start: 0 }] }],
    ["hit", { matches: [[0, 1]] }],
    ["row", { type: "message" }],
    ["row", { line: 0 }],
  ];
  for (const [name, changes] of wrong) {
    const sample = samples.find((object) => nameOf(object) === name) ?? {};
    assert(isValid(name, sample), name);
    assert(!isValid(name, { ...sample, ...changes }), `${name} with ${JSON.stringify(changes)}`);
  }
});

Deno.test("schemas take a key that a later version adds, which fits() finds undescribed", async () => {
  for (const object of await printSamples()) {
    const later = { ...object, later: 1 };
    assert(isValid(nameOf(object), later));
    assertEquals(findUndescribed(later, SCHEMAS[nameOf(object)]), ["later"]);
  }
  const [session] = await printSamples();
  const deeper = { ...session, problems: [{ ...PROBLEM, later: 1 }], usage: { later: 1 } };
  assertEquals(findUndescribed(deeper, SCHEMAS.session), ["usage.later", "problems.0.later"]);
  const blocks = [{ type: "result", blocks: [{ type: "text", later: 1 }] }, { type: "new" }];
  assertEquals(findUndescribed({ blocks }, SCHEMAS.message), [
    "blocks.0.blocks.0.later",
    "blocks.1",
  ]);
});

/** Fails when a session of the store does not fit, or is not listed. */
async function fitsAll(files: Readonly<Record<string, string>>): Promise<void> {
  await withStore(files, async (print) => {
    const sessions = await print("list", "--json");
    assertEquals(sessions.length, Object.keys(files).length);
    for (const object of sessions) fits(object);
  });
}

/** One object of each kind, with as few nulls as there are. */
async function printSamples(): Promise<readonly JsonObject[]> {
  const samples: JsonObject[] = [];
  await withStore(STORE, async (print) => {
    const id = "b7e41c02";
    const [session] = await print("list", "--json", "--match", id);
    const [row, message] = await print("show", id, "--all-rows", "--json");
    const [, node] = await print("tree", id, "--json");
    const [hit] = await print("search", "angle", "--match", id, "--json");
    samples.push(...[session, row, message, node, hit].filter((object) => object !== undefined));
  });
  assertEquals(samples.map(nameOf), ["session", "row", "message", "node", "hit"]);
  return samples;
}

/** The different values that objects give, in order. */
function collect(
  objects: readonly JsonObject[],
  valuesOf: (object: JsonObject) => readonly (JsonValue | undefined)[],
): readonly (JsonValue | undefined)[] {
  return [...new Set(objects.flatMap(valuesOf))].sort();
}

function toList(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

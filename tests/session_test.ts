/** One file to one session, held against a reader that does it the slow and simple way. */

import { assertEquals } from "@std/assert";
import { parseRow } from "../src/json_row.ts";
import type { FactRow } from "../src/quick_scan.ts";
import { readSession } from "../src/session.ts";
import type { Session } from "../src/transcript.ts";
import { MemorySource } from "./memory_source.ts";
import { holdLaw } from "./random.ts";
import { randomZotFile } from "./random_zot.ts";

const ID = "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512";

function read(contents: string | Uint8Array, onRow: (row: FactRow) => void = () => {}): Session {
  const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
  const read = readSession(new MemorySource(bytes, 1_000), {
    path: `/r/20261101-080000-${ID.slice(0, 8)}.jsonl`,
    root: "/r",
    sizeBytes: bytes.length,
    mtimeMs: 0,
    onRow,
  });
  if ("hasRows" in read) throw new Error("not taken for a session");
  return read.session;
}

/** What zot's rules give, row by row, by splitting the whole text and parsing every line. */
function readSimply(bytes: Uint8Array) {
  let [messages, kept, total, last, damagedLines] = [0, 0, 0, 0, [] as number[]];
  let [model, rename, hasCost]: [string, string | undefined, boolean] = ["", undefined, false];
  const lines = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).split("\n");
  // deno-lint-ignore no-explicit-any -- the simple reader takes rows as they come
  const keeps = (message: any) => (message.content ?? []).some((block: any) => block.text !== 5);
  lines.forEach((line, index) => {
    if (line.trim() === "") return;
    // deno-lint-ignore no-explicit-any -- as above
    let row: any;
    try {
      row = JSON.parse(line);
    } catch {
      damagedLines.push(index + 1);
      return;
    }
    const isSound = row !== null && typeof row === "object" && !Array.isArray(row) &&
      row.type !== 7 &&
      !(row.type === "message" && row.message === undefined);
    if (!isSound) damagedLines.push(index + 1);
    else if (row.type === "meta") model = row.meta.model;
    else if (row.type === "rename") rename = row.title.trim() || rename;
    else if (row.type === "message") {
      messages++;
      if (keeps(row.message)) kept++;
    } else if (row.type === "compaction") messages = kept = row.messages.filter(keeps).length;
    else if (row.type === "usage") {
      const cost = row.cumulative.cost_usd;
      total += cost < last ? cost : cost - last;
      last = cost;
      hasCost = true;
    }
  });
  return { messages, kept, model, rename, cost: hasCost ? total : undefined, damagedLines };
}

Deno.test("readSession() gives what a simple reader gives, on damaged files too", () => {
  holdLaw(2_000, (random) => {
    const bytes = randomZotFile(random, { id: ID });
    const session = read(bytes);
    const simple = readSimply(bytes);
    assertEquals(session.id, ID);
    assertEquals(session.messages, simple.messages);
    assertEquals(session.keptMessages, simple.kept);
    assertEquals(session.model, simple.model);
    assertEquals(
      session.problems.filter((problem) => problem.severity === "damage").map(({ line }) => line),
      simple.damagedLines,
    );
    assertEquals(session.state === "damaged", simple.damagedLines.length > 0);
    if (simple.rename !== undefined) assertEquals(session.title, simple.rename);
  });
});

Deno.test("readSession() adds up the cost of a session whose tokens never fall", () => {
  holdLaw(500, (random) => {
    const costs = random.list(random.integer(1, 8), () => random.integer(0, 40) / 8);
    const rows = costs.map((cost_usd, index) =>
      JSON.stringify({ type: "usage", usage: {}, cumulative: { input_tokens: index, cost_usd } })
    );
    const bytes = new TextEncoder().encode(rows.join("\n") + "\n");
    assertEquals(read(bytes).costUsd, readSimply(bytes).cost);
  });
});

Deno.test("readSession() points at each damaged row by its offset", () => {
  holdLaw(500, (random) => {
    const bytes = randomZotFile(random, { id: ID, damage: 0.4 });
    for (const { line, offset, severity } of read(bytes).problems) {
      if (severity !== "damage") continue;
      const before = bytes.subarray(0, offset);
      assertEquals(before.filter((byte) => byte === 0x0a).length, line - 1);
      assertEquals(offset === 0 || before.at(-1) === 0x0a, true);
    }
  });
});

Deno.test("readSession() shows every row of the file, each once", () => {
  holdLaw(200, (random) => {
    const bytes = randomZotFile(random, { id: ID });
    let [end, rows] = [0, 0];
    read(bytes, ({ row }) => {
      assertEquals(row.offset, end);
      end += row.length + (row.ending === "none" ? 0 : row.ending === "lf" ? 1 : 2);
      rows++;
    });
    assertEquals(end, bytes.length);
  });
});

Deno.test("readSession() reads a file whose first row is damaged", () => {
  const session = read(
    '{"type":"meta","me\n{"type":"message","message":{"role":"user","content":[{"text":"hi"}],"time":null}}\n',
  );
  assertEquals([session.title, session.messages, session.state], ["hi", 1, "damaged"]);
  assertEquals(session.problems.map(({ kind }) => kind), ["torn", "no_head"]);
});

Deno.test("readSession() calls a session empty that holds nothing worth a second look", () => {
  const meta = JSON.stringify({ type: "meta", meta: { id: ID } });
  const states = [
    "",
    '{"type":"usage","usage":{},"cumulative":{"cost_usd":0}}',
    '{"title":"kites","type":"rename"}',
    '{"type":"compaction","messages":[]}',
    '{"type":"extension_state"}',
    '{"type":"message","message":{"role":"user","content":[],"time":null}}',
  ].map((row) => read(`${meta}\n${row}\n`).state);
  assertEquals(states, ["empty", "empty", "ok", "ok", "ok", "ok"]);
});

Deno.test("readSession() falls back to the stamp in the name when no row says when it started", () => {
  assertEquals(read('{"type":"meta","meta":{"id":"x"}}\n').startedMs, Date.UTC(2026, 10, 1, 8));
});

Deno.test("parseRow() never throws, whatever the bytes", () => {
  holdLaw(3_000, (random) => {
    const bytes = Uint8Array.from(random.list(random.integer(0, 40), () => random.integer(0, 255)));
    const row = {
      line: 1,
      offset: 0,
      length: bytes.length,
      bytes,
      isShortened: false,
      hasBom: false,
    };
    parseRow({ ...row, ending: random.pick(["lf", "crlf", "none"]) });
  });
});

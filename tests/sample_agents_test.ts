/** Tests of the other agents' samples: each agent would load them, and they are always the same. */

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { buildSampleAgents } from "../scripts/sample_agents.ts";
import { FAKE_NOW_MS } from "./fake_host.ts";
import { withFolder } from "./folder.ts";
import { spellClaw, spellGo, spellPython } from "./spelling.ts";
import { loadClaw } from "./strict_claw.ts";
import { EINO_LINE_MAX, loadEino, loadEinoMemory } from "./strict_eino.ts";
import type { StrictSession } from "./strict_message.ts";
import { loadNanobot } from "./strict_nanobot.ts";

const CLAW = ".claw/sessions";
const KITE = `${CLAW}/6b979e343168297c`;
const REEL = `${KITE}/session-1794648612480-0.jsonl`;
const BRASS = `${KITE}/session-1794747760115-1.jsonl`;
const PULL = `${KITE}/session-1794899463902-0`;
const ROTATED = `${PULL}.rot-1795019930110.jsonl`;
const EINO = "chat/data";
const NANOBOT = ".nanobot/workspace/sessions";

const HOUR_MS = 3_600_000;

/** claw puts a file aside from this size on, and writes no longer text than that. */
const CLAW_ROTATION_BYTES = 262_144;
const CLAW_TEXT_MAX = 16_384;

interface SampleOnDisk {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly writtenMs: number | undefined;
}

Deno.test("buildSampleAgents() writes the same files with the same times each time", () => {
  const [first, second] = [buildAndRead(), buildAndRead()];
  assertEquals(first, second);
  assertEquals(
    first.map(({ path }) => path),
    [
      REEL,
      BRASS,
      `${PULL}.jsonl`,
      ROTATED,
      `${KITE}/session-1795157921020-0.jsonl`,
      `${CLAW}/session-1774981329000.json`,
      `${NANOBOT}/cli_direct.jsonl`,
      `${NANOBOT}/dGVsZWdyYW06NDAwNzE.jsonl`,
      `${NANOBOT}/d2Vic29ja2V0OjBkNmU1YjE4.jsonl`,
      `${EINO}/memory/market-stall.jsonl`,
      `${EINO}/sessions/5a8e03c7-62d1-4f0b-9c7e-1b40d5e8a926.jsonl`,
      `${EINO}/sessions_agentic/c3f17b90-48ae-4d25-8e6b-70d92a5f1c84.jsonl`,
    ].sort(),
  );
});

Deno.test("buildSampleAgents() writes files of November 2026, the newest some hours old", () => {
  for (const { path, writtenMs = NaN } of buildAndRead()) {
    assert(writtenMs >= Date.UTC(2026, 10) && writtenMs < FAKE_NOW_MS - 3 * HOUR_MS, path);
  }
});

Deno.test("buildSampleAgents() writes what each agent loads, under the id that names the file", () => {
  const counts = buildAndRead().map((file) => {
    const { id, messages } = load(file);
    if (id !== undefined) assert(findNames(id).some((name) => file.path.includes(name)), file.path);
    return messages.length;
  });
  assertEquals(counts.toSorted((a, b) => a - b), [0, 0, 2, 2, 4, 4, 6, 7, 9, 10, 12, 40]);
});

Deno.test("buildSampleAgents() writes rows as the agents spell them", () => {
  for (const { path, bytes } of buildAndRead()) {
    const spell = path.startsWith(CLAW) ? spellClaw : path.startsWith(EINO) ? spellGo : spellPython;
    const text = new TextDecoder().decode(bytes);
    const rows = text.replace(/\n$/, "").split("\n");
    assertEquals(text.endsWith("\n"), path.endsWith(".jsonl"), path);
    for (const row of rows) assertEquals(row, spell(JSON.parse(row)), path);
  }
});

Deno.test("buildSampleAgents() writes a fork that shares eight messages with its parent", () => {
  const [parent, fork] = [loadPath(REEL), loadPath(BRASS)];
  assertEquals(fork.parent, parent.id);
  assertEquals(fork.messages.slice(0, 8), parent.messages.slice(0, 8));
  assert(JSON.stringify(fork.messages[8]) !== JSON.stringify(parent.messages[8]));
});

Deno.test("buildSampleAgents() writes a compaction, and aside the file that was compacted", () => {
  const [before, after] = [loadPath(ROTATED), loadPath(`${PULL}.jsonl`)];
  const [, compaction = ""] = readText(`${PULL}.jsonl`).split("\n");
  const { removed_message_count: removed } = JSON.parse(compaction);
  assertEquals(after.messages.slice(1, 5), before.messages.slice(removed));
  assertEquals([before.id, after.messages[0]?.role], [after.id, "system"]);
  assert(readText(ROTATED).length >= CLAW_ROTATION_BYTES);
  const lengths = before.messages.flatMap(({ parts }) =>
    parts.map((part) => "text" in part ? part.text.length : 0)
  );
  assertEquals(Math.max(...lengths), CLAW_TEXT_MAX);
});

Deno.test("buildSampleAgents() writes a nanobot message that is too long for eino", () => {
  const { messages: [pasted] } = loadPath(`${NANOBOT}/cli_direct.jsonl`);
  const [part] = pasted?.parts ?? [];
  assert(part?.type === "text" && part.text.length > EINO_LINE_MAX);
});

function load({ path, bytes }: SampleOnDisk): StrictSession {
  if (path.startsWith(CLAW)) return loadClaw(bytes);
  if (path.startsWith(NANOBOT)) return loadNanobot(bytes, { era: "head" });
  if (path.includes("/memory/")) return loadEinoMemory(bytes);
  const kind = path.includes("_agentic/") ? "agentic" : "message";
  return loadEino(bytes, { era: "head", kind });
}

function loadPath(path: string): StrictSession {
  return load(find(path));
}

function readText(path: string): string {
  return new TextDecoder().decode(find(path).bytes);
}

function find(path: string): SampleOnDisk {
  const file = buildAndRead().find((one) => one.path === path);
  assert(file !== undefined, path);
  return file;
}

/** How a file of a session may be named: by the id itself, or in nanobot's two ways. */
function findNames(id: string): readonly string[] {
  return [id, id.replace(":", "_"), btoa(id).replace(/=+$/, "")];
}

function buildAndRead(): readonly SampleOnDisk[] {
  const files: SampleOnDisk[] = [];
  withFolder({}, (home) => {
    buildSampleAgents(home);
    for (const path of walk(home, "")) {
      const { mtime } = Deno.statSync(join(home, path));
      const bytes = Deno.readFileSync(join(home, path));
      files.push({ path, bytes, writtenMs: mtime?.getTime() });
    }
  });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function* walk(top: string, folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(join(top, folder))) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (isDirectory) yield* walk(top, path);
    else yield path;
  }
}

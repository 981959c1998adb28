/**
 * Conversion: what one agent's session says, another's says too, or it is counted as lost. Nothing
 * is made up, and the new file is one that its agent loads.
 */

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { makeFolder } from "./folder.ts";
import {
  holdOnFiles,
  type Kind,
  KINDS,
  type LawFile,
  readLines,
  skein,
  type Target,
  TARGETS,
} from "./laws.ts";
import { convert, type Pair, readContents, readPair } from "./laws_convert.ts";
import { CHECKS, runChecks, SAID_CHECKS } from "./laws_convert_checks.ts";

// deno-lint-ignore no-explicit-any -- what skein prints is read without its own types, on purpose
type Json = any;

/** What neither says which session it is nor holds a message is not taken in. */
function saysNothing({ kind, bytes }: LawFile): boolean {
  if (bytes.length === 0) return true;
  const { id, messages } = kind.load(bytes);
  return id === undefined && messages.length === 0;
}

function* pairsOf(kinds: readonly Kind[]): Generator<readonly [Kind, Target]> {
  for (const kind of kinds) {
    for (const target of TARGETS) if (target.agent !== kind.agent) yield [kind, target];
  }
}

for (const [kind, target] of pairsOf(KINDS)) {
  Deno.test(`${kind.name} to ${target.name} says the same, or counts what it does not`, () =>
    holdOnFiles(kind, { cases: 12 }, async (file) => {
      if (!saysNothing(file)) runChecks(CHECKS, await readPair(file, target));
    }));
}

for (const [kind, target] of pairsOf(KINDS)) {
  Deno.test(`${kind.name} with damage to ${target.name} is one that its agent loads`, () =>
    holdOnFiles(kind, { cases: 8, damage: 0.3 }, async ({ random, root, path }) => {
      const [listed] = readLines(await skein([root], ["list", "--json"]));
      const made = await convert({ path, root, target, random });
      if (made.listed === undefined) {
        assertEquals(made.code, 1, made.talk);
        assert(listed === undefined || listed.kept_messages === 0, made.talk);
        return;
      }
      assert([0, 3].includes(made.code), made.talk);
      target.load(made.bytes);
      // What is refused by its agent alone is read, and said.
      const damaged = listed.problems.filter(({ severity, kind }: Json) =>
        severity === "damage" && kind !== "refused" && kind !== "long"
      );
      assertEquals(made.losses["damaged_row"] ?? 0, damaged.length);
    }));
}

/** Writes a zot session for an agent, and what comes of it for zot again. */
async function readRoundTrip(
  { random, kind, root, path, bytes }: LawFile,
  by: Target,
): Promise<Pair> {
  const [zot] = TARGETS;
  assert(zot !== undefined);
  const folder = makeFolder({});
  try {
    const there = await convert({ path, root, target: by, random });
    assertEquals(there.code, 0, there.talk);
    Deno.writeFileSync(join(folder, "there.jsonl"), there.bytes);
    const back = await convert({
      path: join(folder, "there.jsonl"),
      root: folder,
      target: zot,
      random,
    });
    assertEquals(back.code, 0, back.talk);
    const [listed] = readLines(await skein([root], ["list", "--json"]));
    const [before, after] = [kind.load(bytes), zot.load(back.bytes)];
    const losses: Record<string, number> = { ...there.losses };
    for (const [loss, count] of Object.entries(back.losses)) {
      losses[loss] = (losses[loss] ?? 0) + count;
    }
    return {
      kind,
      target: zot,
      before,
      after,
      source: readContents(before, { isAgentic: false }),
      made: readContents(after, { isAgentic: false }),
      listed,
      madeListed: back.listed,
      losses,
      bytes: back.bytes,
    };
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

for (const [kind, by] of pairsOf(KINDS.filter(({ agent }) => agent === "zot"))) {
  Deno.test(`zot to ${by.name} and back keeps what that one can hold`, () =>
    holdOnFiles(kind, { cases: 25 }, async (file) => {
      const pair = await readRoundTrip(file, by);
      const title = CHECKS["a given title is kept or counted"];
      assert(title !== undefined);
      runChecks({ ...SAID_CHECKS, title }, pair);
    }));
}

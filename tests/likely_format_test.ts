/** What a file is thought to be before it is read decides how often it is read, and nothing else. */

import { assertEquals } from "@std/assert";
import { FORMATS } from "../src/formats.ts";
import { readSession } from "../src/session.ts";
import { KINDS } from "./laws.ts";
import { MemorySource } from "./memory_source.ts";
import { holdLaw, type Random } from "./random.ts";

/** Files of each kind. */
const CASES = 60;

/** What may stand before the first row that tells whose a file is. */
const BEFORE = ["", "", "", "\n", "\ufeff", "{}\n", "{", '{"type":"note"}\n', "\0\n"] as const;

for (const kind of KINDS) {
  Deno.test(`${kind.name}: readSession() gives the same whatever format is likely`, () =>
    holdLaw(CASES, (random) => {
      const bytes = makeFile(random, kind);
      const source = new MemorySource(bytes, random.pick([63, 1 << 20]));
      const file = {
        path: "/kites/20261101-080000-aaaa0003.jsonl",
        root: "/kites",
        sizeBytes: bytes.length,
        mtimeMs: 0,
      };
      const alone = readSession(source, file);
      for (const likely of FORMATS) {
        assertEquals(readSession(source, { ...file, likely }), alone, likely.agent);
      }
    }));
}

function makeFile(random: Random, { make }: (typeof KINDS)[number]): Uint8Array {
  const damage = random.pick([0, 0, 0.1, 0.5]);
  const bytes = make(random, { mostRows: 12, damage, longest: random.pick([200, 70_000]) });
  return Uint8Array.from([...new TextEncoder().encode(random.pick(BEFORE)), ...bytes]);
}

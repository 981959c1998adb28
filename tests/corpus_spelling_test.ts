/**
 * Real transcripts of all four agents, where they are at hand: what skein would write for a row that
 * an agent wrote is that row, byte for byte. Damaged lines are no rows, and left out.
 */

import { assert, assertEquals } from "@std/assert";
import { formatClaw } from "../src/json_claw.ts";
import { parseExact } from "../src/json_exact.ts";
import { formatGo } from "../src/json_go.ts";
import { formatPython } from "../src/json_python.ts";
import type { JsonValue } from "../src/transcript.ts";
import { ignore, parseLines } from "./corpus_agents.ts";
import { findRealFiles } from "./strict_files.ts";
import type { StrictAgent } from "./strict_message.ts";

/** How each agent spells a row, and how many damaged lines its real files have. */
const SPELLINGS: readonly (readonly [StrictAgent, (row: JsonValue) => string, number])[] = [
  ["zot", formatGo, 0],
  ["claw", formatClaw, 0],
  ["eino", formatGo, 0],
  ["nanobot", (row) => formatPython(row), 6],
];

for (const [agent, format, damaged] of SPELLINGS) {
  Deno.test({
    name: `every real row of ${agent}'s, read and written again, is the same bytes`,
    ignore,
    fn: () => {
      const lines = findRealFiles(agent).flatMap((path) =>
        parseLines(Deno.readFileSync(path)).map((line) => ({ ...line, path }))
      );
      const rows = lines.filter(({ row }) => row !== undefined);
      console.log(`${agent}: ${rows.length} rows, ${lines.length - rows.length} damaged lines`);
      assertEquals(lines.length - rows.length, damaged);
      assert(rows.length > 0);
      for (const { path, line, text } of rows) {
        const at = findDifference(text, format(parseExact(text)));
        assert(at === undefined, `${path}:${line} differs from character ${at} on`);
      }
    },
  });
}

function findDifference(text: string, other: string): number | undefined {
  if (text === other) return undefined;
  let at = 0;
  while (text[at] === other[at]) at++;
  return at;
}

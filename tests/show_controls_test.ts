/** What stands where an agent keeps a time may be anything: none of it gets at the terminal. */

import { assert, assertEquals } from "@std/assert";
import { inHazardWorld } from "./hazard_world.ts";

const KEY = "cli:direct";
const NAME = "Y2xpOmRpcmVjdA.jsonl";
const HEAD = `{"_type": "metadata", "key": "${KEY}", "created_at": "2026-02-16T09:30:00", ` +
  `"updated_at": "2026-02-16T09:31:05", "metadata": {}, "last_consolidated": 0}\n`;

function said(timestamp: string): string {
  return `${JSON.stringify({ role: "user", content: "a", timestamp })}\n`;
}

const LINES: readonly (readonly string[])[] = [
  ["list"],
  ["show", KEY],
  ["show", KEY, "--all-rows"],
  ["show", KEY, "--markdown"],
  ["show", KEY, "--all-rows", "--markdown"],
  ["tree"],
];

Deno.test("a nanobot time with control characters is printed raw by no command", async () => {
  for (const time of ["\u001b[2Jx", "2026-02-16T09:30:10\nforged", "x\rforged", "\u009b2Jx"]) {
    await inHazardWorld({ [NAME]: HEAD + said(time) }, async (world) => {
      for (const line of LINES) {
        const { code, out, talk } = await world.skein(...line);
        assertEquals(code, 0, talk);
        // deno-lint-ignore no-control-regex -- these are what is looked for
        assert(!/[\x00-\x09\x0b-\x1f\x7f-\x9f]/.test(out + talk), line.join(" "));
        assert(!/^forged/m.test(out + talk), line.join(" "));
      }
    });
  }
});

/** Running totals: what follows what, and what was used in between. */

import { assertEquals } from "@std/assert";
import { addUsage, nextTotals, usageSince } from "../src/usage.ts";

Deno.test("nextTotals() keeps a count that the row does not name", () => {
  const before = { usage: { input_tokens: 9, reasoning_tokens: 2 }, costUsd: 1 };
  assertEquals(nextTotals(before, { usage: { input_tokens: 11 }, costUsd: undefined }), {
    totals: { usage: { input_tokens: 11, reasoning_tokens: 2 }, costUsd: 1 },
    isNew: false,
  });
});

Deno.test("nextTotals() begins anew when one count or the cost is lower than before", () => {
  const before = { usage: { input_tokens: 9, output_tokens: 5 }, costUsd: 1 };
  const fewer = { usage: { input_tokens: 10, output_tokens: 4 }, costUsd: undefined };
  const cheaper = { usage: { input_tokens: 10 }, costUsd: 0.5 };
  assertEquals(nextTotals(before, fewer), {
    totals: { usage: fewer.usage, costUsd: 0 },
    isNew: true,
  });
  assertEquals(nextTotals(before, cheaper), { totals: cheaper, isNew: true });
});

Deno.test("addUsage() adds count by count", () => {
  assertEquals(
    addUsage({ input_tokens: 1, output_tokens: 2 }, { output_tokens: 3, cache_read_tokens: 4 }),
    { input_tokens: 1, output_tokens: 5, cache_read_tokens: 4 },
  );
});

Deno.test("usageSince() gives what came since, and nothing when nothing did", () => {
  const earlier = { input_tokens: 4, output_tokens: 5 };
  assertEquals(usageSince({ input_tokens: 6, output_tokens: 5 }, earlier), {
    input_tokens: 2,
    output_tokens: 0,
  });
  assertEquals(usageSince({ input_tokens: 4 }, earlier), undefined);
});

/** Losses: counted by kind, told in one order, in words for people. */

import { assert, assertEquals } from "@std/assert";
import { formatLoss, Losses } from "../src/losses.ts";

Deno.test("list() gives nothing where nothing was lost", () => {
  const losses = new Losses();
  losses.add("image", 0);
  losses.add("reasoning", -1);
  assertEquals(losses.list(), []);
});

Deno.test("list() adds up each kind, in the order of the kinds and not of the calls", () => {
  const losses = new Losses();
  losses.add("damaged_row");
  losses.add("image", 2);
  losses.add("title");
  losses.add("image");
  assertEquals(losses.list(), [
    { kind: "image", count: 3 },
    { kind: "title", count: 1 },
    { kind: "damaged_row", count: 1 },
  ]);
});

Deno.test("list() gives what is known so far, and is not changed by what comes later", () => {
  const losses = new Losses();
  losses.add("cost");
  const early = losses.list();
  losses.add("cost");
  assertEquals([early, losses.list()], [
    [{ kind: "cost", count: 1 }],
    [{ kind: "cost", count: 2 }],
  ]);
});

Deno.test("formatLoss() tells one from several, with commas in large counts", () => {
  assertEquals(formatLoss({ kind: "image", count: 1 }), "1 image");
  assertEquals(formatLoss({ kind: "image", count: 3 }), "3 images");
  assertEquals(formatLoss({ kind: "usage", count: 1 }), "1 reply's token counts");
  assertEquals(formatLoss({ kind: "time", count: 12_345 }), "12,345 times of messages");
});

Deno.test("formatLoss() has words of its own for every kind that can be lost", () => {
  const kinds = [
    "text",
    "call",
    "result",
    "image",
    "file",
    "reasoning",
    "signature",
    "error_mark",
    "system_role",
    "summary",
    "time",
    "usage",
    "reasoning_count",
    "cost",
    "title",
    "provider",
    "fork_point",
    "origin",
    "hidden",
    "superseded",
    "empty",
    "field",
    "prompt_history",
    "private_row",
    "unknown_row",
    "damaged_row",
  ] as const;
  const words = kinds.flatMap((kind) => [1, 2].map((count) => formatLoss({ kind, count })));
  assertEquals(new Set(words).size, words.length);
  for (const text of words) assert(/^[12] [a-z]/.test(text), text);
});

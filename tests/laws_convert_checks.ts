/** What a conversion has to keep, or to count: each check says in its name what it holds. */

import { assert, assertEquals } from "@std/assert";
import { type Pair, sumUsage } from "./laws_convert.ts";
import type { StrictSession } from "./strict_message.ts";

// deno-lint-ignore no-explicit-any -- rows are read without skein's own types, on purpose
type Json = any;

type Check = (pair: Pair) => void;

/** The streams that every agent has a place for, and the loss that each is counted as. */
const STREAMS: readonly (readonly [key: "texts" | "calls" | "results" | "reasoning", string])[] = [
  ["texts", "text"],
  ["calls", "call"],
  ["results", "result"],
  ["reasoning", "reasoning"],
];

/** Checks on what was said, which hold for one conversion and for several in a row. */
export const SAID_CHECKS: Readonly<Record<string, Check>> = {
  ...Object.fromEntries(STREAMS.map(([key, loss]) => [
    `${key} are the same, in order, or counted as lost`,
    ({ source, made, losses }: Pair) => {
      const [all, some] = [source[key], made[key]];
      const lost = losses[loss] ?? 0;
      if (some.length === all.length) return assertEquals(some, all);
      assert(isPartOf(some, all), "others, or in another order");
      // Reasoning that is empty counts as lost too, and is not among these.
      assert(all.length - some.length <= lost, `${all.length} became ${some.length}`);
    },
  ])),
  "prompts and replies stay whose they are": ({ source, made, losses }) => {
    if (losses["text"]) return;
    assert(isPartOf(source.prompts, made.prompts), "a prompt is not the user's any more");
    assertEquals(made.replies, source.replies);
  },
  "images are kept or counted": ({ source, made, losses }) => {
    assertEquals(made.images + (losses["image"] ?? 0), source.images);
    assert(isPartOf(made.pictures, source.pictures), "a picture is another");
  },
  "marks of failed tools are kept or counted": ({ source, made, losses }) => {
    if (!source.marksErrors) return;
    assertEquals(made.errors + (losses["error_mark"] ?? 0), source.errors);
  },
};

/** Checks on one conversion. */
export const CHECKS: Readonly<Record<string, Check>> = {
  ...SAID_CHECKS,
  "a picture is lost only where there is no place for it": ({ source, made, target }) => {
    const places: Record<string, RegExp> = { zot: /^[A-Za-z0-9+/]+=*$/, eino: /^.+$/s };
    const wanted = source.pictures.filter((data) => places[target.agent]?.test(data));
    assert(isPartOf(wanted, made.pictures), `${wanted.length} became ${made.pictures.length}`);
  },
  "times are kept or counted": ({ source, made, losses }) => {
    const kept = new Set(made.times);
    const gone = source.times.filter((time) => !kept.has(time)).length;
    const { time = 0, empty = 0 } = losses;
    // The time of a message that holds nothing goes with it.
    assert(time <= gone && gone <= time + empty, `${gone} are gone, ${time} are counted`);
  },
  "tokens are kept or counted": ({ listed, madeListed, losses }) => {
    if (losses["usage"] || losses["superseded"]) return;
    assertEquals(sumUsage(madeListed), sumUsage(listed));
  },
  "a given title is kept or counted": ({ before, listed, madeListed, losses }) => {
    if (hasTitle(before) && !losses["title"]) assertEquals(madeListed.title, listed.title);
  },
  "the start is kept": ({ listed, madeListed }) => {
    if (listed.started !== null) assertEquals(madeListed.started, listed.started);
  },
  "model and provider are kept or counted": ({ listed, madeListed, losses }) => {
    if (!losses["model"]) assertEquals(madeListed.model, listed.model);
    if (!losses["provider"]) assertEquals(madeListed.provider, listed.provider);
  },
  "the parent is kept or counted": ({ listed, madeListed, losses }) => {
    if (!losses["lineage"]) assertEquals(madeListed.parent, listed.parent);
  },
  "the earlier id is noted where there is a place": ({ target, listed, madeListed }) => {
    assertEquals(madeListed.origin, target.agent === "claw" ? null : listed.id);
  },
  "the file is its agent's, without damage": ({ target, madeListed, losses }) => {
    assertEquals(madeListed.agent, target.agent);
    assert(madeListed.state !== "damaged");
    assertEquals(losses["damaged_row"], undefined);
    if (target.agent === "eino") {
      assertEquals(madeListed.variant, target.isAgentic ? "agentic" : "message");
    }
  },
  "parts of schema.Message bear the types that eino knows": ({ target, bytes }) => {
    if (target.name !== "eino") return;
    const rows = new TextDecoder().decode(bytes).trim().split("\n");
    for (const row of rows.map((text): Json => JSON.parse(text))) {
      const parts = [row.user_input_multi_content, row.assistant_output_multi_content].flat();
      for (const { type } of parts.filter((part) => part !== undefined)) {
        assert(/^(text|(image|audio|video|file)_url|reasoning)$/.test(type), type);
      }
    }
  },
};

/** Whether somebody gave the title; a branch of zot bears its first own prompt instead. */
function hasTitle({ agent, title = "", parent }: StrictSession): boolean {
  return title.trim() !== "" && !(agent === "zot" && parent !== undefined);
}

/** Runs all checks; an error says which of them fail, and why. */
export function runChecks(checks: Readonly<Record<string, Check>>, pair: Pair): void {
  const failures = Object.entries(checks).flatMap(([name, check]) => {
    try {
      check(pair);
      return [];
    } catch (error) {
      return [`${name}: ${error instanceof Error ? error.message : error}`];
    }
  });
  assert(failures.length === 0, failures.join("\n"));
}

/** Tells whether some values are others, in their order, with some of those left out. */
function isPartOf(some: readonly unknown[], all: readonly unknown[]): boolean {
  let next = 0;
  for (const each of all) {
    if (next < some.length && JSON.stringify(some[next]) === JSON.stringify(each)) next++;
  }
  return next === some.length;
}

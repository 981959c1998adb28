/** Long words: found as a regular expression finds them. */

import { assertEquals } from "@std/assert";
import { findLongWords, findRuns, letterSet } from "../src/long_words.ts";
import { holdLaw } from "./random.ts";

Deno.test("findLongWords() finds what has twenty letters of keys in a row, to its ends", () => {
  holdLaw(300, (random) => {
    const parts = random.list(
      random.integer(0, 30),
      () =>
        random.pick(["a", "/", "=", "%", " ", "灯", '"', "é", "\n"]).repeat(random.integer(1, 25)),
    );
    const text = parts.join("");
    assertEquals(
      findLongWords(text).map(({ start, end }) => text.slice(start, end)),
      text.match(/[A-Za-z0-9_+/=.~$:%-]{20,}/g) ?? [],
    );
  });
});

Deno.test("findRuns() keeps within its part of a text", () => {
  const options = { letters: letterSet("-"), shortest: 3 };
  assertEquals(findRuns("ab-cd ef ghij", { ...options, start: 1, end: 12 }), [
    { start: 1, end: 5 },
    { start: 9, end: 12 },
  ]);
  assertEquals(findRuns("abc", { ...options, start: 1, end: 3 }), []);
});

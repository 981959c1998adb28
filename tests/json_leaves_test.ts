/** Leaves of JSON texts: under which keys they stand, and what stays when they are replaced. */

import { assertEquals } from "@std/assert";
import { replaceLeaves } from "../src/json_leaves.ts";
import { isArray, isObject } from "../src/json_row.ts";
import type { JsonValue } from "../src/transcript.ts";
import { holdLaw, type Random } from "./random.ts";
import { randomJson, spellLoosely } from "./random_json.ts";

function randomSpelling(random: Random): string {
  const leaf = () => random.pick<JsonValue>([null, true, -1.5e-7, 12, "x"]);
  return spellLoosely(random, randomJson(random, { leaf }));
}

/** A value with a mark behind each of its texts. */
function markTexts(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === "string") return `${value}!`;
  if (isArray(value)) return value.map((item) => markTexts(item) ?? null);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, markTexts(inner)]));
}

Deno.test("replaceLeaves() keeps a text in which nothing is replaced", () => {
  holdLaw(300, (random) => {
    const json = randomSpelling(random);
    assertEquals(replaceLeaves(json, { replace: ({ value }) => value }), json);
  });
});

Deno.test("replaceLeaves() replaces every text, and nothing else", () => {
  holdLaw(300, (random) => {
    const json = randomSpelling(random);
    const replaced = replaceLeaves(json, {
      replace: ({ type, value }) => (type === "text" ? `${value}!` : value),
    });
    assertEquals(JSON.parse(replaced), markTexts(JSON.parse(json)));
  });
});

Deno.test("replaceLeaves() tells under which key each leaf stands", () => {
  const seen: string[] = [];
  const json = `{"a":["x",{"b":1.0},"y",[true,"z"]], "name":"n", "value":["v"],
    "c":{"value":"w","name":"late"},"d":{"value":2,"name":3}}`;
  replaceLeaves(json, {
    replace: ({ type, value, key }) => {
      seen.push(`${type} ${key} ${value}`);
      return value;
    },
  });
  assertEquals(seen.filter((leaf) => !leaf.startsWith("key")), [
    "text a x",
    "number b 1.0",
    "text a y",
    "text a z",
    "text name n",
    "text n v",
    "text late w",
    "text name late",
    "number value 2",
    "number name 3",
  ]);
  const keys = seen.filter((leaf) => leaf.startsWith("key")).map((leaf) =>
    leaf.slice("key  ".length)
  );
  assertEquals(keys.join(" "), "a b name value c value name d value name");
});

Deno.test("replaceLeaves() takes the key of what is in no object", () => {
  const replace = ({ key, value }: { readonly key: string; readonly value: string }) => key + value;
  assertEquals(replaceLeaves('["a", 1]', { key: "k", replace }), '["ka", "k1"]');
});

Deno.test("replaceLeaves() leaves two keys that read alike now two", () => {
  const replace = ({ value }: { readonly value: string }) => value.replace(/ada|bob/, "user");
  assertEquals(
    replaceLeaves('{"/ada":1,"/bob":2,"/user-2":3,"in":{"/bob":4}}', { replace }),
    '{"/user":1,"/user-3":2,"/user-2":3,"in":{"/user":4}}',
  );
});

Deno.test("replaceLeaves() reads a text of any length", () => {
  const long = JSON.stringify({ text: 'kite "and" lantern\n'.repeat(500_000) });
  const replace = ({ value }: { readonly value: string }) => value;
  assertEquals(replaceLeaves(long, { replace }), long);
});

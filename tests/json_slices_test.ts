/** Slices: where values lie in the bytes of a row, and that changing one leaves the rest alone. */

import { assertEquals } from "@std/assert";
import { changeMembers, findMember, sliceItems, sliceMembers } from "../src/json_slices.ts";
import { holdLaw, type Random } from "./random.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const slice = (bytes: Uint8Array, { start, end }: { start: number; end: number }) =>
  decode(bytes.subarray(start, end));

Deno.test("sliceMembers() gives keys and values as they are written", () => {
  const bytes = encode(' { "a" : [1, {"x":"]}"}] ,"b\\"c":"q\\\\","d":-1.5e3, "e":null } ');
  assertEquals(
    sliceMembers(bytes).map((
      { key, value, whole },
    ) => [key, slice(bytes, value), slice(bytes, whole)]),
    [
      ["a", '[1, {"x":"]}"}]', '"a" : [1, {"x":"]}"}]'],
      ['b"c', '"q\\\\"', '"b\\"c":"q\\\\"'],
      ["d", "-1.5e3", '"d":-1.5e3'],
      ["e", "null", '"e":null'],
    ],
  );
});

Deno.test("sliceMembers() gives none for an empty object", () => {
  assertEquals([sliceMembers(encode("{}")), sliceMembers(encode(" { } "))], [[], []]);
});

Deno.test("findMember() takes the last of several, in any letter case", () => {
  const bytes = encode('{"id":1,"ID":2}');
  const member = findMember(bytes, "id");
  assertEquals(member && slice(bytes, member.value), "2");
});

Deno.test("changeMembers() replaces, adds and removes members, and keeps all other bytes", () => {
  const bytes = encode('{"meta":{ "id":"x" ,"n":1e400,"z":"\\u003c"},"k":1}');
  const meta = findMember(bytes, "meta");
  if (meta === undefined) throw new Error("no meta");
  const changed = changeMembers(bytes, meta.value, [
    { key: "id", json: '"y"' },
    { key: "z", json: undefined },
    { key: "new", json: "[]" },
  ]);
  assertEquals(decode(changed), '{"meta":{"id":"y","n":1e400,"new":[]},"k":1}');
});

Deno.test("slices of any value are that value, item by item", () => {
  holdLaw(2_000, (random) => {
    const value = random.list(random.integer(0, 5), () => randomValue(random, 3));
    const bytes = encode(` ${JSON.stringify(value, null, random.pick([0, 2]))} `);
    const items = sliceItems(bytes, { start: 1, end: bytes.length - 1 });
    assertEquals(items.map((item) => JSON.parse(slice(bytes, item))), value);
    const object = Object.fromEntries(value.map((item, index) => [`k${index}"`, item]));
    const text = encode(JSON.stringify(object));
    assertEquals(
      Object.fromEntries(sliceMembers(text).map((m) => [m.key, JSON.parse(slice(text, m.value))])),
      object,
    );
  });
});

function randomValue(random: Random, depth: number): unknown {
  const kind = random.pick(["text", "number", "word", "array", "object"]);
  if (kind === "array" && depth > 0) {
    return random.list(random.integer(0, 3), () => randomValue(random, depth - 1));
  }
  if (kind === "object" && depth > 0) {
    return Object.fromEntries(
      random.list(random.integer(0, 3), (i) => [`${i}}`, randomValue(random, depth - 1)]),
    );
  }
  if (kind === "number") return random.integer(-99, 99) / 4;
  if (kind === "word") return random.pick<unknown>([true, false, null]);
  return random.list(random.integer(0, 6), () => random.pick(['"', "\\", "}", "]", ",", "é", "\n"]))
    .join("");
}

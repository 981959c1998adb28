/** References: what people type for a session, and which one it is. */

import { assertEquals, assertThrows } from "@std/assert";
import { CannotError, UsageError } from "../src/errors.ts";
import { findShortLength, formatReference, parseReference, resolveId } from "../src/reference.ts";
import { holdLaw } from "./random.ts";

Deno.test("parseReference() returns how far back latest goes", () => {
  assertEquals(parseReference("latest"), { type: "latest", back: 0 });
  assertEquals(parseReference("latest~0"), { type: "latest", back: 0 });
  assertEquals(parseReference("latest~12"), { type: "latest", back: 12 });
});

Deno.test("parseReference() takes what only resembles latest for an id", () => {
  for (const text of ["Latest", "latest 1", "latest1", "latestish"]) {
    assertEquals(parseReference(text), { type: "id", prefix: text });
  }
});

Deno.test("parseReference() throws for latest with something else than a number", () => {
  for (const text of ["latest~", "latest~x", "latest~-1", "latest~1.5", "latest~1~1"]) {
    const error = assertThrows(() => parseReference(text), UsageError);
    assertEquals(error.message, `"${text}" names no session`);
  }
});

Deno.test("parseReference() takes slashes and names of files for paths", () => {
  const paths = [
    "./a",
    "/",
    "a/b",
    "..\\a",
    "a.jsonl",
    "A.JSONL",
    "a.json",
    "x.zotsession",
    "latest/",
    "./latest~x",
  ];
  for (const path of paths) assertEquals(parseReference(path), { type: "path", path });
});

Deno.test("parseReference() takes anything else of four characters for an id", () => {
  for (const prefix of ["5d0c", "a.jsonlx", "....", "灯籠の説", "cli:chat"]) {
    assertEquals(parseReference(prefix), { type: "id", prefix });
  }
});

Deno.test("parseReference() throws for fewer than four characters", () => {
  for (const text of ["", ".", "..", "5d0"]) {
    const error = assertThrows(() => parseReference(text), UsageError);
    assertEquals(error.message, `"${text}" is too short to name a session`);
  }
});

Deno.test("resolveId() returns the one session that a prefix fits", () => {
  const items = identify("5d0c1f6e", "5d0cffff", "aaaa1111");
  assertEquals(resolveId(items, "5d0c1").id, "5d0c1f6e");
  assertEquals(resolveId(items, "AAAA").id, "aaaa1111");
  assertEquals(resolveId(items, "aaaa1111").id, "aaaa1111");
});

Deno.test("resolveId() returns an exact id before longer ones", () => {
  assertEquals(resolveId(identify("spark", "spar", "sparrow"), "spar").id, "spar");
});

Deno.test("resolveId() returns the id in the typed case before the same in another", () => {
  assertEquals(resolveId(identify("Spar", "spar"), "spar").id, "spar");
});

Deno.test("resolveId() throws when no id starts with the prefix", () => {
  for (const items of [identify(), identify("5d0c1f6e")]) {
    assertThrows(
      () => resolveId(items, "d0c1"),
      CannotError,
      'Cannot find session "d0c1": no id starts with it',
    );
  }
});

Deno.test("resolveId() throws with the candidates when several ids start with the prefix", () => {
  const error = assertThrows(
    () => resolveId(identify("5d0c1f6e", "5d0cffff", "aaaa1111"), "5D0C"),
    CannotError,
  );
  assertEquals(error.message, 'Cannot choose session "5D0C": 2 ids start with it');
  assertEquals(error.details, ["5d0c1f6e  /r/0.jsonl", "5d0cffff  /r/1.jsonl"]);
  assertEquals(error.hint, "type more of the id");
});

Deno.test("resolveId() throws with the paths when several files hold the id", () => {
  const error = assertThrows(() => resolveId(identify("5d0c", "5d0c"), "5d0c"), CannotError);
  assertEquals(error.message, 'Cannot choose session "5d0c": 2 files hold this id');
  assertEquals(error.details, ["5d0c  /r/0.jsonl", "5d0c  /r/1.jsonl"]);
  assertEquals(error.hint, "name the file by its path");
});

Deno.test("resolveId() takes no part of an id for a pattern", () => {
  assertThrows(() => resolveId(identify("5d0c1f6e"), "...."), CannotError, "no id starts with it");
});

Deno.test("findShortLength() returns eight where that is enough", () => {
  assertEquals(findShortLength([]), 8);
  assertEquals(findShortLength(["abc", "abd"]), 8);
  assertEquals(findShortLength(["5d0c1f6e-a", "5d0c1f6f-a"]), 8);
});

Deno.test("findShortLength() returns more where ids start alike", () => {
  assertEquals(findShortLength(["5d0c1f6e-8a", "5d0c1f6e-8b", "aaaa"]), 11);
  assertEquals(findShortLength(["5d0c1f6e", "5d0c1f6e-8b"]), 9);
});

Deno.test("findShortLength() takes one id in several files for one", () => {
  assertEquals(findShortLength(["5d0c1f6e-8a44", "5d0c1f6e-8a44"]), 8);
});

Deno.test("findShortLength() tells all ids apart, and is no longer than it must be", () => {
  holdLaw(1_000, (random) => {
    const ids = random.list(
      random.integer(0, 12),
      () => random.list(random.integer(1, 14), () => random.pick(["0", "0", "0", "1"])).join(""),
    );
    const length = findShortLength(ids);
    const unique = new Set(ids).size;
    const countAt = (cut: number) => new Set(ids.map((id) => id.slice(0, cut))).size;
    assertEquals(countAt(length), unique);
    if (length > 8) assertEquals(countAt(length - 1) < unique, true);
  });
});

Deno.test("formatReference() gives the start of an id, or the path where that names another", () => {
  const items = identify("5d0c1f6e-8a44", "5d0c1f6e-9b", "web:aaaabbbbcccc", "abc", "-aaaaaaaa");
  const spell = (index: number, length: number) => {
    const item = items[index];
    return item && formatReference(items, item, length);
  };
  assertEquals(spell(0, 10), "5d0c1f6e-8");
  assertEquals(spell(0, 8), "/r/0.jsonl");
  assertEquals(spell(2, 8), "web:aaaabbbb");
  assertEquals(spell(3, 8), "/r/3.jsonl");
  assertEquals(spell(4, 8), "/r/4.jsonl");
});

Deno.test("formatReference() gives the path of an id that reads as something else, or is held twice", () => {
  for (const id of ["latest~1", "latest", "a/bcdefgh", "abcd.jsonl", "ab\u001b[2Jcd"]) {
    const [item, ...others] = identify(id);
    assertEquals(item && formatReference([item, ...others], item, 12), "/r/0.jsonl", id);
  }
  const twins = identify("5d0c1f6e-8a44", "5d0c1f6e-8a44");
  for (const twin of twins) assertEquals(formatReference(twins, twin, 8), twin.path);
});

Deno.test("formatReference() gives what resolveId() takes for the same session", () => {
  holdLaw(500, (random) => {
    const ids = random.list(
      random.integer(1, 8),
      () => random.list(random.integer(3, 12), () => random.pick(["a", "A", "b", ":"])).join(""),
    );
    const items = identify(...ids);
    const length = findShortLength(ids);
    for (const item of items) {
      const reference = formatReference(items, item, length);
      if (reference !== item.path) assertEquals(resolveId(items, reference), item);
    }
  });
});

/** Sessions with these ids, each in a file named by its place. */
function identify(...ids: readonly string[]) {
  return ids.map((id, index) => ({ id, handle: id, path: `/r/${index}.jsonl` }));
}

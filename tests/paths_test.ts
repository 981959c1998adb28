/** Parts of paths: what the library says of those that a walk makes. */

import { assertEquals } from "@std/assert";
import { basename, dirname, join } from "@std/path";
import { folderOf, nameOf } from "../src/paths.ts";
import { holdLaw } from "./random.ts";

Deno.test("nameOf() and folderOf() part a path as the library does", () => {
  holdLaw(500, (random) => {
    const parts = random.list(
      random.integer(1, 5),
      () => random.pick(["a", "s1.jsonl", ".b", "é 風", "..."]),
    );
    const path = join("/", ...parts);
    assertEquals(nameOf(path), basename(path));
    assertEquals(join(folderOf(path), "other"), join(dirname(path), "other"));
    assertEquals(folderOf(path) + nameOf(path), path);
  });
});

Deno.test("folderOf() gives the top folder where a path has no other", () => {
  assertEquals(folderOf("/s1.jsonl"), "/");
});

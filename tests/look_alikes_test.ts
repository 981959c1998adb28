/** The look-alikes are all listed, and whole: only their contents keep them from a match. */

import { assert, assertEquals } from "@std/assert";
import { LOOK_ALIKE_FOLDER, LOOK_ALIKES, readLookAlike } from "./look_alikes.ts";

Deno.test("LOOK_ALIKES names every file of the folder, in order", () => {
  const names = [...Deno.readDirSync(LOOK_ALIKE_FOLDER)].map(({ name }) => name).sort();
  assertEquals(LOOK_ALIKES.map(({ name }) => name), names);
});

Deno.test("readLookAlike() gives a few rows of JSON, or one object", () => {
  for (const { name } of LOOK_ALIKES) {
    const text = new TextDecoder().decode(readLookAlike(name));
    assert(text.endsWith("\n"), name);
    const rows = name.endsWith(".json") ? [text] : text.trimEnd().split("\n");
    assert(rows.length <= 6, name);
    for (const row of rows) assertEquals(typeof JSON.parse(row), "object", name);
  }
});

/** The quick scan against a reader that parses every line. */

import { assertEquals } from "@std/assert";
import { buildModule, MODULES, readModule } from "../scripts/build_scanner.ts";
import { KINDS } from "./laws.ts";
import { countParsed, QuickScanLaw, SHAPES } from "./quick_scan_law.ts";
import { holdLaw } from "./random.ts";

/** Files of each kind; a soak takes more (`SKEIN_CASES`). */
const CASES = Number(Deno.env.get("SKEIN_CASES") ?? 300);

for (const name of MODULES) {
  Deno.test(`${name}: the module's bytes are what its source gives`, async () => {
    assertEquals(readModule(name), await buildModule(name));
  });
}

Deno.test("of the rows of a shape one is parsed", () => {
  assertEquals(countParsed(), SHAPES);
});

for (const kind of KINDS.filter(({ isWhole }) => !isWhole)) {
  Deno.test(`${kind.name}: the quick scan says what parsing every line says`, () => {
    const law = new QuickScanLaw();
    holdLaw(CASES, (random) => law.hold(random, kind));
  });
}

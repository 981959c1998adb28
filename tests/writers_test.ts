/** Whatever agent can be read can be written. */

import { assertEquals } from "@std/assert";
import { FORMATS } from "../src/formats.ts";
import { WRITERS } from "../src/writers.ts";

Deno.test("every format has a writer, and every writer a format", () => {
  assertEquals([...WRITERS.keys()], FORMATS.map(({ agent }) => agent));
});

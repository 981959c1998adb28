/** Tests of the layer check: each law is broken once, and seen to be. */

import { assertEquals } from "@std/assert";
import { findLayerFaults } from "../scripts/check_layers.ts";
import type { Layer } from "../scripts/layer_table.ts";

const LAYERS: readonly Layer[] = [
  { row: 0, name: "words", files: ["errors.ts", "text.ts"], deno: "none" },
  { row: 1, name: "formats", files: ["format_*.ts"], deno: "none" },
  { row: 2, name: "files", files: ["host.ts"], deno: "all but exit" },
  { row: 3, name: "main", files: ["main.ts"], deno: "all" },
];

Deno.test("findLayerFaults() returns nothing for an import from a lower layer", () => {
  assertEquals(faults("src/host.ts", 'import { zot } from "./format_zot.ts";'), []);
  assertEquals(faults("main.ts", 'import { run } from "./src/host.ts";'), []);
  assertEquals(faults("src/host.ts", 'import { join } from "@std/path";'), []);
  assertEquals(faults("src/host.ts", 'import c from "../deno.json" with { type: "json" };'), []);
});

Deno.test("findLayerFaults() returns an import from a layer above", () => {
  assertEquals(faults("src/errors.ts", '} from "./host.ts";'), [
    'violation src/errors.ts:1 imports "src/host.ts" of layer "files", which is above its own, "words"',
  ]);
});

Deno.test("findLayerFaults() returns an import from a sibling, and of types as well", () => {
  const reason = 'imports "src/text.ts", a sibling in layer "words"';
  assertEquals(faults("src/errors.ts", 'import type { Cells } from "./text.ts";'), [
    `violation src/errors.ts:1 ${reason}`,
  ]);
  assertEquals(faults("src/format_zot.ts", 'export { claw } from "./format_claw.ts";'), [
    'violation src/format_zot.ts:1 imports "src/format_claw.ts", a sibling in layer "formats"',
  ]);
});

Deno.test("findLayerFaults() returns imports without names and at run time", () => {
  for (const text of ['import "./host.ts";', 'const host = await import("./host.ts");']) {
    assertEquals(faults("src/errors.ts", text).length, 1, text);
  }
});

Deno.test("findLayerFaults() returns an import of what is in no layer", () => {
  assertEquals(faults("src/host.ts", 'import { x } from "../tests/x.ts";'), [
    'violation src/host.ts:1 imports "tests/x.ts", which is in no layer',
  ]);
});

Deno.test("findLayerFaults() returns a file in no layer and a file in two", () => {
  assertEquals(faults("src/cache.ts", ""), [
    "violation src/cache.ts:1 in no layer of scripts/layer_table.ts",
  ]);
  const twice: readonly Layer[] = [...LAYERS, {
    row: 4,
    name: "x",
    files: ["host.ts"],
    deno: "all",
  }];
  assertEquals(
    findLayerFaults([{ path: "src/host.ts", lines: [""] }], twice).map(({ reason }) => reason),
    ["in 2 layers, not in one"],
  );
});

Deno.test("findLayerFaults() returns Deno, exits and the console where they are forbidden", () => {
  assertEquals(faults("src/text.ts", "const a = 1;\nDeno.cwd();"), [
    "violation src/text.ts:2 uses Deno, which its layer may not",
  ]);
  assertEquals(faults("src/host.ts", "Deno.exit(1);"), [
    "violation src/host.ts:1 ends the process, which only main.ts may",
  ]);
  assertEquals(faults("src/host.ts", "console.log(1);"), [
    "violation src/host.ts:1 uses the console in the place of the host's outputs",
  ]);
  assertEquals(faults("main.ts", "Deno.exit(await run(Deno.args));"), []);
});

Deno.test("findLayerFaults() ignores comments", () => {
  const lines = [
    "/**",
    ' * import { x } from "./host.ts";',
    " * Deno.exit",
    " */",
    "// console.log",
  ];
  assertEquals(faults("src/text.ts", lines.join("\n")), []);
});

Deno.test("findLayerFaults() returns drawers", () => {
  for (const name of ["utils.ts", "helper.ts", "common.ts", "types.ts", "index.ts"]) {
    assertEquals(faults(`src/${name}`, "").length, 2, name);
  }
});

Deno.test("findLayerFaults() warns above 200 lines and refuses above 300", () => {
  const lines = (count: number) => "a\n".repeat(count);
  assertEquals(faults("src/text.ts", lines(200)), []);
  assertEquals(faults("src/text.ts", lines(201)), [
    "warning src/text.ts:201 201 lines, above 200: why?",
  ]);
  assertEquals(faults("src/text.ts", lines(300)).length, 1);
  assertEquals(faults("src/text.ts", lines(301)), [
    "violation src/text.ts:301 301 lines, above 300: split it",
  ]);
});

function faults(path: string, text: string): readonly string[] {
  return findLayerFaults([{ path, lines: text.split("\n") }], LAYERS)
    .map((finding) => `${finding.severity} ${finding.path}:${finding.line} ${finding.reason}`);
}

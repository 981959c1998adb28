/**
 * Assembles the WebAssembly of `src/`, such as `row_scanner.wat` into `row_scanner_wasm.ts`: `deno
 * task scanner`.
 *
 * What is built is kept in the repository, so that nobody needs the assembler to compile skein; a
 * test holds it against the source.
 */

import { join } from "@std/path";
import wabt from "wabt";
import { runScript } from "./run_script.ts";
import { REPOSITORY } from "./runtime_base.ts";

/** The names of the modules. */
export const MODULES = ["row_scanner", "byte_finder"] as const;
/** The name of a module. */
export type ModuleName = typeof MODULES[number];

/** Characters of base64 in a line. */
const LINE = 96;

/** Gives the text that a module is assembled from: `<name>.wat` and its parts, `<name>_<part>.wat`. */
export function readSource(name: ModuleName): string {
  const folder = join(REPOSITORY, "src");
  const parts = Array.from(Deno.readDirSync(folder), (entry) => entry.name)
    .filter((file) =>
      file === `${name}.wat` || file.startsWith(`${name}_`) && file.endsWith(".wat")
    )
    .sort()
    .map((file) => Deno.readTextFileSync(join(folder, file)));
  return `(module\n${parts.join("\n")})\n`;
}

/** Assembles the text of a module. */
export async function assemble(source: string): Promise<Uint8Array<ArrayBuffer>> {
  const assembler = await wabt();
  const parsed = assembler.parseWat("module.wat", source, { simd: true });
  try {
    parsed.validate();
    return new Uint8Array(parsed.toBinary({}).buffer);
  } finally {
    parsed.destroy();
  }
}

/** Gives the text that the file of a module has to have. */
export async function buildModule(name: ModuleName): Promise<string> {
  const base64 = (await assemble(readSource(name))).toBase64();
  const lines = base64.match(new RegExp(`.{1,${LINE}}`, "g")) ?? [];
  return [
    `/** The bytes of \`${name}.wat\`, as \`deno task scanner\` assembles it. */`,
    "",
    "/** A WebAssembly module in base64. */",
    `export const ${name.toUpperCase()}_WASM =`,
    ...lines.map((line, index) => `  "${line}"${index === lines.length - 1 ? ";" : " +"}`),
    "",
  ].join("\n");
}

/** Gives the text of the file that is in the repository. */
export function readModule(name: ModuleName): string {
  return Deno.readTextFileSync(pathOf(name));
}

function pathOf(name: ModuleName): string {
  return join(REPOSITORY, "src", `${name}_wasm.ts`);
}

async function main(): Promise<number> {
  for (const name of MODULES) Deno.writeTextFileSync(pathOf(name), await buildModule(name));
  return 0;
}

if (import.meta.main) await runScript(main);

/**
 * Assembles `src/row_scanner.wat` into `src/row_scanner_wasm.ts`: `deno task scanner`.
 *
 * What is built is kept in the repository, so that nobody needs the assembler to compile skein; a
 * test holds it against the source.
 */

import { join } from "@std/path";
import wabt from "wabt";
import { runScript } from "./run_script.ts";
import { REPOSITORY } from "./runtime_base.ts";

const SOURCE = join(REPOSITORY, "src", "row_scanner.wat");
const MODULE = join(REPOSITORY, "src", "row_scanner_wasm.ts");

/** Characters of base64 in a line. */
const LINE = 96;

/** Gives the text of the scanner in the repository. */
export function readScannerSource(): string {
  return Deno.readTextFileSync(SOURCE);
}

/** Assembles the text of a scanner. */
export async function assembleScanner(source: string): Promise<Uint8Array<ArrayBuffer>> {
  const assembler = await wabt();
  const parsed = assembler.parseWat("row_scanner.wat", source, { simd: true });
  try {
    parsed.validate();
    return new Uint8Array(parsed.toBinary({}).buffer);
  } finally {
    parsed.destroy();
  }
}

/** Gives the text that the module has to have. */
export async function buildScannerModule(): Promise<string> {
  const base64 = (await assembleScanner(readScannerSource())).toBase64();
  const lines = base64.match(new RegExp(`.{1,${LINE}}`, "g")) ?? [];
  return [
    "/** The bytes of `row_scanner.wat`, as `deno task scanner` assembles it. */",
    "",
    "/** A WebAssembly module in base64. */",
    "export const ROW_SCANNER_WASM =",
    ...lines.map((line, index) => `  "${line}"${index === lines.length - 1 ? ";" : " +"}`),
    "",
  ].join("\n");
}

/** Gives the text of the module that is in the repository. */
export function readScannerModule(): string {
  return Deno.readTextFileSync(MODULE);
}

async function main(): Promise<number> {
  Deno.writeTextFileSync(MODULE, await buildScannerModule());
  return 0;
}

if (import.meta.main) await runScript(main);

/**
 * The real files that the strict loaders are tried on, where they are at hand. Nothing of their
 * text is ever printed: a test compares counts, names and roles.
 */

import { join } from "node:path";

// deno-lint-ignore no-explicit-any -- rows are read without skein's own types, on purpose
type Row = any;

/** Gives the paths of an agent's real files, none where the folder is absent. */
export function findRealFiles(agent: string): readonly string[] {
  const folder = new URL(`../../shared/corpus/${agent}`, import.meta.url).pathname;
  try {
    return [...walk(folder)].sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function* walk(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* walk(path);
    else yield path;
  }
}

/** Gives a file's bytes, the rows that JSON.parse() reads, and how many lines it does not read. */
export function readRealFile(
  path: string,
): { readonly bytes: Uint8Array; readonly rows: readonly Row[]; readonly damaged: number } {
  const bytes = Deno.readFileSync(path);
  const lines = new TextDecoder().decode(bytes).split("\n").filter((line) => line.trim() !== "");
  const rows = lines.flatMap(parseRow);
  return { bytes, rows, damaged: lines.length - rows.length };
}

function parseRow(line: string): readonly Row[] {
  try {
    return [JSON.parse(line)];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

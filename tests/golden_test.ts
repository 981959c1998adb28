/**
 * Replays README.md and every page of tests/golden, each as one test. README.md finds the sample
 * store in its home, for its readers have sessions already.
 *
 * `SKEIN_GOLDEN=write` rewrites the pages instead, and their diff is read like code.
 * `SKEIN_BINARY` names a compiled binary to run in the place of the program's own `run`; then
 * `SKEIN_GOLDEN_ROOT` names a folder that the binary was compiled for, to put the homes in, as
 * scripts/golden_binary.ts does.
 */

import { assertEquals } from "@std/assert";
import { dirname, fromFileUrl, join } from "@std/path";
import { replayPage, type SkeinRunner } from "./golden.ts";
import type { PageStyle } from "./golden_page.ts";
import { makeBinaryRunner, runInProcess } from "./golden_runners.ts";

const TESTS = dirname(fromFileUrl(import.meta.url));
const BINARY = Deno.env.get("SKEIN_BINARY");
const RUN: SkeinRunner = BINARY === undefined
  ? (call) => runInProcess(call)
  : makeBinaryRunner(BINARY);

/** Equal lines to show around those that differ. */
const CONTEXT_LINES = 5;

for (const name of findPages()) {
  Deno.test(`${name} shows what skein prints`, () =>
    checkPage(join(TESTS, "golden", name), "indented"));
}

const README = join(TESTS, "../README.md");
Deno.test({
  name: "README.md shows what skein prints",
  ignore: !hasFile(README),
  fn: () => checkPage(README, "fenced"),
});

async function checkPage(path: string, style: PageStyle): Promise<void> {
  const dir = Deno.env.get("SKEIN_GOLDEN_ROOT");
  const folder = Deno.realPathSync(Deno.makeTempDirSync(dir === undefined ? {} : { dir }));
  try {
    const recorded = Deno.readTextFileSync(path);
    const before = style === "fenced" ? ["sample"] : [];
    const { text, skipped } = await replayPage(recorded, RUN, { style, folder, before });
    if (skipped > 0) console.info(`skipped for want of a terminal: ${skipped}`);
    if (Deno.env.get("SKEIN_GOLDEN") !== "write") return checkText(text, recorded, path);
    if (text !== recorded) Deno.writeTextFileSync(path, text);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Compares whole texts, but shows only the part that differs, for pages are long. */
function checkText(actual: string, recorded: string, path: string): void {
  const [a, b] = [actual.split("\n"), recorded.split("\n")];
  const first = a.findIndex((line, i) => line !== b[i]);
  if (first < 0 && a.length === b.length) return;
  const start = Math.max(0, (first < 0 ? a.length : first) - CONTEXT_LINES);
  let same = 0;
  while (same < Math.min(a.length, b.length) - start && a.at(-1 - same) === b.at(-1 - same)) same++;
  const cut = (lines: readonly string[]) =>
    lines.slice(start, lines.length - Math.max(0, same - CONTEXT_LINES)).join("\n");
  assertEquals(cut(a), cut(b), `${path}:${start + 1} differs; deno task golden records it anew`);
  throw new Error(`${path} differs`);
}

function findPages(): readonly string[] {
  return [...Deno.readDirSync(join(TESTS, "golden"))]
    .map((entry) => entry.name)
    .filter((name) => name.endsWith(".md"))
    .sort();
}

function hasFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

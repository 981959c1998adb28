/**
 * Holds the source against the layer table, and against the laws that a search can prove.
 *
 * It reads lines, not syntax: the formatter keeps an import's path on one line, and a comment line
 * is one that starts as one. So a law can be broken by trying, but not by accident.
 */

import { basename, dirname, fromFileUrl, join } from "@std/path";
import { type Layer, LAYERS } from "./layer_table.ts";
import { readSources, type Source } from "./sources.ts";

/** Something that a file does against the rules. */
export interface Finding {
  readonly severity: "violation" | "warning";
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

const MAX_LINES = 300;
const LONG_LINES = 200;
const DRAWERS = /^(utils?|helpers?|common|types|index)\.ts$/;
/** Imports of code; data, such as the version in deno.json, belongs to no layer. */
const IMPORT = /\b(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+\.ts)"/;
const COMMENT = /^\s*(\/\/|\/\*|\*)/;

/**
 * Finds everything in these files that the layer table or a law forbids.
 *
 * @param sources Files with their paths from the top of the repository: main.ts and `src/`.
 */
export function findLayerFaults(
  sources: readonly Source[],
  layers: readonly Layer[] = LAYERS,
): readonly Finding[] {
  return sources.flatMap((source) => [
    ...findFileFaults(source, layers),
    ...source.lines.flatMap((text, i) =>
      COMMENT.test(text) ? [] : [
        ...findImportFaults(source.path, text, layers),
        ...findTextFaults(source.path, text, layers),
      ]
        .map((reason): Finding => ({
          severity: "violation",
          path: source.path,
          line: i + 1,
          reason,
        }))
    ),
  ]);
}

function findFileFaults(source: Source, layers: readonly Layer[]): readonly Finding[] {
  const { path, lines } = source;
  const found: Finding[] = [];
  const add = (severity: Finding["severity"], line: number, reason: string) =>
    found.push({ severity, path, line, reason });
  const places = findPlaces(path, layers);
  if (places.length === 0) add("violation", 1, "in no layer of scripts/layer_table.ts");
  if (places.length > 1) add("violation", 1, `in ${places.length} layers, not in one`);
  if (DRAWERS.test(basename(path))) {
    add("violation", 1, "a drawer: name the file after what it holds");
  }
  const count = lines.at(-1) === "" ? lines.length - 1 : lines.length;
  if (count > MAX_LINES) add("violation", count, `${count} lines, above ${MAX_LINES}: split it`);
  else if (count > LONG_LINES) add("warning", count, `${count} lines, above ${LONG_LINES}: why?`);
  return found;
}

function findImportFaults(path: string, text: string, layers: readonly Layer[]): readonly string[] {
  const target = IMPORT.exec(text)?.[1];
  if (target === undefined) return [];
  const imported = join(dirname(path), target);
  const [from] = findPlaces(path, layers);
  const [to] = findPlaces(imported, layers);
  // A file outside of the table is reported as a file.
  if (from === undefined) return [];
  if (to === undefined) return [`imports "${imported}", which is in no layer`];
  if (to < from) return [];
  const [own, other] = [layers[from]?.name, layers[to]?.name];
  return to === from
    ? [`imports "${imported}", a sibling in layer "${own}"`]
    : [`imports "${imported}" of layer "${other}", which is above its own, "${own}"`];
}

function findTextFaults(path: string, text: string, layers: readonly Layer[]): readonly string[] {
  const law = layers[findPlaces(path, layers)[0] ?? -1]?.deno;
  const reasons: string[] = [];
  if (law === "none" && /\bDeno\./.test(text)) reasons.push("uses Deno, which its layer may not");
  if (law === "all but exit" && /\bDeno\.exit\b/.test(text)) {
    reasons.push("ends the process, which only main.ts may");
  }
  if (/\bconsole\./.test(text)) reasons.push("uses the console in the place of the host's outputs");
  return reasons;
}

/** The indices of the layers that a file is in. */
function findPlaces(path: string, layers: readonly Layer[]): readonly number[] {
  return layers.flatMap(({ files }, i) => (files.some((name) => matches(path, name)) ? [i] : []));
}

function matches(path: string, name: string): boolean {
  const whole = name === "main.ts" ? name : `src/${name}`;
  const pattern = RegExp.escape(whole).replaceAll("\\*", "[a-z0-9_]+");
  return new RegExp(`^${pattern}$`).test(path);
}

if (import.meta.main) {
  const top = dirname(dirname(fromFileUrl(import.meta.url)));
  const sources = readSources(top, ["main.ts", "src"]);
  const findings = findLayerFaults(sources);
  for (const { severity, path, line, reason } of findings) {
    const note = severity === "warning" ? "warning: " : "";
    console.error(`${path}:${line}: ${note}${reason}`);
  }
  const violations = findings.filter((finding) => finding.severity === "violation").length;
  if (violations > 0) Deno.exit(1);
  console.log(`ok: ${sources.length} files keep to ${LAYERS.length} layers`);
}

/** The page `docs/speed.md`: what was measured, on what machine, and how to measure it again. */

import { PEERS } from "./bench_peers.ts";

/** A job's part of the page. */
export interface Section {
  readonly title: string;
  readonly table: readonly string[];
}

/** What the page is made of. */
export interface PageParts {
  readonly sections: readonly Section[];
  readonly rounds: number;
  /** A day, as 2026-11-20. */
  readonly day: string;
  readonly machine: string;
  /** What the programs say of their versions. */
  readonly versions: readonly string[];
  /** What was left out, by name, and why. */
  readonly skipped: readonly string[];
}

/** Gives the page as Markdown. */
export function renderPage(parts: PageParts): string {
  const { sections, rounds, day, machine, versions, skipped } = parts;
  return [
    "# Speed",
    "",
    "`deno task bench --write` makes its corpora once, runs the programs, and writes this page. " +
    `Here it ran on ${day}, on ${machine}. ${versions.join("; ")}.`,
    "",
    `Every time is of a whole process from its start to its end, the median of ${rounds} runs, ` +
    "with the files in memory. The programs of a table ran in turns, so what else the machine did " +
    "fell on all of them: the ratios tell more than the times, and times of two tables are not to " +
    'be compared. "To" is the time as a multiple of that program\'s. Peak memory is of one run ' +
    "more, by GNU time.",
    "",
    ...skipped.flatMap((what) => [`Left out: ${what}.`, ""]),
    "The corpora are invented: `many` is zot's sessions of all sizes, `small` such of 1 to 5 KB, " +
    "`large` one with a row of 25 MB, `mixed` those of four agents. The programs:",
    "",
    ...PEERS.map(({ name, what }) => `- **${name}**: ${what}.`),
    "",
    ...sections.flatMap(({ title, table }) => [`## ${title}`, "", ...table, ""]),
  ].join("\n");
}

/** Names the processor and how many there are of it; never the host. */
export function describeMachine(cpuInfo: string | undefined): string {
  const cores = navigator.hardwareConcurrency;
  const model = /^model name\s*:\s*(.+)$/m.exec(cpuInfo ?? "")?.[1]?.trim() ?? Deno.build.arch;
  const systems: Readonly<Record<string, string>> = { darwin: "macOS", linux: "Linux" };
  const system = systems[Deno.build.os] ?? Deno.build.os;
  return `${cores} ${cores === 1 ? "core" : "cores"} of ${model} with ${system}`;
}

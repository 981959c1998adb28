/** What was measured, as Markdown: a table for a job, and one for growth. */

import type { Timing } from "./bench_run.ts";

/** How large a corpus is. */
export interface CorpusExtent {
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Gives the table of a job: a line for each program, with its time as a multiple of each
 * yardstick's. What could not be measured is a hyphen.
 */
export function renderJobTable(
  timings: readonly Timing[],
  yardsticks: readonly string[],
): readonly string[] {
  const lines = timings.map((timing) => [
    formatName(timing.peer),
    formatMs(timing.medianMs),
    ...yardsticks.map((name) => formatRatio(timing.medianMs, findMs(timings, name))),
    timing.peakBytes === undefined ? "-" : formatMegabytes(timing.peakBytes),
  ]);
  const ratios = yardsticks.map((name) => `to ${formatName(name)}`);
  return renderTable([["program", "median", ...ratios, "peak memory"], ...lines]);
}

/**
 * Gives the table of growth: a line for each size, the smallest first, and for each program its
 * time, as a multiple of that at the smallest size too.
 */
export function renderGrowthTable(
  timings: readonly Timing[],
  sizes: readonly CorpusExtent[],
): readonly string[] {
  const peers = [...new Set(timings.map(({ peer }) => peer))];
  const [smallest] = sizes;
  const msOf = (peer: string, corpus: string | undefined) =>
    timings.find((timing) => timing.peer === peer && timing.corpus === corpus)?.medianMs;
  const lines = sizes.map(({ name, files, bytes }) => [
    formatRatio(files, smallest?.files),
    formatCount(files),
    formatMegabytes(bytes),
    ...peers.flatMap((peer) => {
      const ms = msOf(peer, name);
      return [formatMs(ms ?? NaN), formatRatio(ms ?? NaN, msOf(peer, smallest?.name))];
    }),
  ]);
  const names = peers.flatMap((peer) => [formatName(peer), "grows"]);
  return renderTable([["size", "files", "bytes", ...names], ...lines]);
}

/** Gives the size of a corpus in words. */
export function describeExtent({ files, bytes }: Omit<CorpusExtent, "name">): string {
  return `${formatCount(files)} ${files === 1 ? "file" : "files"}, ${formatMegabytes(bytes)}`;
}

/** Gives one number as a multiple of another: `0.42`, `3.1`, `27`; a hyphen where there is none. */
export function formatRatio(number: number, of: number | undefined): string {
  const ratio = of === undefined || of === 0 ? NaN : number / of;
  if (!Number.isFinite(ratio)) return "-";
  return ratio.toFixed(ratio < 1 ? 2 : ratio < 9.95 ? 1 : 0);
}

function findMs(timings: readonly Timing[], peer: string): number | undefined {
  return timings.find((timing) => timing.peer === peer)?.medianMs;
}

/** The names of commands are code, those of what was compiled for the benchmark are not. */
function formatName(name: string): string {
  return /^(cat|wc|rg|jq)\b/.test(name) ? `\`${name}\`` : name;
}

function formatMs(ms: number): string {
  return Number.isFinite(ms) ? `${ms < 100 ? ms.toFixed(1) : formatCount(Math.round(ms))} ms` : "-";
}

function formatMegabytes(bytes: number): string {
  return `${formatCount(Math.round(bytes / 1e6))} MB`;
}

function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** The first column is text, the others are numbers. */
function renderTable(rows: readonly (readonly string[])[]): readonly string[] {
  const [head = [], ...body] = rows;
  const widths = head.map((_, at) => Math.max(3, ...rows.map((row) => row[at]?.length ?? 0)));
  const pad = (row: readonly string[]) =>
    row.map((cell, at) => at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0));
  const rule = widths.map((width, at) =>
    at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`
  );
  return [pad(head), rule, ...body.map(pad)].map((cells) => `| ${cells.join(" | ")} |`);
}

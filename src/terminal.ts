/** What depends on where output goes: whether it is coloured, and how wide it may be. */

import type { Host, Output } from "./host.ts";
import { COLORED, PLAIN, type Style } from "./style.ts";

/** Tells whether the terminal can only print: it knows no colour, and its cursor cannot be moved. */
export function isDumb(host: Pick<Host, "env">): boolean {
  return host.env("TERM") === "dumb";
}

/**
 * The style of an output: what `--color` says, else colour on a terminal whose user allows it.
 *
 * No variable forces colour into a pipe, as FORCE_COLOR and CLICOLOR_FORCE do elsewhere: standard
 * output is data, and what a script reads would depend on what somebody once set for another
 * program. `--color always` does it for the one command that it is typed for.
 */
export function findStyle(
  wish = "auto",
  output: Output,
  host: Pick<Host, "allowsColor" | "env">,
): Style {
  const isAuto = wish === "auto" && output.isTerminal && host.allowsColor && !isDumb(host);
  return wish === "always" || isAuto ? COLORED : PLAIN;
}

/** The width of standard output in cells, as it is now; undefined in a pipe, where nothing is cut. */
export function findWidth(host: Pick<Host, "env" | "stdout" | "terminalSize">): number | undefined {
  const columns = Number(host.env("COLUMNS") ?? NaN);
  if (Number.isSafeInteger(columns) && columns > 0) return columns;
  return host.stdout.isTerminal ? host.terminalSize()?.columns ?? 80 : undefined;
}

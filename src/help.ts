/** Help, made from the same declarations that parse the command line. */

import type { Command, ListedCommand } from "./command.ts";
import { type Flag, GLOBAL_FLAGS, listSpellings } from "./flags.ts";
import {
  ABOUT,
  EXIT_CODES,
  type Explained,
  PICKING_HELP,
  SESSION_HELP,
  VARIABLES,
} from "./manual.ts";
import { wrap } from "./text.ts";

/** Cells that a page of help takes, which every terminal has. */
const PAGE_WIDTH = 80;

/** The page that `skein --help` prints. */
export function formatHelp(commands: readonly ListedCommand[]): string {
  return [
    ...wrap(ABOUT, PAGE_WIDTH),
    "",
    "Usage: skein COMMAND [FLAGS]",
    "",
    "Commands:",
    ...align(commands.map(({ name, summary }) => [name, summary])),
    "",
    ...wrap(SESSION_HELP, PAGE_WIDTH),
    "",
    "Flags of every command:",
    ...align(GLOBAL_FLAGS.map(formatFlag)),
    "",
    "Environment:",
    ...align(VARIABLES),
    "",
    "Exit codes:",
    ...align(Object.entries(EXIT_CODES)),
    "",
    "skein COMMAND --help says more of a command.",
  ].join("\n") + "\n";
}

/** The page that `skein COMMAND --help` prints. */
export function formatCommandHelp(command: Command): string {
  const { summary, operands, picks, flags, examples } = command;
  const sessionHelp = picks === undefined ? SESSION_HELP : `${SESSION_HELP} ${PICKING_HELP}`;
  return [
    `${summary}.`,
    "",
    `Usage: ${formatUsage(command)}`,
    "",
    "Flags:",
    ...align([...flags, ...GLOBAL_FLAGS].map(formatFlag)),
    ...(operands.includes("SESSION") ? ["", ...wrap(sessionHelp, PAGE_WIDTH)] : []),
    "",
    "Examples:",
    ...align(examples.map(([line, what]) => [formatExample(command, line), what])),
  ].join("\n") + "\n";
}

/** A command's usage on one line. */
export function formatUsage({ name, operands, picks }: Command): string {
  const typed = picks === undefined ? operands : `[${operands}]`;
  return ["skein", name, typed, "[FLAGS]"].filter(Boolean).join(" ");
}

/** An example of a command as it is typed. */
export function formatExample({ name }: Command, line: string): string {
  return ["skein", name, line].filter(Boolean).join(" ");
}

/** What a flag does, and what it takes where that is not for the person to choose. */
export function describeFlag({ about, choices }: Flag): string {
  return choices === undefined ? about : `${about} (${choices.join(", ")})`;
}

function formatFlag(flag: Flag): Explained {
  const shown = (flag.short === undefined ? "    " : "") + listSpellings(flag).join(", ");
  return [flag.value === undefined ? shown : `${shown} ${flag.value}`, describeFlag(flag)];
}

function align(rows: readonly Explained[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.flatMap(([left, right]) =>
    wrap(right, PAGE_WIDTH - width - 4).map((line, index) =>
      `  ${(index === 0 ? left : "").padEnd(width)}  ${line}`
    )
  );
}

/** Help, made from the same declarations that parse the command line. */

import type { Command } from "./command.ts";
import { ENVIRONMENT } from "./environment.ts";
import { type Flag, GLOBAL_FLAGS } from "./flags.ts";
import { wrap } from "./text.ts";

/** Cells that a page of help takes, which every terminal has. */
const PAGE_WIDTH = 80;

const SESSION_HELP =
  "A SESSION is an id, four or more of its first characters, a path, latest or latest~N.";
const PICKING_HELP =
  "Without one, a terminal shows the sessions to pick from: type to filter, Enter takes one.";

/** The page that `skein --help` prints. */
export function formatHelp(commands: readonly Command[]): string {
  return [
    "skein looks after the session files of coding agents: lists, shows, prunes,",
    "branches and moves them, with an undo.",
    "",
    "Usage: skein COMMAND [FLAGS]",
    "",
    "Commands:",
    ...align(commands.map(({ name, summary }) => [name, summary])),
    "",
    ...wrap(SESSION_HELP, PAGE_WIDTH),
    "",
    "Flags of every command:",
    ...align(GLOBAL_FLAGS.map(describeFlag)),
    "",
    "Environment:",
    ...align([...Object.entries(ENVIRONMENT), ["NO_COLOR", "no colour, as --color never"]]),
    "",
    "Exit codes: 0 done, 1 cannot, 2 mistyped, 3 some files damaged or unreadable,",
    "4 refused for safety, 70 a bug, 130 interrupted",
    "",
    "skein COMMAND --help says more of a command.",
  ].join("\n") + "\n";
}

/** The page that `skein COMMAND --help` prints. */
export function formatCommandHelp(command: Command): string {
  const { name, summary, operands, picks, flags, examples } = command;
  const sessionHelp = picks === undefined ? SESSION_HELP : `${SESSION_HELP} ${PICKING_HELP}`;
  return [
    `${summary}.`,
    "",
    `Usage: ${formatUsage(command)}`,
    "",
    "Flags:",
    ...align([...flags, ...GLOBAL_FLAGS].map(describeFlag)),
    ...(operands.includes("SESSION") ? ["", ...wrap(sessionHelp, PAGE_WIDTH)] : []),
    "",
    "Examples:",
    ...align(examples.map(([line, what]) => [`skein ${name}${line && ` ${line}`}`, what])),
  ].join("\n") + "\n";
}

/** A command's usage on one line. */
export function formatUsage({ name, operands, picks }: Command): string {
  const typed = picks === undefined ? operands : `[${operands}]`;
  return ["skein", name, typed, "[FLAGS]"].filter(Boolean).join(" ");
}

function describeFlag({ name, short, value, choices, about }: Flag): readonly [string, string] {
  const shown = `${short === undefined ? "    " : `-${short}, `}--${name}`;
  const ending = choices === undefined ? "" : ` (${choices.join(", ")})`;
  return [value === undefined ? shown : `${shown} ${value}`, about + ending];
}

function align(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.flatMap(([left, right]) =>
    wrap(right, PAGE_WIDTH - width - 4).map((line, index) =>
      `  ${(index === 0 ? left : "").padEnd(width)}  ${line}`
    )
  );
}

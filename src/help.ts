/** Help, made from the same declarations that parse the command line. */

import type { Command } from "./command.ts";
import { ENVIRONMENT } from "./environment.ts";
import { type Flag, GLOBAL_FLAGS } from "./flags.ts";

/** The page that `skein --help` prints. */
export function formatHelp(commands: readonly Command[]): string {
  return [
    "skein looks after the session files of coding agents: lists them, shows them, draws how they",
    "branch. It changes nothing unless you ask it to.",
    "",
    "Usage: skein COMMAND [FLAGS]",
    "",
    "Commands:",
    ...align(commands.map(({ name, summary }) => [name, summary])),
    "",
    "A SESSION is an id, four or more of its first characters, a path, latest or latest~N.",
    "",
    "Flags of every command:",
    ...align(GLOBAL_FLAGS.map(describeFlag)),
    "",
    "Environment:",
    ...align(Object.entries(ENVIRONMENT)),
    "",
    "Exit codes: 0 done, 1 cannot, 2 usage, 3 some files damaged, 4 refused for safety, 70 a bug",
    "",
    "skein COMMAND --help says more of a command.",
  ].join("\n") + "\n";
}

/** The page that `skein COMMAND --help` prints. */
export function formatCommandHelp(command: Command): string {
  const { name, summary, operands, flags, examples } = command;
  return [
    `${summary}.`,
    "",
    `Usage: ${formatUsage(command)}`,
    "",
    "Flags:",
    ...align([...flags, ...GLOBAL_FLAGS].map(describeFlag)),
    ...(operands.includes("SESSION")
      ? [
        "",
        "A SESSION is an id, four or more of its first characters, a path, latest or latest~N.",
      ]
      : []),
    "",
    "Examples:",
    ...align(examples.map(([line, what]) => [`skein ${name}${line && ` ${line}`}`, what])),
  ].join("\n") + "\n";
}

/** A command's usage on one line. */
export function formatUsage({ name, operands }: Command): string {
  return ["skein", name, operands, "[FLAGS]"].filter(Boolean).join(" ");
}

function describeFlag({ name, short, value, choices, about }: Flag): readonly [string, string] {
  const shown = `${short === undefined ? "    " : `-${short}, `}--${name}`;
  const ending = choices === undefined ? "" : ` (${choices.join(", ")})`;
  return [value === undefined ? shown : `${shown} ${value}`, about + ending];
}

function align(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

/** `skein completions`: a script for a shell, which asks skein at each press of Tab what fits. */

import type { CommandBody, CommandContext, Outcome } from "./command.ts";
import { UsageError } from "./errors.ts";
import { listChoices } from "./flags.ts";
import { findNearest } from "./nearest.ts";
import { SHELLS } from "./shells.ts";

const NAMES = SHELLS.map(({ name }) => name);

/** The command. */
export const completions: CommandBody = {
  operands: NAMES.join("|"),
  arity: [1, 1],
  writes: false,
  cache: "none",
  flags: [],
  examples: SHELLS.map(({ install }) => install),
  run,
};

function run({ args: [name = ""], host }: CommandContext): Outcome {
  const shell = SHELLS.find((candidate) => candidate.name === name);
  if (shell === undefined) {
    const nearest = findNearest(name, NAMES);
    throw new UsageError(`skein completions takes ${listChoices(NAMES)}, not "${name}"`, {
      hint: nearest === undefined ? `skein completions ${NAMES[0]}` : `did you mean ${nearest}?`,
    });
  }
  host.stdout.write(shell.script);
  return "done";
}

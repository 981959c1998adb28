/** `skein help`: the pages that `--help` prints, asked for by name. */

import { type CommandBody, type CommandContext, findCommand, type Outcome } from "./command.ts";
import { formatCommandHelp, formatHelp } from "./help.ts";

/** The command. */
export const help: CommandBody = {
  operands: "[COMMAND]",
  arity: [0, 1],
  writes: false,
  cache: "none",
  flags: [],
  examples: [
    ["", "what skein can do"],
    ["prune", "the flags of prune, and what to try"],
  ],
  run,
};

async function run({ args: [topic], loadCommands, host }: CommandContext): Promise<Outcome> {
  const commands = await loadCommands();
  host.stdout.write(
    topic === undefined ? formatHelp(commands) : formatCommandHelp(findCommand(topic, commands)),
  );
  return "done";
}

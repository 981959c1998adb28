/** `skein man`: the manual page, made from the declarations that help is made from. */

import type { CommandBody, CommandContext, Outcome } from "./command.ts";
import { formatManPage } from "./man_page.ts";

/** The command. */
export const man: CommandBody = {
  operands: "",
  arity: [0, 0],
  writes: false,
  cache: "none",
  flags: [],
  examples: [
    ["| man -l -", "read it"],
    ["> ~/.local/share/man/man1/skein.1", "put it where man finds it"],
  ],
  run,
};

async function run({ loadCommands, host }: CommandContext): Promise<Outcome> {
  host.stdout.write(formatManPage(await loadCommands()));
  return "done";
}

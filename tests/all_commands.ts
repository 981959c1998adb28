/** Every command, for tests that hold something of all of them. */

import { loadCommands } from "../src/commands.ts";

/** The commands, in the order in which help lists them. */
export const COMMANDS = await loadCommands();

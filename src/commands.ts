/**
 * All commands, in the order in which help lists them. A new one is a file `cmd_<name>.ts` and an entry
 * here.
 *
 * What a command takes and does is loaded when somebody asks for it: to parse all of them takes a tenth
 * of the time in which a listing is printed that was kept.
 */

import { type Command, type CommandBody, findCommand, type ListedCommand } from "./command.ts";

/** A command whose body is loaded when it is asked for. */
export interface LateCommand extends ListedCommand {
  readonly load: () => Promise<CommandBody>;
}

/** The commands. */
export const COMMANDS: readonly LateCommand[] = [
  {
    name: "list",
    summary: "List sessions, the latest first",
    load: async () => (await import("./cmd_list.ts")).list,
  },
  {
    name: "show",
    summary: "Show a session as its agent would resume it",
    load: async () => (await import("./cmd_show.ts")).show,
  },
  {
    name: "search",
    summary: "Find lines of messages that match a pattern",
    load: async () => (await import("./cmd_search.ts")).search,
  },
  {
    name: "tree",
    summary: "Draw how sessions branched from one another",
    load: async () => (await import("./cmd_tree.ts")).tree,
  },
  {
    name: "branch",
    summary: "Make a new session from the first messages of another",
    load: async () => (await import("./cmd_branch.ts")).branch,
  },
  {
    name: "export",
    summary: "Write sessions as pages to read, or as rows to import",
    load: async () => (await import("./cmd_export.ts")).exportCommand,
  },
  {
    name: "import",
    summary: "Take a session in from a file or a pipe",
    load: async () => (await import("./cmd_import.ts")).importCommand,
  },
  {
    name: "prune",
    summary: "Move sessions that are no longer wanted to the trash",
    load: async () => (await import("./cmd_prune.ts")).prune,
  },
  {
    name: "undo",
    summary: "Take back what the last command changed, or an earlier one",
    load: async () => (await import("./cmd_undo.ts")).undo,
  },
  {
    name: "completions",
    summary: "Print the script that completes command lines in a shell",
    load: async () => (await import("./cmd_completions.ts")).completions,
  },
  {
    name: "man",
    summary: "Print the manual page, for man to show",
    load: async () => (await import("./cmd_man.ts")).man,
  },
  {
    name: "help",
    summary: "Show help, or the help of one command",
    load: async () => (await import("./cmd_help.ts")).help,
  },
];

/** Loads every command, for whoever speaks of all of them. */
export function loadCommands(): Promise<readonly Command[]> {
  return Promise.all(COMMANDS.map(loadBody));
}

/**
 * Loads the command of a name.
 * @throws UsageError when there is none, with the nearest
 */
export async function loadCommand(name: string): Promise<Command> {
  return await loadBody(findCommand(name, COMMANDS));
}

async function loadBody({ name, summary, load }: LateCommand): Promise<Command> {
  return { name, summary, ...await load() };
}

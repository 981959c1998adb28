/**
 * All commands, in the order in which help lists them. A new one is a file `cmd_<name>.ts` and a line
 * here.
 *
 * A command's module is loaded when the command is asked for: to parse all of them takes a tenth of
 * the time in which a listing is printed that was kept.
 */

import { type Command, findCommand } from "./command.ts";

/** How each command is loaded, by its name. */
const LOADERS: Readonly<Record<string, () => Promise<Command>>> = {
  list: async () => (await import("./cmd_list.ts")).list,
  show: async () => (await import("./cmd_show.ts")).show,
  search: async () => (await import("./cmd_search.ts")).search,
  tree: async () => (await import("./cmd_tree.ts")).tree,
  branch: async () => (await import("./cmd_branch.ts")).branch,
  export: async () => (await import("./cmd_export.ts")).exportCommand,
  import: async () => (await import("./cmd_import.ts")).importCommand,
  prune: async () => (await import("./cmd_prune.ts")).prune,
  undo: async () => (await import("./cmd_undo.ts")).undo,
  completions: async () => (await import("./cmd_completions.ts")).completions,
  man: async () => (await import("./cmd_man.ts")).man,
  help: async () => (await import("./cmd_help.ts")).help,
};

/** Loads every command, for whoever speaks of all of them. */
export function loadCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(LOADERS).map((load) => load()));
}

/**
 * Loads the command of a name.
 * @throws UsageError when there is none, with the nearest
 */
export async function loadCommand(name: string): Promise<Command> {
  const load = Object.hasOwn(LOADERS, name) ? LOADERS[name] : undefined;
  return load === undefined ? findCommand(name, await loadCommands()) : await load();
}

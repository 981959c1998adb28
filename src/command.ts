/**
 * What a command is: a declaration, from which parser, help and completions are made, and `run`.
 *
 * Standard output is data, standard error is talk. A command writes its answer to `host.stdout` and
 * says everything else through `Talk`; it throws what stops it, and returns how it ended.
 */

import type { Places } from "./environment.ts";
import { UsageError } from "./errors.ts";
import type { Flag, Flags } from "./flags.ts";
import type { Host } from "./host.ts";
import { findNearest } from "./nearest.ts";
import type { CacheUse } from "./session_file_reader.ts";
import type { Store } from "./store.ts";
import type { Style } from "./style.ts";

/**
 * How a command ended that was not stopped: `partial` when files were damaged or unreadable,
 * `refused` when some were left alone for safety.
 */
export type Outcome = "done" | "partial" | "refused";

/** Says things on standard error, unless the person asked for quiet. */
export interface Talk {
  /** Something is wrong with the answer. */
  warning(text: string): void;
  /** Something worth knowing about the answer. */
  note(text: string): void;
}

/** What a command runs with. */
export interface CommandContext {
  readonly host: Host;
  /** The command that runs. */
  readonly command: Command;
  /** Loads all commands, for those that speak of them. */
  readonly loadCommands: () => Promise<readonly Command[]>;
  readonly flags: Flags;
  /** What was typed beside the flags. */
  readonly args: readonly string[];
  /** The roots are looked for when it is first asked for. */
  readonly store: Store;
  readonly style: Style;
  /** Width of the output in cells; undefined in a pipe, where nothing is cut. */
  readonly width: number | undefined;
  readonly talk: Talk;
}

/**
 * How a person at a terminal picks the SESSION that a command needs (`pick_session.ts`): then it may
 * be left out, and usage lines put it into brackets.
 */
export interface Picking {
  /** The flags that say which sessions are offered. */
  readonly filters: readonly Flag[];
}

/** A command as the list of commands has it. */
export interface ListedCommand {
  readonly name: string;
  /** One line. */
  readonly summary: string;
}

/** A command and all that is said about it. */
export interface Command extends ListedCommand, CommandBody {}

/** What a command takes, and what it does. */
export interface CommandBody {
  /** What goes beside the flags, as usage lines write it: `[SESSION]`. */
  readonly operands: string;
  /** How a SESSION that was not typed is picked; undefined where none is. */
  readonly picks?: Picking | undefined;
  /** The least and the greatest number of operands. */
  readonly arity: readonly [number, number];
  readonly flags: readonly Flag[];
  /** Command lines that are worth knowing, each with what it does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** Whether it changes sessions; one that does not gives up the leave to write. */
  readonly writes: boolean;
  /**
   * What it may do with what an earlier listing kept of the files. One that keeps something changes no
   * session, and gives up the leave to write as soon as that is kept; others that change none give it
   * up before they start.
   */
  readonly cache: CacheUse;
  run(context: CommandContext): Outcome | Promise<Outcome>;
}

/**
 * Finds a command by its name.
 * @throws UsageError when there is none, with the nearest
 */
export function findCommand<Listed extends ListedCommand>(
  name: string,
  commands: readonly Listed[],
): Listed {
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  const nearest = findNearest(name, commands.map((candidate) => candidate.name));
  throw new UsageError(`There is no command "${name}"`, {
    hint: nearest === undefined ? "skein --help lists them" : `did you mean skein ${nearest}?`,
  });
}

/** The roots that a command line names, or else the variable for them; none for the agents' own. */
export function findNamedRoots(flags: Flags, { env, os }: Places): readonly string[] {
  const named = flags.texts("root");
  return named.length > 0
    ? named
    : (env("SKEIN_ROOT") ?? "").split(os === "windows" ? ";" : ":").filter((root) => root !== "");
}

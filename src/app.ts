/**
 * The program: finds the command, runs it, and turns how it ended into an exit code.
 *
 * Errors are printed here and nowhere else. `error:` says what could not be done, `hint:` what to
 * type next; anything that is not one of our errors is a bug and shows where it comes from.
 */

import { list } from "./cmd_list.ts";
import { show } from "./cmd_show.ts";
import { tree } from "./cmd_tree.ts";
import type { Command, Outcome, Talk } from "./command.ts";
import { CannotError, ClosedPipeError, RefusedError, SkeinError, UsageError } from "./errors.ts";
import { findNearest, type Flags, GLOBAL_FLAGS, parseFlags } from "./flags.ts";
import { formatCommandHelp, formatHelp, formatUsage } from "./help.ts";
import type { Host } from "./host.ts";
import { Store } from "./store.ts";
import { COLORED, PLAIN, type Style } from "./style.ts";
import { neutralize } from "./text.ts";
import { VERSION } from "./version.ts";

/** The commands, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [list, show, tree];

/** How the process ends: done, cannot, usage, partial, refused, a bug. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 70;

/** Runs one command line on a host, prints what it has to say, and gives the exit code. */
export async function run(line: readonly string[], host: Host): Promise<ExitCode> {
  try {
    const outcome = await dispatch(line, host);
    host.stdout.flush();
    return outcome === "partial" ? 3 : 0;
  } catch (error) {
    return report(error, host);
  } finally {
    flushTalk(host);
  }
}

async function dispatch(line: readonly string[], host: Host): Promise<Outcome> {
  const [name, ...rest] = line;
  if (name === "--version" || name === "-V" || name === "version") {
    host.stdout.write(`skein ${VERSION}\n`);
    return "done";
  }
  if (name === undefined || name === "help" || name.startsWith("-")) return help(line, host);
  const command = findCommand(name);
  const { flags, args } = parseFlags(rest, [...command.flags, ...GLOBAL_FLAGS]);
  if (flags.has("version")) return dispatch(["--version"], host);
  if (flags.has("help")) return help(["help", name], host);
  const [least, most] = command.arity;
  if (args.length < least || args.length > most) {
    throw new UsageError(
      args.length < least
        ? `skein ${name} needs ${command.operands}`
        : `skein ${name} does not take "${args[most]}"`,
      { hint: formatUsage(command) },
    );
  }
  if (!command.writes) host.dropWritePermission();
  const context = {
    host,
    flags,
    args,
    store: new Store(host, findNamedRoots(flags, host)),
    style: findStyle(flags, host),
    width: findWidth(host),
    talk: talkTo(host, flags),
  };
  return await command.run(context);
}

function help(line: readonly string[], host: Host): Outcome {
  const [first, topic] = line;
  if (first !== "help") parseFlags(line, GLOBAL_FLAGS);
  if (first === undefined) {
    throw new UsageError("No command was given", { hint: "skein --help lists them" });
  }
  const page = topic === undefined || topic.startsWith("-")
    ? formatHelp(COMMANDS)
    : formatCommandHelp(findCommand(topic));
  host.stdout.write(page);
  return "done";
}

function findCommand(name: string): Command {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  const nearest = findNearest(name, COMMANDS.map((candidate) => candidate.name));
  throw new UsageError(`There is no command "${name}"`, {
    hint: nearest === undefined ? "skein --help lists them" : `did you mean skein ${nearest}?`,
  });
}

function findNamedRoots(flags: Flags, host: Host): readonly string[] {
  const named = flags.texts("root");
  const separator = host.os === "windows" ? ";" : ":";
  return named.length > 0
    ? named
    : (host.env("SKEIN_ROOT") ?? "").split(separator).filter((root) => root !== "");
}

function findStyle(flags: Flags, host: Host): Style {
  const wish = flags.text("color") ?? "auto";
  const isAuto = host.stdout.isTerminal && host.allowsColor;
  return wish === "always" || (wish === "auto" && isAuto) ? COLORED : PLAIN;
}

function findWidth(host: Host): number | undefined {
  const columns = Number(host.env("COLUMNS") ?? NaN);
  if (Number.isSafeInteger(columns) && columns > 0) return columns;
  return host.stdout.isTerminal ? host.terminalSize()?.columns ?? 80 : undefined;
}

function talkTo(host: Host, flags: Flags): Talk {
  const isQuiet = flags.has("quiet");
  // What was printed so far goes out first, so that both streams tell one story in one terminal.
  const say = (text: string) => {
    if (isQuiet) return;
    host.stdout.flush();
    host.stderr.write(neutralize(text) + "\n");
  };
  return { warning: (text) => say(`warning: ${text}`), note: say };
}

function report(error: unknown, host: Host): ExitCode {
  if (error instanceof ClosedPipeError) return 0;
  const lines = error instanceof SkeinError
    ? [
      `error: ${error.message}`,
      ...error.details.map((detail) => `  ${detail}`),
      ...(error.hint === undefined ? [] : [`hint: ${error.hint}`]),
    ]
    : [
      "error: skein has a bug:",
      error instanceof Error ? error.stack ?? error.message : String(error),
      "hint: please report it with the lines above; your files were not changed",
    ];
  try {
    host.stdout.flush();
  } catch (closed) {
    if (!(closed instanceof ClosedPipeError)) throw closed;
  }
  host.stderr.write(lines.map(neutralize).join("\n") + "\n");
  if (error instanceof UsageError) return 2;
  if (error instanceof CannotError) return 1;
  return error instanceof RefusedError ? 4 : 70;
}

function flushTalk(host: Host): void {
  try {
    host.stderr.flush();
  } catch (error) {
    if (!(error instanceof ClosedPipeError)) throw error;
  }
}

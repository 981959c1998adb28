/**
 * The program: finds the command, runs it, and turns how it ended into an exit code.
 *
 * Errors are printed here and nowhere else (`report_error.ts`). `error:` says what could not be done,
 * `hint:` what to type next; anything that is not one of our errors is a bug and shows where it comes
 * from. What not every line needs is loaded when it is: to say its version takes no longer than to
 * start.
 */

import type { Outcome } from "./command.ts";
import { COMMANDS, loadCommand, loadCommands } from "./commands.ts";
import { ClosedPipeError, UsageError } from "./errors.ts";
import { commandFirst, GLOBAL_FLAGS, parseFlags } from "./flags.ts";
import type { Host } from "./host.ts";
import type { ExitCode } from "./manual.ts";
import { VERSION } from "./version.ts";

const OUTCOME_CODES: Readonly<Record<Outcome, ExitCode>> = { done: 0, partial: 3, refused: 4 };

/** Runs one command line on a host, prints what it has to say, and gives the exit code. */
export async function run(line: readonly string[], host: Host): Promise<ExitCode> {
  try {
    const outcome = await dispatch(line, host);
    host.stdout.flush();
    return OUTCOME_CODES[outcome];
  } catch (error) {
    const { reportError } = await import("./report_error.ts");
    return reportError(error, host, findColorWish(line));
  } finally {
    flushTalk(host);
  }
}

async function dispatch(line: readonly string[], host: Host): Promise<Outcome> {
  if (line[0] === "complete") {
    const { answerShell } = await import("./answer_shell.ts");
    answerShell(line.slice(1), await loadCommands(), host);
    return "done";
  }
  const [name, ...rest] = commandFirst(line);
  const command = name === undefined ? undefined : await loadCommand(name);
  // Whoever asks for help gets it, whatever else is wrong with the line.
  if (asksForHelp(rest)) {
    const { formatCommandHelp, formatHelp } = await import("./help.ts");
    host.stdout.write(command === undefined ? formatHelp(COMMANDS) : formatCommandHelp(command));
    return "done";
  }
  const { flags, args } = parseFlags(rest, [...command?.flags ?? [], ...GLOBAL_FLAGS]);
  if (flags.has("version")) {
    host.stdout.write(`skein ${VERSION}\n`);
    return "done";
  }
  if (command === undefined) {
    throw new UsageError("No command was given", { hint: "skein --help lists them" });
  }
  const { runCommand } = await import("./run_command.ts");
  return await runCommand({ command, flags, args, loadCommands }, host);
}

function asksForHelp(line: readonly string[]): boolean {
  const end = line.indexOf("--");
  return line.some((word, index) =>
    (end < 0 || index < end) && (word === "--help" || word === "-h")
  );
}

/** What `--color` was given, for an error that is found before the line is parsed, or in it. */
function findColorWish(line: readonly string[]): string | undefined {
  const at = line.findLastIndex((word) => /^--color(=|$)/.test(word));
  const wish = line[at]?.split("=")[1] ?? (at < 0 ? undefined : line[at + 1]);
  return ["always", "never"].find((known) => known === wish);
}

function flushTalk(host: Host): void {
  try {
    host.stderr.flush();
  } catch (error) {
    if (!(error instanceof ClosedPipeError)) throw error;
  }
}

/**
 * The program: finds the command, runs it, and turns how it ended into an exit code.
 *
 * Errors are printed here and nowhere else. `error:` says what could not be done, `hint:` what to
 * type next; anything that is not one of our errors is a bug and shows where it comes from.
 */

import {
  type Command,
  type CommandContext,
  findNamedRoots,
  type Outcome,
  type Talk,
} from "./command.ts";
import { loadCommand, loadCommands } from "./commands.ts";
import {
  CannotError,
  ClosedPipeError,
  InterruptedError,
  RefusedError,
  SkeinError,
  UsageError,
} from "./errors.ts";
import { explainFailure, isFileError } from "./file_errors.ts";
import { commandFirst, type Flags, GLOBAL_FLAGS, parseFlags } from "./flags.ts";
import type { Host } from "./host.ts";
import type { ExitCode } from "./manual.ts";
import { type HostWithProgress, withProgress } from "./progress_host.ts";
import { Store } from "./store.ts";
import type { Paint } from "./style.ts";
import { findStyle, findWidth, isDumb } from "./terminal.ts";
import { neutralize, toVisibleLine } from "./text.ts";
import { VERSION } from "./version.ts";

const OUTCOME_CODES: Readonly<Record<Outcome, ExitCode>> = { done: 0, partial: 3, refused: 4 };

/** Runs one command line on a host, prints what it has to say, and gives the exit code. */
export async function run(line: readonly string[], host: Host): Promise<ExitCode> {
  try {
    const outcome = await dispatch(line, host);
    host.stdout.flush();
    return OUTCOME_CODES[outcome];
  } catch (error) {
    return report(error, host, findColorWish(line));
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
    host.stdout.write(
      command === undefined ? formatHelp(await loadCommands()) : formatCommandHelp(command),
    );
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
  await checkOperands(command, args, host);
  // A command that only reads may write what `list` keeps of the files, and nothing else.
  const usesCache = !command.writes && !command.isStatic && !flags.has("no-cache");
  if (!command.writes && !usesCache) host.dropWritePermission();
  using told = tellProgress(host, flags);
  let store: Store | undefined;
  const context: CommandContext = {
    host: told.host,
    loadCommands,
    flags,
    args,
    get store() {
      return store ??= new Store(told.host, findNamedRoots(flags, host), usesCache);
    },
    style: findStyle(flags.text("color"), host.stdout, host),
    width: findWidth(host),
    talk: talkTo(told.host, flags),
  };
  return await command.run(context);
}

/** Refuses more operands than a command takes, and fewer where none can be picked. */
async function checkOperands(
  command: Command,
  operands: readonly string[],
  host: Host,
): Promise<void> {
  const [least, most] = command.arity;
  if (operands.length >= least && operands.length <= most) return;
  const { formatUsage } = await import("./help.ts");
  if (operands.length > most) {
    throw new UsageError(`skein ${command.name} does not take "${operands[most]}"`, {
      hint: formatUsage(command),
    });
  }
  const { canPick } = await import("./pick_session.ts");
  if (canPick(command, { host })) return;
  throw new UsageError(`skein ${command.name} needs ${command.operands}`, {
    hint: formatUsage({ ...command, picks: undefined }),
  });
}

/** The host that a command runs with: one that tells a person what takes long, where there is one. */
function tellProgress(host: Host, flags: Flags): HostWithProgress {
  const isTold = host.stderr.isTerminal && !flags.has("quiet") && !isDumb(host);
  return isTold ? withProgress(host) : { host, [Symbol.dispose]: () => {} };
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

function talkTo(host: Host, flags: Flags): Talk {
  const isQuiet = flags.has("quiet");
  const style = findStyle(flags.text("color"), host.stderr, host);
  // Both streams tell one story in one terminal: what was printed goes out before, this at once.
  const say = (text: string) => {
    if (isQuiet) return;
    host.stdout.flush();
    host.stderr.write(text + "\n");
    host.stderr.flush();
  };
  return {
    warning: (text) => say(`${style.yellow("warning:")} ${toVisibleLine(text)}`),
    note: (text) => say(style.dim(toVisibleLine(text))),
  };
}

function report(thrown: unknown, host: Host, colorWish: string | undefined): ExitCode {
  // What a command did not expect of the file system is still no bug of ours.
  const error = isFileError(thrown)
    ? new CannotError(`Cannot go on: ${explainFailure(thrown)}`, {
      hint: "run the command again",
      cause: thrown,
    })
    : thrown;
  if (error instanceof ClosedPipeError) return 0;
  if (error instanceof InterruptedError) return 130;
  const { red, cyan } = findStyle(colorWish, host.stderr, host);
  const say = (paint: Paint, voice: string, text: string) =>
    `${paint(voice)} ${toVisibleLine(text)}`;
  const lines = error instanceof SkeinError
    ? [
      say(red, "error:", error.message),
      ...error.details.map((detail) => `  ${toVisibleLine(detail)}`),
      say(cyan, "hint:", error.hint),
    ]
    : [
      say(red, "error:", "skein has a bug:"),
      neutralize(error instanceof Error ? error.stack ?? error.message : String(error)),
      say(cyan, "hint:", "please report it with the lines above"),
    ];
  try {
    host.stdout.flush();
  } catch (closed) {
    if (!(closed instanceof ClosedPipeError)) throw closed;
  }
  host.stderr.write(lines.join("\n") + "\n");
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

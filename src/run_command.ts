/**
 * Runs a command whose line was parsed: gives it what it works with, and takes away the leave to
 * write where it needs none.
 */

import {
  type Command,
  type CommandContext,
  findNamedRoots,
  type Outcome,
  type Talk,
} from "./command.ts";
import { UsageError } from "./errors.ts";
import type { Flags } from "./flags.ts";
import type { Host } from "./host.ts";
import { type HostWithProgress, withProgress } from "./progress_host.ts";
import { Store } from "./store.ts";
import { findStyle, findWidth, isDumb } from "./terminal.ts";
import { toVisibleLine } from "./text.ts";

/** What was typed for a command. */
export type ParsedLine = Pick<CommandContext, "command" | "flags" | "args" | "loadCommands">;

/**
 * Runs a command.
 * @throws UsageError for more operands than it takes, or fewer where none can be picked
 */
export async function runCommand(
  { command, flags, args, loadCommands }: ParsedLine,
  host: Host,
): Promise<Outcome> {
  await checkOperands(command, args, host);
  const cache = flags.has("no-cache") ? "none" : command.cache;
  // A command that only reads may write what `list` keeps of the files, and nothing else.
  if (!command.writes && cache !== "keep") host.dropWritePermission();
  using told = tellProgress(host, flags);
  let store: Store | undefined;
  const context: CommandContext = {
    host: told.host,
    command,
    loadCommands,
    flags,
    args,
    get store() {
      return store ??= new Store(told.host, findNamedRoots(flags, host), cache);
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

/**
 * What the scripts share: other programs are run quietly, and errors are printed as skein prints
 * its own. A program that fails becomes a `CannotError` with what it said on stderr.
 */

import { CannotError, SkeinError, UsageError } from "../src/errors.ts";

/** How to run a program. */
export interface RunProgramOptions {
  /** Variables to set beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder to run in; that of this process where there is none. */
  readonly cwd?: string;
  /** After this time the program is ended, and has failed. */
  readonly limitMs?: number;
}

/**
 * Runs a program to its end and gives what it wrote to stdout.
 *
 * @throws {CannotError} when it cannot be started, takes too long or fails
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: RunProgramOptions = {},
): Promise<string> {
  const { limitMs, ...rest } = options;
  const signal = limitMs === undefined ? undefined : AbortSignal.timeout(limitMs);
  const command = new Deno.Command(program, {
    ...rest,
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    ...(signal === undefined ? {} : { signal }),
  });
  const name = `${program === Deno.execPath() ? "deno" : program} ${args[0] ?? ""}`.trim();
  const output = await runCommand(command, name);
  if (output.success) return new TextDecoder().decode(output.stdout);
  if (signal?.aborted && limitMs !== undefined) {
    throw new CannotError(`Cannot run "${name}": it took longer than ${limitMs / 1000} seconds`, {
      hint: "run the task again",
    });
  }
  const [reason, ...details] = readComplaint(new TextDecoder().decode(output.stderr));
  throw new CannotError(`Cannot run "${name}": ${reason ?? `exit code ${output.code}`}`, {
    details,
    hint: `${[name, ...args.slice(1)].join(" ")} says more`,
  });
}

/**
 * Runs the deno that runs this script.
 *
 * @throws {CannotError} as `runProgram` does
 */
export function runDeno(
  args: readonly string[],
  options: RunProgramOptions = {},
): Promise<string> {
  const env = {
    NO_COLOR: "1",
    // Certificates of the machine count too, where the script was started without the task.
    DENO_TLS_CA_STORE: Deno.env.get("DENO_TLS_CA_STORE") ?? "system,mozilla",
    ...options.env,
  };
  return runProgram(Deno.execPath(), args, { ...options, env });
}

/** Runs a script's main function and ends the process: 0, 2 when mistyped, 1 for other errors. */
export async function runScript(main: () => Promise<number>): Promise<never> {
  try {
    Deno.exit(await main());
  } catch (error) {
    if (!(error instanceof SkeinError)) throw error;
    const lines = [`error: ${error.message}`, ...error.details, `hint: ${error.hint}`];
    console.error(lines.join("\n"));
    Deno.exit(error instanceof UsageError ? 2 : 1);
  }
}

async function runCommand(command: Deno.Command, name: string): Promise<Deno.CommandOutput> {
  try {
    return await command.output();
  } catch (cause) {
    const reason = cause instanceof Deno.errors.NotFound ? "it is not installed" : String(cause);
    throw new CannotError(`Cannot run "${name}": ${reason}`, {
      hint: `which ${name.split(" ")[0]} says whether it is there`,
      cause,
    });
  }
}

/** The lines of a complaint, without Deno's stack backtrace, which names no cause. */
function readComplaint(stderr: string): readonly string[] {
  const [complaint = ""] = stderr.split("\nStack backtrace:");
  return complaint.replace(/^error: /, "").split("\n").filter((line) => line.trim() !== "");
}

/** How the program says what stopped it, and the exit code that goes with it. */

import {
  CannotError,
  ClosedPipeError,
  InterruptedError,
  RefusedError,
  SkeinError,
  UsageError,
} from "./errors.ts";
import { explainFailure, isFileError } from "./file_errors.ts";
import type { Host } from "./host.ts";
import type { ExitCode } from "./manual.ts";
import type { Paint } from "./style.ts";
import { findStyle } from "./terminal.ts";
import { neutralize, toVisibleLine } from "./text.ts";

/**
 * Prints an error, whatever it is, and gives the exit code.
 * @param colorWish What `--color` was given, if anything that it takes.
 */
export function reportError(
  thrown: unknown,
  host: Host,
  colorWish: string | undefined,
): ExitCode {
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

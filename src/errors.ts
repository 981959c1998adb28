/**
 * The ways in which a request ends without its answer, as error classes.
 *
 * A message reads `Cannot <verb> <object>: <reason>`, without a final period and with double quotes
 * round what the person typed; a hint is something to type next, and no error is without one: where
 * none makes sense, the message is the wrong one. Anything that is neither one of
 * these classes nor an error of the file system is a bug of skein, and is reported as one. Exit
 * codes belong to `app.ts`.
 */

/** What goes with the message of an error. */
export interface ErrorDetails {
  /** Something to type or to try next. */
  readonly hint: string;
  /** Lines that belong to the error, such as the candidates of an ambiguous id. */
  readonly details?: readonly string[];
  /** The error that caused this one. */
  readonly cause?: unknown;
}

/** The common shape of the errors that a person is meant to read. */
export abstract class SkeinError extends Error {
  /** Something to type or to try next. */
  readonly hint: string;
  /** Further lines to print below the message. */
  readonly details: readonly string[];

  /** Takes the message as it is printed after `error:`. */
  constructor(message: string, { hint, details = [], cause }: ErrorDetails) {
    super(message, { cause });
    this.hint = hint;
    this.details = details;
  }
}

/** The command line is not one that skein knows. */
export class UsageError extends SkeinError {}

/** The request is sound but cannot be met: no such session, a target that exists. */
export class CannotError extends SkeinError {}

/** Refused for safety: outside the permitted roots, a live writer, changed since the plan. */
export class RefusedError extends SkeinError {}

/** Refused by the runtime: the binary was compiled without leave for a path. */
export class NoLeaveError extends RefusedError {}

/** The reader of standard output has gone; the run ends quietly and counts as done. */
export class ClosedPipeError extends Error {
  /** Keeps the runtime's own error as the cause. */
  constructor(cause: unknown) {
    super("standard output is closed", { cause });
    this.name = "ClosedPipeError";
  }
}

/** A person or the system asked the program to end; what was under way is finished or undone. */
export class InterruptedError extends Error {}

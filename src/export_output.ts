/**
 * Where an export goes: into the pipe, into one new file, or into new files of a folder. Nothing is
 * overwritten, and no terminal is filled with rows.
 */

import { basename, dirname, join, resolve } from "@std/path";
import { generate as newTag } from "@std/uuid";
import type { CommandContext } from "./command.ts";
import { createFile, PRIVATE_FILE } from "./durable.ts";
import { CannotError, NoLeaveError, UsageError } from "./errors.ts";
import { explainFailure, hintAtNewFile, isFileError } from "./file_errors.ts";

/** Where an export goes; paths are absolute. */
export type ExportOutput =
  | { readonly type: "pipe" }
  | { readonly type: "file"; readonly path: string }
  | { readonly type: "folder"; readonly path: string };

/**
 * Finds out where an export is to go.
 * @throws UsageError for what cannot go into the pipe, or a terminal in its place; CannotError for a
 * folder that is not there
 */
export function findOutput({ args, flags, host }: CommandContext): ExportOutput {
  const named = flags.text("output") ?? "-";
  if (named !== "-") {
    const folder = findFolder(host, named, args.length > 1);
    return folder === undefined
      ? { type: "file", path: resolve(host.cwd, named) }
      : { type: "folder", path: folder };
  }
  if (flags.has("json")) {
    throw new UsageError("--json goes with --output: here the session itself is printed", {
      hint: "--output FILE",
    });
  }
  if (host.stdout.isTerminal) {
    throw new UsageError("Cannot export to a terminal", {
      hint: "--output FILE, or a pipe: skein export SESSION > FILE",
    });
  }
  return { type: "pipe" };
}

/** Writes a file that must not be there yet, whole or not at all. */
export function writeNewFile(
  { host }: Pick<CommandContext, "host">,
  path: string,
  write: (out: (bytes: Uint8Array) => void) => void,
): void {
  try {
    const root = host.files.realPath(dirname(path));
    const target = join(root, basename(path));
    createFile(host.files, { root, path: target, mode: PRIVATE_FILE, tag: newTag(), write });
  } catch (error) {
    if (error instanceof NoLeaveError) throw offerPipe(error, path);
    if (!isFileError(error)) throw error;
    throw new CannotError(`Cannot write "${path}": ${explainFailure(error)}`, {
      hint: hintAtNewFile(error, path),
      cause: error,
    });
  }
}

/** The folder that was named as output; undefined when it is to be a file. */
function findFolder(
  { files, cwd }: CommandContext["host"],
  output: string,
  isForSeveral: boolean,
): string | undefined {
  try {
    const path = files.realPath(resolve(cwd, output));
    return files.lstat(path).type === "folder" ? path : undefined;
  } catch (error) {
    if (error instanceof NoLeaveError) {
      // Several sessions go through no pipe.
      throw isForSeveral ? error : offerPipe(error, output.replace(/[\\/]$/, "$&FILE"));
    }
    if (!isFileError(error)) throw error;
    if (/[\\/]$/.test(output)) {
      throw new CannotError(`Cannot write to "${output}": ${explainFailure(error)}`, {
        hint: hintAtNewFile(error, join(output, "file")),
        cause: error,
      });
    }
    return undefined;
  }
}

function offerPipe({ message, cause }: NoLeaveError, path: string): NoLeaveError {
  return new NoLeaveError(message, {
    hint: `through the pipe it needs no leave: skein export SESSION > "${path}"`,
    cause,
  });
}

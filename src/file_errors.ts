/** Errors of the file system, told from ours and put into words that name no number. */

import { dirname } from "@std/path";

/** Says in words why the file system refused a path. */
export function explainFailure(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "no such file or folder";
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied";
  if (error instanceof Deno.errors.NotADirectory) return "not a folder";
  if (error instanceof Deno.errors.FilesystemLoop) return "too many symbolic links";
  if (error instanceof Error && /os error 28\b/.test(error.message)) return "the disk is full";
  if (error instanceof Error && /os error 30\b/.test(error.message)) return "it is read-only";
  return error instanceof Error ? error.message.replace(/ \(os error \d+\).*$/s, "") : "unknown";
}

/** Says what to try when the file system refused a path. */
export function hintAtFailure(error: unknown, path: string): string {
  if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
    return `ls "${dirname(path)}" shows what is there`;
  }
  if (error instanceof Deno.errors.PermissionDenied) return `ls -ld "${path}" shows who may`;
  if (error instanceof Deno.errors.FilesystemLoop) return "name the file that the links lead to";
  if (error instanceof Error && /os error 28\b/.test(error.message)) {
    return "skein prune --trash --older-than 30d makes room";
  }
  if (error instanceof Error && /os error 30\b/.test(error.message)) {
    return "name a place that can be written to";
  }
  return "run the command again";
}

/** As `hintAtFailure`, for a new file whose folder may be missing. */
export function hintAtNewFile(error: unknown, path: string): string {
  return error instanceof Deno.errors.NotFound
    ? `mkdir -p "${dirname(path)}"`
    : hintAtFailure(error, path);
}

/** Tells whether an error is the file system's, and not one of ours. */
export function isFileError(error: unknown): boolean {
  return Object.values(Deno.errors).some((kind) =>
    error instanceof kind && !(error instanceof Deno.errors.NotCapable)
  ) || (error instanceof Error && /\(os error \d+\)/.test(error.message));
}

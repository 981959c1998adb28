/** Errors of the file system, told from ours and put into words that name no number. */

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

/** Tells whether an error is the file system's, and not one of ours. */
export function isFileError(error: unknown): boolean {
  return Object.values(Deno.errors).some((kind) =>
    error instanceof kind && !(error instanceof Deno.errors.NotCapable)
  ) || (error instanceof Error && /\(os error \d+\)/.test(error.message));
}

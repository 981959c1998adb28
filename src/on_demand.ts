/** Regular expressions that are made when they are first needed. */

/**
 * Gives a pattern that is made at its first use, and kept. As literals, patterns with Unicode
 * properties would cost a millisecond of every start.
 */
export function onDemand(source: string, flags: string): () => RegExp {
  let pattern: RegExp | undefined;
  return () => pattern ??= new RegExp(source, flags);
}

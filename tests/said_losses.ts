/** What a command said that a new session does not say. */

/** Gives the losses in the order in which they were said, such as `1 image`. */
export function saidLosses({ talk }: { readonly talk: string }): readonly string[] {
  return [...talk.matchAll(/not carried over: (.*)/g)].map(([, loss = ""]) => loss);
}

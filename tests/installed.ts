/** Tests that need a program which is no part of the repository: without it they say that they were skipped. */

/** Registers a test that runs where a program is installed. */
export function testWith(
  program: string,
  name: string,
  test: () => void | Promise<void>,
): void {
  const ignore = !isInstalled(program);
  Deno.test({
    name: ignore ? `${name} (skipped: there is no ${program} here)` : name,
    ignore,
    fn: test,
  });
}

/** Tells whether a program can be run. */
export function isInstalled(program: string): boolean {
  try {
    return new Deno.Command(program, {
      args: ["--version"],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

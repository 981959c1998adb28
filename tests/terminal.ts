/** A shell at a terminal of its own, that a test types into: `script` of util-linux makes the terminal. */

/** What a shell runs with. */
export interface TerminalOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** No shell takes as long for a line. */
const LIMIT_MS = 60_000;

/** A shell that is at work. */
export class Terminal implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly #limit: number;
  #output = "";
  #hasEnded = false;

  /** Starts a shell by its command line, in 50 lines of 200 columns. */
  constructor(command: string, { cwd, env }: TerminalOptions) {
    this.#child = new Deno.Command("script", {
      args: ["-qfec", `stty rows 50 cols 200; exec ${command}`, "/dev/null"],
      cwd,
      clearEnv: true,
      env: { ...env, TERM: "dumb", LC_ALL: "C.UTF-8" },
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#writer = this.#child.stdin.getWriter();
    this.#reader = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    this.#limit = setTimeout(() => this.#end(), LIMIT_MS);
    this.#child.status.then(() => this.#hasEnded = true);
  }

  /** Types some keys, and waits until the shell has printed a text since; gives all that it printed. */
  async type(keys: string, text: RegExp): Promise<string> {
    const start = this.#output.length;
    await this.#writer.write(new TextEncoder().encode(keys));
    while (!text.test(this.#output.slice(start))) {
      const { done, value } = await this.#reader.read();
      if (done) throw new Error(`The shell has ended before ${text}:\n${this.#output}`);
      this.#output += value;
    }
    return this.#output.slice(start);
  }

  /** Ends the shell: it goes when its terminal does. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#limit);
    this.#end();
    await this.#writer.abort().catch(() => {});
    await this.#reader.cancel();
    await this.#child.status;
  }

  #end(): void {
    if (!this.#hasEnded) this.#child.kill("SIGKILL");
  }
}

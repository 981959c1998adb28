/**
 * A real terminal for tests: a shell in tmux, with a server of its own, into which a test types.
 *
 * Nothing is timed: a test says what has to be on the screen, and looks until it is there. Where
 * there is no tmux such tests are skipped, and say so.
 */

import { join } from "@std/path";

/** How long the screen may take to show what it has to, in milliseconds; far more than it needs. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 25;

/** Whether there is a tmux here. */
export const HAS_TMUX = await findTmux();

/** Declares a test that types into a terminal. */
export function testInTerminal(name: string, fn: () => Promise<void>): void {
  if (HAS_TMUX) Deno.test(name, fn);
  else Deno.test.ignore(`${name} (skipped for want of tmux)`, fn);
}

/** What a terminal starts with. */
export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  /** A folder of the test's: where the shell starts, and what it takes for its home. */
  readonly folder: string;
  /** Variables beside those that a shell needs. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A terminal with a shell in it, until the end of its block. */
export class Terminal implements AsyncDisposable {
  readonly #socket: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(socket: string, env: Readonly<Record<string, string>>) {
    this.#socket = socket;
    this.#env = env;
  }

  /** Starts a shell, whose prompt is `$ `. */
  static async open({ columns, rows, folder, env }: TerminalOptions): Promise<Terminal> {
    const profile = join(folder, "profile");
    Deno.writeTextFileSync(profile, "PS1='$ '\n");
    const terminal = new Terminal(join(folder, `tmux-${crypto.randomUUID().slice(0, 8)}`), {
      PATH: Deno.env.get("PATH") ?? "/usr/bin:/bin",
      HOME: folder,
      LC_ALL: "C.UTF-8",
      TERM: "xterm-256color",
      ENV: profile,
      ...env,
    });
    const size = ["-x", String(columns), "-y", String(rows)];
    await terminal.#tmux("-f", "/dev/null", "new-session", "-d", ...size, "-c", folder, "/bin/sh");
    // What tmux itself shows below the screen would take a line of it.
    await terminal.#tmux("set-option", "-g", "status", "off");
    await terminal.resize(columns, rows);
    await terminal.waitFor((lines) => lines.at(-1) === "$");
    return terminal;
  }

  /** Types a line and Enter. */
  async run(line: string): Promise<void> {
    await this.type(line);
    await this.press("Enter");
  }

  /** Types text as it is. */
  async type(text: string): Promise<void> {
    await this.#tmux("send-keys", "-l", text);
  }

  /** Presses keys by the names that tmux has for them. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#tmux("send-keys", ...keys);
  }

  /** Gives the window another size. */
  async resize(columns: number, rows: number): Promise<void> {
    await this.#tmux("resize-window", "-x", String(columns), "-y", String(rows));
  }

  /** The lines of the screen, those that were wrapped in one piece, without the empty ones at its end. */
  async look(): Promise<readonly string[]> {
    const screen = await this.#tmux("capture-pane", "-p", "-J");
    const lines = screen.split("\n").map((line) => line.trimEnd());
    while (lines.length > 0 && lines.at(-1) === "") lines.pop();
    return lines;
  }

  /** The rows of the screen as they are, wrapped lines in several. */
  async lookAtRows(): Promise<readonly string[]> {
    return (await this.#tmux("capture-pane", "-p")).split("\n").map((row) => row.trimEnd());
  }

  /** Looks until the screen is as it has to be; throws with the screen when it never is. */
  async waitFor(isThere: (lines: readonly string[]) => boolean): Promise<readonly string[]> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const lines = await this.look();
      if (isThere(lines)) return lines;
      if (Date.now() > deadline) throw new Error(`The screen stays:\n${lines.join("\n")}`);
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
  }

  /** Whether the cursor is shown. */
  async showsCursor(): Promise<boolean> {
    return (await this.#tmux("display-message", "-p", "#{cursor_flag}")).trim() === "1";
  }

  /** Ends the shell and the server. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tmux("kill-server");
  }

  async #tmux(...args: readonly string[]): Promise<string> {
    const { success, stdout, stderr } = await new Deno.Command("tmux", {
      args: ["-u", "-S", this.#socket, ...args],
      clearEnv: true,
      env: { ...this.#env },
      stdin: "null",
    }).output();
    if (!success) throw new Error(`tmux ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
    return new TextDecoder().decode(stdout);
  }
}

async function findTmux(): Promise<boolean> {
  try {
    return (await new Deno.Command("tmux", { args: ["-V"], stdin: "null" }).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** A person at a fake terminal, for tests: types a line, presses keys, and sees the screen. */

import { run } from "../src/app.ts";
import type { TerminalEvent } from "../src/host.ts";
import { FakeHost } from "./fake_host.ts";
import { FakeTerminal } from "./fake_terminal.ts";

/** The size of the terminal. */
const SIZE = { columns: 80, rows: 24 };

/** What a line is typed into. */
export interface TypingOptions {
  readonly root: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Which of the streams are no terminal. */
  readonly piped?: readonly ("stdin" | "stdout" | "stderr")[];
  readonly keys?: readonly (string | TerminalEvent)[];
  /** Runs before each event, with what is on the screen. */
  readonly onKey?: (screen: FakeTerminal, event: TerminalEvent, host: FakeHost) => void;
}

/** What a line left. */
export interface Typed {
  readonly code: number;
  /** Without colour, as `stderr`. */
  readonly stdout: string;
  readonly stderr: string;
  readonly screen: FakeTerminal;
  /** How many events the keyboard gave: none where it was never taken over. */
  readonly events: number;
  readonly isKeyboardOpen: boolean;
}

/** Runs a line in a terminal whose person presses keys. */
export async function typeLine(
  line: readonly string[],
  { root, env = {}, piped = [], keys = [], onKey }: TypingOptions,
): Promise<Typed> {
  const host = new FakeHost({ env, cwd: root });
  const screen = new FakeTerminal(SIZE);
  host.useTerminal(SIZE);
  host.keys = [...keys];
  for (const stream of piped) Object.defineProperty(host[stream], "isTerminal", { value: false });
  for (const output of [host.stdout, host.stderr]) {
    const { write } = output;
    output.write = (data) => {
      write.call(output, data);
      if (output.isTerminal) screen.write(String(data));
    };
  }
  let events = 0;
  host.onKey = (event) => {
    events++;
    onKey?.(screen, event, host);
  };
  const code = await run([...line, "--root", root], host);
  const [stdout, stderr] = [strip(host.stdout.text), strip(host.stderr.text)];
  return { code, stdout, stderr, screen, events, isKeyboardOpen: host.isKeyboardOpen };
}

/** Leaves out colour. */
function strip(text: string): string {
  // deno-lint-ignore no-control-regex -- the codes of colour start with one
  return text.replaceAll(/\u001b\[\d+m/g, "");
}

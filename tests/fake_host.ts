/**
 * A host for tests: real files, and everything else invented.
 *
 * Clock, environment, folder, terminal and output belong to the test, so that nothing a test sees
 * depends on the machine. Only files are real, because their odd cases are what skein is about; a
 * test that wants another file system passes one.
 */

import type { EnvironmentName, OperatingSystem } from "../src/environment.ts";
import { ClosedPipeError } from "../src/errors.ts";
import { denoHost, deriveId } from "../src/deno_host.ts";
import type {
  FileSystem,
  Host,
  Keyboard,
  Output,
  StandardInput,
  TerminalEvent,
} from "../src/host.ts";

/** The time that a fake host's clock starts at: 2026-11-20T12:00:00Z, in milliseconds since 1970. */
export const FAKE_NOW_MS = Date.UTC(2026, 10, 20, 12);

/** What a test may choose about its host. */
export interface FakeHostOptions {
  /** The whole environment; a variable that is not named is unset. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly os?: OperatingSystem;
  readonly files?: FileSystem;
  readonly nowMs?: number;
}

/** An output that keeps what is written, and that can play a terminal or a reader who leaves. */
export class FakeOutput implements Output {
  isTerminal = false;
  isFile = false;
  /** Is shown all that is written, in the order in which both outputs are written to. */
  onWrite: (text: string) => void = () => {};
  /** The reader leaves after so many lines, as `head` does. */
  maxLines = Infinity;
  readonly #chunks: Uint8Array[] = [];
  #lines = 0;

  /** Keeps the data up to the last line that the reader takes, then throws `ClosedPipeError`. */
  write(data: string | Uint8Array): void {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data.slice();
    const taken = this.#countTaken(bytes);
    this.#chunks.push(bytes.subarray(0, taken));
    this.onWrite(new TextDecoder().decode(bytes.subarray(0, taken)));
    if (taken < bytes.length) throw new ClosedPipeError(new Error("the fake reader has gone"));
  }

  /** Does nothing: what is written is there at once. */
  flush(): void {}

  /** All bytes written so far. */
  get bytes(): Uint8Array {
    const all = new Uint8Array(this.#chunks.reduce((size, chunk) => size + chunk.length, 0));
    let offset = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, offset);
      offset += chunk.length;
    }
    return all;
  }

  /** All bytes written so far, as text; a byte that is no UTF-8 fails the test that looks. */
  get text(): string {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.bytes);
  }

  #countTaken(bytes: Uint8Array): number {
    for (let i = 0; i < bytes.length; i++) {
      if (this.#lines >= this.maxLines) return i;
      if (bytes[i] === 0x0a) this.#lines++;
    }
    return bytes.length;
  }
}

/** A host whose parts a test sets and reads. */
export class FakeHost implements Host {
  readonly os: OperatingSystem;
  readonly files: FileSystem;
  readonly stdout: FakeOutput = new FakeOutput();
  readonly stderr: FakeOutput = new FakeOutput();
  cwd: string;
  compiledRoots: readonly string[] = [];
  allowsColor = true;
  /** The size of the terminal; undefined plays a host without one. */
  size: { readonly columns: number; readonly rows: number } | undefined;
  /** True once the program has given up its leave to write. */
  hasDroppedWritePermission = false;
  /** Runs in each sleep, after the clock has moved on: the place to grow a file or to stop. */
  onSleep: (host: FakeHost, ms: number) => void | Promise<void> = () => {};
  readonly #env: Readonly<Record<string, string>>;
  #nowMs: number;
  #isStopped = false;

  /** Starts with no environment, in "/", on Linux, without a terminal, at `FAKE_NOW_MS`. */
  constructor(options: FakeHostOptions = {}) {
    this.#env = options.env ?? {};
    this.#nowMs = options.nowMs ?? FAKE_NOW_MS;
    this.cwd = options.cwd ?? "/";
    this.os = options.os ?? "linux";
    this.files = options.files ?? denoHost().files;
  }

  /** Reads the test's environment, as a property because hosts are passed on in parts. */
  readonly env = (name: EnvironmentName): string | undefined => this.#env[name] || undefined;

  /** The size that the test has set. */
  terminalSize(): { readonly columns: number; readonly rows: number } | undefined {
    return this.size;
  }

  /** How far the clock of lengths of time moves at each look. */
  elapsedStepMs = 0;
  #elapsedMs = 0;

  /** A clock that the test moves on. */
  elapsedMs(): number {
    return this.#elapsedMs += this.elapsedStepMs;
  }

  /** The fake clock; only `sleep` moves it. */
  nowMs(): number {
    return this.#nowMs;
  }

  /** Moves the clock on without waiting, then runs `onSleep`. */
  async sleep(ms: number): Promise<void> {
    this.#nowMs += ms;
    await this.onSleep(this, ms);
  }

  /** True once `stop` was called. */
  isStopped(): boolean {
    return this.#isStopped;
  }

  /** Ends a command that runs on and on, where it looks next. */
  stop(): void {
    this.#isStopped = true;
  }

  /** What the person types, line by line. */
  typed: string[] = [];
  /** What happens at the keyboard: keys as they are sent, pauses for whoever waits for one; then its end. */
  keys: (string | TerminalEvent)[] = [];
  /** Whether the keyboard is taken over at present. */
  isKeyboardOpen = false;
  /** Runs before each event: the place to look at the screen, or to change it. */
  onKey: (event: TerminalEvent) => void = () => {};
  /** What comes in through the pipe. */
  input = new Uint8Array();
  #inputRead = 0;

  /** Ids as the real host has them when the time is fixed. */
  newId(purpose: string): string {
    return deriveId(`${FAKE_NOW_MS / 1000} ${purpose}`);
  }

  /** The next line that was typed. */
  readLine(): string | undefined {
    return this.typed.shift();
  }

  /** Gives `keys` one by one. */
  openKeyboard(): Keyboard {
    this.isKeyboardOpen = true;
    return {
      next: (pauseMs) => {
        const event = this.#takeKey(pauseMs !== undefined);
        this.onKey(event);
        return Promise.resolve(event);
      },
      close: () => {
        this.isKeyboardOpen = false;
      },
    };
  }

  #takeKey(waitsForPause: boolean): TerminalEvent {
    const key = this.keys.shift() ?? { type: "end" };
    if (typeof key === "string") return { type: "bytes", bytes: new TextEncoder().encode(key) };
    return key.type === "pause" && !waitsForPause ? this.#takeKey(waitsForPause) : key;
  }

  /** Gives `input`; a terminal when the outputs are one. */
  readonly stdin: StandardInput = Object.defineProperty(
    {
      isTerminal: false,
      read: (into: Uint8Array) => {
        const part = this.input.subarray(this.#inputRead, this.#inputRead + into.length);
        into.set(part);
        this.#inputRead += part.length;
        return part.length;
      },
    },
    "isTerminal",
    { get: () => this.size !== undefined },
  );

  /** Runs the step: no signal ever comes. */
  holdSignals<T>(step: () => T): Promise<T> {
    return Promise.resolve(step());
  }

  /** Notes that the leave was given up; the test's own writes go on. */
  dropWritePermission(): void {
    this.hasDroppedWritePermission = true;
  }

  /** Makes both outputs a terminal of this size. */
  useTerminal(size: { readonly columns: number; readonly rows: number }): void {
    this.size = size;
    this.stdout.isTerminal = true;
    this.stderr.isTerminal = true;
  }
}

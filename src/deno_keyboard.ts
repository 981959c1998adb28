/**
 * The keyboard as Deno provides it: bytes as they are typed, and the signals that matter to a program
 * that draws.
 *
 * In raw mode Ctrl-C and Ctrl-Z are keys and nothing else. A signal that would end the program at once
 * becomes an event, so that the terminal is given back first. A read that is under way cannot be
 * called off, so none is begun before somebody asks what is next: whoever closes the keyboard after
 * a key has taken nothing from the program that reads the terminal then.
 */

import type { Keyboard, TerminalEvent } from "./host.ts";

/** Room for what is typed or pasted at once; more comes in pieces. */
const BUFFER_BYTES = 4 * 1024;

/** Takes over the terminal that standard input is. */
export function openDenoKeyboard(): Keyboard {
  return new DenoKeyboard();
}

class DenoKeyboard implements Keyboard {
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  readonly #events: TerminalEvent[] = [];
  readonly #listeners: readonly (readonly [Deno.Signal, () => void])[];
  #isReading = false;
  #wake: () => void = () => {};

  constructor() {
    const end = () => this.#add({ type: "end" });
    const redraw = () => this.#add({ type: "redraw" });
    const resume = () => {
      // The shell has had the terminal in the meantime.
      Deno.stdin.setRaw(true);
      redraw();
    };
    this.#listeners = Deno.build.os === "windows" ? [["SIGINT", end]] : [
      ["SIGINT", end],
      ["SIGTERM", end],
      ["SIGHUP", end],
      ["SIGWINCH", redraw],
      ["SIGCONT", resume],
    ];
    for (const [signal, listener] of this.#listeners) Deno.addSignalListener(signal, listener);
    Deno.stdin.setRaw(true);
  }

  async next(pauseMs?: number): Promise<TerminalEvent> {
    if (this.#events.length === 0) {
      this.#startReading();
      await this.#wait(pauseMs);
    }
    return this.#events.shift() ?? { type: "pause" };
  }

  close(): void {
    for (const [signal, listener] of this.#listeners) Deno.removeSignalListener(signal, listener);
    Deno.stdin.setRaw(false);
  }

  #startReading(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    const finish = (count: number | null) => {
      this.#isReading = false;
      this.#add(
        count === null ? { type: "end" } : { type: "bytes", bytes: this.#buffer.slice(0, count) },
      );
    };
    // A terminal that is gone has nobody at it.
    Deno.stdin.read(this.#buffer).then(finish, () => finish(null));
  }

  async #wait(pauseMs: number | undefined): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const timer = pauseMs === undefined ? undefined : setTimeout(resolve, pauseMs);
    await promise;
    clearTimeout(timer);
  }

  #add(event: TerminalEvent): void {
    this.#events.push(event);
    this.#wake();
  }
}

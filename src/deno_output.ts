/** Standard output and standard error of the machine: what is written is collected, and sent together. */

import { fstatSync } from "node:fs";
import { ClosedPipeError } from "./errors.ts";
import type { Output } from "./host.ts";

/** Bytes collected before they are written. */
const OUTPUT_BUFFER = 64 * 1024;

/** A stream that the program was started with. */
export class DenoOutput implements Output {
  readonly #stream: typeof Deno.stdout;
  readonly #descriptor: number;
  readonly #encoder = new TextEncoder();
  readonly #buffer = new Uint8Array(OUTPUT_BUFFER);
  #used = 0;
  /** What comes after that, not encoded yet: many short texts are encoded together. */
  #text = "";

  /** Takes the stream, and the number by which the system knows it. */
  constructor(stream: typeof Deno.stdout, descriptor: number) {
    this.#stream = stream;
    this.#descriptor = descriptor;
  }

  get isTerminal(): boolean {
    return this.#stream.isTerminal();
  }

  get isFile(): boolean {
    try {
      return fstatSync(this.#descriptor).isFile();
    } catch (error) {
      // What is closed is no file either.
      if (error instanceof Error) return false;
      throw error;
    }
  }

  write(data: string | Uint8Array): void {
    if (typeof data === "string") {
      this.#text += data;
      if (this.#text.length >= OUTPUT_BUFFER) this.#encode();
    } else {
      this.#encode();
      this.#collect(data);
    }
  }

  flush(): void {
    this.#encode();
    this.#sendCollected();
  }

  #encode(): void {
    if (this.#text === "") return;
    const bytes = this.#encoder.encode(this.#text);
    this.#text = "";
    this.#collect(bytes);
  }

  #collect(bytes: Uint8Array): void {
    if (this.#used + bytes.length > OUTPUT_BUFFER) this.#sendCollected();
    if (bytes.length > OUTPUT_BUFFER) return this.#send(bytes);
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  #sendCollected(): void {
    const used = this.#used;
    this.#used = 0;
    this.#send(this.#buffer.subarray(0, used));
  }

  #send(bytes: Uint8Array): void {
    try {
      for (let sent = 0; sent < bytes.length;) sent += this.#stream.writeSync(bytes.subarray(sent));
    } catch (error) {
      // A reader that has seen enough, as `head` does, is no failure of ours.
      if (error instanceof Deno.errors.BrokenPipe) throw new ClosedPipeError(error);
      throw error;
    }
  }
}

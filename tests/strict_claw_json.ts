/**
 * claw's own JSON (seeds.md, 1.2), which is not that of others: no numbers but integers of 64 bits,
 * leading zeros allowed; no escapes of surrogates, not even in pairs; trailing commas and raw
 * control characters allowed; the last of equal keys counts. A byte order mark is an error, as it
 * is no white space here.
 */

import { LoadError } from "./strict_message.ts";

/** A value as claw reads it; a number is always an integer. */
export type ClawJson =
  | null
  | boolean
  | bigint
  | string
  | readonly ClawJson[]
  | ReadonlyMap<string, ClawJson>;

const ESCAPES = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);
const LITERALS = [["null", null], ["true", true], ["false", false]] as const;
/** claw recurses without a limit; no row of a session comes near this one. */
const DEEPEST = 1000;

/** Gives the value of a text that holds one value and white space. @throws {LoadError} */
export function parseClawJson(text: string): ClawJson {
  const parser = new Parser(text);
  const value = parser.readValue(0);
  if (parser.peek() !== undefined) throw parser.refuse("text after the value");
  return value;
}

class Parser {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Gives the next character that is no white space, undefined at the end. */
  peek(): string | undefined {
    this.#take(/[ \n\r\t]*/y);
    return this.#text[this.#at];
  }

  refuse(reason: string): LoadError {
    return new LoadError(`Cannot parse JSON at character ${this.#at}: ${reason}`);
  }

  readValue(depth: number): ClawJson {
    if (depth > DEEPEST) throw this.refuse("nested too deeply");
    const first = this.peek();
    if (first === '"') return this.#readString();
    if (first === "[") return this.#readArray(depth);
    if (first === "{") return this.#readObject(depth);
    for (const [literal, value] of LITERALS) {
      if (this.#text.startsWith(literal, this.#at)) {
        this.#at += literal.length;
        return value;
      }
    }
    return this.#readInteger();
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.#text)?.[0] ?? "";
    this.#at += taken.length;
    return taken;
  }

  #skip(character: string): boolean {
    const isNext = this.peek() === character;
    if (isNext) this.#at++;
    return isNext;
  }

  #readInteger(): bigint {
    const digits = this.#take(/-?[0-9]+/y);
    if (digits === "") throw this.refuse("no value");
    const value = digits.startsWith("-") ? -BigInt(digits.slice(1)) : BigInt(digits);
    if (value !== BigInt.asIntN(64, value)) throw this.refuse("an integer above 64 bits");
    return value;
  }

  #readString(): string {
    this.#at++;
    let value = "";
    for (;;) {
      value += this.#take(/[^"\\]*/y);
      const end = this.#text[this.#at++];
      if (end === '"') return value;
      if (end === undefined) throw this.refuse("a string without an end");
      value += this.#readEscape();
    }
  }

  #readEscape(): string {
    const letter = this.#text[this.#at++] ?? "";
    if (letter !== "u") {
      const character = ESCAPES.get(letter);
      if (character === undefined) throw this.refuse("an unknown escape");
      return character;
    }
    const digits = this.#take(/[0-9a-fA-F]{4}/y);
    if (digits === "") throw this.refuse("an escape without four digits");
    if (/^d[89a-f]/i.test(digits)) throw this.refuse("an escape of a surrogate");
    return String.fromCharCode(parseInt(digits, 16));
  }

  #readArray(depth: number): readonly ClawJson[] {
    this.#at++;
    const values: ClawJson[] = [];
    while (!this.#skip("]")) {
      values.push(this.readValue(depth + 1));
      if (this.#skip("]")) break;
      if (!this.#skip(",")) throw this.refuse("no comma in an array");
    }
    return values;
  }

  #readObject(depth: number): ReadonlyMap<string, ClawJson> {
    this.#at++;
    const entries = new Map<string, ClawJson>();
    while (!this.#skip("}")) {
      if (this.peek() !== '"') throw this.refuse("a key that is no string");
      const key = this.#readString();
      if (!this.#skip(":")) throw this.refuse("no colon after a key");
      entries.set(key, this.readValue(depth + 1));
      if (this.#skip("}")) break;
      if (!this.#skip(",")) throw this.refuse("no comma in an object");
    }
    return entries;
  }
}

/**
 * Python's json.loads() (seeds.md, 1.3): JSON, and beyond it NaN, Infinity and -Infinity, integers
 * of any size and lone surrogates in escapes. An integer is told from a float by how it is written,
 * as in Python. A byte order mark is an error, and so are control characters in strings.
 */

import { LoadError } from "./strict_message.ts";

/** A value as Python reads it: bigint for int, number for float, a map for dict. */
export type PythonJson =
  | null
  | boolean
  | bigint
  | number
  | string
  | readonly PythonJson[]
  | ReadonlyMap<string, PythonJson>;

const CONSTANTS = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
] as const;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
/** Python's own limit is 1,000 frames, of which the program around has some already. */
const DEEPEST = 900;
/** The most digits of an integer that Python converts from text. */
const MOST_DIGITS = 4300;

/** Gives the value of a text. @throws {LoadError} where Python raises any error */
export function parsePythonJson(text: string): PythonJson {
  const parser = new Parser(text);
  const value = parser.readValue(0);
  if (parser.peek() !== undefined) throw parser.refuse("extra data");
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
    this.#take(/[ \t\n\r]*/y);
    return this.#text[this.#at];
  }

  refuse(reason: string): LoadError {
    return new LoadError(`Cannot parse JSON at character ${this.#at}: ${reason}`);
  }

  readValue(depth: number): PythonJson {
    if (depth > DEEPEST) throw this.refuse("maximum recursion depth exceeded");
    const first = this.peek();
    if (first === '"') return this.#readString();
    if (first === "[") return this.#readArray(depth);
    if (first === "{") return this.#readObject(depth);
    for (const [name, value] of CONSTANTS) {
      if (this.#text.startsWith(name, this.#at)) {
        this.#at += name.length;
        return value;
      }
    }
    return this.#readNumber();
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

  #readNumber(): bigint | number {
    const digits = this.#take(NUMBER);
    if (digits === "") throw this.refuse("expecting value");
    if (/[.eE]/.test(digits)) return Number(digits);
    if (digits.replace("-", "").length > MOST_DIGITS) throw this.refuse("too many digits");
    return BigInt(digits);
  }

  #readString(): string {
    try {
      return JSON.parse(this.#take(STRING));
    } catch (cause) {
      throw new LoadError(`Cannot parse the string before character ${this.#at}`, { cause });
    }
  }

  #readArray(depth: number): readonly PythonJson[] {
    this.#at++;
    const values: PythonJson[] = [];
    if (this.#skip("]")) return values;
    do values.push(this.readValue(depth + 1)); while (this.#skip(","));
    if (!this.#skip("]")) throw this.refuse("expecting ',' delimiter");
    return values;
  }

  #readObject(depth: number): ReadonlyMap<string, PythonJson> {
    this.#at++;
    const entries = new Map<string, PythonJson>();
    if (this.#skip("}")) return entries;
    do {
      if (this.peek() !== '"') throw this.refuse("expecting property name");
      const key = this.#readString();
      if (!this.#skip(":")) throw this.refuse("expecting ':' delimiter");
      entries.set(key, this.readValue(depth + 1));
    } while (this.#skip(","));
    if (!this.#skip("}")) throw this.refuse("expecting ',' delimiter");
    return entries;
  }
}

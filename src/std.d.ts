/**
 * Types of the standard library, as far as skein uses it. The npm build carries none, and without
 * them every call would be `any`; `tests/std_types_test.ts` proves that a wrong call is an error.
 *
 * The runtime's `JSON` knows more than TypeScript's: the source text of a number, read and written.
 */

interface JSON {
  rawJSON(text: string): { readonly rawJSON: string };
  isRawJSON(value: unknown): value is { readonly rawJSON: string };
  parse<T>(
    text: string,
    reviver: (key: string, value: T, context: { readonly source?: string }) => T,
  ): T;
}

declare module "@std/assert" {
  export function assert(value: unknown, message?: string): asserts value;
  export function assertEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertNotEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertMatch(actual: string, expected: RegExp, message?: string): void;
  export function assertStringIncludes(actual: string, expected: string, message?: string): void;
  export function assertRejects<E extends Error = Error>(
    run: () => Promise<unknown>,
    // deno-lint-ignore no-explicit-any -- constructors of errors take whatever they like
    ErrorClass?: new (...parts: any[]) => E,
    messageIncludes?: string,
  ): Promise<E>;
  export function assertThrows<E extends Error = Error>(
    run: () => unknown,
    // deno-lint-ignore no-explicit-any -- constructors of errors take whatever they like
    ErrorClass?: new (...parts: any[]) => E,
    messageIncludes?: string,
  ): E;
}

declare module "@std/cli" {
  export interface ParseArgsOptions {
    readonly boolean?: readonly string[];
    readonly string?: readonly string[];
    readonly collect?: readonly string[];
    readonly alias?: Readonly<Record<string, string>>;
    readonly stopEarly?: boolean;
    readonly "--"?: boolean;
    readonly unknown?: (argument: string, key?: string, value?: unknown) => unknown;
  }
  export interface ParsedArgs {
    readonly _: readonly (string | number)[];
    readonly "--"?: readonly string[];
    readonly [name: string]: unknown;
  }
  export function parseArgs(args: readonly string[], options?: ParseArgsOptions): ParsedArgs;
}

declare module "@std/jsonl" {
  export class JsonParseStream extends TransformStream<string, unknown> {}
  export class JsonStringifyStream extends TransformStream<unknown, string> {}
}

declare module "@std/path" {
  export const SEPARATOR: string;
  export function basename(path: string, suffix?: string): string;
  export function dirname(path: string): string;
  export function fromFileUrl(url: URL | string): string;
  export function isAbsolute(path: string): boolean;
  export function join(...parts: string[]): string;
  export function relative(from: string, to: string): string;
  export function resolve(...parts: string[]): string;
  export function toFileUrl(path: string): URL;
}

declare module "@std/text" {
  export function levenshteinDistance(a: string, b: string): number;
}

declare module "@std/uuid" {
  export function generate(timestamp?: number): string;
  export function validate(id: string): boolean;
}

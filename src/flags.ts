/**
 * Flags as data: each command declares its own, and parsing, help and completions read the same
 * declarations. A flag that nobody declared is an error, because a mistyped one that is ignored can
 * cost files.
 */

import { parseArgs } from "@std/cli";
import { UsageError } from "./errors.ts";
import { findNearest } from "./nearest.ts";

/** The declaration of one flag. */
export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  /** Another name for it. */
  readonly alias?: string;
  /** A single letter for it. */
  readonly short?: string;
  /** The name of its value in usage lines; a flag without one is a switch. */
  readonly value?: string;
  /** The only values it takes. */
  readonly choices?: readonly string[];
  /** Whether it may be given several times. */
  readonly isRepeatable?: boolean;
  /** What it does, in one line. */
  readonly about: string;
}

/** The flags that every command takes. */
export const GLOBAL_FLAGS: readonly Flag[] = [
  {
    name: "root",
    value: "DIR",
    isRepeatable: true,
    about: "look in this folder or file, not in the agents' own; repeatable",
  },
  {
    name: "color",
    value: "WHEN",
    choices: ["auto", "always", "never"],
    about: "when to use colour",
  },
  { name: "no-cache", about: "read every file, and keep nothing of what was read" },
  { name: "quiet", short: "q", about: "say nothing but errors on standard error" },
  { name: "help", short: "h", about: "show help" },
  { name: "version", short: "V", about: "show the version" },
];

/** Gives every way to type a flag, its letter first and then its names: `-n`, `--limit`. */
export function listSpellings({ name, alias, short }: Flag): readonly string[] {
  return [
    ...(short === undefined ? [] : [`-${short}`]),
    `--${name}`,
    ...(alias === undefined ? [] : [`--${alias}`]),
  ];
}

/** What values a flag takes. */
export interface ValueKind<T> {
  /** In words: "a size such as 20MB". */
  readonly what: string;
  /** One that can be typed. */
  readonly example: string;
  /** Gives undefined for a text that is none. */
  readonly parse: (text: string) => T | undefined;
}

/** The flags of one command line, checked against their declarations. */
export class Flags {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  /** Takes the values by name; a switch that was given has the one value "". */
  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  /** Tells whether a flag was given. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The value of a flag; undefined when it was not given. */
  text(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  /** All values of a repeatable flag, in order. */
  texts(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** A value as a whole number from `least` on; throws `UsageError` for any other. */
  count(name: string, least = 0): number | undefined {
    return this.parsed(name, {
      what: `a whole number from ${least} on`,
      example: String(Math.max(1, least)),
      parse: (text) => {
        const count = /^\d+$/.test(text) ? Number(text) : NaN;
        return Number.isSafeInteger(count) && count >= least ? count : undefined;
      },
    });
  }

  /** A value of some kind; throws `UsageError` for a text that is none. */
  parsed<T>(name: string, { what, example, parse }: ValueKind<T>): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = parse(text);
    if (value !== undefined) return value;
    throw new UsageError(`--${name} takes ${what}, not "${text}"`, {
      hint: `--${name} ${example}`,
    });
  }

  /** Those of the flags that are, or are not, among others. */
  filter(isWanted: (name: string) => boolean): Flags {
    return new Flags(new Map([...this.#values].filter(([name]) => isWanted(name))));
  }

  /** The flags as words of a command line. */
  toWords(): readonly string[] {
    return [...this.#values].flatMap(([name, values]) =>
      values.flatMap((value) => {
        if (value === "") return [`--${name}`];
        return value.startsWith("-") ? [`--${name}=${value}`] : [`--${name}`, value];
      })
    );
  }

  /** Refuses flags that exclude each other. */
  refuseTogether(...names: readonly string[]): void {
    const given = names.filter((name) => this.has(name));
    if (given.length > 1) {
      throw new UsageError(`--${given[0]} and --${given[1]} exclude each other`, {
        hint: `leave out --${given[0]} or --${given[1]}`,
      });
    }
  }
}

/** A command line, parsed. */
export interface ParsedLine {
  readonly flags: Flags;
  readonly args: readonly string[];
}

/** A part of a command line. */
export type LinePart =
  | { readonly kind: "operand"; readonly text: string }
  /** The value is as it was typed, if one was: a switch may have one, and another flag none. */
  | { readonly kind: "flag"; readonly flag: Flag; readonly value: string | undefined }
  /** What looks like a flag and is none that was declared. */
  | { readonly kind: "unknown"; readonly shown: string; readonly name: string };

/**
 * Parses the arguments of a command by its declarations; what follows `--` is no flag.
 * @throws UsageError for an unknown flag, with the nearest known one, or a missing or wrong value.
 */
export function parseFlags(line: readonly string[], declared: readonly Flag[]): ParsedLine {
  const spelled: string[] = [];
  const args: string[] = [];
  for (const part of readParts(line, declared)) {
    if (part.kind === "operand") args.push(part.text);
    else spelled.push(spellOut(part, declared));
  }
  const valued = declared.filter((flag) => flag.value !== undefined);
  // Without operands, because a switch would swallow one that reads "true" or "false".
  const parsed = parseArgs(spelled, {
    string: valued.map((flag) => flag.name),
    boolean: declared.filter((flag) => flag.value === undefined).map((flag) => flag.name),
    collect: valued.map((flag) => flag.name),
  });
  const values = new Map<string, readonly string[]>();
  for (const flag of declared) {
    const value = parsed[flag.name];
    if (flag.value === undefined && value === true) values.set(flag.name, [""]);
    if (flag.value !== undefined && Array.isArray(value) && value.length > 0) {
      values.set(flag.name, value.map((text) => checkValue(flag, String(text))));
    }
    if (!flag.isRepeatable && (values.get(flag.name)?.length ?? 0) > 1) {
      const last = values.get(flag.name)?.at(-1);
      throw new UsageError(`--${flag.name} was given twice`, {
        hint: `once will do: --${flag.name} ${last}`,
      });
    }
  }
  return { flags: new Flags(values), args };
}

/**
 * Gives the parts of a command line in order, without judging them: `-qn3`, `-q -n 3` and
 * `--quiet --limit=3` are the same two flags. A value of its own may start with a dash only where it
 * is a number.
 */
export function* readParts(
  line: readonly string[],
  declared: readonly Flag[],
): Generator<LinePart> {
  const waiting = [...line];
  const take = (flag: Flag, given: string | undefined): LinePart => {
    const mayTake = flag.value !== undefined && !/^-[^\d]/.test(waiting[0] ?? "");
    return { kind: "flag", flag, value: given ?? (mayTake ? waiting.shift() : undefined) };
  };
  for (let argument = waiting.shift(); argument !== undefined; argument = waiting.shift()) {
    if (argument === "--") {
      for (const text of waiting.splice(0)) yield { kind: "operand", text };
    } else if (argument === "-" || !argument.startsWith("-")) {
      yield { kind: "operand", text: argument };
    } else if (argument.startsWith("--")) {
      const [name = "", value] = argument.slice(2).split(/=(.*)/s);
      const flag = declared.find((known) => known.name === name || known.alias === name);
      yield flag === undefined ? { kind: "unknown", shown: `--${name}`, name } : take(flag, value);
    } else {
      yield* readCluster(argument.slice(1), declared, take);
    }
  }
}

/** Puts the command before the flags that stand in front of it, as in `skein --root x list`. */
export function commandFirst(
  line: readonly string[],
): readonly [string | undefined, ...string[]] {
  let index = 0;
  while (line[index]?.startsWith("-") && line[index] !== "--") {
    const flag = GLOBAL_FLAGS.find(({ name }) => `--${name}` === line[index]);
    index += flag?.value === undefined ? 1 : 2;
  }
  return [line[index], ...line.slice(0, index), ...line.slice(index + 1)];
}

/** Takes letters one by one; the first that wants a value takes the rest as such. */
function* readCluster(
  letters: string,
  declared: readonly Flag[],
  take: (flag: Flag, given: string | undefined) => LinePart,
): Generator<LinePart> {
  for (let i = 0; i < letters.length; i++) {
    const letter = letters.charAt(i);
    const flag = declared.find((candidate) => candidate.short === letter);
    if (flag === undefined) return yield { kind: "unknown", shown: `-${letter}`, name: letters };
    const rest = letters.slice(i + 1);
    if (flag.value !== undefined) {
      return yield take(flag, rest === "" ? undefined : rest.replace(/^=/, ""));
    }
    yield take(flag, undefined);
  }
}

/** Spells a flag as `--name` or `--name=value`, by the name that it is declared by. */
function spellOut(
  part: Exclude<LinePart, { readonly kind: "operand" }>,
  declared: readonly Flag[],
): string {
  if (part.kind === "unknown") throw unknownFlag(part.shown, part.name, declared);
  const { flag, value } = part;
  if (flag.value === undefined && value !== undefined) {
    throw new UsageError(`--${flag.name} takes no value`, { hint: `--${flag.name}` });
  }
  if (flag.value !== undefined && value === undefined) throw lacksValue(flag);
  return value === undefined ? `--${flag.name}` : `--${flag.name}=${value}`;
}

function unknownFlag(shown: string, name: string, declared: readonly Flag[]): UsageError {
  const nearest = name.length < 3
    ? undefined
    : findNearest(name, declared.map((flag) => flag.name));
  return new UsageError(`There is no flag "${shown}"`, {
    hint: nearest === undefined ? "--help lists the flags" : `did you mean --${nearest}?`,
  });
}

function checkValue(flag: Flag, text: string): string {
  if (text === "") throw lacksValue(flag);
  if (flag.choices !== undefined && !flag.choices.includes(text)) {
    const nearest = findNearest(text, flag.choices);
    throw new UsageError(`--${flag.name} takes ${listChoices(flag.choices)}, not "${text}"`, {
      hint: nearest === undefined
        ? `--${flag.name} ${flag.choices[0]}`
        : `did you mean ${nearest}?`,
    });
  }
  return text;
}

function lacksValue({ name, value }: Flag): UsageError {
  return new UsageError(`--${name} needs a value`, { hint: `--${name} ${value}` });
}

/** Writes choices in words: `auto, always or never`. */
export function listChoices(choices: readonly string[]): string {
  return choices.length === 1
    ? choices.join()
    : `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;
}

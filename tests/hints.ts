/**
 * What a hint says to type, as command lines: a command of its own, another word in the place of the
 * mistyped one, or flags to add to what was typed.
 */

import { GLOBAL_FLAGS } from "../src/flags.ts";
import { COMMANDS } from "./all_commands.ts";

const FLAGS = [...GLOBAL_FLAGS, ...COMMANDS.flatMap(({ flags }) => flags)];

/** An error that was printed, and what was typed before it. */
export interface HintedError {
  readonly args: readonly string[];
  readonly error: string;
  readonly hint: string;
}

/** What stands for what a person has to choose, and one choice that every page has. */
const CHOICES: Readonly<Record<string, string>> = {
  SESSION: "latest",
  "SESSION...": "latest",
  "[SESSION]": "latest",
  "[SESSION...]": "latest",
  "[RECEIPT]": "",
  "[COMMAND]": "",
  "[FLAGS]": "",
  PATTERN: "kite",
  FILE: "/home/ada/kite/hint.out",
  "FILE|-": "-",
  DIR: "/home/ada/kite",
  N: "1",
};

/** The words after which a hint says what the command does. */
const VERBS = /^(does|goes|keeps|leaves|lists|looks|makes|prints|says|shows|takes|writes)$/;

/** A command line that a hint says to type. */
export interface FollowUp {
  readonly args: readonly string[];
  /** Whether its output goes into a file, or its input comes from one. */
  readonly isPiped: boolean;
  /** Whether some of it is for the person to choose, so that it may be of no help here. */
  readonly isOpen: boolean;
}

/** Gives the command lines that a hint says to type; none where it is advice. */
export function findFollowUps({ args, error, hint }: HintedError): readonly FollowUp[] {
  const toFollowUp = (args: readonly string[]): FollowUp => ({
    args,
    isPiped: / [<>] /.test(hint),
    isOpen: hint.split(/[ ,]/).some((word) => word in CHOICES),
  });
  const meant = /^did you mean (.+)\?$/.exec(hint)?.[1];
  if (meant !== undefined) return [toFollowUp(replaceMistyped(args, error, meant))];
  const command = /(?:^|: )skein (.+)$/.exec(hint)?.[1];
  if (command !== undefined) return [toFollowUp(readWords(command))];
  if (hint.startsWith("leave out ")) {
    return (hint.match(/--[\w-]+/g) ?? []).map((flag) => toFollowUp(leaveOut(args, flag)));
  }
  const parts = hint.split(/, | or /).flatMap((part) => /(?:^|: )(--.+)$/.exec(part)?.[1] ?? []);
  return parts.map((flags) => toFollowUp(addFlags(args, readWords(flags))));
}

/** The words of a command line, as far as it goes, with choices made. */
function readWords(text: string): readonly string[] {
  const words = text.match(/"[^"]*"|'[^']*'|[^\s,]+/g) ?? [];
  const end = words.findIndex((word) => VERBS.test(word) || /^[<>]$/.test(word));
  return (end < 0 ? words : words.slice(0, end))
    .map((word) => CHOICES[word] ?? word.replaceAll(/^["']|["']$/g, ""))
    .map((word) => /^\w+(\|\w+)+$/.test(word) ? word.replace(/\|.*/, "") : word)
    .filter((word) => word !== "");
}

/** What was typed, with the word that the error shows in quotes exchanged for another. */
function replaceMistyped(args: readonly string[], error: string, meant: string): readonly string[] {
  const mistyped = /"([^"]*)"(?!.*")/.exec(error)?.[1];
  const word = meant.replace(/^skein /, "");
  return args.map((arg) => arg === mistyped ? word : arg.replace(`${mistyped}=`, `${word}=`));
}

/** What was typed, with these flags in the place of others of their names. */
function addFlags(args: readonly string[], flags: readonly string[]): readonly string[] {
  const names = flags.filter((word) => word.startsWith("--"));
  return [...names.reduce((rest, name) => leaveOut(rest, name), args), ...flags];
}

/** What was typed without a flag and its value. */
function leaveOut(args: readonly string[], name: string): readonly string[] {
  const flag = FLAGS.find((known) => [known.name, known.alias].includes(name.slice(2)));
  return args.filter((arg, index) => {
    const isValue = args[index - 1] === name && flag?.value !== undefined;
    return arg !== name && !arg.startsWith(`${name}=`) && !isValue;
  });
}

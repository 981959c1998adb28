/**
 * The manual page, in roff, from the same declarations as help.
 *
 * A text is never markup: `toRoff` spells whatever the formatter would take for a request or an
 * escape, and whatever it would print as another character than was written.
 */

import type { Command } from "./command.ts";
import { type Flag, GLOBAL_FLAGS, listSpellings } from "./flags.ts";
import { FORMATS } from "./formats.ts";
import { describeFlag, formatExample, formatUsage } from "./help.ts";
import {
  ABOUT,
  EXIT_CODES,
  type Explained,
  OWN_FILES,
  PURPOSE,
  SESSION_HELP,
  VARIABLES,
} from "./manual.ts";
import { VERSION } from "./version.ts";

/** What roff gives a meaning, or prints as a typographer's sign, and how it is written as it is. */
const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\e",
  "-": "\\-",
  "'": "\\[aq]",
  "`": "\\[ga]",
  "^": "\\[ha]",
  "~": "\\[ti]",
  '"': "\\[dq]",
};

/** The page, as a file that `man` shows. */
export function formatManPage(commands: readonly Command[]): string {
  return [
    `.TH SKEIN 1 "" "${toRoff(`skein ${VERSION}`)}" "User Commands"`,
    // Lines are neither filled up with spaces nor ended within a word: much of it is to be typed.
    ".ad l",
    ".nh",
    ".SH NAME",
    `skein \\- ${toRoff(PURPOSE)}`,
    ".SH SYNOPSIS",
    `${bold("skein")} ${italic("COMMAND")} [${italic("FLAGS")}]`,
    ".SH DESCRIPTION",
    toRoff(ABOUT),
    ".PP",
    toRoff(
      `It knows the sessions of ${
        FORMATS.map(({ agent }) => agent).join(", ")
      }, and works on the ` +
        "agents' own files. What was asked for goes to standard output, all else to standard error.",
    ),
    ".SH COMMANDS",
    ...commands.flatMap(formatCommand),
    ".SH FLAGS OF EVERY COMMAND",
    ...GLOBAL_FLAGS.flatMap(formatFlag),
    ".SH SESSIONS",
    toRoff(SESSION_HELP),
    ".SH ENVIRONMENT",
    ...VARIABLES.flatMap(formatExplained),
    ".SH FILES",
    ...OWN_FILES.flatMap(([name, about]) =>
      tagged(`${italic("ROOT")}${toRoff(`/${name}`)}`, about)
    ),
    ".SH EXIT STATUS",
    ...Object.entries(EXIT_CODES).flatMap(formatExplained),
    ".SH SEE ALSO",
    `${bold("jq")}(1), ${bold("xargs")}(1)`,
  ].join("\n") + "\n";
}

/** Spells a text so that roff prints just it, on a line of its own or within one. */
export function toRoff(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\\-'`^~"]/g, (character) => ESCAPES[character] ?? character)
    .replace(/[^\x20-\x7e]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `\\[u${code.toString(16).toUpperCase().padStart(4, "0")}]`;
    })
    .replace(/^\./, "\\&.");
}

function formatCommand(command: Command): readonly string[] {
  return [
    `.SS ${toRoff(formatUsage(command))}`,
    toRoff(`${command.summary}.`),
    ...command.flags.flatMap(formatFlag),
    ".PP",
    "Examples:",
    ...command.examples.flatMap(([line, what]) => tagged(bold(formatExample(command, line)), what)),
  ];
}

function formatFlag(flag: Flag): readonly string[] {
  const names = listSpellings(flag).map(bold).join(", ");
  const value = flag.value === undefined ? "" : ` ${italic(flag.value)}`;
  return tagged(names + value, describeFlag(flag));
}

function formatExplained([name, about]: Explained): readonly string[] {
  return tagged(bold(name), about);
}

/** A paragraph with a tag before it, which is roff already. */
function tagged(tag: string, text: string): readonly string[] {
  return [".TP", tag, toRoff(text)];
}

function bold(text: string): string {
  return `\\fB${toRoff(text)}\\fR`;
}

function italic(text: string): string {
  return `\\fI${toRoff(text)}\\fR`;
}

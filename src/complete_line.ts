/**
 * What may stand next on a command line: commands, flags, their values, and what a command takes
 * beside them.
 *
 * All of it follows from the declarations that the line is parsed by. What lies on the disk has to be
 * looked up by its name (`known_names.ts`); here it is told what to look for.
 */

import type { Command } from "./command.ts";
import {
  commandFirst,
  type Flag,
  Flags,
  GLOBAL_FLAGS,
  type LinePart,
  listSpellings,
  readParts,
} from "./flags.ts";
import type { Candidate } from "./shell.ts";

/** A line up to the word that is to be completed, as far as it makes sense. */
export interface BegunLine {
  readonly command: Command;
  readonly flags: Flags;
  /** What was typed beside the flags. */
  readonly args: readonly string[];
  /** What there is of the word. */
  readonly word: string;
}

/** What may stand in the place of a word. */
export type Offer =
  /** These, as far as they begin with what there is of the word. */
  | { readonly kind: "words"; readonly candidates: readonly Candidate[] }
  | { readonly kind: "files" | "folders" }
  /** The names of things that lie on the disk, by what usage lines call them. */
  | { readonly kind: "names"; readonly of: "SESSION" | "RECEIPT"; readonly line: BegunLine };

const NOTHING: Offer = { kind: "words", candidates: [] };

/** What starts like this is a path and no name. */
const PATH = /^[.~]|[/\\]/;

/** Tells what may stand behind some words, in the place of a word that was begun. */
export function completeLine(
  words: readonly string[],
  word: string,
  commands: readonly Command[],
): Offer {
  const [name, ...rest] = commandFirst(words);
  const command = commands.find((candidate) => candidate.name === name);
  const declared = [...command?.flags ?? [], ...GLOBAL_FLAGS];
  const parts = [...readParts(rest, declared)];
  if (!rest.includes("--")) {
    if (/^-(?!\d)/.test(word)) return completeFlag(word, declared, parts);
    const last = parts.at(-1);
    if (last?.kind === "flag" && last.flag.value !== undefined && last.value === undefined) {
      return offerValue(last.flag);
    }
  }
  if (name === undefined) return offerCommands(commands);
  if (command === undefined) return NOTHING;
  const args = parts.flatMap((part) => (part.kind === "operand" ? [part.text] : []));
  const kinds = args.length < command.arity[1] ? command.operands.match(/[A-Za-z]+/g) ?? [] : [];
  const [kind] = kinds;
  if (kind === "COMMAND") return offerCommands(commands);
  if (kind === "SESSION" && PATH.test(word)) return { kind: "files" };
  if (kind === "SESSION" || kind === "RECEIPT") {
    return { kind: "names", of: kind, line: { command, flags: readFlags(parts), args, word } };
  }
  const choices = kinds.filter((text) => /^[a-z]/.test(text));
  if (choices.length > 0) return offerWords(choices);
  // Where skein has no words of its own to offer, its flags are better than nothing.
  return findPaths(kind) ?? (word === "" ? offerFlags(declared, parts) : NOTHING);
}

/** A flag, or behind its `=` its value. */
function completeFlag(word: string, declared: readonly Flag[], parts: readonly LinePart[]): Offer {
  const [spelling = "", value] = word.split(/=(.*)/s);
  if (value === undefined) return offerFlags(declared, parts);
  const flag = declared.find((candidate) => listSpellings(candidate).includes(spelling));
  const offer = flag?.value === undefined ? NOTHING : offerValue(flag);
  if (offer.kind !== "words") return offer;
  return offerWords(offer.candidates.map((candidate) => `${spelling}=${candidate.value}`));
}

function offerFlags(declared: readonly Flag[], parts: readonly LinePart[]): Offer {
  const given = parts.flatMap((part) => (part.kind === "flag" ? [part.flag] : []));
  return {
    kind: "words",
    candidates: declared
      .filter((flag) => flag.isRepeatable || !given.includes(flag))
      .flatMap((flag) => listSpellings(flag).map((value) => ({ value, about: flag.about }))),
  };
}

function offerValue({ choices, value }: Flag): Offer {
  return choices === undefined ? findPaths(value) ?? NOTHING : offerWords(choices);
}

function offerCommands(commands: readonly Command[]): Offer {
  return {
    kind: "words",
    candidates: commands.map(({ name, summary }) => ({ value: name, about: summary })),
  };
}

function offerWords(values: readonly string[]): Offer {
  return { kind: "words", candidates: values.map((value) => ({ value, about: "" })) };
}

/** Files or folders, where usage lines have a word for them. */
function findPaths(kind: string | undefined): Offer | undefined {
  if (kind === "DIR") return { kind: "folders" };
  return kind === "FILE" || kind === "PATH" ? { kind: "files" } : undefined;
}

function readFlags(parts: readonly LinePart[]): Flags {
  const values = new Map<string, readonly string[]>();
  for (const part of parts) {
    if (part.kind !== "flag") continue;
    const { name, value: isValued } = part.flag;
    if (isValued !== undefined && part.value === undefined) continue;
    values.set(name, [...values.get(name) ?? [], part.value ?? ""]);
  }
  return new Flags(values);
}

/**
 * What shells ask at each press of Tab: `skein complete SHELL ...`, which no person types.
 *
 * An answer is quick or empty, and never loud: nobody has asked for anything yet. It reads no file
 * where the line does not name one, and writes nothing but the cache of listings.
 */

import { type Command, findNamedRoots } from "./command.ts";
import { completeLine, type Offer } from "./complete_line.ts";
import { findHome } from "./environment.ts";
import type { Host } from "./host.ts";
import { begins, findReceiptNames, findSessionNames, isTypable } from "./known_names.ts";
import type { Candidate, Question } from "./shell.ts";
import { SHELLS } from "./shells.ts";
import { Store } from "./store.ts";
import { toOneLine } from "./text.ts";

/** What a shell can be told. */
type Answer = Exclude<Offer, { readonly kind: "names" }>;

/** Answers the question of a shell, in lines as `shell.ts` tells of them. */
export function answerShell(
  [name, ...args]: readonly string[],
  commands: readonly Command[],
  host: Host,
): void {
  const question = SHELLS.find((shell) => shell.name === name)?.readQuestion(args);
  if (question === undefined) return;
  const answer = findAnswer(question, commands, host);
  const words = answer.kind === "words" ? spellWords(answer.candidates, question) : [];
  host.stdout.write([answer.kind, ...words].map((line) => `${line}\n`).join(""));
}

function findAnswer(
  { words, word, isRedirection }: Question,
  commands: readonly Command[],
  host: Host,
): Answer {
  if (isRedirection) return { kind: "files" };
  const program = words.findIndex((text) => !/^\w+=/.test(text));
  const typed = words.slice(program + 1).map((text) => expandHome(text, host));
  try {
    const offer = completeLine(typed, word, commands);
    if (offer.kind === "names") return lookUp(offer, host);
    host.dropWritePermission();
    return offer;
  } catch {
    // A line that is wrong, or a file that cannot be read, is told of when the line is run.
    return { kind: "words", candidates: [] };
  }
}

function lookUp({ of, line }: Extract<Offer, { readonly kind: "names" }>, host: Host): Answer {
  const cache = of === "SESSION" && !line.flags.has("no-cache") ? "keep" : "none";
  if (cache === "none") host.dropWritePermission();
  const store = new Store(host, findNamedRoots(line.flags, host), cache);
  if (of === "RECEIPT") return { kind: "words", candidates: findReceiptNames(store, host) };
  const candidates = findSessionNames(line, store, host);
  const isKnown = line.word === "" || candidates.some(({ value }) => begins(value, line.word));
  return isKnown ? { kind: "words", candidates } : { kind: "files" };
}

/** Spells the words that fit, each once, as the shell's script reads them. */
function spellWords(
  candidates: readonly Candidate[],
  { word, spell }: Question,
): readonly string[] {
  const fitting = new Map<string, Candidate>();
  for (const { value, about } of candidates) {
    const isFitting = isTypable(value) && begins(value, word) && !fitting.has(value);
    if (isFitting) fitting.set(value, { value, about: toOneLine(about) });
  }
  return [...fitting.values()].flatMap((candidate) => spell(candidate) ?? []);
}

/** Shells leave the home folder to whoever is run with a word: only here nobody was run yet. */
function expandHome(text: string, host: Host): string {
  return text.replace(/^~(?=[/\\]|$)/, () => findHome(host) ?? "~");
}

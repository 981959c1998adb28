/** The flags that take secrets out of what is exported, the same for every form. */

import type { CommandContext, Talk } from "./command.ts";
import { UsageError } from "./errors.ts";
import { findHome } from "./environment.ts";
import type { Flag } from "./flags.ts";
import { Redactor } from "./redactor.ts";
import { formatCount } from "./text.ts";
import type { Session } from "./transcript.ts";

/** The flags that `makeRedactor` reads. */
export const REDACTION_FLAGS: readonly Flag[] = [
  { name: "redact", about: "take out secrets and the user's name, as html and markdown do anyway" },
  { name: "no-redact", about: "leave in what is secret" },
  { name: "redact-emails", about: "take out addresses of mail as well" },
  {
    name: "redact-pattern",
    value: "REGEX",
    isRepeatable: true,
    about: "take out what matches this in any text as well; repeatable",
  },
];

/**
 * Makes the redactor that the flags ask for; undefined when nothing is to be taken out.
 * @param isForSharing Whether the form is redacted without a flag.
 * @throws UsageError when a pattern cannot be read, or the flags exclude each other
 */
export function makeRedactor(
  { flags, host }: Pick<CommandContext, "flags" | "host">,
  { cwd, path }: Pick<Session, "cwd" | "path">,
  isForSharing: boolean,
): Redactor | undefined {
  for (const name of ["redact", "redact-emails", "redact-pattern"]) {
    flags.refuseTogether("no-redact", name);
  }
  const isWanted = REDACTION_FLAGS.some(({ name }) => name !== "no-redact" && flags.has(name));
  if (!isWanted && (!isForSharing || flags.has("no-redact"))) return undefined;
  return new Redactor({
    homes: [findHome(host), cwd, path].flatMap((folder) => folder === undefined ? [] : [folder]),
    hasEmails: flags.has("redact-emails"),
    patterns: flags.texts("redact-pattern").map(parsePattern),
  });
}

/** Says how much was taken out, kind by kind, and never what. */
export function reportRedaction(redactor: Redactor | undefined, talk: Talk): void {
  const kinds = redactor?.report() ?? [];
  if (kinds.length === 0) return;
  const list = kinds.map(({ kind, places, different }) =>
    different > 1 && different < places
      ? `${places} ${kind} (${different} different)`
      : `${places} ${kind}`
  );
  const places = kinds.reduce((sum, kind) => sum + kind.places, 0);
  talk.note(`Redacted ${formatCount(places, "place")}: ${list.join(", ")}`);
}

function parsePattern(source: string): RegExp {
  try {
    const pattern = new RegExp(source, "gu");
    if (pattern.test("")) {
      throw new UsageError(`--redact-pattern "${source}" matches the empty text`, {
        hint: "write + in the place of * or ?, so that something has to be there",
      });
    }
    return pattern;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`--redact-pattern takes a regular expression, not "${source}"`, {
      hint: `--redact-pattern '${
        source.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
      }' takes it letter by letter`,
      cause: error,
    });
  }
}

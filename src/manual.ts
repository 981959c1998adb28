/** What is said of skein as a whole, by help and by the man page alike. */

import { ENVIRONMENT } from "./environment.ts";

/** Something that can be named, and what it is or does. */
export type Explained = readonly [name: string, about: string];

/** What skein does, to stand behind its name. */
export const PURPOSE = "looks after the session files of coding agents";

/** The same in a sentence, and how. */
export const ABOUT =
  `skein ${PURPOSE}: lists, shows, prunes, branches and moves them, with an undo.`;

/** What can be typed where a command takes a SESSION. */
export const SESSION_HELP =
  "A SESSION is an id, four or more of its first characters, a path, latest or latest~N.";

/** What happens where a SESSION may be left out. */
export const PICKING_HELP =
  "Without one, a terminal shows the sessions to pick from: type to filter, Enter takes one.";

/** Every variable that is read, by skein or by its runtime. */
export const VARIABLES: readonly Explained[] = [
  ...Object.entries(ENVIRONMENT),
  ["NO_COLOR", "no colour, as --color never"],
];

/** Every code that skein ends with. */
export const EXIT_CODES = {
  0: "done",
  1: "cannot",
  2: "mistyped",
  3: "some files damaged or unreadable",
  4: "refused for safety",
  70: "a bug",
  130: "interrupted",
} as const;

/** How the process ends. */
export type ExitCode = keyof typeof EXIT_CODES;

/** What skein keeps of its own below each root. */
export const OWN_FILES: readonly Explained[] = [
  [".skein/cache", "what was read of a large store; it may be deleted at any time"],
  [".skein/receipts", "what each command changed, for undo"],
  [".skein/trash", "what was pruned or undone, until prune --trash removes it for good"],
];

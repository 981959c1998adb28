/** The flags that choose sessions, the same wherever a command looks for some. */

import { isAbsolute, resolve, SEPARATOR } from "@std/path";
import type { CommandContext } from "./command.ts";
import { UsageError } from "./errors.ts";
import type { Flag, Flags } from "./flags.ts";
import { FORMATS } from "./formats.ts";
import { parseReference } from "./reference.ts";
import { sortByLastActivity } from "./session_order.ts";
import { parseWhen } from "./time.ts";
import type { Session } from "./transcript.ts";

const WHEN = "an age such as 3d, or a date such as 2026-11-20";
const WHEN_EXAMPLE = "3d";

/** The flags that `chooseSessions` reads. */
export const FILTER_FLAGS: readonly Flag[] = [
  {
    name: "agent",
    value: "AGENT",
    choices: FORMATS.map((format) => format.agent),
    about: "only sessions of this agent",
  },
  { name: "cwd", value: "DIR", about: "only sessions of this folder and those below it" },
  { name: "since", value: "WHEN", about: `only those active since then: ${WHEN}` },
  { name: "until", value: "WHEN", about: "only those last active until then" },
  { name: "model", value: "TEXT", about: "only those whose model or provider contains this" },
  { name: "match", value: "TEXT", about: "only those whose title, id or folder contains this" },
];

/**
 * Gives the sessions that pass every filter that was typed, newest first.
 * @throws UsageError when a value cannot be read.
 */
export function filterSessions(
  sessions: readonly Session[],
  context: Pick<CommandContext, "flags" | "host">,
): readonly Session[] {
  return sortByLastActivity(chooseSessions(sessions, context));
}

/**
 * Gives the sessions that pass every filter that was typed, in the order given.
 * @throws UsageError when a value cannot be read.
 */
export function chooseSessions(
  sessions: readonly Session[],
  { flags, host }: Pick<CommandContext, "flags" | "host">,
): Session[] {
  if (!FILTER_FLAGS.some(({ name }) => flags.has(name))) return [...sessions];
  const readWhen = (name: string) =>
    flags.parsed(name, {
      what: WHEN,
      example: WHEN_EXAMPLE,
      parse: (text) => parseWhen(text, host.nowMs()),
    });
  const since = readWhen("since")?.firstMs ?? -Infinity;
  const until = readWhen("until")?.lastMs ?? Infinity;
  const agent = flags.text("agent");
  const model = flags.text("model");
  const match = flags.text("match");
  const cwd = flags.text("cwd");
  const folder = cwd === undefined ? undefined : resolve(host.cwd, cwd);

  return sessions.filter((session) =>
    (agent === undefined || session.agent === agent) &&
    session.updatedMs >= since && session.updatedMs <= until &&
    (model === undefined || contains([session.model, session.provider], model)) &&
    (match === undefined || contains([session.title, session.id, session.cwd], match)) &&
    (folder === undefined || isIn(session.cwd, folder))
  );
}

/** Refuses filters beside a reference that names one session: they would choose nothing. */
export function refuseIdleFilters(reference: string, flags: Flags): void {
  const given = FILTER_FLAGS.find(({ name }) => flags.has(name));
  if (given === undefined || parseReference(reference).type === "latest") return;
  throw new UsageError(`--${given.name} goes with "latest"; "${reference}" names one session`, {
    hint: `leave out --${given.name}, or name the session "latest"`,
  });
}

function contains(values: readonly (string | undefined)[], text: string): boolean {
  const wanted = text.toLowerCase();
  return values.some((value) => value?.toLowerCase().includes(wanted));
}

function isIn(cwd: string | undefined, folder: string): boolean {
  // Where a relative folder lay nobody knows any more.
  if (cwd === undefined || !isAbsolute(cwd)) return false;
  const path = resolve(cwd);
  return path === folder ||
    path.startsWith(folder.endsWith(SEPARATOR) ? folder : folder + SEPARATOR);
}

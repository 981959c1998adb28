/**
 * What skein notes in a session's head where the agent has no word for it: a member `skein` of an
 * object whose other members the agent leaves alone. Agents ignore it, and skein reads it again.
 */

import { isObject } from "./json_row.ts";
import type { JsonObject, JsonValue, Session } from "./transcript.ts";

/** A note, read; what it does not say is "". */
export interface SkeinNote {
  /** The id that the session had where it was imported from. */
  readonly origin: string;
  /** The session that the note is about: a copy that the agent made is another. */
  readonly about: string;
  readonly parent: string;
  /** Undefined when it does not say. */
  readonly forkPoint: number | undefined;
  readonly title: string;
  readonly model: string;
  readonly provider: string;
  readonly cwd: string;
}

/** Reads a note; anything that is none says nothing. */
export function readSkeinNote(value: JsonValue | undefined): SkeinNote {
  const note = isObject(value) ? value : {};
  const text = (object: JsonObject, key: string) => {
    const found = object[key];
    return typeof found === "string" ? found : "";
  };
  const { origin, fork_point: forkPoint } = note;
  return {
    origin: isObject(origin) ? text(origin, "id") : "",
    about: text(note, "about"),
    parent: text(note, "parent"),
    forkPoint: typeof forkPoint === "number" && Number.isSafeInteger(forkPoint)
      ? forkPoint
      : undefined,
    title: text(note, "title"),
    model: text(note, "model"),
    provider: text(note, "provider"),
    cwd: text(note, "cwd"),
  };
}

/** Where an imported session comes from, as a member of a note; of several imports the first. */
export function noteOrigin({ id, agent, origin }: Session, imported: string): JsonObject {
  return { origin: { id: origin ?? id, agent, imported } };
}

/** What a session of another agent says of itself, as members of a note; nothing that is unknown. */
export function noteHead({ parent, forkPoint, model, provider, cwd }: Session): JsonObject {
  return {
    ...(parent === undefined ? {} : { parent }),
    ...(parent === undefined || forkPoint === undefined ? {} : { fork_point: forkPoint }),
    ...(model === undefined ? {} : { model }),
    ...(provider === undefined ? {} : { provider }),
    ...(cwd === undefined ? {} : { cwd }),
  };
}

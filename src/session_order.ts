/** The order in which sessions are told of unless another is asked for. */

import { sortBy } from "./sort_by.ts";
import type { Session } from "./transcript.ts";

/** Orders sessions with the latest activity first, ties by path so that the order is one. */
export function byLastActivity(a: Session, b: Session): number {
  return b.updatedMs - a.updatedMs || (a.path < b.path ? 1 : -1);
}

/** Gives sessions in the order of `byLastActivity`, for which each is asked for its time once. */
export function sortByLastActivity(sessions: readonly Session[]): Session[] {
  return sortBy(sessions, ({ updatedMs }) => -updatedMs, byLastActivity);
}

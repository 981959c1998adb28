/**
 * How a person names a session: a full id, a prefix of one, `latest` or `latest~N`, or a path.
 *
 * A name that fits several sessions is never settled by a guess: the candidates are listed.
 */

import { CannotError, UsageError } from "./errors.ts";
import { toVisibleLine } from "./text.ts";

/** A reference as typed, told apart. */
export type Reference =
  | { readonly type: "latest"; readonly back: number }
  | { readonly type: "path"; readonly path: string }
  | { readonly type: "id"; readonly prefix: string };

/** What has to be known of a session to find it by its id. */
export interface Identified {
  readonly id: string;
  /** The id as it is shown and typed, without what all ids of its agent start with. */
  readonly handle: string;
  readonly path: string;
}

/** The shortest prefix that names a session. */
const SHORTEST_PREFIX = 4;

/** Tells what kind of reference was typed; throws `UsageError` for one that is too short. */
export function parseReference(text: string): Reference {
  const latest = /^latest(?:~(\d+))?$/.exec(text);
  if (latest !== null) return { type: "latest", back: Number(latest[1] ?? 0) };
  if (text.startsWith("latest~")) {
    throw new UsageError(`"${text}" names no session`, {
      hint: "type latest~1 for the one before last",
    });
  }
  if (/[/\\]/.test(text) || /\.(json|\w*session|jsonl)$/i.test(text)) {
    return { type: "path", path: text };
  }
  if (text.length < SHORTEST_PREFIX) {
    throw new UsageError(`"${text}" is too short to name a session`, {
      hint: `type ${SHORTEST_PREFIX} characters of its id or more, a path, or "latest"`,
    });
  }
  return { type: "id", prefix: text };
}

/**
 * Finds the one session that an id or a prefix names; an exact id goes before longer ones.
 * @throws CannotError when none or several fit.
 */
export function resolveId<Item extends Identified>(items: readonly Item[], prefix: string): Item {
  const fitting = findFitting(items, prefix);
  const [only, ...others] = fitting;
  if (only === undefined) {
    throw new CannotError(`Cannot find session "${prefix}": no id starts with it`, {
      hint: "skein list --json shows every id",
    });
  }
  if (others.length === 0) return only;
  const isOneId = new Set(fitting.map((item) => item.id)).size === 1;
  throw new CannotError(
    `Cannot choose session "${prefix}": ${fitting.length} ${
      isOneId ? "files hold this id" : "ids start with it"
    }`,
    {
      details: fitting.slice(0, 20).map((item) => `${item.id}  ${item.path}`),
      hint: isOneId ? "name the file by its path" : "type more of the id",
    },
  );
}

/** Those that a prefix fits best: exactly, in another case, or as a beginning. */
function findFitting<Item extends Identified>(
  items: readonly Item[],
  prefix: string,
): readonly Item[] {
  const wanted = prefix.toLowerCase();
  const fits: readonly ((id: string) => boolean)[] = [
    (id) => id === prefix,
    (id) => id.toLowerCase() === wanted,
    (id) => id.toLowerCase().startsWith(wanted),
  ];
  return fits.map((isFit) => items.filter(({ id, handle }) => isFit(id) || isFit(handle)))
    .find((found) => found.length > 0) ?? [];
}

/** The first characters of a handle; what stands before a colon is not counted. */
export function shortenHandle(handle: string, length: number): string {
  return handle.slice(0, handle.indexOf(":") + 1 + length);
}

/** What to type for one of some sessions: the start of its id, or its path where that is not enough. */
export function formatReference<Item extends Identified>(
  items: readonly Item[],
  item: Item,
  length: number,
): string {
  const start = shortenHandle(item.handle, length);
  const isTypable = start.length >= SHORTEST_PREFIX && !/^(?:-|latest)/.test(start) &&
    toVisibleLine(start) === start && parseReference(start).type === "id";
  const [only, ...others] = isTypable ? findFitting(items, start) : [];
  return only === item && others.length === 0 ? start : item.path;
}

/** How many characters of handles tell all of them apart, at least eight. */
export function findShortLength(handles: readonly string[]): number {
  let length = 8;
  // Most stores need no more, and to sort thousands takes longer than to see that.
  if (new Set(handles.map((handle) => handle.slice(0, length))).size === handles.length) {
    return length;
  }
  const sorted = [...new Set(handles)].sort();
  for (let i = 1; i < sorted.length; i++) {
    const [a = "", b = ""] = [sorted[i - 1], sorted[i]];
    let same = 0;
    while (same < a.length && a[same] === b[same]) same++;
    length = Math.max(length, same + 1);
  }
  return length;
}

/**
 * Files that belong to a session beside them, told by their names: older copies, backups, what an
 * agent had no time to finish.
 *
 * A name only says what a file may be; whether it holds the same session, whoever reads it finds out.
 * Where the session's own file is gone, the latest of its older copies stands for it.
 */

import { findCompanions } from "./formats.ts";
import { folderOf, nameOf } from "./paths.ts";
import type { AgentName } from "./transcript.ts";

/** A file that may belong to a session beside it. */
export interface CompanionFile<File> {
  readonly file: File;
  /** The session's own file. */
  readonly owner: File;
  readonly agent: AgentName;
  /** For people: "rotated copy". */
  readonly what: string;
}

/** What has to be known of a file. */
export interface NamedFile {
  readonly path: string;
  readonly facts: { readonly mtimeMs: number };
}

/** Finds the files that may belong to others among them. */
export function pairCompanions<File extends NamedFile>(
  files: readonly File[],
): readonly CompanionFile<File>[] {
  const companions = [];
  for (const file of files) {
    for (const companion of findCompanions(nameOf(file.path))) {
      const places = companion.owners.map((name) => folderOf(file.path) + name);
      companions.push({ ...companion, file, places });
    }
  }
  companions.sort((a, b) => b.file.facts.mtimeMs - a.file.facts.mtimeMs);
  if (companions.length === 0) return [];
  const byPath = new Map(files.map((file) => [file.path, file]));
  const findOwner = (places: readonly string[]) =>
    places.map((path) => byPath.get(path)).find((owner) => owner !== undefined);
  /** The latest whole copies of sessions whose own file is gone, by where it would lie. */
  const standIns = new Map<string, File>();
  for (const { file, places, isWhole } of companions) {
    const [place = ""] = places;
    if (isWhole && findOwner(places) === undefined && !standIns.has(place)) {
      standIns.set(place, file);
    }
  }
  return companions.flatMap(({ file, places, agent, what }) => {
    const owner = findOwner(places) ??
      places.map((place) => standIns.get(place)).find((standIn) => standIn !== undefined);
    return owner === undefined || owner === file ? [] : [{ file, owner, agent, what }];
  });
}

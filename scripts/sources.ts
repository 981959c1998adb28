/** Reads the TypeScript files of this repository, for the scripts that hold them against a rule. */

import { join } from "@std/path";

/** A source file. */
export interface Source {
  /** From the top of the repository, with slashes. */
  readonly path: string;
  readonly lines: readonly string[];
}

/**
 * Reads files, and all TypeScript files of folders, in the order of their paths.
 *
 * @param top The folder of the repository.
 * @param places Files and folders in it; a folder's own folders are read too.
 */
export function readSources(top: string, places: readonly string[]): readonly Source[] {
  return places.flatMap((path): readonly Source[] => {
    if (!Deno.statSync(join(top, path)).isDirectory) {
      return [{ path, lines: Deno.readTextFileSync(join(top, path)).split("\n") }];
    }
    const inner = [...Deno.readDirSync(join(top, path))]
      .filter((entry) => entry.isDirectory || entry.name.endsWith(".ts"))
      .map((entry) => `${path}/${entry.name}`)
      .sort();
    return readSources(top, inner);
  });
}

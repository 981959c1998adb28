/** Folders for tests: made with the files that a test needs, and gone when it ends. */

import { dirname, join } from "@std/path";

/** Runs a test with the real path of a fresh folder that holds the files, named by their paths. */
export function withFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
  test: (folder: string) => void,
): void {
  const folder = makeFolder(files);
  try {
    test(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Makes the folder for a test that removes it by itself. */
export function makeFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "skein_" }));
  for (const [name, contents] of Object.entries(files)) {
    const path = join(folder, name);
    Deno.mkdirSync(dirname(path), { recursive: true });
    if (typeof contents === "string") Deno.writeTextFileSync(path, contents);
    else Deno.writeFileSync(path, contents);
  }
  return folder;
}

/** A folder of a test, which is removed with all that is in it at the end of its block. */
export interface UsedFolder extends Disposable {
  readonly path: string;
}

/** Makes an empty folder for the block that declares it with `using`. */
export function useFolder(): UsedFolder {
  const path = makeFolder({});
  return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
}

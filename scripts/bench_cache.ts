/**
 * Folders with a cache, for what is measured warm: the sessions of `many` and `small` once more, by
 * hard links, listed once; in one of them some files have grown since.
 */

import { dirname, join } from "@std/path";
import { CannotError } from "../src/errors.ts";
import { type Corpus, readCorpus, removeIfPresent } from "./bench_corpus.ts";

/** How many files of `many-grown` have grown. */
const GROWN_FILES = 20;

/** What they have grown by. */
const MORE_ROWS = `${
  JSON.stringify({
    type: "message",
    message: {
      role: "user",
      content: [{ text: "One more kite, please." }],
      time: "2026-11-20T12:00:00Z",
    },
  })
}\n`;

/**
 * Makes the folders anew, and their caches.
 * @param top The folder of all corpora.
 * @param skein The compiled binary.
 */
export async function buildCaches(top: string, skein: string): Promise<void> {
  const many = readCorpus(top, "many");
  linkFiles(many, join(top, "many-warm"));
  linkFiles(readCorpus(top, "small"), join(top, "small-warm"));
  linkFiles(many, join(top, "many-grown"));
  const step = Math.ceil(many.files.length / GROWN_FILES);
  const growing = many.files.filter((_, index) => index % step === 0)
    .map((name) => join(top, "many-grown", name));
  // A file that other folders share must not grow there.
  for (const path of growing) copyAnew(path);
  // What changed in the second of a listing is not kept by it.
  await new Promise((done) => setTimeout(done, 1_100));
  for (const name of ["many-warm", "small-warm", "many-grown"] as const) {
    list(skein, join(top, name));
  }
  for (const path of growing) Deno.writeTextFileSync(path, MORE_ROWS, { append: true });
}

function linkFiles({ folder, files }: Corpus, to: string): void {
  removeIfPresent(to);
  for (const name of files) {
    const path = join(to, name);
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.linkSync(join(folder, name), path);
  }
}

function copyAnew(path: string): void {
  const bytes = Deno.readFileSync(path);
  const { mtime } = Deno.statSync(path);
  Deno.removeSync(path);
  Deno.writeFileSync(path, bytes);
  if (mtime !== null) Deno.utimeSync(path, mtime, mtime);
}

function list(skein: string, folder: string): void {
  const { success } = new Deno.Command(skein, {
    args: ["list", "--quiet", "--root", folder],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).outputSync();
  if (!success) {
    throw new CannotError(`Cannot list "${folder}" with ${skein}`, {
      hint: `${skein} list --root "${folder}" says why`,
    });
  }
}

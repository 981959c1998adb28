/** A file that is looked into for clues, and what else is asked of it for that: nothing. */

import { assertEquals } from "@std/assert";
import { ByteFinder } from "../src/byte_finder.ts";
import { denoFiles } from "../src/deno_host.ts";
import { findInFile } from "../src/session_file.ts";
import { withFolder } from "./folder.ts";

const CLUES = {
  clues: [{ bytes: new TextEncoder().encode("kite"), ignoresCase: false }],
  escapedCodes: [],
};

Deno.test("findInFile() looks as far as the file reached when it was found", () =>
  withFolder({ "a.jsonl": "a kite\n", "b.jsonl": "a rose\n" }, (folder) => {
    const finder = new ByteFinder(CLUES);
    const find = (name: string) => {
      const path = `${folder}/${name}`;
      const facts = denoFiles.lstat(path);
      Deno.writeTextFileSync(path, "another kite\n", { append: true });
      return findInFile(denoFiles, { path, root: folder, facts }, finder);
    };
    assertEquals(find("a.jsonl"), { offset: 2 });
    assertEquals(find("b.jsonl"), { offset: null });
  }));

Deno.test("findInFile() says why a file cannot be looked into", () =>
  withFolder({ "a.jsonl": "a kite\n" }, (folder) => {
    const path = `${folder}/a.jsonl`;
    const candidate = { path, root: folder, facts: denoFiles.lstat(path) };
    Deno.removeSync(path);
    const failure = { path, isFailure: true, mayHideSession: true };
    const finder = new ByteFinder(CLUES);
    assertEquals(findInFile(denoFiles, candidate, finder), {
      ...failure,
      reason: "no such file or folder",
    });
    Deno.mkdirSync(path);
    assertEquals(findInFile(denoFiles, candidate, finder), {
      ...failure,
      reason: "Is a directory",
    });
  }));

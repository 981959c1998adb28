/** Tests of the documentation check: each gap is made once, and seen. */

import { assertEquals } from "@std/assert";
import {
  findMissingCommands,
  findMissingDocComments,
  findMissingModuleDocs,
  findVariableGaps,
} from "../scripts/check_docs.ts";

Deno.test("findMissingModuleDocs() returns files that do not start with a doc comment", () => {
  const count = (text: string) => findMissingModuleDocs([source(text)]).length;
  assertEquals(count("/** What it is for. */\n\nexport const A = 1;"), 0);
  assertEquals(count("/**\n * What it is for.\n */\n\nimport 'x';"), 0);
  assertEquals(count("#!/usr/bin/env deno\n/** What it is for. */\n"), 0);
  assertEquals(count("export const A = 1;"), 1);
  assertEquals(count("// What it is for.\n\nexport const A = 1;"), 1);
  assertEquals(count("/** What it is for.\n\nexport const A = 1;"), 1);
});

Deno.test("findMissingModuleDocs() returns a file whose first comment is about an export", () => {
  assertEquals(findMissingModuleDocs([source("/** What A is. */\nexport const A = 1;")]).length, 1);
});

Deno.test("findMissingDocComments() returns exports without a doc comment, by name", () => {
  const text = [
    "/** File. */",
    "",
    "export const BARE = 1;",
    "/** Said. */",
    "export function said(): void {}",
    "// Not a doc comment.",
    "export interface Plain {}",
    "/** Said. */",
    "",
    "export type Apart = 1;",
    "/* No doc comment either. */",
    "export async function starred() {}",
  ].join("\n");
  assertEquals(findMissingDocComments([source(text)]), [
    { path: "a.ts", line: 3, reason: 'exports "BARE" without a doc comment' },
    { path: "a.ts", line: 7, reason: 'exports "Plain" without a doc comment' },
    { path: "a.ts", line: 10, reason: 'exports "Apart" without a doc comment' },
    { path: "a.ts", line: 12, reason: 'exports "starred" without a doc comment' },
  ]);
});

Deno.test("findMissingDocComments() returns an export that only the file's comment stands above", () => {
  assertEquals(findMissingDocComments([source("/** File. */\nexport const A = 1;")]).length, 1);
});

Deno.test("findMissingDocComments() ignores further signatures, lint notes and what is not exported", () => {
  const text = [
    "/** File. */",
    "",
    "/** Said. */",
    "export function cut(text: string): string;",
    "export function cut(text: undefined): undefined;",
    "/** Said. */",
    "// deno-lint-ignore no-explicit-any -- as the library has it",
    "export abstract class Base {}",
    "/**",
    " * Said at length.",
    " */",
    "export function* rows() {}",
    "function own() {}",
    'export { cut as trim } from "./b.ts";',
  ].join("\n");
  assertEquals(findMissingDocComments([source(text)]), []);
});

Deno.test("findMissingCommands() returns commands that the page never shows", () => {
  const page = { path: "README.md", text: "$ skein list\nAlso `skein tree`, and treeline." };
  assertEquals(findMissingCommands(["list", "tree"], page), []);
  assertEquals(findMissingCommands(["show", "tre"], page), [
    { path: "README.md", line: 1, reason: 'does not name the command "skein show"' },
    { path: "README.md", line: 1, reason: 'does not name the command "skein tre"' },
  ]);
});

Deno.test("findVariableGaps() returns variables without their row, and rows without their variable", () => {
  const path = "README.md";
  const variables = [["HOME", "the home folder"], ["TERM", "the terminal"]] as const;
  const rows = ["| `HOME` | the home folder |", "| `TERM` | the terminal |"];
  const find = (lines: readonly string[]) =>
    findVariableGaps(variables, { path, text: lines.join("\n") });
  assertEquals(find(rows), []);
  assertEquals(find(rows.slice(1)), [
    { path, line: 1, reason: 'lacks the row "| `HOME` | the home folder |"' },
  ]);
  assertEquals(find([...rows, "| `PATH` | where programs are |"]).map(({ line }) => line), [3]);
  assertEquals(find([...rows, "| `HOME` | a folder |"]).map(({ line }) => line), [3]);
});

function source(text: string) {
  return { path: "a.ts", lines: text.split("\n") };
}

/**
 * Holds the source and README.md against what the house style says of documents: every file says
 * what it is for, every export of `src/` says what the caller gets, and every command and every
 * variable is in README.md.
 */

import { dirname, fromFileUrl, join } from "@std/path";
import { readSources, type Source } from "./sources.ts";

/** Something that is not documented. */
export interface Gap {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

const DECLARATION = /^export (?:declare )?(?:abstract )?(?:async )?(\w+)\*? (\w+)/;
const OVERLOAD = /^export (?:async )?function (\w+).*;$/;

/** Finds the files that do not start with a comment on the file as a whole. */
export function findMissingModuleDocs(sources: readonly Source[]): readonly Gap[] {
  return sources.flatMap(({ path, lines }) => {
    const start = lines[0]?.startsWith("#!") ? 1 : 0;
    const end = lines.findIndex((line, i) => i >= start && line.trimEnd().endsWith("*/"));
    const isDoc = lines[start]?.startsWith("/**") && end >= start && (lines[end + 1] ?? "") === "";
    return isDoc ? [] : [{ path, line: 1, reason: "does not start with a module doc comment" }];
  });
}

/** Finds the exports that have no doc comment right above them. */
export function findMissingDocComments(sources: readonly Source[]): readonly Gap[] {
  return sources.flatMap(({ path, lines }) =>
    lines.flatMap((text, i) => {
      const name = DECLARATION.exec(text)?.[2];
      if (name === undefined || isDocumented(lines, i, name)) return [];
      return [{ path, line: i + 1, reason: `exports "${name}" without a doc comment` }];
    })
  );
}

/** Finds the commands that a text does not show as `skein <name>`. */
export function findMissingCommands(
  names: readonly string[],
  page: { readonly path: string; readonly text: string },
): readonly Gap[] {
  return names
    .filter((name) => !new RegExp(`\\bskein ${RegExp.escape(name)}\\b`).test(page.text))
    .map((name) => ({
      path: page.path,
      line: 1,
      reason: `does not name the command "skein ${name}"`,
    }));
}

/** Finds variables that a text does not list as rows of a table, and rows that list none. */
export function findVariableGaps(
  variables: readonly (readonly [name: string, what: string])[],
  { path, text }: { readonly path: string; readonly text: string },
): readonly Gap[] {
  const rows = variables.map(([name, what]) => `| \`${name}\` | ${what} |`);
  const lines = text.split("\n");
  const missing = rows.filter((row) => !lines.includes(row))
    .map((row) => ({ path, line: 1, reason: `lacks the row "${row}"` }));
  const strange = lines.flatMap((line, i) =>
    /^\| `[A-Z_]+` \|/.test(line) && !rows.includes(line)
      ? [{ path, line: i + 1, reason: "lists a variable that is not read, or in other words" }]
      : []
  );
  return [...missing, ...strange];
}

function isDocumented(lines: readonly string[], at: number, name: string): boolean {
  let above = at - 1;
  while (/^\/\/ deno-lint-ignore/.test(lines[above] ?? "")) above--;
  // A later signature of a function shares the comment of the first.
  if (OVERLOAD.exec(lines[above] ?? "")?.[1] === name) return true;
  if (!lines[above]?.trimEnd().endsWith("*/")) return false;
  while (above > 0 && !/^\s*\/\*/.test(lines[above] ?? "")) above--;
  // What stands on the first line is about the file.
  return above > 0 && (lines[above] ?? "").startsWith("/**");
}

async function findGaps(top: string): Promise<readonly Gap[]> {
  const { COMMANDS } = await import("../src/commands.ts");
  const { VARIABLES } = await import("../src/manual.ts");
  const text = readReadme(join(top, "README.md"));
  return [
    ...findMissingModuleDocs(readSources(top, ["main.ts", "src", "scripts", "tests"])),
    ...findMissingDocComments(readSources(top, ["src"])),
    ...findMissingCommands(COMMANDS.map(({ name }) => name), { path: "README.md", text }),
    ...findVariableGaps(VARIABLES, { path: "README.md", text }),
  ];
}

/** Reads README.md; one that is missing names no command. */
function readReadme(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

if (import.meta.main) {
  const gaps = await findGaps(dirname(dirname(fromFileUrl(import.meta.url))));
  for (const { path, line, reason } of gaps) console.error(`${path}:${line}: ${reason}`);
  if (gaps.length > 0) Deno.exit(1);
  console.log("ok: every file, export, command and variable is documented");
}

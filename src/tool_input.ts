/**
 * What a tool was given, by what a reader wants to see of it: the command that ran, the edit of a
 * file, the file that was written, and the rest as fields. Told by the names of the fields that the
 * tools of agents have in common, never by the tool's own.
 */

import { isArray, isObject } from "./json_row.ts";
import type { JsonObject, JsonValue } from "./transcript.ts";

/** A part of what a tool was given. */
export type InputPart =
  | { readonly type: "command"; readonly text: string }
  /** A stretch of a file, before and after. */
  | {
    readonly type: "edit";
    readonly path: string;
    readonly before: string;
    readonly after: string;
  }
  /** A file's whole contents. */
  | { readonly type: "file"; readonly path: string; readonly text: string }
  /** All that is nothing of this. */
  | { readonly type: "fields"; readonly value: JsonValue };

const COMMAND_KEYS = ["command", "cmd"];
const PATH_KEYS = ["path", "file_path", "filePath"];
const BEFORE_AND_AFTER = [
  ["oldText", "newText"],
  ["old_text", "new_text"],
  ["old_string", "new_string"],
] as const;

/** Splits what a tool was given; the parts together say all of it. */
export function splitInput(input: JsonValue): readonly InputPart[] {
  if (!isObject(input)) return [{ type: "fields", value: input }];
  const path = findText(input, PATH_KEYS);
  const split = path === undefined ? undefined : splitEdits(input, path.text);
  if (split !== undefined && path !== undefined) {
    return [...split.parts, ...listFields(without(split.rest, [path.key]))];
  }
  const command = findText(input, COMMAND_KEYS);
  if (command !== undefined) {
    return [{ type: "command", text: command.text }, ...listFields(without(input, [command.key]))];
  }
  const content = findText(input, ["content"]);
  if (path !== undefined && content !== undefined) {
    const file: InputPart = { type: "file", path: path.text, text: content.text };
    return [file, ...listFields(without(input, [path.key, content.key]))];
  }
  return listFields(input);
}

/** The edits of a file, one or a list of them, and what else there is; undefined when it is no edit. */
function splitEdits(
  input: JsonObject,
  path: string,
): { readonly parts: readonly InputPart[]; readonly rest: JsonObject } | undefined {
  const { edits } = input;
  if (!isArray(edits)) {
    const pair = findPair(input);
    return pair && { parts: [toEdit(input, pair, path)], rest: without(input, pair) };
  }
  if (edits.length === 0) return undefined;
  const parts: InputPart[] = [];
  const rests: JsonObject[] = [];
  for (const edit of edits) {
    const pair = isObject(edit) ? findPair(edit) : undefined;
    if (!isObject(edit) || pair === undefined) return undefined;
    parts.push(toEdit(edit, pair, path));
    rests.push(without(edit, pair));
  }
  const hasRest = rests.some((rest) => Object.keys(rest).length > 0);
  return { parts, rest: { ...without(input, ["edits"]), ...(hasRest ? { edits: rests } : {}) } };
}

type Pair = (typeof BEFORE_AND_AFTER)[number];

function findPair(edit: JsonObject): Pair | undefined {
  return BEFORE_AND_AFTER.find((pair) => pair.every((key) => typeof edit[key] === "string"));
}

function toEdit(edit: JsonObject, [before, after]: Pair, path: string): InputPart {
  return { type: "edit", path, before: String(edit[before]), after: String(edit[after]) };
}

function listFields(value: JsonObject): readonly InputPart[] {
  return Object.keys(value).length === 0 ? [] : [{ type: "fields", value }];
}

function without(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

function findText(
  input: JsonObject,
  keys: readonly string[],
): { readonly key: string; readonly text: string } | undefined {
  for (const key of keys) {
    const text = input[key];
    if (typeof text === "string") return { key, text };
  }
  return undefined;
}

/**
 * Fields of an object as Go's JSON decoder finds them: names match in any letter case, null leaves
 * the zero value, a value of another type makes the row one that the agent skips.
 */

import { isObject, RowShapeError } from "./json_row.ts";
import type { JsonObject, JsonValue } from "./transcript.ts";

/** The value of a field; undefined when no field has the name. */
export function findField(object: JsonObject, name: string): JsonValue | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  // Looked for in nearly every block and nearly never there, so that no list is made for it.
  for (const key in object) {
    if (key.length === name.length && key.toLowerCase() === name) return object[key];
  }
  return undefined;
}

/** A field as text, "" when it is missing; throws `RowShapeError` when it is something else. */
export function readString(object: JsonObject, name: string): string {
  const value = findField(object, name) ?? "";
  if (typeof value !== "string") throw new RowShapeError(`"${name}" is no string`);
  return value;
}

/**
 * A field as a number, undefined when it is missing; throws `RowShapeError` as `readString`, and for
 * a number that Go has none for (1e999).
 */
export function readNumber(object: JsonObject, name: string): number | undefined {
  const value = findField(object, name) ?? undefined;
  if (value !== undefined && (typeof value !== "number" || !Number.isFinite(value))) {
    throw new RowShapeError(`"${name}" is no number`);
  }
  return value;
}

/** A field as a whole number, undefined when it is missing; throws `RowShapeError` for any other. */
export function readInteger(object: JsonObject, name: string): number | undefined {
  const value = readNumber(object, name);
  if (value !== undefined && !Number.isSafeInteger(value)) {
    throw new RowShapeError(`"${name}" is no whole number`);
  }
  return value;
}

/** A field as an object; throws `RowShapeError` when it is missing or something else. */
export function readObject(row: JsonObject, name: string): JsonObject {
  const value = findField(row, name);
  if (!isObject(value)) throw new RowShapeError(`a row of this type without "${name}"`);
  return value;
}

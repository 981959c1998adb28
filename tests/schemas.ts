/** The schemas of `docs/schemas/`, and how an object is held against the one that it names. */

import { assert, assertEquals } from "@std/assert";
import { type Schema, Validator } from "json-schema";
import type { JsonObject } from "../src/transcript.ts";

/** The kinds of objects that have a schema. */
export const NAMES = [
  "export",
  "hit",
  "message",
  "node",
  "receipt",
  "row",
  "session",
  "verdict",
] as const;
/** The kind of an object. */
export type Name = typeof NAMES[number];

/** A part of a schema, as far as these tests look into one. */
export interface Part extends Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly oneOf?: Part[];
  readonly items?: Part;
  readonly $defs?: Readonly<Record<string, Part>>;
}

/** Every schema, read from its file. */
export const SCHEMAS: Readonly<Record<Name, Part>> = {
  export: readSchema("export"),
  hit: readSchema("hit"),
  message: readSchema("message"),
  node: readSchema("node"),
  receipt: readSchema("receipt"),
  row: readSchema("row"),
  session: readSchema("session"),
  verdict: readSchema("verdict"),
};

/** The kind of an object; fails when none has a schema. */
export function nameOf({ kind }: JsonObject): Name {
  const name = NAMES.find((candidate) => candidate === kind);
  assert(name !== undefined, `an object of the kind ${JSON.stringify(kind)}`);
  return name;
}

/** Fails when an object does not fit the schema that it names, or has a key without description. */
export function fits(object: JsonObject): void {
  const schema = SCHEMAS[nameOf(object)];
  const { valid, errors } = new Validator(schema, "2020-12", false).validate(object);
  assert(valid, JSON.stringify({ errors: errors.slice(0, 3), object }, null, 1));
  assertEquals(findUndescribed(object, schema), []);
}

/** Tells whether an object fits a schema. */
export function isValid(name: Name, object: JsonObject): boolean {
  return new Validator(SCHEMAS[name], "2020-12").validate(object).valid;
}

/** Finds the paths of keys that the schema says nothing of; what has any shape is not entered. */
export function findUndescribed(
  value: unknown,
  schema: Part,
  path: readonly string[] = [],
): string[] {
  const inner = (key: string | number, next: unknown, part: Part) =>
    findUndescribed(next, part, [...path, String(key)]);
  const part = resolvePart(schema, value);
  if (part === undefined) return [path.join(".")];
  if (Array.isArray(value) && part.items !== undefined) {
    const { items } = part;
    return value.flatMap((item, index) => inner(index, item, items));
  }
  if (!isObject(value) || part.properties === undefined) return [];
  return Object.entries(value).flatMap(([key, next]) => {
    const property = part.properties?.[key];
    return property?.description === undefined
      ? [[...path, key].join(".")]
      : inner(key, next, property);
  });
}

/** Follows a reference, and chooses the variant whose `type` the value has. */
function resolvePart(part: Part, value: unknown): Part | undefined {
  const target = part.$ref === "#/$defs/block" ? SCHEMAS.message.$defs?.block : part;
  if (target?.oneOf === undefined) return target;
  const type = isObject(value) ? value.type : undefined;
  return target.oneOf.find(({ properties }) => properties?.type?.const === type);
}

/** Every part of a schema that stands for a value, with its path; references are left alone. */
export function listParts(part: Part, path: string): readonly { path: string; part: Part }[] {
  const inner: [string, Part][] = [
    ...Object.entries(part.properties ?? {}),
    ...Object.entries(part.$defs ?? {}),
    ...(part.oneOf ?? []).map((variant): [string, Part] => [
      String(variant.properties?.type?.const),
      variant,
    ]),
    ...(part.items === undefined || part.items.$ref !== undefined
      ? []
      : [["items", part.items] as [string, Part]]),
  ];
  return [{ path, part }, ...inner.flatMap(([key, next]) => listParts(next, `${path}.${key}`))];
}

/** Tells whether a value of JSON is an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where a schema lies; with "" the folder of all. */
export function schemaPath(file: string): URL {
  return new URL(`../docs/schemas/${file}`, import.meta.url);
}

function readSchema(name: Name): Part {
  return JSON.parse(Deno.readTextFileSync(schemaPath(`skein.${name}.1.json`)));
}

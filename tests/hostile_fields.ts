/**
 * Session files in which one field says something hostile, wherever it stands: every text of every row,
 * and every key, one after the other.
 */

// deno-lint-ignore no-explicit-any -- rows are walked without their types, on purpose
type Json = any;

/** A file in which one field is hostile. */
export interface SpoiledFile {
  /** The keys that lead to the field, `[]` for an element of an array; a key itself ends in `?`. */
  readonly field: string;
  readonly bytes: Uint8Array;
}

/** Gives a file for each field. */
export function* spoilFields(
  bytes: Uint8Array,
  isWhole: boolean,
  payload: string,
): Generator<SpoiledFile> {
  const values = parse(bytes, isWhole);
  const fields = new Set<string>();
  for (const value of values) walk(value, "", (field) => fields.add(field), () => undefined);
  for (const field of fields) {
    yield { field, bytes: spoil(bytes, isWhole, new Set([field]), payload) };
  }
}

/** The file with all of these fields hostile. */
export function spoil(
  bytes: Uint8Array,
  isWhole: boolean,
  fields: ReadonlySet<string>,
  payload: string,
): Uint8Array {
  const values = parse(bytes, isWhole).map((value) =>
    walk(value, "", () => {}, (field) => (fields.has(field) ? payload : undefined))
  );
  return new TextEncoder().encode(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
}

function parse(bytes: Uint8Array, isWhole: boolean): readonly Json[] {
  const text = new TextDecoder().decode(bytes);
  const texts = isWhole ? [text] : text.split("\n").filter((line) => line.trim() !== "");
  return texts.map((one) => JSON.parse(one));
}

/** Copies a value, and puts behind a text or a key what `append` has for its field. */
function walk(
  value: Json,
  field: string,
  found: (field: string) => void,
  append: (field: string) => string | undefined,
): Json {
  if (typeof value === "string") {
    found(field);
    return value + (append(field) ?? "");
  }
  if (Array.isArray(value)) return value.map((one) => walk(one, `${field}[]`, found, append));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const path = `${field}.${key}`;
      found(`${path}?`);
      return [key + (append(`${path}?`) ?? ""), walk(inner, path, found, append)];
    }),
  );
}

/**
 * Go's encoding/json (seeds.md, 1.1): what a line becomes when it is decoded into a struct. Field
 * names match in any letter case; null leaves what was there; of equal keys the last one counts,
 * and a struct or a list met again is written into the one before. A value of another JSON type
 * than the field's is an error of the whole decode, which the agents answer by skipping the line.
 */

import {
  compactJson,
  decodeGoText,
  hasHugeNumber,
  isGoJson,
  splitItems,
} from "./strict_go_json.ts";

/** A Go type: its zero value, and what JSON text makes of the value that was there before. */
export interface GoType<T> {
  readonly zero: T;
  decode(json: string, before: T): T;
}

/** What a Go type decodes to. */
export type GoValue<Type> = Type extends GoType<infer T> ? T : never;

class GoError extends Error {
  override name = "GoError";
}

/** Gives what Go decodes into a fresh value, undefined where it reports an error. */
export function unmarshal<T>(source: Uint8Array | string, type: GoType<T>): T | undefined {
  const text = typeof source === "string" ? source : decodeGoText(source);
  if (!isGoJson(text)) return undefined;
  try {
    return type.decode(text.replace(/^[ \t\r\n]+/, "").replace(/[ \t\r\n]+$/, ""), type.zero);
  } catch (error) {
    if (error instanceof GoError) return undefined;
    throw error;
  }
}

function refuse(json: string, wanted: string): GoError {
  return new GoError(`Cannot decode JSON that starts with ${json.slice(0, 1)}: no ${wanted}`);
}

function scalar<T>(zero: T, wanted: string, parse: (json: string) => T | undefined): GoType<T> {
  return {
    zero,
    decode(json, before) {
      if (json === "null") return before;
      const value = parse(json);
      if (value === undefined) throw refuse(json, wanted);
      return value;
    },
  };
}

function parseText(json: string): string | undefined {
  return json.startsWith('"') ? String(JSON.parse(json)).toWellFormed() : undefined;
}

/** `string` */
export const GO_STRING: GoType<string> = scalar("", "string", parseText);

/** `bool` */
export const GO_BOOL: GoType<boolean> = scalar(
  false,
  "bool",
  (json) => json === "true" || json === "false" ? json === "true" : undefined,
);

/** `int` of 64 bits: digits only, so that 1.0 and 1e3 are errors. */
export const GO_INT: GoType<number> = scalar(0, "int", (json) => {
  if (!/^-?[0-9]+$/.test(json)) return undefined;
  const value = BigInt(json);
  return value === BigInt.asIntN(64, value) ? Number(value) : undefined;
});

/** `json.RawMessage`: the compact JSON text, "null" for a null; "" where there was none. */
export const GO_RAW: GoType<string> = { zero: "", decode: (json) => compactJson(json) };

/** `any`, as the compact JSON text; "" where there was none. */
export const GO_ANY: GoType<string> = {
  zero: "",
  decode(json) {
    if (hasHugeNumber(json)) throw refuse(json, "float64");
    return compactJson(json);
  },
};

/** `[]byte`, as base64 text without line breaks; a JSON array of bytes is taken as well. */
export const GO_BYTES: GoType<string> = {
  zero: "",
  decode(json) {
    if (json === "null") return "";
    const text = json.startsWith("[") ? encodeBytes(json) : parseText(json)?.replace(/[\r\n]/g, "");
    if (text === undefined || text.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(unpad(text))) {
      throw refuse(json, "base64");
    }
    return text;
  },
};

function encodeBytes(json: string): string {
  const bytes = goSlice(GO_INT).decode(json, []);
  if (bytes.some((byte) => byte < 0 || byte > 255)) throw refuse(json, "uint8");
  return btoa(String.fromCharCode(...bytes));
}

function unpad(base64: string): string {
  return base64.replace(/={1,2}$/, "");
}

const DATE = /([0-9]{4})-([0-9]{2})-([0-9]{2})/.source;
const CLOCK = /([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:[.,][0-9]+)?/.source;
const ZONE = /(?:Z|[+-]([0-9]{2}):([0-9]{2}))/.source;
const RFC_3339 = new RegExp(`^"${DATE}T${CLOCK}${ZONE}"$`);

/**
 * `time.Time`, as the text stored; "" where there was none. Escapes are not undone before the text
 * is read as a time. As in Go, an hour of one digit, a comma before the fraction and an offset of
 * 24 hours pass.
 */
export const GO_TIME: GoType<string> = scalar("", "RFC 3339 time", (json) => {
  const fields = RFC_3339.exec(json)?.slice(1).map((digits) => Number(digits ?? 0));
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ...offset] = fields ?? [];
  const [offsetHour = 0, offsetMinute = 0] = offset;
  const isInRange = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) &&
    hour < 24 && minute < 60 && second < 60 && offsetHour <= 24 && offsetMinute <= 60;
  return isInRange ? json.slice(1, -1) : undefined;
});

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** `[]T`; null makes it empty. */
export function goSlice<T>(item: GoType<T>): GoType<readonly T[]> {
  return {
    zero: [],
    decode(json, before) {
      if (json === "null") return [];
      if (!json.startsWith("[")) throw refuse(json, "array");
      return splitItems(json).map((text, i) => item.decode(text, before[i] ?? item.zero));
    },
  };
}

/** `*T`; null makes it nil, which is undefined here. */
export function goPointer<T>(to: GoType<T>): GoType<T | undefined> {
  return {
    zero: undefined,
    decode: (json, before) => json === "null" ? undefined : to.decode(json, before ?? to.zero),
  };
}

/** `map[string]T`; null makes it empty. */
export function goMap<T>(item: GoType<T>): GoType<ReadonlyMap<string, T>> {
  return {
    zero: new Map(),
    decode(json, before) {
      if (json === "null") return new Map();
      const read = pairsOf(json).map(([key, text]) => [key, item.decode(text, item.zero)] as const);
      return new Map([...before, ...read]);
    },
  };
}

/** A struct of these fields; keys that it does not have are skipped. */
export function goStruct<S extends object>(
  fields: { readonly [Name in keyof S]: GoType<S[Name]> },
): GoType<S> {
  // Object.keys() gives no more than string, whatever the object.
  const names = new Map((Object.keys(fields) as (keyof S & string)[]).map((n) => [fold(n), n]));
  const zero = Object.fromEntries([...names.values()].map((n) => [n, fields[n].zero])) as S;
  return {
    zero,
    decode(json, before) {
      if (json === "null") return before;
      const value = { ...before };
      for (const [key, text] of pairsOf(json)) {
        const name = names.get(fold(key));
        if (name !== undefined) value[name] = fields[name].decode(text, value[name]);
      }
      return value;
    },
  };
}

/** A pointer to a struct of which only this is known. */
export const GO_OPAQUE: GoType<object | undefined> = goPointer(goStruct({}));

/** Go folds by Unicode, so that two letters beyond ASCII match an ASCII one. */
function fold(key: string): string {
  return key.replaceAll("\u017f", "s").replaceAll("\u212a", "k").toLowerCase();
}

function pairsOf(json: string): readonly (readonly [key: string, json: string])[] {
  if (!json.startsWith("{")) throw refuse(json, "object");
  const items = splitItems(json);
  return items.flatMap((item, i) =>
    i % 2 === 0 ? [[parseText(item) ?? "", items[i + 1] ?? ""] as const] : []
  );
}

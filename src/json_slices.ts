/**
 * Where the members of an object and the items of an array lie in the bytes of a row, so that one
 * value can be taken or replaced and every other byte stays as it is.
 *
 * The bytes must be sound JSON: they were parsed before.
 */

/** A stretch of bytes: from `start` on, before `end`. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** A member of an object. */
export interface Member {
  readonly key: string;
  /** From the key's quote to the end of the value. */
  readonly whole: Slice;
  readonly value: Slice;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The members of the object that starts in a slice, in order; all of the bytes unless told. */
export function sliceMembers(bytes: Uint8Array, within?: Slice): readonly Member[] {
  const members: Member[] = [];
  let at = skip(bytes, (within?.start ?? skipSpace(bytes, 0)) + 1);
  while (bytes[at] === QUOTE) {
    const start = at;
    const keyEnd = endOfString(bytes, at);
    const key: string = JSON.parse(decoder.decode(bytes.subarray(start, keyEnd)));
    const valueStart = skip(bytes, keyEnd);
    const end = endOfValue(bytes, valueStart);
    members.push({ key, whole: { start, end }, value: { start: valueStart, end } });
    at = skip(bytes, end);
  }
  return members;
}

/** The items of the array that starts in a slice, in order. */
export function sliceItems(bytes: Uint8Array, within: Slice): readonly Slice[] {
  const items: Slice[] = [];
  let at = skip(bytes, within.start + 1);
  while (at < within.end - 1) {
    const end = endOfValue(bytes, at);
    items.push({ start: at, end });
    at = skip(bytes, end);
  }
  return items;
}

/** A member by its name; the last one where several bear it, as parsers have it. */
export function findMember(
  bytes: Uint8Array,
  name: string,
  within?: Slice,
): Member | undefined {
  return sliceMembers(bytes, within)
    .findLast(({ key }) => key === name || key.toLowerCase() === name);
}

/** One change to the members of an object; without a text the member goes. */
export interface MemberChange {
  readonly key: string;
  /** The value as JSON. */
  readonly json: string | undefined;
}

/** How an agent spells objects, and finds their members. */
export interface ObjectSpelling {
  /** What stands between members, and between a key and its value. */
  readonly comma: string;
  readonly colon: string;
  /** Whether a name in other letters is the same name. */
  readonly ignoresCase: boolean;
}

/** How agents in Go write and read. */
export const GO_OBJECTS: ObjectSpelling = { comma: ",", colon: ":", ignoresCase: true };

/** How agents in Python write and read. */
export const PYTHON_OBJECTS: ObjectSpelling = { comma: ", ", colon: ": ", ignoresCase: false };

/**
 * Changes members of the object that starts in a slice; a new one goes to the end.
 * @returns the bytes with the object changed, all other members as they were
 */
export function changeMembers(
  bytes: Uint8Array,
  within: Slice,
  changes: readonly MemberChange[],
  spelling: ObjectSpelling = GO_OBJECTS,
): Uint8Array {
  const wanted = new Map(changes.map(({ key, json }) => [key, json]));
  const kept = sliceMembers(bytes, within).flatMap(({ key, whole, value }) => {
    const name = [...wanted.keys()].find((candidate) =>
      candidate === (spelling.ignoresCase ? key.toLowerCase() : key)
    );
    if (name === undefined) return [bytes.subarray(whole.start, whole.end)];
    const json = wanted.get(name);
    wanted.set(name, undefined);
    if (json === undefined) return [];
    return [concat([bytes.subarray(whole.start, value.start), encoder.encode(json)])];
  });
  const added = [...wanted].flatMap(([key, json]) =>
    json === undefined ? [] : [encoder.encode(`${JSON.stringify(key)}${spelling.colon}${json}`)]
  );
  const comma = encoder.encode(spelling.comma);
  const members = [...kept, ...added].flatMap((part, index) =>
    index === 0 ? [part] : [comma, part]
  );
  return concat([
    bytes.subarray(0, within.start + 1),
    ...members,
    bytes.subarray(within.end - 1),
  ]);
}

/** Puts bytes one after the other. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Where the string ends whose quote stands at `start`, its closing quote included. */
export function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

function endOfValue(bytes: Uint8Array, start: number): number {
  const first = bytes[start];
  if (first === QUOTE) return endOfString(bytes, start);
  if (first !== 0x7b && first !== 0x5b) {
    let at = start;
    while (at < bytes.length && !isBetween(bytes[at])) at++;
    return at;
  }
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at) - 1;
    else if (byte === 0x7b || byte === 0x5b) depth++;
    else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return at + 1;
  }
  return bytes.length;
}

/** Goes over white space, commas and colons. */
function skip(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isSpace(bytes[at]) || bytes[at] === 0x2c || bytes[at] === 0x3a) at++;
  return at;
}

function skipSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isSpace(bytes[at])) at++;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a;
}

/** What ends a number or a word: white space, a comma, a closing bracket. */
function isBetween(byte: number | undefined): boolean {
  return isSpace(byte) || byte === 0x2c || byte === 0x7d || byte === 0x5d;
}

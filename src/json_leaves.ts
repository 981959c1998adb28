/**
 * The texts and numbers of a JSON text, each with the key that it stands under. What takes the place of
 * one stands where it stood, and every other letter stays as it is.
 *
 * An item of a list stands under the list's key. Headers and the like come as objects of a name and a
 * value: there the name is the key.
 */

import { findStringEnd } from "./json_exact.ts";

/** A text, a number as it is spelled, or a key. */
export interface JsonLeaf {
  readonly type: "text" | "number" | "key";
  readonly value: string;
  /** What it stands under; empty where that is nothing, and for a key. */
  readonly key: string;
}

/** What takes the place of leaves. */
export interface ReplaceLeavesOptions {
  /** What a value stands under that is in no object; nothing unless told. */
  readonly key?: string;
  /** Gives what is to stand in the place of a leaf: the same where it stays, else a text. */
  readonly replace: (leaf: JsonLeaf) => string;
}

/** What is known of an object once it was read to its end. */
interface ObjectFacts {
  readonly keys: string[];
  /** The text under the key `name`. */
  name: string | undefined;
  /** The keys that there are, and those that took the place of one. */
  taken?: Set<string>;
}

/** Where a leaf is spelled, and the member that it is, or is in a list of. */
interface LeafPlace {
  readonly start: number;
  readonly end: number;
  readonly type: JsonLeaf["type"];
  readonly key: string;
  readonly object: ObjectFacts | undefined;
}

/** What is open at a place of the text: an object and its last key; or a list, which takes over those. */
interface Open {
  readonly isList: boolean;
  readonly object: ObjectFacts | undefined;
  key: string;
}

/** A quotation mark, a bracket, or a number, wherever no text goes on. */
const TOKEN = /["{}[\]]|[-\d][^\s,}\]]*/g;
const COLON = /\s*:/y;

/** Replaces leaves of a JSON text, which must be sound. Keys of one object that read alike now stay two. */
export function replaceLeaves(json: string, { key = "", replace }: ReplaceLeavesOptions): string {
  const parts: string[] = [];
  let done = 0;
  for (const place of listLeaves(json, key)) {
    const spelled = json.slice(place.start, place.end);
    const value = place.type === "number" ? spelled : parseText(spelled);
    const replaced = replace({ type: place.type, value, key: findKey(place) });
    if (replaced === value) continue;
    const unique = place.type === "key" ? findFreeKey(replaced, place.object) : replaced;
    parts.push(json.slice(done, place.start), JSON.stringify(unique));
    done = place.end;
  }
  return done === 0 ? json : parts.join("") + json.slice(done);
}

/** Finds the leaves in order; all of them first, since an object may tell its name behind its value. */
function listLeaves(json: string, key: string): readonly LeafPlace[] {
  const leaves: LeafPlace[] = [];
  const around: Open[] = [];
  let open: Open = { isList: true, object: undefined, key };
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(json); token !== null; token = TOKEN.exec(json)) {
    const { 0: letters, index: start } = token;
    if (letters === "{" || letters === "[") {
      around.push(open);
      open = letters === "["
        ? { ...open, isList: true }
        : { isList: false, object: { keys: [], name: undefined }, key: "" };
    } else if (letters === "}" || letters === "]") {
      open = around.pop() ?? open;
    } else if (letters === '"') {
      const end = findStringEnd(json, start) ?? json.length;
      leaves.push(readString(json, { start, end }, open));
      TOKEN.lastIndex = end;
    } else {
      const { key: own, object } = open;
      leaves.push({ type: "number", start, end: TOKEN.lastIndex, key: own, object });
    }
  }
  return leaves;
}

/** Reads a string that stands in what is open, as a key of it or as a text. */
function readString(
  json: string,
  { start, end }: Pick<LeafPlace, "start" | "end">,
  open: Open,
): LeafPlace {
  const { isList, object, key } = open;
  COLON.lastIndex = end;
  if (isList || !COLON.test(json)) {
    if (!isList && object !== undefined && key === "name") {
      object.name = parseText(json.slice(start, end));
    }
    return { type: "text", start, end, key, object };
  }
  open.key = parseText(json.slice(start, end));
  object?.keys.push(open.key);
  return { type: "key", start, end, key: "", object };
}

function parseText(spelled: string): string {
  return spelled.includes("\\") ? JSON.parse(spelled) : spelled.slice(1, -1);
}

function findKey({ key, object }: LeafPlace): string {
  return key === "value" ? object?.name ?? key : key;
}

/** A key as it is wished, or with a number behind it where the object has one of that name. */
function findFreeKey(wish: string, object: ObjectFacts | undefined): string {
  if (object === undefined) return wish;
  const taken = object.taken ??= new Set(object.keys);
  let key = wish;
  for (let count = 2; taken.has(key); count++) key = `${wish}-${count}`;
  taken.add(key);
  return key;
}

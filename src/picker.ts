/**
 * What a picker holds: what is offered, what was typed, what that finds, and what is highlighted.
 *
 * A state and a key make the next state, and nothing else happens here. Each word that is typed has
 * to stand in the text of what is offered, in either case, the words in any order. Letters that are
 * scattered over the text do not count: so what is found stays in its order, the newest first, and it
 * is plain why it was found. Ids are found by how they begin, as everywhere.
 */

import type { Key } from "./keys.ts";
import { dropLastLetter } from "./text.ts";

/** Something that may be picked, with what it is found by, as `foldText` writes it. */
export interface Offered {
  readonly text: string;
  /** Whatever its id may be typed as. */
  readonly ids: readonly string[];
}

/** A picker between two keys. */
export interface PickerState<Item extends Offered> {
  readonly offered: readonly Item[];
  readonly query: string;
  /** Those of `offered` that the query finds, in their order. */
  readonly found: readonly Item[];
  /** The highlighted one, as a place in `found`; 0 when that is empty. */
  readonly index: number;
  /** The first of `found` that is seen, and how many lines there are for them. */
  readonly top: number;
  readonly lines: number;
  /** How it ended: undefined while it goes on. */
  readonly end: "picked" | "left" | undefined;
}

/** A picker before the first key. */
export function openPicker<Item extends Offered>(
  offered: readonly Item[],
  lines: number,
): PickerState<Item> {
  return { offered, query: "", found: offered, index: 0, top: 0, lines, end: undefined };
}

/** What is highlighted; undefined when nothing is found. */
export function findHighlighted<Item extends Offered>(
  { found, index }: PickerState<Item>,
): Item | undefined {
  return found[index];
}

/** The state after a key. */
export function pressKey<Item extends Offered>(
  state: PickerState<Item>,
  key: Key,
): PickerState<Item> {
  const { query, found, index, lines } = state;
  switch (key.name) {
    case "text":
      return search(state, query + key.text);
    case "deleteLetter":
      return search(state, dropLastLetter(query));
    case "deleteWord":
      return search(state, query.replace(/\S*\s*$/, ""));
    case "deleteAll":
      return search(state, "");
    case "up":
      return highlight(state, index - 1);
    case "down":
      return highlight(state, index + 1);
    case "pageUp":
      return highlight(state, index - lines);
    case "pageDown":
      return highlight(state, index + lines);
    case "home":
      return highlight(state, 0);
    case "end":
      return highlight(state, found.length - 1);
    case "enter":
      return found.length === 0 ? state : { ...state, end: "picked" };
    case "escape":
    case "interrupt":
      return { ...state, end: "left" };
  }
}

/** The state with another number of lines for what is found, the highlighted one among them. */
export function fitLines<Item extends Offered>(
  state: PickerState<Item>,
  lines: number,
): PickerState<Item> {
  return lines === state.lines ? state : highlight({ ...state, lines }, state.index);
}

/** A text in the one spelling in which texts are compared. */
export function foldText(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

function highlight<Item extends Offered>(
  state: PickerState<Item>,
  wanted: number,
): PickerState<Item> {
  const { found, lines } = state;
  const index = Math.max(0, Math.min(wanted, found.length - 1));
  const last = Math.max(0, found.length - lines);
  const top = Math.min(Math.max(state.top, index - lines + 1), index, last);
  return { ...state, index, top };
}

function search<Item extends Offered>(
  state: PickerState<Item>,
  query: string,
): PickerState<Item> {
  const [before, wanted] = [foldText(state.query), foldText(query)];
  // What a longer query finds, the shorter one found too.
  const among = wanted.startsWith(before) ? state.found : state.offered;
  const words = wanted.split(/\s+/).filter((word) => word !== "");
  const found = among.filter(({ text, ids }) =>
    words.every((word) => text.includes(word) || ids.some((id) => id.startsWith(word)))
  );
  return { ...state, query, found, index: 0, top: 0 };
}

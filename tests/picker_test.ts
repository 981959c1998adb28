/** The picker's state: what keys make of it, and that searching by steps is searching at once. */

import { assert, assertEquals } from "@std/assert";
import type { Key, KeyName } from "../src/keys.ts";
import {
  findHighlighted,
  fitLines,
  foldText,
  type Offered,
  openPicker,
  type PickerState,
  pressKey,
} from "../src/picker.ts";
import { holdLaw, type Random } from "./random.ts";

interface Kite extends Offered {
  readonly title: string;
}

function offer(...titles: readonly string[]): readonly Kite[] {
  return titles.map((title, index) => ({
    title,
    text: foldText(`${title}\nkite\nzot`),
    ids: [`${index}${index}aa-beef`],
  }));
}

const KITES = offer("Wing spar", "Tail of the Sparrow", "灯籠の説明書", "Café prices");

/** Presses keys one after the other; a text is typed letter by letter. */
function press(state: PickerState<Kite>, ...keys: readonly string[]): PickerState<Kite> {
  return keys.flatMap((key): Key[] =>
    key.startsWith('"')
      ? [...key.slice(1, -1)].map((text) => ({ name: "text", text }))
      : [{ name: key as KeyName }]
  ).reduce(pressKey, state);
}

function titles({ found }: PickerState<Kite>): readonly string[] {
  return found.map(({ title }) => title);
}

Deno.test("openPicker() finds everything, and highlights the first", () => {
  const state = openPicker(KITES, 3);
  assertEquals(titles(state), KITES.map(({ title }) => title));
  assertEquals(findHighlighted(state)?.title, "Wing spar");
  assertEquals(state.end, undefined);
});

Deno.test("pressKey() finds what has every word that was typed, in either case and any order", () => {
  const state = openPicker(KITES, 3);
  assertEquals(titles(press(state, '"spar"')), ["Wing spar", "Tail of the Sparrow"]);
  assertEquals(titles(press(state, '"SPAR tail"')), ["Tail of the Sparrow"]);
  assertEquals(titles(press(state, '"zot 灯籠"')), ["灯籠の説明書"]);
  assertEquals(titles(press(state, '"wgsp"')), []);
});

Deno.test("pressKey() finds a letter however it is put together", () => {
  const state = openPicker(KITES, 3);
  for (const spelled of ['"café"', '"cafe\u0301"', '"ｃａｆé"']) {
    assertEquals(titles(press(state, spelled)), ["Café prices"], spelled);
  }
});

Deno.test("pressKey() finds an id by its beginning alone", () => {
  const state = openPicker(KITES, 3);
  assertEquals(titles(press(state, '"11aa"')), ["Tail of the Sparrow"]);
  assertEquals(titles(press(state, '"beef"')), []);
});

Deno.test("pressKey() highlights the first that a changed query finds", () => {
  const state = press(openPicker(KITES, 3), "down", "down", '"spar"');
  assertEquals(findHighlighted(state)?.title, "Wing spar");
  assertEquals(findHighlighted(press(state, '"x"')), undefined);
});

Deno.test("pressKey() takes back a letter, a word, and all of it", () => {
  const state = press(openPicker(KITES, 3), '"wing spars"');
  assertEquals(press(state, "deleteLetter").query, "wing spar");
  assertEquals(press(state, "deleteWord").query, "wing ");
  assertEquals(press(state, "deleteWord", "deleteWord", "deleteWord").query, "");
  assertEquals(press(state, "deleteAll").query, "");
  assertEquals(titles(press(state, "deleteLetter")), ["Wing spar"]);
});

Deno.test("pressKey() moves, by lines and by pages, and stops at both ends", () => {
  const state = openPicker(offer(..."abcdefgh"), 3);
  const at = (...keys: readonly string[]) => {
    const { index, top } = press(state, ...keys);
    return [index, top];
  };
  assertEquals(at("up"), [0, 0]);
  assertEquals(at("down", "down"), [2, 0]);
  assertEquals(at("down", "down", "down"), [3, 1]);
  assertEquals(at("pageDown"), [3, 1]);
  assertEquals(at("pageDown", "pageDown", "pageDown"), [7, 5]);
  assertEquals(at("end"), [7, 5]);
  assertEquals(at("end", "down"), [7, 5]);
  assertEquals(at("end", "up", "up"), [5, 5]);
  assertEquals(at("end", "up", "up", "up"), [4, 4]);
  assertEquals(at("end", "pageUp"), [4, 4]);
  assertEquals(at("end", "home"), [0, 0]);
});

Deno.test("pressKey() picks what is highlighted, and nothing where nothing is found", () => {
  const state = openPicker(KITES, 3);
  assertEquals(press(state, "down", "enter").end, "picked");
  assertEquals(press(state, '"no such kite"', "enter").end, undefined);
  assertEquals(press(openPicker<Kite>([], 3), "enter").end, undefined);
});

Deno.test("pressKey() leaves on Escape and on Ctrl-C", () => {
  assertEquals(press(openPicker(KITES, 3), "escape").end, "left");
  assertEquals(press(openPicker(KITES, 3), "interrupt").end, "left");
});

Deno.test("fitLines() keeps what is highlighted in sight", () => {
  const state = press(openPicker(offer(..."abcdefgh"), 6), "down", "down", "down", "down");
  const { index, top } = fitLines(state, 2);
  assertEquals([index, top], [4, 3]);
  assertEquals(fitLines(fitLines(state, 2), 8).top, 0);
});

Deno.test("pressKey() finds by steps what it finds at once, and keeps the highlight in sight", () => {
  holdLaw(300, (random) => {
    const kites = offer(...random.list(random.integer(0, 12), () => randomTitle(random)));
    const lines = random.integer(1, 6);
    let state = openPicker(kites, lines);
    for (let step = 0; step < 12; step++) {
      state = random.chance(0.1)
        ? fitLines(state, random.integer(1, 6))
        : pressKey(state, randomKey(random));
      const { found, index, top, query } = state;
      const atOnce = pressKey(openPicker(kites, lines), { name: "text", text: query });
      assertEquals(found, atOnce.found);
      assert(found.length === 0 ? index === 0 : index < found.length);
      assert(top >= 0 && top <= index && index < top + state.lines);
    }
  });
});

function randomTitle(random: Random): string {
  return random.list(random.integer(0, 6), () => random.pick(["a", "b", " ", "é", "e\u0301", "ß"]))
    .join("");
}

function randomKey(random: Random): Key {
  const text = random.pick(["a", "b", " ", "e", "\u0301", "É", "S", "0"]);
  const names = ["up", "down", "pageUp", "pageDown", "home", "end", "deleteLetter", "deleteWord"];
  return random.chance(0.6)
    ? { name: "text", text }
    : { name: random.pick(["deleteAll", ...names]) as KeyName };
}

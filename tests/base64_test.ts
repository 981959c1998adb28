/** Texts in base64: told from other bytes, in whatever letters and lines they are spelled. */

import { assertEquals } from "@std/assert";
import { decodeText, findBase64 } from "../src/base64.ts";
import { findLongWords } from "../src/long_words.ts";
import { holdLaw, type Random } from "./random.ts";
import { randomWords } from "./random_prose.ts";

function decode(stretch: string): string | undefined {
  return decodeText(`(${stretch})`, { start: 1, end: stretch.length + 1 });
}

/** Whether bytes are a text, by what the runtime says; no letter of a text here is cut. */
function isText(bytes: Uint8Array): boolean {
  const isWide = bytes.length % 2 === 0 &&
    bytes.every((byte, at) => (byte === 0) === (at % 2 === 1));
  const letters = isWide ? bytes.filter((byte) => byte !== 0) : bytes;
  // deno-lint-ignore no-control-regex -- controls are what it looks for
  if (/[\0-\u0008\u000e-\u001a\u001c-\u001f\u007f]/.test(String.fromCharCode(...letters))) {
    return false;
  }
  const high = letters.filter((byte) => byte >= 0x80).length;
  return high * 5 <= letters.length || !new TextDecoder().decode(letters).includes("\ufffd");
}

const TEXTS: Readonly<Record<string, (random: Random) => Uint8Array>> = {
  ASCII: () => new TextEncoder().encode("The kites of this shop fly at ninety degrees."),
  "UTF-8": (random) => new TextEncoder().encode(`Kites: ${randomWords(random)} and so on`),
  "a letter of Latin 1 in five": (random) =>
    Uint8Array.from({ length: 40 }, () => random.chance(0.1) ? random.integer(0x80, 0xff) : 0x65),
  "UTF-16": (random) =>
    new Uint8Array(
      Uint16Array.from(`Kites ${randomWords(random)}`, (letter) => letter.charCodeAt(0)).buffer,
    ),
  "any bytes": (random) => Uint8Array.from({ length: 60 }, () => random.integer(0, 255)),
};

Deno.test("decodeText() decodes every text, by what the runtime takes for one", () => {
  holdLaw(500, (random) => {
    const bytes = TEXTS[random.pick(Object.keys(TEXTS) as [string])]?.(random) ?? new Uint8Array();
    const letters = String.fromCharCode(...bytes);
    const spelled = btoa(letters);
    const isPlain = isText(bytes) && /[A-Z]/.test(spelled) && /[a-z]/.test(spelled);
    if (isPlain) assertEquals(decode(spelled), letters.replaceAll("\0", ""));
  });
});

Deno.test("decodeText() leaves alone what holds other bytes, and words of one case", () => {
  holdLaw(200, (random) => {
    const bytes = random.list(200, () => random.integer(0, 255));
    assertEquals(decode(btoa(String.fromCharCode(...bytes))), undefined);
  });
  assertEquals(decode(btoa("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")), undefined);
  assertEquals(decode("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"), undefined);
  assertEquals(decode("kite/lantern/spar/bridle/crown"), undefined);
});

Deno.test("findBase64() takes lines for one stretch, and looks behind the slashes of a path", () => {
  const find = (text: string) =>
    findBase64(text, findLongWords(text)).map(({ start, end }) => text.slice(start, end));
  const lines = btoa("kites and lanterns ".repeat(8)).replace(/.{64}/g, "$&\r\n");
  assertEquals(find(`-----\n${lines}\n-----`), [lines]);
  const inPath = btoa("kites and lanterns");
  assertEquals(find(`see https://h.example/x/${inPath}, then`), [
    `example/x/${inPath}`,
    `x/${inPath}`,
    inPath,
  ]);
});

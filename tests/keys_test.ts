/** Keys: what terminals send for them, in whatever pieces, and what is swallowed. */

import { assertEquals } from "@std/assert";
import { type Key, KeyDecoder } from "../src/keys.ts";
import { holdLaw, type Random } from "./random.ts";
import { randomLine } from "./random_text.ts";

const encoder = new TextEncoder();

/** The keys that pieces make, text in quotation marks; the last piece is all that comes. */
function decode(...pieces: readonly (string | Uint8Array)[]): readonly string[] {
  const decoder = new KeyDecoder();
  const keys = pieces.flatMap((piece) =>
    decoder.push(typeof piece === "string" ? encoder.encode(piece) : piece)
  );
  return [...keys, ...decoder.decide()].map(show);
}

function show(key: Key): string {
  return key.name === "text" ? `"${key.text}"` : key.name;
}

Deno.test("KeyDecoder gives a run of letters as one text", () => {
  assertEquals(decode("kite tail"), ['"kite tail"']);
  assertEquals(decode("灯籠 🪁 é"), ['"灯籠 🪁 é"']);
});

Deno.test("KeyDecoder knows the arrows and their like as each kind of terminal sends them", () => {
  const spellings: Readonly<Record<string, readonly string[]>> = {
    up: ["\x1b[A", "\x1bOA", "\x1b[1;5A", "\x1b\x1b[A", "\x10"],
    down: ["\x1b[B", "\x1bOB", "\x1b[1;2B", "\x0e"],
    pageUp: ["\x1b[5~", "\x1b[5;5~"],
    pageDown: ["\x1b[6~"],
    home: ["\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~"],
    end: ["\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~"],
    enter: ["\r", "\n", "\x1bOM"],
    escape: ["\x1b", "\x07", "\x1b\x1b"],
    interrupt: ["\x03"],
    deleteLetter: ["\x7f", "\x08"],
    deleteWord: ["\x17", "\x1b\x7f", "\x1b\x08"],
    deleteAll: ["\x15"],
  };
  for (const [name, sent] of Object.entries(spellings)) {
    for (const bytes of sent) assertEquals(decode(bytes), [name], JSON.stringify(bytes));
  }
});

Deno.test("KeyDecoder swallows sequences and controls that no key stands for", () => {
  const sequences = [
    "\x1b[2~",
    "\x1b[3~",
    "\x1b[C",
    "\x1b[15;2~",
    "\x1b[[A",
    "\x1bOP",
    "\x1bx",
    "\x1bé",
    "\x1b[I",
    "\x1b[?62;4c",
    "\x1b[12;40R",
    "\x1b[1 q",
    "\x1b]11;rgb:0000/0000/0000\x07",
    "\x1b]11;rgb:0000/0000/0000\x1b\\",
    "\x1bP1+r436f\x1b\\",
    "\x00\x01\x02\x04\x05\x06\t\x0b\x0c\x0f\x1a\x1c\x1f",
    "\u0085\u009b",
  ];
  for (const sequence of sequences) {
    assertEquals(
      decode(`a${sequence}b`).join("").replaceAll('"', ""),
      "ab",
      JSON.stringify(sequence),
    );
  }
});

Deno.test("KeyDecoder takes an escape for a key when something else follows, or nothing", () => {
  assertEquals(decode("a\x1b"), ['"a"', "escape"]);
  assertEquals(decode("\x1b\r"), ["escape", "enter"]);
  assertEquals(decode("\x1b\x03"), ["escape", "interrupt"]);
});

Deno.test("KeyDecoder is undecided after an escape, and after nothing else that may be late", () => {
  const decoder = new KeyDecoder();
  const isUndecidedAfter = (text: string) => {
    decoder.push(encoder.encode(text));
    return decoder.isUndecided;
  };
  assertEquals(isUndecidedAfter("a"), false);
  assertEquals(isUndecidedAfter("\x1b"), true);
  assertEquals(isUndecidedAfter("["), false);
  assertEquals(decoder.decide(), []);
  assertEquals(decoder.push(encoder.encode("A")), [{ name: "up" }]);
});

Deno.test("KeyDecoder gives up a string for the terminal that does not end", () => {
  const decoder = new KeyDecoder();
  assertEquals(decoder.push(encoder.encode("\x1b]")), []);
  assertEquals(decoder.isUndecided, true);
  assertEquals(decoder.decide(), []);
  assertEquals(decoder.push(encoder.encode("kite")), [{ name: "text", text: "kite" }]);
});

Deno.test("KeyDecoder obeys Ctrl-C inside of anything that was begun", () => {
  for (const begun of ["\x1b[", "\x1b[1;5", "\x1bO", "\x1b]0;title", "\x1b[200~pasted"]) {
    assertEquals(decode(`${begun}\x03`), ["interrupt"], JSON.stringify(begun));
  }
});

Deno.test("KeyDecoder gives what was pasted as text, its lines and controls as spaces", () => {
  assertEquals(decode("\x1b[200~two\r\nlines\tand \x1b[A\x1b[201~!\r"), [
    '"two  lines and  [A!"',
    "enter",
  ]);
  assertEquals(decode("\x1b[200~\x1b[201~"), []);
});

Deno.test("KeyDecoder joins letters that come in pieces, and drops bytes that are none", () => {
  const kite = encoder.encode("🪁");
  assertEquals(decode(kite.subarray(0, 1), kite.subarray(1, 3), kite.subarray(3)), ['"🪁"']);
  assertEquals(decode(Uint8Array.of(0x61, 0xff, 0x62)), ['"ab"']);
  assertEquals(decode(kite.subarray(0, 2), "a"), ['"a"']);
});

Deno.test("KeyDecoder gives the same keys however the bytes are cut", () => {
  holdLaw(300, (random) => {
    const bytes = encoder.encode(randomKeys(random));
    const whole = decode(bytes);
    const pieces: Uint8Array[] = [];
    for (let start = 0; start < bytes.length;) {
      const end = start + random.integer(1, 5);
      pieces.push(bytes.subarray(start, end));
      start = end;
    }
    assertEquals(joinTexts(decode(...pieces)), joinTexts(whole));
  });
});

function randomKeys(random: Random): string {
  return random.list(random.integer(1, 12), () =>
    random.pick([
      "\x1b[A",
      "\x1bOB",
      "\x1b[5~",
      "\x1b[1;5H",
      "\x1b]0;x\x07",
      "\x1b[200~a\nb\x1b[201~",
      "\x1b[?1;2c",
      "\r",
      "\x7f",
      "\x1bf",
      randomLine(random, 6),
    ])).join("");
}

/** Texts that follow each other may come as one, or as several. */
function joinTexts(keys: readonly string[]): string {
  return keys.join("\n").replaceAll('"\n"', "");
}

/**
 * Bytes from a terminal to the keys that were pressed.
 *
 * Bytes come in pieces of any size: a letter or a sequence may be cut anywhere, and goes on in the
 * next piece. Sequences that no key here stands for are swallowed whole, answers of the terminal
 * included. What is pasted is text, whatever it holds; Ctrl-C alone is always itself.
 *
 * An escape that nothing follows is the key of that name, and only time can tell: whoever reads
 * waits while `isUndecided`, then calls `decide`.
 */

/** A key that does something. */
export type KeyName =
  | "up"
  | "down"
  | "pageUp"
  | "pageDown"
  | "home"
  | "end"
  | "enter"
  | "escape"
  | "interrupt"
  | "deleteLetter"
  | "deleteWord"
  | "deleteAll";

/** A key, or a run of text that was typed or pasted. */
export type Key =
  | { readonly name: KeyName }
  | { readonly name: "text"; readonly text: string };

const ESCAPE = "\x1b";

/** Control characters: Enter, Backspace, and what readline and fzf call the rest. */
const CONTROLS: Readonly<Record<string, KeyName>> = {
  "\x03": "interrupt",
  "\x07": "escape",
  "\x08": "deleteLetter",
  "\n": "enter",
  "\r": "enter",
  "\x0e": "down",
  "\x10": "up",
  "\x15": "deleteAll",
  "\x17": "deleteWord",
  "\x7f": "deleteLetter",
};

/** The letter that ends `ESC [ A` or `ESC O A`; Ctrl, Alt and Shift change nothing. */
const LETTERS: Readonly<Record<string, KeyName>> = {
  A: "up",
  B: "down",
  F: "end",
  H: "home",
  M: "enter",
};

/** The number in `ESC [ 5 ~`, as VT220, xterm, rxvt and the console of Linux have it. */
const NUMBERS: Readonly<Record<string, KeyName>> = {
  "1": "home",
  "4": "end",
  "5": "pageUp",
  "6": "pageDown",
  "7": "home",
  "8": "end",
};

const PASTE_START = "200~";
const PASTE_END = `${ESCAPE}[201~`;

/**
 * Where the decoder is: between keys; behind an escape; in a sequence (`ESC [`), in one of a single
 * letter (`ESC O`), in a string for the terminal (`ESC ]`); or in what is pasted.
 */
type Place = "ground" | "escape" | "sequence" | "letter" | "string" | "paste";

/** Makes keys of bytes, piece by piece. */
export class KeyDecoder {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #place: Place = "ground";
  /** What a sequence or a paste holds so far. */
  #held = "";
  #keys: Key[] = [];

  /** Takes the next bytes; gives the keys that are complete. */
  push(bytes: Uint8Array): readonly Key[] {
    for (const character of this.#decoder.decode(bytes, { stream: true })) this.#take(character);
    return this.#takeKeys();
  }

  /** Whether what came last is a key, or the beginning of more, as nobody can tell yet. */
  get isUndecided(): boolean {
    // The rest of an arrow may be late and costs nothing; a string would swallow what is typed.
    return this.#place === "escape" || this.#place === "string";
  }

  /** Takes what came last for all there is of it. */
  decide(): readonly Key[] {
    if (this.#place === "escape") this.#press("escape");
    if (this.isUndecided) this.#place = "ground";
    return this.#takeKeys();
  }

  #take(character: string): void {
    switch (this.#place) {
      case "ground":
        return this.#takeTyped(character);
      case "escape":
        return this.#takeEscaped(character);
      case "sequence":
        return this.#takeSequence(character);
      case "letter":
        if (isControl(character)) return this.#startAnew(character);
        this.#place = "ground";
        return this.#press(LETTERS[character]);
      case "string":
        // It ends with BEL, or with an escape and a backslash, which is Alt and a letter by itself.
        if (character === "\x07") this.#place = "ground";
        else if (isControl(character)) this.#startAnew(character);
        return;
      case "paste":
        return this.#takePasted(character);
    }
  }

  #takeTyped(character: string): void {
    if (character === ESCAPE) this.#place = "escape";
    else if (isControl(character)) this.#press(CONTROLS[character]);
    else this.#type(character);
  }

  #takeEscaped(character: string): void {
    this.#held = "";
    if (character === "[") this.#place = "sequence";
    else if (character === "O") this.#place = "letter";
    else if ("]PX^_".includes(character)) this.#place = "string";
    else if (character === "\x08" || character === "\x7f") {
      this.#place = "ground";
      this.#press("deleteWord");
    } else if (!isControl(character)) {
      // Alt and a letter.
      this.#place = "ground";
    } else if (character !== ESCAPE) {
      this.#press("escape");
      this.#startAnew(character);
    } // A second escape before a sequence is the Alt key of some terminals.
  }

  #takeSequence(character: string): void {
    if (isControl(character)) return this.#startAnew(character);
    this.#held += character;
    // The console of Linux has `ESC [ [ A` for F1.
    if (this.#held === "[" || !/[@-~]$/.test(character)) return;
    this.#place = "ground";
    if (this.#held === PASTE_START) {
      this.#place = "paste";
      this.#held = "";
    } else if (character === "~") this.#press(NUMBERS[/^\d*/.exec(this.#held)?.[0] ?? ""]);
    else if (!this.#held.startsWith("[")) this.#press(LETTERS[character]);
  }

  #takePasted(character: string): void {
    this.#held += character;
    if (character === "\x03") this.#press("interrupt");
    if (!this.#held.endsWith(PASTE_END)) return;
    this.#place = "ground";
    const pasted = this.#held.slice(0, -PASTE_END.length);
    this.#type(Array.from(pasted, (letter) => isControl(letter) ? " " : letter).join(""));
  }

  /** A control character cuts a sequence short. */
  #startAnew(character: string): void {
    this.#place = "ground";
    this.#takeTyped(character);
  }

  #press(name: KeyName | undefined): void {
    if (name !== undefined) this.#keys.push({ name });
  }

  /** Adds to the text before, if that was the last key; a byte that is no UTF-8 is no letter. */
  #type(typed: string): void {
    const text = typed.replaceAll("\ufffd", "");
    const last = this.#keys.at(-1);
    if (last?.name === "text") this.#keys.splice(-1, 1, { ...last, text: last.text + text });
    else if (text !== "") this.#keys.push({ name: "text", text });
  }

  #takeKeys(): readonly Key[] {
    const keys = this.#keys;
    this.#keys = [];
    return keys;
  }
}

/** C0, DEL and C1. */
function isControl(character: string): boolean {
  return character < " " || (character >= "\x7f" && character < "\xa0");
}

/**
 * Rows in the spelling of the programs that write them: Go's `encoding/json` (eino), claw-code's
 * own module, and Python's `json` (nanobot). Written from what those programs do, without skein's
 * own writers, so that each can be held against the other.
 */

/** A value that a program spells as this text, such as `1.0` or `NaN`, which no number here can. */
export class Literal {
  /** What stands in the row. */
  readonly text: string;

  /** Takes the text. */
  constructor(text: string) {
    this.text = text;
  }
}

/** A value that has a spelling. */
export type Spellable =
  | null
  | boolean
  | number
  | string
  | Literal
  | readonly Spellable[]
  | SpellableObject;

/** An object whose keys are written in its own order; one whose value is undefined is left out. */
export interface SpellableObject {
  readonly [key: string]: Spellable | undefined;
}

interface Dialect {
  readonly comma: string;
  readonly colon: string;
  readonly keyOrder: "given" | "sorted";
  readonly spellText: (text: string) => string;
  readonly spellNumber: (value: number) => string;
}

const GO: Dialect = {
  comma: ",",
  colon: ":",
  keyOrder: "given",
  spellText: (text) => escape(JSON.stringify(text), /[<>&\u2028\u2029]/g),
  spellNumber: String,
};

const CLAW: Dialect = {
  comma: ",",
  colon: ":",
  keyOrder: "sorted",
  spellText: (text) => escape(JSON.stringify(text), /[\x7f-\x9f]/g),
  spellNumber: (value) => {
    if (!Number.isSafeInteger(value)) throw new RangeError(`claw has no number ${value}`);
    return String(value);
  },
};

const PYTHON: Dialect = {
  comma: ", ",
  colon: ": ",
  keyOrder: "given",
  spellText: (text) => JSON.stringify(text),
  spellNumber: spellPythonNumber,
};

const PYTHON_ASCII: Dialect = {
  ...PYTHON,
  spellText: (text) => escape(JSON.stringify(text), /[\x7f-\uffff]/g),
};

/** Spells a value as Go does from 1.22 on; a map's keys have to be given sorted, as Go has them. */
export function spellGo(value: Spellable): string {
  return spell(value, GO);
}

/** Spells a value as claw does: keys sorted, whole numbers only. */
export function spellClaw(value: Spellable): string {
  return spell(value, CLAW);
}

/** Spells a value as Python's `json.dumps(value, ensure_ascii=False)` does. */
export function spellPython(value: Spellable): string {
  return spell(value, PYTHON);
}

/** Spells a value as Python's `json.dumps(value)` does: in ASCII alone. */
export function spellPythonAscii(value: Spellable): string {
  return spell(value, PYTHON_ASCII);
}

function spell(value: Spellable, dialect: Dialect): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return dialect.spellText(value);
  if (typeof value === "number") return dialect.spellNumber(value);
  if (value instanceof Literal) return value.text;
  if (isList(value)) return `[${value.map((each) => spell(each, dialect)).join(dialect.comma)}]`;
  const members = Object.entries(value).flatMap(([key, each]) =>
    each === undefined ? [] : [{ key, each }]
  );
  if (dialect.keyOrder === "sorted") members.sort((a, b) => a.key < b.key ? -1 : 1);
  const texts = members.map(({ key, each }) =>
    dialect.spellText(key) + dialect.colon + spell(each, dialect)
  );
  return `{${texts.join(dialect.comma)}}`;
}

function isList(value: readonly Spellable[] | SpellableObject): value is readonly Spellable[] {
  return Array.isArray(value);
}

function escape(text: string, letters: RegExp): string {
  return text.replace(
    letters,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Python turns to exponents below a ten-thousandth, and gives them two digits at least. */
function spellPythonNumber(value: number): string {
  if (value === 0 || Math.abs(value) >= 1e-4) return String(value);
  return value.toExponential().replace(/e-(\d)$/, "e-0$1");
}

/** Random texts with secrets in them, in every spelling and in spellings of spellings. */

import type { Random } from "./random.ts";
import { makeSecret, SECRET_SHAPES } from "./secret_shapes.ts";

const escapeCode = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
const escapeByte = (letter: string) =>
  letter < "\u0080" ? `%${letter.charCodeAt(0).toString(16).padStart(2, "0")}` : letter;
const toBase64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** Spells some letters of a text otherwise. */
function spellSome(random: Random, text: string, spell: (letter: string) => string): string {
  const share = random.pick([0.02, 0.1, 1]);
  return [...text].map((letter) => (random.chance(share) ? spell(letter) : letter)).join("");
}

/** How a text may be spelled where another holds it. */
export const SPELLINGS: Readonly<Record<string, (random: Random, text: string) => string>> = {
  plain: (_, text) => text,
  json: (_, text) => JSON.stringify({ line: text }),
  "json in slashes": (_, text) => JSON.stringify(text).replaceAll("/", "\\/"),
  "json codes": (random, text) => spellSome(random, text, escapeCode),
  url: (_, text) => `https://kites.example/?q=${encodeURIComponent(text)}&page=2`,
  "url bytes": (random, text) => spellSome(random, text, escapeByte),
  base64: (_, text) => toBase64(`config: ${text}\n`),
  "base64 of urls": (_, text) =>
    toBase64(`x=${text};`).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""),
  "base64 in lines": (random, text) => {
    const length = random.pick([60, 64, 70, 76]);
    return toBase64(`${"kites ".repeat(random.integer(5, 40))}${text} lanterns`)
      .replace(new RegExp(`.{${length}}`, "g"), `$&${random.pick(["\n", "\r\n"])}`);
  },
  "base64 of UTF-16": (_, text) => {
    const codes = Uint16Array.from(`x ${text}`, (letter) => letter.charCodeAt(0));
    return btoa(String.fromCharCode(...new Uint8Array(codes.buffer)));
  },
  "base64 in a path": (_, text) => `https://h.example/x/${toBase64(`x=${text};`)}`,
  painted: (random, text) => spellSome(random, text, (letter) => `\u001b[1m${letter}`),
  broken: (random, text) => spellSome(random, text, (letter) => `\u200b${letter}`),
  "painted lines": (_, text) =>
    text.split("\n").map((line) => `\u001b[31m${line}\u001b[0m`).join("\n"),
  numbered: (_, text) => text.split("\n").map((line, index) => `${index + 1}\t${line}`).join("\n"),
};

/** Secrets by keys that are of no known name. */
const ASSIGNED = [
  "DB_PASSWORD={A6}!{d4}x",
  "password: '{A5}${A7}#{d2}'",
  'api_key := "{A24}{d4}"',
  "credentials => '{A24}{d4}'",
  '"client_secret" : "{A30}"',
  "?sig=x&access_token={A40}&y=1",
  "machine\nh.example\nlogin\nada\npassword\n{A16}",
  "BEARER  {A30}",
] as const;

const AROUND = [
  "",
  " ",
  '"',
  "'",
  "(",
  "/",
  "=",
  ":",
  "token_",
  "9",
  "\\n",
  "\\\\n",
  '\\"',
  "%20",
  "\u001b[K",
  "\u200b",
  "é",
  "灯",
  "\n",
  "C:\\kites\\red\\",
  "%",
  'password: "',
  "Authorization: Basic ",
  "https://",
] as const;

const LINES = [
  "The spar is too stiff for a kite of this size, so the nose dives in gusts.",
  "const token = await readToken(process.env.GITHUB_TOKEN ?? '');",
  '\tlabel: "C:\\\\kites\\\\red",',
  "see https://kites.example/a/b?c=d and /home/ada/kite/src/spar_12.ts:14:2",
  "凧の糸は二ミリで足ります。",
  "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  '{"a":"b\\nc","d":[1,2,{"e":"f\\"g"}]}',
  "\u001b[32mok\u001b[0m 12 passed",
  "q=a%20b%2Fc",
  "",
] as const;

const KINDS = Object.keys(SECRET_SHAPES);

/** Gives a text with a secret in it, most of them whole, and something around it. */
export function randomSecretText(random: Random): string {
  const lines = () => random.list(random.integer(0, 6), () => random.pick(LINES)).join("\n");
  return `${lines()}\n${randomSecret(random)}\n${lines()}`;
}

function randomSecret(random: Random): string {
  const shape = random.chance(0.2) ? undefined : SECRET_SHAPES[random.pick(KINDS as [string])];
  const other = { before: "", secret: random.pick(ASSIGNED), after: "" };
  let { text } = makeSecret(random, shape ?? other);
  if (random.chance(0.1)) text = text.slice(0, random.integer(0, text.length));
  text = random.pick(AROUND) + text + random.pick(AROUND);
  for (let left = random.pick([0, 1, 1, 2, 3]); left > 0 && text.length < 5_000; left--) {
    const spell = SPELLINGS[random.pick(Object.keys(SPELLINGS) as [string])];
    text = random.pick(AROUND) + (spell?.(random, text) ?? text) + random.pick(AROUND);
  }
  return text;
}

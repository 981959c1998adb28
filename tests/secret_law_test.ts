/**
 * The laws of the finder: by whatever short ways it goes, it finds what every rule finds at every place
 * in every spelling of the whole text.
 */

import { assert, assertEquals } from "@std/assert";
import { SecretFinder } from "../src/secret_finder.ts";
import { windowsOf } from "../src/text_windows.ts";
import { findPlainly } from "./plain_secrets.ts";
import { holdLaw, Random } from "./random.ts";
import { randomSecretText } from "./random_secrets.ts";
import { makeSecret, SECRET_SHAPES, type SecretShape } from "./secret_shapes.ts";

const finder = new SecretFinder();

/** What tells of secrets, with all the marks and white space that there may be between. */
const FAR: Readonly<Record<string, SecretShape>> = {
  "a long key": {
    before: `${"kite_".repeat(10)}AWS_SECRET_ACCESS_KEY_ID\\"]    :=    \\"`,
    secret: "{A40}",
    after: '\\"',
  },
  "a value some lines below": {
    before: 'encryption key_id\\"]\n\t\r\n=>\n\r\n\t\\"',
    secret: "{A30}{d4}",
    after: '\\"',
  },
  "a header in columns": {
    before: 'Authorization\\"   :   \\"Basic   ',
    secret: "{A30}",
    after: "",
  },
};

Deno.test("whatever is found in the plain way is found", () => {
  holdLaw(300, (random) => {
    const text = randomSecretText(random);
    const found = finder.find(text);
    for (const match of findPlainly(text)) {
      assert(
        found.some(({ start, end }) => start <= match.start && end >= match.end),
        `${match.name} from ${match.start} to ${match.end} in ${JSON.stringify(text)}`,
      );
    }
  });
});

const KEYS = [
  "text",
  "password",
  "auth",
  "Authorization",
  "client-key-data",
  "DB PASSWORD",
  "https",
  "p%61ssword",
  "\u001b[1mtoken",
  "k\\u0065y_token",
  "home/ada/.npmrc",
] as const;

Deno.test("a text under a key is searched as in the object that they stand in", () => {
  holdLaw(1000, (random) => {
    const key = random.pick(KEYS);
    const text = random.pick([
      randomSecretText(random),
      makeSecret(random, bare("Basic {A24}")).secret,
      makeSecret(random, bare("{A24}!{d4}{B120}")).secret,
    ]);
    const before = `"${key}": "`;
    const found = finder.findUnder(key, text);
    for (const match of finder.find(`${before}${text}"`)) {
      const [start, end] = [match.start - before.length, match.end - before.length];
      if (end <= 0 || start >= text.length) continue;
      assert(
        found.some((own) =>
          own.start <= Math.max(0, start) && own.end >= Math.min(text.length, end)
        ),
        `${match.name} from ${start} to ${end} in ${JSON.stringify({ [key]: text })}`,
      );
    }
  });
});

const ESCAPES: Readonly<Record<string, (letter: string) => string>> = {
  JSON: (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  URLs: (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, "0")}`,
  "what is hidden": (letter) => `\u200b${letter}`,
};

for (const [spelling, escape] of Object.entries(ESCAPES)) {
  Deno.test(`a secret is found in a page when any one letter is an escape of ${spelling}`, () => {
    const random = new Random(5);
    const page = "\nThe spar is too stiff for a kite of this size.\n".repeat(10);
    const missed: string[] = [];
    for (const [name, shape] of Object.entries({ ...SECRET_SHAPES, ...FAR })) {
      const { text } = makeSecret(random, shape);
      const [plain] = finder.find(text);
      if (plain === undefined) throw new Error(`${name} is not found`);
      for (let at = 0; at < text.length; at++) {
        const spelled = escape(text[at] ?? "");
        const place = (letter: number) =>
          page.length + letter + (letter < at ? 0 : spelled.length - 1);
        const found = finder.find(page + text.slice(0, at) + spelled + text.slice(at + 1) + page);
        const isFound = found.some(({ start, end }) =>
          start <= place(plain.start) && end > place(plain.end - 1)
        );
        if (!isFound) missed.push(`${name} ${at}`);
      }
    }
    assertEquals(missed, []);
  });
}

/** Secrets of many lines, and of one. */
const LONG: Readonly<Record<string, (random: Random) => string>> = {
  "a token": (random) => makeSecret(random, bare("ghp_{A36}")).text,
  "a key with numbers before its lines": (random) => {
    const lines = makeSecret(random, bare("{A64}\n".repeat(200))).text.trimEnd().split("\n");
    const numbered = lines.map((line, index) => `${index + 2}\t${line}`).join("\n");
    return `-----BEGIN PRIVATE KEY-----\n${numbered}\n202\t-----END PRIVATE KEY-----`;
  },
  "base64 in lines": (random) =>
    btoa(`${"kites ".repeat(20_000)}${makeSecret(random, bare("ghp_{A36}")).text} `)
      .replace(/.{70}/g, "$&\n"),
  "base64 in a line": (random) =>
    btoa(`${"kites ".repeat(80_000)}${makeSecret(random, bare("ghp_{A36}")).text} `),
};

for (const [what, make] of Object.entries(LONG)) {
  Deno.test(`${what} is found, whole, wherever a window of a long text ends`, () => {
    const secret = make(new Random(5));
    const page = "The spar is too stiff for a kite of this size.\n".repeat(30_000);
    const cuts = [...windowsOf(page)].flatMap(({ start, end }) => [start, end]);
    assert(cuts.length >= 6);
    for (const cut of cuts) {
      for (const share of [0, 0.1, 0.9, 1]) {
        const at = page.lastIndexOf("\n", cut - Math.floor(share * secret.length)) + 1;
        const found = finder.find(`${page.slice(0, at)}${secret}\n${page.slice(at)}`);
        assertEquals(found.map(({ start, end }) => [start, end]), [[at, at + secret.length]]);
      }
    }
  });
}

function bare(secret: string): SecretShape {
  return { before: "", secret, after: "" };
}

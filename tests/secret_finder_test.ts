/**
 * Secrets in texts: each kind is found by its shape, as it is and as JSON, URLs and base64 spell it,
 * and what only looks like one is left alone.
 */

import { assert, assertEquals } from "@std/assert";
import { makeSecretRules } from "../src/secret_rules.ts";
import { SecretFinder } from "../src/secret_finder.ts";
import { ASSIGNED_RULES } from "../src/secrets_assigned.ts";
import { Random } from "./random.ts";
import { makeSecret, SECRET_SHAPES } from "./secret_shapes.ts";

const finder = new SecretFinder();

/** The kinds and values of the secrets of a text. */
function find(text: string): readonly string[] {
  return finder.find(text).map(({ name, value }) => `${name} ${value}`);
}

/** Each way in which a text may be spelled where a transcript holds it. */
const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  json: (text) => JSON.stringify(JSON.stringify(text)).slice(1, -1),
  url: (text) => `https://kites.example/?q=${encodeURIComponent(text)}&page=2`,
  base64: (text) => btoa(`config: ${text}\n`),
  markdown: (text) => text.replace(/[_*.~+-]/g, "\\$&"),
  entities: (text) => text.replace(/[^A-Za-z0-9\s]/g, (sign) => `&#${sign.charCodeAt(0)};`),
};

/** A secret of several lines, without what ends them in one spelling or another. */
function toLetters(text: string): string {
  return text.replace(/\\+n|\s/g, "");
}

Deno.test("every rule has a name of its own, a source, and a shape that is tested", () => {
  const names = [...makeSecretRules(), ...ASSIGNED_RULES].map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
  assert(names.length >= 100);
  for (const { source } of [...makeSecretRules(), ...ASSIGNED_RULES]) new URL(source);
  assertEquals(names.filter((name) => SECRET_SHAPES[name] === undefined), []);
});

for (const [name, shape] of Object.entries(SECRET_SHAPES)) {
  Deno.test(`a ${name} is found in every spelling, and what is cut short is not`, () => {
    const random = new Random(7);
    for (let i = 0; i < 5; i++) {
      const { text, secret } = makeSecret(random, shape);
      const around = `The key is ${text} since May.`;
      for (const [spelling, spell] of Object.entries(SPELLINGS)) {
        const found = finder.find(spell(around));
        assert(
          found.some(({ value }) => toLetters(value).includes(toLetters(secret))),
          `${name} as ${spelling}: ${spell(around)} gave ${JSON.stringify(found)}`,
        );
      }
      assertEquals(finder.find(around).map((match) => match.name), [name], around);
      const half = text.slice(0, text.indexOf(secret) + 3);
      assertEquals(find(`The key is ${half} since May.`), []);
    }
  });
}

Deno.test("a secret is found where it stands, and no letter more", () => {
  const { secret } = makeSecret(new Random(3), SECRET_SHAPES["github-token"] ?? never());
  for (const [before = "", after = ""] of [[], ["token=", "&x=1"], ['{"a":"', '"}'], ["(", ")."]]) {
    const [match] = finder.find(`${before}${secret}${after}`);
    assertEquals(match && [match.start, match.end], [before.length, (before + secret).length]);
  }
  const escaped = `"a\\tb\\n${secret}\\u0021"`;
  const [match] = finder.find(escaped);
  assertEquals(match && escaped.slice(match.start, match.end), secret);
});

Deno.test("a secret is found in a key that a tool printed with numbers before its lines", () => {
  const { text } = makeSecret(new Random(3), SECRET_SHAPES["private-key"] ?? never());
  const numbered = text.split("\n").map((line, index) => `${index + 1}\t${line}`).join("\n");
  const diff = text.split("\n").map((line) => `+${line}`).join("\n");
  for (const printed of [numbered, diff, text.slice(0, 150)]) {
    const found = finder.find(`$ cat key\n${printed}`);
    assertEquals(found.map(({ name, end }) => [name, end]), [["private-key", printed.length + 10]]);
  }
});

Deno.test("base64 that is broken into lines is one", () => {
  const { secret } = makeSecret(new Random(3), SECRET_SHAPES["slack-bot-token"] ?? never());
  const lines = btoa(`${"kites ".repeat(30)}${secret} ${"lanterns ".repeat(20)}`)
    .replace(/.{76}/g, "$&\n");
  assertEquals(finder.find(`${lines}\n`).map(({ start, end, value }) => [start, end, value]), [
    [0, lines.length, secret],
  ]);
});

const HARMLESS = [
  'if (!key.startsWith("-----BEGIN PRIVATE KEY-----")) throw new Error("no key");',
  "const token = await readToken(process.env.GITHUB_TOKEN ?? '');",
  "password: string; passwordConfirmation: string;",
  'apiKey: "YOUR_API_KEY_HERE", secret: "changeme-please-now-1234567"',
  "max_tokens: 4096, next_token: undefined, tokenizer = BertTokenizerFast",
  "https://user@kites.example/path and postgres://localhost:5432/kites",
  "git clone https://github.com/kites/lantern.git && cd lantern/src/very/long/path/to/a/file",
  "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512 sk-learn task-list risk-free",
  `data:image/png;base64,${btoa("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0".repeat(20))}`,
  `"${"abcdefghijklmnopqrstuvwxyz".repeat(40)}"`,
  "export TOKEN=$(cat /run/secrets/token) PASSWORD=${DB_PASSWORD}",
  "auth.v2.refreshToken = session.tokens.refreshToken",
  "SECRET_KEY_BASE_LENGTH = 64; secretKey: config.get('secret.key')",
];

for (const text of HARMLESS) {
  Deno.test(`nothing is found in ${text.slice(0, 40)}`, () => {
    assertEquals(find(text), []);
  });
}

/** A key, and texts in which it stands as a tool may have printed it. */
const { secret: KEY } = makeSecret(new Random(9), SECRET_SHAPES["github-token"] ?? never());
const HALF = KEY.length >> 1;
const PRINTED: readonly string[] = [
  `a\u001b[31m${KEY}\u001b[0m`,
  `a\u001b[K${KEY.slice(0, HALF)}\u001b[1m${KEY.slice(HALF)}`,
  `${KEY.slice(0, HALF)}\u200b${KEY.slice(HALF)}`,
  JSON.stringify({ c: JSON.stringify({ o: `a\n${KEY}` }) }),
  `https://a.example/?u=${
    encodeURIComponent(`https://b.example/?k=${encodeURIComponent(` ${KEY}`)}`)
  }`,
  `token_${KEY}`,
  JSON.stringify({ content: btoa(`x: ${KEY} `.repeat(4)).replace(/.{60}/g, "$&\n") }),
  `https://h.example/x/${btoa(`x=${KEY};`)}`,
  `powershell -EncodedCommand ${btoa([...`x ${KEY}`].map((letter) => `${letter}\0`).join(""))}`,
  btoa(String.fromCharCode(...new TextEncoder().encode(`ключ для сборки проекта: ${KEY}`))),
];

for (const text of PRINTED) {
  Deno.test(`a key is found in ${JSON.stringify(text).slice(0, 40)}`, () => {
    const [match] = finder.find(text);
    assertEquals(match?.name, "github-token");
    assert(!`${text.slice(0, match?.start)} ${text.slice(match?.end)}`.includes(KEY.slice(HALF)));
  });
}

/** What is assigned, in ways of writing that are easy to cut short. */
const ASSIGNED: Readonly<Record<string, string>> = {
  'password="Kx9mQz7w$Rt5vB2n"': "Kx9mQz7w$Rt5vB2n",
  "DB_PASSWORD='aB3(dE5gH)x'": "aB3(dE5gH)x",
  'api_key: "Kx9mQz7wRt5yourB2nLp4xx"': "Kx9mQz7wRt5yourB2nLp4xx",
  "authorization: basic dXNlcjpodW50ZXIyaHVudGVy": "dXNlcjpodW50ZXIyaHVudGVy",
  "postgres://u:Pa$sw0rdLong1@db.example/x": "Pa$sw0rdLong1",
  "redis://u:pass@Word99@db.example": "pass@Word99",
};

for (const [text, secret] of Object.entries(ASSIGNED)) {
  Deno.test(`all of the secret is found in ${text.slice(0, 30)}`, () => {
    assertEquals(finder.find(text).map(({ value }) => value), [secret]);
  });
}

Deno.test("a value that is cut off is found, and what goes on is not taken for one", () => {
  const value = "Kx9mQz7w$Rt5vB2n";
  assertEquals(find(`login:\n"password": "${value}`), [`password ${value}`]);
  for (let words = 0; words < 40; words++) {
    // However much of the text is looked at for the sake of the escape.
    const text = `"\\n${" kite".repeat(words)} password="${value} and so on, for a while"`;
    assertEquals(find(text + " kite".repeat(40)), []);
  }
});

Deno.test("a key with a header is found to its end, and no further", () => {
  const lines = ["Version: GnuPG v2 (GNU/Linux)", "", "A".repeat(64), "b1C".repeat(20), "=x9Zq"];
  const name = "PGP PRIVATE KEY BLOCK";
  const block = [`-----BEGIN ${name}-----`, ...lines, `-----END ${name}-----`];
  for (const key of [block.join("\n"), block.map((line) => `  "${line}\\n" +`).join("\n").trim()]) {
    const [match] = finder.find(`${key}\nThen I deleted it, and went on.`);
    assertEquals(match?.name, "private-key");
    assert((match?.end ?? 0) >= key.lastIndexOf("-----") && (match?.end ?? 0) <= key.length);
  }
});

Deno.test("a pattern that a person names is a kind of its own", () => {
  const own = new SecretFinder([/KITE-\d+/i]);
  assertEquals(own.find("see kite-17 and KITE-4").map(({ name, value }) => `${name} ${value}`), [
    "pattern kite-17",
    "pattern KITE-4",
  ]);
});

function never(): never {
  throw new Error("there is such a shape");
}

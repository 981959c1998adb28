/** The redactor: what it takes out, what it leaves, and what stands in its place. */

import { assert, assertEquals } from "@std/assert";
import { redactMessage } from "../src/redact_messages.ts";
import { Redactor } from "../src/redactor.ts";
import type { Block, Message } from "../src/transcript.ts";
import { Random } from "./random.ts";
import { makeSecret, SECRET_SHAPES } from "./secret_shapes.ts";

const HOMES = ["/home/ada"];

function secretOf(kind: string, seed: number): string {
  const shape = SECRET_SHAPES[kind];
  if (shape === undefined) throw new Error(`no shape for ${kind}`);
  return makeSecret(new Random(seed), shape).secret;
}

function say(...blocks: readonly Block[]): Message {
  return { role: "tool", time: undefined, blocks, isSummary: false };
}

Deno.test("the same secret has the same placeholder in every spelling, and others have others", () => {
  const redactor = new Redactor({ homes: [] });
  const [one, two] = [secretOf("github-token", 1), secretOf("github-token", 2)];
  const texts = [one, two, `a\\n${one}\\n`, btoa(`key: ${two} `), encodeURIComponent(`=${one}`)];
  assertEquals(texts.map((text) => redactor.redact(`<${text}>`)), [
    "<REDACTED-github-token-1>",
    "<REDACTED-github-token-2>",
    "<a\\nREDACTED-github-token-1\\n>",
    "<REDACTED-github-token-2>",
    "<%3DREDACTED-github-token-1>",
  ]);
  assertEquals(redactor.report(), [{ kind: "github-token", places: 5, different: 2 }]);
});

Deno.test("names of users go from paths of every system, and where they are words", () => {
  const redactor = new Redactor({ homes: HOMES });
  const kept = ["Canada and adaptive", "/home/user/kite", "/Users/Shared/x", "/home/runner/work"];
  for (const text of kept) assertEquals(redactor.redact(text), text);
  const changed: Readonly<Record<string, string>> = {
    "/home/ada/kite/a.ts": "/home/user/kite/a.ts",
    "-home-ada-kite": "-home-user-kite",
    "ada@lantern:~$ ls": "user@lantern:~$ ls",
    "/Users/grace.h/kite": "/Users/user/kite",
    'C:\\\\Users\\\\grace\\\\"x"': 'C:\\\\Users\\\\user\\\\"x"',
    "c:/Users/grace/x": "c:/Users/user/x",
    "file:///home/grace": "file:///home/user",
  };
  for (const [text, wanted] of Object.entries(changed)) assertEquals(redactor.redact(text), wanted);
  assertEquals(redactor.report().map(({ kind, places }) => [kind, places]), [["user-name", 7]]);
});

Deno.test("addresses of mail go when that is wished", () => {
  const text = "Write to ada.l@kites.example, or Ada.L@kites.example; not to x@y.";
  assertEquals(new Redactor({ homes: [] }).redact(text), text);
  assertEquals(
    new Redactor({ homes: [], hasEmails: true }).redact(text),
    "Write to REDACTED-email-1, or REDACTED-email-1; not to x@y.",
  );
});

Deno.test("every text of a message is redacted, by the key that it stands under", () => {
  const redactor = new Redactor({ homes: HOMES });
  const [github, slack] = [secretOf("github-token", 1), secretOf("slack-bot-token", 1)];
  const message = say(
    { type: "text", text: `use ${github}` },
    { type: "reasoning", text: `it is ${github}`, isEncrypted: false },
    {
      type: "call",
      callId: "c1",
      name: "bash",
      input: { command: `curl -H "x: ${slack}"`, env: { DB_PASSWORD: "c0rrect-Horse", n: 1 } },
    },
    {
      type: "result",
      callId: "c1",
      isError: false,
      blocks: [{ type: "text", text: `/home/ada ${slack}` }],
    },
  );
  const text = JSON.stringify(redactMessage(message, redactor));
  for (const secret of [github, slack, "c0rrect-Horse", "/home/ada"]) {
    assert(!text.includes(secret));
  }
  assert(text.includes('{"DB_PASSWORD":"REDACTED-password-1","n":1}'));
  assert(text.includes("REDACTED-slack-bot-token-1"));
});

Deno.test("a secret is found that lies across two texts of one result", () => {
  const redactor = new Redactor({ homes: [] });
  const secret = secretOf("npm-token", 1);
  const blocks: readonly Block[] = [
    { type: "text", text: `//x/:token ${secret.slice(0, 20)}` },
    { type: "text", text: `${secret.slice(20)} and more` },
  ];
  const result: Block = { type: "result", callId: "c", isError: false, blocks };
  const text = JSON.stringify(redactMessage(say(result), redactor));
  assert(!text.includes(secret.slice(20)) && !text.includes(secret.slice(0, 20)), text);
  assert(text.includes("REDACTED-npm-token-1 and more"));
});

Deno.test("a placeholder is safe in JSON, Markdown, HTML and URLs", () => {
  const redactor = new Redactor({ homes: [], patterns: [/kite/] });
  for (const kind of Object.keys(SECRET_SHAPES)) redactor.redact(secretOf(kind, 1));
  const placeholder = redactor.redact("kite");
  assertEquals(/^[A-Za-z0-9-]+$/.test(placeholder), true);
});

Deno.test("the key of a value tells of it, as far as the value goes", () => {
  const redactor = new Redactor({ homes: [] });
  const long = "Zx9".repeat(240);
  const value = {
    Authorization: "Basic dXNlcjpodW50ZXIyaHVudGVyMg==",
    password: "Kx9mQz7w$Rt5vB2n",
    AWS_SESSION_TOKEN: long,
    auths: { "ghcr.example": { auth: "YWRhOmMwcnJlY3QtaG9yc2U=" } },
    headers: [{ name: "Authorization", value: "Basic dXNlcjpodW50ZXIyaHVudGVyMg==" }],
  };
  const text = JSON.stringify(redactor.redactValue(value));
  for (const secret of ["dXNlcjpodW50", "Kx9mQz7w", "Rt5vB2n", long.slice(-20), "YWRhOmMw"]) {
    assert(!text.includes(secret), text);
  }
});

Deno.test("a text and the one after it tell of a secret together", () => {
  const redactor = new Redactor({ homes: [] });
  const blocks: readonly Block[] = [
    { type: "text", text: "DB_PASSWORD=" },
    { type: "text", text: "Tr0ub4dor&3xyz" },
  ];
  assert(!JSON.stringify(redactMessage(say(...blocks), redactor)).includes("Tr0ub4dor"));
});

Deno.test("what one text tells of goes, though the next one hides it from both", () => {
  const redactor = new Redactor({ homes: [] });
  const secret = secretOf("aws-access-key-id", 1);
  const texts = [`DB_PASSWORD=`, `Tr0ub4dor&3xyz ${secret}`, "AND MORE"];
  const redacted = redactor.redactTexts(texts).join("");
  assert(!redacted.includes("Tr0ub4dor") && !redacted.includes(secret), redacted);
});

Deno.test("no member of an object is lost, no number that a pattern names stays", () => {
  const redactor = new Redactor({ homes: [], patterns: [/4\d{15}/u] });
  assertEquals(redactor.redactValue({ "/home/ada/a": 1, "/home/bob/a": 2 }), {
    "/home/user/a": 1,
    "/home/user/a-2": 2,
  });
  assertEquals(redactor.redactValue({ card: 4111111111111111, n: 4 }), {
    card: "REDACTED-pattern-1",
    n: 4,
  });
  assertEquals(redactor.redact("/home/jörgen/x"), "/home/user/x");
});

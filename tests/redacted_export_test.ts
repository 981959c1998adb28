/**
 * Redacted exports: no secret of a session is in what goes out, in any form, and what cannot be
 * searched does not go out at all.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";
import { FakeHost } from "./fake_host.ts";
import { useFolder } from "./folder.ts";
import { Random } from "./random.ts";
import { makeSecret, SECRET_SHAPES } from "./secret_shapes.ts";
import { loadZot } from "./strict_zot.ts";

const ID = "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512";
const FILE = `20261101-080000-${ID.slice(0, 8)}.jsonl`;
const TIME = "2026-11-01T08:00:00Z";
const FORMS = ["html", "markdown", "json", "portable", "claw", "eino", "nanobot"] as const;

const random = new Random(11);
const SECRETS = ["github-token", "slack-bot-token", "private-key", "url-password", "npm-token"]
  .map((name) => makeSecret(random, SECRET_SHAPES[name] ?? never()));

function never(): never {
  throw new Error("there is such a shape");
}

/** Rows in which each secret stands in another place and spelling. */
function makeRows(): readonly object[] {
  const [github, slack, pem, url, npm] = SECRETS.map(({ text }) => text);
  const say = (role: string, ...content: readonly object[]) => ({
    type: "message",
    message: { role, content, time: TIME },
  });
  const meta = { id: ID, cwd: "/home/grace/kite", model: "m", provider: "p", started: TIME };
  return [
    { type: "meta", meta },
    say("user", { text: `Deploy with ${github} to /home/grace/kite <b>now</b>` }),
    say(
      "assistant",
      { text: `\`\`\`\ncurl -H 'Authorization: ${slack}'` },
      { id: "c1", name: "bash", arguments: { command: `psql ${url}`, NPM_TOKEN: npm } },
    ),
    say("tool", {
      call_id: "c1",
      content: [{ text: `${pem}\n${JSON.stringify({ key: github })} ${btoa(`t: ${slack} `)}` }],
      is_error: false,
    }),
  ];
}

function encode(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

async function withSession(
  file: string | Uint8Array,
  test: (folder: string) => Promise<void>,
): Promise<void> {
  using folder = useFolder();
  Deno.writeFileSync(
    join(folder.path, FILE),
    typeof file === "string" ? new TextEncoder().encode(file) : file,
  );
  await test(folder.path);
}

async function exportSession(folder: string, ...flags: readonly string[]) {
  const host = new FakeHost({ env: { HOME: "/home/grace" } });
  const code = await run(["export", ID, "--root", folder, ...flags], host);
  return { code, out: new TextDecoder().decode(host.stdout.bytes), talk: host.stderr.text };
}

for (const form of FORMS) {
  Deno.test(`no secret is in what is exported as ${form} --redact`, async () => {
    await withSession(encode(makeRows()), async (folder) => {
      const { code, out, talk } = await exportSession(folder, "--format", form, "--redact");
      assertEquals(code, 0, talk);
      // Colours of code may part what is one word to a reader.
      const said = form === "html" ? out.replace(/<[^>]*>/g, "") : out;
      for (const { secret } of SECRETS) {
        const lines = secret.split("\n");
        for (const line of lines) assert(!(out + said + talk).includes(line), `${form}: ${line}`);
      }
      assert(!out.includes("grace"), out);
      assertStringIncludes(out, "REDACTED-github-token-1");
      assert(!out.includes("REDACTED-github-token-2"));
      assertStringIncludes(talk, "github-token");
      for (const line of form === "markdown" || form === "html" ? [] : out.trim().split("\n")) {
        if (form !== "json") JSON.parse(line);
      }
    });
  });
}

Deno.test("what is redacted is a session that zot can read", async () => {
  await withSession(encode(makeRows()), async (folder) => {
    const { out } = await exportSession(folder, "--redact");
    assertEquals(loadZot(new TextEncoder().encode(out)).messages.length, 3);
  });
});

Deno.test("Markdown is redacted without a flag, JSON and rows with one; --no-redact leaves all in", async () => {
  await withSession(encode(makeRows()), async (folder) => {
    const [{ secret = "" } = {}] = SECRETS;
    const has = async (...flags: readonly string[]) =>
      (await exportSession(folder, ...flags)).out.includes(secret);
    assertEquals(await has("--format", "markdown"), false);
    assertEquals(await has("--format", "markdown", "--no-redact"), true);
    assertEquals(await has("--format", "json"), true);
    assertEquals(await has(), true);
    assertEquals(await has("--redact-pattern", "no such"), false);
  });
});

Deno.test("nothing goes out when a row cannot be searched", async () => {
  const rows = new TextEncoder().encode(encode(makeRows()));
  const bad = new TextEncoder().encode(
    '{"type":"message","message":{"role":"user","content":[{"text":"x"}]}}\n',
  );
  bad[60] = 0xff;
  const bytes = new Uint8Array([...rows, ...bad, ...rows]);
  await withSession(bytes, async (folder) => {
    const { code, out } = await exportSession(folder, "--redact");
    assertEquals([code, out], [4, ""]);
    const path = join(folder, "out.zotsession");
    assertEquals((await exportSession(folder, "--redact", "--output", path)).code, 4);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), [FILE]);
  });
});

Deno.test("a pipe gets the same as a file, however much it is, and nothing of what is refused", async () => {
  const text = "The spar is too stiff for a kite of this size.\n".repeat(20_000);
  const long = { type: "message", message: { role: "user", content: [{ text }], time: TIME } };
  const rows = encode([...makeRows(), ...Array.from({ length: 10 }, () => long)]);
  await withSession(rows, async (folder) => {
    const path = join(folder, "out.md");
    assertEquals((await exportSession(folder, "--format", "markdown", "--output", path)).code, 0);
    const { out } = await exportSession(folder, "--format", "markdown");
    assert(out.length > 8 * 1024 * 1024 && out === Deno.readTextFileSync(path));
  });
  const bad = new TextEncoder().encode(`${rows}{"type":"x","text":"?"}\n`);
  bad[bad.lastIndexOf(0x3f)] = 0xff;
  await withSession(bad, async (folder) => {
    const { code, out } = await exportSession(folder, "--redact");
    assertEquals([code, out], [4, ""]);
  });
});

Deno.test("a document holds the messages that were chosen, and rows cannot be chosen from", async () => {
  await withSession(encode(makeRows()), async (folder) => {
    const roles = async (...flags: readonly string[]) => {
      const { out } = await exportSession(folder, "--format", "json", ...flags);
      const { transcript } = JSON.parse(out);
      return transcript.map((message: { role: string }) => message.role).join(" ");
    };
    assertEquals(await roles(), "user assistant tool");
    assertEquals(await roles("--last", "2"), "assistant tool");
    assertEquals(await roles("--range", "2..2"), "assistant");
    assertEquals(await roles("--role", "user"), "user");
    assertEquals(await roles("--no-tools"), "user assistant");
    assertEquals((await exportSession(folder, "--last", "2")).code, 2);
  });
});

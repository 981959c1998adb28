/** Pages as a whole: what stands in them, in which order, and how the pages of a folder lead to each other. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";
import { FakeHost } from "./fake_host.ts";
import { useFolder } from "./folder.ts";
import { Random } from "./random.ts";
import { makeSecret, SECRET_SHAPES } from "./secret_shapes.ts";
import { tellSession, TOLD_FILE } from "./told_session.ts";

interface Exported {
  readonly code: number;
  readonly page: string;
  readonly talk: string;
}

async function exportHtml(folder: string, ...flags: readonly string[]): Promise<Exported> {
  const host = new FakeHost();
  const line = ["export", "--format", "html", "--no-cache", "--root", folder, ...flags];
  const code = await run(line, host);
  return { code, page: host.stdout.text, talk: host.stderr.text };
}

async function tellPage(...flags: readonly string[]): Promise<string> {
  using folder = useFolder();
  Deno.writeFileSync(join(folder.path, TOLD_FILE), tellSession());
  const { code, page, talk } = await exportHtml(folder.path, "latest", ...flags);
  assertEquals(code, 0, talk);
  return page;
}

/** Where texts stand in a page, each behind the one before. */
function assertInOrder(page: string, texts: readonly string[]): void {
  let at = -1;
  for (const text of texts) {
    const next = page.indexOf(text, at + 1);
    assert(next > at, `${text} is not behind the one before it`);
    at = next;
  }
}

Deno.test("a page has its header, its messages in order, and a list of its prompts", async () => {
  assertInOrder(await tellPage(), [
    "<h1",
    "<dt>Agent</dt><dd>zot</dd>",
    "<dt>Model</dt><dd>heron-2 (p)</dd>",
    "<dt>Messages</dt><dd>5</dd>",
    "<dt>Tokens</dt><dd>490</dd>",
    "<dt>Cost</dt><dd>$0.05</dd>",
    "<main>",
    '<details class="superseded">',
    "<strong>kite</strong>",
    "</details>\n<article",
    '<article id="m1"',
    '<article id="m2"',
    '<img src="data:image/png;base64,',
    "→ edit",
    "<del>-const tail = 1;</del><ins>+const tail = 2;</ins>",
    "← edit failed",
    '<article id="m5"',
    '<span class="hl-keyword">const</span>',
    "</main>",
    '<nav id="prompts"',
    '<a href="#m2">',
    "<script>",
  ]);
});

Deno.test("a page's policy allows the style and the script that it holds, and nothing else", async () => {
  const page = await tellPage();
  const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  for (const element of ["style", "script"]) {
    const [, text = ""] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page) ?? [];
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    const digest = btoa(String.fromCharCode(...new Uint8Array(bytes)));
    assertStringIncludes(policy, `${element}-src 'sha256-${digest}'`);
  }
  assertMatch(
    policy,
    /^default-src 'none'; img-src data:; style-src '[^']+'; script-src '[^']+'; base-uri 'none'; form-action 'none'$/,
  );
});

Deno.test("a page draws the turns, superseded ones too", async () => {
  const page = await tellPage();
  assertStringIncludes(page, "<title>turn 1: 120 tokens, $0.01 so far</title>");
  assertStringIncludes(page, "<title>turn 2: 370 tokens, $0.05 so far</title>");
});

Deno.test("messages that were chosen come without what was superseded", async () => {
  const page = await tellPage("--tail", "1");
  assertEquals(page.match(/<article id="[^"]*"/g), ['<article id="m5"']);
  assertStringIncludes(page, "<dt>Messages</dt><dd>1 of 5</dd>");
  assertEquals(page.includes('class="superseded"'), false);
  const withoutTools = await tellPage("--no-tools");
  assertEquals(withoutTools.includes("→ edit"), false);
});

/** Writes a zot session of these prompts. */
function writeSession(
  folder: string,
  meta: { readonly id: string; readonly [key: string]: unknown },
  texts: readonly string[],
): void {
  const said = (text: string) => ({
    type: "message",
    message: { role: "user", content: [{ text }], time: "2026-11-01T08:00:00Z" },
  });
  const all = { cwd: "/home/ada/kite", model: "m", provider: "p", started: "2026-11-01T08:00:00Z" };
  const rows = [{ type: "meta", meta: { ...all, ...meta } }, ...texts.map(said)];
  Deno.writeTextFileSync(
    join(folder, `20261101-080000-${meta.id.slice(0, 8)}.jsonl`),
    rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
  );
}

const PARENT = "aaaa0000-0000-4000-8000-000000000001";
const CHILD = "bbbb0000-0000-4000-8000-000000000002";

Deno.test("the pages of a folder lead to each other, and one page to all of them", async () => {
  using folder = useFolder();
  using output = useFolder();
  writeSession(folder.path, { id: PARENT }, ["one <first>", "two"]);
  writeSession(folder.path, { id: CHILD, parent: PARENT, fork_point: 1 }, ["one <first>", "three"]);
  const { code, talk } = await exportHtml(folder.path, PARENT, CHILD, "-o", output.path);
  assertEquals(code, 0, talk);
  const names = [...Deno.readDirSync(output.path)].map(({ name }) => name).sort();
  const [parentFile = "", childFile = ""] = names;
  assertEquals(names.length, 3);
  const read = (name: string) => Deno.readTextFileSync(join(output.path, name));
  assertInOrder(read(parentFile), [
    `<dt>Branches</dt><dd><a href="${childFile}">three</a>`,
    '<a href="index.html">',
    '<article id="m1"',
    `<p class="fork">↳ <a href="${childFile}">three</a> branched off here</p>`,
    '<article id="m2"',
  ]);
  assertInOrder(read(childFile), [
    `<dt>Branch of</dt><dd><a href="${parentFile}">one &lt;first&gt;</a>, after message 1</dd>`,
    '<article id="m1"',
    `<p class="fork">↳ shared with <a href="${parentFile}">one &lt;first&gt;</a> up to here</p>`,
    '<article id="m2"',
  ]);
  assertInOrder(read("index.html"), [
    "<h1>2 sessions</h1>",
    `<li class="level-0"><a href="${parentFile}">`,
    `<li class="level-1"><span title="branch">↳</span> <a href="${childFile}">`,
  ]);
});

Deno.test("nothing is written into a folder that has an index already", async () => {
  using folder = useFolder();
  using output = useFolder();
  for (const name of [TOLD_FILE, `x-${TOLD_FILE}`]) {
    Deno.writeFileSync(join(folder.path, name), tellSession());
  }
  Deno.writeTextFileSync(join(output.path, "index.html"), "mine");
  const paths = [...Deno.readDirSync(folder.path)].map(({ name }) => join(folder.path, name));
  const { code, talk } = await exportHtml(folder.path, ...paths, "-o", output.path);
  assertEquals([code, [...Deno.readDirSync(output.path)].length], [1, 1], talk);
});

Deno.test("branches of one session lead to each other", async () => {
  using folder = useFolder();
  using output = useFolder();
  const other = "cccc0000-0000-4000-8000-000000000003";
  writeSession(folder.path, { id: PARENT }, ["one", "two"]);
  writeSession(folder.path, { id: CHILD, parent: PARENT, fork_point: 1 }, ["one", "three"]);
  writeSession(folder.path, { id: other, parent: PARENT, fork_point: 1 }, ["one", "four"]);
  const { code, talk } = await exportHtml(folder.path, PARENT, CHILD, other, "-o", output.path);
  assertEquals(code, 0, talk);
  const names = [...Deno.readDirSync(output.path)].map(({ name }) => name).sort();
  const [, child = "", sibling = ""] = names;
  assertStringIncludes(
    Deno.readTextFileSync(join(output.path, child)),
    `<dt>Other branches of it</dt><dd><a href="${sibling}">four</a></dd>`,
  );
});

Deno.test("copies of one session have pages of their own", async () => {
  using folder = useFolder();
  using output = useFolder();
  for (const name of [TOLD_FILE, `x-${TOLD_FILE}`]) {
    Deno.writeFileSync(join(folder.path, name), tellSession());
  }
  const paths = [...Deno.readDirSync(folder.path)].map(({ name }) => join(folder.path, name));
  const { code, talk } = await exportHtml(folder.path, ...paths, "-o", output.path);
  assertEquals([code, [...Deno.readDirSync(output.path)].length], [0, 3], talk);
});

Deno.test("no secret is in a page, whatever part of it says one", async () => {
  using folder = useFolder();
  using output = useFolder();
  const shape = SECRET_SHAPES["github-token"];
  assert(shape !== undefined);
  const { secret } = makeSecret(new Random(5), shape);
  // One that the title ends within, one in a prompt, one in the names of files.
  const long = `${"word ".repeat(94)}${secret} and more`;
  const home = "/home/grace/kite";
  writeSession(folder.path, { id: PARENT, cwd: home }, [long, `tell grace ${secret}`]);
  const child = { id: CHILD, cwd: home, parent: PARENT, fork_point: 1 };
  writeSession(folder.path, child, [`grace: ${secret}`, "three"]);
  const { code, talk } = await exportHtml(folder.path, PARENT, CHILD, "-o", output.path);
  assertEquals(code, 0, talk);
  for (const { name } of Deno.readDirSync(output.path)) {
    const page = Deno.readTextFileSync(join(output.path, name));
    const attributes = [...page.matchAll(/(?:href|title)="[^"]*"/g)].join();
    const said = name + page.replace(/<[^>]*>/g, "") + attributes;
    for (const hidden of [secret.slice(0, 20), "grace"]) {
      assert(!said.includes(hidden), `${name} says ${hidden}`);
    }
  }
});

Deno.test("a page takes a rule of many dashes, a long command and a long line of code", async () => {
  using folder = useFolder();
  writeSession(folder.path, { id: PARENT }, [
    "- ".repeat(200),
    `\`\`\`ts\n${"ab".repeat(40_000)}\n\`\`\``,
    "a b ".repeat(1_000_000),
  ]);
  const { code, page } = await exportHtml(folder.path, "latest");
  assertEquals([code, page.match(/<article /g)?.length], [0, 3]);
});

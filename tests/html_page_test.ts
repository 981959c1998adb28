/** Pages as a whole: what stands in them, in which order, and how the pages of a folder lead to each other. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";
import { FakeHost } from "./fake_host.ts";
import { useFolder } from "./folder.ts";
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
    /^default-src 'none'; img-src data:; style-src '[^']+'; script-src '[^']+'; /,
  );
});

Deno.test("a page draws the turns, superseded ones too, and links those that it has", async () => {
  const page = await tellPage();
  assertStringIncludes(page, "<title>turn 1: 120 tokens, $0.01 so far</title>");
  assertMatch(page, /<a href="#m2"[^>]*><rect [^>]*><title>turn 2: 370 tokens, \$0.05 so far/);
});

Deno.test("messages that were chosen come without what was superseded", async () => {
  const page = await tellPage("--tail", "1");
  assertEquals(page.match(/<article id="[^"]*"/g), ['<article id="m5"']);
  assertEquals(page.includes('class="superseded"'), false);
  const withoutTools = await tellPage("--no-tools");
  assertEquals(withoutTools.includes("→ edit"), false);
});

Deno.test("the pages of a folder lead to each other, and one page to all of them", async () => {
  using folder = useFolder();
  using output = useFolder();
  const ids = {
    parent: "aaaa0000-0000-4000-8000-000000000001",
    child: "bbbb0000-0000-4000-8000-000000000002",
  };
  const write = (id: string, more: object, texts: readonly string[]) => {
    const meta = {
      id,
      cwd: "/home/ada/kite",
      model: "m",
      provider: "p",
      started: "2026-11-01T08:00:00Z",
      ...more,
    };
    const rows = [
      { type: "meta", meta },
      ...texts.map((text) => ({
        type: "message",
        message: { role: "user", content: [{ text }], time: "2026-11-01T08:00:00Z" },
      })),
    ];
    Deno.writeTextFileSync(
      join(folder.path, `20261101-080000-${id.slice(0, 8)}.jsonl`),
      rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
    );
  };
  write(ids.parent, {}, ["one <first>", "two"]);
  write(ids.child, { parent: ids.parent, fork_point: 1 }, ["one <first>", "three"]);
  const { code, talk } = await exportHtml(folder.path, ids.parent, ids.child, "-o", output.path);
  assertEquals(code, 0, talk);
  const names = [...Deno.readDirSync(output.path)].map(({ name }) => name).sort();
  const [parentFile = "", childFile = ""] = names;
  assertEquals(names.length, 3);
  const read = (name: string) => Deno.readTextFileSync(join(output.path, name));
  assertInOrder(read(parentFile), [
    '<article id="m1"',
    `<p class="fork">⑂ <a href="${childFile}">three</a> branched off here</p>`,
    '<article id="m2"',
  ]);
  assertInOrder(read(childFile), [
    `<dt>Branch of</dt><dd><a href="${parentFile}">one &lt;first&gt;</a>, after message 1</dd>`,
    '<article id="m1"',
    `<p class="fork">⑂ shared with <a href="${parentFile}">one &lt;first&gt;</a> up to here</p>`,
    '<article id="m2"',
  ]);
  assertInOrder(read("index.html"), [
    "<h1>2 sessions</h1>",
    `<li><a href="${parentFile}">`,
    "<ul>",
    `<li>⑂ <a href="${childFile}">`,
    "</ul></li>",
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

/**
 * Pages of transcripts that mean harm: whatever field of whatever format says it, nothing of it runs,
 * loads, or changes how the page looks; not even in a browser that ignores the page's policy.
 */

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";
import { ignore, type Visit, withBrowser, withWindow } from "./browser.ts";
import { FakeHost } from "./fake_host.ts";
import { makeFolder, useFolder } from "./folder.ts";
import { spoil, spoilFields } from "./hostile_fields.ts";
import { type Kind, KINDS } from "./laws.ts";
import { Random } from "./random.ts";

/** Marks that it ran by what a page would then have. */
const RUN = "window.isHit=true";
const PAYLOAD = [
  `"'><script>${RUN}</script><img src=x onerror="${RUN}"><svg onload="${RUN}"><animate></svg>`,
  `</style></title></textarea></pre></code><style>body{display:none}</style>`,
  `<a href="javascript:${RUN}">a</a> [b](javascript:${RUN}) ![c](https://example.invalid/c.png)`,
  `[d](data:text/html,<script>${RUN}</script>) [e](vbscript:x "onmouseover=${RUN}") <javascript:${RUN}>`,
  `<iframe src="javascript:${RUN}"></iframe><base href="https://example.invalid/"><meta http-equiv=refresh content=0>`,
  "",
  '```html" onmouseover="window.isHit=true\n</code></pre><script>window.isHit=true</script>\n```',
  "",
  `| a |\n| :-: |\n| <b style="color:red">b</b> |`,
  `${"`".repeat(3)}\n--></article></main></body></html>`,
].join("\n");

/** A generated file with as much in it as one can have, and the number of its messages. */
interface Sample {
  readonly bytes: Uint8Array;
  readonly messages: number;
}

async function makeSample(kind: Kind): Promise<Sample> {
  const options = { mostRows: 60, damage: 0, longest: 20 };
  let best: Sample = { bytes: new Uint8Array(), messages: 0 };
  for (let seed = 1; seed <= 12; seed++) {
    const bytes = kind.make(new Random(seed), options);
    const messages = await countMessages(kind, bytes);
    if (messages > best.messages) best = { bytes, messages };
  }
  assert(best.messages > 3, kind.name);
  return best;
}

/** How many articles the page of a file has; 0 where it is no session any more. */
async function countMessages(kind: Kind, bytes: Uint8Array): Promise<number> {
  return (await exportPage(kind, bytes))?.match(/<article /g)?.length ?? 0;
}

async function exportPage(kind: Kind, bytes: Uint8Array): Promise<string | undefined> {
  const folder = makeFolder({ [kind.file]: bytes });
  try {
    const host = new FakeHost();
    const line = ["export", join(folder, kind.file), "--format", "html", "--no-redact"];
    const code = await run([...line, "--no-cache", "--root", folder], host);
    assert(code < 70, host.stderr.text);
    return code === 0 || code === 3 ? new TextDecoder().decode(host.stdout.bytes) : undefined;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Pages of a kind in which every field that can be is hostile. */
interface HostilePages {
  /** Of all fields that may say anything, in one. */
  readonly together: string;
  /** Of fields without which the file is another, one in each; and of keys. */
  readonly apart: ReadonlySet<string>;
}

async function makePages(kind: Kind): Promise<HostilePages> {
  const { bytes, messages } = await makeSample(kind);
  const fields = new Set<string>();
  const apart = new Set<string>();
  for (const { field, bytes: spoiled } of spoilFields(bytes, kind.isWhole, PAYLOAD)) {
    const page = await exportPage(kind, spoiled);
    if (page === undefined) continue;
    if (page.match(/<article /g)?.length === messages && !field.endsWith("?")) fields.add(field);
    else if (page.includes("isHit")) apart.add(page);
  }
  const together = await exportPage(kind, spoil(bytes, kind.isWhole, fields, PAYLOAD));
  assert(together !== undefined && fields.size > 3, kind.name);
  assertEquals(together.match(/<article /g)?.length, messages, kind.name);
  return { together, apart };
}

/** What is wrong in a page, by what only its text could have brought about. */
async function findHarm({ page, complaints, requests }: Visit): Promise<readonly string[]> {
  const found = await page.evaluate(() => {
    // deno-lint-ignore no-explicit-any -- this runs in the browser, which has other globals
    const { document, isHit } = globalThis as any;
    const elements = [...document.querySelectorAll("*")];
    const allowed = new Set(["SCRIPT", "STYLE", "LINK"]);
    return [
      isHit === undefined ? "" : "a script ran",
      ...elements.flatMap((element) => [
        ...["IFRAME", "OBJECT", "EMBED", "BASE", "FORM", "ANIMATE"].includes(element.tagName)
          ? [element.tagName]
          : [],
        ...[...element.attributes].filter(({ name, value }) =>
          /^on|^style$/i.test(name) || /^\s*(?:javascript|vbscript|data:text)/i.test(value)
        ).map(({ name }) => `${element.tagName} ${name}`),
      ]),
      ...[...allowed].filter((tag) => {
        const count = elements.filter((element) => element.tagName === tag).length;
        // An index has no script.
        return count !== 1 &&
          !(tag === "SCRIPT" && count === 0 && document.body.className === "index");
      }),
      elements.filter(({ tagName }) => tagName === "META").length === 5 ? "" : "META",
      ["SCRIPT", "MAIN"].includes(document.body.lastElementChild.tagName) ? "" : "it ended early",
      document.querySelectorAll("body > main").length === 1 ? "" : "no main",
    ].filter(Boolean);
  });
  return [...found, ...complaints, ...requests];
}

for (const kind of KINDS) {
  Deno.test({
    name: `a page of ${kind.name} runs and loads nothing that a field of it says`,
    ignore,
    // The driver of the browser keeps what it has opened to itself.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      using folder = useFolder();
      const { together, apart } = await makePages(kind);
      const path = join(folder.path, "page.html");
      await withBrowser(async (browser) => {
        const check = (isUnguarded: boolean, pages: Iterable<string>) =>
          withWindow(browser, { isUnguarded }, async (open) => {
            for (const text of pages) {
              Deno.writeTextFileSync(path, text);
              assertEquals(await findHarm(await open(path)), [], kind.name);
            }
          });
        await check(false, [together]);
        // What harms nobody without the policy harms nobody with it.
        await check(true, [together, ...apart]);
      });
    },
  });
}

Deno.test({
  name: "the pages of a folder run and load nothing that a title, an id or a folder of them says",
  ignore,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    using folder = useFolder();
    using output = useFolder();
    const row = (value: object) => `${JSON.stringify(value)}\n`;
    const said = { role: "user", content: [{ text: PAYLOAD }], time: "2026-11-01T08:00:00Z" };
    const ids = ["aaaa0000", "bbbb0000", "cccc0000"].map((id) => id + PAYLOAD);
    for (const [index, id] of ids.entries()) {
      const lineage = index === 0 ? {} : { parent: ids[0], fork_point: 1 };
      const meta = { id, cwd: `/${PAYLOAD}`, model: PAYLOAD, provider: PAYLOAD, ...lineage };
      Deno.writeTextFileSync(
        join(folder.path, `${index}.jsonl`),
        row({ type: "meta", meta }) + row({ type: "message", message: said }) +
          row({ type: "rename", title: PAYLOAD }),
      );
    }
    const paths = ids.map((_, index) => join(folder.path, `${index}.jsonl`));
    const line = ["export", ...paths, "--format", "html", "--no-redact", "--output", output.path];
    const host = new FakeHost();
    assertEquals(
      await run([...line, "--no-cache", "--root", folder.path], host),
      0,
      host.stderr.text,
    );
    const pages = [...Deno.readDirSync(output.path)].map(({ name }) => join(output.path, name));
    assertEquals(pages.length, 4);
    await withBrowser((browser) =>
      withWindow(browser, { isUnguarded: true }, async (open) => {
        for (const path of pages) assertEquals(await findHarm(await open(path)), [], path);
      })
    );
  },
});

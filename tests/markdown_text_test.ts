/** Markdown of a transcript in a page of ours: it cannot hide or end what comes after it. */

import { assertEquals } from "@std/assert";
import { containMarkdown } from "../src/markdown_text.ts";

const CASES: Readonly<Record<string, string>> = {
  "plain *text*\nof two lines": "plain *text*\nof two lines",
  "a <b>bold</b> <!-- end": "a &lt;b>bold&lt;/b> &lt;!-- end",
  "if a < b then": "if a < b then",
  "`<b>` and ``<i>`</i>`` <u>": "`<b>` and ``<i>`</i>`` &lt;u>",
  "an `open tick <b>": "an `open tick &lt;b>",
  "```ts\nconst a: Map<string, b>;\n```\n<b>": "```ts\nconst a: Map<string, b>;\n```\n&lt;b>",
  "```\nnever closed </details>": "```\nnever closed </details>\n```",
  "~~~~\n~~~\n</details>": "~~~~\n~~~\n</details>\n~~~~",
  "````\n```\n<b>\n````\n<b>": "````\n```\n<b>\n````\n&lt;b>",
  "``` a `tick` <b>": "``` a `tick` &lt;b>",
  "- ```\n  <b>": "- ```\n  <b>\n```",
  "> ```\n> code <b>\nout <!-- x": "> ```\n> code <b>\nout &lt;!-- x",
  "1. ```\n   <b>\n\nout <!-- x": "1. ```\n   <b>\n\nout &lt;!-- x",
  "</details><script>alert(1)</script>": "&lt;/details>&lt;script>alert(1)&lt;/script>",
};

for (const [text, wanted] of Object.entries(CASES)) {
  Deno.test(`containMarkdown() contains ${JSON.stringify(text)}`, () => {
    assertEquals(containMarkdown(text).join("\n"), wanted);
  });
}

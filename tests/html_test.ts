/** HTML, Markdown in it, and code in colours: what they become, and that text stays text. */

import { assertEquals } from "@std/assert";
import { highlight, languageOfPath } from "../src/highlight.ts";
import { Html, markup } from "../src/html.ts";
import { highlightCode, renderMarkdownHtml } from "../src/html_markdown.ts";
import { holdLaw } from "./random.ts";
import { randomProse } from "./random_prose.ts";

const TO_TEXT: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  "#39": "'",
};

/** What a browser shows of HTML without elements. */
function readText(html: string): string {
  return html.replace(/&(lt|gt|amp|quot|#39);/g, (_, name) => TO_TEXT[name] ?? "");
}

Deno.test("markup`` escapes what it is filled with, and leaves HTML as it is", () => {
  const inner = markup`<b>${"<i>"}</b>`;
  assertEquals(
    String(markup`<p title="${`"'&`}">${inner}${undefined}${3}${["a<", inner]}</p>`),
    '<p title="&quot;&#39;&amp;"><b>&lt;i&gt;</b>3a&lt;<b>&lt;i&gt;</b></p>',
  );
  assertEquals(String(markup`${Html.trust("<hr>")}`), "<hr>");
});

Deno.test("markup`` makes controls and turned text visible", () => {
  assertEquals(String(markup`${"a\u001b[2Jb\u202ec\u0000"}`), "a␛[2Jb�c␀");
});

Deno.test("text that stands in HTML is shown as it was", () => {
  holdLaw(500, (random) => {
    const text = randomProse(random, 200).replace(/[^\n\u0020-\u007e]/g, "?");
    const html = String(markup`${text}`);
    assertEquals(/[<>"']/.test(html), false);
    assertEquals(readText(html), text);
  });
});

for (
  const [what, markdown, html] of [
    ["HTML as text", "a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"],
    [
      "links to the web, which learns nothing of the page",
      "[a](https://x.example/b)",
      '<p><a href="https://x.example/b" rel="noopener noreferrer">a</a></p>\n',
    ],
    [
      "no other links",
      "[a](javascript:b) [c](file:///d)",
      "<p>[a](javascript:b) [c](file:///d)</p>\n",
    ],
    ["no script however it is spelled", "[a](JaVaScRiPt&#58;b)", "<p>[a](JaVaScRiPt:b)</p>\n"],
    [
      "pictures from elsewhere as links",
      "![a](https://x.example/b.png)",
      '<p><a href="https://x.example/b.png" rel="noopener noreferrer">[a]</a></p>\n',
    ],
    ["headings below those of the page", "# a\n\n###### b", "<h3>a</h3>\n<h6>b</h6>\n"],
    [
      "alignment as a class",
      "| a |\n|--:|\n| b |",
      '<div class="wide" tabindex="0"><table>\n<thead>\n<tr>\n<th class="to-right">a</th>\n</tr>\n' +
      '</thead>\n<tbody>\n<tr>\n<td class="to-right">b</td>\n</tr>\n</tbody>\n</table></div>\n',
    ],
    [
      "code in colours",
      "```js\nlet a;\n```",
      '<pre><code class="language-js"><span class="hl-keyword">let</span> a;\n</code></pre>\n',
    ],
    [
      "a language that holds HTML as text",
      '```"><b>\na\n```',
      '<pre><code class="language-&quot;&gt;&lt;b&gt;">a\n</code></pre>\n',
    ],
  ] as const
) {
  Deno.test(`renderMarkdownHtml() gives ${what}`, () => {
    assertEquals(String(renderMarkdownHtml(markdown)), html);
  });
}

Deno.test("highlight() tells the parts of code, and together they are the code", () => {
  const code = "const a = \"<b>&amp;\"; // 'c'";
  const runs = highlight(code, "ts") ?? [];
  assertEquals(runs.map(({ text }) => text).join(""), code);
  assertEquals(
    runs.filter(({ scope }) => scope !== undefined).map(({ text, scope }) => [scope, text]),
    [["keyword", "const"], ["string", '"<b>&amp;"'], ["comment", "// 'c'"]],
  );
  assertEquals(highlight(code, "no-such-language"), undefined);
});

Deno.test("highlight() loses nothing of any text in any language", () => {
  const languages = [
    "bash",
    "diff",
    "go",
    "html",
    "json",
    "md",
    "python",
    "rust",
    "ts",
    "yaml",
  ] as const;
  holdLaw(300, (random) => {
    const text = randomProse(random, 200);
    const language = random.pick(languages);
    assertEquals(highlight(text, language)?.map((run) => run.text).join(""), text, language);
  });
});

Deno.test("highlightCode() leaves code plain in a language that is not known", () => {
  assertEquals(String(highlightCode("<a>", "")), "&lt;a&gt;");
  assertEquals(String(highlightCode("<a>", "no-such-language")), "&lt;a&gt;");
});

Deno.test("languageOfPath() goes by how the name of a file ends, or by all of it", () => {
  assertEquals(["a/b.TS", "C:\\a\\b.go", "Makefile", "bin/c"].map(languageOfPath), [
    "ts",
    "go",
    "makefile",
    "",
  ]);
});

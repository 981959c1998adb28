/** Messages as Markdown: what each part becomes, and that no text gets out of its fence. */

import { assert, assertEquals } from "@std/assert";
import { fence, renderMarkdown, renderMarkdownHeader } from "../src/render_markdown.ts";
import type { Block, Message } from "../src/transcript.ts";
import { holdLaw } from "./random.ts";
import { makeSession } from "./session_value.ts";

const HOSTILE = "a\u001b]0;b\u0007\u009b2J\u202ec\rd";

Deno.test("renderMarkdownHeader() gives the title, and what the session is", () => {
  assertEquals(renderMarkdownHeader(makeSession()), [
    "# Build the delta",
    "",
    "`5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512` · zot · heron-2 · 2026-11-20T09:00:00.000Z",
  ]);
});

Deno.test("renderMarkdownHeader() leaves out what is not known", () => {
  const session = makeSession({
    id: "x",
    title: undefined,
    model: undefined,
    startedMs: undefined,
  });
  assertEquals(renderMarkdownHeader(session), [
    "# (no prompt)",
    "",
    "`x` · zot · 2026-11-20T10:00:00.000Z",
  ]);
});

Deno.test("renderMarkdownHeader() keeps a title of many lines on one", () => {
  const [title] = renderMarkdownHeader(makeSession({ title: "one\n# two\n\nthree" }));
  assertEquals(title, "# one # two three");
});

Deno.test("renderMarkdown() puts a heading above, and an empty line before each part", () => {
  const message = makeMessage([text("one\n\ntwo"), text("three")], {
    time: "2026-11-20T10:02:50+01:00",
  });
  assertEquals(renderMarkdown("12.", message), [
    "",
    "## 12. assistant · 2026-11-20T10:02:50+01:00",
    "",
    "one",
    "",
    "two",
    "",
    "three",
  ]);
});

Deno.test("renderMarkdown() marks a summary, and gives a heading for a message without parts", () => {
  assertEquals(renderMarkdown("1.", makeMessage([], { role: "user", isSummary: true })), [
    "",
    "## 1. user (summary)",
  ]);
});

Deno.test("renderMarkdown() keeps the Markdown of a text as it is", () => {
  const said = "# A\n\n- *b* `c`\n\n```js\nd < e && f;\n```";
  assertEquals(renderMarkdown("1.", makeMessage([text(said)])).slice(3).join("\n"), said);
});

Deno.test("renderMarkdown() quotes reasoning, and tells of what is hidden", () => {
  assertEquals(lines({ type: "reasoning", text: "why\n\nso", isEncrypted: false }), [
    "> why",
    ">",
    "> so",
  ]);
  assertEquals(lines({ type: "reasoning", text: "", isEncrypted: true }), ["*[reasoning]*"]);
});

Deno.test("renderMarkdown() shows a picture as a note", () => {
  assertEquals(lines({ type: "image", mimeType: "image/png", sizeBytes: 70 }), [
    "*[image/png, 70 B]*",
  ]);
});

Deno.test("renderMarkdown() puts what a tool was given into a fence", () => {
  const input = { path: "a.ts", find: ["x"] };
  assertEquals(lines({ type: "call", callId: "c", name: "edit", input }), [
    "**→ edit**",
    "",
    "```json",
    "{",
    '  "path": "a.ts",',
    '  "find": [',
    '    "x"',
    "  ]",
    "}",
    "```",
  ]);
  assertEquals(lines({ type: "call", callId: "c", name: "edit", input: null }).slice(2), [
    "```json",
    "null",
    "```",
  ]);
});

Deno.test("renderMarkdown() puts what a tool gave back into a fence", () => {
  const image = { type: "image", mimeType: "image/png", sizeBytes: 70 } as const;
  assertEquals(lines(result([text("one\n```\ntwo\n"), image])), [
    "**← result**",
    "",
    "````",
    "one",
    "```",
    "two",
    "",
    "[image/png, 70 B]",
    "````",
  ]);
  assertEquals(lines({ ...result([]), isError: true }), ["**← error**", "", "```", "", "```"]);
});

Deno.test("renderMarkdown() writes a call whose input is nested ten thousand deep", () => {
  const input = JSON.parse('{"a":'.repeat(10_000) + "1" + "}".repeat(10_000));
  const written = lines({ type: "call", callId: "c", name: "x", input });
  assertEquals([written[0], written.at(-1)], ["**→ x**", "```"]);
});

Deno.test("renderMarkdown() lets nothing by that a terminal obeys", () => {
  const message = makeMessage([
    text(HOSTILE),
    { type: "reasoning", text: HOSTILE, isEncrypted: false },
    { type: "image", mimeType: HOSTILE, sizeBytes: 1 },
    { type: "call", callId: HOSTILE, name: HOSTILE, input: { [HOSTILE]: [HOSTILE] } },
    { type: "call", callId: HOSTILE, name: "x", input: HOSTILE },
    result([text(HOSTILE), { type: "image", mimeType: HOSTILE, sizeBytes: 1 }]),
  ]);
  const session = makeSession({ id: HOSTILE, title: HOSTILE, model: HOSTILE });
  for (const line of [...renderMarkdownHeader(session), ...renderMarkdown("1.", message)]) {
    assert(!/[\p{Cc}\p{Bidi_C}]/u.test(line), JSON.stringify(line));
  }
});

Deno.test("fence() is longer than any run of backticks inside", () => {
  assertEquals(fence("a"), ["```", "a", "```"]);
  assertEquals(fence("a `b` ``c``", "md"), ["```md", "a `b` ``c``", "```"]);
  assertEquals(fence("```\na\n```"), ["````", "```", "a", "```", "````"]);
  assertEquals(fence("`".repeat(9))[0], "`".repeat(10));
});

Deno.test("fence() keeps every line, but for the line feed at the end", () => {
  assertEquals(fence("a\n\nb\n\n"), ["```", "a", "", "b", "", "```"]);
  assertEquals(fence(""), ["```", "", "```"]);
});

Deno.test("fence() holds a text with hundreds of thousands of backticks", () => {
  const [open, inside] = fence("`a".repeat(300_000));
  assertEquals([open, inside?.length], ["```", 600_000]);
});

Deno.test("fence() is closed by its last line only", () => {
  holdLaw(2_000, (random) => {
    const said = random.list(
      random.integer(0, 30),
      () => random.pick(["`", "`", "``", "```", "a", " ", "\n", "~~~"]),
    ).join("");
    const [open = "", ...rest] = fence(said);
    const isClosing = (line: string) => /^ {0,3}(`{3,}) *$/.exec(line)?.[1];
    const closing = rest.findIndex((line) => (isClosing(line)?.length ?? 0) >= open.length);
    assertEquals(closing, rest.length - 1);
    assertEquals(rest.slice(0, -1).join("\n"), said.replace(/\n$/, ""));
  });
});

/** The lines of one part, without the heading of its message. */
function lines(block: Block): readonly string[] {
  return renderMarkdown("1.", makeMessage([block])).slice(3);
}

function makeMessage(blocks: readonly Block[], changes: Partial<Message> = {}): Message {
  return { role: "assistant", time: undefined, isSummary: false, blocks, ...changes };
}

function text(said: string) {
  return { type: "text", text: said } as const;
}

function result(blocks: readonly Block[]) {
  return { type: "result", callId: "c", isError: false, blocks } as const;
}

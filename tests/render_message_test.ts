/** Messages for people: what each part becomes, how wide it is, and that nothing harmful gets by. */

import { assert, assertEquals } from "@std/assert";
import {
  describeImage,
  describeInput,
  describeResult,
  formatWallTime,
  MessageRenderer,
  type RenderMessageOptions,
} from "../src/render_message.ts";
import { RowShortener } from "../src/shorten.ts";
import { COLORED, PLAIN } from "../src/style.ts";
import { measureMost } from "../src/text.ts";
import type { Block, JsonValue, Message } from "../src/transcript.ts";
import { holdLaw } from "./random.ts";
import { randomLine } from "./random_text.ts";

const HOSTILE = "a\u001b]0;b\u0007\u009b2J\u202ec\rd";
const HARMFUL = /[^\P{Cc}\n]|\p{Bidi_C}/u;

Deno.test("render() puts number, role and time above the text", () => {
  const message = makeMessage([text("one\n\ntwo")], { time: "2026-11-20T10:02:50.5+01:00" });
  assertEquals(render(message, {}, "#12"), [
    "",
    "#12 assistant  2026-11-20 10:02 +01:00",
    "  one",
    "",
    "  two",
  ]);
});

Deno.test("render() leaves out a time that is not known, and marks a summary", () => {
  assertEquals(render(makeMessage([text("x")], { role: "user", isSummary: true }), {}), [
    "",
    "#1 user (summary)",
    "  x",
  ]);
});

Deno.test("render() wraps text to the width, and not in a pipe", () => {
  const message = makeMessage([text("one two three four five")]);
  assertEquals(render(message, { width: 14 }).slice(2), ["  one two", "  three four", "  five"]);
  assertEquals(render(message, {}).slice(2), ["  one two three four five"]);
});

Deno.test("render() ends text where its last word ends", () => {
  assertEquals(render(makeMessage([text("one\n\n \n")]), {}).slice(2), ["  one"]);
});

Deno.test("render() shows reasoning behind a bar, and tells of what is hidden", () => {
  const reasoning = (said: string, isEncrypted = false): Block => ({
    type: "reasoning",
    text: said,
    isEncrypted,
  });
  assertEquals(render(makeMessage([reasoning("why\n\nso")]), {}).slice(2), [
    "  │ why",
    "  │",
    "  │ so",
  ]);
  assertEquals(render(makeMessage([reasoning("")]), {}).slice(2), ["  [reasoning]"]);
  assertEquals(render(makeMessage([reasoning("", true)]), {}).slice(2), [
    "  [reasoning, encrypted]",
  ]);
});

Deno.test("render() gives no line to a text that says nothing", () => {
  const message = makeMessage([text(""), text("a\n\nb\n"), text(" \n"), call("read", null)]);
  assertEquals(render(message, {}).slice(2), ["  a", "", "  b", "  → read()"]);
});

Deno.test("render() shows a picture as a note of type and size", () => {
  assertEquals(render(makeMessage([image("image/png", 12_345)]), {}).slice(2), [
    "  [image/png, 12 KB]",
  ]);
});

Deno.test("render() shows a call on one line, however many lines it was given", () => {
  const input = { path: "a.go", text: "one\ntwo\tthree" };
  assertEquals(render(makeMessage([call("read", input)]), {}).slice(2), [
    "  → read(path: a.go, text: one two three)",
  ]);
});

Deno.test("render() names the tool of a result by the call that it answers", () => {
  const renderer = new MessageRenderer({ style: PLAIN, width: undefined });
  const lines = (blocks: readonly Block[]) =>
    renderer.render({ label: "#1", message: makeMessage(blocks) }).slice(2);
  assertEquals(lines([result("c1", [text("early")])]), ["  ← early"]);
  lines([call("read", null, "c1"), call("bash", null, "c2")]);
  assertEquals(lines([result("c2", [text("ok")]), result("c1", [text("a\nb")])]), [
    "  ← bash: ok",
    "  ← read: 2 lines · a",
  ]);
  assertEquals(lines([result("c9", [text("?")]), result("c1", [], true)]), [
    "  ← c9: ?",
    "  ← read error: (nothing)",
  ]);
});

Deno.test("render() cuts calls and results to the width", () => {
  const long = "x".repeat(200);
  const message = makeMessage([call("read", { path: long }), result("c1", [text(long)])]);
  const lines = render(message, { width: 40 }).slice(2);
  assertEquals(lines.map((line) => [measureMost(line), line.at(-1)]), [[40, "…"], [40, "…"]]);
  assertEquals(render(message, {}).slice(2).map(measureMost), [160, 160]);
});

Deno.test("render() says how much of a shortened text is missing", () => {
  const message = makeMessage([text(shorten("x".repeat(50_000), 10))]);
  assertEquals(render(message, { width: 80 }).slice(2), [
    "  xxxxxxxxxx",
    "  [50 KB more; --raw prints the row]",
  ]);
});

Deno.test("render() keeps a tool's wide name within the width", () => {
  fits(80, makeMessage([call("工".repeat(20), { path: "x".repeat(100) })]));
});

Deno.test("render() keeps a tool's long name within the width", () => {
  fits(80, makeMessage([call("n".repeat(100), { path: "a" })]));
  fits(80, makeMessage([result("c".repeat(100), [text("a")]), result("d", [])]));
});

Deno.test("render() keeps a picture's long type within the width", () => {
  fits(80, makeMessage([image(`image/${"p".repeat(100)}`, 1)]));
});

Deno.test("render() keeps every line of random messages within the width", () => {
  holdLaw(500, (random) => {
    const blocks = random.list(random.integer(0, 4), (): Block => {
      const said = randomLine(random, 60);
      return random.pick<Block>([
        text(said),
        text(`${said}\n${randomLine(random, 20)}`),
        { type: "reasoning", text: said, isEncrypted: false },
        call("read", { path: said, list: [said] }),
        result("c1", [text(said), text(said)]),
      ]);
    });
    fits(random.integer(24, 120), makeMessage(blocks));
  });
});

Deno.test("render() lets nothing by that a terminal obeys", () => {
  const blocks: readonly Block[] = [
    text(HOSTILE),
    { type: "reasoning", text: HOSTILE, isEncrypted: false },
    image(HOSTILE, 1),
    call(HOSTILE, { [HOSTILE]: HOSTILE, inner: [HOSTILE] }, HOSTILE),
    call("x", HOSTILE),
    call("x", [HOSTILE, { [HOSTILE]: HOSTILE }]),
    result(HOSTILE, [text(HOSTILE), image(HOSTILE, 1)]),
    result(`${HOSTILE}2`, [text(`\n${HOSTILE}`)], true),
  ];
  for (const width of [undefined, 60]) {
    for (const line of render(makeMessage(blocks), { width })) {
      assert(!HARMFUL.test(line) && !line.includes("\n"), JSON.stringify(line));
    }
  }
});

Deno.test("render() colours what it wrote, and changes no letter of it", () => {
  const blocks = [
    text("said"),
    call("read", { path: "a" }),
    result("c1", [text("ok")], true),
    image("image/png", 5),
  ];
  for (const role of ["user", "assistant", "tool", "system"] as const) {
    const message = makeMessage(blocks, { role, time: "2026-11-20T10:00:00Z" });
    const colored = render(message, { style: COLORED, width: 60 });
    // deno-lint-ignore no-control-regex -- colours start with an escape
    const bare = colored.map((line) => line.replace(/\u001b\[\d+m/g, ""));
    assertEquals(bare, render(message, { width: 60 }));
    assert(colored.join() !== bare.join());
  }
});

Deno.test("describeInput() gives an object as names and values", () => {
  const inputs: [JsonValue, string][] = [
    [{}, ""],
    [null, ""],
    [
      { path: "a.go", limit: 20, all: true, none: null },
      "path: a.go, limit: 20, all: true, none: null",
    ],
    [{ edits: [{ old: "a" }] }, 'edits: [{"old":"a"}]'],
    ["free text\nin lines", "free text in lines"],
    [["a", 1], '["a",1]'],
    [0, "0"],
    [false, "false"],
  ];
  for (const [input, described] of inputs) assertEquals(describeInput(input), described);
});

Deno.test("describeInput() marks a long value as cut", () => {
  assertEquals(describeInput({ text: "x".repeat(600) }), `text: ${"x".repeat(500)}…`);
  assertEquals(describeInput({ text: shorten("x".repeat(90), 4) }), "text: xxxx…");
});

Deno.test("describeInput() describes values nested ten thousand deep", () => {
  const deep = JSON.parse('{"a":'.repeat(10_000) + "1" + "}".repeat(10_000));
  assert(describeInput(deep).startsWith('a: {"a":{"a":'));
});

Deno.test("describeResult() tells how much there is, and how it begins", () => {
  const results: [readonly Block[], string][] = [
    [[], "(nothing)"],
    [[text("")], "(nothing)"],
    [[text(" \n\t\n")], "(nothing)"],
    [[text("one line\n")], "one line"],
    [[text("one\ntwo\nthree\n\n")], "3 lines · one"],
    [[text("\n\n  third first\n")], "3 lines · third first"],
    [[image("image/png", 70)], "[image/png, 70 B]"],
    [[text("a"), image("image/png", 70)], "a  [image/png, 70 B]"],
  ];
  for (const [blocks, described] of results) {
    assertEquals(describeResult(result("c1", blocks)), described);
  }
});

Deno.test("describeResult() counts no empty text beside one that says something", () => {
  assertEquals(describeResult(result("c1", [text(""), text("ok")])), "ok");
});

Deno.test("describeResult() tells the size of a shortened text", () => {
  const described = describeResult(result("c1", [text(shorten("x".repeat(2_000), 4))]));
  assertEquals(described, "2.0 KB · xxxx");
});

Deno.test("describeImage() rounds the size", () => {
  assertEquals(describeImage(image("image/jpeg", 1_260_000)), "[image/jpeg, 1.3 MB]");
});

Deno.test("formatWallTime() keeps the author's clock, and names its zone", () => {
  assertEquals(formatWallTime("2026-06-27T05:46:50.123+02:00"), "2026-06-27 05:46 +02:00");
  assertEquals(formatWallTime("2026-06-27T23:59:59-09:30"), "2026-06-27 23:59 -09:30");
  assertEquals(formatWallTime("2026-06-27T05:46:50Z"), "2026-06-27 05:46 UTC");
});

function render(
  message: Message,
  { style = PLAIN, width = undefined }: Partial<RenderMessageOptions>,
  label = "#1",
): readonly string[] {
  return new MessageRenderer({ style, width }).render({ label, message });
}

/** Fails when a line below the heading is wider than the width. */
function fits(width: number, message: Message): void {
  for (const line of render(message, { width }).slice(2)) {
    assert(measureMost(line) <= width, JSON.stringify([width, measureMost(line), line]));
  }
}

function makeMessage(blocks: readonly Block[], changes: Partial<Message> = {}): Message {
  return { role: "assistant", time: undefined, isSummary: false, blocks, ...changes };
}

function text(said: string) {
  return { type: "text", text: said } as const;
}

function image(mimeType: string, sizeBytes: number) {
  return { type: "image", mimeType, sizeBytes } as const;
}

function call(name: string, input: JsonValue, callId = "c1") {
  return { type: "call", callId, name, input } as const;
}

function result(callId: string, blocks: readonly Block[], isError = false) {
  return { type: "result", callId, isError, blocks } as const;
}

/** The text of a string in a row that was read shortened. */
function shorten(value: string, keepBytes: number): string {
  const shortener = new RowShortener(keepBytes);
  shortener.push(new TextEncoder().encode(JSON.stringify(value)));
  return JSON.parse(new TextDecoder().decode(shortener.finish()));
}

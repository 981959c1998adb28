/** The strict zot loader: what zot skips, drops and replaces, and zot's real files. */

import { assertEquals, assertThrows } from "@std/assert";
import { findRealFiles, readRealFile } from "./strict_files.ts";
import { LoadError, type StrictPart, type StrictSession } from "./strict_message.ts";
import { checkZotHead, loadZot, ZOT_HEAD_MAX } from "./strict_zot.ts";

const TIME = "2026-06-27T05:46:50.5+02:00";
const META = '{"type":"meta","meta":{"id":"s","cwd":"/w","model":"m","provider":"p",' +
  '"started":"2026-06-27T03:46:34.120000001Z","version":"0.2.9"}}';

function load(...lines: readonly string[]): StrictSession {
  return loadZot(new TextEncoder().encode(lines.join("\n")));
}

function message(content: string, more = "", time = `"${TIME}"`): string {
  return `{"type":"message","message":{"role":"user","content":${content},"time":${time}${more}}}`;
}

function countOf(...lines: readonly string[]): number {
  return load(...lines).messages.length;
}

function partsOf(...blocks: readonly string[]): readonly StrictPart[] | undefined {
  return load(message(`[${blocks}]`)).messages[0]?.parts;
}

Deno.test("loadZot() reads the rows of the format's example", () => {
  const session = load(
    META.replace('"version"', '"parent":"p","fork_point":1,"hide_from_sessions":true,"version"'),
    message('[{"text":"why does a \\u003c b fail?"}]'),
    '{"type":"usage","usage":{"input_tokens":900},"cumulative":{"cost_usd":0.0033}}',
    message(
      '[{"text":"Looking."},{"summary":"hm","encrypted_content":"x"},' +
        '{"id":"call_7","name":"read","arguments":{ "path": "a \\u003c" }}]',
    ),
    message(
      '[{"call_id":"call_7","content":[{"text":"package a"},' +
        '{"mime_type":"image/png","data":"iVBORw0="},{"text":"b"}],"is_error":true}]',
    ),
    '{"title":"compare bug","type":"rename"}',
  );
  const part = (...parts: readonly StrictPart[]) => ({ role: "user", time: TIME, parts });
  assertEquals(session, {
    agent: "zot",
    id: "s",
    parent: "p",
    created: "2026-06-27T03:46:34.120000001Z",
    cwd: "/w",
    title: "compare bug",
    messages: [
      part({ type: "text", text: "why does a < b fail?" }),
      part(
        { type: "text", text: "Looking." },
        { type: "reasoning", text: "hm" },
        { type: "call", id: "call_7", name: "read", input: '{"path":"a \\u003c"}' },
      ),
      part({ type: "result", callId: "call_7", text: "package a\nb", isError: true, images: 1 }),
    ],
  });
});

Deno.test("loadZot() replaces what is before a compaction, by nothing where it is empty", () => {
  const kept = message('[{"text":"a"}]');
  const inner = kept.slice(kept.indexOf('{"role"'), -1);
  const compact = (messages: string) => `{"type":"compaction"${messages}}`;
  const list = `,"messages":[${inner},${inner},${inner.replace('[{"text":"a"}]', "[]")}]`;
  assertEquals(countOf(kept, kept, kept, compact(list), kept), 3);
  assertEquals(countOf(kept, compact(""), kept), 1);
  assertEquals(countOf(kept, compact(',"messages":null')), 0);
  assertEquals(countOf(kept, compact(',"messages":{}')), 1);
  assertEquals(countOf(kept, compact(list.replace(TIME, "")), kept), 2);
});

Deno.test("loadZot() opens any bytes, and skips what is no row of zot", () => {
  const none = { id: undefined, parent: undefined, created: undefined, cwd: undefined };
  const empty: StrictSession = { agent: "zot", ...none, title: undefined, messages: [] };
  const lines = ["", " ", "{", "7", "null", "[]", '{"type":7}', '{"type":"kite"}', "\ufeff" + META];
  assertEquals([load(), load(...lines)], [empty, empty]);
  const torn = message('[{"text":"a"}]').slice(0, -4);
  assertEquals(countOf(META, torn + message('[{"text":"b"}]'), message('[{"text":"c"}]')), 1);
});

Deno.test("loadZot() strips line ends and reads a last line without one", () => {
  const bytes = new TextEncoder().encode(`${META}\r\n\r\n\n${message('[{"text":"a"}]')}\r`);
  const { id, messages } = loadZot(bytes);
  assertEquals([id, messages.length], ["s", 1]);
});

Deno.test("loadZot() finds names in any letter case, but not types and roles", () => {
  const row = message('[{"TEXT":"a"}]').replace('"type"', '"Type"').replace(
    '"content"',
    '"Content"',
  );
  assertEquals(load(row).messages[0]?.parts, [{ type: "text", text: "a" }]);
  assertEquals(countOf(row.replace('"message"', '"Message"')), 0);
});

Deno.test("loadZot() takes the last meta row, whose title outranks an earlier rename", () => {
  const rename = '{"title":"a","type":"rename"}';
  const titled = META.replace('"s"', '"t"').replace('"version"', '"title":"b","version"');
  assertEquals(load(META, rename, titled).title, "b");
  assertEquals(load(titled, rename).title, "a");
  assertEquals(load(titled, rename, META).title, undefined);
  assertEquals(
    load(titled, '{"title":"","type":"rename"}', '{"title":7,"type":"rename"}').title,
    "b",
  );
  assertEquals(load(META, titled).id, "t");
});

Deno.test("loadZot() skips a meta row with a value of another type", () => {
  const changes = [['"s"', "7"], ["2026-06-27T", ""], ['"version"', '"fork_point":1.5,"version"']];
  for (const [from = "", to = ""] of changes) {
    assertEquals(
      load(META, META.replace('"s"', '"t"').replace(from, to).replace('"t"', "7")).id,
      "s",
    );
    assertEquals(load(META.replace(from, to)).id, undefined);
  }
  assertEquals(load(META, '{"type":"meta"}', '{"type":"meta","meta":null}').id, "s");
});

Deno.test("loadZot() skips a message of a bad time, and takes null and zero as unknown", () => {
  for (
    const time of ['""', '"yesterday"', "7", '"2026-06-27 05:46:50Z"', '"2026-06-27T05:46:50"']
  ) {
    assertEquals(countOf(message('[{"text":"a"}]', "", time)), 0);
  }
  const timeOf = (row: string) => load(row).messages.map(({ time }) => time);
  for (const time of ["null", '"0001-01-01T00:00:00Z"']) {
    assertEquals(timeOf(message('[{"text":"a"}]', "", time)), [undefined]);
  }
  assertEquals(timeOf(message('[{"text":"a"}]').replace(`,"time":"${TIME}"`, "")), [undefined]);
});

Deno.test("loadZot() skips a message with a field of another type", () => {
  const text = '[{"text":"a"}]';
  for (const more of [',"meta":{"a":1}', ',"meta":[]', ',"added_tool_names":"a"', ',"role":7']) {
    assertEquals(countOf(message(text, more)), 0);
  }
  assertEquals(countOf(message(text, ',"meta":{"a":"b"},"added_tool_names":["c"],"kite":1')), 1);
  assertEquals(countOf('{"type":"message"}', '{"type":"message","message":[]}'), 0);
});

Deno.test("loadZot() drops blocks with values of other types, and messages without any", () => {
  for (const content of ["null", "[]", '"a"', "{}", '["a"]', '[{"text":7}]', "[[]]"]) {
    assertEquals(countOf(message(content)), 0);
  }
  const dropped = ['{"id":7,"name":"a"}', '{"mime_type":"image/png","data":"AAA"}', "7"];
  dropped.push('{"mime_type":"image/png","data":7}', '{"call_id":"a","is_error":"no"}');
  dropped.push('{"call_id":"a","content":"b"}', '{"summary":["a"]}', '{"text":{}}');
  dropped.push('{"id":"a","name":"b","server":1}', '{"text":"a","thought_signature":1}');
  assertEquals(partsOf(...dropped, '{"text":"kept"}'), [{ type: "text", text: "kept" }]);
});

Deno.test("loadZot() tells blocks apart by the first keys that are not empty", () => {
  assertEquals(
    partsOf(
      '{"reasoning_id":"r","name":"a","id":"b","text":"c"}',
      '{"encrypted_content":"e"}',
      '{"name":"a","id":"b","call_id":"c"}',
      '{"name":"a","call_id":"c","mime_type":"d"}',
      '{"mime_type":"d","data":"AA\\r\\nAA","text":"e"}',
      '{"id":"b","text":"f"}',
      "{}",
      "null",
      '{"reasoning_id":"","summary":null,"kite":1}',
    ),
    [
      { type: "reasoning", text: "" },
      { type: "reasoning", text: "" },
      { type: "call", id: "b", name: "a", input: "null" },
      { type: "result", callId: "c", text: "", isError: false, images: 0 },
      { type: "image", mimeType: "d", data: "AAAA" },
      { type: "text", text: "f" },
      { type: "text", text: "" },
      { type: "text", text: "" },
      { type: "text", text: "" },
    ],
  );
});

Deno.test("loadZot() reads a result's blocks as images and texts, and drops the bad ones", () => {
  const inner = ['{"text":"a"}', '{"id":"b","name":"c"}', '{"mime_type":"d","data":""}', "7"];
  inner.push('{"mime_type":"d","data":"="}', '{"text":7}', '{"text":"e","format":"md"}');
  assertEquals(partsOf(`{"call_id":"x","content":[${inner}]}`), [
    { type: "result", callId: "x", text: "a\n\ne", isError: false, images: 1 },
  ]);
});

Deno.test("checkZotHead() refuses a first line that is no meta row with an id", () => {
  const check = (...lines: readonly string[]) =>
    checkZotHead(new TextEncoder().encode(lines.join("\n")));
  check(META);
  check(META + "\r", "{");
  check(META.replace('"type"', '"TYPE"'));
  const firsts = ["", "{", "null", "\ufeff" + META, META + META, message("[]"), '{"type":"meta"}'];
  firsts.push(META.replace('"id":"s",', ""), META.replace('"s"', '""'), META.replace('"s"', "7"));
  for (const first of firsts) assertThrows(() => check(first, META), LoadError);
  assertThrows(() => check(), LoadError);
});

Deno.test("checkZotHead() refuses a first line above what zot's scanner takes", () => {
  const pad = " ".repeat(ZOT_HEAD_MAX - META.length);
  const head = new TextEncoder().encode(META + pad + "\n");
  checkZotHead(head);
  assertEquals(head.length, 20 * 1024 * 1024);
  const longer = new TextEncoder().encode(META + pad + " \n");
  assertThrows(() => checkZotHead(longer), LoadError);
  assertEquals(loadZot(longer).id, "s");
});

const files = findRealFiles("zot");

Deno.test({
  name: "loadZot() loads every real file with all of its messages that have blocks",
  ignore: files.length === 0,
  fn: () => {
    for (const path of files) {
      const { bytes, rows } = readRealFile(path);
      checkZotHead(bytes);
      const { id, messages } = loadZot(bytes);
      const kept = rows.filter((row) => row.type === "message" && row.message.content?.length > 0);
      assertEquals(id, rows.findLast((row) => row.type === "meta").meta.id);
      assertEquals(
        messages.map(({ role, parts }) => [role, parts.length]),
        kept.map((row) => [row.message.role, row.message.content.length]),
      );
    }
  },
});

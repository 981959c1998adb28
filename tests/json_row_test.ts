/** Single rows: what is sound, what is odd, what is damage, and what is said of each. */

import { assertEquals } from "@std/assert";
import { parseRow } from "../src/json_row.ts";
import { readRows } from "../src/rows.ts";
import { MemorySource } from "./memory_source.ts";

/** The problems of a file's rows, as `kind@offset: reason`. */
function problemsOf(contents: string | Uint8Array): readonly string[] {
  return Array.from(readRows(new MemorySource(contents)), (row) => parseRow(row).problems)
    .flat().map(({ kind, offset, reason }) => `${kind}@${offset}: ${reason}`);
}

function bytesOf(...parts: readonly (string | number)[]): Uint8Array {
  const encoder = new TextEncoder();
  return Uint8Array.from(
    parts.flatMap((part) => typeof part === "string" ? [...encoder.encode(part)] : [part]),
  );
}

Deno.test("parseRow() finds nothing wrong with sound and with blank rows", () => {
  assertEquals(problemsOf('{"a":1}\n\n  \n{"b":"\\ud83d\\ude00"}\n{"c":"\\\\ud83d"}\n'), []);
});

Deno.test("parseRow() reports a torn last row", () => {
  assertEquals(problemsOf('{"a":1}\n{"type":"mess'), ["torn@8: the last row is cut short"]);
});

Deno.test("parseRow() reports a torn row in the middle", () => {
  assertEquals(problemsOf('{"a":"x\n{"b":1}\n'), ["torn@0: the row is cut short"]);
});

Deno.test("parseRow() reports two rows on one line", () => {
  assertEquals(problemsOf('{"a":{"b":1}}{"c":2}\n'), [
    "glued@0: two rows on one line, the second after 13 bytes",
  ]);
});

Deno.test("parseRow() reports a row that was glued on to a torn one", () => {
  assertEquals(problemsOf('{"type":"message","mess{"type":"usage","n":[{"a":1}]}\n'), [
    "glued@0: a torn row, with another glued on after 23 bytes",
  ]);
});

Deno.test("parseRow() counts the bytes before a glued row, not its characters", () => {
  assertEquals(problemsOf('{"a":"é😀{"b":1}\n'), [
    "glued@0: a torn row, with another glued on after 12 bytes",
  ]);
});

Deno.test("parseRow() reports runs of NUL bytes", () => {
  assertEquals(problemsOf(bytesOf(0, 0, 0, '{"a":1}\n', 0)), [
    "nul@0: 3 NUL bytes",
    "nul@11: 1 NUL byte",
  ]);
});

Deno.test("parseRow() reports a row that is sound JSON but no object", () => {
  assertEquals(problemsOf("[1]\n7\n"), [
    "shape@0: the row is no JSON object",
    "shape@4: the row is no JSON object",
  ]);
});

Deno.test("parseRow() reports what is no JSON without repeating it", () => {
  assertEquals(problemsOf("{sk-secret-123}\n"), ["json@0: the row is not valid JSON"]);
});

Deno.test("parseRow() keeps a row with bytes that are no UTF-8", () => {
  const [row] = readRows(new MemorySource(bytesOf('{"a":"x', 0xff, 'y"}\n')));
  if (row === undefined) throw new Error("no row");
  const { value, problems } = parseRow(row);
  assertEquals(value, { a: "x\ufffdy" });
  assertEquals(problems.map(({ kind, severity }) => [kind, severity]), [["utf8", "notice"]]);
});

Deno.test("parseRow() keeps a row with half of a surrogate pair, in values and in keys", () => {
  assertEquals(problemsOf('{"a":["\\ud83d"]}\n{"\\uDE00":1}\n'), [
    "surrogate@0: half of a surrogate pair in a string",
    "surrogate@17: half of a surrogate pair in a string",
  ]);
});

Deno.test("parseRow() tells of CR LF, of a byte-order mark and of a missing line ending", () => {
  assertEquals(problemsOf('\ufeff{"a":1}\r\n{"b":2}'), [
    "bom@0: the file starts with a byte-order mark",
    "crlf@0: lines end with CR LF",
    "unterminated@12: the last row has no line ending",
  ]);
});

Deno.test("parseRow() refuses a byte-order mark in the middle, as Go does", () => {
  assertEquals(problemsOf('{"a":1}\n\ufeff{"b":2}\n'), ["bom@8: a byte-order mark before the row"]);
});

/** Ranges of a file that are digested one by one, against the file read in one go. */

import { assert, assertEquals } from "@std/assert";
import { digestRows, reviveDigest, toPlainDigest } from "../src/digest.ts";
import { resolveFormat } from "../src/formats.ts";
import { cutRanges, type RowRange } from "../src/row_ranges.ts";
import { readSession, type ReadSessionOptions } from "../src/session.ts";
import { KINDS } from "./laws.ts";
import { MemorySource } from "./memory_source.ts";
import { makeShapedRows } from "./quick_scan_rows.ts";
import { holdLaw, type Random } from "./random.ts";

/** Files of each kind; a soak takes more (`SKEIN_CASES`). */
const CASES = Number(Deno.env.get("SKEIN_CASES") ?? 100);

function encode(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
}

/** The sizes of ranges, some smaller than most rows. */
function randomSizes(random: Random) {
  return { firstBytes: random.integer(0, 5_000), bytes: random.integer(1, 2_000) };
}

/**
 * What a reading tells, as JSON has it: what is undefined does not go over to another thread. How many
 * bytes before its end are kept follows from reads, and is left aside.
 */
function read(bytes: Uint8Array, path: string, options: Partial<ReadSessionOptions> = {}) {
  const about = { path, root: "/r", sizeBytes: bytes.length, mtimeMs: 0, ...options };
  const found = readSession(new MemorySource(bytes), about);
  if (!("session" in found)) return found;
  const { session, hasLateHead, state } = found;
  const { tail, ...end } = state?.end ?? {};
  const told = { session, hasLateHead, summary: state?.summary, end, isEnded: tail?.length !== 0 };
  return JSON.parse(JSON.stringify(told));
}

for (const kind of KINDS) {
  Deno.test(`${kind.name}: a file in ranges says what it says as a whole`, () => {
    let digested = 0;
    holdLaw(CASES, (random) => {
      const damage = random.pick([0, 0, 0.1, 0.3]);
      const options = { mostRows: 60, damage, longest: 200 };
      const shaped = !kind.isWhole && random.chance(0.5)
        ? encode(makeShapedRows(random, kind.agent))
        : [];
      const bytes = Uint8Array.from([...kind.make(random, options), ...shaped]);
      const digestRanges: ReadSessionOptions["digestRanges"] = (format, ranges) => {
        digested += ranges.length;
        return ranges.map((range) => {
          const digest = digestRows(new MemorySource(bytes), format, range);
          return reviveDigest(JSON.parse(JSON.stringify(toPlainDigest(digest))));
        });
      };
      assertEquals(
        read(bytes, kind.file, { digestRanges, rangeSizes: randomSizes(random) }),
        read(bytes, kind.file),
      );
    });
    assert(digested > 0 || kind.isWhole, "no range was digested");
  });
}

Deno.test("cutRanges() gives every row to one range", () => {
  holdLaw(CASES, (random) => {
    const rows = random.list(random.integer(0, 40), () => "x".repeat(random.integer(0, 300)));
    const bytes = encode(rows).subarray(0, random.chance(0.3) ? -1 : undefined);
    const ranges = [...cutRanges(new MemorySource(bytes), bytes.length, randomSizes(random))];
    const ends = ranges.map(({ end }) => end);
    assertEquals(ranges.map(({ offset }) => offset), [0, ...ends].slice(0, ranges.length));
    assertEquals(ends.at(-1) ?? 0, bytes.length);
    assert(ends.slice(0, -1).every((end) => bytes[end - 1] === 0x0a));
  });
});

Deno.test("digestRows() says in few entries what many rows say", () => {
  const say = (role: string) =>
    `{"type":"message","message":{"role":"${role}","content":[{"text":"Kites."}]}}`;
  const count = (tokens: number) =>
    `{"type":"usage","cumulative":{"input_tokens":${tokens},"cost_usd":${tokens / 8}}}`;
  const unknown = `{"type":"kite"}`;
  const rows = Array.from(
    { length: 50 },
    (_, i) => [say("user"), say("assistant"), count(i), unknown],
  );
  const bytes = encode([...rows.flat(), count(3), say("user")]);
  const whole: RowRange = { offset: 0, end: bytes.length };
  const { entries, end } = digestRows(new MemorySource(bytes), resolveFormat("zot"), whole);
  // All messages; totals at first, at last, and begun anew; a row's type, and that it is not known.
  assertEquals(entries.length, 6);
  assertEquals([end.offset, end.line], [bytes.length, 203]);
});

Deno.test("digestRows() adds up what replies took", () => {
  const row = (tokens: number) =>
    `{"role":"assistant","content":"Kites.","response_meta":{"usage":{"prompt_tokens":${tokens},"completion_tokens":1,"total_tokens":9}}}`;
  const bytes = encode(Array.from({ length: 40 }, (_, index) => row(index)));
  const whole: RowRange = { offset: 0, end: bytes.length };
  const { entries } = digestRows(new MemorySource(bytes), resolveFormat("eino"), whole);
  assertEquals(entries.length, 2);
});

Deno.test("a file that is shorter than it was ends where it ends", () => {
  const message = `{"type":"message","message":{"role":"user","content":[{"text":"Kites."}]}}`;
  const rows = Array.from({ length: 90 }, () => message);
  const bytes = encode([`{"type":"meta","meta":{"id":"${"5".repeat(8)}"}}`, ...rows]);
  const short = bytes.subarray(0, 4_000);
  const found = read(bytes, "/r/kite.jsonl", {
    rangeSizes: { firstBytes: 100, bytes: 1_000 },
    digestRanges: (format, ranges) =>
      ranges.map((range) => digestRows(new MemorySource(short), format, range)),
  });
  // What the digests lack is read once more.
  assertEquals(found.session.messages, rows.length);
});

/** Large files and long texts that would cost a listing its time or its memory. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { run } from "../src/app.ts";
import type { OpenFile } from "../src/host.ts";
import { FakeHost } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";
import { inHazardWorld, parseLines } from "./hazard_world.ts";

const ID = "0f3a2b1c-4d5e-4f60-8a7b-9c0d1e2f3a4b";
const NAME = `${ID}.jsonl`;
const HEADER = `{"type":"session","id":"${ID}","created_at":"2026-03-12T08:15:30.25Z"}\n`;
const encoder = new TextEncoder();

/** A pretty-printed array of numbers, of 70 MB in lines of ten bytes each, made as it is read. */
const LINE_COUNT = 7_000_000;

function readNumbers(offset: number, into: Uint8Array): number {
  const end = Math.min(LINE_COUNT * 10, offset + into.length);
  if (end <= offset) return 0;
  const [first, last] = [Math.floor(offset / 10), Math.ceil(end / 10)];
  const lines = encoder.encode("  123456,\n".repeat(last - first));
  if (first === 0) lines.set(encoder.encode('{\n  "a":[\n'));
  if (last === LINE_COUNT) lines.set(encoder.encode("      1]}\n"), lines.length - 10);
  into.set(lines.subarray(offset - first * 10, end - first * 10));
  return end - offset;
}

Deno.test("list reads no large file of another program into memory, and counts it", async () => {
  const message = `${JSON.stringify({ role: "user", content: "a" })}\n`;
  const root = makeFolder({ [NAME]: HEADER + message, "numbers.json": "" });
  try {
    const { files } = new FakeHost();
    const isNumbers = (path: string) => path.endsWith("numbers.json");
    const sizeBytes = LINE_COUNT * 10;
    let readBytes = 0;
    const open = (path: string): OpenFile => {
      const file = files.open(path);
      if (!isNumbers(path)) return file;
      return {
        stat: () => ({ ...file.stat(), sizeBytes }),
        close: () => file.close(),
        readAt: (offset, into) => {
          const count = readNumbers(offset, into);
          readBytes += count;
          return count;
        },
      };
    };
    const lstat = (path: string) =>
      isNumbers(path) ? { ...files.lstat(path), sizeBytes } : files.lstat(path);
    const host = new FakeHost({ cwd: root, files: { ...files, open, lstat } });
    host.useTerminal({ columns: 120, rows: 50 });
    assertEquals(await run(["list", "--root", root], host), 0, host.stderr.text);
    assertMatch(host.stdout.text, /0f3a2b1c/);
    assertMatch(host.stderr.text, /1 other file \(1 not a session\)/);
    // Once to look for its end, with the start that is looked at first; never all of it to parse it.
    assert(readBytes < sizeBytes + 4 * 1024 * 1024, String(readBytes));
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

function imageRow(base64data: string): string {
  const part = { type: "image_url", image: { base64data, mime_type: "image/png" } };
  return `${JSON.stringify({ role: "user", content: "", user_input_multi_content: [part] })}\n`;
}

/** The size that show gives of an image. */
async function shownBytes(base64data: string): Promise<number> {
  let bytes = NaN;
  await inHazardWorld({ [NAME]: HEADER + imageRow(base64data) }, async (world) => {
    const [session] = await world.listed();
    assertEquals([session.id, session.messages], [ID, 1]);
    const [message] = parseLines((await world.skein("show", NAME, "--json")).out);
    bytes = message.blocks[0].bytes;
  });
  return bytes;
}

// No time is asserted: where each "=" is tried as the first of the padding, this takes a minute.
Deno.test("show gives the size of an image whose text is one long run of padding", async () => {
  assertEquals(await shownBytes(`${"=".repeat(200_000)}x`), 150_000);
});

Deno.test("show takes no more than two characters of an image for padding", async () => {
  assertEquals(await shownBytes("=".repeat(200_000)), 149_998);
  assertEquals([await shownBytes("QUI="), await shownBytes("QQ=="), await shownBytes("QUJD")], [
    2,
    1,
    3,
  ]);
});

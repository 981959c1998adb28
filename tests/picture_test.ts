/** Pictures: told by their bytes, and shared without what else their files say. */

import { assertEquals } from "@std/assert";
import { concat } from "../src/json_slices.ts";
import { readPicture, stripPicture } from "../src/picture.ts";

const SECRET = new TextEncoder().encode("taken at home");

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  new DataView(bytes.buffer).setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(data, 8);
  return bytes;
}

function segment(marker: number, data: Uint8Array): Uint8Array {
  const length = data.length + 2;
  return concat([Uint8Array.of(0xff, marker, length >> 8, length & 0xff), data]);
}

const PNG_START = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const PNG_HEAD = chunk("IHDR", new Uint8Array(13));
const PNG_DATA = chunk("IDAT", Uint8Array.of(1, 2));
const PNG_END = chunk("IEND", new Uint8Array());

const JPEG_START = Uint8Array.of(0xff, 0xd8);
const JPEG_REST = [
  segment(0xe0, new TextEncoder().encode("JFIF")),
  segment(0xda, Uint8Array.of(1)),
  Uint8Array.of(5, 0xff, 0, 6, 0xff, 0xd3, 7),
  segment(0xda, Uint8Array.of(2)),
  Uint8Array.of(8, 9),
];
const JPEG_END = Uint8Array.of(0xff, 0xd9);

function strip(...parts: readonly Uint8Array[]): string | undefined {
  const picture = readPicture(concat(parts).toBase64());
  return picture && stripPicture(picture)?.bytes.toHex();
}

Deno.test("stripPicture() leaves of a PNG what is seen", () => {
  const [text, place] = [chunk("tEXt", SECRET), chunk("eXIf", SECRET)];
  assertEquals(
    strip(PNG_START, PNG_HEAD, text, PNG_DATA, place, PNG_END, SECRET),
    concat([PNG_START, PNG_HEAD, PNG_DATA, PNG_END]).toHex(),
  );
});

Deno.test("stripPicture() leaves of a JPEG what is seen", () => {
  const [place, comment] = [segment(0xe1, SECRET), segment(0xfe, SECRET)];
  assertEquals(
    strip(JPEG_START, place, comment, ...JPEG_REST, JPEG_END, SECRET),
    concat([JPEG_START, ...JPEG_REST, JPEG_END]).toHex(),
  );
});

Deno.test("stripPicture() gives nothing of what is cut off, or of another kind", () => {
  assertEquals(strip(PNG_START, PNG_HEAD, PNG_DATA), undefined);
  assertEquals(strip(JPEG_START, ...JPEG_REST), undefined);
  assertEquals(strip(new TextEncoder().encode("GIF89a, and what it says")), undefined);
});

Deno.test("readPicture() goes by the bytes, and takes nothing else for a picture", () => {
  const kindOf = (text: string) => readPicture(btoa(text))?.mimeType;
  assertEquals(kindOf("GIF87a..."), "image/gif");
  assertEquals(kindOf("RIFF1234WEBPVP8 "), "image/webp");
  assertEquals(kindOf("<svg onload=alert(1)>"), undefined);
  assertEquals(readPicture("not base64!"), undefined);
  assertEquals(readPicture(""), undefined);
});

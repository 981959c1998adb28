/** Times read from bytes, held against those read from texts. */

import { assert, assertEquals } from "@std/assert";
import { parseRfc3339, parseTime } from "../src/time.ts";
import { parseTimeBytes } from "../src/time_bytes.ts";
import { holdLaw, type Random } from "./random.ts";

function parse(text: string, mayBeLocal: boolean): number {
  const bytes = new TextEncoder().encode(`#${text}#`);
  return parseTimeBytes(bytes, { at: 1, length: bytes.length - 2 }, mayBeLocal);
}

function randomTime(random: Random): string {
  const digits = (most: number, length: number) =>
    String(random.integer(0, most)).padStart(length, "0");
  const day = `${digits(2500, 4)}-${digits(13, 2)}-${digits(32, 2)}`;
  const clock = `${digits(24, 2)}:${digits(60, 2)}:${digits(61, 2)}`;
  const fraction = random.chance(0.5) ? "" : `.${digits(999_999_999, random.integer(1, 9))}`;
  const zone = random.pick(["Z", "", `+${digits(15, 2)}:${digits(60, 2)}`, "-03:30", "z", "+0200"]);
  return `${day}${random.pick(["T", "T", "T", " "])}${clock}${fraction}${zone}`;
}

Deno.test("parseTimeBytes() reads a time as parseTime() does, or not at all", () => {
  holdLaw(20_000, (random) => {
    const text = randomTime(random);
    const ms = parse(text, true);
    if (!Number.isNaN(ms)) assertEquals(ms, parseTime(text), text);
    const zoned = parse(text, false);
    if (!Number.isNaN(zoned)) assertEquals(zoned, parseRfc3339(text), text);
  });
});

Deno.test("parseTimeBytes() reads the times that agents write", () => {
  for (const text of ["2026-06-27T05:46:50.5+02:00", "2026-06-27T03:46:34.120000001Z"]) {
    assertEquals(parse(text, false), parseRfc3339(text));
  }
  for (const text of ["2026-02-16T09:30:00.001200", "2026-02-16T09:30:00", "2024-02-28T23:59:59"]) {
    assertEquals(parse(text, true), parseTime(text));
    assert(Number.isNaN(parse(text, false)), "a zone is missing");
  }
});

Deno.test("parseTimeBytes() reads every day of many years", () => {
  for (let ms = 0; ms < Date.UTC(2200, 0); ms += 86_400_000 * 0.97) {
    const text = new Date(ms).toISOString();
    const read = parse(text, false);
    if (text.slice(5, 10) !== "02-29") assertEquals(read, Math.floor(ms), text);
  }
});

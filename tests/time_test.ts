/** Times: what files write, what people type, and what they read. */

import { assertEquals, assertMatch } from "@std/assert";
import {
  formatAge,
  formatStamp,
  formatUtc,
  parseAge,
  parseRfc3339,
  parseWhen,
} from "../src/time.ts";
import { holdLaw } from "./random.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 20, 12, 30);

Deno.test("parseRfc3339() returns milliseconds, whatever the zone", () => {
  const noon = Date.UTC(2026, 10, 20, 12);
  assertEquals(parseRfc3339("2026-11-20T12:00:00Z"), noon);
  assertEquals(parseRfc3339("2026-11-20T13:00:00+01:00"), noon);
  assertEquals(parseRfc3339("2026-11-20T06:30:00-05:30"), noon);
  assertEquals(parseRfc3339("1969-12-31T23:59:59Z"), -1_000);
});

Deno.test("parseRfc3339() reads fractions of any length, to the millisecond", () => {
  const whole = Date.UTC(2026, 10, 20, 12);
  const fractions = { ".5": 500, ".25": 250, ".123": 123, ".999999999": 999, ",5": 500, ".0": 0 };
  for (const [fraction, ms] of Object.entries(fractions)) {
    assertEquals(parseRfc3339(`2026-11-20T12:00:00${fraction}Z`), whole + ms, fraction);
  }
});

Deno.test("parseRfc3339() knows leap days", () => {
  assertEquals(parseRfc3339("2028-02-29T00:00:00Z"), Date.UTC(2028, 1, 29));
  assertEquals(parseRfc3339("2000-02-29T00:00:00Z"), Date.UTC(2000, 1, 29));
});

Deno.test("parseRfc3339() returns undefined for what has another form", () => {
  const texts = [
    "",
    "2026",
    "2026-11-20",
    "2026-11-20 12:00:00Z",
    "2026-11-20T12:00Z",
    "2026-11-20T12:00:00",
    "2026-11-20T12:00:00z",
    "2026-11-20t12:00:00Z",
    "2026-11-20T12:00:00.Z",
    "2026-11-20T12:00:00+0100",
    "2026-11-20T12:00:00+01",
    "26-11-20T12:00:00Z",
    "+002026-11-20T12:00:00Z",
    " 2026-11-20T12:00:00Z",
    "2026-11-20T12:00:00Z\n",
    "２０２６-11-20T12:00:00Z",
  ];
  for (const text of texts) assertEquals(parseRfc3339(text), undefined, text);
});

Deno.test("parseRfc3339() returns undefined for what is on no clock", () => {
  const texts = [
    "2026-13-01T00:00:00Z",
    "2026-00-10T00:00:00Z",
    "2026-11-00T00:00:00Z",
    "2026-11-32T00:00:00Z",
    "2026-11-20T25:00:00Z",
    "2026-11-20T12:60:00Z",
    "2026-11-20T12:00:60Z",
    "2026-11-20T12:00:00+05:60",
  ];
  for (const text of texts) assertEquals(parseRfc3339(text), undefined, text);
});

Deno.test("parseRfc3339() returns undefined for a day that its month does not have", () => {
  const texts = [
    "2026-02-30T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "2100-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
  ];
  for (const text of texts) assertEquals(parseRfc3339(text), undefined, text);
});

Deno.test("parseRfc3339() returns undefined for an hour 24", () => {
  assertEquals(parseRfc3339("2026-11-20T24:00:00Z"), undefined);
});

Deno.test("formatUtc() writes RFC 3339 in UTC with milliseconds", () => {
  assertEquals(formatUtc(0), "1970-01-01T00:00:00.000Z");
  assertEquals(formatUtc(Date.UTC(2026, 10, 20, 12, 0, 0, 7)), "2026-11-20T12:00:00.007Z");
});

Deno.test("formatUtc() writes RFC 3339 for every time that parseRfc3339() takes", () => {
  for (const text of ["9999-12-31T23:59:59-01:00", "0000-01-01T00:00:00+01:00"]) {
    const ms = parseRfc3339(text);
    const written = ms === undefined ? "refused" : formatUtc(ms);
    assertMatch(written, /^(refused|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/, text);
  }
});

Deno.test("formatUtc() is undone by parseRfc3339()", () => {
  holdLaw(2_000, (random) => {
    const ms = random.integer(Date.UTC(1, 0, 1), Date.UTC(9999, 11, 31));
    assertEquals(parseRfc3339(formatUtc(ms)), ms);
  });
});

Deno.test("formatStamp() writes the time that names of files start with, in UTC", () => {
  assertEquals(formatStamp(Date.UTC(2026, 10, 20, 12, 3, 4, 999)), "20261120-120304");
  assertEquals(formatStamp(0), "19700101-000000");
});

Deno.test("formatStamp() keeps the order of times", () => {
  holdLaw(1_000, (random) => {
    const [a, b] = [random.integer(0, 4e12), random.integer(0, 4e12)];
    const [least, most] = [Math.min(a, b), Math.max(a, b)];
    assertEquals(formatStamp(least) <= formatStamp(most), true);
  });
});

Deno.test("parseAge() returns the length of each unit", () => {
  assertEquals(parseAge("45s"), 45 * SECOND);
  assertEquals(parseAge("90m"), 90 * MINUTE);
  assertEquals(parseAge("12h"), 12 * HOUR);
  assertEquals(parseAge("30d"), 30 * DAY);
  assertEquals(parseAge("2w"), 14 * DAY);
  assertEquals(parseAge("1.5h"), 90 * MINUTE);
  assertEquals(parseAge("0d"), 0);
});

Deno.test("parseAge() returns undefined for what is no length", () => {
  const texts = ["", "d", "3", "3 d", "-3d", "+3d", "3D", "3y", ".5h", "1.h", "1e3s", "3d ", "٣d"];
  for (const text of texts) assertEquals(parseAge(text), undefined, text);
});

Deno.test("parseWhen() returns one instant for a length of time before now", () => {
  assertEquals(parseWhen("3d", NOW), instant(NOW - 3 * DAY));
  assertEquals(parseWhen("0s", NOW), instant(NOW));
});

Deno.test("parseWhen() returns whole days in UTC for days", () => {
  assertEquals(parseWhen("today", NOW), day(Date.UTC(2026, 10, 20)));
  assertEquals(parseWhen("yesterday", NOW), day(Date.UTC(2026, 10, 19)));
  assertEquals(parseWhen("2026-11-01", NOW), day(Date.UTC(2026, 10, 1)));
  assertEquals(parseWhen("today", Date.UTC(2026, 10, 20)), day(Date.UTC(2026, 10, 20)));
  assertEquals(parseWhen("today", Date.UTC(1969, 6, 20, 20)), day(Date.UTC(1969, 6, 20)));
});

Deno.test("parseWhen() returns one instant for a time, with and without seconds and zone", () => {
  const time = Date.UTC(2026, 10, 1, 8, 30);
  assertEquals(parseWhen("2026-11-01 08:30", NOW), instant(time));
  assertEquals(parseWhen("2026-11-01T08:30", NOW), instant(time));
  assertEquals(parseWhen("2026-11-01T00:00", NOW), instant(Date.UTC(2026, 10, 1)));
  assertEquals(parseWhen("2026-11-01T08:30:15", NOW), instant(time + 15 * SECOND));
  assertEquals(parseWhen("2026-11-01T08:30:15.5Z", NOW), instant(time + 15_500));
  assertEquals(parseWhen("2026-11-01T10:30+02:00", NOW), instant(time));
});

Deno.test("parseWhen() returns undefined for what is no time", () => {
  const texts = [
    "",
    "now",
    "Today",
    "tomorrow",
    "2026",
    "2026-11",
    "2026-11-1",
    "20.11.2026",
    "2026-11-20T10",
    "2026-11-20T",
    "2026-11-20Z",
    "2026-13-01",
    "10:30",
    "NaN",
    "1795176000",
  ];
  for (const text of texts) assertEquals(parseWhen(text, NOW), undefined, text);
});

Deno.test("parseWhen() returns undefined for a day that its month does not have", () => {
  assertEquals(parseWhen("2026-02-30", NOW), undefined);
});

Deno.test("formatAge() writes one number and one unit, rounded down", () => {
  const ages: [number, string][] = [
    [0, "0s"],
    [MINUTE - 1, "59s"],
    [MINUTE, "1m"],
    [HOUR - 1, "59m"],
    [HOUR, "1h"],
    [2 * DAY - 1, "47h"],
    [2 * DAY, "2d"],
    [60 * DAY - 1, "59d"],
    [60 * DAY, "8w"],
    [365 * DAY, "52w"],
    [729 * DAY, "104w"],
    [731 * DAY, "2y"],
    [3_000 * DAY, "8y"],
  ];
  for (const [ms, text] of ages) assertEquals(formatAge(ms), text);
});

Deno.test("formatAge() goes from weeks to two years, never through one", () => {
  const ages = [729, 730, 730.25, 730.5].map((days) => formatAge(days * DAY));
  assertEquals(ages, ["104w", "104w", "104w", "2y"]);
});

Deno.test("formatAge() takes a time to come for now", () => {
  assertEquals(formatAge(-5 * DAY), "0s");
});

function instant(ms: number) {
  return { firstMs: ms, lastMs: ms };
}

function day(midnight: number) {
  return { firstMs: midnight, lastMs: midnight + DAY - 1 };
}

/**
 * Times in the bytes of a row, read without making a text of them: the one rule is that a time is
 * read as `parseTime` reads it, or not at all.
 */

const DAY = 86_400_000;

/** Days of the months before each, in a year without a leap day. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** The shortest time, `2026-11-20T12:00:00`, and the longest that is tried. */
const SHORTEST = 19;
const LONGEST = 48;

/** Where the bytes of a time lie. */
export interface TimePlace {
  readonly at: number;
  readonly length: number;
}

/**
 * Reads a time as agents write it: RFC 3339, or the same without a zone where it may be this machine's.
 * @returns milliseconds since 1970; NaN for what is none, and for what only `parseTime` can tell
 */
export function parseTimeBytes(
  bytes: Uint8Array,
  { at, length }: TimePlace,
  mayBeLocal: boolean,
): number {
  if (length < SHORTEST || length > LONGEST) return NaN;
  const year = readTwoDigits(bytes, at) * 100 + readTwoDigits(bytes, at + 2);
  const month = readTwoDigits(bytes, at + 5);
  const day = readTwoDigits(bytes, at + 8);
  const hour = readTwoDigits(bytes, at + 11);
  const minute = readTwoDigits(bytes, at + 14);
  const second = readTwoDigits(bytes, at + 17);
  const isSound = bytes[at + 4] === 0x2d && bytes[at + 7] === 0x2d && bytes[at + 10] === 0x54 &&
    bytes[at + 13] === 0x3a && bytes[at + 16] === 0x3a &&
    // Of the last days of a month only `parseTime` knows which months have them.
    year >= 1970 && month >= 1 && month <= 12 && day >= 1 && (day <= 28 || isLate(month, day)) &&
    hour < 24 && minute < 60 && second < 60;
  if (!isSound) return NaN;
  let ms = 0;
  let next = at + SHORTEST;
  const end = at + length;
  if (next < end && bytes[next] === 0x2e) {
    next++;
    let weight = 100;
    const first = next;
    for (; next < end && isDigit(bytes[next]); next++) {
      ms += ((bytes[next] ?? 0) - 0x30) * weight;
      weight = Math.floor(weight / 10);
    }
    if (next === first) return NaN;
  }
  if (next === end) {
    if (!mayBeLocal) return NaN;
    return new Date(year, month - 1, day, hour, minute, second).getTime() + ms;
  }
  const zone = readZone(bytes, next, end);
  return (countDays(year, month) + day - 1) * DAY +
    ((hour * 60 + minute - zone) * 60 + second) * 1000 + ms;
}

/** Days beyond the 28th that every year has. */
function isLate(month: number, day: number): boolean {
  if (month === 2) return false;
  return day <= 30 || (day === 31 && ![4, 6, 9, 11].includes(month));
}

/** Days from 1970 to the start of a month. */
function countDays(year: number, month: number): number {
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) -
    477;
  const isLeap = month > 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (year - 1970) * 365 + leapDays + (DAYS_BEFORE[month - 1] ?? 0) + (isLeap ? 1 : 0);
}

/** Minutes that a zone is ahead of UTC: `Z`, or `+02:00` and the like; NaN for anything else. */
function readZone(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] === 0x5a) return at + 1 === end ? 0 : NaN;
  const sign = bytes[at] === 0x2b ? 1 : bytes[at] === 0x2d ? -1 : NaN;
  if (at + 6 !== end || bytes[at + 3] !== 0x3a) return NaN;
  const hours = readTwoDigits(bytes, at + 1);
  const minutes = readTwoDigits(bytes, at + 4);
  return hours < 15 && minutes < 60 ? sign * (hours * 60 + minutes) : NaN;
}

/** A number of two digits; NaN when one is none. */
function readTwoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  return tens >= 0 && tens < 10 && ones >= 0 && ones < 10 ? tens * 10 + ones : NaN;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

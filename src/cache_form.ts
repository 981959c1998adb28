/**
 * The cache's file in its parts: a header, which says whose it is and how long the next three are; the
 * numbers and the texts of the table; the sessions' lines, as `list --json` prints them; and the
 * states, from which sessions are gone on with.
 */

import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { TableParts } from "./cache_entry.ts";
import type { ReadState } from "./session.ts";
import { formatSessionLine } from "./session_json.ts";
import { emptySummary, type Summary } from "./summary.ts";
import { findZoneMinutes } from "./time.ts";
import type { Session } from "./transcript.ts";
import { VERSION } from "./version.ts";

const encoder = new TextEncoder();

/** Raised when entries or states change their form, or formats say other things of the same rows. */
const CACHE_VERSION = 6;

/** The first line of a cache. */
export interface CacheHeader {
  readonly cache: number;
  readonly skein: string;
  /** What the machine's clock is ahead of UTC, in minutes, in January and July: some times are local. */
  readonly zone: readonly number[];
  /** A hash of the root's path, which stands in the lines. */
  readonly root: number;
  readonly numbers: PartHeader;
  readonly texts: PartHeader;
  readonly lines: PartHeader;
}

/** Bytes of a part, and their CRC-32: only damage is feared, and each listing checks megabytes. */
export interface PartHeader {
  readonly length: number;
  readonly crc32: number;
}

/** No header is longer. */
export const HEADER_BYTES = 1024;

/** A state as it is written. */
export interface StoredState {
  readonly summary: Summary;
  readonly offset: number;
  readonly line: number;
  readonly tail: { readonly length: number; readonly hash: number };
}

/** Writes a state. */
export function formatState({ summary, end: { offset, line, tail } }: ReadState): Uint8Array {
  const stored = { summary, offset, line, tail: { length: tail.length, hash: shortHash(tail) } };
  return encoder.encode(JSON.stringify(stored));
}

/** Reads a state; throws `SyntaxError` for what is none. */
export function parseState(bytes: Uint8Array): StoredState {
  const stored: StoredState = JSON.parse(new TextDecoder().decode(bytes));
  // What was undefined was not written.
  return { ...stored, summary: { ...emptySummary(), ...stored.summary } };
}

/** Writes a session's line. */
export function formatLine(session: Session): Uint8Array {
  return encoder.encode(formatSessionLine(session));
}

/** Writes the header for these parts. */
export function formatHeader(
  root: string,
  { numbers, texts, lines }: TableParts & { readonly lines: Uint8Array },
): Uint8Array {
  const header: CacheHeader = {
    cache: CACHE_VERSION,
    skein: VERSION,
    zone: findZone(),
    root: hashRoot(root),
    numbers: describe(numbers),
    texts: describe(texts),
    lines: describe(lines),
  };
  return encoder.encode(`${JSON.stringify(header)}\n`);
}

function describe(part: Uint8Array): PartHeader {
  return { length: part.length, crc32: crc32(part) };
}

/** Tells whether a part is what its header says. */
export function isSound(part: Uint8Array, header: PartHeader): boolean {
  return crc32(part) === header.crc32;
}

/** What a header says of a root's path. */
export function hashRoot(root: string): number {
  return shortHash(encoder.encode(root));
}

/** Tells whether a cache is of this skein, on a machine with this clock. */
export function isOurs(header: Partial<CacheHeader> | null): header is CacheHeader {
  return header?.cache === CACHE_VERSION && header.skein === VERSION &&
    String(header.zone) === String(findZone()) &&
    [header.numbers, header.texts, header.lines].every((part) =>
      Number.isSafeInteger(part?.length) && Number.isSafeInteger(part?.crc32)
    );
}

function findZone(): readonly number[] {
  return [Date.UTC(2026, 0), Date.UTC(2026, 6)].map(findZoneMinutes);
}

/** The first 48 bits of a SHA-256 as a number: tells bytes apart that somebody wrote, not only damage. */
export function shortHash(bytes: Uint8Array): number {
  return Number.parseInt(createHash("sha256").update(bytes).digest("hex").slice(0, 12), 16);
}

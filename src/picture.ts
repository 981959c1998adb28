/**
 * Pictures as bytes: what kind one is by its own first bytes, and the picture without what else its
 * file may say: a place, a camera, a comment, a file behind its end.
 *
 * Sources: PNG (Third Edition), section 5.3 and 5.6; JPEG (ITU-T T.81), annex B.
 */

import { concat } from "./json_slices.ts";

/** A picture. */
export interface Picture {
  readonly mimeType: "image/png" | "image/jpeg" | "image/gif" | "image/webp";
  readonly bytes: Uint8Array;
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Chunks of a PNG that decide what is seen. */
const PNG_CHUNKS = new Set([
  "IHDR",
  "PLTE",
  "IDAT",
  "IEND",
  "tRNS",
  "cHRM",
  "gAMA",
  "sBIT",
  "sRGB",
  "pHYs",
  "acTL",
  "fcTL",
  "fdAT",
]);

/** Reads a picture from base64; undefined for what is none of these kinds, whatever it calls itself. */
export function readPicture(data: string): Picture | undefined {
  if (data.length % 4 !== 0 || !BASE64.test(data)) return undefined;
  const bytes = Uint8Array.fromBase64(data);
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return { mimeType: "image/png", bytes };
  if (start.startsWith("\xff\xd8\xff")) return { mimeType: "image/jpeg", bytes };
  if (/^GIF8[79]a/.test(start)) return { mimeType: "image/gif", bytes };
  if (/^RIFF[^]{4}WEBP/.test(start)) return { mimeType: "image/webp", bytes };
  return undefined;
}

/** The picture alone; undefined where that cannot be told from the rest of its file. */
export function stripPicture({ mimeType, bytes }: Picture): Picture | undefined {
  const parts = mimeType === "image/png"
    ? listPngParts(bytes)
    : mimeType === "image/jpeg"
    ? listJpegParts(bytes)
    : undefined;
  return parts && { mimeType, bytes: concat(parts) };
}

/** The signature and the chunks that are seen, up to the end of the picture. */
function listPngParts(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return undefined;
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (PNG_CHUNKS.has(name)) parts.push(bytes.subarray(at, end));
    if (name === "IEND") return parts;
    at = end;
  }
  return undefined;
}

/** The segments that are seen, up to the end of the picture: none of an application but Adobe's. */
function listJpegParts(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  const parts = [bytes.subarray(0, 2)];
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return undefined;
    const end = at + 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
    if (end > bytes.length) return undefined;
    const isComment = marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xee);
    if (!isComment) parts.push(bytes.subarray(at, end));
    if (marker !== 0xda) {
      at = end;
      continue;
    }
    // In what was scanned a marker's first byte is followed by 0, or by the number of a restart.
    let next = end;
    const isInside = (code: number) => code === 0 || (code >= 0xd0 && code <= 0xd7);
    while (next + 1 < bytes.length && (bytes[next] !== 0xff || isInside(bytes[next + 1] ?? 0))) {
      next++;
    }
    parts.push(bytes.subarray(end, next));
    if (bytes[next + 1] === 0xd9) return [...parts, bytes.subarray(next, next + 2)];
    at = next;
  }
  return undefined;
}

/** Exports through a pipe, where nothing that was sent can be taken back. */

import type { ExportEnd, ExportPlan } from "./export_plan.ts";
import type { Output } from "./host.ts";

/** The size in bytes of a session of which all that is written can be kept. */
const MOST_KEPT = 8 * 1024 * 1024;

/**
 * Writes a session into a pipe, all of it or nothing: what may be refused is kept until it is whole, or
 * when that is too much, read and searched twice.
 */
export function writeToPipe(
  { session, mayFail, check, write }: ExportPlan,
  pipe: Output,
): ExportEnd {
  const send = (bytes: Uint8Array) => pipe.write(bytes);
  if (mayFail && session.bytes <= MOST_KEPT) {
    const kept: Uint8Array[] = [];
    const end = write((bytes) => kept.push(bytes.slice()));
    kept.forEach(send);
    return end;
  }
  if (mayFail) check();
  return write(send);
}

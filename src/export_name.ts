/** How the file of an exported session is called in a folder: sorts by time, tells what it is. */

import { formatSlug } from "./text.ts";
import { formatStamp } from "./time.ts";
import type { Session } from "./transcript.ts";

/**
 * `20261120-120000-5d0c1f6e-fix-the-parser.zotsession`
 * @param session Without what should not be shared: the name says some of the title
 * @param extension With its dot
 */
export function nameExport(session: Session, extension: string): string {
  const { handle, title, startedMs, updatedMs } = session;
  const safeId = handle.slice(0, 8).replace(/[^A-Za-z0-9_-]/g, "_");
  const parts = [formatStamp(startedMs ?? updatedMs), safeId, formatSlug(title ?? "")];
  return parts.filter(Boolean).join("-") + extension;
}

/**
 * Writes the sample store: an invented zot store that shows each thing a store can hold once.
 *
 * It is the same to the byte on every machine, ids, times and file times included, because recorded
 * terminal sessions are compared with what skein prints about it. The folders that its sessions
 * name need not exist.
 */

import { createHash } from "node:crypto";
import { join } from "@std/path";
import { KITE_SESSIONS } from "./sample_kites.ts";
import { LANTERN_SESSIONS } from "./sample_lanterns.ts";
import type { SampleSession } from "./sample_session.ts";
import { spellRow, type ZotMeta } from "./zot_rows.ts";

/** What may be chosen about the sample store. */
export interface BuildSampleStoreOptions {
  /** The home folder that the sessions name; "/home/ada" when absent. */
  readonly home?: string;
  /** What to write; the sessions about kites and lanterns when absent. */
  readonly sessions?: readonly SampleSession[];
}

/**
 * Writes the sample sessions below a folder, one folder for each project, as zot does.
 *
 * @param root The sessions folder itself, as in `~/.local/state/zot/sessions`; made when absent.
 */
export function buildSampleStore(
  root: string,
  { home = "/home/ada", sessions = [...KITE_SESSIONS, ...LANTERN_SESSIONS] }:
    BuildSampleStoreOptions = {},
): void {
  for (const session of sessions) {
    const cwd = `${home}/${session.project}`;
    const folder = join(root, findBucket(cwd));
    const path = join(folder, nameFile(session));
    Deno.mkdirSync(folder, { recursive: true });
    Deno.writeTextFileSync(path, spellSession(session, cwd));
    const time = new Date(session.ended);
    Deno.utimeSync(path, time, time);
  }
}

function spellSession(session: SampleSession, cwd: string): string {
  const meta: ZotMeta = {
    id: session.id,
    cwd,
    model: "heron-2",
    provider: "aviary",
    started: session.started,
    version: "0.3.1",
    ...session.lineage,
  };
  let text = spellRow({ type: "meta", meta }) + "\n";
  for (const row of session.rows) {
    if ("torn" in row) text += spellRow(row.torn).slice(0, row.keptLength);
    else if ("switch" in row) {
      text += spellRow({ type: "meta", meta: { ...meta, ...row.switch } }) + "\n";
    } else text += spellRow(row) + "\n";
  }
  return text;
}

/** Start in UTC and eight hex digits: those of the id for a branch, others for a new session. */
function nameFile(session: SampleSession): string {
  const stamp = session.started.replaceAll(/[-:]/g, "").replace("T", "-").slice(0, 15);
  const suffix = session.lineage === undefined ? sha256(session.id) : session.id;
  return `${stamp}-${suffix.slice(0, 8)}.jsonl`;
}

/** The folder of a project: the first eight bytes of the hash of its path. */
function findBucket(cwd: string): string {
  return sha256(cwd).slice(0, 16);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

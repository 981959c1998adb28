/** Sessions whose ids and titles mean harm to a shell that takes them for more than text. */

import { join } from "@std/path";
import { message, spellRow } from "../scripts/zot_rows.ts";

/** Ids that can be typed as they are, if a shell is told so; each runs or breaks something else. */
export const TYPABLE_IDS: readonly string[] = [
  "6f1c2a90-3b57-4d0e-8a41-c2f95e7d1b08",
  "telegram:12345",
  'matrix:!room it\'s "two" words',
  "run:$(touch ran)`touch ran`;touch ran&touch ran|touch ran>ran",
  "star*[x]{a,b}?",
  "hash#<id>",
  "=equals",
  "%percent%s%n",
  "\u2018curly\u2019 $quotes",
  "gl\u00fchw\u00fcrmchen",
];

/** Ids that fall apart into lines, move a cursor, or read as something else than an id. */
export const OTHER_IDS: readonly string[] = [
  "line\nfeed",
  "tab\tstop",
  " outer space ",
  "escape\u001b[31m\u001b]0;x\u0007",
  "bidi\u202egnp",
  "--yes",
  "latest",
  "abc",
  "path/name",
  "back\\slash",
  "name.jsonl",
];

/** A title with all that a shell, a terminal or a list of lines could stumble over. */
export const HOSTILE_TITLE =
  "100% %Bbold%b\tof: $(touch ran) `touch ran` 'it' \"is\" \\ ; | & > ran\n\u001b[31m\u001b]0;x\u0007";

/** Writes a session for each id, the first one the latest, into a folder. */
export function writeHostileSessions(root: string): void {
  Deno.mkdirSync(root, { recursive: true });
  for (const [index, id] of [...TYPABLE_IDS, ...OTHER_IDS].entries()) {
    const meta = {
      id,
      cwd: "/home/ada/kite",
      model: "heron-2",
      provider: "aviary",
      started: "2026-11-10T08:15:00Z",
      version: "0.3.1",
    };
    const rows = [
      { type: "meta", meta } as const,
      message("user", `10T09:15:${59 - index}`, `${index}: ${HOSTILE_TITLE}`),
    ];
    const text = rows.map((row) => `${spellRow(row)}\n`).join("");
    Deno.writeTextFileSync(join(root, `${index}.jsonl`), text);
  }
}

/**
 * The sample sessions of a shop that builds kites.
 *
 * Each session is here for one thing that skein has to show; its comment says which. Everything is
 * invented.
 */

import { keepMessages, type SampleSession } from "./sample_session.ts";
import { call, failure, message, result, usage } from "./zot_rows.ts";

const DRAWING =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Tools, reasoning, an image, a failed call, and characters that Go spells in its own way. */
export const spars: SampleSession = {
  id: "6f1c2a90-3b57-4d0e-8a41-c2f95e7d1b08",
  project: "kite",
  started: "2026-11-10T08:14:05.25Z",
  ended: "2026-11-10T08:22:40Z",
  rows: [
    message("user", "10T09:14:20", "Why is the wing spar negative for a delta kite?"),
    usage([1800, 96], 0.0121),
    message(
      "assistant",
      "10T09:14:31.5",
      { reasoning_id: "rs_1", summary: "A length below zero: look at how the spar is computed." },
      "Let me look at the spar code.",
      call("call_1", "read", { path: "src/spars.ts" }),
    ),
    message(
      "tool",
      "10T09:14:31.75",
      result("call_1", "export const wing = (span: number, nose: number) =>\n  span / 2 - nose;\n"),
    ),
    usage([4100, 310], 0.0304),
    message(
      "assistant",
      "10T09:15:02",
      "`wing` takes the nose angle for a length: when span / 2 < nose it falls below zero, and\n" +
        "for span > 180 && nose = 90 it is merely wrong.\n\nShall I use the sine of half the angle?",
    ),
    message("user", "10T09:18:00", "Yes. Here is the drawing, use its numbers.", {
      mime_type: "image/png",
      data: DRAWING,
    }),
    usage([6900, 512], 0.0517),
    message(
      "assistant",
      "10T09:18:44",
      call("call_2", "edit", {
        path: "src/spars.ts",
        find: "- nose",
        replace: "/ Math.sin(nose / 2)",
      }),
      call("call_3", "bash", { command: "deno test src/spars_test.ts" }),
    ),
    message(
      "tool",
      "10T09:18:50",
      result("call_2", "edited 1 line"),
      failure("call_3", "nose is in degrees, Math.sin wants radians\nFAILED | 4 passed | 2 failed"),
    ),
    usage([9800, 731], 0.0742),
    message(
      "assistant",
      "10T09:20:15",
      "The drawing has degrees.",
      call("call_4", "bash", { command: "deno test src/spars_test.ts" }),
    ),
    message("tool", "10T09:20:21", result("call_4", "ok | 6 passed | 0 failed")),
    usage([12400, 902], 0.0933),
    message(
      "assistant",
      "10T09:22:40",
      "All six pass. A 2.4 m delta with a 90° nose gets 1.70 m wings.",
    ),
  ],
};

/** A branch. */
const radians: SampleSession = {
  id: "b7e41c02-95a8-4f6d-b3c0-18de6a2f7d54",
  project: "kite",
  started: "2026-11-11T15:40:12.5Z",
  ended: "2026-11-11T15:46:30Z",
  lineage: { parent: spars.id, fork_point: 4 },
  rows: [
    ...keepMessages(spars, 4),
    { title: "Why is the wing spar negative for a delta kite?", type: "rename" },
    message("user", "11T16:41:00", "No, store the angle in radians, the cutter wants it so."),
    usage([6700, 490], 0.0492),
    message(
      "assistant",
      "11T16:42:10",
      "Then only the parser knows degrees. I would change `parseNose`.",
    ),
    message("user", "11T16:45:30", "Do it."),
    usage([8500, 605], 0.0635),
    message(
      "assistant",
      "11T16:46:30",
      "Done: `parseNose` gives radians, everything else is untouched.",
    ),
  ],
};

/** A branch of the branch. */
const labels: SampleSession = {
  id: "2d90f3b6-71ce-4a28-9e15-5b0c84d6a3f7",
  project: "kite",
  started: "2026-11-12T09:05:00Z",
  ended: "2026-11-12T09:07:15Z",
  lineage: { parent: radians.id, fork_point: 6 },
  rows: [
    ...keepMessages(radians, 6),
    { title: "No, store the angle in radians, the cutter wants it so.", type: "rename" },
    message("user", "12T10:05:40", "Keep degrees on the printed labels, though."),
    usage([8200, 610], 0.0586),
    message("assistant", "12T10:07:15", "`formatNose` turns them back. The label says 90° again."),
  ],
};

/** A title that a person chose. */
const prices: SampleSession = {
  id: "c48a07e5-2f19-4b83-a6d2-e07b3519fc60",
  project: "kite",
  started: "2026-11-13T13:30:00.125Z",
  ended: "2026-11-13T13:33:20Z",
  rows: [
    message("user", "13T14:30:30", "Add ten percent to everything with carbon spars."),
    usage([2100, 150], 0.0147),
    message("assistant", "13T14:31:05", "Nine kites change. The Peregrine goes from 80 to 88."),
    { title: "Winter price list", type: "rename" },
    message("user", "13T14:33:00", "And round to whole coins."),
    usage([3900, 240], 0.0262),
    message("assistant", "13T14:33:20", "Rounded up, never down."),
  ],
};

/** An emoji in the title, and one that is made of several characters. */
const launch: SampleSession = {
  id: "e15b62d8-0a4f-4c97-8d3e-94a7c1f2b056",
  project: "kite",
  started: "2026-11-14T07:00:00Z",
  ended: "2026-11-14T07:02:45Z",
  rows: [
    message("user", "14T08:00:20", "🪁 Checklist for launch day with the 👩‍🔧 team, please"),
    usage([900, 210], 0.0079),
    message(
      "assistant",
      "14T08:02:45",
      "1. Wind below 6.\n2. Lines unwound.\n3. Nobody under the kite.",
    ),
  ],
};

/** A row that was cut off, and the next one glued to it. */
const tails: SampleSession = {
  id: "94d3b8f1-6e20-4759-b1ca-3f8e05d7a2c6",
  project: "kite",
  started: "2026-11-15T16:20:00Z",
  ended: "2026-11-15T16:27:00Z",
  rows: [
    message("user", "15T17:20:30", "How long should the tail of the Sparrow be?"),
    usage([1100, 88], 0.0071),
    message("assistant", "15T17:21:00", "Seven times its height: 4.2 m."),
    {
      torn: message("user", "15T17:24:00", "And in a strong wind, with the long bridle?"),
      keptLength: 76,
    },
    message("user", "15T17:26:30", "Still there? The lamp went out for a moment."),
    usage([2300, 170], 0.0149),
    message(
      "assistant",
      "15T17:27:00",
      "Still here. A strong wind wants half as much again: 6.3 m.",
    ),
  ],
};

/** The sessions of the kite shop, in the order of their start. */
export const KITE_SESSIONS: readonly SampleSession[] = [
  spars,
  radians,
  labels,
  prices,
  launch,
  tails,
];

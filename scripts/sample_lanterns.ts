/**
 * The sample sessions of the kite shop's other trade, paper lanterns, and of their manual.
 *
 * Each session is here for one thing that skein has to show; its comment says which. Everything is
 * invented.
 */

import { spars } from "./sample_kites.ts";
import { keepMessages, type SampleSession } from "./sample_session.ts";
import { compaction, message, usage } from "./zot_rows.ts";

/** Another model from the middle on. */
const frame: SampleSession = {
  id: "0b6e9a3d-c814-4f52-97b0-d2a15c7e48f3",
  project: "lantern",
  started: "2026-11-16T10:10:00Z",
  ended: "2026-11-16T10:18:30Z",
  rows: [
    message("user", "16T11:10:15", "Make the lantern frame fold flat for the post."),
    usage([3000, 205], 0.0213),
    message(
      "assistant",
      "16T11:11:00",
      "Four hinged ribs instead of eight rigid ones would do it.",
    ),
    { switch: { model: "wren-mini", provider: "brook" } },
    message("user", "16T11:17:45", "Write that up for the workshop, short."),
    usage([4200, 330], 0.0221),
    message(
      "assistant",
      "16T11:18:30",
      "Cut four ribs. Hinge them at the crown. Fold, then paper.",
    ),
  ],
};

/** A compaction, with messages after it. */
const orders: SampleSession = {
  id: "7a2f5c18-d09b-4e64-8f37-6be1942c0da5",
  project: "lantern",
  started: "2026-11-17T12:00:00Z",
  ended: "2026-11-17T14:32:10Z",
  rows: [
    message("user", "17T13:00:30", "Import the autumn orders from the old till."),
    usage([15000, 900], 0.118),
    message("assistant", "17T13:04:00", "The till wrote 212 orders; 3 have no date."),
    message("user", "17T13:06:00", "Leave those three out and list them."),
    usage([38000, 2100], 0.2964),
    message("assistant", "17T13:09:00", "Imported 209. Left out: 0041, 0107, 0163."),
    compaction(
      "17T15:30:00",
      "Goal: import the autumn orders.\nDone: 209 of 212; 0041, 0107 and 0163 have no date.",
      message("assistant", "17T13:09:00", "Imported 209. Left out: 0041, 0107, 0163."),
    ),
    message("user", "17T15:31:20", "0107 was on the fair weekend, 18 October."),
    usage([41000, 2300], 0.3187),
    message("assistant", "17T15:32:10", "Added with that date. Two are left."),
  ],
};

/** Nothing but the first row. */
const empty: SampleSession = {
  id: "f3820d6b-4a7e-4195-ac0f-71d95be3628c",
  project: "lantern",
  started: "2026-11-18T06:45:00Z",
  ended: "2026-11-18T06:45:00Z",
  rows: [],
};

/** A branch that lies in another project's folder than its parent. */
const ribs: SampleSession = {
  id: "51ce8d74-b3f0-4926-8e1a-0c6d7f29ab35",
  project: "lantern",
  started: "2026-11-18T09:20:00Z",
  ended: "2026-11-18T09:24:00Z",
  lineage: { parent: spars.id, fork_point: 10 },
  rows: [
    ...keepMessages(spars, 10),
    { title: "Yes. Here is the drawing, use its numbers.", type: "rename" },
    message("user", "18T10:21:00", "Can lantern ribs use the same code?"),
    usage([14400, 1042], 0.1069),
    message("assistant", "18T10:24:00", "Yes, with the crown angle in the place of the nose."),
  ],
};

/** A title in characters two cells wide. */
const manual: SampleSession = {
  id: "a90d4e27-8c63-4b1f-b5d8-2e7f60c91a34",
  project: "lantern/docs",
  started: "2026-11-19T02:15:00Z",
  ended: "2026-11-19T02:16:40Z",
  rows: [
    message("user", "19T03:15:20", "灯籠の組み立て説明書を二ページに縮めてください"),
    usage([5200, 610], 0.0418),
    message("assistant", "19T03:16:40", "二ページにしました。図は三つ残しています。"),
  ],
};

/** A running total that starts again from nothing. */
const glossary: SampleSession = {
  id: "38f7b1c5-5d02-4a9e-9c46-b8e30a17d6f2",
  project: "lantern/docs",
  started: "2026-11-19T11:00:00Z",
  ended: "2026-11-20T07:30:00Z",
  rows: [
    message("user", "19T12:00:40", "Start a glossary: crown, rib, bridle, spine."),
    usage([8000, 1200], 0.0931),
    message("assistant", "19T12:02:00", "Four entries, one sentence each."),
    message("user", "20T08:28:00", "Add tail."),
    usage([1000, 90], 0.0083),
    message("assistant", "20T08:30:00", "Tail: what keeps a kite's nose up."),
  ],
};

/** A branch whose parent is gone; its id starts like another's. */
const care: SampleSession = {
  id: "b7e4f9d0-1f85-4c3a-a27e-60b94d8c5e13",
  project: "lantern/docs",
  started: "2026-11-20T09:00:00Z",
  ended: "2026-11-20T09:03:30Z",
  lineage: { parent: "d2619f84-7be0-4d35-8a9c-e4105cf37b68", fork_point: 2 },
  rows: [
    message("user", "18T15:00:00", "Draft the care label."),
    message("assistant", "18T15:00:50", "Keep dry. Keep from open flames."),
    { title: "Draft the care label.", type: "rename" },
    message("user", "20T10:02:50", 'Say it without "keep".'),
    usage([700, 60], 0.0052),
    message("assistant", "20T10:03:30", "Store in a dry place, away from open flames."),
  ],
};

/** The sessions about lanterns, in the order of their start. */
export const LANTERN_SESSIONS: readonly SampleSession[] = [
  frame,
  orders,
  empty,
  ribs,
  manual,
  glossary,
  care,
];

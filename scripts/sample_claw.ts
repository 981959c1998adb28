/**
 * The kite shop's sessions with claw-code.
 *
 * Each is here for one thing that skein has to show; its comment says which. Everything is invented.
 */

import {
  call,
  type ClawMessage,
  type ClawSession,
  continueFrom,
  failure,
  fingerprint,
  replied,
  result,
  said,
  spellClaw,
  spellSession,
  text,
  thinking,
} from "./claw_rows.ts";
import { type SampleFile, toMs } from "./sample_file.ts";

const STORE = ".claw/sessions";
const WORKSPACE = "/home/ada/kite";

const REEL_ID = `session-${toMs("14T09:30:12.480")}-0`;
const REEL_PROMPT = "Why does the line counter on the reel run at half speed?";
const TESTS_PROMPT = "Do that, and run the tests.";
const BRASS_PROMPT = "What if the hub is brass and takes four magnets?";

/** What the fork shares with its parent. */
const REEL_START: readonly ClawMessage[] = [
  said("user", text(REEL_PROMPT)),
  replied(
    [2140, 118],
    thinking("Half speed: perhaps one of two magnets is not seen.", "c2lnLWthLTE="),
    text("I look at how the counter reads the hub."),
    call("tu_1", "read_file", { path: "src/reel.ts" }),
  ),
  result("tu_1", "read_file", "const MAGNETS = 1;\nexport const turns = (n: number) => n / 4;\n"),
  replied(
    [2390, 96],
    text("The hub has two magnets, so `turns` has to divide by two; it divides by four."),
  ),
  said("user", text(TESTS_PROMPT)),
  replied(
    [2610, 144],
    call("tu_2", "edit_file", { path: "src/reel.ts", old_string: "/ 4", new_string: "/ MAGNETS" }),
    call("tu_3", "bash", { command: "deno test src/reel_test.ts" }),
  ),
  result("tu_2", "edit_file", "edited src/reel.ts"),
  failure("tu_3", "bash", "a turn has 2 ticks, got 1\nFAILED | 3 passed | 1 failed"),
];

/** Tools, a failed one among them, thinking, usage, and the prompts once more as a history. */
const reel: ClawSession = {
  id: REEL_ID,
  created: toMs("14T09:30:12.480"),
  updated: toMs("16T08:05:00.250"),
  workspace: WORKSPACE,
  prompts: [
    ["14T09:30:40.100", REEL_PROMPT],
    ["14T09:33:05.700", TESTS_PROMPT],
    ["16T08:03:10", "MAGNETS is 2."],
  ],
  messages: [
    ...REEL_START,
    said("user", text("MAGNETS is 2.")),
    replied([3120, 88], text("So it is: with 2 in its place all four tests pass.")),
  ],
};

/** A fork, with a name; how much of its parent it shares claw does not say. */
const brass: ClawSession = {
  id: `session-${toMs("15T13:02:40.115")}-1`,
  created: toMs("15T13:02:40.115"),
  updated: toMs("15T13:20:31.900"),
  workspace: WORKSPACE,
  fork: { parent_session_id: REEL_ID, branch_name: "brass hub" },
  prompts: [
    ...reel.prompts.slice(0, 2),
    ["15T13:04:00", BRASS_PROMPT],
    ["15T13:19:30", "Order the brass, <40 mm> & dull."],
  ],
  messages: [
    ...REEL_START,
    said("user", text(BRASS_PROMPT)),
    replied(
      [3380, 131],
      text("Then a tick is a quarter of a turn, and brass does not disturb it."),
    ),
    said("user", text("Order the brass, <40 mm> & dull.")),
    replied([3590, 74], text("It is in NOTES.md: brass, 40 mm, dull, four magnets.")),
  ],
};

const PULL_PROMPT = "How hard does the Sparrow pull in gusts? The logs are in wind/.";
const PULL_SUMMARY = [
  "<summary>",
  "Goal: how hard the Sparrow pulls in gusts.",
  "Done: all seventeen logs of wind/ are read. The greatest pull is 95.4 N, at 14.9 m/s.",
  "</summary>",
].join("\n");

/** What the compaction kept. */
const PULL_END: readonly ClawMessage[] = [
  said("user", text("Which line holds that?")),
  replied([41_200, 65], text("A line of 30 daN holds three times as much.")),
  said("user", text("And which knot?")),
  replied([41_400, 71], text("A figure of eight takes a third of it away, so that still holds.")),
];

/** A session that has grown large. */
const pullBefore: ClawSession = {
  id: `session-${toMs("17T07:11:03.902")}-0`,
  created: toMs("17T07:11:03.902"),
  updated: toMs("18T16:31:25.300"),
  workspace: WORKSPACE,
  prompts: [
    ["17T07:11:40", PULL_PROMPT],
    ["18T16:28:10", "Which line holds that?"],
    ["18T16:30:50", "And which knot?"],
  ],
  messages: [
    said("user", text(PULL_PROMPT)),
    ...Array.from({ length: 17 }, (_, i) => readWindLog(i + 1)).flat(),
    replied([40_900, 58], text("At most 95.4 N, in a gust of 14.9 m/s.")),
    ...PULL_END,
  ],
};

/** The same after a compaction: a message in the system's name stands for those removed. */
const pull: ClawSession = {
  ...pullBefore,
  updated: toMs("18T16:40:00.120"),
  compaction: {
    type: "compaction",
    count: 1,
    removed_message_count: pullBefore.messages.length - PULL_END.length,
    summary: PULL_SUMMARY,
  },
  prompts: [...pullBefore.prompts, ["18T16:39:20", "Buy 200 m of it."]],
  messages: [
    continueFrom(PULL_SUMMARY),
    ...PULL_END,
    said("user", text("Buy 200 m of it.")),
    replied([1480, 40], text("It is on the list: 200 m, 30 daN.")),
  ],
};

/** A session in which nothing was said: claw writes one at each start. */
const stub: ClawSession = {
  id: `session-${toMs("20T06:58:41.020")}-0`,
  created: toMs("20T06:58:41.020"),
  updated: toMs("20T06:58:41.020"),
  workspace: WORKSPACE,
  prompts: [],
  messages: [],
};

/** A file of claw's first day: one object, which says nothing of itself but a version. */
const FIRST_DAY = spellClaw({
  version: 1,
  messages: [
    said("user", text("Name the colours of the spring kites.")).message,
    replied([310, 22], text("Moss, rust, chalk and plum.")).message,
  ],
});

/** The file of one session, for a store with room for few. */
export const reelFile: SampleFile = toFile(reel);

/** The files of claw-code, in the order of their sessions. */
export const CLAW_FILES: readonly SampleFile[] = [
  { path: `${STORE}/session-1774981329000.json`, text: FIRST_DAY, written: "2026-11-02T10:00:00Z" },
  reelFile,
  toFile(brass),
  // claw puts a file of more than 256 KiB aside before it writes the next.
  toFile(pullBefore, `.rot-${toMs("18T16:38:50.110")}`),
  toFile(pull),
  toFile(stub),
];

function toFile(session: ClawSession, suffix = ""): SampleFile {
  return {
    path: `${STORE}/${fingerprint(WORKSPACE)}/${session.id}${suffix}.jsonl`,
    text: spellSession(session),
    written: new Date(session.updated).toISOString(),
  };
}

/** A long log that is read. */
function readWindLog(number: number): readonly ClawMessage[] {
  const id = `tu_w${number}`;
  const path = `wind/${String(number).padStart(2, "0")}.log`;
  const lines = Array.from({ length: 750 }, (_, i) => {
    const speed = 4 + ((i * 37 + number * 11) % 110) / 10;
    return `${String(i).padStart(4, "0")}  ${speed.toFixed(1)} m/s  ${(speed * 6.4).toFixed(1)} N`;
  });
  return [
    replied([2400 * number, 30], call(id, "read_file", { path })),
    result(id, "read_file", lines.join("\n")),
  ];
}

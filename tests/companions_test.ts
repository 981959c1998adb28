/** Files beside a session: whose they are, and which of them stands for a session that is gone. */

import { assertEquals } from "@std/assert";
import { pairCompanions } from "../src/companions.ts";

const ID = "session-1782531994120-0";

/** Pairs as `file > owner: what`, of files that are each newer than the one before. */
function pair(...paths: readonly string[]): readonly string[] {
  const files = paths.map((path, index) => ({ path, facts: { mtimeMs: index } }));
  return pairCompanions(files).map(({ file, owner, what }) =>
    `${file.path} > ${owner.path}: ${what}`
  ).sort();
}

Deno.test("pairCompanions() finds every kind of file beside its session", () => {
  assertEquals(
    pair(
      `/s/${ID}.jsonl`,
      `/s/${ID}.rot-5.jsonl`,
      `/s/${ID}.jsonl.before-clear-6.bak`,
      `/s/${ID}.jsonl.tmp-7-0`,
    ),
    [
      `/s/${ID}.jsonl.before-clear-6.bak > /s/${ID}.jsonl: backup`,
      `/s/${ID}.jsonl.tmp-7-0 > /s/${ID}.jsonl: unfinished copy`,
      `/s/${ID}.rot-5.jsonl > /s/${ID}.jsonl: rotated copy`,
    ],
  );
  assertEquals(pair("/n/YTpi.jsonl", "/n/.YTpi.jsonl.0123456789abcdef.tmp"), [
    "/n/.YTpi.jsonl.0123456789abcdef.tmp > /n/YTpi.jsonl: unfinished copy",
  ]);
});

Deno.test("pairCompanions() names the agent whose name it is", () => {
  const files = ["/s/a.jsonl", "/s/a.rot-5.jsonl", "/s/.a.jsonl.0123456789abcdef.tmp"];
  const pairs = pairCompanions(files.map((path) => ({ path, facts: { mtimeMs: 0 } })));
  assertEquals(pairs.map(({ agent }) => agent).sort(), ["claw", "nanobot"]);
});

Deno.test("pairCompanions() prefers the likeliest owner, and takes the other where that is gone", () => {
  const rotated = `/s/${ID}.rot-5.jsonl`;
  const both = [`/s/${ID}.json`, `/s/${ID}.jsonl`, rotated];
  assertEquals(pair(...both), [`${rotated} > /s/${ID}.jsonl: rotated copy`]);
  assertEquals(pair(`/s/${ID}.json`, rotated), [`${rotated} > /s/${ID}.json: rotated copy`]);
});

Deno.test("pairCompanions() lets the latest copy stand for a session that is gone", () => {
  const copies = [5, 8, 9].map((ms) => `/s/${ID}.rot-${ms}.jsonl`);
  assertEquals(pair(...copies), [
    `/s/${ID}.rot-5.jsonl > /s/${ID}.rot-9.jsonl: rotated copy`,
    `/s/${ID}.rot-8.jsonl > /s/${ID}.rot-9.jsonl: rotated copy`,
  ]);
  assertEquals(pair(...copies.toReversed()), [
    `/s/${ID}.rot-8.jsonl > /s/${ID}.rot-5.jsonl: rotated copy`,
    `/s/${ID}.rot-9.jsonl > /s/${ID}.rot-5.jsonl: rotated copy`,
  ]);
});

Deno.test("pairCompanions() takes copies of any kind for copies of one session", () => {
  assertEquals(pair(`/s/${ID}.rot-5.jsonl`, `/s/${ID}.jsonl.before-clear-6.bak`), [
    `/s/${ID}.rot-5.jsonl > /s/${ID}.jsonl.before-clear-6.bak: rotated copy`,
  ]);
});

Deno.test("pairCompanions() pairs files of one folder only", () => {
  assertEquals(pair(`/a/${ID}.jsonl`, `/b/${ID}.rot-5.jsonl`, `/c/${ID}.rot-5.jsonl`), []);
});

Deno.test("pairCompanions() leaves sessions and strangers alone", () => {
  assertEquals(pair(), []);
  assertEquals(pair("/s/a.jsonl", "/s/a.json", "/s/a.jsonl.gz", "/s/notes.txt", "/s/tmp"), []);
  assertEquals(pair(`/s/${ID}.rot-5.jsonl`), []);
});

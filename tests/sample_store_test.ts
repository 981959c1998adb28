/** Tests of the sample store: it is what zot would write, and the same every time. */

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { buildSampleStore } from "../scripts/sample_store.ts";
import { compaction, message, spellRow, usage } from "../scripts/zot_rows.ts";

Deno.test("buildSampleStore() writes the same files with the same times each time", () => {
  const [first, second] = [buildAndRead(), buildAndRead()];
  assertEquals(first, second);
  assertEquals(first.length, 13);
});

Deno.test("buildSampleStore() writes one damaged row, and every other as JSON with its type", () => {
  const broken = buildAndRead().flatMap(({ path, text }) =>
    text.split("\n").slice(0, -1).flatMap((row, i) => {
      try {
        return typeof JSON.parse(row).type === "string" ? [] : [`${path}:${i + 1}`];
      } catch (error) {
        assert(error instanceof SyntaxError);
        return [`${path}:${i + 1}`];
      }
    })
  );
  assertEquals(broken, ["3e91d2c04544e567/20261115-162000-b99dda73.jsonl:5"]);
});

Deno.test("buildSampleStore() names the files of branches after their ids, as zot does", () => {
  for (const { path, text } of buildAndRead()) {
    const { id, parent } = JSON.parse(text.split("\n")[0] ?? "").meta;
    assertEquals(path.endsWith(`-${id.slice(0, 8)}.jsonl`), parent !== undefined, path);
  }
});

Deno.test("buildSampleStore() names the home folder that it is given", () => {
  for (const { text } of buildAndRead("/Users/ada")) {
    assert(JSON.parse(text.split("\n")[0] ?? "").meta.cwd.startsWith("/Users/ada/"));
  }
});

Deno.test("spellRow() spells as Go does, with zot's order of keys", () => {
  assertEquals(
    spellRow(message("user", "10T05:46:50.5", "a < b > c & d\u2028é")),
    '{"type":"message","message":{"role":"user","content":[{"text":' +
      '"a \\u003c b \\u003e c \\u0026 d\\u2028é"}],"time":"2026-11-10T05:46:50.5+01:00"}}',
  );
  const total = '{"input_tokens":900,"output_tokens":40,"reasoning_tokens":0,' +
    '"cache_read_tokens":1800,"cache_write_tokens":0,"cost_usd":0.0033}';
  assertEquals(
    spellRow(usage([900, 40], 0.0033)),
    `{"type":"usage","usage":${total},"cumulative":${total}}`,
  );
});

Deno.test("compaction() starts with the summary that zot marks in two ways", () => {
  assertEquals(
    spellRow(compaction("17T15:30:00", "Goal.")),
    '{"type":"compaction","messages":[{"role":"user","content":[{"text":' +
      '"## Context Summary (compacted)\\n\\nGoal."}],"time":"2026-11-17T15:30:00+01:00",' +
      '"meta":{"compaction":"true","tokens_before":"81200"}}]}',
  );
});

function buildAndRead(home?: string) {
  const root = Deno.makeTempDirSync();
  try {
    buildSampleStore(root, home === undefined ? {} : { home });
    return [...Deno.readDirSync(root)].flatMap((bucket) =>
      [...Deno.readDirSync(join(root, bucket.name))].map((file) => {
        const path = join(bucket.name, file.name);
        const { mtime } = Deno.statSync(join(root, path));
        return { path, text: Deno.readTextFileSync(join(root, path)), mtime };
      })
    ).sort((a, b) => (a.path < b.path ? -1 : 1));
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

/** A store that shows all that `--json` can say, and the objects that a command prints of it. */

import { assert, assertEquals } from "@std/assert";
import { JsonParseStream } from "@std/jsonl";
import { join } from "@std/path";
import { buildSampleStore } from "../scripts/sample_store.ts";
import { run } from "../src/app.ts";
import type { JsonObject } from "../src/transcript.ts";
import { FakeHost } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";
import { isObject } from "./schemas.ts";

/** When the files were last written, the same in every run. */
const TOUCHED = new Date("2026-11-19T12:00:00Z");

/** Files that show what the sample store beside them does not: every mark, block, row and state. */
export const STORE = {
  "parts.jsonl": head("parts111") +
    '{"title":"Every part","type":"rename"}\n' +
    said("superseded") +
    '{"type":"compaction","messages":[{"role":"user","content":[{"text":"sum"}],"time":null}]}\n' +
    '{"type":"message","message":{"role":"system","content":[{"text":"Be brief."}],"time":null}}\n' +
    '{"type":"message","message":{"role":"assistant","content":[' +
    '{"reasoning_id":"r","summary":"why"},{"reasoning_id":"r","encrypted_content":"x"},' +
    '{"id":"c1","name":"read","arguments":{"path":"a","deep":{"list":[1,null]}}},' +
    '{"id":"c2","name":"now"}],"time":"2026-11-20T08:00:00.25+01:00"}}\n' +
    '{"type":"message","message":{"role":"tool","content":[' +
    '{"call_id":"c1","content":[{"text":"ok"},{"mime_type":"image/png","data":"AAAA"}]},' +
    '{"call_id":"c2","content":[],"is_error":true}],"time":null}}\n' +
    '{"type":"message","message":{"role":"user","content":[],"time":null}}\n' +
    '{"type":"message","message":{"role":"user","content":[' +
    '{"text":"Look."},{"mime_type":"image/png","data":"AAAA"}],"time":null}}\n' +
    '{"type":"usage","cumulative":{"input_tokens":5}}\n' +
    '{"type":"mood","level":3}\n' +
    '{"type":"message","message":{"role":"user","content":[{"text":"torn"\n',
  "live.jsonl": head("live1111") + said("in use"),
  "self.jsonl": head("self1111", { parent: "self1111", fork_point: 1 }) + said("self"),
  "cycle_a.jsonl": head("cycle111", { parent: "cycle222", fork_point: 1 }) + said("a"),
  "cycle_b.jsonl": head("cycle222", { parent: "cycle111", fork_point: 9 }) + said("b"),
  "twin_a.jsonl": head("twins111") + said("a"),
  "twin_b.jsonl": head("twins111") + said("b"),
  "headless.jsonl": said("no row names me"),
  "chat.jsonl": '{"_type": "metadata", "key": "cli:chat1111", "metadata": {}}\n' +
    '{"_type": "provider_state", "state": {}}\n' +
    '{"role": "user", "content": "Look.", "media": ["/home/ada/kite/plan.pdf"]}\n',
  "bare.jsonl": '{"type":"meta","meta":{"id":"bare1111"}}\n',
};

/** Gives the first row of a session, with what a test adds to it. */
export function head(id: string, more: JsonObject = {}): string {
  const meta = { id, cwd: "/home/ada/kite", model: "heron-2", provider: "aviary", ...more };
  return JSON.stringify({ type: "meta", meta }) + "\n";
}

/** Gives a row in which a person says something. */
export function said(text: string, time: string | null = "2026-11-19T09:00:00Z"): string {
  const message = { role: "user", content: [{ text }], time };
  return JSON.stringify({ type: "message", message }) + "\n";
}

/** Runs a command on a store, and gives the objects that it prints. */
export type Print = (...line: readonly string[]) => Promise<readonly JsonObject[]>;

/** Runs a test on a fresh store that holds the files, and the sample store beside `STORE`. */
export async function withStore(
  files: Readonly<Record<string, string>>,
  test: (print: Print) => Promise<void>,
): Promise<void> {
  const root = makeFolder(files);
  try {
    for (const name of Object.keys(files)) Deno.utimeSync(join(root, name), TOUCHED, TOUCHED);
    if (files === STORE) buildSampleStore(root);
    await test(async (...line) => {
      const host = new FakeHost({ env: { ZOT_SESSION_FILE: join(root, "live.jsonl") } });
      const code = await run([...line, "--root", root], host);
      assert(code === 0 || code === 3, host.stderr.text);
      return await parseLines(host.stdout.text);
    });
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

async function parseLines(text: string): Promise<readonly JsonObject[]> {
  const lines = text.split("\n");
  assertEquals(lines.pop(), "", "the last line has no end");
  const values = ReadableStream.from(lines).pipeThrough(new JsonParseStream());
  return (await Array.fromAsync(values)).map((value) => {
    assert(isObject(value), JSON.stringify(value));
    return value;
  });
}

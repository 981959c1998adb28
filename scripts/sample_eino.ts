/**
 * What the lantern shop's chat server keeps with eino, spelled as Go's JSON spells it: one object a
 * line, its keys in the order of the library's structs.
 *
 * Each session is here for one thing that skein has to show; its comment says which. Everything is
 * invented.
 *
 * Source: the chat server of eino's examples of July 2026, which keeps either kind of message, and
 * its assistant, whose memory has no header.
 */

import type { SampleFile } from "./sample_file.ts";
import { spellGo } from "./zot_rows.ts";

type Row = Readonly<Record<string, unknown>>;

const STORE = "chat/data";

/** The message kind: reasoning, a tool, and what each reply took. */
export const rain: SampleFile = {
  path: `${STORE}/sessions/5a8e03c7-62d1-4f0b-9c7e-1b40d5e8a926.jsonl`,
  text: spellRows([
    {
      type: "session",
      id: "5a8e03c7-62d1-4f0b-9c7e-1b40d5e8a926",
      created_at: "2026-11-18T15:04:05.25Z",
      message_kind: "message",
    },
    { role: "user", content: "Do the paper lanterns survive rain?" },
    {
      role: "assistant",
      content: "",
      tool_calls: [{
        index: 0,
        id: "call_a1",
        type: "function",
        function: { name: "find_product", arguments: '{"query":"paper & rain"}' },
      }],
      response_meta: { finish_reason: "tool_calls", usage: toUsage([412, 27], 64) },
      reasoning_content: "Paper and rain: the shelf says which are waxed.",
    },
    {
      role: "tool",
      content: '{"name":"Harvest Moon","coat":"wax","rain":"< 2 h"}',
      tool_call_id: "call_a1",
      tool_name: "find_product",
    },
    {
      role: "assistant",
      content: "The waxed ones do: the Harvest Moon takes two hours of rain.",
      response_meta: { finish_reason: "stop", usage: toUsage([478, 31], 412) },
    },
    { role: "user", content: "And what do I do after that?" },
    {
      role: "assistant",
      content: "Hang it up to dry, away from the stove.",
      response_meta: { finish_reason: "stop", usage: toUsage([529, 18], 478) },
    },
  ]),
  written: "2026-11-18T15:09:40Z",
};

/** The agentic kind: blocks, in which the result of a tool is the user's. */
const parcel: SampleFile = {
  path: `${STORE}/sessions_agentic/c3f17b90-48ae-4d25-8e6b-70d92a5f1c84.jsonl`,
  text: spellRows([
    {
      type: "session",
      id: "c3f17b90-48ae-4d25-8e6b-70d92a5f1c84",
      created_at: "2026-11-19T17:40:00Z",
      message_kind: "agentic",
    },
    agentic("user", ["user_input_text", { text: "When does parcel 1182 arrive?" }]),
    agentic(
      "assistant",
      ["reasoning", { text: "A parcel: ask the carrier." }],
      ["function_tool_call", { call_id: "p1", name: "track", arguments: '{"parcel":1182}' }],
    ),
    agentic("user", ["function_tool_result", {
      call_id: "p1",
      name: "track",
      content: [{ type: "text", text: { text: "sorted, due 21 November" } }],
    }]),
    agentic("assistant", ["assistant_gen_text", { text: "Tomorrow, 21 November." }]),
  ]),
  written: "2026-11-19T17:42:15Z",
};

/** The memory of the assistant: messages and nothing else. */
const stall: SampleFile = {
  path: `${STORE}/memory/market-stall.jsonl`,
  text: spellRows([
    { role: "user", content: "What goes into the box for the market stall?" },
    { role: "assistant", content: "Twelve lanterns, the till, tea lights and the long hooks." },
    { role: "user", content: "No tea lights, the square forbids flames." },
    { role: "assistant", content: "Then the small lamps, and their batteries." },
  ]),
  written: "2026-11-12T06:30:00Z",
};

/** The files of eino, in the order of their paths. */
export const EINO_FILES: readonly SampleFile[] = [stall, rain, parcel];

function spellRows(rows: readonly Row[]): string {
  return rows.map((row) => `${spellGo(row)}\n`).join("");
}

/** @param tokens What went in and what came out. */
function toUsage([prompt, completion]: readonly [number, number], cached: number): Row {
  return {
    prompt_tokens: prompt,
    prompt_token_details: { cached_tokens: cached },
    completion_tokens: completion,
    total_tokens: prompt + completion,
    completion_token_details: {},
  };
}

/** A message in blocks; the server marks those of a model as done. */
function agentic(role: string, ...blocks: readonly (readonly [string, Row])[]): Row {
  const extra = { "ark-item-status": "completed", "openai-item-status": "completed" };
  const content_blocks = blocks.map(([type, body]) => ({
    type,
    [type]: body,
    ...(/^(reasoning|assistant_gen_text|function_tool_call)$/.test(type) ? { extra } : {}),
  }));
  return { role, content_blocks };
}

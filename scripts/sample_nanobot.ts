/**
 * The kite shop's chats with nanobot, spelled as Python's JSON spells them: one object a line, with
 * a space after each colon and comma.
 *
 * Each session is here for one thing that skein has to show; its comment says which. Everything is
 * invented.
 *
 * Source: nanobot of August 2026, and of the spring before it for the file that is named in the old
 * way. Its times are those of the machine's clock, without a zone; here that zone is UTC.
 */

import type { SampleFile } from "./sample_file.ts";

type Row = Readonly<Record<string, unknown>>;

const STORE = ".nanobot/workspace/sessions";

/** Lines of the order book that a person pasted: more than eino reads in one row. */
const ORDER_LINES = 2400;

/** A file named in the old way, with a message that is larger than some agents take. */
const orders: SampleFile = {
  path: `${STORE}/cli_direct.jsonl`,
  text: spellRows([
    {
      _type: "metadata",
      key: "cli:direct",
      created_at: "2026-11-13T10:00:00",
      updated_at: "2026-11-13T10:03:12.004500",
      metadata: {},
      last_consolidated: 0,
    },
    {
      role: "user",
      content: `Which of these orders have no date?\n\n${listOrders()}`,
      timestamp: "2026-11-13T10:02:30.250000",
    },
    {
      role: "assistant",
      content: "Three: 0041, 0107 and 0163.",
      timestamp: "2026-11-13T10:03:12.004100",
    },
  ]),
  written: "2026-11-13T10:03:12Z",
};

/** A title, a picture, tools, reasoning, and the provider's private state. */
export const fair: SampleFile = {
  path: `${STORE}/${nameOf("telegram:40071")}.jsonl`,
  text: spellRows([
    {
      _type: "metadata",
      key: "telegram:40071",
      created_at: "2026-11-16T18:20:00",
      updated_at: "2026-11-20T08:12:40.500000",
      metadata: {
        last_channel: "telegram",
        title: "Fair weekend",
        title_user_edited: true,
        session_handle: "plover",
        _nanobot_model_preset: "heron-2",
        _last_usage: { prompt_tokens: 5120, completion_tokens: 88, cached_tokens: 4096 },
      },
      last_consolidated: 0,
    },
    {
      _type: "provider_state",
      state: {
        kind: "responses",
        provider: "aviary",
        model: "heron-2",
        version: 1,
        payload: { encrypted_content: "Z0FBQUFBQm5wcml2YXRl" },
        pending_messages: [],
      },
    },
    {
      role: "user",
      content: "This is our banner. Is it readable from the gate?",
      timestamp: "2026-11-16T18:20:05.120000",
      media: ["/home/ada/.nanobot/media/telegram/banner.jpg"],
    },
    {
      role: "assistant",
      content: null,
      tool_calls: [call("call_n1", "exec", { command: "identify banner.jpg" })],
      reasoning_content: "The size of the letters decides.",
      timestamp: "2026-11-16T18:20:11.003000",
    },
    answer("call_n1", "exec", "banner.jpg JPEG 3000x600", "2026-11-16T18:20:11.400000"),
    {
      role: "assistant",
      content: "At 3 m width the letters are 24 cm: readable from 60 m, and the gate is 45 m away.",
      timestamp: "2026-11-16T18:20:20",
      latency_ms: 15_000,
    },
    {
      role: "user",
      content: "Remind me next Friday to pack the 🪁 and the crêpe paper.",
      timestamp: "2026-11-20T08:12:02.750000",
    },
    {
      role: "assistant",
      content: "I note that.",
      tool_calls: [
        call("call_n2", "cron", { action: "add", message: "pack the 🪁", at: "2026-11-27T08:00" }),
        call("call_n3", "write_file", { path: "memory/MEMORY.md", content: "crêpe paper" }),
      ],
      timestamp: "2026-11-20T08:12:31.900000",
    },
    answer("call_n2", "cron", "Created job 'pack the 🪁' (id: 3f)", "2026-11-20T08:12:32.010000"),
    answer("call_n3", "write_file", "Wrote 11 characters", "2026-11-20T08:12:32.055000"),
    {
      role: "assistant",
      content: "Next Friday at eight, both of them.",
      timestamp: "2026-11-20T08:12:40.500000",
      latency_ms: 38_400,
    },
  ]),
  written: "2026-11-20T08:12:40Z",
};

/** Metadata and nothing else: a page that was opened, and closed again. */
const page: SampleFile = {
  path: `${STORE}/${nameOf("websocket:0d6e5b18")}.jsonl`,
  text: spellRows([{
    _type: "metadata",
    key: "websocket:0d6e5b18",
    created_at: "2026-11-19T20:15:00.330000",
    updated_at: "2026-11-19T20:15:00.330000",
    metadata: { webui: true },
    last_consolidated: 0,
  }]),
  written: "2026-11-19T20:15:00Z",
};

/** The files of nanobot, in the order of their chats. */
export const NANOBOT_FILES: readonly SampleFile[] = [orders, fair, page];

function spellRows(rows: readonly Row[]): string {
  return rows.map((row) => `${spell(row)}\n`).join("");
}

/** As `json.dumps(value, ensure_ascii=False)`; all numbers are whole. */
function spell(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spell).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, inner]) => `${spell(key)}: ${spell(inner)}`);
  return `{${members.join(", ")}}`;
}

function call(id: string, name: string, input: Row): Row {
  return { id, type: "function", function: { name, arguments: spell(input) } };
}

function answer(callId: string, name: string, content: string, timestamp: string): Row {
  return { role: "tool", tool_call_id: callId, name, content, timestamp };
}

/** A chat's key as a file name, as since June 2026: base64 for URLs, without padding. */
function nameOf(key: string): string {
  return new TextEncoder().encode(key).toBase64({ alphabet: "base64url", omitPadding: true });
}

function listOrders(): string {
  const kites = ["Sparrow", "Peregrine", "Delta", "Box"];
  const dateless = [41, 107, 163];
  return Array.from({ length: ORDER_LINES }, (_, i) => {
    const day = String(i % 28 + 1).padStart(2, "0");
    const date = dateless.includes(i) ? "?" : `2026-10-${day}`;
    return `${String(i).padStart(4, "0")}  ${date}  ${kites[i % kites.length]}  ${i % 5 + 1}`;
  }).join("\n");
}

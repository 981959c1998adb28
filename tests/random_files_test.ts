/** The invented sessions of the other agents: every row is as the agent itself would write it. */

import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { holdLaw, Random } from "./random.ts";
import { CLAW_VARIANTS, type ClawVariant, randomClawFile } from "./random_claw.ts";
import { EINO_VARIANTS, type EinoVariant, randomEinoFile } from "./random_eino.ts";
import { NANOBOT_VARIANTS, type NanobotVariant, randomNanobotFile } from "./random_nanobot.ts";
import { spellClaw } from "./spelling.ts";

const FILES = 200;
const UUID = "0f3a2b1c-4d5e-4f60-8a7b-9c0d1e2f3a4b";
const CLAW_ID = "session-1782531994120-0";
const PARENT = "session-1782531990000-3";
const KEY = "telegram:123";
const PYTHON = "/usr/bin/python3";

// deno-lint-ignore no-explicit-any -- rows are looked at without any types of skein's, on purpose
type Json = any;

interface MakeOptions {
  readonly mostRows?: number;
  readonly damage?: number;
}

type Maker = (random: Random, options?: MakeOptions) => Uint8Array;

const claw = (variant: ClawVariant): Maker => (random, options) =>
  randomClawFile(random, { id: CLAW_ID, parent: PARENT, variant, ...options });
const eino = (variant: EinoVariant): Maker => (random, options) =>
  randomEinoFile(random, { id: UUID, variant, ...options });
const nanobot = (variant: NanobotVariant): Maker => (random, options) =>
  randomNanobotFile(random, { key: KEY, variant, ...options });

const MAKERS: Readonly<Record<string, Maker>> = Object.fromEntries([
  ...CLAW_VARIANTS.map((variant) => [`claw ${variant}`, claw(variant)] as const),
  ...EINO_VARIANTS.map((variant) => [`eino ${variant}`, eino(variant)] as const),
  ...NANOBOT_VARIANTS.map((variant) => [`nanobot ${variant}`, nanobot(variant)] as const),
]);

/** What the files of 200 seeds have to show: keys, and kinds of rows, messages and blocks. */
const SHOWN: Readonly<Record<string, string>> = {
  "claw jsonl":
    "session_meta compaction prompt_history message system user assistant tool text thinking " +
    "tool_use tool_result signature usage model workspace_root fork branch_name",
  "eino message":
    "session system user assistant tool function multi_content user_input_multi_content " +
    "assistant_output_multi_content name tool_calls index response_meta usage logprobs " +
    "reasoning_content extra text image_url audio_url video_url file_url reasoning detail uri " +
    "base64data tool_search_result reasoning_tokens",
  "eino agentic":
    "user_input_text user_input_image user_input_audio user_input_video user_input_file " +
    "assistant_gen_text assistant_gen_image assistant_gen_audio assistant_gen_video reasoning " +
    "function_tool_call function_tool_result tool_search_result server_tool_call " +
    "server_tool_result mcp_tool_call mcp_tool_result mcp_list_tools_result base64_data " +
    "mcp_tool_approval_request mcp_tool_approval_response ark-item-id openai-item-status error " +
    "openai_extension claude_extension extension image audio video file",
  "nanobot ascii": "metadata tools_used tool_calls",
  "nanobot state":
    "provider_state system tool title title_user_edited webui last_channel session_handle " +
    "_last_summary _last_usage _nanobot_model_preset workspace_scope goal_state thread_goal " +
    "runtime_checkpoint pending_user_turn media latency_ms reasoning_content thinking_blocks " +
    "extra_content provider_specific_fields _command _channel_delivery _hidden_history " +
    "_automation_turn _cron_turn _runtime_context _session_message injected_event " +
    "subagent_task_id cli_apps mcp_presets session_mentions image_url",
};

function* namesIn(value: Json): Generator<string> {
  if (value === null || typeof value !== "object") return;
  for (const [key, each] of Object.entries(value)) {
    yield key;
    if (/^(_?type|role)$/.test(key)) yield String(each);
    yield* namesIn(each);
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

function splitRows(bytes: Uint8Array): readonly string[] {
  if (bytes.length === 0) return [];
  const lines = decode(bytes).split("\n");
  assertEquals(lines.pop(), "");
  return lines;
}

function holdRows(make: Maker, check: (row: Json, index: number, line: string) => void): void {
  holdLaw(FILES, (random) => {
    splitRows(make(random)).forEach((line, index) => check(JSON.parse(line), index, line));
  });
}

function checkClawMessage(message: Json): void {
  assertMatch(message.role, /^(system|user|assistant|tool)$/);
  assert(message.blocks.length > 0);
  const keys = ["type", "text", "thinking", "id", "name", "input", "tool_use_id", "output"];
  const byType: Record<string, readonly string[]> = {
    text: ["text"],
    thinking: ["thinking"],
    tool_use: ["id", "input", "name"],
    tool_result: ["output", "tool_use_id"],
  };
  for (const block of message.blocks) {
    const held = keys.filter((key) => key !== "type" && typeof block[key] === "string");
    assertEquals(held.sort(), byType[block.type]);
    if (block.type === "tool_result") assertEquals(typeof block.is_error, "boolean");
  }
}

Deno.test("randomClawFile() writes rows with all that claw demands, keys sorted", () => {
  holdRows(claw("jsonl"), (row, index, line) => {
    assertEquals(line, spellClaw(row));
    assert(!/[\x7f-\x9f]/.test(line));
    if (index === 0) {
      assertEquals([row.type, row.session_id, row.version], ["session_meta", CLAW_ID, 1]);
      assertEquals(row.fork.parent_session_id, PARENT);
      assert(row.updated_at_ms >= row.created_at_ms);
    } else if (row.type === "message") checkClawMessage(row.message);
    else if (row.type === "compaction") assertEquals(typeof row.removed_message_count, "number");
    else assertEquals([row.type, typeof row.text], ["prompt_history", "string"]);
  });
});

Deno.test("randomClawFile() writes one object for a whole-file variant", () => {
  for (const variant of ["legacy", "oldest", "pretty"] as const) {
    holdLaw(FILES, (random) => {
      const text = decode(claw(variant)(random));
      const session = JSON.parse(text);
      assertEquals(text.endsWith("\n"), variant === "pretty");
      assertEquals(session.version, 1);
      session.messages.forEach(checkClawMessage);
      if (variant === "oldest") assertEquals(Object.keys(session), ["messages", "version"]);
      else assertEquals([session.session_id, session.compaction?.type], [CLAW_ID, undefined]);
    });
  }
});

Deno.test("randomEinoFile() writes rows in Go's spelling, with the header of the variant", () => {
  for (const variant of EINO_VARIANTS) {
    holdRows(eino(variant), (row, index, line) => {
      assert(!/[<>&\u2028\u2029]/.test(line));
      if (index === 0 && variant !== "headerless") {
        const kind = variant === "v1" ? undefined : variant;
        assertEquals([row.type, row.id, row.message_kind], ["session", UUID, kind]);
        assertMatch(row.created_at, /^2026-.*Z$/);
        return;
      }
      assertEquals(Object.keys(row)[0], "role");
      assertEquals(row.timestamp, undefined);
      if (variant !== "agentic") {
        assertMatch(row.role, /^(system|user|assistant|tool)$/);
        assertEquals(Object.keys(row)[1], "content");
        if (row.role === "tool") assertEquals(typeof row.tool_call_id, "string");
        return;
      }
      assertMatch(row.role, /^(user|assistant)$/);
      for (const { type, extra: _, ...payload } of row.content_blocks) {
        const key = type === "tool_search_result" ? "tool_search_function_tool_result" : type;
        assertEquals(Object.keys(payload), [key]);
      }
    });
  }
});

Deno.test("randomNanobotFile() writes naive times, and metadata where the variant has it", () => {
  for (const variant of NANOBOT_VARIANTS) {
    const places = new Set<number>();
    holdRows(nanobot(variant), (row, index, line) => {
      if (variant === "ascii") assertMatch(line, /^[ -~]*$/);
      if (row._type === "provider_state") {
        assertEquals([variant, index, typeof row.state.payload], ["state", 1, "object"]);
      } else if (row._type === "metadata") {
        places.add(index);
        assertEquals(row.key, variant === "ascii" ? undefined : KEY);
        assertMatch(row.created_at + row.updated_at, /^(2026-02-\d\dT[\d:]{8}(\.\d{6})?){2}$/);
      } else {
        assertEquals(row._type, undefined);
        assertMatch(row.role, /^(system|user|assistant|tool)$/);
        assertMatch(row.timestamp, /^2026-02-\d\dT[\d:]{8}(\.\d{6})?$/);
        assert(row.content !== undefined);
      }
    });
    assertEquals(places.has(0), variant !== "headless");
    assert(places.size === 1 || variant === "headless");
  }
});

Deno.test("generated files show every kind of row, message and block", () => {
  for (const [name, shown] of Object.entries(SHOWN)) {
    const seen = new Set<string>();
    for (let seed = 0; seed < FILES; seed++) {
      for (const row of splitRows(MAKERS[name]?.(new Random(seed)) ?? new Uint8Array())) {
        for (const each of namesIn(JSON.parse(row))) seen.add(each);
      }
    }
    assertEquals(shown.split(" ").filter((each) => !seen.has(each)), [], name);
  }
});

Deno.test("every call has its result, but for those of a reply that nothing follows", () => {
  holdLaw(FILES, (random) => {
    const rows = splitRows(nanobot("modern")(random)).map((line): Json => JSON.parse(line));
    const isOpen = rows.at(-1)?.role === "assistant";
    const calls = rows.slice(0, isOpen ? -1 : undefined).flatMap((row) => row.tool_calls ?? []);
    const answered = rows.flatMap((row) => row.tool_call_id ?? []);
    assertEquals(calls.map((call: Json) => call.id).sort(), answered.sort());
  });
});

Deno.test("a generated file follows from its seed and keeps to the most rows", () => {
  for (const [name, make] of Object.entries(MAKERS)) {
    for (let seed = 0; seed < 50; seed++) {
      const options = { mostRows: seed % 7, damage: seed % 2 === 0 ? 0 : 0.5 };
      const bytes = make(new Random(seed), options);
      assertEquals(bytes, make(new Random(seed), options), name);
      const isRows = !/legacy|oldest|pretty/.test(name);
      const most = Math.max(options.mostRows, /headless|state/.test(name) ? 1 : 0) + 1;
      if (options.damage === 0 && isRows) assert(splitRows(bytes).length <= most, name);
    }
  }
});

Deno.test("damage breaks rows and leaves the first alone", () => {
  for (const [name, make] of Object.entries(MAKERS)) {
    let broken = 0;
    for (let seed = 0; seed < FILES; seed++) {
      const text = new TextDecoder().decode(make(new Random(seed), { damage: 0.4 }));
      const rows = text.split("\n").filter((line) => line.trim() !== "");
      if (rows.some((row) => !isJson(row))) broken++;
      if (!/legacy|oldest|pretty/.test(name) && rows.length > 1) assert(isJson(rows[0] ?? ""));
    }
    assert(broken > FILES / 8, name);
  }
  assertNotEquals(claw("legacy")(new Random(1)), claw("legacy")(new Random(1), { damage: 1 }));
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Says of each line whether Python would write it so, with only ASCII letters or with all. */
const AGREES = `
import json, sys
lines = sys.stdin.buffer.read().decode("utf-8").split("\\n")[:-1]
print([i for i, line in enumerate(lines)
       if json.dumps(json.loads(line), ensure_ascii=sys.argv[1] == "ascii") != line])
`;

Deno.test({
  name: "randomNanobotFile() spells rows as Python does, NaN included",
  ignore: !exists(PYTHON),
  fn: async () => {
    for (const variant of NANOBOT_VARIANTS) {
      const random = new Random(7);
      const lines: string[] = [];
      while (lines.length < 200) {
        lines.push(...splitRows(randomNanobotFile(random, { key: KEY, variant, nan: 0.1 })));
      }
      assertEquals(await runPython(["-c", AGREES, variant], lines.join("\n") + "\n"), "[]\n");
    }
  },
});

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function runPython(args: readonly string[], input: string): Promise<string> {
  const command = new Deno.Command(PYTHON, { args: [...args], stdin: "piped", stdout: "piped" });
  const child = command.spawn();
  const output = child.output();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  return new TextDecoder().decode((await output).stdout);
}

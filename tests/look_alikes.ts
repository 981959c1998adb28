/**
 * Files that look like sessions of zot, claw-code, eino or nanobot and are none: sessions of other
 * agents, also with their headers lost, and files that agents keep beside their sessions. Each
 * holds a few hand-written rows, so that a rule for files without a header is tempted.
 */

/** A file of `fixtures/look_alikes`. */
export interface LookAlike {
  /** The name of the file. */
  readonly name: string;
  /** What it is. */
  readonly what: string;
}

/** All of them, in the order of their names. */
export const LOOK_ALIKES: readonly LookAlike[] = [
  { name: "antigravity.jsonl", what: "an Antigravity transcript" },
  { name: "claude_code.jsonl", what: "a Claude Code session" },
  { name: "claude_code_state_rows.jsonl", what: "a Claude Code session of state rows alone" },
  { name: "claude_code_subagent.jsonl", what: "a transcript of a Claude Code subagent" },
  { name: "claude_code_without_header.jsonl", what: "a Claude Code session from its first prompt" },
  { name: "claude_history.jsonl", what: "Claude Code's history of prompts" },
  { name: "claude_stream.jsonl", what: "the output of claude -p in stream-json" },
  { name: "claude_workflow_journal.jsonl", what: "the journal of a Claude Code workflow" },
  { name: "claw_analog.json", what: "a session of claw-analog, another tool" },
  { name: "claw_port_session.json", what: "a session of claw-code's Python port" },
  { name: "codex.jsonl", what: "a Codex rollout" },
  { name: "codex_bare.jsonl", what: "a Codex rollout of before September 2025" },
  { name: "codex_bare_without_header.jsonl", what: "an old Codex rollout without its header" },
  { name: "codex_exec_stream.jsonl", what: "the output of codex exec --json" },
  { name: "codex_history.jsonl", what: "Codex's history of prompts" },
  { name: "codex_legacy.json", what: "a session of the TypeScript Codex" },
  { name: "codex_paginated_fork.jsonl", what: "a Codex fork that names its parent's history" },
  { name: "codex_session_index.jsonl", what: "Codex's index of titles" },
  { name: "codex_without_header.jsonl", what: "a Codex rollout without its header" },
  { name: "copilot.jsonl", what: "a Copilot CLI session" },
  { name: "copilot_without_header.jsonl", what: "a Copilot CLI session without its header" },
  { name: "cursor.jsonl", what: "a Cursor agent transcript" },
  { name: "cursor_without_first_row.jsonl", what: "a Cursor agent transcript from a reply on" },
  { name: "droid.jsonl", what: "a Droid session" },
  { name: "droid_stream.jsonl", what: "the output of droid exec in stream-json" },
  { name: "droid_without_header.jsonl", what: "a Droid session without its header" },
  { name: "gemini.jsonl", what: "a Gemini CLI session" },
  { name: "gemini_legacy.json", what: "a Gemini CLI session of before April 2026" },
  { name: "gemini_without_header.jsonl", what: "a Gemini CLI session without its header" },
  { name: "grok.jsonl", what: "a Grok chat history" },
  { name: "grok_prompt_history.jsonl", what: "Grok's history of prompts" },
  { name: "grok_without_header.jsonl", what: "a Grok chat history without its system prompt" },
  { name: "kimi.jsonl", what: "a Kimi wire log" },
  { name: "kimi_context.jsonl", what: "a Kimi context file" },
  { name: "kimi_context_without_header.jsonl", what: "a Kimi context file from its first prompt" },
  { name: "kimi_without_header.jsonl", what: "a Kimi wire log without its header" },
  { name: "log_lines.jsonl", what: "the log of some program" },
  { name: "nanobot_memory_history.jsonl", what: "nanobot's summaries of its sessions" },
  { name: "nanobot_webui.jsonl", what: "what nanobot's web page displays" },
  { name: "npm_package.json", what: "the package.json of an npm package" },
  { name: "openai_fine_tuning.jsonl", what: "conversations to train a model with" },
  { name: "openai_fine_tuning_one_row.jsonl", what: "one conversation to train a model with" },
  { name: "opencode_export.json", what: "a session that opencode exported" },
  { name: "pi_harness_v4.jsonl", what: "a session of pi's harness" },
  { name: "pi_json_stream.jsonl", what: "the output of pi --mode json" },
  { name: "pi_v1.jsonl", what: "a pi session of version 1" },
  { name: "pi_v2.jsonl", what: "a pi session of version 2" },
  { name: "pi_v3.jsonl", what: "a pi session of version 3" },
  { name: "pi_without_header.jsonl", what: "a pi session from its first prompt" },
  { name: "qwen.jsonl", what: "a Qwen Code session" },
];

/** The folder of the files. */
export const LOOK_ALIKE_FOLDER = new URL("./fixtures/look_alikes/", import.meta.url);

/** Gives the bytes of the file of that name. */
export function readLookAlike(name: string): Uint8Array {
  return Deno.readFileSync(new URL(name, LOOK_ALIKE_FOLDER));
}

/** Rows of eino's `schema.AgenticMessage`, as the example store keeps them: without usage. */

import type { Random } from "./random.ts";
import { omitEmpty, randomExtra, randomSource } from "./random_eino_message.ts";
import type { RandomMessage, RandomReply } from "./random_messages.ts";
import { randomWords, sometimes } from "./random_prose.ts";
import { Literal, type SpellableObject } from "./spelling.ts";

/**
 * Gives the rows of a conversation, no more than it has messages: results are messages of the user,
 * and those of one reply may share a row. A question for approval is answered in the next prompt.
 */
export function randomAgenticRows(
  random: Random,
  messages: readonly RandomMessage[],
): readonly SpellableObject[] {
  const rows: SpellableObject[] = [];
  let results: SpellableObject[] = [];
  let isAsked = false;
  const flush = () => {
    if (results.length > 0) rows.push(row(random, "user", results));
    results = [];
  };
  for (const message of messages) {
    if (message.role !== "tool" || random.chance(0.5)) flush();
    if (message.role === "tool") {
      results.push(resultBlock(random, message));
    } else if (message.role === "user") {
      const answer = isAsked ? [approvalResponse(random)] : [];
      rows.push(row(random, "user", [...answer, ...promptBlocks(random, message.text)]));
      isAsked = false;
    } else {
      isAsked = message.calls.length === 0 && random.chance(0.05);
      const question = isAsked ? [approvalRequest()] : [];
      rows.push(row(random, "assistant", [...replyBlocks(random, message), ...question]));
    }
  }
  flush();
  return rows;
}

function row(
  random: Random,
  role: string,
  blocks: readonly SpellableObject[],
): SpellableObject {
  return { role, content_blocks: blocks, extra: randomExtra(random) };
}

function block(type: string, payload: SpellableObject, extra?: SpellableObject): SpellableObject {
  return { type, [type]: payload, extra };
}

function promptBlocks(random: Random, text: string): readonly SpellableObject[] {
  const source = randomSource(random, "base64_data");
  const { url, ...bytes } = source;
  const media = sometimes(random, 0.2, () =>
    random.pick([
      block("user_input_image", { ...source, detail: "auto" }),
      block("user_input_audio", source),
      block("user_input_video", source),
      block("user_input_file", { url, name: "naïve <plan>.pdf", ...bytes }),
    ]));
  const prompt = block("user_input_text", { text: omitEmpty(text) }, randomExtra(random));
  return media === undefined ? [prompt] : [prompt, media];
}

function replyBlocks(random: Random, reply: RandomReply): readonly SpellableObject[] {
  const { text, reasoning, calls } = reply;
  const blocks: SpellableObject[] = [];
  if (reasoning !== undefined) {
    const payload = {
      text: omitEmpty(reasoning),
      signature: sometimes(random, 0.5, () => "sig+/="),
      openai_extension: sometimes(random, 0.1, () => ({ summary: [{ text: "a<b" }] })),
    };
    blocks.push(block("reasoning", payload, statusExtra(random)));
  }
  if (random.chance(0.1)) blocks.push(...serverBlocks(random));
  if (text !== "") {
    blocks.push(block("assistant_gen_text", genText(random, text), statusExtra(random)));
  }
  for (const { id, name, arguments: text } of calls) {
    const payload = { call_id: id, name, arguments: omitEmpty(text) };
    blocks.push(block("function_tool_call", payload, statusExtra(random)));
  }
  const kind = sometimes(random, 0.1, () => random.pick(["image", "audio", "video"]));
  if (kind !== undefined) {
    blocks.push(block(`assistant_gen_${kind}`, randomSource(random, "base64_data")));
  }
  return blocks;
}

function genText(random: Random, text: string): SpellableObject {
  return {
    text,
    openai_extension: sometimes(random, 0.05, () => ({ annotations: [] })),
    claude_extension: sometimes(random, 0.05, () => ({ citations: [{ type: "web" }] })),
    extension: sometimes(random, 0.05, () => ["any", 1, null]),
  };
}

/** What the store adds, on saving, to the blocks that providers want to see completed. */
function statusExtra(random: Random): SpellableObject {
  return {
    "ark-item-id": sometimes(random, 0.3, () => "rs_1"),
    "ark-item-status": "completed",
    "openai-item-id": sometimes(random, 0.3, () => "msg_1"),
    "openai-item-status": "completed",
  };
}

function resultBlock(
  random: Random,
  result: Extract<RandomMessage, { role: "tool" }>,
): SpellableObject {
  const { call: { id, name }, output } = result;
  if (name === "tool_search" && random.chance(0.5)) {
    const payload = { call_id: id, name, result: { tools: [{ name: "kites" }] } };
    return { type: "tool_search_result", tool_search_function_tool_result: payload };
  }
  const media = sometimes(random, 0.1, () => {
    const type = random.pick(["image", "audio", "video", "file"]);
    return { type, [type]: randomSource(random, "base64_data"), extra: randomExtra(random) };
  });
  const text = { type: "text", text: { text: omitEmpty(output) } };
  const content = media === undefined ? [text] : [text, media];
  return block("function_tool_result", {
    call_id: id,
    name,
    content: sometimes(random, 0.95, () => content),
  });
}

/** Tools that the provider ran: a call and its result in one reply. */
function serverBlocks(random: Random): readonly SpellableObject[] {
  const server = { server_label: "kites" };
  const tool = { call_id: "srv_1", name: "count" };
  return random.pick<readonly SpellableObject[]>([
    [
      block("server_tool_call", {
        name: "web_search",
        call_id: "srv_1",
        arguments: { length: new Literal("12345678901234567890"), ratio: new Literal("1.0") },
      }),
      block("server_tool_result", {
        name: "web_search",
        call_id: "srv_1",
        content: [{ title: "a<b>&c", score: 0.5 }],
      }),
    ],
    [
      block("mcp_tool_call", { ...server, ...tool, arguments: '{"path":"a&b"}' }),
      block("mcp_tool_result", { ...server, ...tool, content: randomWords(random) }),
    ],
    [
      block("mcp_tool_call", { ...server, approval_request_id: "apr_1", ...tool }),
      block("mcp_tool_result", { ...server, ...tool, error: { code: -32000, message: "wind" } }),
    ],
    [
      block("mcp_list_tools_result", {
        ...server,
        tools: [{ name: "count", description: "", input_schema: { type: "object" } }],
      }),
    ],
  ]);
}

function approvalRequest(): SpellableObject {
  return block("mcp_tool_approval_request", {
    id: "apr_1",
    name: "count",
    arguments: "{}",
    server_label: "kites",
  });
}

function approvalResponse(random: Random): SpellableObject {
  return block("mcp_tool_approval_response", {
    approval_request_id: "apr_1",
    approve: random.chance(0.5),
    reason: sometimes(random, 0.5, () => randomWords(random)),
  });
}

/** Rows of eino's `schema.Message`, keys in the order in which Go's struct declares them. */

import type { Random } from "./random.ts";
import type { RandomCall, RandomMessage, RandomReply } from "./random_messages.ts";
import { randomBase64, randomWords, sometimes } from "./random_prose.ts";
import { Literal, type SpellableObject } from "./spelling.ts";

/** Libraries up to v0.3, which the assistant's memory was written with, lack the later keys. */
export type EinoEra = "old" | "new";

/** Gives the row of a message. */
export function randomMessageRow(
  random: Random,
  message: RandomMessage,
  era: EinoEra,
): SpellableObject {
  switch (message.role) {
    case "user":
      return userRow(random, message.text, era);
    case "assistant":
      return assistantRow(random, message, era);
    case "tool":
      return {
        role: "tool",
        content: message.output,
        tool_call_id: message.call.id,
        tool_name: era === "old" ? undefined : message.call.name,
        extra: randomExtra(random),
      };
  }
}

/** Gives a map of an integration's own values, keys sorted, in one message of seven. */
export function randomExtra(random: Random): SpellableObject | undefined {
  return sometimes(random, 0.15, () => ({
    "<tag>": sometimes(random, 0.5, () => randomWords(random)),
    "ark-request-id": "req-1",
    count: new Literal(random.pick(["7", "12345678901234567890", "-0"])),
    nested: { list: [null, true, 1e21, 1e-7, 0.25], map: {} },
  }));
}

/** Gives where a picture, sound or film is: a link, or bytes under the key that the struct has. */
export function randomSource(
  random: Random,
  bytesKey: "base64data" | "base64_data",
): SpellableObject {
  return random.chance(0.5)
    ? { url: "https://kites.example/a.png?x=1&y=<2>" }
    : { [bytesKey]: randomBase64(random), mime_type: "image/png" };
}

/** What Go leaves out when it is empty. */
export function omitEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function userRow(random: Random, text: string, era: EinoEra): SpellableObject {
  const name = sometimes(random, 0.05, () => "ada");
  const extra = randomExtra(random);
  if (random.chance(0.75)) return { role: "user", content: text, name, extra };
  const [key, parts] = era === "old" || random.chance(0.3)
    ? ["multi_content", oldParts(random, text)]
    : ["user_input_multi_content", inputParts(random, text)];
  const content = random.chance(0.5) ? text : "";
  return { role: "user", content, [key]: parts, name, extra };
}

function assistantRow(random: Random, reply: RandomReply, era: EinoEra): SpellableObject {
  const { text, reasoning, calls } = reply;
  const parts = sometimes(random, era === "new" ? 0.1 : 0, () => outputParts(random, reply));
  return {
    role: "assistant",
    content: parts === undefined ? text : "",
    assistant_output_multi_content: parts,
    name: sometimes(random, 0.05, () => "helper"),
    tool_calls: calls.length === 0
      ? undefined
      : calls.map((call, index) => toolCall(random, call, index)),
    response_meta: sometimes(random, 0.7, () => responseMeta(random, reply, era)),
    reasoning_content: era === "old" ? undefined : omitEmpty(reasoning),
    extra: randomExtra(random),
  };
}

function toolCall(random: Random, call: RandomCall, index: number): SpellableObject {
  return {
    index: sometimes(random, 0.7, () => index),
    id: call.id,
    type: random.pick(["function", "function", ""]),
    function: { name: call.name, arguments: omitEmpty(call.arguments) },
    extra: randomExtra(random),
  };
}

function responseMeta(random: Random, reply: RandomReply, era: EinoEra): SpellableObject {
  const [prompt, completion] = [random.integer(1, 90_000), random.integer(0, 4_000)];
  const tokens = { prompt_tokens: prompt, completion_tokens: completion };
  const total = { total_tokens: prompt + completion };
  const reasoned = sometimes(random, 0.3, () => completion);
  return {
    finish_reason: sometimes(random, 0.9, () => reply.calls.length > 0 ? "tool_calls" : "stop"),
    usage: sometimes(random, 0.9, (): SpellableObject =>
      era === "old" ? { ...tokens, ...total } : {
        prompt_tokens: prompt,
        prompt_token_details: { cached_tokens: random.integer(0, prompt) },
        completion_tokens: completion,
        ...total,
        completion_token_details: { reasoning_tokens: reasoned },
      }),
    logprobs: sometimes(random, 0.05, () => ({
      content: [{ token: "風", logprob: -0.25, bytes: [233, 162, 168], top_logprobs: null }],
    })),
  };
}

/** The parts of before v0.6, which later libraries still read and write. */
function oldParts(random: Random, text: string): readonly SpellableObject[] {
  const url = random.pick(["https://kites.example/a?b&c", "data:image/png;base64,iVBORw0="]);
  return [
    { type: "text", text: omitEmpty(text) },
    random.pick<SpellableObject>([
      { type: "image_url", image_url: { url, detail: "high", mime_type: "image/png" } },
      { type: "image_url", image_url: { uri: "gs://kites/a.png", extra: { size: 7 } } },
      { type: "audio_url", audio_url: { url, mime_type: "audio/wav" } },
      { type: "video_url", video_url: { url } },
      { type: "file_url", file_url: { url, mime_type: "text/plain", name: "naïve.txt" } },
    ]),
  ];
}

function inputParts(random: Random, text: string): readonly SpellableObject[] {
  const source = randomSource(random, "base64data");
  return [
    { type: "text", text: omitEmpty(text), extra: randomExtra(random) },
    random.pick<SpellableObject>([
      { type: "image_url", image: { ...source, extra: { size: 7 }, detail: "low" } },
      { type: "audio_url", audio: source },
      { type: "video_url", video: source },
      { type: "file_url", file: { ...source, name: "kite plan.txt" } },
      { type: "tool_search_result", tool_search_result: { tools: [{ name: "kites" }] } },
    ]),
  ];
}

function outputParts(random: Random, reply: RandomReply): readonly SpellableObject[] {
  const { text, reasoning } = reply;
  const source = randomSource(random, "base64data");
  const thought = { text: omitEmpty(reasoning), signature: sometimes(random, 0.5, () => "sig+/=") };
  return [
    ...(reasoning === undefined ? [] : [{ type: "reasoning", reasoning: thought }]),
    { type: "text", text: omitEmpty(text) },
    random.pick<SpellableObject>([
      { type: "image_url", image: source },
      { type: "audio_url", audio: source },
      { type: "video_url", video: source },
    ]),
  ];
}

/**
 * Invented conversations that hang together, before any agent's spelling: a prompt, replies with
 * reasoning and tool calls, a result for every call, a last reply.
 */

import type { Random } from "./random.ts";
import { randomArguments, randomProse, randomWords, sometimes } from "./random_prose.ts";

/** A tool call; its arguments are the text that the model sent. */
export interface RandomCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** A message: a prompt, a reply, or the result of one call. */
export type RandomMessage =
  | { readonly role: "user"; readonly text: string }
  | RandomReply
  | {
    readonly role: "tool";
    readonly call: RandomCall;
    readonly output: string;
    readonly isError: boolean;
  };

/** A reply; one without calls has text. */
export interface RandomReply {
  readonly role: "assistant";
  readonly text: string;
  readonly reasoning: string | undefined;
  readonly calls: readonly RandomCall[];
}

/** How long a conversation may get. */
export interface RandomMessagesOptions {
  /** The most messages. */
  readonly most: number;
  /** About the most letters of a text. */
  readonly longest: number;
}

/**
 * Gives a conversation. It may end with any message: a prompt without an answer, and now and then
 * calls without a result; every call before has its result, though not always in the calls' order.
 */
export function randomMessages(
  random: Random,
  options: RandomMessagesOptions,
): readonly RandomMessage[] {
  const count = random.integer(0, options.most);
  const messages: RandomMessage[] = [];
  let calls = 0;
  const call = (): RandomCall => ({
    id: `${random.pick(["call_", "toolu_01", "c"])}${calls++}`,
    name: random.pick(["read", "exec", "mcp__kites__count", "tool_search"]),
    arguments: randomArguments(random),
  });
  while (messages.length < count) {
    messages.push({ role: "user", text: randomProse(random, options.longest) });
    for (let steps = random.integer(0, 3); steps > 0; steps--) {
      const reply = randomReply(random, options.longest, random.list(random.integer(1, 3), call));
      if (messages.length + 1 + reply.calls.length > count) break;
      messages.push(reply, ...randomResults(random, options.longest, reply));
    }
    if (messages.length < count) messages.push(randomReply(random, options.longest, []));
  }
  const isLeftOpen = messages.at(-1)?.role === "assistant" && random.chance(0.15);
  return isLeftOpen
    ? [...messages.slice(0, -1), randomReply(random, options.longest, [call(), call()])]
    : messages;
}

function randomReply(
  random: Random,
  longest: number,
  calls: readonly RandomCall[],
): RandomReply {
  const text = calls.length > 0 && random.chance(0.5) ? "" : randomProse(random, longest);
  return {
    role: "assistant",
    text: text === "" && calls.length === 0 ? randomWords(random) : text,
    reasoning: sometimes(random, 0.3, () => randomProse(random, longest)),
    calls,
  };
}

function randomResults(
  random: Random,
  longest: number,
  reply: RandomReply,
): readonly RandomMessage[] {
  const results = reply.calls.map((call): RandomMessage => ({
    role: "tool",
    call,
    output: randomProse(random, longest),
    isError: random.chance(0.2),
  }));
  return random.chance(0.2) ? results.toReversed() : results;
}

/** The flags that choose messages of a session, the same wherever a command prints some. */

import type { Flag, Flags, ValueKind } from "./flags.ts";
import { findRole, type MessageList } from "./messages.ts";
import type { TailWish } from "./reader.ts";
import type { Message, Role } from "./transcript.ts";

const ROLES: readonly Role[] = ["user", "assistant", "tool", "system"];

/** The flags that `readSelection` reads; `withoutTools` is for the last. */
export const SELECTION_FLAGS: readonly Flag[] = [
  { name: "tail", alias: "last", value: "N", about: "only the last N messages" },
  { name: "head", value: "N", about: "only the first N messages" },
  { name: "range", value: "A..B", about: "only messages A to B; either may be left out" },
  { name: "role", value: "ROLE", choices: ROLES, about: "only messages of this role" },
  { name: "no-tools", about: "leave out the calls of tools and their results" },
];

const RANGE: ValueKind<readonly [number, number]> = {
  what: "A..B with A from 1 on",
  example: "1..5",
  parse: parseRange,
};

/** Gives the numbers of the messages to print. */
export type Select = (messages: MessageList) => readonly number[];

/** What the end of the file alone may give; whoever follows it needs what came before. */
export function findTailWish(flags: Flags): TailWish | undefined {
  const count = flags.count("tail");
  if (count === undefined || flags.has("follow")) return undefined;
  const role = flags.text("role");
  return { count, role: findRole(role) };
}

/**
 * Reads which messages are wanted.
 * @throws UsageError when the flags exclude each other, or one cannot be read
 */
export function readSelection(flags: Flags): Select {
  flags.refuseTogether("tail", "head", "range");
  const role = flags.text("role");
  const tail = flags.count("tail");
  const head = flags.count("head");
  const [from, to] = flags.parsed("range", RANGE) ?? [1, Infinity];
  return (messages) => {
    const isTail = tail !== undefined;
    const most = tail ?? head ?? Infinity;
    const [first, last] = [from, Math.min(to, messages.length)];
    const chosen: number[] = [];
    // From whichever end is asked for, so that five of many cost five.
    for (let i = 0; i <= last - first && chosen.length < most; i++) {
      const number = isTail ? last - i : first + i;
      if (role === undefined || messages.place(number).role === role) chosen.push(number);
    }
    return isTail ? chosen.reverse() : chosen;
  };
}

function parseRange(text: string): readonly [number, number] | undefined {
  const match = /^(\d*)\.\.(\d*)$/.exec(text) ?? /^(\d+)$/.exec(text);
  if (match === null) return undefined;
  const [, a = "", b = a] = match;
  const from = a === "" ? 1 : Number(a);
  const to = b === "" ? Infinity : Number(b);
  return from >= 1 && from <= to ? [from, to] : undefined;
}

/** The message without calls and results; undefined when nothing else is in it. */
export function withoutTools(message: Message): Message | undefined {
  const blocks = message.blocks.filter(({ type }) => type !== "call" && type !== "result");
  return blocks.length === 0 ? undefined : { ...message, blocks };
}

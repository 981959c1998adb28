/** Messages and sessions without what should not be shared, in each of their texts. */

import type { Redactor } from "./redactor.ts";
import { changeSession } from "./session_change.ts";
import {
  type Attached,
  type Block,
  type Message,
  type Session,
  TITLE_LENGTH,
} from "./transcript.ts";

/** The texts of a session that documents say. */
export type SessionText = "id" | "handle" | "title" | "model" | "provider" | "cwd" | "parent";

/** Gives a message in which every text is redacted; without a redactor, as it is. */
export function redactMessage(message: Message, redactor: Redactor | undefined): Message {
  if (redactor === undefined) return message;
  const { time } = message;
  return {
    ...message,
    time: time === undefined ? time : redactor.redact(time),
    blocks: redactBlocks(message.blocks, redactor),
  };
}

/** Gives a session of which these texts are redacted; without a redactor, as it is. */
export function redactSession(
  session: Session,
  redactor: Redactor | undefined,
  shown: readonly SessionText[],
): Session {
  if (redactor === undefined) return session;
  const redacted = shown.map((key) => {
    const text = session[key];
    return [key, text === undefined ? text : redactor.redact(dropCutWord(text))] as const;
  });
  return changeSession(session, Object.fromEntries(redacted));
}

/** A title that was cut may end within a secret, of which nobody could tell what it was. */
function dropCutWord(text: string): string {
  return text.length < TITLE_LENGTH ? text : `${text.replace(/\S*$/, "")}…`;
}

function redactBlocks(blocks: readonly Block[], redactor: Redactor): readonly Block[] {
  const texts = redactor.redactTexts(
    blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])),
  );
  let next = 0;
  return blocks.map((block) =>
    block.type === "text" ? { ...block, text: texts[next++] ?? "" } : redactBlock(block, redactor)
  );
}

function redactBlock(block: Block, redactor: Redactor): Block {
  switch (block.type) {
    case "text":
    case "reasoning":
      return { ...block, text: redactor.redact(block.text) };
    case "call":
      return {
        ...block,
        callId: redactor.redact(block.callId),
        name: redactor.redact(block.name),
        input: redactor.redactValue(block.input),
      };
    case "result":
      return {
        ...block,
        callId: redactor.redact(block.callId),
        ...(block.name === undefined ? {} : { name: redactor.redact(block.name) }),
        blocks: redactBlocks(block.blocks, redactor),
      };
    case "file":
      return { ...block, ...redactAttached(block, redactor), name: redactor.redact(block.name) };
    case "image":
      return { ...block, ...redactAttached(block, redactor) };
  }
}

function redactAttached({ mimeType, url }: Attached, redactor: Redactor) {
  return {
    mimeType: redactor.redact(mimeType),
    ...(url === undefined ? {} : { url: redactor.redact(url) }),
  };
}

/** Messages and sessions without what should not be shared, in each of their texts. */

import type { Redactor } from "./redactor.ts";
import type { Attached, Block, Message, Session } from "./transcript.ts";

/** Gives a message in which every text is redacted. */
export function redactMessage(message: Message, redactor: Redactor): Message {
  const { time } = message;
  return {
    ...message,
    time: time === undefined ? time : redactor.redact(time),
    blocks: redactBlocks(message.blocks, redactor),
  };
}

/** Gives a session of which what a Markdown page says is redacted. */
export function redactSession(session: Session, redactor: Redactor): Session {
  const { id, title, model } = session;
  return {
    ...session,
    id: redactor.redact(id),
    title: title === undefined ? title : redactor.redact(title),
    model: model === undefined ? model : redactor.redact(model),
  };
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

/** Attachments as agents have them: bytes in base64, a URL that holds them, or one that leads to them. */

import { splitShortened } from "./shorten.ts";
import type { Attached, Block } from "./transcript.ts";

/** What an agent says of an attachment; "" where it says nothing. */
export interface RawAttachment {
  readonly url: string;
  readonly mimeType: string;
  readonly base64: string;
}

/** An attachment, the bytes of a `data:` URL taken out of it. */
export function toAttached({ url, mimeType, base64 }: RawAttachment): Attached {
  const inline = /^data:([^;,]*)(?:;[^,]*)?;base64,(.*)$/s.exec(url);
  const type = mimeType || (inline?.[1] ?? "");
  const data = base64 || inline?.[2];
  if (data) return { mimeType: type, data };
  return url === "" ? { mimeType: type } : { mimeType: type, url };
}

/** A picture as a block, or a file of another kind: `audio`, `video`, `file`. */
export function toFileBlock(
  kind: string,
  { name = "", ...attached }: Attached & { readonly name?: string },
): Block {
  if (kind !== "image") {
    return { type: "file", ...attached, name, mimeType: attached.mimeType || kind };
  }
  const { kept, droppedBytes } = splitShortened(attached.data ?? "");
  const padding = kept.endsWith("==") ? 2 : kept.endsWith("=") ? 1 : 0;
  const length = kept.length + droppedBytes - (droppedBytes === 0 ? padding : 0);
  return { type: "image", ...attached, sizeBytes: Math.floor(length * 3 / 4) };
}

/**
 * Pictures of a transcript in a page: those that it holds itself, of the kinds that are nothing but
 * pictures; of any other a note. One that is to be shared comes without what else its file says.
 */

import { type Html, markup } from "./html.ts";
import { renderNote } from "./html_parts.ts";
import { readPicture, stripPicture } from "./picture.ts";
import { describeImage } from "./render_message.ts";
import type { Block } from "./transcript.ts";

/** Renders a picture, with its kind and size for whoever does not see it. */
export function renderImage(
  block: Block & { readonly type: "image" },
  isShared: boolean,
): Html {
  const note = describeImage(block);
  const whole = readPicture(block.data ?? "");
  const picture = whole && isShared ? stripPicture(whole) : whole;
  if (picture === undefined) return renderNote(note);
  const source = `data:${picture.mimeType};base64,${picture.bytes.toBase64()}`;
  return markup`<p><img src="${source}" alt="${note}" loading="lazy"></p>\n`;
}

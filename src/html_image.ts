/**
 * Pictures of a transcript in a page: those that it holds itself, of the kinds that are nothing but
 * pictures; of any other a note.
 */

import { type Html, markup } from "./html.ts";
import { renderNote } from "./html_parts.ts";
import { describeImage } from "./render_message.ts";
import type { Block } from "./transcript.ts";

/** Kinds of pictures that can hold no program. */
const PICTURE = /^image\/(?:png|jpe?g|gif|webp|avif|bmp)$/i;

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Renders a picture, with its kind and size for whoever does not see it. */
export function renderImage(block: Block & { readonly type: "image" }): Html {
  const { mimeType, data } = block;
  const note = describeImage(block);
  if (data === undefined || !PICTURE.test(mimeType) || !BASE64.test(data)) {
    return renderNote(note);
  }
  return markup`<p><img src="data:${mimeType};base64,${data}" alt="${note}" loading="lazy"></p>\n`;
}

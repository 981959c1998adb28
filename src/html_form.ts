/** HTML as a form of documents; with its libraries it is loaded only where it is wanted. */

import type { DocumentWriter } from "./document_form.ts";
import { writeIndex } from "./html_index.ts";
import { writeHtml } from "./html_page.ts";

/** Writes pages, and one that leads to them. */
export const HTML_WRITER: DocumentWriter = {
  write: writeHtml,
  index: { file: "index.html", write: writeIndex },
};

/**
 * Rows of any agent without what should not be shared: every text and number in them is redacted where
 * it stands, as in a document, and all other bytes stay as they are.
 */

import { RefusedError } from "./errors.ts";
import type { Redactor } from "./redactor.ts";

/**
 * Gives a row without what should not be shared.
 * @throws RefusedError for bytes that cannot be searched
 */
export function redactRow(bytes: Uint8Array, redactor: Redactor): Uint8Array {
  const text = decode(bytes);
  const redacted = isJson(text) ? redactor.redactJson(text) : redactor.redact(text);
  return redacted === text ? bytes : new TextEncoder().encode(redacted);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new RefusedError("Cannot redact a row that is no UTF-8: what is in it cannot be told", {
      hint: "--format json says the messages alone, which can be redacted",
      cause: error,
    });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

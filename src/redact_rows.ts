/**
 * Rows of any agent without what should not be shared: every text in them is redacted where it stands,
 * and all other bytes stay as they are.
 */

import { RefusedError } from "./errors.ts";
import type { Redactor } from "./redactor.ts";

/** A text of JSON as it is spelled, and the colon that tells that it is a key. */
const STRING = /"(?:[^"\\]|\\.)*"(\s*:)?/gs;

/**
 * Gives a row without what should not be shared.
 * @throws RefusedError for bytes that cannot be searched
 */
export function redactRow(bytes: Uint8Array, redactor: Redactor): Uint8Array {
  const text = decode(bytes);
  const redacted = isJson(text) ? redactJson(text, redactor) : redactor.redact(text);
  return redacted === text ? bytes : new TextEncoder().encode(redacted);
}

const MESSAGES_ALONE = "--format json says the messages alone, which can be redacted";

function redactJson(text: string, redactor: Redactor): string {
  let key = "";
  const redacted = text.replace(STRING, (spelled, colon: string | undefined) => {
    const string = colon === undefined ? spelled : spelled.slice(0, -colon.length);
    const value: string = JSON.parse(string);
    if (colon === undefined && key !== "") {
      return respell(string, value, redactor.redactKeyed(key, value));
    }
    const safe = redactor.redact(value);
    if (colon === undefined) return respell(string, value, safe);
    key = value;
    return respell(string, value, safe) + colon;
  });
  if (!isJson(redacted)) {
    throw new RefusedError("Cannot redact a row: it would be no JSON any more", {
      hint: MESSAGES_ALONE,
    });
  }
  return redacted;
}

/** A text that did not change stays as it was spelled. */
function respell(spelled: string, before: string, after: string): string {
  return before === after ? spelled : JSON.stringify(after);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new RefusedError("Cannot redact a row that is no UTF-8: what is in it cannot be told", {
      hint: MESSAGES_ALONE,
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

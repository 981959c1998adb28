/** Rows without what should not be shared: as documents are, and with all other bytes as they were. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { RefusedError } from "../src/errors.ts";
import { redactRow } from "../src/redact_rows.ts";
import { Redactor } from "../src/redactor.ts";

function redact(row: string, redactor = new Redactor({ homes: ["/home/ada"] })): string {
  return new TextDecoder().decode(redactRow(new TextEncoder().encode(row), redactor));
}

const ROWS: Readonly<Record<string, readonly [row: string, redacted: string]>> = {
  "a text by its key": [
    '{"type" :"x", "n":1.0,\t"DB_PASSWORD":"c0rrect-Horse", "u":"\\u0041"}',
    '{"type" :"x", "n":1.0,\t"DB_PASSWORD":"REDACTED-password-1", "u":"\\u0041"}',
  ],
  "a value by the name beside it": [
    '[{"name":"Authorization","value":"Basic dXNlcjpodW50ZXIyaHVudGVyMg=="}]',
    '[{"name":"Authorization","value":"Basic REDACTED-basic-authorization-1"}]',
  ],
  "an item by the key of its list": [
    '{"passwords":[["c0rrect-Horse"],{"a":1},"Kx9mQz7w$Rt5vB2n"]}',
    '{"passwords":[["REDACTED-password-1"],{"a":1},"REDACTED-password-2"]}',
  ],
  "names of users in keys": [
    '{"/home/ada/a":1,"/home/bob/a":{"ada":2}}',
    '{"/home/user/a":1,"/home/user/a-2":{"user":2}}',
  ],
  "what is no JSON": ["{ /home/ada: c0rrect", "{ /home/user: c0rrect"],
};

for (const [what, [row, redacted]] of Object.entries(ROWS)) {
  Deno.test(`a row is redacted as a document is: ${what}`, () => {
    assertEquals(redact(row), redacted);
    if (what === "what is no JSON") return;
    const redactor = new Redactor({ homes: ["/home/ada"] });
    assertEquals(redactor.redactValue(JSON.parse(row)), JSON.parse(redacted));
  });
}

Deno.test("a number of a row goes where a pattern says so", () => {
  const redactor = new Redactor({ homes: [], patterns: [/^4\d{15}$/u] });
  assertEquals(
    redact('{"card":4111111111111111,"n":[4,14111111111111111]}', redactor),
    '{"card":"REDACTED-pattern-1","n":[4,14111111111111111]}',
  );
});

Deno.test("a pattern sees a text from its start to its end, under whatever key", () => {
  const redactor = new Redactor({ homes: [], patterns: [/^kite$/u] });
  assertEquals(
    redact('{"token":"kite","b":"a kite","kite":1}', redactor),
    '{"token":"REDACTED-pattern-1","b":"a kite","REDACTED-pattern-1":1}',
  );
});

Deno.test("a row of any length is searched to its end", () => {
  const row = JSON.stringify({ text: 'kite "and" lantern\n'.repeat(1_500_000), home: "/home/ada" });
  assert(redact(row).endsWith('"home":"/home/user"}'));
});

Deno.test("a row that is no UTF-8 is refused", () => {
  const redactor = new Redactor({ homes: [] });
  assertThrows(() => redactRow(Uint8Array.of(0x22, 0xff, 0x22), redactor), RefusedError);
});

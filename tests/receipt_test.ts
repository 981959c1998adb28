/** Receipts as text, their order, and what is refused as one. */

import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { CannotError } from "../src/errors.ts";
import {
  byLatest,
  formatReceipt,
  nextReceiptId,
  parseReceipt,
  type Receipt,
  toReceiptJson,
} from "../src/receipt.ts";
import { FAKE_NOW_MS } from "./fake_host.ts";

const RECEIPT: Receipt = {
  id: "20261120-120000",
  command: "prune",
  timeMs: FAKE_NOW_MS,
  state: "done",
  undoes: undefined,
  moves: [{
    from: "kite/a b.jsonl",
    to: ".skein/trash/20261120-120000/0-a b.jsonl",
    bytes: 184,
    mtimeMs: 1_763_546_400_123,
    mode: 0o640,
    sha256: "e3b0",
    session: "5d0c1f6e",
    isPart: false,
    reason: 'pruned, "for good"\n',
  }],
  creations: [{ path: "kite/風.jsonl", session: "7a2f5c18", origin: "", bytes: 9, sha256: "c0de" }],
};

/** The text of a receipt, with some values changed. */
function textWith(changes: object): string {
  return JSON.stringify({ ...toReceiptJson(RECEIPT), ...changes });
}

function moveWith(changes: object): object {
  const [move] = RECEIPT.moves;
  return { moves: [{ ...move, mtime_ms: 1, ...changes }] };
}

Deno.test("parseReceipt() gives back what formatReceipt() wrote", () => {
  for (const state of ["intent", "done", "rolled_back", "purged"] as const) {
    for (const undoes of [undefined, "20261119-080000-2"]) {
      const receipt = { ...RECEIPT, state, undoes };
      assertEquals(parseReceipt(formatReceipt(receipt)), receipt);
    }
  }
});

Deno.test("formatReceipt() writes lines that a person can read, and ends the last", () => {
  const lines = formatReceipt(RECEIPT).split("\n");
  assertEquals(lines[0], "{");
  assertEquals(lines.at(-2), "}");
  assertEquals(lines.at(-1), "");
  assertStringIncludes(lines.join("\n"), '  "time": "2026-11-20T12:00:00.000Z"');
});

for (
  const [what, text] of Object.entries({
    "nothing": "",
    "half of a receipt": formatReceipt(RECEIPT).slice(0, 200),
    "no object": "[]",
    "another schema": textWith({ schema: "skein.receipt/2" }),
    "a state that is not known": textWith({ state: "half_done" }),
    "no moves": textWith({ moves: undefined }),
    "moves that are no list": textWith({ moves: {} }),
    "no creations": textWith({ creations: null }),
    "a size that is no number": textWith(moveWith({ bytes: "184" })),
    "a path that is no string": textWith(moveWith({ from: 7 })),
    "an empty path": textWith(moveWith({ to: "" })),
    "a path above the root": textWith(moveWith({ to: "../a" })),
    "a path that goes up on its way": textWith(moveWith({ from: "a/../../b" })),
    "a path that goes up with a backslash": textWith(moveWith({ from: "a\\..\\b" })),
    "an absolute path": textWith(moveWith({ to: "/etc/passwd" })),
    "a path with a dot": textWith(moveWith({ from: "./a" })),
    "a path that ends with a slash": textWith(moveWith({ from: "a/" })),
    "a creation above the root": textWith({
      creations: [{ path: "../a", session: "s", bytes: 1, sha256: "" }],
    }),
    "an id that is a path": textWith({ id: "../20261120-120000" }),
    "an id that is no time": textWith({ id: "latest" }),
    "a receipt that it undoes by a path": textWith({ undoes: 5 }),
    "a move that is no object": textWith({ moves: ["a"] }),
    "a time that is none": textWith({ time: "yesterday" }),
  })
) {
  Deno.test(`parseReceipt() refuses ${what}`, () => {
    assertThrows(() => parseReceipt(text), CannotError, "Cannot read");
  });
}

Deno.test("parseReceipt() ignores keys that a later skein may add", () => {
  assertEquals(parseReceipt(textWith({ note: "new", host: { name: "x" } })), RECEIPT);
});

Deno.test("nextReceiptId() names a receipt after its second", () => {
  assertEquals(nextReceiptId(FAKE_NOW_MS + 999, undefined), "20261120-120000");
  assertEquals(nextReceiptId(FAKE_NOW_MS + 1000, "20261120-120000"), "20261120-120001");
});

Deno.test("nextReceiptId() counts on within a second, and when the clock was set back", () => {
  assertEquals(nextReceiptId(FAKE_NOW_MS, "20261120-120000"), "20261120-120000-2");
  assertEquals(nextReceiptId(FAKE_NOW_MS, "20261120-120000-9"), "20261120-120000-10");
  assertEquals(nextReceiptId(FAKE_NOW_MS - 86_400_000, "20261120-120000"), "20261120-120000-2");
});

Deno.test("byLatest() orders receipts as they were made, ten of one second too", () => {
  const ids: string[] = [];
  for (let made = 0; made < 12; made++) ids.unshift(nextReceiptId(FAKE_NOW_MS, ids[0]));
  ids.unshift(nextReceiptId(FAKE_NOW_MS + 5000, ids[0]));
  const receipts = ids.map((id) => ({ ...RECEIPT, id }));
  assertEquals(receipts.toSorted(byLatest), receipts);
  assertEquals(receipts.toReversed().sort(byLatest), receipts);
});

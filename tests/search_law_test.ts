/**
 * The law of the search: it finds what looking at every line of every message finds, whatever way
 * rows are spelled, and however little of them it parses.
 */

import { assertEquals } from "@std/assert";
import { holdCases, KINDS } from "./laws.ts";
import { findAll, makeQuery, makeStore, readAll, readHits, search } from "./search_law.ts";

/** Stores of each kind, and patterns that are searched for in each. */
const CASES = 12;
const QUERIES = 12;

for (const kind of [undefined, ...KINDS]) {
  Deno.test(`${kind?.name ?? "all kinds"}: search finds what a full parse finds`, () =>
    holdCases(CASES, async (random) => {
      const root = makeStore(random, kind);
      try {
        const messages = await readAll(root);
        for (let i = 0; i < QUERIES; i++) {
          const query = makeQuery(random, messages);
          const ran = await search(root, query);
          assertEquals(
            { ...query, code: ran.code === 0 || ran.code === 3, hits: readHits(ran) },
            { ...query, code: true, hits: findAll(messages, query) },
            ran.talk,
          );
        }
      } finally {
        Deno.removeSync(root, { recursive: true });
      }
    }));
}

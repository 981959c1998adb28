/**
 * Real transcripts of all four agents, where they are at hand: search finds in them what looking at
 * every line finds. They are real people's, so that a failure tells a number and no text.
 */

import { assert } from "@std/assert";
import { AGENTS, corpusRoot, ignore } from "./corpus_agents.ts";
import { Random } from "./random.ts";
import { findAll, makeQuery, readAll, readHits, search } from "./search_law.ts";

/** Patterns for each agent. */
const QUERIES = 12;

for (const agent of AGENTS) {
  Deno.test({
    name: `${agent}: search finds in real files what a full parse finds`,
    ignore,
    fn: async () => {
      const messages = await readAll(corpusRoot(agent));
      const random = new Random(20_261_120);
      let hits = 0;
      for (let i = 0; i < QUERIES; i++) {
        const query = makeQuery(random, messages);
        const wanted = findAll(messages, query);
        const found = readHits(await search(corpusRoot(agent), query));
        hits += wanted.length;
        assert(JSON.stringify(found) === JSON.stringify(wanted), `query ${i} of ${agent}`);
      }
      assert(hits > QUERIES, `${hits} hits`);
    },
  });
}

/** Sorting by keys that are asked for once. */

import { assertEquals } from "@std/assert";
import { byLastActivity, sortByLastActivity } from "../src/session_order.ts";
import { sortBy } from "../src/sort_by.ts";
import { holdLaw } from "./random.ts";
import { makeSession } from "./session_value.ts";

Deno.test("sortBy() keeps items of one key in order, and leaves the list as it was", () => {
  const items = ["b2", "a1", "c2", "d1"];
  assertEquals(sortBy(items, (item) => Number(item[1])), ["a1", "d1", "b2", "c2"]);
  assertEquals(items, ["b2", "a1", "c2", "d1"]);
});

Deno.test("sortBy() has items of one key settled", () => {
  const sorted = sortBy(
    ["b2", "a1", "c2", "d1"],
    (item) => Number(item[1]),
    (a, b) => (a < b ? 1 : -1),
  );
  assertEquals(sorted, ["d1", "a1", "c2", "b2"]);
});

Deno.test("sortBy() asks for each key once", () => {
  const asked: number[] = [];
  sortBy([3, 1, 2, 5, 4], (item) => {
    asked.push(item);
    return item;
  });
  assertEquals(asked, [3, 1, 2, 5, 4]);
});

Deno.test("sortByLastActivity() sorts as byLastActivity() does", () => {
  holdLaw(200, (random) => {
    const sessions = random.list(random.integer(0, 30), () =>
      makeSession({
        updatedMs: random.integer(0, 5),
        path: `/${random.integer(0, 1_000_000)}`,
      }));
    assertEquals(sortByLastActivity(sessions), sessions.toSorted(byLastActivity));
  });
});

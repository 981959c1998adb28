/** The order of trees and of the nodes in them. */

import { assertEquals } from "@std/assert";
import type { Session } from "../src/transcript.ts";
import { listTrees, railsTo } from "../src/trees.ts";
import { makeSession } from "./session_value.ts";

function session(id: string, changes: Partial<Session> = {}): Session {
  return makeSession({ id, path: `/s/${id}`, parent: undefined, updatedMs: 0, ...changes });
}

/** The ids of each tree, in order. */
function drawTrees(sessions: readonly Session[]): readonly string[] {
  return Array.from(
    listTrees(sessions),
    (nodes) => nodes.map(({ node }) => node.item.id).join(" "),
  );
}

Deno.test("listTrees() puts the tree first in which something happened last, however deep", () => {
  const sessions = [
    session("a", { updatedMs: 5 }),
    session("b", { updatedMs: 1 }),
    session("c", { parent: "b", updatedMs: 2 }),
    session("d", { parent: "c", updatedMs: 9 }),
    session("e", { updatedMs: 7 }),
  ];
  assertEquals(drawTrees(sessions), ["b c d", "e", "a"]);
});

Deno.test("listTrees() orders siblings by their start, and else as they are given", () => {
  const sessions = [
    session("a", { updatedMs: 1 }),
    session("late", { parent: "a", startedMs: 3 }),
    session("two", { parent: "a", startedMs: 2 }),
    session("one", { parent: "a", startedMs: 2 }),
    session("first", { parent: "a", startedMs: 1 }),
  ];
  assertEquals(drawTrees(sessions), ["a first two one late"]);
});

Deno.test("listTrees() lists a chain of 50,000 branches, and a root with as many", () => {
  const count = 50_000;
  for (const parentOf of [(index: number) => index - 1, () => 0]) {
    const sessions = Array.from({ length: count }, (_, index) =>
      session(String(index), {
        startedMs: index,
        updatedMs: index,
        parent: index === 0 ? undefined : String(parentOf(index)),
      }));
    const [tree, ...others] = listTrees([...sessions, session("x", { updatedMs: count })]).toArray()
      .toReversed();
    assertEquals(others.length, 1);
    assertEquals(tree?.map(({ node }) => node.item.id), sessions.map(({ id }) => id));
  }
});

Deno.test("railsTo() says for each level above whether a sibling follows", () => {
  const sessions = [
    session("a"),
    session("b", { parent: "a", startedMs: 1 }),
    session("c", { parent: "b", startedMs: 1 }),
    session("d", { parent: "a", startedMs: 2 }),
  ];
  const [nodes = []] = listTrees(sessions);
  assertEquals(nodes.map(railsTo), [[], [true], [true, false], [false]]);
});

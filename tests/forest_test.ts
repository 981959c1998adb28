/** The forest: trees as their links tell, and every session in them whatever the links tell. */

import { dirname } from "@std/path";
import { assert, assertEquals } from "@std/assert";
import { buildForest, type ForestItem, type ForestMark, type ForestNode } from "../src/forest.ts";
import { holdLaw, type Random } from "./random.ts";

/** A tree as text: `a(b c(d))`, with marks as `a!orphan`. */
function draw(nodes: readonly ForestNode<ForestItem>[]): string {
  return nodes.map(({ item, marks, children }) => {
    const inner = children.length === 0 ? "" : `(${draw(children)})`;
    return [item.id, ...marks].join("!") + inner;
  }).join(" ");
}

function item(id: string, parent?: string, changes: Partial<ForestItem> = {}): ForestItem {
  const forkPoint = parent === undefined ? undefined : 1;
  return { id, parent, forkPoint, mostMessages: 9, path: "/a/s", ...changes };
}

function drawItems(...items: readonly ForestItem[]): string {
  return draw(buildForest(items));
}

Deno.test("buildForest() puts branches under their parents, in the order given", () => {
  assertEquals(drawItems(item("a"), item("b", "a"), item("c", "b"), item("d", "a")), "a(b(c) d)");
  assertEquals(drawItems(item("d", "a"), item("c", "b"), item("b", "a"), item("a")), "a(d b(c))");
  assertEquals(drawItems(item("b"), item("a")), "b a");
  assertEquals(drawItems(), "");
});

Deno.test("buildForest() makes a root of a branch whose parent is missing", () => {
  assertEquals(drawItems(item("b", "gone"), item("c", "b")), "b!orphan(c)");
});

Deno.test("buildForest() makes a root of a session that names itself", () => {
  assertEquals(drawItems(item("a", "a"), item("b", "a")), "a!self_parent(b)");
});

Deno.test("buildForest() breaks a cycle at its first session", () => {
  assertEquals(
    drawItems(item("x", "b"), item("c", "b"), item("a", "c"), item("b", "a")),
    "c!cycle(a(b(x)))",
  );
  assertEquals(drawItems(item("a", "b"), item("b", "a")), "a!cycle(b)");
});

Deno.test("buildForest() breaks every cycle once", () => {
  assertEquals(
    drawItems(item("a", "b"), item("b", "a"), item("c", "d"), item("d", "c"), item("e", "d")),
    "a!cycle(b) c!cycle(d(e))",
  );
});

Deno.test("buildForest() keeps each file of an id that several hold", () => {
  assertEquals(drawItems(item("a"), item("a")), "a!duplicate_id a!duplicate_id");
  assertEquals(
    drawItems(item("a", "a"), item("a", "b"), item("b", "a")),
    "a!self_parent!duplicate_id(b(a!duplicate_id))",
  );
});

Deno.test("buildForest() prefers the parent in the branch's own folder", () => {
  const forest = buildForest([
    item("a", undefined, { path: "/one/s", mostMessages: 1 }),
    item("a", undefined, { path: "/two/s", mostMessages: 2 }),
    item("b", "a", { path: "/two/s" }),
    item("c", "a", { path: "/three/s" }),
  ]);
  assertEquals(
    forest.map(({ item: { mostMessages }, children }) => [mostMessages, draw(children)]),
    [[1, "c"], [2, "b"]],
  );
});

Deno.test("buildForest() clamps a fork point beyond the parent's end", () => {
  const [root] = buildForest([
    item("a", undefined, { mostMessages: 4 }),
    item("b", "a", { forkPoint: 4 }),
    item("c", "a", { forkPoint: 5 }),
    item("d", "a", { forkPoint: undefined }),
  ]);
  assertEquals(
    root?.children.map(({ item: { id }, forkPoint, marks }) => [id, forkPoint, ...marks]),
    [["b", 4], ["c", 4, "beyond_parent"], ["d", undefined]],
  );
});

Deno.test("buildForest() keeps the fork point of a branch whose parent is missing", () => {
  const [root] = buildForest([item("b", "gone", { forkPoint: 70 })]);
  assertEquals([root?.forkPoint, root?.marks], [70, ["orphan"]]);
});

Deno.test("buildForest() leaves the sessions that it is given as they are", () => {
  const items = [item("a"), item("b", "a", { forkPoint: 99 })].map(Object.freeze) as ForestItem[];
  const [root] = buildForest(items);
  assert(root?.item === items[0] && root?.children[0]?.item === items[1]);
});

Deno.test("buildForest() takes ids that every object has for ids", () => {
  assertEquals(
    drawItems(item("__proto__"), item("constructor", "__proto__"), item("b", "toString")),
    "__proto__(constructor) b!orphan",
  );
});

Deno.test("buildForest() builds a chain of 50,000 branches, from either end", () => {
  const chain = Array.from(
    { length: 50_000 },
    (_, index) => item(`${index}`, index === 0 ? undefined : `${index - 1}`),
  );
  for (const items of [chain, chain.toReversed()]) {
    const forest = buildForest(items);
    assertEquals([forest.length, walk(forest).length], [1, 50_000]);
  }
});

Deno.test("buildForest() breaks a cycle of 50,000 sessions", () => {
  const forest = buildForest(
    Array.from({ length: 50_000 }, (_, index) => item(`${index}`, `${(index + 1) % 50_000}`)),
  );
  assertEquals([forest.length, forest[0]?.marks, walk(forest).length], [1, ["cycle"], 50_000]);
});

Deno.test("buildForest() holds every session once, and only links that the sessions name", () => {
  holdLaw(3_000, (random) => {
    const items = randomItems(random);
    const placed = walk(buildForest(items));
    assertEquals(placed.length, items.length);
    assertEquals(new Set(placed.map(({ node }) => node.item)).size, items.length);
    for (const { node, above } of placed) {
      if (above !== undefined) assertEquals(node.item.parent, above.item.id);
    }
  });
});

Deno.test("buildForest() keeps the order given among roots and among children", () => {
  holdLaw(1_000, (random) => {
    const items = randomItems(random);
    const forest = buildForest(items);
    for (const nodes of [forest, ...walk(forest).map(({ node }) => node.children)]) {
      const places = nodes.map((node) => items.indexOf(node.item));
      assertEquals(places, places.toSorted((a, b) => a - b));
    }
  });
});

Deno.test("buildForest() marks what a slow and simple reading of the links marks", () => {
  holdLaw(3_000, (random) => {
    const items = randomItems(random);
    for (const { node, above } of walk(buildForest(items))) {
      const expected = markSimply(node.item, items);
      assertEquals([...node.marks].sort(), [...expected].sort());
      const isRoot = expected.some((mark) => /orphan|self_parent|cycle/.test(mark)) ||
        node.item.parent === undefined;
      assertEquals(above === undefined, isRoot);
      if (above !== undefined && node.forkPoint !== undefined) {
        assertEquals(node.forkPoint, Math.min(node.item.forkPoint ?? 0, above.item.mostMessages));
      }
    }
  });
});

/** Every node with the one above it, without recursion; ends even where the trees do not. */
function walk(forest: readonly ForestNode<ForestItem>[]) {
  type Node = ForestNode<ForestItem>;
  const placed: { readonly node: Node; readonly above: Node | undefined }[] = [];
  const waiting = forest.map((node) => ({ node, above: undefined as Node | undefined }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    placed.push(next);
    if (placed.length > 100_000) throw new Error("the trees have no end");
    const above = next.node;
    for (const node of above.children) waiting.push({ node, above });
  }
  return placed;
}

function findParentSimply(
  { id, parent, path }: ForestItem,
  items: readonly ForestItem[],
): ForestItem | undefined {
  if (parent === id) return undefined;
  const named = items.filter((other) => other.id === parent);
  return named.find((other) => dirname(other.path) === dirname(path)) ?? named[0];
}

function markSimply(one: ForestItem, items: readonly ForestItem[]): readonly ForestMark[] {
  const parent = findParentSimply(one, items);
  const marks: ForestMark[] = [];
  if (one.parent === one.id) marks.push("self_parent");
  if (one.parent !== undefined && one.parent !== one.id && parent === undefined) {
    marks.push("orphan");
  }
  if (items.filter((other) => other.id === one.id).length > 1) marks.push("duplicate_id");
  if (parent !== undefined && (one.forkPoint ?? 0) > parent.mostMessages) {
    marks.push("beyond_parent");
  }
  const cycle: ForestItem[] = [];
  for (let at = parent, steps = 0; at !== undefined && steps <= items.length; steps++) {
    cycle.push(at);
    if (at === one) {
      if (cycle.every((other) => items.indexOf(other) >= items.indexOf(one))) marks.push("cycle");
      break;
    }
    at = findParentSimply(at, items);
  }
  return marks;
}

function randomItems(random: Random): readonly ForestItem[] {
  const ids = ["a", "b", "c", "d", "e", "f", "g", "h"] as const;
  return random.list(random.integer(0, 12), () => ({
    id: random.pick(ids),
    parent: random.chance(0.3) ? undefined : random.pick([...ids, "gone"]),
    forkPoint: random.chance(0.2) ? undefined : random.integer(0, 6),
    mostMessages: random.integer(0, 4),
    path: random.pick(["/one/s", "/two/s"]),
  }));
}

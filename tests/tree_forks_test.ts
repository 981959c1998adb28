/** The fork points of claw's forks, which no row tells, in a tree that always comes to its end. */

import { assert, assertEquals } from "@std/assert";
import { run } from "../src/app.ts";
import type { OpenFile } from "../src/host.ts";
import { FakeHost } from "./fake_host.ts";
import { inHazardWorld, parseLines } from "./hazard_world.ts";

function meta(id: string, parent?: string): string {
  const fork = parent === undefined ? {} : { fork: { parent_session_id: parent } };
  const head = { session_id: id, type: "session_meta", updated_at_ms: 5, version: 1, ...fork };
  return `${JSON.stringify(head)}\n`;
}

function row(role: string, block: Record<string, unknown>): string {
  return `${JSON.stringify({ message: { blocks: [block], role }, type: "message" })}\n`;
}

function texts(letters: string): string {
  return [...letters].map((text) => row("user", { text, type: "text" })).join("");
}

/** A call whose input is nested more deeply than a stack is. */
function deep(depth: number): string {
  const input = "[".repeat(depth) + "]".repeat(depth);
  return row("assistant", { id: "c1", input, name: "kite", type: "tool_use" });
}

/** The fork points of all nodes of the tree, by their ids. */
function forkPoints(out: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(parseLines(out).map(({ id, fork_point }) => [id, fork_point]));
}

Deno.test("tree tells how much each of three forks shares with its parent", async () => {
  const files = {
    "p.jsonl": meta("p") + texts("abcd"),
    "x.jsonl": meta("x", "p") + texts("abcdx"),
    "y.jsonl": meta("y", "p") + texts("aby"),
    "z.jsonl": meta("z", "p") + texts("zbcd"),
  };
  await inHazardWorld(files, async (world) => {
    const { code, out } = await world.skein("tree", "--json");
    assertEquals([code, forkPoints(out)], [0, { p: null, x: 4, y: 2, z: 0 }]);
    const nodes = parseLines(out).map(({ id, depth }) => [id, depth]);
    assertEquals(nodes.toSorted(), [["p", 0], ["x", 1], ["y", 1], ["z", 1]]);
  });
});

Deno.test("tree ends where what forks share is nested more deeply than a stack is", async () => {
  const shared = texts("a") + deep(60_000);
  const files = {
    "p.jsonl": meta("p") + shared + texts("bc"),
    "x.jsonl": meta("x", "p") + shared + texts("bcx"),
    "y.jsonl": meta("y", "p") + shared + texts("y"),
    "z.jsonl": meta("z", "p") + texts("a") + deep(59_999),
  };
  await inHazardWorld(files, async (world) => {
    const { code, out, talk } = await world.skein("tree", "--json");
    assertEquals([code, talk, forkPoints(out)], [0, "", { p: null, x: 4, y: 2, z: 1 }]);
  });
});

Deno.test("tree tells no fork point of a fork whose parent is gone, and shows it", async () => {
  const files = { "x.jsonl": meta("x", "gone") + texts("ab"), "p.jsonl": meta("p") + texts("a") };
  await inHazardWorld(files, async (world) => {
    const { code, out } = await world.skein("tree", "--json");
    assertEquals([code, forkPoints(out)], [0, { p: null, x: null }]);
  });
});

Deno.test("tree tells no fork point of a fork whose parent is damaged, and ends", async () => {
  const whole = texts("abc");
  const damaged: Readonly<Record<string, string>> = {
    "no readable row": "\0".repeat(500),
    "a torn head": meta("p").slice(0, 40),
    "nothing at all": "",
  };
  for (const [what, parent] of Object.entries(damaged)) {
    await inHazardWorld(
      { "p.jsonl": parent, "x.jsonl": meta("x", "p") + whole, "y.jsonl": meta("y", "p") + whole },
      async (world) => {
        const { out } = await world.skein("tree", "--json");
        const { x, y } = forkPoints(out);
        assertEquals([x, y], [null, null], what);
      },
    );
  }
});

Deno.test("tree ends where the parent is damaged between a first look and a later one", async () => {
  const whole = meta("p") + texts("ab");
  const damaged = [whole.replace('"type":"text"', '"type":"tixt"'), "\0".repeat(whole.length), ""];
  for (const contents of damaged) {
    for (const look of [1, 2, 3]) {
      const files = { "p.jsonl": whole, "x.jsonl": meta("x", "p") + texts("abc") };
      await inHazardWorld(files, async (world) => {
        const { files } = new FakeHost();
        let looks = 0;
        const open = (path: string): OpenFile => {
          const isDue = path === world.path("p.jsonl") && ++looks === look;
          if (isDue) Deno.writeTextFileSync(path, contents);
          return files.open(path);
        };
        const host = new FakeHost({ cwd: world.root, files: { ...files, open } });
        const code = await run(["tree", "--json", "--root", world.root], host);
        assert(code === 0 || code === 3, `look ${look}: ${host.stderr.text}`);
        assert("x" in forkPoints(host.stdout.text), `look ${look}`);
      });
    }
  }
});

Deno.test("tree does not read a parent that is one object anew for each of its messages", async () => {
  const count = 300;
  const messages = Array.from({ length: count }, (_, index) => ({
    blocks: [{ text: `${index} ${"x".repeat(1000)}`, type: "text" }],
    role: "user",
  }));
  const legacy = (id: string, fork = {}) =>
    JSON.stringify({ messages, session_id: id, version: 1, ...fork });
  const files = {
    "p.json": legacy("p"),
    "x.json": legacy("x", { fork: { parent_session_id: "p" } }),
  };
  await inHazardWorld(files, async (world) => {
    const { files } = new FakeHost();
    let readBytes = 0;
    const open = (path: string): OpenFile => {
      const file = files.open(path);
      return {
        stat: () => file.stat(),
        close: () => file.close(),
        readAt: (offset, into) => {
          const read = file.readAt(offset, into);
          readBytes += read;
          return read;
        },
      };
    };
    const host = new FakeHost({ cwd: world.root, files: { ...files, open } });
    assertEquals(await run(["tree", "--json", "--root", world.root], host), 0);
    assertEquals(forkPoints(host.stdout.text).x, count);
    const sizeBytes = world.text("p.json").length + world.text("x.json").length;
    assert(readBytes < 30 * sizeBytes, `${readBytes} bytes of ${sizeBytes}`);
  });
});

/** Fork points of agents that do not tell them: as many messages as parent and branch share. */

import { assertEquals, assertNotEquals } from "@std/assert";
import { join } from "@std/path";
import { fillForkPoints } from "../src/fork_points.ts";
import type { FileSystem } from "../src/host.ts";
import { Store } from "../src/store.ts";
import { FakeHost } from "./fake_host.ts";
import { withFolder } from "./folder.ts";

/** A session of claw's with a message for each letter. */
function claw(id: string, letters: string, parent?: string): string {
  const fork = parent === undefined ? undefined : { parent_session_id: parent };
  const head = { fork, session_id: id, type: "session_meta", updated_at_ms: 5, version: 1 };
  const rows = [...letters].map((text) => ({
    message: { blocks: [{ text, type: "text" }], role: "user" },
    type: "message",
  }));
  return [head, ...rows].map((row) => `${JSON.stringify(row)}\n`).join("");
}

function zot(id: string, parent: string, forkPoint: number): string {
  const meta = { id, cwd: "/p", parent, fork_point: forkPoint };
  return `${JSON.stringify({ type: "meta", meta })}\n`;
}

/** The fork points of all sessions of a folder, by their ids. */
function fill(folder: string, files: Partial<FileSystem> = {}): Record<string, number | undefined> {
  const host = new FakeHost({ cwd: folder });
  const store = new Store(host, [folder]);
  const { sessions } = store.list();
  const changed = new FakeHost({ cwd: folder, files: { ...host.files, ...files } });
  return Object.fromEntries(
    fillForkPoints(changed, new Store(changed, [folder]), sessions)
      .map(({ id, forkPoint }) => [id, forkPoint]),
  );
}

/** The fork point of a branch with these messages, of a parent with those. */
function shared(parent: string, branch: string): number | undefined {
  let found: number | undefined;
  withFolder(
    { "p.jsonl": claw("p", parent), "b.jsonl": claw("b", branch, "p") },
    (folder) => found = fill(folder).b,
  );
  return found;
}

Deno.test("fillForkPoints() counts the messages that parent and branch begin with", () => {
  assertEquals(shared("abc", "abcd"), 3);
  assertEquals(shared("abcd", "abc"), 3);
  assertEquals(shared("abc", "abc"), 3);
  assertEquals(shared("abcd", "abxd"), 2);
  assertEquals(shared("abc", "xbc"), 0);
  assertEquals([shared("", "abc"), shared("abc", "")], [0, 0]);
});

Deno.test("fillForkPoints() looks at all of a message, its role and its usage included", () => {
  const parent = claw("p", "ab");
  const answered = claw("b", "ab", "p").replace(/"user"(?=.*\n$)/, '"assistant"');
  withFolder({ "p.jsonl": parent, "b.jsonl": answered }, (folder) => {
    assertEquals(fill(folder).b, 1);
  });
});

Deno.test("fillForkPoints() leaves roots, orphans and a session that is its own parent open", () => {
  withFolder({
    "root.jsonl": claw("root", "a"),
    "orphan.jsonl": claw("orphan", "a", "gone"),
    "self.jsonl": claw("self", "a", "self"),
  }, (folder) => {
    assertEquals(fill(folder), { root: undefined, orphan: undefined, self: undefined });
  });
});

Deno.test("fillForkPoints() leaves what an agent says itself, even of a parent that it does not fit", () => {
  withFolder({ "p.jsonl": zot("p", "", 0), "b.jsonl": zot("b", "p", 7) }, (folder) => {
    assertEquals(fill(folder).b, 7);
  });
});

Deno.test("fillForkPoints() prefers a parent in the same folder to one of the same id elsewhere", () => {
  withFolder({
    "a/p.jsonl": claw("p", "xy"),
    "b/p.jsonl": claw("p", "ab"),
    "b/b.jsonl": claw("b", "abc", "p"),
    "c/c.jsonl": claw("c", "x", "p"),
  }, (folder) => {
    const { b, c } = fill(folder);
    assertEquals([b, c], [2, 1]);
  });
});

Deno.test("fillForkPoints() takes a cycle of parents as it is", () => {
  withFolder({ "a.jsonl": claw("a", "x", "b"), "b.jsonl": claw("b", "x", "a") }, (folder) => {
    assertEquals(fill(folder), { a: 1, b: 1 });
  });
});

Deno.test("fillForkPoints() does not say that a parent of another agent shares nothing", () => {
  const rows = [..."ab"].map((text) => {
    const message = { role: "user", content: [{ text }], time: "2026-11-01T09:00:00Z" };
    return `${JSON.stringify({ type: "message", message })}\n`;
  });
  const parent = zot("p", "", 0) + rows.join("");
  withFolder({ "p.jsonl": parent, "b.jsonl": claw("b", "abc", "p") }, (folder) => {
    assertNotEquals(fill(folder).b, 0);
  });
});

Deno.test("fillForkPoints() leaves the fork point open where a file went or cannot be read", () => {
  withFolder({ "p.jsonl": claw("p", "ab"), "b.jsonl": claw("b", "ab", "p") }, (folder) => {
    const { files } = new FakeHost();
    const isParent = (path: string) => path === join(folder, "p.jsonl");
    const lstat = (path: string) => {
      if (isParent(path)) throw new Deno.errors.NotFound("gone (os error 2)");
      return files.lstat(path);
    };
    assertEquals(fill(folder, { lstat }).b, undefined);
    const open = (path: string) => {
      if (isParent(path)) throw new Deno.errors.PermissionDenied("no (os error 13)");
      return files.open(path);
    };
    assertEquals(fill(folder, { open }).b, undefined);
  });
});

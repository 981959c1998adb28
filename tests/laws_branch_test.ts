/**
 * Branching: at every message the child is exactly the shared part by its agent's own loader, made
 * of the parent's bytes, and the parent is as it was.
 */

import { assert, assertEquals } from "@std/assert";
import { type Kind, type LawFile, look, readLines, skein, splitRows, testOnKinds } from "./laws.ts";
import { messagesOf, toParts } from "./laws_parts.ts";
import type { StrictSession } from "./strict_message.ts";

// deno-lint-ignore no-explicit-any -- what skein prints is read without its own types, on purpose
type Json = any;

interface Branch {
  readonly id: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly session: StrictSession;
}

async function branch(file: LawFile, path: string, count: number): Promise<Branch> {
  const { root, kind } = file;
  const ran = await skein([root], ["branch", path, "--at", String(count), "--force"]);
  assertEquals(ran.code, 0, ran.talk);
  const [id = "", child = ""] = ran.out.trim().split("  ");
  const bytes = Deno.readFileSync(child);
  return { id, path: child, bytes, session: kind.load(bytes) };
}

async function findListed(root: string, path: string): Promise<Json> {
  return readLines(await skein([root], ["list", "--json"])).find((each) => each.path === path);
}

/** What a message says, when, and what it took. */
function contents(session: StrictSession): readonly unknown[] {
  return messagesOf(session).map((message) => ({
    ...message,
    parts: toParts(message, session.agent),
  }));
}

/** A row that the branch may have anew: its head, its title, and totals of what is not in it. */
function isOwnRow(row: string, { agent, variant }: Kind): boolean {
  const { type, _type, role } = JSON.parse(row);
  switch (agent) {
    case "zot":
      return type !== "message";
    case "claw":
      return type === "session_meta";
    case "eino":
      return variant === "headerless"
        ? role !== undefined && row.includes('"skein"')
        : type !== undefined;
    default:
      return _type === "metadata";
  }
}

/** Checks that the rows are the parent's; zot spells what a compaction holds as rows of its own. */
function checkRows(child: Uint8Array, parent: Uint8Array, kind: Kind): void {
  if (kind.isWhole) return;
  const known = new Set(splitRows(parent));
  for (const row of splitRows(child)) {
    if (known.has(row) || isOwnRow(row, kind)) continue;
    const inner = /^\{"type":"message","message":(.*)\}$/.exec(row)?.[1] ?? row;
    assert(
      kind.agent === "zot" && [...known].some((each) => each.includes(inner)),
      `no row of the parent: ${row.slice(0, 200)}`,
    );
  }
}

testOnKinds("a branch at every message is that many messages, and the parent is untouched", {
  cases: 8,
  mostRows: 9,
}, async (file) => {
  const { kind, root, path, bytes } = file;
  if (bytes.length === 0) return;
  const before = look(path);
  const parent = kind.load(bytes);
  const all = contents(parent);
  const [{ id }] = readLines(await skein([root], ["list", "--json"]));
  const ids = new Set([id]);
  for (let count = kind.variant === "headerless" ? 1 : 0; count <= all.length; count++) {
    const child = await branch(file, path, count);
    assertEquals(contents(child.session), all.slice(0, count));
    checkRows(child.bytes, bytes, kind);
    assertEquals(child.session.id ?? child.id, child.id);
    if (parent.cwd !== undefined) assertEquals(child.session.cwd, parent.cwd);
    ids.add(child.id);
    const listed = await findListed(root, child.path);
    assertEquals([listed.agent, listed.id, listed.parent], [kind.agent, child.id, id]);
    assertEquals(listed.fork_point, kind.agent === "claw" ? null : count);
    assertEquals([listed.variant, listed.kept_messages], [
      kind.variant === "headerless"
        ? listed.variant
        : kind.agent === "eino"
        ? variantOf(kind)
        : null,
      count,
    ]);
    assertEquals((Deno.statSync(child.path).mode ?? 0) & 0o777, 0o600);
    assertEquals(look(path), before);
  }
  assertEquals(ids.size, all.length + (kind.variant === "headerless" ? 1 : 2));
});

function variantOf({ variant }: Kind): string {
  return variant === "agentic" ? "agentic" : "message";
}

testOnKinds("a branch of a branch is a branch of that one", { cases: 10 }, async (file) => {
  const { random, kind, root, path, bytes } = file;
  const all = bytes.length === 0 ? [] : contents(kind.load(bytes));
  if (all.length === 0) return;
  const count = random.integer(1, all.length);
  const child = await branch(file, path, count);
  const before = look(child.path);
  const inner = random.integer(1, count);
  const grandchild = await branch(file, child.path, inner);
  assertEquals(contents(grandchild.session), all.slice(0, inner));
  checkRows(grandchild.bytes, child.bytes, kind);
  const listed = await findListed(root, grandchild.path);
  assertEquals(listed.parent, child.id);
  assertEquals(listed.fork_point, kind.agent === "claw" ? null : inner);
  assertEquals(look(child.path), before);
  const nodes = readLines(await skein([root], ["tree", "--json"]));
  const node = nodes.find((each) => each.path === grandchild.path);
  assertEquals([node?.depth, node?.parent], [2, child.id]);
});

testOnKinds("a branch of a damaged session is one that its agent reads", {
  cases: 12,
  damage: 0.25,
}, async (file) => {
  const { random, kind, root, path, bytes } = file;
  // A header in the middle makes a file of the other kind of one that had none.
  if (kind.variant === "headerless" && splitRows(bytes).join().includes('"session"')) return;
  const [listed] = readLines(await skein([root], ["list", "--json"]));
  if (listed === undefined || listed.kept_messages === 0) return;
  const before = look(path);
  const count = random.integer(1, listed.kept_messages);
  const shown = readLines(await skein([root], ["show", path, "--json"]));
  const child = await branch(file, path, count);
  assertEquals(child.session.messages.length, count);
  const said = ({ role, blocks }: Json) => ({ role, blocks });
  const again = readLines(await skein([root], ["show", child.path, "--json"]));
  assertEquals(again.map(said), shown.slice(0, count).map(said));
  assertEquals(look(path), before);
});

testOnKinds("a branch of a session with a byte that is no UTF-8 is one that its agent reads", {
  cases: 8,
}, async (file) => {
  const { kind, root, path, bytes } = file;
  const text = new TextDecoder("latin1").decode(bytes);
  const [before] = /^.*"(?:text|content|output)": ?"/s.exec(text) ?? [];
  if (before === undefined) return;
  const parts = [bytes.subarray(0, before.length), [0xff], bytes.subarray(before.length)];
  Deno.writeFileSync(path, Uint8Array.from(parts.flatMap((part) => [...part])));
  const sound = new TextEncoder().encode(new TextDecoder().decode(Deno.readFileSync(path)));
  const all = contents(kind.load(sound));
  const child = await branch(file, path, all.length);
  assertEquals(contents(child.session), all);
  assertEquals(readLines(await skein([root], ["list", "--json"])).length, 2);
});

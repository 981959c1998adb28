/**
 * Moving: what is exported and imported again is the same talk under a new id, and it makes no
 * difference whether it comes from a file or through the pipe.
 */

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { relative } from "@std/path";
import { makeFolder } from "./folder.ts";
import {
  KINDS,
  type LawFile,
  readLines,
  skein,
  type Target,
  TARGETS,
  testOnKinds,
} from "./laws.ts";
import { messagesOf, toMicros, toParts } from "./laws_parts.ts";
import type { StrictSession } from "./strict_message.ts";

// deno-lint-ignore no-explicit-any -- what skein prints is read without its own types, on purpose
type Json = any;

function contents(session: StrictSession): readonly unknown[] {
  return messagesOf(session).map((message) => ({
    ...message,
    parts: toParts(message, session.agent),
  }));
}

/** The start in one form: agents spell a time in more than one way. */
function startOf({ created }: StrictSession): number | undefined {
  return typeof created === "string" ? toMicros(created) : created && created * 1000;
}

async function listOne(root: string): Promise<Json> {
  const list = readLines(await skein([root], ["list", "--json"]));
  assertEquals(list.length, 1);
  return list[0];
}

testOnKinds("an export imported again is the same talk under a new id", { cases: 12 }, async (
  { kind, root, path, bytes },
) => {
  if (bytes.length === 0) return;
  const session = kind.load(bytes);
  if (saysNothing(session)) return;
  const listed = await listOne(root);
  let input = bytes;
  const ids = new Set<string>([listed.id]);
  for (const round of [1, 2]) {
    const exported = await skein([root], ["export", round === 1 ? path : "latest"], input);
    assertEquals(exported.code, 0, exported.talk);
    assertEquals(contents(kind.load(exported.bytes)), contents(session), "as it is exported");
    assertEquals(kind.load(exported.bytes).cwd, undefined);
    const other = makeFolder({});
    const imported = await skein([other], ["import", "-"], exported.bytes);
    assertEquals(imported.code, 0, imported.talk);
    const [id = "", copy = ""] = imported.out.trim().split("  ");
    input = Deno.readFileSync(copy);
    const again = kind.load(input);
    const found = await listOne(other);
    Deno.removeSync(other, { recursive: true });
    assertEquals(contents(again), contents(session), "as it is imported");
    assertEquals([found.id, found.agent, found.kept_messages], [
      id,
      kind.agent,
      session.messages.length,
    ]);
    assertNotEquals(id, listed.id);
    ids.add(id);
    assertEquals(again.id ?? id, id);
    if (startOf(session) !== undefined) assertEquals(startOf(again), startOf(session));
    assertEquals([found.title, found.parent], [listed.title, listed.parent]);
    if (session.id !== undefined) {
      assertEquals(found.origin, kind.agent === "claw" ? null : listed.id);
    }
    if (round === 1) Deno.writeFileSync(path, input);
  }
});

/** What neither says which session it is nor holds a message is not taken in. */
function saysNothing({ id, messages }: StrictSession): boolean {
  return id === undefined && messages.length === 0;
}

interface Imported {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly losses: Json;
  readonly code: number;
}

const AGENTIC = KINDS.find(({ variant }) => variant === "agentic");

/** Imports into a root of its own, where an agentic session says of which kind eino's are to be. */
async function importAs(
  { agent, isAgentic }: Target,
  { random, path, bytes }: LawFile,
  way: "file" | "pipe",
): Promise<Imported> {
  const neighbour = AGENTIC?.make(random, { mostRows: 1, damage: 0, longest: 10 });
  const other = makeFolder(
    isAgentic && neighbour !== undefined ? { [AGENTIC?.file ?? ""]: neighbour } : {},
  );
  try {
    const line = ["import", "--agent", agent, "--json", way === "file" ? path : "-"];
    const ran = await skein([other], line, way === "file" ? undefined : bytes);
    if (ran.code !== 0 && ran.code !== 3) {
      return { path: "", bytes: ran.bytes, losses: ran.talk, code: ran.code };
    }
    const [{ creations: [creation], losses }] = readLines(ran);
    const made = `${other}/${creation.path}`;
    return {
      path: relative(other, made),
      bytes: Deno.readFileSync(made),
      losses,
      code: ran.code,
    };
  } finally {
    Deno.removeSync(other, { recursive: true });
  }
}

testOnKinds("import through the pipe gives what import of the file gives", { cases: 3 }, async (
  file,
) => {
  if (file.bytes.length === 0) return;
  const session = file.kind.load(file.bytes);
  if (saysNothing(session)) return;
  for (const target of TARGETS) {
    if (target.isAgentic && file.kind.agent === "eino") continue;
    const [one, other] = [
      await importAs(target, file, "file"),
      await importAs(target, file, "pipe"),
    ];
    assertEquals(other.losses, one.losses, target.name);
    assertEquals([one.code, other.code], [0, 0], target.name);
    // What a file's name or the time of its last change had to stand for, the pipe does not know.
    if (session.id === undefined || session.created === undefined) continue;
    assertEquals(other.path, one.path, target.name);
    const hasTimes = session.messages.some(({ time }) => time !== undefined);
    if (file.kind.agent === "eino" || file.kind.agent === "zot" && !hasTimes) continue;
    assertEquals(
      new TextDecoder().decode(other.bytes),
      new TextDecoder().decode(one.bytes),
      target.name,
    );
  }
});

testOnKinds("a damaged session through the pipe is what it is from the file", {
  cases: 3,
  damage: 0.25,
}, async (file) => {
  const own = TARGETS.filter(({ agent }) => agent === file.kind.agent);
  for (const target of [...own.slice(0, 1), file.random.pick(["zot", "claw", "nanobot"])]) {
    const found = typeof target === "string" ? TARGETS.find((t) => t.name === target) : target;
    assert(found !== undefined);
    const [one, other] = [await importAs(found, file, "file"), await importAs(found, file, "pipe")];
    assert([0, 1, 3].includes(one.code), String(one.losses));
    assertEquals(other.code, one.code, String(other.losses));
    if (one.code !== 1) assertEquals(other.losses, one.losses);
  }
});

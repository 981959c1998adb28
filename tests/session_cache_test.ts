/** The cache: what it answers is what the files say, after every kind of change to them and to it. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { dirname, join } from "@std/path";
import { run } from "../src/app.ts";
import { FakeHost } from "./fake_host.ts";
import { useFolder } from "./folder.ts";
import { holdCases, type Kind, KINDS } from "./laws.ts";
import { Random } from "./random.ts";
import { WatchedHost } from "./watched_files.ts";

/** As many files as are worth a cache. */
const FILES = 110;

/** When the files of a store were written, in milliseconds since 1970: long ago, each at its time. */
const LONG_AGO = Date.UTC(2026, 5, 1);

const MAKE = { mostRows: 8, damage: 0.1, longest: 100 };

type Environment = Readonly<Record<string, string>>;

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly talk: string;
  /** Files that were opened, the cache's own left out. */
  readonly opened: number;
}

async function answer(
  line: readonly string[],
  root: string,
  env: Environment = {},
): Promise<Answer> {
  const host = new WatchedHost({ env });
  const code = await run([...line, "--root", root], host);
  return { code, out: host.stdout.text, talk: host.stderr.text, opened: host.opened };
}

/** Runs a command with the cache, and holds what it says against what it says without. */
async function answerBoth(line: readonly string[], root: string, env?: Environment) {
  const cached = await answer(line, root, env);
  const uncached = await answer([...line, "--no-cache"], root, env);
  const lines = uncached.out.split("\n");
  assertEquals(cached.out.split("\n").filter((text) => !lines.includes(text)), []);
  assertEquals({ ...cached, opened: 0 }, { ...uncached, opened: 0 }, line.join(" "));
  return { cached, uncached };
}

function list(root: string, ...flags: readonly string[]): Promise<Answer> {
  return answer(["list", "--json", ...flags], root);
}

/** Lists with the cache, and holds it against what is listed without. */
async function listBoth(root: string): Promise<Answer> {
  return (await answerBoth(["list", "--json"], root)).cached;
}

function makeStore(random: Random, root: string, kinds: readonly Kind[] = KINDS): string[] {
  return random.list(FILES, (index) => {
    const kind = pickKind(random, kinds);
    const path = join(root, String(index), kind.file);
    Deno.mkdirSync(dirname(path), { recursive: true });
    write(path, kind.make(random, MAKE), index);
    return path;
  });
}

function pickKind(random: Random, kinds: readonly Kind[]): Kind {
  const kind = kinds[random.integer(0, kinds.length - 1)];
  if (kind === undefined) throw new Error("there are kinds");
  return kind;
}

/** Writes a file and makes it as old as that. */
function write(path: string, bytes: Uint8Array, seconds = 0): void {
  Deno.writeFileSync(path, bytes);
  Deno.utimeSync(path, new Date(), new Date(LONG_AGO + seconds * 1000));
}

/** A file's bytes with another byte in them somewhere. */
function flip(random: Random, bytes: Uint8Array): Uint8Array {
  const changed = bytes.slice();
  const at = random.integer(0, bytes.length - 1);
  changed[at] = random.pick([0x20, 0x22, 0x30, 0x7b, 0x00, 0xff]);
  return changed;
}

/** Puts another file in the place of one, as agents and editors do. */
function replace(path: string, bytes: Uint8Array, mtime: Date): void {
  Deno.writeFileSync(`${path}.new`, bytes);
  Deno.utimeSync(`${path}.new`, new Date(), mtime);
  Deno.renameSync(`${path}.new`, path);
}

/** Puts more rows behind the others, whole or torn. */
function grow(random: Random, path: string, kind: Kind): void {
  const more = kind.make(random, MAKE);
  const cut = random.chance(0.5) ? more.length : random.integer(0, more.length);
  write(path, concat(Deno.readFileSync(path), more.subarray(0, cut)), random.integer(1, 10_000));
}

/** Changes a byte of a file, which keeps its length and time. */
function changeInPlace(random: Random, path: string): void {
  const { mtime } = Deno.statSync(path);
  Deno.writeFileSync(path, flip(random, Deno.readFileSync(path)));
  if (mtime !== null) Deno.utimeSync(path, mtime, mtime);
}

/** The ways in which a file may change. */
const CHANGES: readonly ((random: Random, path: string, kind: Kind) => void)[] = [
  grow,
  // More rows, and a byte before them that is another.
  (random, path, kind) => {
    const bytes = flip(random, Deno.readFileSync(path).subarray(-40));
    const rest = Deno.readFileSync(path).subarray(0, -40);
    replace(path, concat(rest, bytes, kind.make(random, MAKE)), new Date(LONG_AGO));
  },
  // The same length, in another file.
  (random, path) => {
    replace(path, flip(random, Deno.readFileSync(path)), Deno.statSync(path).mtime ?? new Date());
  },
  // Shorter.
  (random, path) => {
    const bytes = Deno.readFileSync(path);
    replace(path, bytes.subarray(0, random.integer(0, bytes.length)), new Date(LONG_AGO));
  },
  changeInPlace,
  (_, path) => Deno.removeSync(path),
  (_, path) => Deno.renameSync(path, join(dirname(path), "other.jsonl")),
  (random, path, kind) => write(join(dirname(path), "copy.jsonl"), kind.make(random, MAKE)),
];

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

Deno.test("a second listing opens no file, and says the same", async () => {
  using folder = useFolder();
  makeStore(new Random(7), folder.path);
  assert((await listBoth(folder.path)).opened > FILES / 2);
  assertEquals((await listBoth(folder.path)).opened, 0);
});

Deno.test("a cached listing says what the files say, after every kind of change", async () => {
  await holdCases(20, async (random) => {
    using folder = useFolder();
    const kinds = KINDS.filter(({ isWhole }) => !isWhole);
    let paths = makeStore(random, folder.path, kinds);
    const grown = new Set<string>();
    for (let round = 0; round < 4; round++) {
      await listBoth(folder.path);
      // All at once, so that what was read of them is kept, or a few.
      const share = random.pick([0.05, 1]);
      for (const path of paths) {
        if (!random.chance(share)) continue;
        const change = CHANGES[random.integer(0, CHANGES.length - 1)];
        // What grew and was changed in place too is taken for what only grew (`session_cache.ts`).
        if (change === changeInPlace && grown.has(path)) continue;
        if (change === grow) grown.add(path);
        change?.(random, path, pickKind(random, kinds));
      }
      paths = paths.filter(exists);
      await listBoth(folder.path);
    }
  });
});

Deno.test("every way to list says from the cache what the files say", async () => {
  using folder = useFolder();
  const [first = ""] = makeStore(new Random(8), folder.path);
  write(join(dirname(first), "copy.jsonl"), Deno.readFileSync(first));
  const sessions = (await list(folder.path)).out.trimEnd().split("\n")
    .map((line): { agent: string; path: string } => JSON.parse(line));
  const pathOf = (wanted: string) => sessions.find(({ agent }) => agent === wanted)?.path ?? "";
  const claw = pathOf("claw");
  write(claw.replace(/\.jsonl?$/, ".rot-1.jsonl"), Deno.readFileSync(claw));
  const env = { ZOT_SESSION_FILE: pathOf("zot") };
  const { out } = await answer(["list", "--json"], folder.path, env);
  for (const text of ["duplicate_id", "rotated copy", '"live"']) assertStringIncludes(out, text);
  for (
    const line of [
      ["list"],
      ["list", "--paths0"],
      ["list", "--json", "--sort", "cost"],
      ["list", "--json", "--limit", "7"],
      ["list", "--json", "--match", "kite"],
      ["tree"],
      ["tree", "--json"],
      ["search", "--json", "kite"],
    ]
  ) {
    await answerBoth(line, folder.path, env);
  }
});

Deno.test("a session is found by its id without opening any other", async () => {
  using folder = useFolder();
  makeStore(new Random(7), folder.path);
  const { out } = await list(folder.path);
  const zot = out.split("\n").filter((line) => line.includes('"agent":"zot"'));
  const { id }: { id: string } = JSON.parse(zot[0] ?? "");
  for (const line of [["show", id], ["export", "latest"]]) {
    const { cached, uncached } = await answerBoth(line, folder.path);
    const counts = [cached.opened, uncached.opened];
    assert(cached.opened <= 3 && uncached.opened > FILES / 2, `${line}: ${counts} were opened`);
  }
  // What removes files looks at each of them anew.
  assert((await answer(["prune", "--dry-run"], folder.path)).opened > FILES / 2);
});

Deno.test("a session that is named far down is found by the names in its first rows", async () => {
  using folder = useFolder();
  makeStore(new Random(7), folder.path);
  const name = (path: string, first: string, second: string, between: string) => {
    const rows = [first, ...Array(30).fill(between), second].map((line) => `${line}\n`);
    write(join(folder.path, path), new TextEncoder().encode(rows.join("")));
  };
  const claw = (id: string) => `{"session_id":"${id}","type":"session_meta","version":1}`;
  const said = '{"message":{"blocks":[],"role":"user"},"type":"message"}';
  name("a-one.jsonl", claw("a-one"), claw("a-two"), said);
  name("a-one.rot-5.jsonl", claw("a-one"), claw("a-one"), said);
  const nanobot = (key: string) => `{"_type": "metadata", "key": "${key}", "metadata": {}}`;
  name("b.jsonl", nanobot("b:one"), nanobot("b:two"), '{"role": "user", "content": "kite"}');
  await list(folder.path);
  for (const id of ["a-one", "a-two", "b:one", "b:two"]) {
    await answerBoth(["show", id], folder.path);
  }
  assertStringIncludes((await listBoth(folder.path)).out, "rotated copy");
});

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).size > 40;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test("a file that has grown costs its new rows only", async () => {
  using folder = useFolder();
  const zot = KINDS.filter(({ agent }) => agent === "zot");
  const paths = makeStore(new Random(7), folder.path, zot);
  for (const path of paths) write(path, concat(Deno.readFileSync(path), row("before")));
  await list(folder.path);
  const [path = ""] = paths;
  const more = row("x".repeat(100_000));
  write(path, concat(Deno.readFileSync(path), more), 5);
  const host = new WatchedHost();
  await run(["list", "--quiet", "--root", folder.path], host);
  const bytesBefore = 64;
  assertEquals([host.opened, host.bytes], [1, bytesBefore + more.length]);
  await listBoth(folder.path);
});

function row(text: string): Uint8Array {
  const time = "2026-06-27T05:46:50Z";
  const message = { role: "user", content: [{ text }], time };
  return new TextEncoder().encode(`${JSON.stringify({ type: "message", message })}\n`);
}

Deno.test("a file of the same length and time in the place of one is read again", async () => {
  using folder = useFolder();
  const [path = ""] = makeStore(new Random(7), folder.path);
  write(path, row("kite"));
  await list(folder.path);
  replace(path, row("lamp"), Deno.statSync(path).mtime ?? new Date());
  assertEquals((await listBoth(folder.path)).opened, 1);
});

Deno.test("a file that was replaced twice, and got its old inode again, is read again", async () => {
  using folder = useFolder();
  const [path = ""] = makeStore(new Random(7), folder.path);
  write(path, row("kite"));
  await list(folder.path);
  const { ino, mtime } = Deno.statSync(path);
  for (let i = 0; i < 100; i++) {
    replace(path, row("lamp"), mtime ?? new Date());
    if (Deno.statSync(path).ino === ino) break;
  }
  assertEquals((await listBoth(folder.path)).opened, 1);
});

Deno.test("a file that got the inode of one that was shorter is not taken for it, grown", async () => {
  using folder = useFolder();
  const zot = KINDS.filter(({ agent }) => agent === "zot");
  const [path = ""] = makeStore(new Random(7), folder.path, zot);
  const tail = row("x".repeat(200));
  write(path, concat(row("kite"), tail));
  await list(folder.path);
  const { ino } = Deno.statSync(path);
  for (let i = 0; i < 100; i++) {
    replace(path, concat(row("lamp"), tail, row("more")), new Date(LONG_AGO));
    if (Deno.statSync(path).ino === ino) break;
  }
  await listBoth(folder.path);
});

Deno.test("a folder that was moved is listed under its new name", async () => {
  using folder = useFolder();
  const [before, after] = [join(folder.path, "before"), join(folder.path, "after")];
  makeStore(new Random(7), before);
  await list(before);
  Deno.renameSync(before, after);
  const answer = await listBoth(after);
  assertEquals(answer.opened, 0);
  assert(answer.out.includes(after) && !answer.out.includes(before));
});

Deno.test("a file that was changed in place is read again, and when it grows too", async () => {
  using folder = useFolder();
  const zot = KINDS.filter(({ agent }) => agent === "zot");
  const [path = ""] = makeStore(new Random(7), folder.path, zot);
  write(path, concat(row("kite"), row("x".repeat(200))));
  await list(folder.path);
  write(path, concat(row("lamp"), row("x".repeat(200))), 5);
  assertEquals((await listBoth(folder.path)).opened, 1);
  write(path, concat(row("lamp"), row("x".repeat(200)), row("more")), 9);
  await listBoth(folder.path);
  write(path, concat(row("lamp"), row("y".repeat(200)), row("more"), row("more")), 12);
  await listBoth(folder.path);
});

Deno.test("a file that was changed in the second in which it was read is read again", async () => {
  using folder = useFolder();
  const [path = ""] = makeStore(new Random(7), folder.path);
  const listFiles = async () => {
    const host = new FakeHost();
    await run(["list", "--json", "--root", folder.path], host);
    return host.stdout.text;
  };
  write(path, row("kite"));
  assert((await listFiles()).includes('"kite"'));
  write(path, row("lamp"));
  assert((await listFiles()).includes('"lamp"'));
});

Deno.test("a cache that is damaged, torn or another's is as good as none", async () => {
  using folder = useFolder();
  makeStore(new Random(7), folder.path);
  await list(folder.path);
  const path = join(folder.path, ".skein", "cache", "sessions");
  const sound = Deno.readFileSync(path);
  // One letter a byte: the table behind the header is no text.
  const text = Array.from(sound, (byte) => String.fromCharCode(byte)).join("");
  const replace = (from: string | RegExp, to: string) =>
    Uint8Array.from(text.replace(from, to), (letter) => letter.charCodeAt(0));
  const random = new Random(8);
  const spoilt = [
    new Uint8Array(),
    new TextEncoder().encode("null\n[]\n"),
    replace('"cache":3', '"cache":2'),
    replace(/"skein":"[^"]+"/, '"skein":"0.0.0"'),
    replace(/"zone":\[[^\]]*\]/, '"zone":[61,62]'),
    replace('"numbers"', '"nombres"'),
    replace('"crc32"', '"crc31"'),
    sound.subarray(0, sound.length / 3),
    ...random.list(30, () => flip(random, sound)),
  ];
  for (const bytes of spoilt) {
    Deno.writeFileSync(path, bytes);
    await listBoth(folder.path);
  }
  Deno.removeSync(path);
  Deno.mkdirSync(path);
  await listBoth(folder.path);
});

for (const call of ["create", "makeFolder", "rename"] as const) {
  Deno.test(`a cache that cannot be written is done without: ${call}`, async () => {
    using folder = useFolder();
    makeStore(new Random(7), folder.path);
    const { code, out, talk } = await list(folder.path, "--no-cache");
    const host = new WatchedHost();
    const fail = () => {
      throw new Deno.errors.PermissionDenied("Permission denied (os error 13)");
    };
    Object.assign(host, { files: { ...host.files, [call]: fail } });
    const answer = await run(["list", "--json", "--root", folder.path], host);
    assertEquals([answer, host.stdout.text, host.stderr.text], [code, out, talk]);
    assertEquals(listFolder(join(folder.path, ".skein", "cache")), []);
  });
}

function listFolder(path: string): readonly string[] {
  try {
    return [...Deno.readDirSync(path)].map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

Deno.test("a cache is for its owner's eyes, and leaves nothing else behind", async () => {
  using folder = useFolder();
  makeStore(new Random(7), folder.path);
  await list(folder.path);
  const own = join(folder.path, ".skein", "cache");
  assertEquals(listFolder(own), ["sessions"]);
  assertEquals((Deno.statSync(join(own, "sessions")).mode ?? 0) & 0o777, 0o600);
  assertEquals((Deno.statSync(own).mode ?? 0) & 0o777, 0o700);
});

Deno.test("what a listing left that was ended goes with the next cache", async () => {
  using folder = useFolder();
  makeStore(new Random(7), folder.path);
  const own = join(folder.path, ".skein", "cache");
  Deno.mkdirSync(own, { recursive: true });
  write(join(own, "sessions-old.tmp"), row("kite"));
  Deno.writeFileSync(join(own, "sessions-new.tmp"), row("kite"));
  await list(folder.path);
  assertEquals(listFolder(own).toSorted(), ["sessions", "sessions-new.tmp"]);
});

Deno.test("a cache is not written through a link that leads out of the root", async () => {
  using folder = useFolder();
  using outside = useFolder();
  makeStore(new Random(7), folder.path);
  Deno.symlinkSync(outside.path, join(folder.path, ".skein"));
  await listBoth(folder.path);
  assertEquals(listFolder(outside.path), []);
});

Deno.test("a small store gets no cache", async () => {
  using folder = useFolder();
  write(join(folder.path, "a.jsonl"), row("kite"));
  await listBoth(folder.path);
  assertEquals(listFolder(folder.path), ["a.jsonl"]);
});

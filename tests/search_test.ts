/** What `skein search` reads, refuses and tells, beside what it finds. */

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";
import type { FileSystem } from "../src/host.ts";
import { FakeHost } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";
import { readLines, skein } from "./laws.ts";
import { head, said } from "./schema_store.ts";

const encoder = new TextEncoder();
const { files: REAL } = new FakeHost();

Deno.test("search reads a row again only when something in it may match", async () => {
  const rows = Array.from({ length: 2_000 }, (_, index) => said(index % 500 ? "lantern" : "kite"));
  await withRoot({ "a.jsonl": head("many1111") + rows.join("") }, async (root) => {
    const { files, reads } = countReads();
    const ran = await runOn(files, ["search", "kite", "--root", root]);
    assertEquals(ran.out.split("\n").filter(Boolean).length, 4);
    assert(reads() < 100, `${reads()} reads`);
  });
});

Deno.test("search parses nothing of a file in which nothing may match", async () => {
  const files = { "a.jsonl": head("torn1111") + said("kite") + '{"type":"mess\n' };
  await withRoot(files, async (root) => {
    const miss = await skein([root], ["search", "lantern"]);
    assertEquals([miss.code, miss.out, miss.talk], [0, "", "None of 1 file matches\n"]);
    const hit = await skein([root], ["search", "kite"]);
    assertEquals([hit.code, hit.out], [3, "torn1111:1:user:kite\n"]);
  });
});

Deno.test("search warns of a file that it cannot read, and goes on", async () => {
  const files = { "a.jsonl": head("aaaa1111") + said("kite"), "b.jsonl": head("b") + said("kite") };
  await withRoot(files, async (root) => {
    const broken: FileSystem = {
      ...REAL,
      open: (path) => {
        if (path.endsWith("b.jsonl")) throw new Deno.errors.PermissionDenied("no (os error 13)");
        return REAL.open(path);
      },
    };
    for (const pattern of ["kite", "<"]) {
      const ran = await runOn(broken, ["search", pattern, "--root", root]);
      assertEquals(ran.code, 3);
      assertEquals(ran.out, pattern === "kite" ? "aaaa1111:1:user:kite\n" : "");
      assert(ran.talk.includes(`warning: ${join(root, "b.jsonl")}: `), ran.talk);
      assertEquals(ran.talk.split("warning:").length, 2, ran.talk);
    }
  });
});

Deno.test("search does not look into pictures", async () => {
  const picture = '{"type":"message","message":{"role":"user","content":[{"text":"a kite"},' +
    '{"mime_type":"image/png","data":"kitekite"}],"time":null}}\n';
  await withRoot({ "a.jsonl": head("pics1111") + picture }, async (root) => {
    const hits = readLines(await skein([root], ["search", "kite", "--json"]));
    assertEquals(hits.map(({ text }) => text), ["a kite"]);
  });
});

Deno.test("search finds nothing in superseded messages and in what is private", async () => {
  const restart =
    '{"type":"compaction","messages":[{"role":"user","content":[{"text":"kite sum"}]}]}\n';
  const nanobot = '{"_type": "metadata", "key": "cli:chat", "metadata": {}}\n' +
    '{"_type": "provider_state", "state": {"text": "kite"}}\n{"role": "user", "content": "hi"}\n';
  const files = { "a.jsonl": head("aaaa1111") + said("kite") + restart, "b.jsonl": nanobot };
  await withRoot(files, async (root) => {
    const { out } = await skein([root], ["search", "kite"]);
    assertEquals(out, "aaaa1111:1:user:kite sum\n");
  });
});

Deno.test("search stops at --limit, and reads on for no more", async () => {
  const files = { "a.jsonl": head("aaaa1111") + said("kite one\nkite two\nkite three") };
  await withRoot(files, async (root) => {
    const { code, out } = await skein([root], ["search", "kite", "-n", "2"]);
    assertEquals([code, out], [0, "aaaa1111:1:user:kite one\naaaa1111:1:user:kite two\n"]);
  });
});

Deno.test("search refuses a root that is a file and no session", async () => {
  await withRoot({ "notes.txt": "a kite\n" }, async (root) => {
    const { code, talk } = await skein([join(root, "notes.txt")], ["search", "kite"]);
    assertEquals(code, 1);
    assert(talk.includes("not a session"), talk);
  });
});

async function withRoot(
  files: Readonly<Record<string, string>>,
  test: (root: string) => Promise<void>,
): Promise<void> {
  const root = makeFolder(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, encoder.encode(text)])),
  );
  try {
    await test(root);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

async function runOn(files: FileSystem, line: readonly string[]) {
  const host = new FakeHost({ files });
  const code = await run(line, host);
  return { code, out: host.stdout.text, talk: host.stderr.text };
}

function countReads(): { readonly files: FileSystem; readonly reads: () => number } {
  let reads = 0;
  const open: FileSystem["open"] = (path) => {
    const file = REAL.open(path);
    return {
      stat: () => file.stat(),
      close: () => file.close(),
      readAt: (offset, into) => {
        reads++;
        return file.readAt(offset, into);
      },
    };
  };
  return { files: { ...REAL, open }, reads: () => reads };
}

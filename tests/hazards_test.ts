/**
 * The ways in which zot and its kind lose or hide what people wrote, each with the test that skein
 * does not. Numbers are those of the list of known hazards of zot's store (H) and of what a tool
 * that looks after it has to do better (B). H6 is about rows that never reach the disk.
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";
import { zot } from "../src/format_zot.ts";
import { FAKE_NOW_MS, FakeHost } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";

const NAME = "20261101-080000-aaaa1111.jsonl";
const DAY_MS = 24 * 60 * 60 * 1000;

function meta(more: Record<string, unknown> = {}): string {
  const head = {
    id: "aaaa1111",
    cwd: "/p",
    model: "m",
    provider: "x",
    started: "2026-11-01T08:00:00Z",
    version: "1",
  };
  return JSON.stringify({ type: "meta", meta: { ...head, ...more } }) + "\n";
}

function said(role: string, text: string, more: Record<string, unknown> = {}): string {
  const message = { role, content: [{ text }], time: "2026-11-01T09:00:00+01:00", ...more };
  return JSON.stringify({ type: "message", message }) + "\n";
}

function spent(cost: number): string {
  const totals = { input_tokens: cost * 100, output_tokens: 0, cost_usd: cost };
  return JSON.stringify({ type: "usage", usage: totals, cumulative: totals }) + "\n";
}

interface World {
  readonly root: string;
  skein(...line: readonly string[]): Promise<{ code: number; out: string; talk: string }>;
}

/** Runs a test on a root whose files are a day old; `env` is what the agent says of itself. */
async function inWorld(
  files: Readonly<Record<string, string>>,
  test: (world: World) => Promise<void>,
  env: (root: string) => Record<string, string> = () => ({}),
): Promise<void> {
  const root = makeFolder(files);
  const old = new Date(FAKE_NOW_MS - DAY_MS);
  for (const name of Object.keys(files)) Deno.utimeSync(join(root, name), old, old);
  const skein = async (...line: readonly string[]) => {
    const host = new FakeHost({ cwd: root, env: env(root) });
    const code = await run([...line, "--root", root], host);
    return { code, out: host.stdout.text, talk: host.stderr.text };
  };
  try {
    await test({ root, skein });
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

async function listed({ skein }: World) {
  const { out } = await skein("list", "--json");
  return out.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

async function prunedNothing(world: World): Promise<boolean> {
  const before = await listed(world);
  await world.skein("prune", "--yes", "--empty");
  return JSON.stringify(await listed(world)) === JSON.stringify(before);
}

Deno.test("H1 B1 a session without messages that was just opened is not pruned", async () => {
  await inWorld({ [NAME]: meta() }, async (world) => {
    const path = join(world.root, NAME);
    Deno.utimeSync(path, new Date(FAKE_NOW_MS - 60_000), new Date(FAKE_NOW_MS - 60_000));
    assert(await prunedNothing(world));
  });
});

Deno.test("H1 B1 a session without messages that zot names as its own is not pruned", async () => {
  await inWorld(
    { [NAME]: meta() },
    async (world) => assert(await prunedNothing(world)),
    (root) => ({ ZOT_SESSION_FILE: join(root, NAME) }),
  );
});

Deno.test("H1 a pruned session goes on taking what its writer writes, and undo brings it back", async () => {
  await inWorld({ [NAME]: meta() }, async ({ root, skein }) => {
    const path = join(root, NAME);
    const writer = Deno.openSync(path, { append: true });
    assertEquals((await skein("prune", "--yes", "--empty")).code, 0);
    writer.writeSync(new TextEncoder().encode(said("user", "still here")));
    writer.close();
    const undone = await skein("undo");
    assertMatch(undone.talk, /has grown since it was pruned/);
    assertEquals(Deno.readTextFileSync(path), meta() + said("user", "still here"));
  });
});

Deno.test("H2 a session whose first message is longer than 20 MiB is not empty", async () => {
  await inWorld({ [NAME]: meta() + said("user", "x".repeat(21 * 1024 * 1024)) }, async (world) => {
    const [session] = await listed(world);
    assertEquals([session.messages, session.state], [1, "ok"]);
    assert(await prunedNothing(world));
  });
});

Deno.test("H2 B2 a file that cannot be read is not empty", async () => {
  await inWorld({ [NAME]: meta() }, async ({ root }) => {
    const host = new FakeHost({ cwd: root });
    const files = {
      ...host.files,
      open: (path: string) => {
        if (!path.endsWith(".jsonl")) return host.files.open(path);
        throw new Error("Input/output error (os error 5)");
      },
    };
    const broken = new FakeHost({ cwd: root, files });
    assertEquals(await run(["prune", "--yes", "--empty", "--root", root], broken), 3);
    assert(Deno.statSync(join(root, NAME)).isFile);
  });
});

Deno.test("H3 B1 files of others, and sessions of a compaction alone, are not pruned", async () => {
  await inWorld({
    [NAME]: meta() + '{"type":"compaction","messages":[]}\n',
    "other.jsonl": '{"sessionId":"x"}\n',
    "notes.jsonl": "hello\n",
    "extended.jsonl": meta({ id: "bbbb2222" }) + '{"type":"extension_state","state":{}}\n',
  }, async (world) => {
    assert(await prunedNothing(world));
    for (const name of ["other.jsonl", "notes.jsonl"]) {
      assert(Deno.statSync(join(world.root, name)).isFile);
    }
  });
});

Deno.test("H4 B4 a row without line ending gets one before another follows", async () => {
  const open = said("user", "no end").slice(0, -1);
  await inWorld({ [NAME]: meta() + open }, async ({ root, skein }) => {
    const [, child = ""] = (await skein("branch", join(root, NAME), "--at", "1")).out.trim().split(
      "  ",
    );
    const rows = Deno.readTextFileSync(child).trimEnd().split("\n").map((row) =>
      JSON.parse(row).type
    );
    assertEquals(rows, ["meta", "message", "rename"]);
    assert((await skein("export", join(root, NAME))).out.endsWith(`${open}\n`));
  });
});

Deno.test("H5 a file without a compaction row shows its whole history", async () => {
  await inWorld({ [NAME]: meta() + said("user", "a") + said("assistant", "b") }, async (world) => {
    assertEquals((await listed(world))[0].kept_messages, 2);
  });
});

Deno.test("H7 rows that a retry has left twice are both shown", async () => {
  await inWorld({
    [NAME]: meta() + said("user", "a") + said("assistant", "b") + said("assistant", "b"),
  }, async (world) => {
    assertEquals((await listed(world))[0].messages, 3);
  });
});

Deno.test("H8 B7 a branch counts messages that hold something, as show numbers them", async () => {
  const empty = said("assistant", "", { content: [] });
  await inWorld(
    { [NAME]: meta() + said("user", "a") + empty + said("assistant", "b") },
    async ({ root, skein }) => {
      const [, child = ""] = (await skein("branch", join(root, NAME), "--at", "2")).out.trim()
        .split("  ");
      const texts = Deno.readTextFileSync(child).split("\n").filter((row) =>
        row.includes('"message"')
      )
        .map((row) => JSON.parse(row).message.content[0].text);
      assertEquals(texts, ["a", "b"]);
    },
  );
});

Deno.test("H8 B7 a branch does not cut a call from its result unless it is told to", async () => {
  const call = said("assistant", "", { content: [{ id: "c1", name: "read", arguments: {} }] });
  const result = said("tool", "", { content: [{ call_id: "c1", content: [], is_error: false }] });
  await inWorld({ [NAME]: meta() + said("user", "a") + call + result }, async ({ root, skein }) => {
    const branch = (...more: string[]) => skein("branch", join(root, NAME), "--at", "2", ...more);
    const refused = await branch();
    assertEquals(refused.code, 4);
    assertMatch(refused.talk, /hint: --at 3 keeps the answer/);
    assertEquals((await branch("--force")).code, 0);
  });
});

Deno.test("H9 B10 a switch of the model does not cost the title", async () => {
  const renamed = '{"title":"kites","type":"rename"}\n';
  await inWorld(
    { [NAME]: meta() + said("user", "a") + renamed + meta({ model: "n" }) },
    async (world) => {
      const [session] = await listed(world);
      assertEquals([session.title, session.model], ["kites", "n"]);
    },
  );
});

Deno.test("H9 B8 export and import keep models, start, title and lineage", async () => {
  const head = { parent: "pppp0000", fork_point: 2, title: "kites" };
  const file = meta(head) + said("user", "a") + meta({ ...head, model: "n" }) + said("user", "b");
  await inWorld({ [NAME]: file }, async ({ root, skein }) => {
    await skein("export", join(root, NAME), "--output", join(root, "x.zotsession"));
    const { out } = await skein("import", join(root, "x.zotsession"));
    const [id = "", path = ""] = out.trim().split("  ");
    const metas = Deno.readTextFileSync(path).split("\n").filter((row) =>
      row.startsWith('{"type":"meta"')
    )
      .map((row) => JSON.parse(row).meta);
    assertEquals(
      metas.map((
        row,
      ) => [row.id, row.cwd, row.model, row.started, row.title, row.parent, row.fork_point]),
      [
        [id, root, "m", "2026-11-01T08:00:00Z", "kites", "pppp0000", 2],
        [id, root, "n", "2026-11-01T08:00:00Z", "kites", "pppp0000", 2],
      ],
    );
    assertEquals(metas[0].skein.origin.id, "aaaa1111");
  });
});

Deno.test("H9 B7 a branch has the model that its parent had last", async () => {
  await inWorld(
    { [NAME]: meta() + said("user", "a") + meta({ model: "n", provider: "y" }) },
    async ({ root, skein }) => {
      const [, child = ""] = (await skein("branch", join(root, NAME), "--at", "1")).out.trim()
        .split("  ");
      const { model, provider } =
        JSON.parse(Deno.readTextFileSync(child).split("\n")[0] ?? "").meta;
      assertEquals([model, provider], ["n", "y"]);
    },
  );
});

Deno.test("H10 B6 a branch lies beside its parent, and the tree spans all folders", async () => {
  const bucket = "sessions/agents/rook/sessions/1724ab5e6aa7cd42";
  await inWorld({
    [`${bucket}/${NAME}`]: meta() + said("user", "a"),
    "sessions/0000000000000000/c.jsonl": meta({ id: "cccc", parent: "aaaa1111", fork_point: 1 }) +
      said("user", "a"),
  }, async ({ root, skein }) => {
    const { out } = await skein("branch", "aaaa1111", "--at", "1");
    assert(out.includes(join(root, bucket)), out);
    const nodes = (await skein("tree", "--json")).out.trim().split("\n").map((row) =>
      JSON.parse(row)
    );
    assertEquals(nodes.map(({ depth }) => depth), [0, 1, 1]);
  });
});

Deno.test("H11 B9 cost goes on when a counter starts again", async () => {
  await inWorld(
    { [NAME]: meta() + said("user", "a") + spent(3) + spent(1) + spent(2) },
    async (world) => {
      assertEquals((await listed(world))[0].cost_usd, 5);
    },
  );
});

Deno.test("H11 B7 a branch knows its cost after a compaction", async () => {
  const compaction = JSON.stringify({
    type: "compaction",
    messages: [JSON.parse(said("user", "sum")).message],
  });
  const file = meta() + said("user", "a") + spent(3) + spent(1) + `${compaction}\n` +
    said("user", "b");
  await inWorld({ [NAME]: file }, async ({ root, skein }) => {
    const [, child = ""] = (await skein("branch", join(root, NAME), "--at", "2")).out.trim().split(
      "  ",
    );
    const totals = Deno.readTextFileSync(child).split("\n").filter((row) =>
      row.startsWith('{"type":"usage"')
    )
      .map((row) => JSON.parse(row).cumulative.cost_usd);
    assertEquals(totals, [4]);
  });
});

Deno.test("B7 the usage of the last message that a branch keeps stays, wherever it stands", async () => {
  const [a, b, c, d] = [
    said("user", "a"),
    said("assistant", "b"),
    said("user", "c"),
    said("assistant", "d"),
  ];
  const costsOf = async (file: string, at: string) => {
    let costs: readonly number[] = [];
    await inWorld({ [NAME]: file }, async ({ root, skein }) => {
      const [, child = ""] = (await skein("branch", join(root, NAME), "--at", at)).out.trim().split(
        "  ",
      );
      costs = Deno.readTextFileSync(child).split("\n").filter((row) =>
        row.startsWith('{"type":"usage"')
      )
        .map((row) => JSON.parse(row).cumulative.cost_usd);
    });
    return costs;
  };
  const after = meta() + a + b + spent(1) + c + d + spent(2);
  const before = meta() + a + spent(1) + b + c + spent(2) + d;
  assertEquals(await costsOf(after, "2"), [1]);
  assertEquals(await costsOf(after, "4"), [1, 2]);
  assertEquals(await costsOf(before, "2"), [1]);
  assertEquals(await costsOf(before, "3"), [1]);
  assertEquals(await costsOf(before, "4"), [1, 2]);
});

Deno.test("H12 B1 a session that changes between plan and act stays where it is", async () => {
  await inWorld({ [NAME]: meta() }, async ({ root }) => {
    const path = join(root, NAME);
    const host = new FakeHost({ cwd: root });
    host.useTerminal({ columns: 80, rows: 24 });
    host.readLine = () => {
      Deno.writeTextFileSync(path, said("user", "meanwhile"), { append: true });
      return "y";
    };
    assertEquals(await run(["prune", "--empty", "--root", root], host), 4);
    assertEquals(Deno.readTextFileSync(path), meta() + said("user", "meanwhile"));
  });
});

Deno.test("H13 B3 an export over its source or over another file is refused", async () => {
  await inWorld({ [NAME]: meta() + said("user", "a") }, async ({ root, skein }) => {
    const path = join(root, NAME);
    Deno.symlinkSync(NAME, join(root, "link.jsonl"));
    for (const output of [path, join(root, "link.jsonl")]) {
      assertEquals((await skein("export", path, "--output", output)).code, 1);
    }
    assertEquals(Deno.readTextFileSync(path), meta() + said("user", "a"));
  });
});

Deno.test("B5 ids are those of the rows, whatever files are called, and a prefix will do", async () => {
  await inWorld({ "20261101-080000-ffffffff.jsonl": meta() }, async ({ skein }) => {
    assertEquals((await skein("show", "aaaa")).code, 0);
    assertEquals((await skein("show", "ffffffff")).code, 1);
  });
});

Deno.test("B6 sessions in a circle of parents, orphans and twins are all in the tree", async () => {
  await inWorld({
    "a.jsonl": meta({ id: "a", parent: "b" }),
    "b.jsonl": meta({ id: "b", parent: "a" }),
    "c.jsonl": meta({ id: "c", parent: "c" }),
    "d.jsonl": meta({ id: "d", parent: "gone" }),
    "e.jsonl": meta({ id: "e" }),
    "f.jsonl": meta({ id: "e" }),
    "g.jsonl": meta({ id: "g", parent: "e", fork_point: 99 }),
  }, async ({ skein }) => {
    const nodes = (await skein("tree", "--json")).out.trim().split("\n").map((row) =>
      JSON.parse(row)
    );
    const marks = Object.fromEntries(nodes.map((node) => [node.path.at(-7), node.marks.join()]));
    assertEquals(marks, {
      a: "cycle",
      b: "",
      c: "self_parent",
      d: "orphan",
      e: "duplicate_id",
      f: "duplicate_id",
      g: "beyond_parent",
    });
  });
});

Deno.test("B10 B11 titles skip what nobody typed, and times fall back to the file's name", async () => {
  const summary = said("user", "## Context Summary (compacted)\n\nGoal");
  await inWorld(
    { [NAME]: meta({ started: "" }) + summary + said("user", "typed") },
    async (world) => {
      const [session] = await listed(world);
      assertEquals([session.title, session.started], ["typed", "2026-11-01T08:00:00.000Z"]);
    },
  );
});

Deno.test("B12 rows written for zot have Go's escapes, its order of keys and its times", async () => {
  await inWorld(
    { [NAME]: meta() + said("user", "is a < b && c > d?") },
    async ({ root, skein }) => {
      const { out } = await skein("branch", join(root, NAME), "--at", "1", "--title", "<b>&");
      const [id = "", child = ""] = out.trim().split("  ");
      const rows = Deno.readTextFileSync(child).split("\n");
      assertEquals(
        rows[0],
        `{"type":"meta","meta":{"id":"${id}","cwd":"/p","model":"m","provider":"x",` +
          `"started":"2026-11-20T12:00:00Z","version":"1","title":"\\u003cb\\u003e\\u0026",` +
          `"parent":"aaaa1111","fork_point":1}}`,
      );
      assertEquals(rows[2], '{"title":"\\u003cb\\u003e\\u0026","type":"rename"}');
      assertMatch(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assertMatch(child, new RegExp(`/20261120-120000-${id.slice(0, 8)}\\.jsonl$`));
    },
  );
});

Deno.test("B12 the bucket of a folder is the one that zot looks in", async () => {
  await inWorld({ [NAME]: meta() + said("user", "a") }, async ({ root, skein }) => {
    const { out } = await skein("branch", join(root, NAME), "--at", "1", "--cwd", "/home/ada/proj");
    assert(out.includes("/1724ab5e6aa7cd42/"), out);
  });
  const windows = {
    id: "aaaa1111",
    cwd: "C:\\Users\\ada\\proj",
    nowMs: 0,
    root: "/r",
    beside: undefined,
    neighbour: undefined,
  };
  assertEquals(zot.placeNew(windows), "/r/676f3434c4085795/19700101-000000-aaaa1111.jsonl");
});

Deno.test("B13 an export says nothing of the folder that the session was about", async () => {
  await inWorld({
    [NAME]: meta({ cwd: "/home/ada/secret" }) + said("user", "a") +
      meta({ cwd: "/home/ada/secret" }),
  }, async ({ root, skein }) => {
    const { out } = await skein("export", join(root, NAME));
    assert(!out.includes("secret"), out);
  });
});

Deno.test("B1 a parent stays when its branch lies beyond the root that was looked at", async () => {
  await inWorld({
    "sessions/aaaaaaaaaaaaaaaa/p.jsonl": meta() + said("user", "a"),
    "sessions/bbbbbbbbbbbbbbbb/c.jsonl": meta({ id: "cccc2222", parent: "aaaa1111" }) +
      said("user", "b"),
  }, async ({ root }) => {
    const narrow = join(root, "sessions/aaaaaaaaaaaaaaaa");
    const host = new FakeHost({ cwd: root, env: { ZOT_HOME: root } });
    const line = ["prune", "--older-than", "1h", "--yes", "--root", narrow];
    assertEquals(await run(line, host), 0);
    assertMatch(host.stdout.text, /^keep .*another session branched from it/);
    assert(Deno.statSync(join(narrow, "p.jsonl")).isFile);
  });
});

Deno.test("B1 prune refuses a session by a path that it has not looked at", async () => {
  await inWorld(
    { "r/x.jsonl": meta(), "o/y.jsonl": meta({ id: "bbbb2222" }) },
    async ({ root }) => {
      const host = new FakeHost({ cwd: root });
      const path = join(root, "o/y.jsonl");
      assertEquals(await run(["prune", path, "--yes", "--root", join(root, "r")], host), 1);
      assertMatch(host.stderr.text, /lies in none of the roots/);
    },
  );
});

Deno.test("B2 a row of another kind at the start does not cost the session", async () => {
  await inWorld({ [NAME]: '{"type":"note"}\n' + meta() + said("user", "a") }, async (world) => {
    assertEquals((await listed(world)).map(({ id, messages }) => [id, messages]), [[
      "aaaa1111",
      1,
    ]]);
  });
});

Deno.test("B6 a compaction of the parent does not make its older branches look wrong", async () => {
  const compaction = '{"type":"compaction","messages":[]}\n';
  await inWorld({
    "p.jsonl": meta() + said("user", "a") + said("assistant", "b") + compaction,
    "c.jsonl": meta({ id: "cccc2222", parent: "aaaa1111", fork_point: 2 }) + said("user", "a"),
  }, async ({ skein }) => {
    const nodes = (await skein("tree", "--json")).out.trim().split("\n").map((row) =>
      JSON.parse(row)
    );
    assertEquals(nodes.map((node) => [node.fork_point, node.marks]), [[null, []], [2, []]]);
  });
});

Deno.test("B7 a branch of a session with a version that is no text is made all the same", async () => {
  await inWorld({ [NAME]: meta({ version: 2 }) + said("user", "a") }, async ({ root, skein }) => {
    assertEquals((await skein("branch", join(root, NAME), "--at", "1")).code, 0);
  });
});

Deno.test("B8 an import lies where zot looks for it, whichever folder of zot's is the root", async () => {
  const portable = meta({ cwd: "" }) + said("user", "a");
  const bucket = "1724ab5e6aa7cd42";
  for (const [root, expected] of [["", "sessions"], ["sessions", "sessions"]] as const) {
    await inWorld({ "x.zotsession": portable, "sessions/y": "" }, async (world) => {
      const host = new FakeHost({ cwd: world.root });
      const line = [
        "import",
        "x.zotsession",
        "--cwd",
        "/home/ada/proj",
        "--root",
        join(world.root, root),
      ];
      assertEquals(await run(line, host), 0);
      assert(host.stdout.text.includes(join(world.root, expected, bucket)), host.stdout.text);
    });
  }
});

Deno.test("B8 an import of an import says where the session came from first", async () => {
  await inWorld({ [NAME]: meta() + said("user", "a") }, async ({ root, skein }) => {
    const [, first = ""] = (await skein("import", join(root, NAME))).out.trim().split("  ");
    const [, second = ""] = (await skein("import", first)).out.trim().split("  ");
    const { origin } = JSON.parse(Deno.readTextFileSync(second).split("\n")[0] ?? "").meta.skein;
    assertEquals(origin.id, "aaaa1111");
  });
});

Deno.test("undo says that the trash was emptied, and takes nothing else back instead", async () => {
  await inWorld(
    { [NAME]: meta() + said("user", "a"), "b.jsonl": meta({ id: "bbbb2222" }) },
    async ({ root, skein }) => {
      const [, child = ""] = (await skein("branch", join(root, NAME), "--at", "1")).out.trim()
        .split("  ");
      await skein("prune", "bbbb2222", "--yes");
      const later = new FakeHost({ cwd: root, nowMs: FAKE_NOW_MS + 60_000 });
      const line = ["prune", "--trash", "--older-than", "1s", "--yes", "--root", root];
      assertEquals([await run(line, later), later.stderr.text], [
        0,
        "Removed 1 session (126 B) for good\n",
      ]);
      const { code, talk } = await skein("undo");
      assertEquals(code, 1);
      assertMatch(talk, /the trash was emptied/);
      assert(Deno.statSync(child).isFile);
    },
  );
});

Deno.test("a hint for undo names the root where undo would not look by itself", async () => {
  await inWorld({ [NAME]: meta() + said("user", "a") }, async ({ root, skein }) => {
    const { talk } = await skein("branch", join(root, NAME), "--at", "1");
    assertEquals(talk, `Branched after 1 message; skein undo --root "${root}" takes it back\n`);
  });
});

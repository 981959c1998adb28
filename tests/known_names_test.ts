/** The names that are offered: of what the command would find, and such as it takes. */

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { buildSampleAgents } from "../scripts/sample_agents.ts";
import { toOneLine } from "../src/text.ts";
import { useFolder } from "./folder.ts";
import { OTHER_IDS, TYPABLE_IDS, writeHostileSessions } from "./hostile_names.ts";
import {
  ask,
  askFish,
  listSessions,
  runSkein,
  type Surroundings,
  useMany,
  useSample,
} from "./shell_questions.ts";

Deno.test("findSessionNames() gives the latest session and all by their ids, the newest first", async () => {
  using folder = useSample();
  const host = { env: { SKEIN_ROOT: folder.path } };
  const lines = await askFish(["show"], "", host);
  assertEquals(lines.map(toValue), ["latest", ...await listIds([], host)]);
  assertEquals(lines.slice(0, 3), [
    'latest\tSay it without "keep".',
    'b7e4f9d0-1f85-4c3a-a27e-60b94d8c5e13\tSay it without "keep".',
    "38f7b1c5-5d02-4a9e-9c46-b8e30a17d6f2\tStart a glossary: crown, rib, bridle, spine.",
  ]);
});

Deno.test("findSessionNames() gives ids that begin as the word does, in either case", async () => {
  using folder = useSample();
  const host = { env: { SKEIN_ROOT: folder.path } };
  const expected = (await listIds([], host)).filter((id) => id.startsWith("b7"));
  assertEquals(expected.length, 2);
  for (const word of ["b7", "B7"]) {
    assertEquals((await askFish(["show"], word, host)).map(toValue), expected);
  }
  assertEquals((await askFish(["show"], "lat", host)).map(toValue), ["latest"]);
});

Deno.test("findSessionNames() looks in the roots that the line names, or the variable", async () => {
  using zot = useSample();
  using home = useFolder();
  buildSampleAgents(home.path);
  const host = { env: { SKEIN_ROOT: zot.path, HOME: home.path } };
  const values = async (...line: readonly string[]) => (await askFish(line, "", host)).map(toValue);
  const handles = new Set<number>();
  for (
    const [typed, meant] of [
      [[], []],
      [["--root", home.path], ["--root", home.path]],
      [[`--root=${home.path}`, "--root", zot.path], ["--root", home.path, "--root", zot.path]],
      [["--root", "~"], ["--root", home.path]],
      [["--root", "~/.claw"], ["--root", `${home.path}/.claw`]],
    ] as const
  ) {
    const { length } = await listIds(meant, host);
    handles.add(length);
    assertEquals((await values("show", ...typed)).length, length + 1, typed.join(" "));
    assertEquals((await values(...typed, "show")).length, length + 1, typed.join(" "));
  }
  assertEquals(handles.size, 4);
});

Deno.test("findSessionNames() counts back from the latest where filters stand on the line", async () => {
  using folder = useSample();
  buildSampleAgents(folder.path);
  const host = { env: { SKEIN_ROOT: folder.path } };
  for (
    const filter of [
      ["--agent", "claw"],
      ["--since=3d"],
      ["--cwd", "/home/ada/kite"],
      ["--match", "lantern"],
    ]
  ) {
    const titles = (await listSessions(filter, host)).map(({ title }) => toOneLine(title ?? ""));
    assert(titles.length > 1, filter.join(" "));
    const lines = await askFish(["show", ...filter], "", host);
    assertEquals(
      lines.map(toValue),
      titles.map((_, back) => (back === 0 ? "latest" : `latest~${back}`)),
    );
    for (const [back, line] of lines.entries()) {
      const about = line.split("\t")[1]?.replace(/…$/, "") ?? "";
      assert(/^\(no \w+\)$/.test(about) || titles[back]?.startsWith(about), line);
      const { code } = await runSkein(["show", toValue(line), ...filter], host);
      // Some of them are damaged.
      assert(code === 0 || code === 3, line);
    }
  }
});

Deno.test("findSessionNames() takes no flag for a filter that is none for the command", async () => {
  using folder = useSample();
  const host = { env: { SKEIN_ROOT: folder.path } };
  const all = await askFish(["branch"], "", host);
  assert(all.length > 2);
  assertEquals(await askFish(["branch", "--cwd", "/nowhere"], "", host), all);
});

Deno.test("findSessionNames() gives no more than the 50 latest where no word was begun", async () => {
  using folder = useMany(60);
  const host = { env: { SKEIN_ROOT: folder.path } };
  assertEquals((await askFish(["show"], "", host)).length, 51);
  assertEquals((await askFish(["show"], "5e55", host)).length, 60);
});

Deno.test("findSessionNames() gives no session that the line has already", async () => {
  using folder = useSample();
  const host = { env: { SKEIN_ROOT: folder.path } };
  const all = await askFish(["export"], "", host);
  const rest = await askFish(["export", "b7e4f9d0", "6f1c"], "", host);
  assertEquals(rest, all.filter((line) => !/^(b7e4f9d0|6f1c)/.test(line)));
});

Deno.test("findSessionNames() gives each id that can be typed, and the command takes it", async () => {
  using folder = useFolder();
  writeHostileSessions(folder.path);
  const host = { env: { SKEIN_ROOT: folder.path } };
  const values = (await askFish(["show"], "", host)).map(toValue);
  assertEquals(values, ["latest", ...TYPABLE_IDS]);
  for (const value of values) {
    const { code, stdout } = await runSkein(["show", value, "--json"], host);
    assertEquals(code, 0, value);
    assertEquals(JSON.parse(stdout).session, value === "latest" ? TYPABLE_IDS[0] : value);
  }
  for (const id of OTHER_IDS) {
    for (const word of [id, id.slice(0, 3)]) {
      const lines = (await ask("fish", [`=${word}`, "skein", "show"], host)).split("\n");
      assertEquals(lines.map(toValue).filter((value) => value === id && id !== "latest"), []);
    }
  }
});

Deno.test("findSessionNames() gives no id that several files hold", async () => {
  using folder = useMany(3);
  const host = { env: { SKEIN_ROOT: folder.path } };
  Deno.copyFileSync(join(folder.path, "5e550001.jsonl"), join(folder.path, "copy.jsonl"));
  const values = (await askFish(["show"], "", host)).map(toValue).sort();
  assertEquals(values, ["5e550000", "5e550002", "latest"]);
  for (const value of values) assertEquals((await runSkein(["show", value], host)).code, 0);
});

Deno.test("findReceiptNames() gives the receipts that can be undone, the latest first", async () => {
  using folder = useSample();
  const host = { env: { SKEIN_ROOT: folder.path } };
  assertEquals(await askFish(["undo"], "", host), []);
  await runSkein(["prune", "2d90", "--yes"], host);
  await runSkein(["branch", "6f1c", "--at", "4"], host);
  assertEquals(await askFish(["undo"], "", host), [
    "20261120-120000-2\tbranch: 1 session made",
    "20261120-120000\tprune: 1 session moved (3.1 KB)",
  ]);
  await runSkein(["undo"], host);
  const undone = "20261120-120000-3\tundo: 1 session moved (1.9 KB), undoes 20261120-120000-2";
  assertEquals(await askFish(["undo"], "", host), [
    undone,
    "20261120-120000\tprune: 1 session moved (3.1 KB)",
  ]);
  for (const id of (await askFish(["undo"], "", host)).map(toValue)) {
    assertEquals((await runSkein(["undo", id], host)).code, 0, id);
  }
  assertEquals((await askFish(["undo"], "", host)).map(toValue), [
    "20261120-120000-5",
    "20261120-120000-4",
    "20261120-120000-2",
  ]);
});

Deno.test("findReceiptNames() gives none of which the trash was emptied", async () => {
  using folder = useSample();
  const host = { env: { SKEIN_ROOT: folder.path } };
  await runSkein(["prune", "2d90", "--yes"], host);
  await runSkein(["branch", "6f1c", "--at", "4"], host);
  const later = { ...host, nowMs: Date.UTC(2027, 1) };
  await runSkein(["prune", "--trash", "--older-than", "0d", "--yes"], later);
  assertEquals((await askFish(["undo"], "", host)).map(toValue), ["20261120-120000-2"]);
});

function toValue(line: string): string {
  return line.split("\t")[0] ?? "";
}

async function listIds(
  flags: readonly string[],
  host: Surroundings,
): Promise<readonly string[]> {
  return (await listSessions(flags, host)).map(({ id }) => id);
}

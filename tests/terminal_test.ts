/**
 * The compiled binary in a real terminal: picking a session, and following one.
 *
 * What is asked of every end is a terminal that is as it was: its modes, its cursor, its screen.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { compile } from "../scripts/compile.ts";
import { LANGUAGE_SESSIONS } from "../scripts/sample_languages.ts";
import { buildSampleStore } from "../scripts/sample_store.ts";
import { message, spellRow } from "../scripts/zot_rows.ts";
import { FAKE_NOW_MS } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";
import { HAS_TMUX, Terminal, testInTerminal } from "./tmux.ts";

const LONG =
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen";

const FOLDER = HAS_TMUX ? makeFolder({}) : "";
const ROOT = join(FOLDER, "root");
const SKEIN = join(FOLDER, "skein");

let isCompiled = false;

/** Opens a terminal that finds the binary and the sample store. */
async function open(size: { readonly columns: number; readonly rows: number }): Promise<Terminal> {
  if (!isCompiled) {
    buildSampleStore(ROOT);
    await compile({ roots: [ROOT], output: SKEIN });
    isCompiled = true;
  }
  const env = {
    PATH: `${FOLDER}:${Deno.env.get("PATH")}`,
    SKEIN_ROOT: ROOT,
    SOURCE_DATE_EPOCH: String(FAKE_NOW_MS / 1000),
    TZ: "UTC",
  };
  return await Terminal.open({ ...size, folder: FOLDER, env });
}

Deno.test.afterAll(() => {
  if (HAS_TMUX) Deno.removeSync(FOLDER, { recursive: true });
});

/** The modes of the terminal, as `stty` names them. */
async function readModes(terminal: Terminal, name: string): Promise<string> {
  const path = join(FOLDER, name);
  await terminal.run(`stty -a > ${path}; echo ${name}-is-written`);
  await terminal.waitFor((lines) => lines.includes(`${name}-is-written`));
  return Deno.readTextFileSync(path);
}

const isPicker = (lines: readonly string[]) => lines.some((line) => line.startsWith("  ID  "));
const isPrompt = (lines: readonly string[]) => lines.at(-1) === "$";
const says = (text: string) => (lines: readonly string[]) => lines.some((line) => line === text);

testInTerminal("show picks a session by what is typed and where the arrows go", async () => {
  await using terminal = await open({ columns: 80, rows: 24 });
  await terminal.run("skein show --tail 1");
  const lines = await terminal.waitFor((seen) => seen.some((line) => line.startsWith("#4 ")));
  assertEquals(lines.slice(0, 4), [
    "$ skein show --tail 1",
    "> type to filter, Enter to show, Esc to leave                              13/13",
    "  ID        AGE  MSGS    SIZE   COST  PROJECT  TITLE",
    '> b7e4f9d0   2h     4  1.1 KB  $0.01  docs     ⑂ Say it without "keep".',
  ]);
  assertEquals(lines[11], "─".repeat(80));
  assertEquals(lines.slice(12), [
    'Say it without "keep".',
    "b7e4f9d0-1f85-4c3a-a27e-60b94d8c5e13 · zot · heron-2 (aviary)",
    "2026-11-20 09:00 to 2026-11-20 09:03 UTC · 4 messages · $0.01",
    "",
    "#4 assistant  2026-11-20 10:03 +01:00",
    "  Store in a dry place, away from open flames.",
  ]);
  await terminal.type("lantern");
  await terminal.press("Down");
  const found = await terminal.waitFor((seen) =>
    seen.some((line) => line.startsWith("> f3820d6b"))
  );
  assertEquals(found.slice(1, 4), [
    "> lantern                                                                   4/13",
    "  ID        AGE  MSGS    SIZE   COST  PROJECT  TITLE",
    "  51ce8d74   2d    12  4.8 KB  $0.11  lantern  ⑂ Can lantern ribs use the same …",
  ]);
  await terminal.press("Up", "Enter");
  const shown = await terminal.waitFor(isPrompt);
  assertEquals(shown.slice(0, 4), [
    "$ skein show --tail 1",
    "skein show 51ce8d74 --tail 1",
    "Can lantern ribs use the same code?",
    "51ce8d74-b3f0-4926-8e1a-0c6d7f29ab35 · zot · heron-2 (aviary)",
  ]);
  assertEquals(shown.filter((line) => line.startsWith("  ID")), []);
});

for (const [key, name] of [["Escape", "Esc"], ["C-c", "Ctrl-C"]] as const) {
  testInTerminal(`show leaves the terminal as it was at ${name}`, async () => {
    await using terminal = await open({ columns: 80, rows: 24 });
    const before = await readModes(terminal, "before");
    await terminal.run("skein show; echo code=$?");
    await terminal.waitFor(isPicker);
    const during = await terminal.look();
    await terminal.type("kite");
    await terminal.press("Down", "C-z", key);
    const lines = await terminal.waitFor(says("code=130"));
    assertEquals(lines.slice(-4), [
      "before-is-written",
      "$ skein show; echo code=$?",
      "code=130",
      "$",
    ]);
    assert(during.length > lines.length);
    assertEquals(await readModes(terminal, "after"), before);
    assertEquals(await terminal.showsCursor(), true);
  });
}

testInTerminal("show gives the terminal back when it is told to end", async () => {
  await using terminal = await open({ columns: 80, rows: 24 });
  const before = await readModes(terminal, "before");
  const pidPath = join(FOLDER, "pid");
  await terminal.run(`sh -c 'echo $$ > ${pidPath}; exec skein show'; echo code=$?`);
  await terminal.waitFor(isPicker);
  Deno.kill(Number(Deno.readTextFileSync(pidPath)), "SIGTERM");
  const lines = await terminal.waitFor(says("code=130"));
  assertEquals(isPicker(lines), false);
  assertEquals(await readModes(terminal, "after"), before);
});

testInTerminal(
  "show draws its picker anew at every size, and leaves nothing of the old ones",
  async () => {
    await using terminal = await open({ columns: 80, rows: 24 });
    await terminal.run("skein show");
    await terminal.waitFor(isPicker);
    for (const [columns, rows] of [[40, 24], [40, 9], [160, 30], [79, 12], [80, 24]] as const) {
      await terminal.resize(columns, rows);
      const lines = await terminal.waitFor((seen) =>
        seen.find((line) => line.startsWith("> type"))?.length === columns
      );
      assertEquals(
        lines.filter((line) => line.startsWith("  ID ")).length,
        1,
        `${columns}x${rows}`,
      );
      assertEquals(lines.filter((line) => line.startsWith("> b7e4f9d0")).length, 1);
    }
    await terminal.press("Escape");
    const left = await terminal.waitFor(isPrompt);
    assertEquals(left.filter((line) => !line.startsWith("$")), []);
  },
);

testInTerminal("keys that were typed before the picker opened are its own", async () => {
  await using terminal = await open({ columns: 80, rows: 24 });
  await terminal.run("sleep 0.2; skein show --tail 1");
  await terminal.type("glossary");
  const lines = await terminal.waitFor((seen) => seen.some((line) => line.endsWith(" 1/13")));
  assertStringIncludes(lines.join("\n"), "> glossary");
  await terminal.press("Escape");
  await terminal.waitFor(isPrompt);
});

testInTerminal("show --follow prints what comes as it printed what was there", async () => {
  await using terminal = await open({ columns: 80, rows: 40 });
  const before = await readModes(terminal, "before");
  const path = join(ROOT, "followed.jsonl");
  const meta = {
    id: "aaaabbbb-0000",
    cwd: "/k",
    model: "m",
    provider: "p",
    started: "",
    version: "",
  };
  const said = (number: number) =>
    spellRow(message(number % 2 === 1 ? "user" : "assistant", `10T09:15:0${number}`, LONG));
  const start = [spellRow({ type: "meta", meta }), said(1)];
  Deno.writeTextFileSync(path, `${start.join("\n")}\n`);
  const append = (text: string) => Deno.writeTextFileSync(path, text, { append: true });
  await terminal.run(`clear; skein show ${path} --follow`);
  await terminal.waitFor((lines) => lines.some((line) => line.startsWith("❯ #1 user")));

  append(said(2).slice(0, 60));
  append(`${said(2).slice(60)}\n`);
  await terminal.waitFor((lines) => lines.some((line) => line.startsWith("#2 assistant")));
  await terminal.resize(50, 40);
  append(`${said(3)}\n{"type":"message"\n`);
  await terminal.waitFor((lines) => lines.some((line) => line.startsWith("warning: ")));
  await terminal.resize(80, 40);
  const rows = [...start, said(2), said(3), said(4)];
  Deno.writeTextFileSync(`${path}.new`, `${rows.join("\n")}\n`);
  Deno.renameSync(`${path}.new`, path);
  await terminal.waitFor((lines) => lines.some((line) => line.startsWith("#4 assistant")));
  await terminal.press("C-c");
  await terminal.waitFor(isPrompt);
  await terminal.run("echo code=$?");
  const lines = await terminal.waitFor(says("code=130"));

  assertEquals(lines.slice(lines.findIndex((line) => line.startsWith("❯ #1 "))), [
    "❯ #1 user  2026-11-10 09:15 +01:00",
    "  one two three four five six seven eight nine ten eleven twelve thirteen",
    "  fourteen fifteen",
    "",
    "#2 assistant  2026-11-10 09:15 +01:00",
    "  one two three four five six seven eight nine ten eleven twelve thirteen",
    "  fourteen fifteen",
    "",
    "❯ #3 user  2026-11-10 09:15 +01:00",
    "  one two three four five six seven eight nine ten",
    "  eleven twelve thirteen fourteen fifteen",
    `warning: ${path}:5: the row is cut short (at byte ${rows.slice(0, 4).join("\n").length + 1})`,
    "The file was replaced",
    "",
    "#4 assistant  2026-11-10 09:15 +01:00",
    "  one two three four five six seven eight nine ten eleven twelve thirteen",
    "  fourteen fifteen",
    "^C",
    "$ echo code=$?",
    "code=130",
    "$",
  ]);
  assertEquals(await readModes(terminal, "after"), before);
  Deno.removeSync(path);
});

testInTerminal("list and tree take a row for each session, in any script", async () => {
  const root = join(ROOT, "languages");
  buildSampleStore(root, { sessions: LANGUAGE_SESSIONS });
  try {
    for (const columns of [20, 40, 80, 120]) {
      for (const command of ["list", "tree"]) {
        await using terminal = await open({ columns, rows: 30 });
        await terminal.run(`clear; skein ${command} --root ${root} -q`);
        await terminal.waitFor(isPrompt);
        const rows = (await terminal.lookAtRows()).filter((row) => row !== "" && row !== "$");
        const ids = rows.flatMap((row) => /^(?:[ │├└─]*)([0-9a-f]{8}) /.exec(row)?.[1] ?? []);
        assertEquals(ids.length, rows.length - (command === "list" ? 1 : 0), rows.join("\n"));
        assertEquals(new Set(ids), new Set(LANGUAGE_SESSIONS.map(({ id }) => id.slice(0, 8))));
      }
    }
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

testInTerminal("import says what it reads, and leaves nothing of that on the screen", async () => {
  const pipe = join(FOLDER, "pipe");
  assert((await new Deno.Command("mkfifo", { args: [pipe] }).output()).success);
  await using terminal = await open({ columns: 60, rows: 24 });
  await terminal.run(`clear; skein import - --force < ${pipe}`);
  const out = await Deno.open(pipe, { write: true });
  const row = `${spellRow(message("user", "20T09:00:00", "x".repeat(50_000)))}\n`;
  const write = async (text: string) => {
    const bytes = new TextEncoder().encode(text);
    for (let done = 0; done < bytes.length;) done += await out.write(bytes.subarray(done));
  };
  await write(Deno.readTextFileSync(findSample()));
  // It is read until it is long enough to be told of.
  for (let isTold = false; !isTold;) {
    await write(row);
    isTold = (await terminal.look()).some((line) =>
      /^Reading standard input: [\d.]+ MB$/.test(line)
    );
  }
  out.close();
  const lines = await terminal.waitFor((seen) => seen.some((line) => line.startsWith("Imported ")));
  assert(!lines.some((line) => line.includes("Reading")), lines.join("\n"));
  await terminal.run(`clear; skein undo`);
  await terminal.waitFor((seen) => seen.some((line) => line.startsWith("Undid import")));
});

/** The file of a session of the sample store. */
function findSample(): string {
  const folders = [...Deno.readDirSync(ROOT)].filter(({ name }) => !name.startsWith("."));
  const [folder] = folders.map(({ name }) => join(ROOT, name)).sort();
  const [file] = [...Deno.readDirSync(folder ?? ROOT)].map(({ name }) => name).sort();
  return join(folder ?? ROOT, file ?? "");
}

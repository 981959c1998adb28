/** Picking from end to end: when a picker opens, what it offers, and that all goes on as if typed. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { buildSampleAgents } from "../scripts/sample_agents.ts";
import { buildSampleStore } from "../scripts/sample_store.ts";
import { run } from "../src/app.ts";
import type { TerminalEvent } from "../src/host.ts";
import { FakeHost } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";
import { type Typed, typeLine, type TypingOptions } from "./typing.ts";

const ALL = makeFolder({});
const STORE = join(ALL, "zot");
const UP = "\x1b[A";
const DOWN = "\x1b[B";
const ESCAPE = "\x1b";
const CTRL_C = "\x03";
const PAUSE: TerminalEvent = { type: "pause" };

Deno.test.beforeAll(() => {
  buildSampleStore(STORE);
  buildSampleAgents(ALL);
});

Deno.test.afterAll(() => Deno.removeSync(ALL, { recursive: true }));

type Settings = Partial<TypingOptions>;

function type(line: readonly string[], settings: Settings = {}): Promise<Typed> {
  return typeLine(line, { root: STORE, ...settings });
}

/** What stands on the screen when the last key comes. */
async function look(line: readonly string[], settings: Settings = {}): Promise<readonly string[]> {
  let lines: readonly string[] = [];
  await type(line, { ...settings, onKey: (screen) => void (lines = screen.lines) });
  return lines;
}

Deno.test("show offers the sessions as list shows them, the latest first", async () => {
  const host = new FakeHost();
  host.useTerminal({ columns: 78, rows: 100 });
  await run(["list", "--root", STORE, "--color", "never", "--limit", "8"], host);
  const lines = await look(["show", "--color", "never"]);
  const [heading = "", ...rows] = host.stdout.text.split("\n").slice(0, 9);
  assertStringIncludes(lines[0] ?? "", "type to filter, Enter to show, Esc to leave");
  assertEquals(lines[1]?.replaceAll(/ +/g, " "), `  ${heading}`.replaceAll(/ +/g, " "));
  assertEquals(
    lines.slice(2, 10).map((line) => line.slice(2, 10)),
    rows.map((row) => row.slice(0, 8)),
  );
});

Deno.test("show goes on with the session that is picked, and says the line that does the same", async () => {
  const { code, screen, stderr, isKeyboardOpen } = await type(["show", "--tail", "1"], {
    keys: ["lantern", DOWN, PAUSE, "\r"],
  });
  const typed = await type(["show", "f3820d6b", "--tail", "1"]);
  assertEquals(code, 0);
  assertStringIncludes(stderr, `skein show f3820d6b --tail 1 --root ${STORE}\n`);
  const [said, ...rest] = screen.lines;
  assertEquals(said, `skein show f3820d6b --tail 1 --root ${STORE}`.slice(0, 80));
  assertEquals(
    rest.filter((line) => line !== ""),
    typed.screen.lines.filter((line) => line !== ""),
  );
  assertEquals([isKeyboardOpen, screen.modes], [false, { cursor: true, wrap: true, paste: false }]);
});

Deno.test("show reads the highlighted session when nothing was typed for a moment, not before", async () => {
  const seen: string[] = [];
  await type(["show"], {
    keys: [DOWN, DOWN, UP, PAUSE, DOWN, ESCAPE, PAUSE],
    onKey: ({ lines }) => seen.push(lines.some((line) => /^#\d+ /.test(line)) ? "read" : ""),
  });
  assertEquals(seen, ["", "", "", "", "read", "", ""]);
});

for (
  const [what, keys] of [
    ["Escape", [ESCAPE, PAUSE]],
    ["Ctrl-C", [CTRL_C]],
    ["the end of the program", [{ type: "end" } as const]],
    ["the end of input", []],
  ] as const
) {
  Deno.test(`show leaves the screen as it was at ${what}, and ends with 130`, async () => {
    const ended = await type(["show"], { keys: ["kite", DOWN, PAUSE, ...keys] });
    assertEquals(ended.code, 130);
    assertEquals(ended.screen.lines, []);
    assertEquals(ended.screen.cursor, { row: 0, column: 0 });
    assertEquals(ended.screen.modes, { cursor: true, wrap: true, paste: false });
    assertEquals([ended.isKeyboardOpen, ended.stderr], [false, ""]);
  });
}

Deno.test("show gives the terminal back before it reports a bug", async () => {
  const ended = await type(["show"], {
    keys: [{ type: "redraw" }],
    onKey: (_, __, host) => {
      host.terminalSize = () => {
        throw new TypeError("the terminal is upside down");
      };
    },
  });
  assertEquals(ended.code, 70);
  assertEquals(ended.isKeyboardOpen, false);
  assertEquals(ended.screen.modes.paste, false);
  assertEquals(ended.screen.lines[0], "error: skein has a bug:");
});

Deno.test("show draws anew for another size of the terminal, with the same one highlighted", async () => {
  const screens: (readonly string[])[] = [];
  await type(["show"], {
    keys: [DOWN, DOWN, { type: "redraw" }, ESCAPE],
    onKey: (screen, event, host) => {
      screens.push(screen.lines);
      if (event.type !== "redraw") return;
      host.size = { columns: 40, rows: 8 };
      screen.resize(40, 8);
    },
  });
  const [before, after] = [screens[2] ?? [], screens[3] ?? []];
  const marked = (lines: readonly string[]) =>
    lines.slice(1).filter((line) => line.startsWith("> ")).map((line) => line.slice(0, 10));
  assertEquals([before.length > 8, after.length], [true, 8]);
  assertEquals(marked(after), marked(before));
  assertEquals(marked(after).length, 1);
});

Deno.test("show offers what the filters of list let through, and does not say them", async () => {
  // The ids of claw-code's sessions are times, and no other agent's are.
  const lines = await look(["show", "--agent", "claw"], { root: ALL });
  const rows = lines.slice(2, lines.findIndex((line) => line.startsWith("─")));
  assert(rows.length > 0 && rows.every((row) => /^[> ] 17\d{6} /.test(row)), rows.join("\n"));
  const line = ["show", "--agent", "zot", "--since", "90d", "--no-tools"];
  const { code, stderr } = await type(line, { keys: ["\r"] });
  assertEquals(code, 0);
  assertEquals(stderr.split("\n")[0], `skein show b7e4f9d0 --no-tools --root ${STORE}`);
});

Deno.test("show says nothing of the line when it is to be quiet", async () => {
  const { code, stderr } = await type(["show", "--quiet"], { keys: ["glossary", "\r"] });
  assertEquals([code, stderr], [0, ""]);
});

Deno.test("show gives up the leave to write before it draws, branch keeps it", async () => {
  for (const [line, isDropped] of [[["show"], true], [["branch", "--at", "1"], false]] as const) {
    let wasDropped: boolean | undefined;
    await type(line, {
      onKey: (_, __, host) => void (wasDropped = host.hasDroppedWritePermission),
    });
    assertEquals(wasDropped, isDropped, line[0]);
  }
});

Deno.test("show checks its flags before it offers anything", async () => {
  for (const flags of [["--tail", "x"], ["--raw", "--json"], ["--since", "someday"]]) {
    const { code, events } = await type(["show", ...flags]);
    assertEquals([code, events], [2, 0], flags.join(" "));
  }
});

Deno.test("show, branch and export end with a usage error where nobody can pick", async () => {
  const settings: readonly Settings[] = [
    { piped: ["stdin"] },
    { piped: ["stdout"] },
    { piped: ["stdin", "stdout", "stderr"] },
    { env: { TERM: "dumb" } },
  ];
  for (const setting of settings) {
    for (const [name, ...flags] of [["show"], ["branch", "--at", "1"]] as const) {
      const { code, stderr, stdout, events } = await type([name, ...flags], setting);
      assertEquals({ code, stderr, stdout, events }, {
        code: 2,
        stderr: `error: skein ${name} needs SESSION\nhint: skein ${name} SESSION [FLAGS]\n`,
        stdout: "",
        events: 0,
      });
    }
  }
  const { code, stderr } = await type(["export"], { piped: ["stdin", "stdout"] });
  assertEquals(code, 2);
  assertEquals(
    stderr,
    "error: skein export needs SESSION...\nhint: skein export SESSION... [FLAGS]\n",
  );
});

Deno.test("export into a pipe opens no picker", async () => {
  const { code, stdout, events } = await type(["export"], { piped: ["stdout"] });
  assertEquals([code, stdout, events], [2, "", 0]);
});

Deno.test("export into a file is drawn on standard output, and on nothing else", async () => {
  const path = join(STORE, "out.zotsession");
  const line = ["export", "--output", path];
  assertEquals((await type(line, { piped: ["stdout"] })).code, 2);
  const nowhere = await type(["export", "--output", join(STORE, "nowhere/")]);
  assertEquals([nowhere.code, nowhere.events], [1, 0]);
  const picked = await type(line, { keys: ["glossary", "\r"] });
  assertEquals(picked.code, 0);
  assert(Deno.statSync(path).size > 0);
  assertStringIncludes(picked.stdout, "Start a glossary");
  assertEquals(
    picked.stderr.split("\n")[0],
    `skein export 38f7b1c5 --output ${path} --root ${STORE}`,
  );
  Deno.removeSync(path);
});

Deno.test("export refuses a terminal before anything is picked", async () => {
  const { code, stderr, events } = await type(["export"]);
  assertEquals([code, events], [2, 0]);
  assertMatch(stderr, /^error: Cannot export to a terminal\n/);
});

Deno.test("branch takes the picked session and keeps --cwd for the new one", async () => {
  const folder = makeFolder({});
  try {
    buildSampleStore(join(folder, "zot"));
    const line = ["branch", "--turn", "1", "--title", "it's new", "--cwd", "/home/ada/new"];
    const { code, stderr, stdout } = await type([...line, "--match", "glossary"], {
      root: folder,
      keys: ["\r"],
    });
    assertEquals(code, 0);
    assertEquals(
      stderr.split("\n")[0],
      `skein branch 38f7b1c5 --turn 1 --title 'it'\\''s new' --cwd /home/ada/new --root ${folder}`,
    );
    const path = /\S+\.jsonl\n$/.exec(stdout)?.[0].trim() ?? "";
    assertStringIncludes(Deno.readTextFileSync(path), '"cwd":"/home/ada/new"');
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("branch picks before it asks for a place, as with a typed session", async () => {
  const { code, stderr } = await type(["branch"], { keys: ["glossary", "\r"] });
  assertEquals(code, 2);
  assertEquals(stderr.split("\n").slice(1, 2), ["error: skein branch needs a place to branch at"]);
});

Deno.test("show says why there is nothing to pick", async () => {
  const empty = makeFolder({});
  try {
    const none = await type(["show"], { root: empty });
    assertEquals([none.code, none.events], [1, 0]);
    assertEquals(
      none.stderr,
      `error: Cannot show a session: there is none in ${empty}\nhint: --root DIR looks elsewhere\n`,
    );
  } finally {
    Deno.removeSync(empty, { recursive: true });
  }
  const { code, stderr } = await type(["show", "--match", "no such title"]);
  assertEquals(code, 1);
  assertMatch(
    stderr,
    /^error: Cannot show a session: none of \d+ sessions matches\nhint: skein list/,
  );
});

Deno.test("show says how many files it could not read, and names twins by their paths", async () => {
  const meta = { id: "aaaa1111-2222", cwd: "/k", model: "m", provider: "p" };
  const row = `${JSON.stringify({ type: "meta", meta })}\n`;
  const folder = makeFolder({ "a.jsonl": row, "b.jsonl": row, "c.jsonl": "no row\n" });
  try {
    const { code, stderr } = await type(["show"], { root: folder, keys: ["\r"] });
    assertEquals(code, 0);
    assertEquals(stderr.split("\n").slice(0, 2), [
      "warning: Cannot read 1 file; skein list names them",
      `skein show ${folder}/b.jsonl --root ${folder}`,
    ]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

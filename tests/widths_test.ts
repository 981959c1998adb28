/**
 * The lines of `list` and `tree` on a screen, at any width and in any script: each takes one row, and
 * columns start in one cell, whatever the terminal makes of letters that belong together.
 */

import { assert, assertEquals } from "@std/assert";
import { LANGUAGE_SESSIONS } from "../scripts/sample_languages.ts";
import type { SampleSession } from "../scripts/sample_session.ts";
import { buildSampleStore } from "../scripts/sample_store.ts";
import { message } from "../scripts/zot_rows.ts";
import { run } from "../src/app.ts";
import { FakeHost } from "./fake_host.ts";
import { CellScreen } from "./cell_screen.ts";
import { useFolder } from "./folder.ts";
import { holdLaw, type Random } from "./random.ts";
import { randomLine } from "./random_text.ts";

/** What a title starts with, to be found on the screen. */
const START = "§";

Deno.test("list and tree show a row for each session of the sample, at every width", async () => {
  using folder = useFolder();
  const root = folder.path;
  buildSampleStore(root, { sessions: LANGUAGE_SESSIONS });
  for (let columns = 20; columns <= 210; columns += columns < 90 ? 1 : 10) {
    const isTerminal = columns % 2 === 0;
    const listed = await show("list", { root, columns, isTerminal });
    const drawn = await show("tree", { root, columns, isTerminal });
    assert(!listed.hasWrapped && !drawn.hasWrapped, `${columns}`);
    assertEquals(listed.lines.length, LANGUAGE_SESSIONS.length + (isTerminal ? 1 : 0));
    assertEquals(drawn.lines.length, LANGUAGE_SESSIONS.length);
  }
});

Deno.test("list and tree keep random titles in their rows and columns", async () => {
  const stores: (readonly SampleSession[])[] = [];
  holdLaw(12, (random) => {
    stores.push(random.list(random.integer(1, 8), (index) => randomSession(random, index)));
  });
  for (const sessions of stores) {
    using folder = useFolder();
    const root = folder.path;
    buildSampleStore(root, { sessions });
    for (let columns = 20; columns <= 200; columns += 13) {
      const listed = await show("list", { root, columns, isTerminal: true });
      const drawn = await show("tree", { root, columns, isTerminal: true });
      const about = JSON.stringify({ columns, sessions });
      assert(!listed.hasWrapped && !drawn.hasWrapped, about);
      assertEquals(listed.lines.length, sessions.length + 1, about);
      assertEquals(drawn.lines.length, sessions.length, about);
      assertEquals(new Set(listed.startsOf(START)).size, 1, about);
    }
  }
});

interface Screen {
  readonly root: string;
  readonly columns: number;
  /** Whether it is the program's own, or only one whose width it knows. */
  readonly isTerminal: boolean;
}

async function show(command: string, { root, columns, isTerminal }: Screen): Promise<CellScreen> {
  const host = new FakeHost({ env: { COLUMNS: String(columns) } });
  if (isTerminal) host.useTerminal({ columns, rows: 50 });
  assertEquals(await run([command, "--root", root, "--quiet"], host), 0);
  const terminal = new CellScreen(columns);
  terminal.write(host.stdout.text);
  return terminal;
}

function randomSession(random: Random, index: number): SampleSession {
  const digits = String(index).padStart(2, "0");
  const time = `2026-11-${String(index + 1).padStart(2, "0")}T09:00:00`;
  return {
    id: `${digits}af${digits}be-0000-4000-8000-000000000000`,
    project: randomLine(random, 12).replaceAll("/", "").trim() || "kite",
    started: `${time}Z`,
    ended: `${time}Z`,
    rows: [message("user", time.slice("2026-11-".length), START + randomLine(random, 60))],
  };
}

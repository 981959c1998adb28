/** What comes through the pipe is taken in as a file is, whether its agent shows early or late. */

import { assertEquals, assertMatch } from "@std/assert";
import { dirname, join } from "@std/path";
import { run } from "../src/app.ts";
import { FakeHost } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";
import { pathOf, type Ran } from "./hazard_world.ts";
import { loadClaw } from "./strict_claw.ts";

/** The messages come first, so that what tells the agent stands at the end. */
const TEXTS = ["x", "y", "z"].map((letter) => letter.repeat(1024 * 1024));
const LEGACY = JSON.stringify({
  messages: TEXTS.map((text) => ({ blocks: [{ text, type: "text" }], role: "user" })),
  version: 1,
});
const MEMORY = ["a", "b"].map((content) => `${JSON.stringify({ role: "user", content })}\n`).join(
  "",
);

/** A home with a folder to work in, both empty. */
interface Home {
  readonly home: string;
  readonly cwd: string;
  skein(line: readonly string[], input?: string): Promise<Ran>;
}

async function inHome(test: (home: Home) => Promise<void>): Promise<void> {
  const base = makeFolder({});
  const [home, cwd] = [join(base, "home"), join(base, "work")];
  for (const folder of [home, cwd]) Deno.mkdirSync(folder);
  const skein = async (line: readonly string[], input = "") => {
    const host = new FakeHost({ cwd, env: { HOME: home } });
    host.input = new TextEncoder().encode(input);
    const code = await run(line, host);
    return { code, out: host.stdout.text, talk: host.stderr.text };
  };
  try {
    await test({ home, cwd, skein });
  } finally {
    Deno.removeSync(base, { recursive: true });
  }
}

function list(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name);
}

function loadTexts(path: string): readonly (string | undefined)[] {
  return loadClaw(Deno.readFileSync(path)).messages.map(({ parts: [part] }) =>
    part?.type === "text" ? part.text : part?.type
  );
}

Deno.test("a long one-line claw object comes through the pipe as it does from its file", async () => {
  await inHome(async ({ cwd, skein }) => {
    Deno.writeTextFileSync(join(cwd, "old.json"), LEGACY);
    for (const [file, input] of [["old.json", ""], ["-", LEGACY]] as const) {
      const ran = await skein(["import", file], input);
      assertEquals(ran.code, 0, ran.talk);
      const path = pathOf(ran);
      assertMatch(path.slice(cwd.length), /^\/\.claw\/sessions\/.*session-\d+-\d+\.jsonl$/);
      assertEquals(loadTexts(path), TEXTS);
    }
  });
});

Deno.test("a long one-line claw object comes through the pipe into a named root", async () => {
  await inHome(async ({ cwd, skein }) => {
    Deno.writeTextFileSync(join(cwd, "old.json"), LEGACY);
    for (const [file, input] of [["old.json", ""], ["-", LEGACY]] as const) {
      const root = join(cwd, `root ${file}`);
      Deno.mkdirSync(root);
      const ran = await skein(["import", file, "--root", root], input);
      assertEquals(ran.code, 0, ran.talk);
      assertEquals(pathOf(ran).startsWith(root), true);
      assertEquals(loadTexts(pathOf(ran)), TEXTS);
    }
  });
});

Deno.test("what no agent wrote is refused from the pipe, and no default root is made", async () => {
  const garbage = ["", "hello\n", '{"a":1}\n', "\0".repeat(5000), "x".repeat(3 * 1024 * 1024)];
  for (const input of [...garbage, LEGACY.slice(0, -20)]) {
    await inHome(async ({ home, cwd, skein }) => {
      const { code, out, talk } = await skein(["import", "-"], input);
      assertEquals([code, out], [1, ""]);
      assertMatch(talk, /no agent that skein knows wrote it/);
      assertEquals([list(home), list(cwd)], [[], []]);
    });
  }
});

Deno.test("eino's memory goes to the memory folder, not among the sessions", async () => {
  for (const isPiped of [true, false]) {
    await inHome(async ({ cwd, skein }) => {
      for (const name of ["sessions", "memory"]) {
        Deno.mkdirSync(join(cwd, "data", name), { recursive: true });
      }
      Deno.writeTextFileSync(join(cwd, "old.jsonl"), MEMORY);
      const ran = await skein(["import", isPiped ? "-" : "old.jsonl"], isPiped ? MEMORY : "");
      assertEquals(ran.code, 0, ran.talk);
      assertEquals(dirname(pathOf(ran)), join(cwd, "data", "memory"));
      assertEquals(Deno.readTextFileSync(pathOf(ran)), MEMORY);
    });
  }
});

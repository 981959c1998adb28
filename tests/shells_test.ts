/**
 * Completion as people have it: each shell at a terminal, with its script and the compiled binary.
 *
 * A `skein` on the path passes what the script asks on to the binary, and for anything else writes down
 * the words that it is run with: those are what the shell made of what it completed.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { compile } from "../scripts/compile.ts";
import { SHELLS } from "../src/shells.ts";
import { toOneLine } from "../src/text.ts";
import { makeFolder } from "./folder.ts";
import { HOSTILE_TITLE, TYPABLE_IDS, writeHostileSessions } from "./hostile_names.ts";
import { isInstalled, testWith } from "./installed.ts";
import { Terminal } from "./terminal.ts";

const SPY = `#!/bin/sh
[ "$1" != complete ] || exec "$BINARY" "$@" 2>>"$LOUD"
for word; do printf '%s\\0' "$word"; done >>"$RAN"
echo >>"$RAN"
`;
const FILES = ["some folder/x", "talk.zotsession", "two words.txt"];

/** How a shell is started, and what is typed first; the quotes hide the prompt until it is one. */
interface Start {
  readonly command: string;
  readonly setup: readonly string[];
}

const STARTS: Readonly<Record<string, Start>> = {
  bash: {
    command: "bash --noprofile --norc -i",
    setup: ["PS1='READY''>'"],
  },
  zsh: {
    command: "zsh -f -i",
    setup: ["PS1='READY''>'", "autoload -Uz compinit; compinit -u -D"],
  },
  fish: {
    command: "fish --no-config -i",
    setup: ["function fish_prompt; echo -n 'READY''>'; end"],
  },
};

/** What is typed, with ^ for Tab, and the words that skein is then run with. */
const LINES: readonly (readonly [line: string, ...words: readonly string[]])[] = [
  ["skein sho^latest", "show", "latest"],
  ["skein --qui^lis^--limi^3", "--quiet", "list", "--limit", "3"],
  ["skein list --so^ti^", "list", "--sort", "title"],
  ["skein list --sort=ti^", "list", "--sort=title"],
  ["skein completions fi^", "completions", "fish"],
  ["skein help un^", "help", "undo"],
  ["skein show 6f^", "show", findId("6f")],
  ["skein show telegram:1^", "show", findId("telegram")],
  ['skein show "tele^', "show", findId("telegram")],
  ["skein show 'tele^", "show", findId("telegram")],
  ["skein show matrix:^", "show", findId("matrix")],
  ["skein show run^", "show", findId("run")],
  ["skein show 'run^", "show", findId("run")],
  ['skein show "run^', "show", findId("run")],
  ["skein show star^", "show", findId("star")],
  ["skein show has^", "show", findId("hash")],
  ["skein show %p^", "show", findId("%percent")],
  ["skein show gl^", "show", findId("gl")],
  ["skein export tele^6f^", "export", findId("telegram"), findId("6f")],
  ["skein show --agent zot lat^", "show", "--agent", "zot", "latest"],
  ["true; COLUMNS=80 skein show 6f^", "show", findId("6f")],
  ["skein import ta^", "import", "talk.zotsession"],
  ["skein show ta^", "show", "talk.zotsession"],
  ["skein export latest -o two^", "export", "latest", "-o", "two words.txt"],
  ["skein export latest --output=two^", "export", "latest", "--output=two words.txt"],
  ["skein export latest > two^", "export", "latest"],
  ["skein list --root so^", "list", "--root", "some folder"],
  ["skein list --cwd=so^", "list", "--cwd=some folder"],
];

/** What is typed to see all that may come, and the last of it that is shown. */
const LISTINGS: Readonly<Record<string, string>> = {
  bash: "skein show \t\t",
  zsh: "skein show \t",
  fish: "complete -C 'skein show '\n",
};

const FOLDER = makeFolder({ "bin/skein": SPY });
const ROOT = join(FOLDER, "root");
const BINARY = join(FOLDER, "binary");

Deno.test.beforeAll(async () => {
  Deno.chmodSync(join(FOLDER, "bin/skein"), 0o755);
  writeHostileSessions(ROOT);
  await compile({ roots: [ROOT], output: BINARY });
});

Deno.test.afterAll(() => Deno.removeSync(FOLDER, { recursive: true }));

for (const { name, script } of SHELLS) {
  const start = STARTS[name];
  if (start === undefined) continue;
  const home = join(FOLDER, name);
  const scriptPath = join(FOLDER, `skein.${name}`);
  const env = {
    PATH: `${join(FOLDER, "bin")}:${Deno.env.get("PATH")}`,
    HOME: home,
    BINARY,
    RAN: join(home, "words"),
    LOUD: join(home, "loud"),
  };

  testWith(name, `${name} finds no fault with its script`, async () => {
    Deno.writeTextFileSync(scriptPath, script);
    const { code, stderr } = await new Deno.Command(name, { args: ["-n", scriptPath] }).output();
    assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
  });

  testWith(
    isInstalled("script") ? name : "script",
    `${name} completes to the words that were meant`,
    async () => {
      const here = join(home, "here");
      for (const file of FILES) {
        Deno.mkdirSync(join(here, file, ".."), { recursive: true });
        Deno.writeTextFileSync(join(here, file), "");
      }
      Deno.writeTextFileSync(scriptPath, script);
      await using terminal = new Terminal(start.command, { cwd: here, env });
      const lines = [...start.setup, `source '${scriptPath}'`, ...LINES.map(([line]) => line)];
      for (const [index, line] of lines.entries()) {
        const keys = `${line.replaceAll("^", "\t")}\necho done-''${index}\n`;
        await terminal.type(keys, new RegExp(`done-${index}\\s[^]*READY>`));
      }
      assertEquals(
        readRuns(env.RAN),
        LINES.map(([, ...words]) => words),
      );

      const listing = await terminal.type(
        LISTINGS[name] ?? "",
        new RegExp(TYPABLE_IDS.at(-1) ?? ""),
      );
      assert(!listing.includes("\u001b[31m"), listing);
      if (name !== "bash") assertStringIncludes(listing, toOneLine(HOSTILE_TITLE).slice(0, 40));

      assertEquals([...Deno.readDirSync(here)].map((entry) => entry.name).sort(), [
        "some folder",
        "talk.zotsession",
        "two words.txt",
      ]);
      assertEquals(Deno.readTextFileSync(env.LOUD), "");
    },
  );
}

/** The id that begins so. */
function findId(start: string): string {
  return TYPABLE_IDS.find((id) => id.startsWith(start)) ?? "";
}

/** The words of each run; shells differ in whether a folder keeps its slash. */
function readRuns(path: string): readonly (readonly string[])[] {
  return Deno.readTextFileSync(path).trimEnd().split("\n").map((line) =>
    line.split("\0").slice(0, -1).map((word) => word.replace(/\/$/, ""))
  );
}

/** What shells are answered: words that each of them reads as words, and never a loud one. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run } from "../src/app.ts";
import type { FileSystem } from "../src/host.ts";
import { SHELLS } from "../src/shells.ts";
import { toOneLine } from "../src/text.ts";
import { COMMANDS } from "./all_commands.ts";
import { FakeHost } from "./fake_host.ts";
import { useFolder } from "./folder.ts";
import { HOSTILE_TITLE, TYPABLE_IDS, writeHostileSessions } from "./hostile_names.ts";
import { ask, askFish, useMany, useSample } from "./shell_questions.ts";

Deno.test("answerShell() leaves it to the shell to find files", async () => {
  using folder = useSample();
  const host = { env: { SKEIN_ROOT: folder.path } };
  assertEquals(await ask("fish", ["=", "skein", "import"], host), "files\n");
  assertEquals(await ask("zsh", ["=--root=x", "skein", "list"], host), "folders\n");
  assertEquals(await ask("bash", ["skein export latest > b7", "b7"], host), "files\n");
  // A session may be named by its path, or begin as no id does.
  for (const word of ["./b7", "talk"]) {
    for (const name of ["show", "export", "prune"]) {
      assertEquals(await ask("fish", [`=${word}`, "skein", name], host), "files\n");
    }
  }
});

Deno.test("answerShell() finds the command behind variables that are set for it", async () => {
  const host = { env: {} };
  const plain = await ask("fish", ["=l", "skein"], host);
  assertEquals(plain, "words\nlist\tList sessions, the latest first\n");
  assertEquals(await ask("fish", ["=l", "COLUMNS=80", "A=", "skein"], host), plain);
});

Deno.test("answerShell() says each word on a line, without what a terminal obeys", async () => {
  using folder = useFolder();
  writeHostileSessions(folder.path);
  const host = { env: { SKEIN_ROOT: folder.path } };
  for (const { name } of SHELLS) {
    const args = name === "bash" ? ["skein show ", ""] : ["=", "skein", "show"];
    const [kind, ...lines] = (await ask(name, args, host)).split("\n");
    assertEquals([kind, lines.length, lines.pop()], ["words", TYPABLE_IDS.length + 2, ""], name);
    for (const line of lines) {
      const shown = line.replace("\t", " ");
      assertEquals(toOneLine(shown), shown, name);
    }
  }
  const [, first = ""] = await askFish(["show"], "", host);
  const about = first.split("\t")[1]?.replace(/…$/, "") ?? "";
  assertStringIncludes(`0: ${toOneLine(HOSTILE_TITLE)}`, about);
  assert(about.length > 50);
});

Deno.test("answerShell() spells each word as the script of the shell reads it", async () => {
  using folder = useFolder();
  writeHostileSessions(folder.path);
  const host = { env: { SKEIN_ROOT: folder.path } };
  const last = async (shell: string, ...args: readonly string[]) =>
    (await ask(shell, args, host)).split("\n").at(-2);
  const rest = '!room it\'s "two" words';
  const title = `2: ${toOneLine(HOSTILE_TITLE).slice(0, 20)}`;
  assertEquals(
    await last("bash", "skein show matrix:", ""),
    '\\!room\\ it\\\'s\\ \\"two\\"\\ words',
  );
  assertEquals(await last("bash", "skein show 'ma", "ma"), `matrix:${rest.replace("'", "'\\''")}`);
  assertEquals(await last("bash", 'skein show "ma', "ma"), "words");
  assert((await last("zsh", "=ma", "skein", "show"))?.startsWith(`matrix\\:${rest}:${title}`));
  assert((await last("fish", "='ma", "skein", "show"))?.startsWith(`matrix:${rest}\t${title}`));
  assert(
    (await last("powershell", "=ma", "skein", "show"))
      ?.startsWith(`'matrix:${rest.replace("'", "''")}'\t${title}`),
  );
});

Deno.test("answerShell() answers nothing where the line or the disk is wrong", async () => {
  using folder = useSample();
  Deno.writeTextFileSync(`${folder.path}/a.txt`, "no session\n");
  const host = { env: { SKEIN_ROOT: folder.path } };
  const gone = { env: { SKEIN_ROOT: "/nowhere" } };
  for (
    const [words, where] of [
      [["show"], gone],
      [["undo"], gone],
      [["show", "--root", "/nowhere"], host],
      [["show", "--root", `${folder.path}/a.txt`], host],
      [["show", "--since", "whenever"], host],
      [["frobnicate"], host],
    ] as const
  ) assertEquals(await askFish(words, "", where), [], words.join(" "));
  // What is wrong with the line elsewhere is no reason to be silent.
  assert((await askFish(["show", "--nope", "--tail", "x"], "", host)).length > 1);
  assertEquals(await ask("tcsh", ["=", "skein"], host), "");
  for (const { name } of SHELLS) assertMatch(await ask(name, [], host), /^words\n/);
});

Deno.test("answerShell() says nothing when the reader has gone", async () => {
  const host = new FakeHost();
  host.stdout.maxLines = 1;
  assertEquals(await run(["complete", "fish", "=", "skein"], host), 0);
  assertEquals(host.stderr.text, "");
});

Deno.test("answerShell() touches no file where the line does not ask for names", async () => {
  const valued = COMMANDS.flatMap(({ name, flags }) =>
    flags.filter(({ value }) => value !== undefined).map((flag) => [name, `--${flag.name}`])
  );
  const questions = [
    ...COMMANDS.map(({ name }) => [[name], "-"] as const),
    ...[...valued, ["import"], ["help"], ["completions"], ["list"], ["show", "latest"], []]
      .map((words) => [words, ""] as const),
    [["show"], "./"] as const,
  ];
  for (const [words, word] of questions) {
    const calls: string[] = [];
    const host = new FakeHost({
      env: { SKEIN_ROOT: Deno.cwd() },
      files: noteCalls(new FakeHost().files, calls),
    });
    await run(["complete", "fish", `=${word}`, "skein", ...words], host);
    assertEquals([calls, host.hasDroppedWritePermission], [[], true], words.join(" "));
    assert(host.stdout.text !== "");
  }
});

Deno.test("answerShell() writes nothing but the cache, and not even that with --no-cache", async () => {
  // So many are worth a cache.
  using folder = useMany(120);
  const change = async (...words: readonly string[]) => {
    const calls: string[] = [];
    const env = { SKEIN_ROOT: folder.path };
    const host = new FakeHost({ env, files: noteCalls(new FakeHost().files, calls) });
    await run(["complete", "zsh", "=", "skein", ...words], host);
    assertEquals(host.hasDroppedWritePermission, true);
    assert(calls.length > 0, words.join(" "));
    return calls.filter((call) => !/^(lstat|realPath|readFolder|open|syncFolder) /.test(call));
  };
  assertEquals(await change("show", "--no-cache"), []);
  assertEquals(await change("undo"), []);
  const calls = await change("show");
  assert(calls.length > 0);
  for (const call of calls) {
    const path = call.slice(call.indexOf(" ") + 1).replace(folder.path, "");
    assertMatch(path, /^\/\.skein(\/cache(\/|$)|$)/, call);
  }
});

/** Files that note the name and the path of each call. */
function noteCalls(files: FileSystem, calls: string[]): FileSystem {
  return new Proxy(files, {
    get: (target, name) => {
      const call = Reflect.get(target, name);
      return (...args: readonly unknown[]) => {
        calls.push(`${String(name)} ${args[0]}`);
        return call.apply(target, args);
      };
    },
  });
}

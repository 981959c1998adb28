/** Help, and the declarations that it is made of: each is said, once, and is true. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run } from "../src/app.ts";
import type { Command } from "../src/command.ts";
import { ENVIRONMENT } from "../src/environment.ts";
import { type Flag, GLOBAL_FLAGS, parseFlags } from "../src/flags.ts";
import { formatCommandHelp, formatHelp, formatUsage } from "../src/help.ts";
import { EXIT_CODES } from "../src/manual.ts";
import { measureWidth } from "../src/text.ts";
import { COMMANDS } from "./all_commands.ts";
import { FakeHost } from "./fake_host.ts";
import { parseCommandLine } from "./golden_line.ts";

const COMMAND: Command = {
  name: "fold",
  summary: "Fold a session",
  operands: "SESSION...",
  arity: [1, 9],
  writes: true,
  cache: "none",
  flags: [
    { name: "times", alias: "count", short: "t", value: "N", about: "how often" },
    { name: "way", value: "WAY", choices: ["in", "out"], about: "which way" },
  ],
  examples: [["latest", "once"], ["-t 3 latest", "three times"]],
  run: () => "done",
};

Deno.test("formatUsage() names the command, its operands and its flags", () => {
  assertEquals(formatUsage(COMMAND), "skein fold SESSION... [FLAGS]");
  assertEquals(formatUsage({ ...COMMAND, operands: "" }), "skein fold [FLAGS]");
});

Deno.test("formatUsage() and formatCommandHelp() say that a session may be picked where it may", () => {
  const picking: Command = { ...COMMAND, picks: { filters: [] } };
  assertEquals(formatUsage(picking), "skein fold [SESSION...] [FLAGS]");
  assertStringIncludes(formatCommandHelp(picking), "Without one, a terminal");
  assert(!formatCommandHelp(COMMAND).includes("Without one, a terminal"));
});

Deno.test("formatCommandHelp() aligns flags and examples with what they do", () => {
  const page = formatCommandHelp(COMMAND).split("\n");
  assertEquals(page.slice(0, 7), [
    "Fold a session.",
    "",
    "Usage: skein fold SESSION... [FLAGS]",
    "",
    "Flags:",
    "  -t, --times, --count N  how often",
    "      --way WAY           which way (in, out)",
  ]);
  assertEquals(page.slice(-4), [
    "Examples:",
    "  skein fold latest       once",
    "  skein fold -t 3 latest  three times",
    "",
  ]);
});

Deno.test("formatCommandHelp() shows an example without arguments as the bare command", () => {
  const page = formatCommandHelp({ ...COMMAND, examples: [["", "all of them"]] });
  assertEquals(page.split("\n").at(-2), "  skein fold  all of them");
});

Deno.test("formatCommandHelp() says what a session is where one can be named, and only there", () => {
  const explanation = "A SESSION is an id";
  assertStringIncludes(formatCommandHelp(COMMAND), explanation);
  assert(!formatCommandHelp({ ...COMMAND, operands: "" }).includes(explanation));
});

Deno.test("formatHelp() names every command, global flag, variable and exit code with what it is", () => {
  const page = unfold(formatHelp(COMMANDS));
  const said = [
    ...COMMANDS.map(({ name, summary }) => [name, summary]),
    ...GLOBAL_FLAGS.map(({ name, about }) => [`--${name}`, about]),
    ...Object.entries(ENVIRONMENT),
    ...Object.entries(EXIT_CODES),
  ];
  for (const [name = "", about = ""] of said) {
    const line = page.split("\n").find((candidate) => candidate.includes(` ${name} `)) ?? "";
    assertStringIncludes(line, about, name);
  }
});

Deno.test("formatCommandHelp() names every flag that the command takes, by all its names", () => {
  for (const command of COMMANDS) {
    const page = unfold(formatCommandHelp(command));
    for (const { name, alias, value, about, choices = [] } of flagsOf(command)) {
      const names = alias === undefined ? `--${name}` : `--${name}, --${alias}`;
      const shown = value === undefined ? `${names} ` : `${names} ${value} `;
      const line = page.split("\n").find((candidate) => candidate.includes(shown)) ?? "";
      for (const part of [about, ...choices]) assertStringIncludes(line, part, shown);
    }
  }
});

Deno.test("formatHelp() and formatCommandHelp() keep to 80 cells", () => {
  for (const page of [formatHelp(COMMANDS), ...COMMANDS.map(formatCommandHelp)]) {
    for (const line of page.split("\n")) assert(measureWidth(line) <= 80, line);
  }
});

Deno.test("formatHelp() and formatCommandHelp() leave no space at the end of a line", () => {
  for (const page of [formatHelp(COMMANDS), ...COMMANDS.map(formatCommandHelp)]) {
    assert(page.endsWith("\n") && !page.endsWith("\n\n"));
    for (const line of page.split("\n")) assertEquals(line, line.trimEnd());
  }
});

Deno.test("formatHelp() and formatCommandHelp() keep every line within 100 cells", () => {
  for (const page of [formatHelp(COMMANDS), ...COMMANDS.map(formatCommandHelp)]) {
    for (const line of page.split("\n")) assert(measureWidth(line) <= 100, line);
  }
});

Deno.test("COMMANDS are told apart by name, and each says what it does in one line", () => {
  const names = COMMANDS.map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
  for (const { name, summary, operands, arity: [least, most], examples } of COMMANDS) {
    assertMatch(name, /^[a-z]+$/);
    assertMatch(summary, /^[A-Z][^\n]{9,70}[^.\s]$/, name);
    assert(least <= most && (most > 0) === (operands !== ""), name);
    assert(examples.length > 0, name);
  }
});

Deno.test("COMMANDS declare each flag once, the global ones counted", () => {
  for (const command of COMMANDS) {
    const flags = flagsOf(command);
    const names = flags.map(({ name }) => name);
    assertEquals(names.filter((name, i) => names.indexOf(name) !== i), [], command.name);
    const letters = flags.flatMap(({ short }) => short ?? []);
    assertEquals(letters.filter((letter, i) => letters.indexOf(letter) !== i), [], command.name);
  }
});

Deno.test("COMMANDS declare flags that can be typed, and say what each does in one line", () => {
  for (const flag of COMMANDS.flatMap(flagsOf)) {
    assertMatch(flag.name, /^[a-z][a-z0-9-]+$/);
    assertMatch(flag.short ?? "x", /^[A-Za-z]$/, flag.name);
    assertMatch(flag.value ?? "X", /^[A-Z][A-Z.]*$/, flag.name);
    assertMatch(flag.about, /^[a-z][^\n]{6,}[^.\s]$/, flag.name);
    assert(flag.value !== undefined || (!flag.choices && !flag.isRepeatable), flag.name);
    assert(flag.choices === undefined || flag.choices.length > 0, flag.name);
  }
});

Deno.test("COMMANDS give one meaning to a flag that several of them take", () => {
  const shapes = Map.groupBy(COMMANDS.flatMap(flagsOf), ({ name }) => name);
  for (const [name, flags] of shapes) {
    const kinds = new Set(flags.map(({ short, value }) => `${short} ${value}`));
    assertEquals(kinds.size, 1, name);
  }
});

Deno.test("COMMANDS show examples that parse, with as many operands as the command takes", () => {
  for (const command of COMMANDS) {
    for (const [line, what] of command.examples) {
      // What a shell does with pipes and files is not skein's to parse.
      const own = `skein ${command.name} ${line}`.split(/ [<>|] /)[0] ?? "";
      const { words } = parseCommandLine(own, "/home/ada");
      const { args } = parseFlags(words.slice(2), flagsOf(command));
      const [least, most] = command.arity;
      assert(args.length >= (command.picks ? 0 : least) && args.length <= most, line);
      assertMatch(what, /^[a-z0-9][^\n]{4,}[^.\s]$/, line);
    }
  }
});

Deno.test("run() prints the page of a command for every way to ask for it", async () => {
  for (const command of COMMANDS) {
    const page = formatCommandHelp(command);
    for (
      const line of [["help", command.name], [command.name, "--help"], ["-h", command.name]]
    ) assertEquals(await ask(line), { code: 0, stdout: page, stderr: "" }, line.join(" "));
  }
});

Deno.test("run() prints the general page for every way to ask for it", async () => {
  for (const line of [["help"], ["--help"], ["-h"], ["--quiet", "--help"]]) {
    assertEquals(await ask(line), { code: 0, stdout: formatHelp(COMMANDS), stderr: "" });
  }
});

Deno.test("run() prints the version for every way to ask for it", async () => {
  for (const line of [["--version"], ["-V"], ["list", "--version"], ["--quiet", "-V"]]) {
    const { code, stdout } = await ask(line);
    assertEquals(code, 0);
    assertMatch(stdout, /^skein \d+\.\d+\.\d+\n$/);
  }
});

Deno.test("run() takes the flags of every command in front of it too", async () => {
  const roots = ["--root", "/nowhere/at/all"];
  const behind = await ask(["list", "--quiet", "--color", "never", ...roots]);
  assertEquals(behind.code, 1);
  for (
    const line of [
      ["--quiet", "--color", "never", ...roots, "list"],
      ["-q", "--color=never", "list", ...roots],
    ]
  ) assertEquals(await ask(line), behind, line.join(" "));
});

Deno.test("run() refuses what follows the topic of help", async () => {
  assertEquals(await ask(["help", "list", "x"]), {
    code: 2,
    stdout: "",
    stderr: 'error: skein help does not take "x"\nhint: skein help [COMMAND] [FLAGS]\n',
  });
});

Deno.test("run() helps whoever asks for it, whatever else is on the line", async () => {
  const page = await ask(["list", "--help"]);
  assertEquals(page.code, 0);
  for (const line of [["list", "--nonsense", "--help"], ["list", "--limit", "many", "-h", "x"]]) {
    assertEquals(await ask(line), page, line.join(" "));
  }
  assertEquals((await ask(["list", "--", "--help"])).code, 2);
});

function flagsOf(command: Command): readonly Flag[] {
  return [...command.flags, ...GLOBAL_FLAGS];
}

async function ask(line: readonly string[]) {
  const host = new FakeHost();
  const code = await run(line, host);
  return { code, stdout: host.stdout.text, stderr: host.stderr.text };
}

/** Puts what goes on below an entry back on its line. */
function unfold(page: string): string {
  return page.replace(/\n {10,}/g, " ");
}

/** What may stand next on a line: all that the declarations say of it, and nothing else. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Command } from "../src/command.ts";
import { completeLine } from "../src/complete_line.ts";
import { type Flag, GLOBAL_FLAGS } from "../src/flags.ts";
import { COMMANDS } from "./all_commands.ts";

Deno.test("completeLine() offers every command, and no other word", () => {
  const commands = COMMANDS.map(({ name, summary }) => `${name}: ${summary}`);
  for (const line of [[], ["--quiet"], ["--root", "x"], ["--color=never", "-q"], ["help"]]) {
    assertEquals(describe(line), commands, line.join(" "));
  }
});

Deno.test("completeLine() offers every flag of a command by every name of it, and no other", () => {
  for (const command of COMMANDS) {
    for (const word of ["-", "--", "--q"]) {
      assertEquals(describe([command.name], word), flagsOf(command).flatMap(spell), command.name);
    }
  }
  assertEquals(describe([], "-"), GLOBAL_FLAGS.flatMap(spell));
});

Deno.test("completeLine() offers what a flag takes, however it is typed, and nothing else", () => {
  for (const command of COMMANDS) {
    for (const flag of flagsOf(command).filter(({ value }) => value !== undefined)) {
      for (const name of spellNames(flag)) {
        assertEquals(describe([command.name, name]), expectValue(flag), `${command.name} ${name}`);
        if (!name.startsWith("--")) continue;
        const inline = flag.choices?.map((choice) => `${name}=${choice}`) ?? expectValue(flag);
        assertEquals(describe([command.name], `${name}=x`), inline, `${command.name} ${name}=`);
      }
    }
  }
});

Deno.test("completeLine() offers the value of a flag that stands before its command", () => {
  assertEquals(describe(["--color"]), ["auto", "always", "never"]);
  assertEquals(describe(["-q", "--root"]), "folders");
  assertEquals(describe([], "--color="), ["--color=auto", "--color=always", "--color=never"]);
});

Deno.test("completeLine() offers no flag twice but for those that repeat", () => {
  const flags = describe(["list", "-qn3", "--root", "x", "--json"], "-");
  assert(Array.isArray(flags));
  const names = flags.map((line) => line.split(":")[0]);
  for (const given of ["-q", "--quiet", "-n", "--limit", "--json"]) {
    assert(!names.includes(given), given);
  }
  assert(names.includes("--root"));
  assert(!describe(["show", "--last", "3"], "-").includes("--tail: only the last N messages"));
});

Deno.test("completeLine() takes a letter at the end of a cluster for a flag that wants its value", () => {
  assertEquals(describe(["list", "-qn"]), []);
  assertEquals(describe(["export", "latest", "-o"]), "files");
});

Deno.test("completeLine() takes nothing after two dashes for a flag", () => {
  assertEquals(describe(["help", "--"], "-"), describe(["help"]));
  assertEquals(describe(["import", "--limit", "--"]), "files");
  assertEquals(describe(["list", "--sort", "--"], "-x"), []);
});

Deno.test("completeLine() offers what each command takes beside its flags", () => {
  const expected: Readonly<Record<string, unknown>> = {
    SESSION: "SESSION",
    RECEIPT: "RECEIPT",
    FILE: "files",
    COMMAND: COMMANDS.map(({ name, summary }) => `${name}: ${summary}`),
  };
  for (const command of COMMANDS) {
    const { name, operands, arity: [, most] } = command;
    // Completion reads usage lines, so they have to be such as it can read.
    assertMatch(operands, /^$|^\[?([A-Z]+(\|-)?|[a-z]+(\|[a-z]+)+)(\.\.\.)?\]?$/);
    const flags = flagsOf(command).flatMap(spell);
    const choices = /^[a-z]/.test(operands) ? operands.split("|") : flags;
    const kind = /[A-Z]+/.exec(operands)?.[0] ?? "";
    assertEquals(describe([name]), expected[kind] ?? choices, name);
    // Where it takes no more, its flags are left.
    if (most < 9) assertEquals(describe([name, ...Array(most).fill("x")]), flags, name);
  }
});

Deno.test("completeLine() tells what of the line chooses the names to look up", () => {
  const offer = completeLine(
    ["--root", "a", "export", "6f1c", "--agent", "claw", "-q", "--root=b", "--nope"],
    "7a",
    COMMANDS,
  );
  assert(offer.kind === "names");
  const { command, flags, args, word } = offer.line;
  assertEquals([command.name, args, word], ["export", ["6f1c"], "7a"]);
  assertEquals([flags.texts("root"), flags.text("agent"), flags.has("quiet")], [
    ["a", "b"],
    "claw",
    true,
  ]);
});

Deno.test("completeLine() takes what looks like a path for one", () => {
  for (const word of ["./", ".", "~/x", "/tmp", "a/b", "a\\b"]) {
    assertEquals(describe(["show"], word), "files", word);
  }
});

Deno.test("completeLine() offers nothing where nothing is known of the line", () => {
  assertEquals(describe(["frobnicate"]), []);
  assertEquals(describe(["search"], "x"), []);
  assertEquals(describe(["list", "--match"], "x"), []);
  assertEquals(describe(["list"], "--nope=x"), []);
  assertEquals(describe(["list"], "--json=x"), []);
});

/** What is offered: words with what they do, or else of what kind it is. */
function describe(words: readonly string[], word = ""): string | readonly string[] {
  const offer = completeLine(words, word, COMMANDS);
  if (offer.kind === "names") return offer.of;
  if (offer.kind !== "words") return offer.kind;
  return offer.candidates.map(({ value, about }) => about === "" ? value : `${value}: ${about}`);
}

function flagsOf(command: Command): readonly Flag[] {
  return [...command.flags, ...GLOBAL_FLAGS];
}

function spell(flag: Flag): readonly string[] {
  return spellNames(flag).map((name) => `${name}: ${flag.about}`);
}

function spellNames({ name, alias, short }: Flag): readonly string[] {
  return [short && `-${short}`, `--${name}`, alias && `--${alias}`]
    .filter((text) => text !== undefined);
}

function expectValue({ choices, value }: Flag): string | readonly string[] {
  if (choices !== undefined) return choices;
  if (value === "DIR") return "folders";
  return value === "PATH" ? "files" : [];
}

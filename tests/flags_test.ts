/** Flags: what a command line says, and what it may not say. */

import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../src/errors.ts";
import { type Flag, Flags, parseFlags, readParts } from "../src/flags.ts";
import { findNearest } from "../src/nearest.ts";
import { holdLaw } from "./random.ts";

const DECLARED: readonly Flag[] = [
  { name: "root", value: "DIR", isRepeatable: true, about: "" },
  { name: "limit", short: "n", value: "N", about: "" },
  { name: "match", value: "TEXT", about: "" },
  { name: "sort", value: "KEY", choices: ["size", "cost"], about: "" },
  { name: "json", about: "" },
  { name: "no-tools", about: "" },
  { name: "quiet", short: "q", about: "" },
];

Deno.test("parseFlags() tells flags from what stands beside them", () => {
  assertEquals(parse("--json", "one", "--limit", "3", "two", "-q"), {
    json: [""],
    limit: ["3"],
    quiet: [""],
    args: ["one", "two"],
  });
  assertEquals(parse(), { args: [] });
});

Deno.test("parseFlags() takes a value after a space or an equals sign", () => {
  for (const line of [["--limit", "3"], ["--limit=3"], ["-n", "3"], ["-n=3"], ["-n3"]]) {
    assertEquals(parse(...line), { limit: ["3"], args: [] });
  }
});

Deno.test("parseFlags() keeps values as they were typed", () => {
  const values = ["a b", "a=b", "=", "007", "1e3", "0x10", "true", "null", " ", "a\nb", "灯", "\0"];
  for (const value of values) {
    assertEquals(parse("--match", value), { match: [value], args: [] });
    assertEquals(parse(`--match=${value}`), { match: [value], args: [] });
  }
});

Deno.test("parseFlags() takes a value that looks like a flag after an equals sign", () => {
  assertEquals(parse("--match=--json"), { match: ["--json"], args: [] });
  assertEquals(parse("--match=-1", "--root=-"), { match: ["-1"], root: ["-"], args: [] });
});

Deno.test("parseFlags() takes letters run together, the last with its value", () => {
  assertEquals(parse("-qn3"), { limit: ["3"], quiet: [""], args: [] });
  assertEquals(parse("-qn", "3", "x"), { limit: ["3"], quiet: [""], args: ["x"] });
  assertEquals(parse("-n3q"), { limit: ["3q"], args: [] });
});

Deno.test("parseFlags() takes a negative number for a value", () => {
  assertEquals(parse("--limit", "-1", "-q"), { limit: ["-1"], quiet: [""], args: [] });
});

Deno.test("parseFlags() takes a lone dash for a value, as for standard input", () => {
  assertEquals(parse("--match", "-"), { match: ["-"], args: [] });
});

Deno.test("parseFlags() keeps operands as they were typed", () => {
  const operands = ["007", "1e3", "0x10", "12345678", "-", "", "a=b", "null", "__proto__"];
  assertEquals(parse(...operands), { args: operands });
});

Deno.test("parseFlags() keeps true and false beside a switch as operands", () => {
  assertEquals(parse("--json", "true"), { json: [""], args: ["true"] });
  assertEquals(parse("--json", "false"), { json: [""], args: ["false"] });
  assertEquals(parse("-q", "false"), { quiet: [""], args: ["false"] });
});

Deno.test("parseFlags() takes nothing after two dashes for a flag", () => {
  assertEquals(parse("a", "--", "--json", "-x", "--", "--limit=3"), {
    args: ["a", "--json", "-x", "--", "--limit=3"],
  });
});

Deno.test("readParts() tells the parts of a line apart, and judges none of them", () => {
  const parts = (...line: readonly string[]) =>
    [...readParts(line, DECLARED)].map((part) =>
      part.kind === "flag" ? [part.flag.name, part.value] : [part.kind, Object.values(part).at(-1)]
    );
  assertEquals(parts("a", "--sort", "weight", "--limit=x", "-", "--sort=cost"), [
    ["operand", "a"],
    ["sort", "weight"],
    ["limit", "x"],
    ["operand", "-"],
    ["sort", "cost"],
  ]);
  assertEquals(parts("-qxn3", "--nope=1", "--json=yes"), [
    ["quiet", undefined],
    ["unknown", "qxn3"],
    ["unknown", "nope"],
    ["json", "yes"],
  ]);
  for (
    const line of [["--limit"], ["-n"], ["-qn"], ["--limit", "--json"], ["--limit", "--", "x"]]
  ) {
    assertEquals(parts(...line).find(([name]) => name === "limit"), ["limit", undefined]);
  }
  assertEquals(parts("--", "--limit", "--"), [["operand", "--limit"], ["operand", "--"]]);
});

Deno.test("parseFlags() keeps every value of a repeatable flag, in order", () => {
  assertEquals(parse("--root", "b", "--root=a", "--root", "b"), {
    root: ["b", "a", "b"],
    args: [],
  });
});

Deno.test("parseFlags() takes a switch whose name starts with no- as it is", () => {
  assertEquals(parse("--no-tools"), { "no-tools": [""], args: [] });
});

Deno.test("parseFlags() refuses a flag that nobody declared, and names the nearest", () => {
  const hints: [string, string][] = [
    ["--jsno", "did you mean --json?"],
    ["--JSON", "--help lists the flags"],
    ["--limt=3", "did you mean --limit?"],
    ["--quite", "did you mean --quiet?"],
    ["-x", "--help lists the flags"],
    ["-qx", "--help lists the flags"],
    ["---json", "did you mean --json?"],
  ];
  for (const [argument, hint] of hints) {
    const error = assertThrows(() => parse(argument), UsageError);
    assertEquals([error.message, error.hint], [
      `There is no flag "${argument === "-qx" ? "-x" : argument.split("=")[0]}"`,
      hint,
    ]);
  }
});

Deno.test("parseFlags() refuses names that every object has", () => {
  for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty", "_"]) {
    assertThrows(() => parse(`--${name}`), UsageError, "There is no flag");
    assertThrows(() => parse(`--${name}=x`), UsageError, "There is no flag");
  }
});

Deno.test("parseFlags() refuses paths into a flag, a switch undone, and a letter as a name", () => {
  for (const argument of ["--root.x=1", "--no-json", "--no-root", "--n=3", "-Q"]) {
    assertThrows(() => parse(argument), UsageError, "There is no flag");
  }
});

Deno.test("parseFlags() refuses a flag without a name, and proposes none", () => {
  for (const argument of ["--=x", "-=x", "-="]) {
    const error = assertThrows(() => parse(argument), UsageError, "There is no flag");
    assertEquals(error.hint, "--help lists the flags", argument);
  }
});

Deno.test("parseFlags() refuses a flag without its value", () => {
  for (
    const line of [
      ["--limit"],
      ["-n"],
      ["--limit="],
      ["-n="],
      ["--limit", ""],
      ["--limit", "--json"],
      ["--limit", "-q"],
      ["-qn"],
      ["--limit", "--", "3"],
    ]
  ) {
    const error = assertThrows(() => parse(...line), UsageError);
    assertEquals([error.message, error.hint], ["--limit needs a value", "--limit N"]);
  }
});

Deno.test("parseFlags() refuses a value for a switch", () => {
  for (const argument of ["--json=yes", "--json=", "--json=true", "--json=false"]) {
    assertThrows(() => parse(argument), UsageError, "--json takes no value");
  }
  assertThrows(() => parse("-q=1"), UsageError);
});

Deno.test("parseFlags() refuses a value twice, under any of its names", () => {
  for (const line of [["--limit=1", "--limit=1"], ["-n", "1", "--limit", "2"]]) {
    assertThrows(() => parse(...line), UsageError, "--limit was given twice");
  }
  assertEquals(parse("--json", "--json"), { json: [""], args: [] });
});

Deno.test("parseFlags() refuses a value that is not among the choices", () => {
  assertEquals(parse("--sort", "size"), { sort: ["size"], args: [] });
  for (const value of ["Size", "siz", "size ", "size,cost"]) {
    assertThrows(
      () => parse("--sort", value),
      UsageError,
      `--sort takes size or cost, not "${value}"`,
    );
  }
});

Deno.test("parseFlags() gives back what a line was made of", () => {
  holdLaw(2_000, (random) => {
    const expected: Record<string, string[]> = { args: [] };
    const line = random.list(random.integer(0, 6), () => {
      const text = random.pick(["x", "0", "true", "false", "-", "a=b", "a b", "list", "n"]);
      const flag = random.pick([...DECLARED] as [Flag, ...Flag[]]);
      if (random.chance(0.4)) {
        expected.args?.push(text);
        return [text];
      }
      if (flag.value === undefined) {
        expected[flag.name] = [""];
        return [`--${flag.name}`];
      }
      if (expected[flag.name] !== undefined && !flag.isRepeatable) return [];
      const value = flag.choices?.[0] ?? text;
      (expected[flag.name] ??= []).push(value);
      return [`--${flag.name}=${value}`];
    }).flat();
    assertEquals(parse(...line), expected, line.join(" | "));
  });
});

Deno.test("has() and text() tell a flag that was given from one that was not", () => {
  const flags = new Flags(new Map([["json", [""]], ["root", ["a", "b"]]]));
  assertEquals([flags.has("json"), flags.has("limit"), flags.has("constructor")], [
    true,
    false,
    false,
  ]);
  assertEquals([flags.text("json"), flags.text("limit"), flags.text("root")], ["", undefined, "b"]);
  assertEquals([flags.texts("root"), flags.texts("limit")], [["a", "b"], []]);
});

Deno.test("count() returns whole numbers only", () => {
  const count = (text: string, least?: number) =>
    new Flags(new Map([["limit", [text]]])).count("limit", least);
  assertEquals([count("0"), count("007"), count("9007199254740991")], [0, 7, 9007199254740991]);
  for (
    const text of ["-1", "+1", "1.0", "1e3", "0x10", " 1", "", "many", "9007199254740992", "١"]
  ) {
    assertThrows(() => count(text), UsageError, "--limit takes a whole number from 0 on");
  }
  assertThrows(() => count("0", 1), UsageError, '--limit takes a whole number from 1 on, not "0"');
  assertEquals(new Flags(new Map()).count("limit"), undefined);
});

Deno.test("parsed() returns what parse() gives, and throws where that is undefined", () => {
  const flags = new Flags(new Map([["since", ["x"]]]));
  const kind = { what: "a time", example: "3d" };
  assertEquals(flags.parsed("since", { ...kind, parse: (text) => text + text }), "xx");
  assertEquals(flags.parsed("until", { ...kind, parse: () => "never called" }), undefined);
  const error = assertThrows(
    () => flags.parsed("since", { ...kind, parse: () => undefined }),
    UsageError,
    '--since takes a time, not "x"',
  );
  assertEquals(error.hint, "--since 3d");
});

Deno.test("toWords() spells flags as a command line that parses to the same", () => {
  const line = ["--root", "a b", "-q", "--root=-x", "-n3", "--match", "it's"];
  const { flags } = parseFlags(line, DECLARED);
  const words = ["--root", "a b", "--root=-x", "--limit", "3", "--match", "it's", "--quiet"];
  assertEquals(flags.toWords(), words);
  assertEquals(parse(...flags.toWords()), parse(...line));
});

Deno.test("filter() keeps the flags that are wanted, with their values", () => {
  const { flags } = parseFlags(["--root", "a", "-q", "-n3"], DECLARED);
  assertEquals(flags.filter((name) => name !== "limit").toWords(), ["--root", "a", "--quiet"]);
});

Deno.test("refuseTogether() refuses two of its flags, not one", () => {
  const flags = new Flags(new Map([["json", [""]], ["raw", [""]]]));
  flags.refuseTogether("json", "markdown");
  assertThrows(
    () => flags.refuseTogether("raw", "json", "markdown"),
    UsageError,
    "--raw and --json exclude each other",
  );
});

Deno.test("findNearest() returns the word with the fewest slips, when they are few", () => {
  const known = ["list", "show", "tree"];
  assertEquals(
    ["lst", "lsit", "sho", "treee", "shwo", "l"].map((word) => findNearest(word, known)),
    ["list", "list", "show", "tree", "show", "list"],
  );
  assertEquals(
    ["frobnicate", "xyz", "LIST"].map((word) => findNearest(word, known)),
    [undefined, undefined, undefined],
  );
  assertEquals(findNearest("list", []), undefined);
});

/** The flags that were given with their values, and what stood beside them. */
function parse(...line: readonly string[]): Record<string, readonly string[]> {
  const { flags, args } = parseFlags(line, DECLARED);
  const given = DECLARED.filter(({ name }) => flags.has(name));
  return { ...Object.fromEntries(given.map(({ name }) => [name, flags.texts(name)])), args };
}

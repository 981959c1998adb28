/** The manual page: it says what help says, and no text in it is taken for markup. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Command } from "../src/command.ts";
import { type Flag, GLOBAL_FLAGS } from "../src/flags.ts";
import { formatUsage } from "../src/help.ts";
import { formatManPage, toRoff } from "../src/man_page.ts";
import { EXIT_CODES, OWN_FILES, SESSION_HELP, VARIABLES } from "../src/manual.ts";
import { COMMANDS } from "./all_commands.ts";
import { testWith } from "./installed.ts";

/** Texts that roff would take for requests, escapes, arguments or typographer's signs. */
const HOSTILE = [
  ".so /etc/passwd",
  "'br",
  '. \\" gone',
  "\\fBbold\\fR \\n(.g \\*(Tm \\(co \\",
  "a-b --c 'quoted' `run` ^up ~home \"said\"",
  "%d $HOME {x} | y",
  "caf\u00e9 \u2442 \u{1fa81} 灯籠",
];

const HOSTILE_COMMAND: Command = {
  name: "fold",
  summary: ".ex it's a \\command",
  operands: "'SESSION...",
  arity: [1, 9],
  writes: true,
  cache: "none",
  flags: HOSTILE.map((about, index) => ({ name: `flag-${index}`, value: ".N", about })),
  examples: HOSTILE.map((text) => [text, text]),
  run: () => "done",
};

Deno.test("toRoff() spells what roff would take for markup", () => {
  assertEquals(toRoff("plain words, of 1.5 kinds."), "plain words, of 1.5 kinds.");
  assertEquals(toRoff(".so x"), "\\&.so x");
  assertEquals(toRoff("a\n.so x"), "a .so x");
  assertEquals(toRoff("'br --x \\fB"), "\\[aq]br \\-\\-x \\efB");
  assertEquals(toRoff('`^~"'), "\\[ga]\\[ha]\\[ti]\\[dq]");
  assertEquals(toRoff("é\u{1fa81}"), "\\[u00E9]\\[u1FA81]");
});

Deno.test("formatManPage() has a section for each command, with its flags and examples", () => {
  const { subsections } = readPage(formatManPage(COMMANDS));
  assertEquals(
    subsections,
    COMMANDS.map((command) => ({
      heading: formatUsage(command),
      paragraphs: [`${command.summary}.`, "Examples:"],
      tagged: [
        ...command.flags.map(expectFlag),
        ...command.examples.map(([line, what]) => [`skein ${command.name} ${line}`.trim(), what]),
      ],
    })),
  );
});

Deno.test("formatManPage() explains sessions, variables, files, exit codes and flags of every command", () => {
  const { sections } = readPage(formatManPage(COMMANDS));
  assertEquals(sections.map(({ heading }) => heading), [
    "NAME",
    "SYNOPSIS",
    "DESCRIPTION",
    "COMMANDS",
    "FLAGS OF EVERY COMMAND",
    "SESSIONS",
    "ENVIRONMENT",
    "FILES",
    "EXIT STATUS",
    "SEE ALSO",
  ]);
  const find = (name: string) => sections.find(({ heading }) => heading === name);
  assertEquals(find("FLAGS OF EVERY COMMAND")?.tagged, GLOBAL_FLAGS.map(expectFlag));
  assertEquals(find("SESSIONS")?.paragraphs, [SESSION_HELP]);
  assertEquals(find("ENVIRONMENT")?.tagged, VARIABLES.map((pair) => [...pair]));
  assertEquals(find("FILES")?.tagged, OWN_FILES.map(([name, about]) => [`ROOT/${name}`, about]));
  assertEquals(find("EXIT STATUS")?.tagged, Object.entries(EXIT_CODES));
});

Deno.test("formatManPage() begins no line with a request but its own", () => {
  for (const page of [formatManPage(COMMANDS), formatManPage([HOSTILE_COMMAND])]) {
    for (const line of page.split("\n")) {
      if (/^[.']/.test(line)) assertMatch(line, /^\.(TH|SH|SS|PP|TP|ad|nh)\b/);
      assertEquals(line, line.trimEnd());
    }
  }
});

testWith("groff", "groff renders the manual page without a warning", async () => {
  const { stdout, stderr } = await render(formatManPage(COMMANDS));
  assertEquals(stderr, "");
  for (const command of COMMANDS) {
    for (const text of [formatUsage(command), `${command.summary}.`]) {
      assert(stdout.includes(text), text);
    }
  }
});

testWith("groff", "groff prints every text of the manual page as it was written", async () => {
  const { stdout, stderr } = await render(formatManPage([HOSTILE_COMMAND]));
  assertEquals(stderr, "");
  const lines = stdout.split("\n").map((line) => line.trim());
  for (const text of HOSTILE) {
    // As the text of a flag, and as that of an example.
    assertEquals(lines.filter((line) => line === text).length, 2, text);
    assert(lines.includes(`skein fold ${text}`), text);
  }
  assert(lines.includes(".ex it's a \\command."));
  assert(lines.includes("skein fold 'SESSION... [FLAGS]"));
});

// The `man` of other systems has no such flag.
testWith("mandb", "man-db shows the manual page without a warning", async () => {
  const path = Deno.makeTempFileSync({ suffix: ".1" });
  try {
    Deno.writeTextFileSync(path, formatManPage(COMMANDS));
    const { stdout, stderr } = await runTool("man", ["--warnings", "-l", path]);
    assertEquals(stderr, "");
    assert(stdout.startsWith("SKEIN(1)"), stdout.slice(0, 80));
  } finally {
    Deno.removeSync(path);
  }
});

interface Part {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly tagged: readonly (readonly string[])[];
}

/** Reads a page back: only what `formatManPage` writes is known here. */
function readPage(page: string): {
  readonly sections: readonly Part[];
  readonly subsections: readonly Part[];
} {
  const parts = page.split(/^\.(?=S[HS] )/m).slice(1);
  const read = (kind: string) =>
    parts.filter((part) => part.startsWith(kind)).map((part) => readPart(part.slice(kind.length)));
  return { sections: read("SH "), subsections: read("SS ") };
}

function readPart(text: string): Part {
  const [heading = "", ...lines] = text.trimEnd().split("\n");
  const paragraphs: string[] = [];
  const tagged: string[][] = [];
  while (lines.length > 0) {
    const line = lines.shift() ?? "";
    if (line === ".TP") tagged.push([fromRoff(lines.shift() ?? ""), fromRoff(lines.shift() ?? "")]);
    else if (line !== ".PP") paragraphs.push(fromRoff(line));
  }
  return { heading: fromRoff(heading), paragraphs, tagged };
}

const SIGNS: Readonly<Record<string, string>> = {
  "\\e": "\\",
  "\\-": "-",
  "\\[aq]": "'",
  "\\[ga]": "`",
  "\\[ha]": "^",
  "\\[ti]": "~",
  "\\[dq]": '"',
};

function fromRoff(text: string): string {
  return text.replace(/\\(?:f[BIR]|&|\[\w+\]|.)/g, (escape) => {
    if (/^\\(?:f[BIR]|&)$/.test(escape)) return "";
    return SIGNS[escape] ?? escape;
  });
}

function expectFlag({ name, alias, short, value, about, choices }: Flag): readonly string[] {
  const names = [short && `-${short}`, `--${name}`, alias && `--${alias}`].filter(Boolean);
  return [
    names.join(", ") + (value === undefined ? "" : ` ${value}`),
    about + (choices === undefined ? "" : ` (${choices.join(", ")})`),
  ];
}

/** Renders a page as plain text, with lines that are never full. */
async function render(page: string) {
  return await runTool("groff", ["-man", "-Tutf8", "-ww", "-rLL=999n", "-P-cbou"], page);
}

async function runTool(program: string, args: readonly string[], input = "") {
  const child = new Deno.Command(program, {
    args: [...args],
    env: { LC_ALL: "C.UTF-8" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

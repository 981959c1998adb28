/**
 * Transcripts that mean harm, through whole commands: nothing that a terminal obeys reaches it, and
 * one file that is made to break skein costs no other session.
 */

import { assert, assertEquals } from "@std/assert";
import { run } from "../src/app.ts";
import { FakeHost } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";

/** Everything that a terminal would obey, or that turns text round. */
const HOSTILE = "a\u001b]0;b\u0007\u001b[2J\u009b2J\u001b]52;c;eA==\u0007\u202ec\rd\u2028e\b\u007f";
const HARMFUL = /[^\P{Cc}\n]|[\p{Bidi_C}\u2028\u2029]/u;

/** A session whose every text is hostile; the id keeps a start that can be typed. */
const EVERYWHERE = rows(
  {
    type: "meta",
    meta: {
      id: `evil${HOSTILE}`,
      cwd: `/x/${HOSTILE}`,
      model: HOSTILE,
      provider: HOSTILE,
      parent: HOSTILE,
      fork_point: 1,
    },
  },
  { type: "message", message: { role: "user", content: [{ text: HOSTILE }], time: null } },
  {
    type: "message",
    message: {
      role: "assistant",
      content: [
        { reasoning_id: "r", summary: HOSTILE },
        { id: HOSTILE, name: HOSTILE, arguments: { [HOSTILE]: [HOSTILE] } },
      ],
      time: null,
    },
  },
  {
    type: "message",
    message: {
      role: "tool",
      content: [
        { call_id: HOSTILE, content: [{ text: HOSTILE }, { mime_type: HOSTILE, data: "AAAA" }] },
        { call_id: `${HOSTILE}2`, content: [{ text: `\n${HOSTILE}` }], is_error: true },
      ],
      time: null,
    },
  },
  { type: "rename", title: `${HOSTILE}\n# ${HOSTILE}` },
  { type: HOSTILE },
);
const FINE = rows(
  { type: "meta", meta: { id: "fine1111", cwd: "/home/ada", model: "m", provider: "p" } },
  { type: "message", message: { role: "user", content: [{ text: "hello" }], time: null } },
);

Deno.test("list, show and tree let nothing by that a terminal obeys", async () => {
  for (
    const line of [
      ["list"],
      ["list", "--json"],
      ["list", "--match", `no ${HOSTILE}`],
      ["tree"],
      ["tree", "--json"],
      ["show", "evil"],
      ["show", "evil", "--all-rows"],
      ["show", "evil", "--markdown"],
      ["show", "evil", "--markdown", "--all-rows"],
      ["show", "evil", "--json"],
      ["show", "evil", "--json", "--all-rows"],
      ["show", `none${HOSTILE}`],
      ["list", `--${HOSTILE}`],
      [HOSTILE],
    ]
  ) {
    for (const columns of ["", "40"]) {
      const { stdout, stderr } = await runOn({ "evil.jsonl": EVERYWHERE }, line, columns);
      for (const text of [...stdout.split("\n"), ...stderr.split("\n")]) {
        assert(!HARMFUL.test(text), `${line.join(" ")}: ${JSON.stringify(text)}`);
      }
    }
  }
});

Deno.test("list says no more lines than it has, whatever line feeds a name holds", async () => {
  const { stderr } = await runOn(
    { "a\nwarning: forged.jsonl": '{"type":"meta","meta":{"id":"x"}}\n{"type":"mess\n' },
    ["list"],
  );
  assertEquals(stderr.split("\n").filter((line) => line.startsWith("warning:")).length, 1, stderr);
});

Deno.test("list shows every other session beside one that is nested without end", async () => {
  for (const inner of ['"deep"', '"\\ud83d"']) {
    const deep = `{"type":"message","message":${'{"a":'.repeat(50_000)}${inner}`;
    const { code, stdout } = await runOn(
      { "fine.jsonl": FINE, "deep.jsonl": `${FINE}${deep}${"}".repeat(50_001)}\n` },
      ["list", "--json"],
    );
    assert(code === 0 || code === 3, `exit ${code}`);
    assertEquals(stdout.split("\n").length - 1, 2);
  }
});

Deno.test("show shows a call that is nested ten thousand deep in every way", async () => {
  const message = '{"type":"message","message":{"role":"assistant","content":[' +
    `{"id":"c","name":"x","arguments":${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}}]}}\n`;
  for (const flags of [[], ["--json"], ["--markdown"], ["--all-rows"]]) {
    const { code, stderr } = await runOn({ "fine.jsonl": FINE + message }, [
      "show",
      "fine1111",
      ...flags,
    ]);
    assertEquals(code, 0, `${flags.join(" ")} ${stderr.slice(0, 200)}`);
  }
});

Deno.test("list ends as partial for a damaged row behind a thousand unknown types", async () => {
  const unknown = Array.from({ length: 1_001 }, (_, index) => ({ type: `new_${index}` }));
  const { code, stderr } = await runOn(
    { "odd.jsonl": FINE + rows(...unknown) + "{torn\n" },
    ["list"],
  );
  assertEquals([code, /odd\.jsonl:1004: /.test(stderr)], [3, true]);
});

Deno.test("tree draws a chain of three thousand branches", async () => {
  const files = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => {
    const meta = { id: `chain${index}`, parent: index === 0 ? "" : `chain${index - 1}` };
    return [`${index}.jsonl`, rows({ type: "meta", meta })];
  }));
  const { code, stdout } = await runOn(files, ["tree", "--json"]);
  assertEquals([code, stdout.split("\n").length - 1], [0, 3_000]);
});

function rows(...values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

/** Runs a command on a folder with these files; columns are those of the terminal, "" for a pipe. */
async function runOn(
  files: Readonly<Record<string, string>>,
  line: readonly string[],
  columns = "",
) {
  const folder = makeFolder(files);
  try {
    const host = new FakeHost({ env: { COLUMNS: columns } });
    const code = await run([...line, "--root", folder], host);
    return { code, stdout: host.stdout.text, stderr: host.stderr.text };
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

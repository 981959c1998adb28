/**
 * Holds the compiled binary against the permissions that it is meant to have.
 *
 * Everything lies in one temporary folder, whose name has a comma, since a comma also separates the
 * paths of a permission: the binaries may touch `root` in it, and `outside` beside it is out of
 * bounds. A read-only command that gave up its leave to write looks like any other from here.
 */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { dirname, fromFileUrl, join } from "@std/path";
import { compile } from "../scripts/compile.ts";
import { message, spellRow } from "../scripts/zot_rows.ts";

const FOLDER = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "skein,binary-" }));
const ROOT = join(FOLDER, "root");
const OUTSIDE = join(FOLDER, "outside");
const SKEIN = join(FOLDER, "skein");
const PROBE = join(FOLDER, "permission_probe");

/** More than a pipe and skein's own buffer hold together, as lines of `list --json`. */
const MANY_SESSIONS = 1000;

Deno.test.beforeAll(async () => {
  writeSession(join(ROOT, "mine.jsonl"), 1, "Mend the kite");
  writeSession(join(OUTSIDE, "secret.jsonl"), 2, "Never to be seen");
  await compile({ roots: [ROOT], output: SKEIN });
});

Deno.test.afterAll(() => Deno.removeSync(FOLDER, { recursive: true }));

Deno.test("binary lists the sessions below its root", async () => {
  const { code, stdout, stderr } = await runBinary(SKEIN, ["list", "--root", ROOT]);
  assertStringIncludes(stdout, "Mend the kite");
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
});

Deno.test("binary refuses a root that it was not compiled for, and says so", async () => {
  const { code, stdout, stderr } = await runBinary(SKEIN, ["list", "--root", OUTSIDE]);
  assertEquals({ code, stdout }, { code: 4, stdout: "" });
  assertMatch(stderr, /^error: .*\nhint: .*\n$/);
  assert(stderr.split("\n").slice(0, 2).every((line) => line.includes(OUTSIDE)), stderr);
});

Deno.test("binary refuses a session outside of its root", async () => {
  const path = join(OUTSIDE, "secret.jsonl");
  const { code, stdout, stderr } = await runBinary(SKEIN, ["show", path, "--root", ROOT]);
  assertEquals({ code, stdout }, { code: 4, stdout: "" });
  assertMatch(stderr, /^error: .*\nhint: .*\n$/);
  assertStringIncludes(stderr, path);
});

Deno.test("binary hints at the pipe where it has no leave to write or to read a file", async () => {
  const hint = async (...line: readonly string[]) => {
    const { code, stderr } = await runBinary(SKEIN, [...line, "--root", ROOT]);
    assertEquals(code, 4);
    return /^hint: (.*)$/m.exec(stderr)?.[1];
  };
  const file = join(OUTSIDE, "out.zotsession");
  const through = "through the pipe it needs no leave: skein";
  assertEquals(await hint("export", "latest", "-o", file), `${through} export SESSION > "${file}"`);
  assertEquals(
    await hint("export", "latest", "-o", `${OUTSIDE}/`),
    `${through} export SESSION > "${OUTSIDE}/FILE"`,
  );
  assertStringIncludes(
    await hint("export", "latest", "latest", "-o", OUTSIDE) ?? "",
    "to make one for it: ",
  );
  const secret = join(OUTSIDE, "secret.jsonl");
  assertEquals(await hint("import", secret), `${through} import - < "${secret}"`);
});

for (const [what, target] of [["file", "secret.jsonl"], ["folder", "."]] as const) {
  Deno.test(`binary ignores a symbolic link to a ${what} outside of its root`, async () => {
    const link = join(ROOT, "link.jsonl");
    Deno.symlinkSync(join(OUTSIDE, target), link);
    try {
      const list = await runBinary(SKEIN, ["list", "--root", ROOT]);
      assertStringIncludes(list.stdout, "Mend the kite");
      assert(!list.stdout.includes("Never to be seen"), list.stdout);
      assertEquals(list.code, 0);

      const path = join(link, what === "file" ? "" : "secret.jsonl").replace(/[\\/]$/, "");
      const show = await runBinary(SKEIN, ["show", path, "--root", ROOT]);
      assertEquals({ code: show.code, stdout: show.stdout }, { code: 4, stdout: "" });
      assertStringIncludes(show.stderr, "error: ");
    } finally {
      Deno.removeSync(link);
    }
  });
}

Deno.test("binary ends quietly when the reader of its output leaves", async () => {
  const folder = join(ROOT, "many");
  for (let i = 0; i < MANY_SESSIONS; i++) {
    writeSession(join(folder, `${i}.jsonl`), 1000 + i, `Kite ${i}, with a tail of ${i} bows`);
  }
  const child = new Deno.Command(SKEIN, {
    args: ["list", "--json", "--root", ROOT],
    ...SURROUNDINGS,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const first = await reader.read();
  await reader.cancel();
  const stderr = await new Response(child.stderr).text();
  const { code } = await child.status;
  Deno.removeSync(folder, { recursive: true });
  assertStringIncludes(new TextDecoder().decode(first.value), '"kind":"session"');
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
});

Deno.test("binary is denied whatever lies outside of its root, and granted what lies in it", async () => {
  const main = join(dirname(fromFileUrl(import.meta.url)), "permission_probe.ts");
  await compile({ roots: [ROOT], output: PROBE, main });
  Deno.writeTextFileSync(join(ROOT, "inside.txt"), "");
  for (const folder of [FOLDER, OUTSIDE]) Deno.writeTextFileSync(join(folder, "outside.txt"), "");
  const { stdout, stderr } = await runBinary(PROBE, [ROOT, OUTSIDE]);
  assertEquals(stderr, "");
  const outcomes: Record<string, string> = JSON.parse(stdout);
  const granted = Object.keys(outcomes).filter((name) => outcomes[name] === "granted");
  assertEquals(granted, ["read inside", "write inside", "rename inside", "read a known variable"]);
  assertEquals(Object.values(outcomes).filter((outcome) => outcome === "denied").length, 26);
  assertEquals(Deno.readTextFileSync(join(OUTSIDE, "outside.txt")), "");
});

/** No variable of the machine, and a folder that is not the root. */
const SURROUNDINGS = {
  cwd: FOLDER,
  clearEnv: true,
  env: { HOME: FOLDER, SOURCE_DATE_EPOCH: "1800000000" },
} as const;

async function runBinary(
  path: string,
  args: readonly string[],
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(path, {
    args: [...args],
    ...SURROUNDINGS,
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

function writeSession(path: string, number: number, prompt: string): void {
  const meta = {
    id: `${String(number).padStart(8, "0")}-0000-4000-8000-000000000000`,
    cwd: "/home/ada/kite",
    model: "heron-2",
    provider: "aviary",
    started: "2026-11-10T08:15:00Z",
    version: "0.3.1",
  };
  const rows = [{ type: "meta", meta } as const, message("user", "10T09:15:04", prompt)];
  Deno.mkdirSync(dirname(path), { recursive: true });
  Deno.writeTextFileSync(path, rows.map((row) => spellRow(row) + "\n").join(""));
}

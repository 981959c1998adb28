/** Where an import goes when no root is named: the first folder of the agent that is to read it. */

import { assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";
import { FakeHost } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";

const SESSION = '{"type":"meta","meta":{"id":"aaaa1111","started":"2026-11-01T08:00:00Z"}}\n' +
  '{"type":"message","message":{"role":"user","content":[{"text":"a"}],"time":null}}\n';

/** Imports a zot session for an agent, in a folder of its own; gives where it went, from there on. */
async function importFor(agent: string, files: Readonly<Record<string, string>>): Promise<string> {
  const top = Deno.realPathSync(makeFolder({ "work/x": "", ...files }));
  try {
    const host = new FakeHost({ cwd: join(top, "work"), env: { HOME: join(top, "home") } });
    host.input = new TextEncoder().encode(SESSION);
    assertEquals(await run(["import", "-", "--agent", agent], host), 0, host.stderr.text);
    return host.stdout.text.trim().split("  ")[1]?.slice(top.length + 1) ?? "";
  } finally {
    Deno.removeSync(top, { recursive: true });
  }
}

Deno.test("import makes claw's folder here, where claw looks, also beside the shared one", async () => {
  const shared = { "home/.claw/sessions/0123456789abcdef/x.txt": "" };
  for (const files of [{}, shared]) {
    assertMatch(
      await importFor("claw", files),
      /^work\/\.claw\/sessions\/[0-9a-f]{16}\/session-\d+-\d+\.jsonl$/,
    );
  }
});

Deno.test("import goes to the first folder of each agent", async () => {
  assertMatch(await importFor("eino", {}), /^work\/data\/sessions\/[0-9a-f-]{36}\.jsonl$/);
  assertMatch(await importFor("nanobot", {}), /^home\/\.nanobot\/workspace\/sessions\/\w+\.jsonl$/);
  assertMatch(await importFor("zot", {}), /^home\/\.local\/state\/zot\/sessions\/[0-9a-f]{16}\//);
});

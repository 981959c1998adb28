/** The last messages of a large session, read from its end alone. */

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";

import { useFolder } from "./folder.ts";
import { Random } from "./random.ts";
import { WatchedHost } from "./watched_files.ts";

const ID = "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512";
const META = { id: ID, cwd: "/k", model: "m", provider: "p", started: "2026-11-01T08:00:00Z" };

/** Rows of 5 MB, which is worth a cache; those of the end are of every kind. */
function makeRows(random: Random, { compactionAt }: { readonly compactionAt: number }): string[] {
  const say = (role: string, letters: number) => ({
    role,
    content: [{ text: "kite ".repeat(letters / 5) }],
    time: "2026-11-01T08:00:00Z",
  });
  const rows = random.list(2_500, (index) => {
    if (index === compactionAt) return { type: "compaction", messages: [say("user", 10)] };
    if (random.chance(0.02)) return { type: "rename", title: "kites" };
    if (random.chance(0.02)) return "{torn";
    const role = random.pick(["assistant", "assistant", "assistant", "tool", "user"]);
    return { type: "message", message: say(role, random.integer(1_500, 2_500)) };
  });
  return [{ type: "meta", meta: META }, ...rows]
    .map((row) => typeof row === "string" ? row : JSON.stringify(row));
}

async function show(
  root: string,
  ...line: readonly string[]
): Promise<{ readonly out: string; readonly talk: string; readonly bytes: number }> {
  const host = new WatchedHost();
  await run(["show", "latest", "--json", "--root", root, ...line], host);
  return { out: host.stdout.text, talk: host.stderr.text, bytes: host.bytes };
}

for (
  const [what, compactionAt] of [["no compaction", -1], ["one near the end", 2_450], [
    "one long before",
    100,
  ]] as const
) {
  Deno.test(`show --tail says the same from the end of a file as from all of it: ${what}`, async () => {
    using folder = useFolder();
    const path = join(folder.path, `20261101-080000-${ID.slice(0, 8)}.jsonl`);
    const rows = makeRows(new Random(7), { compactionAt });
    Deno.writeTextFileSync(path, rows.map((row) => `${row}\n`).join(""));
    Deno.utimeSync(path, new Date(0), new Date(0));
    await run(["list", "--root", folder.path], new WatchedHost());
    for (const count of ["1", "20", "200", "3000"]) {
      for (const role of [[], ["--role", "user"], ["--role", "system"]]) {
        const line = ["--tail", count, ...role];
        const { out, talk, bytes } = await show(folder.path, ...line);
        const whole = await show(folder.path, ...line, "--no-cache");
        assertEquals({ out, talk }, { out: whole.out, talk: whole.talk }, line.join(" "));
        if (count === "20" && role.length === 0) assert(bytes < 1_200_000, `${bytes} bytes read`);
      }
    }
  });
}

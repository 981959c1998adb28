/** Asks skein as shells do, and what it lists as people do, on a fake host. */

import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { buildSampleStore } from "../scripts/sample_store.ts";
import { run } from "../src/app.ts";
import { FakeHost, type FakeHostOptions } from "./fake_host.ts";
import { type UsedFolder, useFolder } from "./folder.ts";

/** A host for one question. */
export type Surroundings = Omit<FakeHostOptions, "cwd">;

/** Runs a command line. */
export async function runSkein(line: readonly string[], surroundings: Surroundings) {
  const host = new FakeHost({ cwd: Deno.cwd(), ...surroundings });
  const code = await run(line, host);
  return { code, stdout: host.stdout.text, stderr: host.stderr.text };
}

/** What a shell is answered, which must not be loud. */
export async function ask(
  shell: string,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<string> {
  const { code, stdout, stderr } = await runSkein(["complete", shell, ...args], surroundings);
  assertEquals({ code, stderr }, { code: 0, stderr: "" }, args.join(" "));
  return stdout;
}

/** The words that fish is offered, each with what it is behind a tab. */
export async function askFish(
  words: readonly string[],
  word: string,
  surroundings: Surroundings,
): Promise<readonly string[]> {
  const answer = await ask("fish", [`=${word}`, "skein", ...words], surroundings);
  const [kind, ...lines] = answer.split("\n");
  assertEquals([kind, lines.at(-1)], ["words", ""], words.join(" "));
  return lines.slice(0, -1);
}

/** What `list` finds, the latest first. */
export async function listSessions(
  flags: readonly string[],
  surroundings: Surroundings,
): Promise<readonly { readonly id: string; readonly title: string | null }[]> {
  const { stdout } = await runSkein(["list", "--json", "--quiet", ...flags], surroundings);
  return stdout.trimEnd().split("\n").map((text) => JSON.parse(text));
}

/** A folder with the sample store. */
export function useSample(): UsedFolder {
  const folder = useFolder();
  buildSampleStore(folder.path);
  return folder;
}

/** A folder with so many sessions that hold nothing. */
export function useMany(count: number): UsedFolder {
  const folder = useFolder();
  for (let i = 0; i < count; i++) {
    const id = `5e55${String(i).padStart(4, "0")}`;
    const meta = { id, cwd: "/x", model: "m", provider: "p", started: "2026-11-10T08:15:00Z" };
    const row = { type: "meta", meta: { ...meta, version: "0.3.1" } };
    Deno.writeTextFileSync(join(folder.path, `${id}.jsonl`), `${JSON.stringify(row)}\n`);
  }
  return folder;
}

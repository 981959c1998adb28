/** `show` from end to end, where the terminal sessions in `golden/` do not reach: following a file. */

import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { run } from "../src/app.ts";
import { FakeHost } from "./fake_host.ts";
import { makeFolder } from "./folder.ts";

const META = `{"type":"meta","meta":{"id":"aaaa1111","cwd":"/p","model":"m","provider":"p"}}\n`;

function said(text: string): string {
  return `{"type":"message","message":{"role":"user","content":[{"text":"${text}"}],"time":null}}\n`;
}

/** Follows a file through one change for each look at it, and gives what was printed. */
async function follow(
  contents: string,
  changes: readonly ((path: string, host: FakeHost) => void)[],
) {
  const folder = makeFolder({ "a.jsonl": contents });
  const path = join(folder, "a.jsonl");
  const host = new FakeHost();
  const left = [...changes];
  host.onSleep = (self) => {
    const change = left.shift();
    if (change === undefined) self.stop();
    else change(path, self);
  };
  try {
    assertEquals(
      await run(["show", "aaaa1111", "--root", folder, "--follow", "--tail", "1"], host),
      0,
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  return {
    texts: [...host.stdout.text.matchAll(/^(?:❯ )?(#\d+) user\n {2}(.*)$/gm)].map(([, n, text]) =>
      `${n} ${text}`
    ),
    out: host.stdout.text,
    talk: host.stderr.text.replaceAll(folder, "/r"),
  };
}

const append = (text: string) => (path: string) => {
  Deno.writeTextFileSync(path, text, { append: true });
};

Deno.test("show --follow prints what is appended, and nothing twice", async () => {
  const { texts } = await follow(META + said("one") + said("two"), [
    append(said("three")),
    () => {},
    append(said("four") + said("five")),
  ]);
  assertEquals(texts, ["#2 two", "#3 three", "#4 four", "#5 five"]);
});

Deno.test("show --follow waits for the rest of a row that is still being written", async () => {
  const row = said("two");
  const { texts } = await follow(META + said("one"), [
    append(row.slice(0, 30)),
    append(row.slice(30)),
    append(said("three")),
  ]);
  assertEquals(texts, ["#1 one", "#2 two", "#3 three"]);
});

Deno.test("show --follow goes on with the file that took the place of the first", async () => {
  const { texts, talk } = await follow(META + said("one"), [
    (path) => {
      Deno.writeTextFileSync(`${path}.new`, META + said("one") + said("two"));
      Deno.renameSync(`${path}.new`, path);
    },
    append(said("three")),
  ]);
  assertEquals(texts, ["#1 one", "#2 two", "#3 three"]);
  assertEquals(talk, "The file was replaced\n");
});

Deno.test("show --follow prints the messages of a compaction under their new numbers", async () => {
  const compaction = `{"type":"compaction","messages":[${
    JSON.stringify({ role: "user", content: [{ text: "sum" }], time: null })
  }]}\n`;
  const { texts, talk } = await follow(META + said("one") + said("two"), [
    append(compaction),
    append(said("three")),
  ]);
  assertEquals(texts, ["#2 two", "#1 sum", "#2 three"]);
  assertEquals(talk, "A compaction took the place of all before\n");
});

Deno.test("show --follow warns of each damaged row once, when it is written to its end", async () => {
  const { texts, talk } = await follow(META + said("one"), [
    append('{"type":"mess'),
    append("age\n"),
    append(said("two")),
    (path) => Deno.writeTextFileSync(path, META + said("one") + '{"type":"message\n' + said("two")),
    append("{torn\n"),
  ]);
  assertEquals(texts, ["#1 one", "#2 two"]);
  assertEquals(talk.split("\n").map((line) => line.replace(/: (?!\/).*/, "")), [
    "warning: /r/a.jsonl:3",
    "warning: /r/a.jsonl:5",
    "",
  ]);
});

Deno.test("show --follow fits what comes to the width that the terminal has then", async () => {
  const long = "one two three four five six seven eight";
  const { out } = await follow(META + said("one"), [
    (path, host) => {
      host.useTerminal({ columns: 24, rows: 9 });
      append(said(long))(path);
    },
    (path, host) => {
      host.size = { columns: 80, rows: 9 };
      append(said(long))(path);
    },
  ]);
  assertEquals(out.split("\n").slice(-7, -1), [
    "❯ #2 user",
    "  one two three four",
    "  five six seven eight",
    "",
    "❯ #3 user",
    `  ${long}`,
  ]);
});

Deno.test("show --follow waits out the moment in which a file is gone", async () => {
  const { texts } = await follow(META + said("one"), [
    (path) => Deno.renameSync(path, `${path}.rot`),
    (path) => Deno.writeTextFileSync(path, META + said("one") + said("two")),
  ]);
  assertEquals(texts, ["#1 one", "#2 two"]);
});

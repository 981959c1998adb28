/** What PowerShell is told: words that it takes as they are, and nothing that it would run. */

import { assert, assertEquals } from "@std/assert";
import { powershell, quoteWord } from "../src/shell_powershell.ts";
import { TYPABLE_IDS } from "./hostile_names.ts";
import { testWith } from "./installed.ts";

Deno.test("quoteWord() leaves plain words alone", () => {
  for (const text of ["6f1c2a90-3b57", "latest~1", "--agent=zot", "-n", "telegram:12"]) {
    assertEquals(quoteWord(text), text);
  }
});

Deno.test("quoteWord() quotes all else, and doubles what PowerShell takes for a quote", () => {
  assertEquals(quoteWord("a b"), "'a b'");
  assertEquals(quoteWord("$(x);`y"), "'$(x);`y'");
  assertEquals(
    quoteWord("it's \u2018so\u2019 \u201anot\u201b"),
    "'it''s \u2018\u2018so\u2019\u2019 \u201a\u201anot\u201b\u201b'",
  );
  for (const id of TYPABLE_IDS) {
    const spelled = quoteWord(id);
    // Between single quotes everything but a quote is itself.
    const inner = /^'(.*)'$/.exec(spelled)?.[1] ?? "";
    assert(spelled === id || inner.replace(/(['\u2018-\u201b])\1/g, "$1") === id, spelled);
    assert(spelled !== id || /^[\w.:~+=-]+$/.test(id), spelled);
  }
});

Deno.test("powershell asks with a word that may have a quote before it", () => {
  const words = (word: string) => powershell.readQuestion([`=${word}`, "skein", "show"]);
  assertEquals(words("'tele").word, "tele");
  assertEquals(words("").word, "");
  assertEquals(words("").words, ["skein", "show"]);
});

testWith("pwsh", "pwsh parses the script, and takes each word for what it was", async () => {
  const words = TYPABLE_IDS.map(quoteWord).join(" ");
  const { code, stdout } = await new Deno.Command("pwsh", {
    args: [
      "-NoProfile",
      "-Command",
      "$null = [scriptblock]::Create($env:SCRIPT); " +
      `function Join-Words { $args -join [char]0 }; Join-Words ${words}`,
    ],
    env: { SCRIPT: powershell.script },
  }).output();
  assertEquals(code, 0);
  assertEquals(new TextDecoder().decode(stdout).trimEnd().split("\0"), TYPABLE_IDS);
});

/** Rows that claw refuses for more than one reason: named once, and mended in every copy. */

import { assertEquals, assertThrows } from "@std/assert";
import { inHazardWorld } from "./hazard_world.ts";
import { FAKE_NOW_MS } from "./fake_host.ts";
import { loadClaw } from "./strict_claw.ts";
import { LoadError } from "./strict_message.ts";

const ID = "session-1782531994120-0";
const NAME = `${ID}.jsonl`;
const HEAD = `{"created_at_ms":1782531994120,"session_id":"${ID}","type":"session_meta",` +
  `"updated_at_ms":1782531999001,"version":1}\n`;

function said(text: string): string {
  return `{"message":{"blocks":[{"text":"${text}","type":"text"}],"role":"user"},` +
    `"type":"message"}\n`;
}

/** The text as UTF-8, but for each "\u00ff", which becomes one bad byte. */
function spoil(text: string): Uint8Array {
  const parts = text.split("\u00ff").map((part) => new TextEncoder().encode(part));
  return Uint8Array.from(parts.flatMap((part, index) => index === 0 ? [...part] : [0xff, ...part]));
}

Deno.test("a row with bad UTF-8 and a surrogate escape loads in every copy", async () => {
  const bytes = spoil(HEAD + said("a") + said("b \u00ff \\ud83e\\ude81") + said("c \u00ff"));
  assertThrows(() => loadClaw(bytes), LoadError);
  await inHazardWorld({}, async (world) => {
    Deno.writeFileSync(world.path(NAME), bytes);
    Deno.utimeSync(world.path(NAME), FAKE_NOW_MS / 1000 - 86_400, FAKE_NOW_MS / 1000 - 86_400);
    await world.skein("export", NAME, "--output", "out.jsonl");
    const { out } = await world.skein("import", NAME);
    const paths = [
      world.path("out.jsonl"),
      await world.branch(NAME, "--at", "3"),
      out.trim().split("  ")[1] ?? "",
    ];
    for (const path of paths) {
      const texts = loadClaw(Deno.readFileSync(path)).messages.map(({ parts: [part] }) =>
        part?.type === "text" ? part.text : part?.type
      );
      assertEquals(texts, ["a", "b \ufffd \u{1fa81}", "c \ufffd"]);
    }
  });
});

Deno.test("a row that claw refuses for several reasons is one damaged row", async () => {
  const rows = [
    said("b \u00ff \\ud83e\\ude81"),
    '{"note":"\\ud83e\\ude81","type":"kite"}\n',
    '{"cost":0.5,"note":"\u00ff","type":"kite"}\n',
    said("b \\ud83e\\ude81").replace('"type":"message"', '"cost":0.5,"type":"message"'),
  ];
  for (const row of rows) {
    await inHazardWorld({}, async (world) => {
      Deno.writeFileSync(world.path(NAME), spoil(HEAD + said("a") + row));
      const [{ problems }] = await world.listed();
      const damage = problems.filter(({ severity }: { severity: string }) => severity === "damage");
      assertEquals(damage.map(({ line }: { line: number }) => line), [3], row);
      const { code, talk } = await world.skein("list");
      assertEquals([code, talk.match(/warning:/g)?.length], [3, 1], talk);
    });
  }
});

Deno.test("a row that claw refuses for a number is shown and searched as it stands", async () => {
  const usage = '"usage":{"cache_creation_input_tokens":0,"cache_read_input_tokens":0,' +
    '"input_tokens":1.0,"output_tokens":2}';
  const row = said("kite").replace('"role":"user"', `"role":"assistant",${usage}`);
  await inHazardWorld({}, async (world) => {
    Deno.writeFileSync(world.path(NAME), spoil(HEAD + said("a") + row));
    for (const line of [["show", NAME, "--json"], ["search", "kite", "--json"]]) {
      const { code, out } = await world.skein(...line);
      assertEquals([code, out.includes("kite")], [3, true], line.join(" "));
    }
  });
});

/** Every way in which a row can hide what it says from a look at its bytes, and that search sees it. */

import { assertEquals } from "@std/assert";
import { makeFolder } from "./folder.ts";
import { readLines, skein } from "./laws.ts";

const ZOT = '{"type":"meta","meta":{"id":"hide1111"}}\n';
const CLAW = '{"type":"session_meta","session_id":"session-1782531994120-0","created_at_ms":1,' +
  '"updated_at_ms":1,"version":1}\n';
const EINO =
  '{"type":"session","id":"hide2222","created_at":"2026-11-01T08:00:00Z","message_kind":"agentic"}\n';

/** A file, and what is to be found in it; all after the pattern are flags. */
interface Hidden {
  readonly what: string;
  readonly file: string;
  readonly search: readonly [pattern: string, ...flags: string[]];
  readonly text: string;
}

const HIDDEN: readonly Hidden[] = [
  {
    what: "letters that need no escape",
    file: zot(String.raw`Fly a \u006b\u0069te.`),
    search: ["kite"],
    text: "Fly a kite.",
  },
  {
    what: "hex digits in upper case",
    file: zot(String.raw`wind\u002C then`),
    search: ["wind, then"],
    text: "wind, then",
  },
  {
    what: "what Go escapes",
    file: zot(String.raw`if a \u003c b \u0026\u0026 c`),
    search: ["a < b && c"],
    text: "if a < b && c",
  },
  { what: "slashes", file: zot(String.raw`src\/kite`), search: ["src/kite"], text: "src/kite" },
  { what: "quotes", file: zot(String.raw`a \"kite\"`), search: ['a "kite"'], text: 'a "kite"' },
  { what: "a quote alone", file: zot(String.raw`5\u0022`), search: ['"'], text: '5"' },
  {
    what: "surrogate pairs",
    file: zot(String.raw`fly \uD83e\uDe81`),
    search: ["🪁"],
    text: "fly 🪁",
  },
  { what: "letters of any script", file: zot(String.raw`\u51E7`), search: ["凧"], text: "凧" },
  {
    what: "letters of any script as they are",
    file: zot("凧の糸"),
    search: ["凧の"],
    text: "凧の糸",
  },
  {
    what: "letters of the other case that need no escape",
    file: zot(String.raw`Fly a \u004bite.`),
    search: ["kite", "-i"],
    text: "Fly a Kite.",
  },
  {
    what: "digits in upper case of escapes in JSON inside JSON",
    file: claw(String.raw`{\"path\":\"\\u004\u0042ites\"}`),
    search: ["Kites"],
    text: "Kites",
  },
  {
    what: "digits of escapes in JSON inside JSON",
    file: claw(String.raw`{\"path\":\"\\u00\u0036\u0062ites\"}`),
    search: ["kites"],
    text: "kites",
  },
  {
    what: "the letter of escapes in JSON inside JSON",
    file: claw(String.raw`{\"path\":\"\\\u0075006bites\"}`),
    search: ["kites"],
    text: "kites",
  },
  {
    what: "JSON inside JSON",
    file: claw(String.raw`{\"path\":\"C:\\\\k\\u0069tes\\n\\ud83e\\ude81 up\"}`),
    search: ["🪁 up"],
    text: "🪁 up",
  },
  {
    what: "a letter escaped inside JSON inside JSON",
    file: claw(String.raw`{\"path\":\"\\u006bites\"}`),
    search: ["kites"],
    text: "kites",
  },
  {
    what: "an escape whose backslash is escaped",
    file: claw(String.raw`{\"path\":\"\u005cu006bites\"}`),
    search: ["kites"],
    text: "kites",
  },
  {
    what: "an escape of which a letter is escaped",
    file: claw(String.raw`{\"path\":\"\\\u00750\u0030e9t\"}`),
    search: ["ét"],
    text: "ét",
  },
  {
    what: "keys",
    file: claw(String.raw`{\"old\u005fstring\":\"\"}`),
    search: ["old_string"],
    text: "old_string",
  },
  {
    what: "a result that is spelled anew",
    file: eino('[ { "title" : "a kite" , "score" : 0.5 } ]'),
    search: [',"score":0.5}]'],
    text: '[{"title":"a kite","score":0.5}]',
  },
  {
    what: "such a result under a key in upper case",
    file: `${EINO}{"role":"user","content_blocks":[{"type":"tool_search_result",` +
      '"TOOL_SEARCH_FUNCTION_TOOL_RESULT":{"call_id":"c1","result":{"tools": [1, 2]}}}]}\n',
    search: [":[1,2]}"],
    text: '{"tools":[1,2]}',
  },
  {
    what: "such a result under keys with an escape",
    file: eino("[1, 2]").replaceAll("server_tool", String.raw`server\u005ftool`),
    search: ["[1,2]"],
    text: "[1,2]",
  },
  {
    what: "an escape in a result that is spelled anew",
    file: eino(String.raw`["\u001Bred"]`),
    search: ["001bred"],
    text: String.raw`["\u001bred"]`,
  },
  {
    what: "the Kelvin sign, which is a k in any case",
    file: zot("3 \u212aITES"),
    search: ["3 kites", "-i"],
    text: "3 \u212aITES",
  },
  {
    what: "the long s, which is an s in any case",
    file: zot(String.raw`kite\u017F`),
    search: ["KITES", "-i"],
    text: "kite\u017f",
  },
  {
    what: "what a regular expression requires",
    file: zot(String.raw`\u0065rror: a \"kite\" fell`),
    search: ['^error: (a|the) "\\w+" (?!rose)', "--regex"],
    text: 'error: a "kite" fell',
  },
];

for (const { what, file, search: [pattern, ...flags], text } of HIDDEN) {
  Deno.test(`search sees through ${what}`, async () => {
    const root = makeFolder({ "a.jsonl": file });
    try {
      const hits = readLines(await skein([root], ["search", pattern, ...flags, "--json"]));
      assertEquals(hits.map((hit) => hit.text), [text]);
    } finally {
      Deno.removeSync(root, { recursive: true });
    }
  });
}

function zot(text: string): string {
  return `${ZOT}{"type":"message","message":{"role":"user","content":[{"text":"${text}"}]}}\n`;
}

function claw(input: string): string {
  return `${CLAW}{"type":"message","message":{"role":"assistant","blocks":[` +
    `{"type":"tool_use","id":"c1","name":"read","input":"${input}"}]}}\n`;
}

function eino(content: string): string {
  return `${EINO}{"role":"assistant","content_blocks":[{"type":"server_tool_result",` +
    `"server_tool_result":{"call_id":"c1","name":"look","content":${content}}}]}\n`;
}

/** What tools were given, split by what a reader wants to see of it. */

import { assertEquals } from "@std/assert";
import { type InputPart, splitInput } from "../src/tool_input.ts";
import type { JsonValue } from "../src/transcript.ts";

const EDIT = { type: "edit", path: "a.ts", before: "x", after: "y" } as const;

for (
  const [what, input, parts] of [
    ["a command", { command: "ls" }, [{ type: "command", text: "ls" }]],
    ["a command and the rest", { cmd: "ls", timeout: 5 }, [
      { type: "command", text: "ls" },
      { type: "fields", value: { timeout: 5 } },
    ]],
    ["an edit", { path: "a.ts", oldText: "x", newText: "y" }, [EDIT]],
    ["an edit in other words", { file_path: "a.ts", old_string: "x", new_string: "y" }, [EDIT]],
    [
      "an edit and the rest",
      { path: "a.ts", old_string: "x", new_string: "y", replace_all: true },
      [
        EDIT,
        { type: "fields", value: { replace_all: true } },
      ],
    ],
    ["edits", {
      file_path: "a.ts",
      edits: [{ old_string: "x", new_string: "y" }, { old_string: "x", new_string: "y" }],
    }, [EDIT, EDIT]],
    ["edits that say more", {
      path: "a.ts",
      edits: [{ oldText: "x", newText: "y", all: true }, { oldText: "x", newText: "y" }],
    }, [EDIT, EDIT, { type: "fields", value: { edits: [{ all: true }, {}] } }]],
    ["edits of which one is none as they are", { path: "a.ts", edits: [{ oldText: "x" }] }, [
      { type: "fields", value: { path: "a.ts", edits: [{ oldText: "x" }] } },
    ]],
    ["a file", { path: "a.ts", content: "x", mode: 1 }, [
      { type: "file", path: "a.ts", text: "x" },
      { type: "fields", value: { mode: 1 } },
    ]],
    ["what is nothing of this", { path: "a.ts", limit: 3 }, [
      { type: "fields", value: { path: "a.ts", limit: 3 } },
    ]],
    ["nothing", {}, []],
    ["what is no object", ["a"], [{ type: "fields", value: ["a"] }]],
    ["a key that objects have", { command: "ls", ["__proto__"]: 1 }, [
      { type: "command", text: "ls" },
      { type: "fields", value: { ["__proto__"]: 1 } },
    ]],
  ] satisfies readonly (readonly [string, JsonValue, readonly InputPart[]])[]
) {
  Deno.test(`splitInput() gives ${what}`, () => {
    assertEquals(splitInput(input), parts);
  });
}

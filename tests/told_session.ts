/** One session with a bit of everything that a page can show, as zot keeps it. */

const TIME = "2026-11-01T08:00:00Z";

const ID = "5d0c1f6e-8a44-4b1e-9d2b-3f1c7a90e512";

/** What its file is called. */
export const TOLD_FILE = `20261101-080000-${ID.slice(0, 8)}.jsonl`;

/** A picture of one dot. */
const DOT =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Gives the bytes of its file: two turns, a compaction after the first, edits, pictures, and costs. */
export function tellSession(): Uint8Array {
  const first = [
    say("user", { text: "Mend the **kite**\n\n| a | b |\n|:--|--:|\n| 1 | 2 |" }),
    say("assistant", { reasoning_id: "r1", summary: "The tail is too short." }, {
      text: "Let me look.",
    }, {
      id: "c1",
      name: "bash",
      arguments: { command: "ls -l | wc", timeout: 5 },
    }),
    say("tool", { call_id: "c1", content: [{ text: "one\ntwo\n" }], is_error: false }),
  ];
  const rows = [
    {
      type: "meta",
      meta: { id: ID, cwd: "/home/ada/kite", model: "heron-2", provider: "p", started: TIME },
    },
    ...first.map((message) => ({ type: "message", message })),
    usage(100, 20, 0.01),
    {
      type: "compaction",
      messages: [say("user", { text: "What was said: the tail is too short." })],
    },
    ...[
      say("user", { text: "Now the string" }, { mime_type: "image/png", data: DOT }),
      say("assistant", {
        id: "c2",
        name: "edit",
        arguments: { path: "kite.ts", oldText: "const tail = 1;\n", newText: "const tail = 2;\n" },
      }),
      say("tool", { call_id: "c2", content: [{ text: "no such file" }], is_error: true }),
      say("assistant", { text: "It has none:\n\n```ts\nconst tail: number = 2;\n```" }),
    ].map((message) => ({ type: "message", message })),
    usage(400, 90, 0.05),
  ];
  return new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}

function say(role: string, ...content: readonly object[]) {
  return { role, content, time: TIME };
}

function usage(input: number, output: number, cost: number) {
  const counts = { input_tokens: input, output_tokens: output, cost_usd: cost };
  return { type: "usage", usage: counts, cumulative: counts };
}

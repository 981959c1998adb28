/** What another agent has no place for, or cannot read, is counted when a session is converted. */

import { assertEquals } from "@std/assert";
import { inHazardWorld } from "./hazard_world.ts";
import { saidLosses } from "./said_losses.ts";
import type { StrictMessage } from "./strict_message.ts";
import { loadZot } from "./strict_zot.ts";

const KEY = "cli:direct";
const NANOBOT = "Y2xpOmRpcmVjdA.jsonl";
const ID = "0f3a2b1c-4d5e-4f60-8a7b-9c0d1e2f3a4b";
const EINO = `${ID}.jsonl`;
const HEAD = `{"_type": "metadata", "key": "${KEY}", "created_at": "2026-02-16T09:30:00", ` +
  `"updated_at": "2026-02-16T09:31:05", "metadata": {}, "last_consolidated": 0}`;
const TIME = "2026-02-16T09:30:10.500000";
const AGENTS = ["zot", "claw", "eino", "nanobot"];

function rows(...all: readonly (Record<string, unknown> | string)[]): string {
  return all.map((row) => `${typeof row === "string" ? row : JSON.stringify(row)}\n`).join("");
}

function header(kind?: string): Record<string, unknown> {
  const kinds = kind === undefined ? {} : { message_kind: kind };
  return { type: "session", id: ID, created_at: "2026-03-12T08:15:30.25Z", ...kinds };
}

function block(type: string, body: unknown): Record<string, unknown> {
  return { type, [type]: body };
}

interface Exported {
  readonly losses: readonly string[];
  readonly messages: readonly StrictMessage[];
}

/** Exports a file to zot; the messages are those of zot's own loader. */
async function toZot(name: string, file: string): Promise<Exported> {
  let found: Exported | undefined;
  await inHazardWorld({ [name]: file }, async (world) => {
    const ran = await world.skein("export", name, "--format", "zot");
    assertEquals(ran.code, 0, ran.talk);
    const { messages } = loadZot(new TextEncoder().encode(ran.out));
    found = { losses: saidLosses(ran), messages };
  });
  return found ?? { losses: [], messages: [] };
}

/** What the messages say in a word each: their role and their parts. */
function sketch(messages: readonly StrictMessage[]): readonly string[] {
  return messages.map(({ role, parts }) => {
    const words = parts.map((part) => "text" in part ? part.text : part.type);
    return `${role}: ${words.join(", ")}`;
  });
}

/** The losses of an export to each other agent. */
async function lossesOf(name: string, file: string): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = [];
  await inHazardWorld({ [name]: file }, async (world) => {
    const [{ agent: own }] = await world.listed();
    for (const agent of AGENTS.filter((other) => other !== own)) {
      const ran = await world.skein("export", name, "--format", agent);
      assertEquals(ran.code, 0, ran.talk);
      found.push(saidLosses(ran));
    }
  });
  return found;
}

Deno.test("an eino image that is no base64 is lost to zot, and no message with it", async () => {
  for (const base64data of ["not base64!", "abc", "ab=c", "QUJD=", "a-_b"]) {
    const image = { type: "image_url", image: { base64data, mime_type: "image/png" } };
    const file = rows(
      header(),
      { role: "user", content: "a" },
      {
        role: "user",
        content: "",
        user_input_multi_content: [{ type: "text", text: "b" }, image],
      },
      { role: "user", content: "", user_input_multi_content: [image] },
      { role: "assistant", content: "c" },
    );
    const { losses, messages } = await toZot(EINO, file);
    assertEquals(sketch(messages), ["user: a", "user: b", "assistant: c"], base64data);
    assertEquals(losses, ["2 images", "1 message that holds nothing"], base64data);
  }
});

Deno.test("a nanobot image that is no base64 is lost to zot, and no message with it", async () => {
  const image = block("image_url", { url: "data:image/png;base64,@@@@" });
  const file = rows(
    HEAD,
    { role: "user", content: [{ type: "text", text: "a" }, image], timestamp: TIME },
    { role: "assistant", content: "b", timestamp: TIME },
  );
  const { losses, messages } = await toZot(NANOBOT, file);
  assertEquals(sketch(messages), ["user: a", "assistant: b"]);
  assertEquals(losses, ["1 image"]);
});

Deno.test("a nanobot time that nobody can read costs zot the time, and not the message", async () => {
  for (
    const timestamp of ["yesterday", "2026-02-16T25:00:00", "\u001b[2Jx", "2026-02-30T09:00:00"]
  ) {
    const file = rows(
      HEAD,
      { role: "user", content: "a", timestamp: TIME },
      { role: "user", content: "b", timestamp },
      { role: "assistant", content: "c", timestamp: TIME },
    );
    const { losses, messages } = await toZot(NANOBOT, file);
    assertEquals(sketch(messages), ["user: a", "user: b", "assistant: c"], timestamp);
    assertEquals(messages.map(({ time }) => time === undefined), [false, true, false], timestamp);
    assertEquals(losses, ["1 time of a message"], timestamp);
  }
});

Deno.test("a part of nanobot's that is not known is counted, whoever is to read it", async () => {
  const content = [{ type: "text", text: "a" }, block("hologram", { url: "x" })];
  const file = rows(HEAD, { role: "user", content });
  assertEquals(await lossesOf(NANOBOT, file), [
    ["1 field of a message"],
    ["1 field of a message"],
    ["1 field of a message"],
  ]);
});

Deno.test("an agentic block that is not known is counted, whoever is to read it", async () => {
  const content_blocks = [block("user_input_text", { text: "a" }), block("hologram", { url: "x" })];
  const file = rows(header("agentic"), { role: "user", content_blocks });
  assertEquals(await lossesOf(EINO, file), [
    ["1 field of a message"],
    ["1 field of a message"],
    ["1 field of a message"],
  ]);
});

Deno.test("an image without bytes in a result is counted, also on the way to the agentic kind", async () => {
  const call = { id: "c1", type: "function", function: { name: "look", arguments: "{}" } };
  const answer = [{ type: "text", text: "seen" }, block("image_url", { url: "" })];
  const nanobot = rows(
    HEAD,
    { role: "assistant", content: null, tool_calls: [call] },
    { role: "tool", tool_call_id: "c1", name: "look", content: answer },
  );
  const agentic = rows(
    header("agentic"),
    {
      role: "assistant",
      content_blocks: [
        block("function_tool_call", { call_id: "c1", name: "look", arguments: "{}" }),
      ],
    },
    {
      role: "user",
      content_blocks: [
        block("function_tool_result", {
          call_id: "c1",
          name: "look",
          content: [block("text", { text: "seen" }), block("image", { mime_type: "image/png" })],
        }),
      ],
    },
  );
  for (const [name, file] of [[NANOBOT, nanobot], [EINO, agentic]] as const) {
    for (const losses of await lossesOf(name, file)) {
      assertEquals(losses.filter((loss) => /image/.test(loss)), ["1 image"], name);
    }
  }
  await inHazardWorld({ [EINO]: rows(header("agentic")) }, async (world) => {
    const ran = await world.skeinWith({ input: nanobot }, "import", "-", "--agent", "eino");
    assertEquals(ran.code, 0, ran.talk);
    assertEquals(saidLosses(ran).filter((loss) => /image/.test(loss)), ["1 image"]);
  });
});

Deno.test("a user's message with results and text is two messages in zot", async () => {
  const file = rows(
    header("agentic"),
    {
      role: "assistant",
      content_blocks: [
        block("function_tool_call", { call_id: "c1", name: "ls", arguments: "{}" }),
      ],
    },
    {
      role: "user",
      content_blocks: [
        block("user_input_text", { text: "and now?" }),
        block("function_tool_result", {
          call_id: "c1",
          name: "ls",
          content: [block("text", { text: "kite.ts" })],
        }),
      ],
    },
  );
  const { losses, messages } = await toZot(EINO, file);
  assertEquals(sketch(messages), ["assistant: call", "tool: kite.ts", "user: and now?"]);
  assertEquals(losses, []);
});

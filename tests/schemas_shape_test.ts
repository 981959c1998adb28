/** The schemas themselves: every key said, required and open to more, every closed list complete. */

import { assertEquals, assertMatch } from "@std/assert";
import type { ForestMark } from "../src/forest.ts";
import type { TextPart } from "../src/message_texts.ts";
import type { Verdict } from "../src/prune_plan.ts";
import type { ReceiptState } from "../src/receipt.ts";
import type { RowDescription } from "../src/render_json.ts";
import type { Block, ProblemKind, Role, SessionState, Usage } from "../src/transcript.ts";
import { listParts, NAMES, schemaPath, SCHEMAS } from "./schemas.ts";

// Each list names every member of its type, or the type check fails.
const STATES: Record<SessionState, true> = { ok: true, empty: true, damaged: true, live: true };
const SEVERITIES = { damage: true, notice: true };
const ROLES: Record<Role, true> = { system: true, user: true, assistant: true, tool: true };
const BLOCKS: Record<Block["type"], true> = {
  text: true,
  image: true,
  file: true,
  call: true,
  result: true,
  reasoning: true,
};
const MARKS: Record<ForestMark, true> = {
  orphan: true,
  self_parent: true,
  cycle: true,
  duplicate_id: true,
  beyond_parent: true,
};
const PARTS: Record<TextPart, true> = {
  text: true,
  reasoning: true,
  call: true,
  result: true,
  file: true,
};
const ROWS: Record<RowDescription["type"], true> = {
  head: true,
  title: true,
  usage: true,
  restart: true,
  note: true,
  unknown: true,
  damaged: true,
};
const ACTIONS: Record<Verdict["action"] | "refused", true> = {
  prune: true,
  keep: true,
  leave: true,
  refused: true,
};
const RECEIPTS: Record<ReceiptState, true> = {
  intent: true,
  done: true,
  rolled_back: true,
  purging: true,
  purged: true,
};
const PROBLEMS: Record<ProblemKind, true> = {
  torn: true,
  glued: true,
  nul: true,
  json: true,
  shape: true,
  utf8: true,
  surrogate: true,
  crlf: true,
  bom: true,
  unterminated: true,
  unknown_row: true,
  no_head: true,
  name: true,
  duplicate_id: true,
  refused: true,
  long: true,
};
const USAGE: Record<keyof Usage, true> = {
  input_tokens: true,
  output_tokens: true,
  reasoning_tokens: true,
  cache_read_tokens: true,
  cache_write_tokens: true,
};

/** The keys that may be absent. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  "session.usage": Object.keys(USAGE),
  // Only a document of one session has its messages.
  session: ["transcript"],
  // A receipt on the disk does not say where its root is; a printed one does.
  receipt: ["root", "losses"],
};

Deno.test("docs/schemas holds one schema for each kind of object, and no other", () => {
  const files = [...Deno.readDirSync(schemaPath(""))].map(({ name }) => name).sort();
  assertEquals(files, NAMES.map((name) => `skein.${name}.1.json`));
  for (const name of NAMES) {
    const { $schema, title, properties = {} } = SCHEMAS[name];
    assertEquals($schema, "https://json-schema.org/draft/2020-12/schema");
    assertEquals(title, `skein.${name}/1`);
    assertEquals([properties.kind?.const, properties.schema?.const], [name, `skein.${name}/1`]);
  }
});

Deno.test("schemas describe every key, require all but a few, and allow others", () => {
  for (const name of NAMES) {
    for (const { path, part } of listParts(SCHEMAS[name], name)) {
      if (!path.endsWith(".items")) assertMatch(part.description ?? "", /^\S[^\n]{8,}[.]$/, path);
      assertEquals(part.additionalProperties ?? part.unevaluatedProperties, undefined, path);
      const keys = Object.keys(part.properties ?? {});
      const required = part.required ?? [];
      assertEquals(keys.filter((key) => !required.includes(key)), OPTIONAL[path] ?? [], path);
      assertEquals(required.filter((key) => !keys.includes(key)), [], path);
    }
  }
});

Deno.test("schemas name every member of the closed lists", () => {
  const { session, hit, message, node, row, verdict, receipt } = SCHEMAS;
  const problem = session.properties?.problems?.items?.properties;
  assertEquals(session.properties?.state?.enum, Object.keys(STATES));
  assertEquals(node.properties?.state?.enum, Object.keys(STATES));
  assertEquals(problem?.severity?.enum, Object.keys(SEVERITIES));
  assertEquals(problem?.kind?.enum, Object.keys(PROBLEMS));
  assertEquals(node.properties?.marks?.items?.enum, Object.keys(MARKS));
  assertEquals(message.properties?.role?.enum, Object.keys(ROLES));
  assertEquals(hit.properties?.role?.enum, Object.keys(ROLES));
  assertEquals(hit.properties?.part?.enum, Object.keys(PARTS));
  assertEquals(row.properties?.type?.enum, Object.keys(ROWS));
  assertEquals(verdict.properties?.action?.enum, Object.keys(ACTIONS));
  assertEquals(receipt.properties?.state?.enum, Object.keys(RECEIPTS));
  assertEquals(
    message.$defs?.block?.oneOf?.map(({ properties }) => properties?.type?.const),
    Object.keys(BLOCKS),
  );
  assertEquals(Object.keys(session.properties?.usage?.properties ?? {}), Object.keys(USAGE));
});

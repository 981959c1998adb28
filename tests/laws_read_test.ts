/**
 * Reading: what `list` and `show` say of a generated file is what its agent's own loader finds in
 * it, and damage costs no more than the rows that it is in.
 */

import { assert, assertEquals } from "@std/assert";
import { formatClaw } from "../src/json_claw.ts";
import { parseExact } from "../src/json_exact.ts";
import { formatGo } from "../src/json_go.ts";
import { formatPython } from "../src/json_python.ts";
import type { JsonValue } from "../src/transcript.ts";
import {
  type Kind,
  KINDS,
  type LawFile,
  type Ran,
  readLines,
  skein,
  splitRows,
  testOnKinds,
} from "./laws.ts";
import { messagesOf, type Part, respell, toMicros, toParts, toShownParts } from "./laws_parts.ts";
import { LoadError, type StrictMessage, type StrictSession } from "./strict_message.ts";
import { loadEino } from "./strict_eino.ts";
import { loadNanobot } from "./strict_nanobot.ts";
import { loadZot } from "./strict_zot.ts";

// deno-lint-ignore no-explicit-any -- what skein prints is read without its own types, on purpose
type Json = any;

const ROLES = ["system", "user", "assistant", "tool"];

/** A role that is unknown, or made of an injected row, is the system's. */
function toRole({ role, parts }: StrictMessage, { agent, variant }: Kind): string {
  const isAnswer = parts.length > 0 && parts.every(({ type }) => type === "result");
  if (agent === "eino" && variant === "agentic" && isAnswer) return "tool";
  return ROLES.includes(role) ? role : "system";
}

/** nanobot's loader gives no empty reasoning, and few formats mark errors. */
function comparable(
  parts: readonly Part[],
  { marksErrors, isAgentic }: {
    readonly marksErrors: readonly boolean[];
    readonly isAgentic: boolean;
  },
): readonly Part[] {
  return parts.filter((part) => part.type !== "reasoning" || part.text !== "").map((part, i) => {
    if (part.type === "image") return { type: part.type, mimeType: part.mimeType };
    if (part.type !== "result") return part;
    return {
      ...part,
      text: isAgentic ? respell(part.text) : part.text,
      isError: marksErrors[i] ? part.isError : undefined,
    };
  });
}

/** Checks the messages of these lines of the file, of all if none are told. */
function checkMessages(
  { out }: Ran,
  session: StrictSession,
  { kind, soundLines }: { readonly kind: Kind; readonly soundLines?: readonly number[] },
): void {
  const { agent } = kind;
  const all = out.split("\n").filter(Boolean);
  assertEquals(all.map((line) => JSON.parse(line).number), all.map((_, index) => index + 1));
  const lines = all.filter((line) => soundLines?.includes(JSON.parse(line).line) ?? true);
  const shown = lines.map((line) => JSON.parse(line));
  const messages = messagesOf(session);
  assertEquals(shown.length, messages.length);
  for (const [index, message] of messages.entries()) {
    const { role, time } = shown[index];
    const parts = toParts(message, agent).filter(({ type, ...part }) =>
      type !== "reasoning" || "text" in part && part.text !== ""
    );
    const options = {
      marksErrors: parts.map((part) => part.type === "result" && part.isError !== undefined),
      isAgentic: kind.variant === "agentic",
    };
    const seen = toShownParts(lines[index] ?? "");
    assertEquals(comparable(seen, options), comparable(parts, options));
    assertEquals(role, toRole(message, kind));
    const ms = Math.floor(toMicros(message.time ?? "") / 1000);
    assertEquals(time === null ? NaN : Date.parse(time), ms);
  }
}

function checkHead(listed: Json, session: StrictSession): void {
  const { id, title, parent, created, cwd, messages } = session;
  if (id !== undefined) assertEquals(listed.id, id);
  // A branch of zot bears its first own prompt, whatever name it had before.
  if (title !== undefined && title.trim() !== "" && parent === undefined) {
    assertEquals(listed.title, title);
  }
  assertEquals(listed.parent, parent ?? null);
  if (session.agent === "zot" || session.agent === "claw") assertEquals(listed.cwd, cwd ?? null);
  if (created !== undefined) {
    const ms = typeof created === "number" ? created : Math.floor(toMicros(created) / 1000);
    assertEquals(Date.parse(listed.started), ms);
  }
  assertEquals(listed.kept_messages, messages.length);
}

testOnKinds("list and show say what its agent reads", { cases: 20 }, async (file) => {
  const { kind, root, path, bytes } = file;
  const session = kind.load(bytes);
  const list = await skein([root], ["list", "--json"]);
  const isBlank = bytes.length === 0;
  assertEquals([list.code, readLines(list).length], [0, isBlank ? 0 : 1], list.talk);
  if (isBlank) return;
  const [listed] = readLines(list);
  assertEquals([listed.agent, listed.path], [kind.agent, path]);
  checkHead(listed, session);
  const show = await skein([root], ["show", path, "--json"]);
  assertEquals(show.code, 0, show.talk);
  checkMessages(show, session, { kind });
});

/** Loads the text of a file whose agent skips what it cannot read, or of one without such lines. */
function loadTolerant(text: string, { agent, variant, load }: Kind): StrictSession {
  const bytes = new TextEncoder().encode(text);
  if (agent === "zot") return loadZot(bytes);
  if (agent === "nanobot") return loadNanobot(bytes, { era: "head" });
  if (variant !== "headerless") return load(bytes);
  const header = new TextEncoder().encode('{"type":"session"}\n');
  const session = loadEino(Uint8Array.of(...header, ...bytes), { era: "head", kind: "message" });
  return { ...session, id: undefined };
}

/**
 * What a line is to its agent, asked line by line: refused, or odd where it says nothing though it
 * is read, as `null`, a second header and a row of the other kind do in eino.
 */
function judge(line: string, kind: Kind): "refused" | "odd" | "sound" {
  if (kind.agent === "zot") return isRefusedByZot(line) ? "refused" : "sound";
  const header = `{"type":"session"${
    kind.variant === "agentic" ? ',"message_kind":"agentic"' : ""
  }}\n`;
  const isHeaded = kind.agent === "eino" && kind.variant !== "headerless";
  try {
    const { messages } = loadTolerant(isHeaded ? header + line : line, kind);
    if (kind.agent !== "eino") return "sound";
    if (messages[0] === undefined) return "refused";
    return messages[0].role === "" || messages[0].parts.length === 0 ? "odd" : "sound";
  } catch (error) {
    if (error instanceof LoadError) return "refused";
    throw error;
  }
}

/** zot takes any object; of those that are messages it drops what does not decode. */
function isRefusedByZot(line: string): boolean {
  try {
    const row = JSON.parse(line);
    return row === null || typeof row !== "object" || Array.isArray(row);
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}

testOnKinds("damage costs the rows that it is in, each named by its line", {
  cases: 20,
  damage: 0.25,
  kinds: KINDS.filter(({ isWhole }) => !isWhole),
}, async ({ kind, root, path, bytes }) => {
  const list = await skein([root], ["list", "--json"]);
  assert([0, 3].includes(list.code), list.talk);
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const lines = text.split("\n");
  const [listed] = readLines(list);
  if (listed === undefined) {
    // Without its metadata a file may be too odd to be told from others; then it is counted as such.
    const isOdd = kind.variant === "headless" && !lines.some((line) => isMetadata(line));
    assert(
      kind.variant === "headerless" || isOdd || text.trim() === "",
      "the session is not listed",
    );
    return;
  }
  const judged = lines.map((line, i) =>
    i === 0 || line.trim() === "" ? "sound" : judge(line.replace(/\r$/, ""), kind)
  );
  const refused = judged.flatMap((judgement, i) => judgement === "refused" ? [i + 1] : []);
  const named = listed.problems.filter((problem: Json) => problem.severity === "damage")
    .map(({ line }: Json) => line);
  assertEquals(refused.filter((line) => !named.includes(line)), [], "damage that is not named");
  assertEquals(list.code, named.length > 0 ? 3 : 0);
  const show = await skein([root], ["show", path, "--json"]);
  assertEquals(show.code, list.code, show.talk);
  const soundLines = judged.flatMap((judgement, i) => judgement === "sound" ? [i + 1] : []);
  const session = loadTolerant(soundLines.map((line) => lines[line - 1]).join("\n"), kind);
  checkMessages(show, session, { kind, soundLines });
  // These two are named by their first line, whatever comes later.
  if (/zot|eino/.test(kind.agent) && session.id !== undefined) assertEquals(listed.id, session.id);
});

testOnKinds("damage to the whole is told of, and never a crash", {
  cases: 20,
  damage: 1,
  kinds: KINDS.filter(({ isWhole }) => isWhole),
}, async ({ kind, root, path, bytes }: LawFile) => {
  const list = await skein([root], ["list", "--json"]);
  assert([0, 3].includes(list.code), list.talk);
  const show = await skein([root], ["show", path, "--json"]);
  assert([0, 1, 3].includes(show.code), show.talk);
  try {
    checkMessages(show, kind.load(bytes), { kind });
    assertEquals(show.code, 0);
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    assert(list.code === 3 && list.talk.includes(path), `nothing is said of it: ${list.talk}`);
  }
});

/** The writer of each kind whose rows skein writes today. */
const WRITERS: Readonly<Record<string, (value: JsonValue) => string>> = {
  "zot": formatGo,
  "claw jsonl": formatClaw,
  "eino message": formatGo,
  "eino agentic": formatGo,
  "eino v1": formatGo,
  "nanobot modern": formatPython,
  "nanobot headless": formatPython,
  "nanobot state": formatPython,
  "nanobot ascii": (value) => formatPython(value, { isAscii: true }),
};

testOnKinds("a row read and written again is the row", {
  cases: 40,
  mostRows: 30,
  longest: 70_000,
  kinds: KINDS.filter(({ name }) => name in WRITERS),
}, ({ kind, bytes }) => {
  for (const row of splitRows(bytes)) {
    assertEquals(WRITERS[kind.name]?.(parseExact(row)), row);
  }
  return Promise.resolve();
});

function isMetadata(line: string): boolean {
  try {
    return JSON.parse(line)?._type === "metadata";
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

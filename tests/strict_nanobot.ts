/**
 * nanobot's own loader (seeds.md, 6.2 and 6.4), of the seed and of HEAD. At any error the seed
 * gives up the session, which its next save then overwrites; HEAD skips the bad lines, as long as
 * something usable remains. A byte that is no UTF-8 is too much for both. The last metadata row
 * counts, wherever it stands, and every row without a known `_type` is a message.
 */

import {
  decodeUtf8,
  LoadError,
  readImageUrl,
  type StrictMessage,
  type StrictPart,
  type StrictSession,
} from "./strict_message.ts";
import { parsePythonJson, type PythonJson } from "./strict_python_json.ts";
import { isPythonTime } from "./strict_python_time.ts";

/** The version whose loader is asked. */
export interface LoadNanobotOptions {
  readonly era: "seed" | "head";
}

/** A session with what only nanobot has. */
export interface NanobotSession extends StrictSession {
  /** How many of the first messages are summarised elsewhere, after the loader's own correction. */
  readonly lastConsolidated: number;
  /** The metadata, where integers within 2^53 are numbers and larger ones bigints. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

type PythonDict = ReadonlyMap<string, PythonJson>;

const NO_DICT: PythonDict = new Map();
// deno-lint-ignore no-control-regex -- Python calls these four control characters white space
const WHITE_SPACE = /^[\p{White_Space}\u001c-\u001f]+|[\p{White_Space}\u001c-\u001f]+$/gu;

/**
 * Gives the session of a nanobot file.
 *
 * @throws {LoadError} at the seed for a line that is no object of Python's JSON and a start that is
 * no time; at HEAD where lines are damaged and nothing usable remains; at both for bad UTF-8
 */
export function loadNanobot(bytes: Uint8Array, { era }: LoadNanobotOptions): NanobotSession {
  let head: PythonDict | undefined;
  let damaged = 0;
  const messages: StrictMessage[] = [];
  for (const line of decodeUtf8(bytes).split(/\r\n|\r|\n/)) {
    const text = line.replaceAll(WHITE_SPACE, "");
    if (text === "") continue;
    const row = era === "seed" ? readRow(text) : findRow(text);
    if (row === undefined) damaged++;
    else if (row.get("_type") === "metadata") head = checkHead(row, era);
    else if (era === "seed" || row.get("_type") !== "provider_state") messages.push(toMessage(row));
  }
  if (damaged > 0 && head === undefined && messages.length === 0) {
    throw new LoadError("Cannot load the file: nothing usable remains");
  }
  const metadata = toPlain(dictOf(head?.get("metadata")));
  const created = stringOf(head?.get("created_at"));
  const cursor = head?.get("last_consolidated") ?? 0n;
  return {
    agent: "nanobot",
    id: stringOf(head?.get("key")),
    title: stringOf(dictOf(head?.get("metadata")).get("title")),
    parent: undefined,
    created: created !== undefined && isPythonTime(created) ? created : undefined,
    cwd: undefined,
    messages,
    lastConsolidated: era === "seed" ? readCursor(cursor) : correctCursor(cursor, messages.length),
    metadata,
  };
}

function readRow(text: string): PythonDict {
  const row = parsePythonJson(text);
  if (!(row instanceof Map)) throw new LoadError("Cannot load a row: no object");
  return row;
}

function findRow(text: string): PythonDict | undefined {
  try {
    return readRow(text);
  } catch (error) {
    if (error instanceof LoadError) return undefined;
    throw error;
  }
}

/** The seed parses the start of every metadata row; what Python holds for false is no start. */
function checkHead(row: PythonDict, era: LoadNanobotOptions["era"]): PythonDict {
  const created = row.get("created_at");
  if (era === "head" || created === undefined || isFalsy(created)) return row;
  if (typeof created !== "string" || !isPythonTime(created)) {
    throw new LoadError("Cannot load the metadata: created_at is no time");
  }
  return row;
}

function isFalsy(value: PythonJson): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof Map) return value.size === 0;
  return Number.isNaN(value) ? false : !value;
}

/** The seed slices with whatever is there; only what Python can slice with is a cursor. */
function readCursor(cursor: PythonJson): number {
  if (typeof cursor === "bigint" || typeof cursor === "boolean") return Number(cursor);
  throw new LoadError("Cannot read the history: last_consolidated is no integer");
}

function correctCursor(cursor: PythonJson, count: number): number {
  return typeof cursor === "bigint" && cursor >= 0n && cursor <= count ? Number(cursor) : 0;
}

function toMessage(row: PythonDict): StrictMessage {
  const role = stringOf(row.get("role")) ?? "";
  const contents = toContents(row.get("content") ?? null);
  const parts = role === "tool"
    ? [toResult(row, contents)]
    : [...toReasonings(row), ...contents, ...toCalls(row)];
  return { role, time: stringOf(row.get("timestamp")), parts };
}

function toContents(content: PythonJson): readonly StrictPart[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content }];
  return listOf(content).map(dictOf).flatMap((part): readonly StrictPart[] => {
    const text = stringOf(part.get("text"));
    const url = stringOf(dictOf(part.get("image_url")).get("url"));
    if (part.get("type") === "image_url" && url !== undefined) return [readImageUrl(url, "")];
    return part.get("type") === "text" && text !== undefined ? [{ type: "text", text }] : [];
  });
}

function toResult(row: PythonDict, contents: readonly StrictPart[]): StrictPart {
  const name = stringOf(row.get("name"));
  const texts = contents.flatMap((part) => part.type === "text" ? [part.text] : []);
  return {
    type: "result",
    callId: stringOf(row.get("tool_call_id")) ?? "",
    ...(name !== undefined && { name }),
    text: texts.join("\n"),
    images: contents.length - texts.length,
  };
}

/** Both places are given where both are filled, as they are in the file. */
function toReasonings(row: PythonDict): readonly StrictPart[] {
  const blocks = listOf(row.get("thinking_blocks")).map((block) => dictOf(block).get("thinking"));
  return [row.get("reasoning_content"), ...blocks].flatMap((text) =>
    typeof text === "string" && text !== "" ? [{ type: "reasoning", text }] : []
  );
}

function toCalls(row: PythonDict): readonly StrictPart[] {
  return listOf(row.get("tool_calls")).map(dictOf).map((call) => {
    const tool = dictOf(call.get("function"));
    return {
      type: "call",
      id: stringOf(call.get("id")) ?? "",
      name: stringOf(tool.get("name")) ?? "",
      input: stringOf(tool.get("arguments")) ?? "",
    };
  });
}

function stringOf(value: PythonJson | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function dictOf(value: PythonJson | undefined): PythonDict {
  return value instanceof Map ? value : NO_DICT;
}

function listOf(value: PythonJson | undefined): readonly PythonJson[] {
  return Array.isArray(value) ? value : [];
}

function toPlain(dict: PythonDict): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...dict].map(([key, value]) => [key, toPlainValue(value)]));
}

function toPlainValue(value: PythonJson): unknown {
  if (Array.isArray(value)) return value.map(toPlainValue);
  if (value instanceof Map) return toPlain(value);
  return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

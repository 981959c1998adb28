/**
 * The newest zot's own opening of a session (seeds.md, 3.2 to 3.4), which forgives nearly all: rows
 * that do not decode and rows of unknown types are skipped, blocks of the wrong types are dropped,
 * and so are messages left without a block. Only what names a session by its file is strict, and
 * looks at line 1 alone. The error results that zot makes up for calls without one are left out, as
 * they are never in a file.
 */

import { decodeGoText, splitLines } from "./strict_go_json.ts";
import {
  GO_BOOL,
  GO_BYTES,
  GO_INT,
  GO_RAW,
  GO_STRING,
  GO_TIME,
  goMap,
  goPointer,
  goSlice,
  goStruct,
  type GoValue,
  unmarshal,
} from "./strict_go_types.ts";
import {
  LoadError,
  type StrictMessage,
  type StrictPart,
  type StrictSession,
} from "./strict_message.ts";

/** The longest line 1 for zot's scanner, its line feed not counted. */
export const ZOT_HEAD_MAX = 20_971_519;

const META_ROW = goStruct({
  type: GO_STRING,
  meta: goPointer(goStruct({
    id: GO_STRING,
    cwd: GO_STRING,
    model: GO_STRING,
    provider: GO_STRING,
    started: GO_TIME,
    version: GO_STRING,
    title: GO_STRING,
    parent: GO_STRING,
    fork_point: GO_INT,
    hide_from_sessions: GO_BOOL,
  })),
});

const MESSAGE = goStruct({
  role: GO_STRING,
  content: goSlice(GO_RAW),
  time: GO_TIME,
  meta: goMap(GO_STRING),
  added_tool_names: goSlice(GO_STRING),
});

const TYPE_ROW = goStruct({ type: GO_STRING });
const MESSAGE_ROW = goStruct({ message: goPointer(MESSAGE) });
const RENAME_ROW = goStruct({ title: GO_STRING });
const COMPACTION_ROW = goStruct({ messages: goSlice(MESSAGE) });

/** The keys that tell the blocks apart, as these carry no type. */
const PROBE = goStruct({
  reasoning_id: GO_STRING,
  summary: GO_STRING,
  encrypted_content: GO_STRING,
  id: GO_STRING,
  name: GO_STRING,
  call_id: GO_STRING,
  mime_type: GO_STRING,
});
const TEXT = goStruct({ format: GO_STRING, text: GO_STRING, thought_signature: GO_STRING });
const IMAGE = goStruct({ mime_type: GO_STRING, data: GO_BYTES, thought_signature: GO_STRING });
const CALL = goStruct({
  id: GO_STRING,
  name: GO_STRING,
  arguments: GO_RAW,
  thought_signature: GO_STRING,
  server: GO_BOOL,
});
const RESULT = goStruct({ call_id: GO_STRING, content: goSlice(GO_RAW), is_error: GO_BOOL });

/**
 * Gives the session that zot resumes with, an empty one for bytes that hold no row of zot. The
 * title is that of the last meta row or of a later rename, not the one made up for a branch.
 */
export function loadZot(bytes: Uint8Array): StrictSession {
  const none = { id: undefined, parent: undefined, created: undefined, cwd: undefined };
  let head: Omit<StrictSession, "agent" | "title" | "messages"> = none;
  let title = "";
  let messages: StrictMessage[] = [];
  for (const bytesOfLine of splitLines(bytes)) {
    const line = decodeGoText(bytesOfLine).replace(/[\r\n]+$/, "");
    const type = unmarshal(line, TYPE_ROW)?.type;
    if (type === "meta") {
      const meta = unmarshal(line, META_ROW)?.meta;
      if (meta === undefined) continue;
      const { id, parent, started, cwd } = meta;
      head = {
        id: id || undefined,
        parent: parent || undefined,
        created: timeOf(started),
        cwd: cwd || undefined,
      };
      title = meta.title;
    } else if (type === "rename") {
      title = unmarshal(line, RENAME_ROW)?.title || title;
    } else if (type === "message") {
      const message = unmarshal(line, MESSAGE_ROW)?.message;
      if (message !== undefined) messages.push(...toMessages([message]));
    } else if (type === "compaction") {
      const row = unmarshal(line, COMPACTION_ROW);
      if (row !== undefined) messages = [...toMessages(row.messages)];
    }
  }
  return { agent: "zot", ...head, title: title || undefined, messages };
}

/**
 * Checks what zot asks of a file before it exports, imports, branches, draws or finds it.
 *
 * @throws {LoadError} where line 1 is longer than zot's scanner takes, or no meta row with an id
 */
export function checkZotHead(bytes: Uint8Array): void {
  const [first = new Uint8Array()] = splitLines(bytes);
  if (first.length > ZOT_HEAD_MAX) throw new LoadError("Cannot read line 1: above 20 MiB");
  const row = unmarshal(first, META_ROW);
  if (row?.type !== "meta" || row.meta === undefined || row.meta.id === "") {
    throw new LoadError("Cannot read line 1: no meta row with an id");
  }
}

function toMessages(messages: readonly GoValue<typeof MESSAGE>[]): readonly StrictMessage[] {
  return messages.flatMap(({ role, time, content }) => {
    const parts = content.flatMap(toParts);
    return parts.length === 0 ? [] : [{ role, time: timeOf(time), parts }];
  });
}

/** Go's zero time stands for one that is unknown. */
function timeOf(time: string): string | undefined {
  return time === "" || time.startsWith("0001-01-01T00:00:00Z") ? undefined : time;
}

function toParts(json: string): readonly StrictPart[] {
  const probe = unmarshal(json, PROBE);
  if (probe === undefined) return [];
  if (probe.reasoning_id || probe.summary || probe.encrypted_content) {
    return [{ type: "reasoning", text: probe.summary }];
  }
  if (probe.name && probe.id) {
    const call = unmarshal(json, CALL);
    if (call === undefined) return [];
    return [{ type: "call", id: call.id, name: call.name, input: call.arguments || "null" }];
  }
  return probe.call_id ? toResults(json) : toContents(json);
}

function toResults(json: string): readonly StrictPart[] {
  const result = unmarshal(json, RESULT);
  if (result === undefined) return [];
  const parts = result.content.flatMap(toContents);
  const texts = parts.flatMap((part) => part.type === "text" ? [part.text] : []);
  const images = parts.length - texts.length;
  const { call_id: callId, is_error: isError } = result;
  return [{ type: "result", callId, text: texts.join("\n"), isError, images }];
}

/** Inside of a result there are but texts and images, whatever other keys they have. */
function toContents(json: string): readonly StrictPart[] {
  if (unmarshal(json, goStruct({ mime_type: GO_STRING }))?.mime_type) {
    const image = unmarshal(json, IMAGE);
    return image && [{ type: "image", mimeType: image.mime_type, data: image.data }] || [];
  }
  const block = unmarshal(json, TEXT);
  return block && [{ type: "text", text: block.text }] || [];
}

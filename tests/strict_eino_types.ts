/**
 * The Go structs behind eino's lines (seeds.md, 5.2 to 5.4), every field of every spelling, so that
 * a value of the wrong type anywhere makes the line malformed as it does for eino. Where the facts
 * name a key but not what it holds, any JSON passes, or any object where Go holds a pointer.
 */

import {
  GO_ANY,
  GO_INT,
  GO_OPAQUE,
  GO_STRING,
  GO_TIME,
  goMap,
  goPointer,
  goSlice,
  goStruct,
  type GoType,
  type GoValue,
} from "./strict_go_types.ts";

const EXTRA = goMap(GO_ANY);

/** A struct of these fields, or nil. */
function pointerTo<S extends object>(
  fields: { readonly [Name in keyof S]: GoType<S[Name]> },
): GoType<S | undefined> {
  return goPointer(goStruct(fields));
}

/** Line 1 of a session file. */
export const HEADER = goStruct({
  type: GO_STRING,
  id: GO_STRING,
  created_at: GO_TIME,
  message_kind: GO_STRING,
});

const TOOL_CALL = goStruct({
  index: goPointer(GO_INT),
  id: GO_STRING,
  type: GO_STRING,
  function: goStruct({ name: GO_STRING, arguments: GO_STRING }),
  extra: EXTRA,
});

const USAGE = goStruct({
  prompt_tokens: GO_INT,
  prompt_token_details: goStruct({ cached_tokens: GO_INT }),
  completion_tokens: GO_INT,
  total_tokens: GO_INT,
  completion_token_details: goStruct({ reasoning_tokens: GO_INT }),
});

const RESPONSE_META = goStruct({
  finish_reason: GO_STRING,
  usage: goPointer(USAGE),
  logprobs: GO_OPAQUE,
});

const URL_FIELDS = { url: GO_STRING, uri: GO_STRING, mime_type: GO_STRING, extra: EXTRA };

/** An element of `multi_content`, the deprecated spelling. */
export const CHAT_PART = goStruct({
  type: GO_STRING,
  text: GO_STRING,
  image_url: pointerTo({ ...URL_FIELDS, detail: GO_STRING }),
  audio_url: pointerTo(URL_FIELDS),
  video_url: pointerTo(URL_FIELDS),
  file_url: pointerTo({ ...URL_FIELDS, name: GO_STRING }),
});

/** The media of kind message spell it `base64data`. */
const MEDIA_FIELDS = {
  url: goPointer(GO_STRING),
  base64data: goPointer(GO_STRING),
  mime_type: GO_STRING,
  extra: EXTRA,
};

const IMAGE = pointerTo({ ...MEDIA_FIELDS, detail: GO_STRING });

/** An element of `user_input_multi_content`. */
export const INPUT_PART = goStruct({
  type: GO_STRING,
  text: GO_STRING,
  image: IMAGE,
  audio: pointerTo(MEDIA_FIELDS),
  video: pointerTo(MEDIA_FIELDS),
  file: pointerTo({ ...MEDIA_FIELDS, name: GO_STRING }),
  tool_search_result: GO_OPAQUE,
  extra: EXTRA,
});

/** An element of `assistant_output_multi_content`. */
export const OUTPUT_PART = goStruct({
  type: GO_STRING,
  text: GO_STRING,
  image: IMAGE,
  audio: pointerTo(MEDIA_FIELDS),
  video: pointerTo(MEDIA_FIELDS),
  reasoning: pointerTo({ text: GO_STRING, signature: GO_STRING }),
  extra: EXTRA,
});

/** A line of kind message, `schema.Message`. */
export const MESSAGE = goStruct({
  role: GO_STRING,
  content: GO_STRING,
  multi_content: goSlice(CHAT_PART),
  user_input_multi_content: goSlice(INPUT_PART),
  assistant_output_multi_content: goSlice(OUTPUT_PART),
  name: GO_STRING,
  tool_calls: goSlice(TOOL_CALL),
  tool_call_id: GO_STRING,
  tool_name: GO_STRING,
  response_meta: goPointer(RESPONSE_META),
  reasoning_content: GO_STRING,
  extra: EXTRA,
});

/** The media of kind agentic spell it `base64_data`. */
const AGENTIC_MEDIA_FIELDS = { url: GO_STRING, base64_data: GO_STRING, mime_type: GO_STRING };
const AGENTIC_MEDIA = pointerTo(AGENTIC_MEDIA_FIELDS);
const AGENTIC_IMAGE = pointerTo({ ...AGENTIC_MEDIA_FIELDS, detail: GO_STRING });
const AGENTIC_FILE = pointerTo({ ...AGENTIC_MEDIA_FIELDS, name: GO_STRING });

/** An element of the content of a `function_tool_result`. */
export const RESULT_PART = goStruct({
  type: GO_STRING,
  text: pointerTo({ text: GO_STRING }),
  image: AGENTIC_IMAGE,
  audio: AGENTIC_MEDIA,
  video: AGENTIC_MEDIA,
  file: AGENTIC_FILE,
  extra: EXTRA,
});

const MCP = pointerTo({
  server_label: GO_STRING,
  call_id: GO_STRING,
  name: GO_STRING,
  arguments: GO_STRING,
  content: GO_STRING,
  error: GO_ANY,
});

/** A block of a line of kind agentic: its type, and the payload under the key of that name. */
export const BLOCK = goStruct({
  type: GO_STRING,
  user_input_text: pointerTo({ text: GO_STRING }),
  user_input_image: AGENTIC_IMAGE,
  user_input_audio: AGENTIC_MEDIA,
  user_input_video: AGENTIC_MEDIA,
  user_input_file: AGENTIC_FILE,
  assistant_gen_text: pointerTo({
    text: GO_STRING,
    openai_extension: GO_OPAQUE,
    claude_extension: GO_OPAQUE,
    extension: GO_ANY,
  }),
  assistant_gen_image: AGENTIC_MEDIA,
  assistant_gen_audio: AGENTIC_MEDIA,
  assistant_gen_video: AGENTIC_MEDIA,
  reasoning: pointerTo({ text: GO_STRING, signature: GO_STRING, openai_extension: GO_OPAQUE }),
  function_tool_call: pointerTo({ call_id: GO_STRING, name: GO_STRING, arguments: GO_STRING }),
  function_tool_result: pointerTo({
    call_id: GO_STRING,
    name: GO_STRING,
    content: goSlice(goPointer(RESULT_PART)),
  }),
  tool_search_function_tool_result: pointerTo({
    call_id: GO_STRING,
    name: GO_STRING,
    result: GO_ANY,
  }),
  server_tool_call: pointerTo({ name: GO_STRING, call_id: GO_STRING, arguments: GO_ANY }),
  server_tool_result: pointerTo({ name: GO_STRING, call_id: GO_STRING, content: GO_ANY }),
  mcp_tool_call: MCP,
  mcp_tool_result: MCP,
  mcp_list_tools_result: MCP,
  mcp_tool_approval_request: MCP,
  mcp_tool_approval_response: MCP,
  streaming_meta: GO_OPAQUE,
  extra: EXTRA,
});

/** A line of kind agentic, `schema.AgenticMessage`. */
export const AGENTIC_MESSAGE = goStruct({
  role: GO_STRING,
  content_blocks: goSlice(goPointer(BLOCK)),
  response_meta: GO_OPAQUE,
  extra: EXTRA,
});

/** A decoded line of kind message. */
export type EinoMessage = GoValue<typeof MESSAGE>;

/** A decoded block of a line of kind agentic. */
export type EinoBlock = GoValue<typeof BLOCK>;

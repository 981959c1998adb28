/**
 * What the strict loaders give: one shape for the sessions of every agent, so that a test can hold
 * what skein wrote for one agent against what another agent's file held. The loaders import nothing
 * from `src/`: they are a second opinion, and share no mistake with the first.
 */

/** A file that the agent itself would refuse to load. */
export class LoadError extends Error {
  override name = "LoadError";
}

/** The agents whose own reading is written anew here. */
export type StrictAgent = "zot" | "claw" | "eino" | "nanobot";

/** A session as the agent has it in memory after loading; what the file lacks is undefined. */
export interface StrictSession {
  readonly agent: StrictAgent;
  readonly id: string | undefined;
  /** The title that the file holds, never one that is made up from a prompt. */
  readonly title: string | undefined;
  readonly parent: string | undefined;
  /** The time text as stored, or milliseconds since 1970 where the agent stores those. */
  readonly created: string | number | undefined;
  readonly cwd: string | undefined;
  readonly messages: readonly StrictMessage[];
}

/** A message; the role and the time are the stored text, and so are the names of the counts. */
export interface StrictMessage {
  readonly role: string;
  readonly time: string | undefined;
  readonly parts: readonly StrictPart[];
  readonly usage?: Record<string, number>;
}

/** A part of a message, in the order of the file. */
export type StrictPart =
  | { readonly type: "text"; readonly text: string }
  | StrictCall
  | StrictResult
  | StrictImage
  | { readonly type: "reasoning"; readonly text: string };

/** A tool call; the input is the JSON text of the arguments as stored. */
export interface StrictCall {
  readonly type: "call";
  readonly id: string;
  readonly name: string;
  readonly input: string;
}

/** A tool result: its texts joined by line feeds, and the count of its images. */
export interface StrictResult {
  readonly type: "result";
  readonly callId: string;
  readonly name?: string;
  readonly text: string;
  readonly isError?: boolean;
  readonly images: number;
}

/** An image: its base64 text, or its address where the file holds no more than that. */
export interface StrictImage {
  readonly type: "image";
  readonly mimeType: string;
  readonly data: string;
}

/** Gives the text of UTF-8 bytes, a byte order mark included. @throws {LoadError} at a bad byte */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new LoadError("Cannot decode the file: not UTF-8", { cause });
  }
}

const DATA_URL = /^data:([^;,]*)(?:;[^;,]*)*;base64,/;

/** Gives the image at an address, its bytes where the address itself holds them. */
export function readImageUrl(url: string, mimeType: string): StrictImage {
  const [head, type = ""] = DATA_URL.exec(url) ?? [];
  if (head === undefined) return { type: "image", mimeType, data: url };
  return { type: "image", mimeType: type, data: url.slice(head.length) };
}

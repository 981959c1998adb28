/**
 * Conversions as the laws try them: a session written for another agent by `export`, or taken in by
 * `import` where only a neighbour tells of which kind the new session is to be.
 */

import { assertEquals } from "@std/assert";
import { basename, join } from "@std/path";
import { makeFolder } from "./folder.ts";
import { type Kind, KINDS, type LawFile, readLines, skein, type Target } from "./laws.ts";
import { messagesOf, type Part, respell, toMicros, toParts } from "./laws_parts.ts";
import type { Random } from "./random.ts";
import type { StrictSession } from "./strict_message.ts";

// deno-lint-ignore no-explicit-any -- what skein prints is read without its own types, on purpose
type Json = any;

/** A session in the rows of another agent. */
export interface Converted {
  readonly code: number;
  readonly talk: string;
  readonly bytes: Uint8Array;
  /** How much of each kind was lost. */
  readonly losses: Readonly<Record<string, number>>;
  /** The new session as `list --json` has it. */
  readonly listed: Json;
}

/** Writes a session for another agent. */
export async function convert(
  { path, root, target, random }: {
    readonly path: string;
    readonly root: string;
    readonly target: Target;
    readonly random: Random;
  },
): Promise<Converted> {
  const other = makeFolder(neighbourOf(target, random));
  try {
    const made = join(other, "made.jsonl");
    const line = target.isAgentic
      ? ["import", path, "--agent", target.agent, "--json"]
      : ["export", path, "--format", target.agent, "--output", made, "--json"];
    const ran = await skein([target.isAgentic ? other : root], line);
    const [object] = readLines(ran);
    if (object === undefined) {
      return { ...ran, bytes: new Uint8Array(), losses: {}, listed: undefined };
    }
    const found = target.isAgentic ? join(other, object.creations[0].path) : made;
    const list = readLines(await skein([other], ["list", "--json"]));
    return {
      ...ran,
      bytes: Deno.readFileSync(found),
      losses: Object.fromEntries(
        object.losses.map(({ kind, count }: Json) => [kind, count]),
      ),
      listed: list.find((each) => basename(each.path) === basename(found)),
    };
  } finally {
    Deno.removeSync(other, { recursive: true });
  }
}

function neighbourOf({ isAgentic }: Target, random: Random): Record<string, Uint8Array> {
  const kind = KINDS.find(({ variant }) => variant === "agentic");
  if (!isAgentic || kind === undefined) return {};
  return { [kind.file]: kind.make(random, { mostRows: 1, damage: 0, longest: 10 }) };
}

/** What is in a session, kind by kind, each in its order. */
export interface Contents {
  /** Without those that are empty, or that stand for a picture. */
  readonly texts: readonly string[];
  readonly prompts: readonly string[];
  readonly replies: readonly string[];
  readonly calls: readonly Json[];
  readonly results: readonly { readonly callId: string; readonly text: string }[];
  readonly reasoning: readonly string[];
  readonly images: number;
  /** Images that are not in a result. */
  readonly pictures: readonly string[];
  readonly errors: number;
  readonly marksErrors: boolean;
  /** In millionths of a second, of each message that has one. */
  readonly times: readonly number[];
}

/** What stands for a picture. */
const PLACEHOLDER = "[image]";

/** Gives what is in a session; of an agentic one, what its providers' tools gave as any JSON is. */
export function readContents(
  session: StrictSession,
  { isAgentic }: { readonly isAgentic: boolean },
): Contents {
  const messages = messagesOf(session);
  const said = messages.map((message) => ({
    role: message.role,
    parts: toParts(message, session.agent),
  }));
  const parts = said.flatMap((message) => message.parts);
  const textsOf = (role: string | undefined) =>
    said.filter((message) => role === undefined || message.role === role)
      .flatMap((message) => message.parts).flatMap((part) =>
        part.type === "text" && part.text !== "" && part.text !== PLACEHOLDER ? [part.text] : []
      );
  const results = parts.filter((part) => part.type === "result");
  const pictures = parts.filter((part) => part.type === "image");
  return {
    texts: textsOf(undefined),
    prompts: textsOf("user"),
    replies: textsOf("assistant"),
    calls: parts.flatMap((part) => part.type === "call" ? [withoutType(part)] : []),
    results: results.map(({ callId, text }) => ({
      callId,
      text: isAgentic ? respell(withoutPlaceholders(text)) : withoutPlaceholders(text),
    })),
    reasoning: readReasoning(said.flatMap((message) => message.parts)),
    images: results.reduce((sum, { images }) => sum + images, pictures.length),
    pictures: pictures.map(({ data = "" }) => data),
    errors: results.filter(({ isError }) => isError).length,
    marksErrors: session.agent === "zot" || session.agent === "claw",
    times: messages.flatMap(({ time }) => time === undefined ? [] : [toMicros(time)]),
  };
}

/** Once where the same follows itself: a message may have it in two places, or be cut otherwise. */
function readReasoning(parts: readonly Part[]): readonly string[] {
  const texts = parts.flatMap((part) => part.type === "reasoning" && part.text ? [part.text] : []);
  return texts.filter((text, index) => text !== texts[index - 1]);
}

function withoutType({ type: _, ...part }: Part & { readonly type: "call" }): Json {
  return part;
}

function withoutPlaceholders(text: string): string {
  return text.split("\n").filter((line) => line !== PLACEHOLDER).join("\n");
}

/** Tokens in and out, as far as any agent tells them apart. */
export function sumUsage({ usage }: Json): readonly number[] {
  const { input_tokens = 0, cache_read_tokens = 0, cache_write_tokens = 0, output_tokens = 0 } =
    usage ?? {};
  return [input_tokens + cache_read_tokens + cache_write_tokens, output_tokens];
}

/** A session before and after. */
export interface Pair {
  readonly kind: Kind;
  readonly target: Target;
  readonly before: StrictSession;
  readonly after: StrictSession;
  readonly source: Contents;
  readonly made: Contents;
  /** Both as `list --json` has them. */
  readonly listed: Json;
  readonly madeListed: Json;
  readonly losses: Readonly<Record<string, number>>;
  readonly bytes: Uint8Array;
}

/** Converts a session, and gives both with what they hold. */
export async function readPair(
  { kind, random, root, path, bytes }: LawFile,
  target: Target,
): Promise<Pair> {
  const [listed] = readLines(await skein([root], ["list", "--json"]));
  const made = await convert({ path, root, target, random });
  assertEquals(made.code, 0, made.talk);
  const [before, after] = [kind.load(bytes), target.load(made.bytes)];
  const options = { isAgentic: kind.variant === "agentic" };
  return {
    kind,
    target,
    before,
    after,
    source: readContents(before, options),
    made: readContents(after, options),
    listed,
    madeListed: made.listed,
    losses: made.losses,
    bytes: made.bytes,
  };
}

/**
 * Takes out of texts what should not be shared: secrets, and whose machine it was.
 *
 * What is taken out leaves a placeholder of letters, digits and hyphens, which breaks neither JSON nor
 * Markdown nor a URL that it stands in. The same secret has the same placeholder wherever it stands.
 */

import { isExactNumber } from "./json_exact.ts";
import { isArray, isObject } from "./json_row.ts";
import { SecretFinder } from "./secret_finder.ts";
import type { Block, JsonValue, Message, Session } from "./transcript.ts";

/** What is to be taken out beside secrets. */
export interface RedactorOptions {
  /** Folders of users, such as `/home/ada`: their names are taken out wherever they are words. */
  readonly homes: readonly string[];
  readonly hasEmails?: boolean;
  /** Further patterns; each match of one is a secret. */
  readonly patterns?: readonly RegExp[];
}

/** The texts of a session that may say what should not be shared. */
export type SessionText = "title" | "cwd" | "path" | "root";

/** How often something of a kind was taken out, and how many different ones there were. */
export interface RedactedKind {
  readonly kind: string;
  readonly places: number;
  readonly different: number;
}

/** What stands for a user's name. */
const USER = "user";

/** The folders in which systems keep those of users; the name is what follows. */
const USER_FOLDER =
  /((?:(?:\/|\\\/)(?:home|Users)(?:\/|\\\/)|[A-Za-z]:(?:\\{1,4}|\/)Users(?:\\{1,4}|\/)))([A-Za-z0-9_][A-Za-z0-9._-]{0,63})/g;

/** Names of such folders that are nobody's. */
const SHARED_NAMES = new Set([USER, "Shared", "Public", "Default", "runner", "ubuntu", "root"]);

/** A shorter name is a part of too many words. */
const SHORTEST_NAME = 3;

const EMAIL = /[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}/g;

/** Takes out the same things of any number of texts, and counts them. */
export class Redactor {
  readonly #finder: SecretFinder;
  readonly #hasEmails: boolean;
  readonly #names: RegExp | undefined;
  /** What each secret is called, by its kind. */
  readonly #placeholders = new Map<string, Map<string, string>>();
  readonly #places = new Map<string, number>();

  /** Takes what is to be taken out. */
  constructor({ homes, hasEmails = false, patterns = [] }: RedactorOptions) {
    this.#finder = new SecretFinder(patterns);
    this.#hasEmails = hasEmails;
    const names = homes.flatMap((home) => findUserName(home) ?? [])
      .filter((name) => name.length >= SHORTEST_NAME && !SHARED_NAMES.has(name));
    this.#names = names.length === 0 ? undefined : new RegExp(
      `(?<![A-Za-z0-9])(?:${names.map((name) => RegExp.escape(name)).join("|")})(?![A-Za-z0-9])`,
      "g",
    );
  }

  /** The text without what is to be taken out. */
  redact(text: string): string {
    let redacted = "";
    let done = 0;
    for (const { name, start, end, value } of this.#finder.find(text)) {
      redacted += this.#redactPerson(text.slice(done, start)) + this.#placeholder(name, value);
      done = end;
    }
    return redacted + this.#redactPerson(text.slice(done));
  }

  /** A value that stands under a key, which may tell that it is secret. */
  redactKeyed(key: string, value: string): string {
    const before = `${key}: "`;
    const found = this.#finder.find(`${before}${value}"`)
      .filter(({ start, end }) => start <= before.length && end >= before.length + value.length);
    const [whole] = found;
    return whole === undefined ? this.redact(value) : this.#placeholder(whole.name, value);
  }

  /** A message in which every text is redacted. */
  redactMessage(message: Message): Message {
    return { ...message, blocks: this.#redactBlocks(message.blocks) };
  }

  /** A session in which these texts are redacted. */
  redactSession(session: Session, texts: readonly SessionText[]): Session {
    const redacted = texts.flatMap((name) => {
      const text = session[name];
      return text === undefined ? [] : [[name, this.redact(text)] as const];
    });
    return { ...session, ...Object.fromEntries(redacted) };
  }

  /** What was taken out so far, the most first. */
  report(): readonly RedactedKind[] {
    return [...this.#places]
      .map(([kind, places]) => ({
        kind,
        places,
        different: this.#placeholders.get(kind)?.size ?? 1,
      }))
      .sort((a, b) => b.places - a.places || (a.kind < b.kind ? -1 : 1));
  }

  /** The texts of one message that follow each other are one, or a secret could lie across two. */
  #redactBlocks(blocks: readonly Block[]): readonly Block[] {
    const redacted = blocks.map((block) => this.#redactBlock(block));
    const texts = blocks.flatMap((block) => (block.type === "text" ? [block.text] : []));
    if (texts.length < 2) return redacted;
    const together = this.#finder.find(texts.join("")).filter((match) => {
      let at = 0;
      return !texts.some((text) => {
        const isWithin = match.start >= at && match.end <= at + text.length;
        at += text.length;
        return isWithin;
      });
    });
    if (together.length === 0) return redacted;
    // It is cut in pieces: the first block says what was there, and the others say nothing of it.
    const whole = this.redact(texts.join(""));
    let isFirst = true;
    return redacted.map((block) => {
      if (block.type !== "text") return block;
      const text = isFirst ? whole : "";
      isFirst = false;
      return { ...block, text };
    });
  }

  #redactBlock(block: Block): Block {
    switch (block.type) {
      case "text":
      case "reasoning":
        return { ...block, text: this.redact(block.text) };
      case "call":
        return { ...block, name: this.redact(block.name), input: this.redactValue(block.input) };
      case "result":
        return { ...block, blocks: this.#redactBlocks(block.blocks) };
      case "file":
        return {
          ...block,
          name: this.redact(block.name),
          ...(block.url === undefined ? {} : { url: this.redact(block.url) }),
        };
      case "image":
        return block.url === undefined ? block : { ...block, url: this.redact(block.url) };
    }
  }

  /** A value of JSON in which every text is redacted, each by the key that it stands under. */
  redactValue(value: JsonValue, key = ""): JsonValue {
    if (typeof value === "string") {
      return key === "" ? this.redact(value) : this.redactKeyed(key, value);
    }
    if (isExactNumber(value)) return value;
    if (isArray(value)) return value.map((inner) => this.redactValue(inner, key));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        this.redact(name),
        inner === undefined ? inner : this.redactValue(inner, name),
      ]),
    );
  }

  #redactPerson(text: string): string {
    let rest = text;
    if (this.#hasEmails && rest.includes("@")) {
      rest = rest.replace(EMAIL, (address) => this.#placeholder("email", address.toLowerCase()));
    }
    if (rest.includes("home") || rest.includes("Users")) {
      rest = rest.replace(
        USER_FOLDER,
        (whole, folder: string, name: string) =>
          SHARED_NAMES.has(name) ? whole : folder + this.#user(),
      );
    }
    return this.#names === undefined ? rest : rest.replace(this.#names, () => this.#user());
  }

  #user(): string {
    this.#count("user-name");
    return USER;
  }

  #placeholder(kind: string, value: string): string {
    this.#count(kind);
    const known = this.#placeholders.get(kind) ?? new Map<string, string>();
    this.#placeholders.set(kind, known);
    const placeholder = known.get(value) ?? `REDACTED-${kind}-${known.size + 1}`;
    known.set(value, placeholder);
    return placeholder;
  }

  #count(kind: string): void {
    this.#places.set(kind, (this.#places.get(kind) ?? 0) + 1);
  }
}

/** The name of a user, from the folder that is theirs or one in it. */
function findUserName(folder: string): string | undefined {
  USER_FOLDER.lastIndex = 0;
  return USER_FOLDER.exec(folder)?.[2];
}

/**
 * Takes out of texts what should not be shared: secrets, and whose machine it was.
 *
 * What is taken out leaves a placeholder of letters, digits and hyphens, which breaks neither JSON nor
 * Markdown nor a URL that it stands in. The same secret has the same placeholder wherever it stands.
 */

import { isExactNumber, spellNumber } from "./json_exact.ts";
import { isArray, isObject } from "./json_row.ts";
import { SecretFinder, type SecretMatch } from "./secret_finder.ts";
import {
  type Attached,
  type Block,
  type JsonValue,
  type Message,
  type Session,
  TITLE_LENGTH,
} from "./transcript.ts";

/** What is to be taken out beside secrets. */
export interface RedactorOptions {
  /** Folders of users, such as `/home/ada`: their names are taken out wherever they are words. */
  readonly homes: readonly string[];
  readonly hasEmails?: boolean;
  /** Further patterns; each match of one is a secret. */
  readonly patterns?: readonly RegExp[];
}

/** How often something of a kind was taken out, and how many different ones there were. */
export interface RedactedKind {
  readonly kind: string;
  readonly places: number;
  readonly different: number;
}

/** The texts of a session that pages say. */
export type SessionText = "id" | "handle" | "title" | "model" | "provider" | "cwd" | "parent";

/** What stands for a user's name. */
const USER = "user";

/** The folders in which systems keep those of users; the name is what follows. */
const USER_FOLDER =
  /((?:(?:\/|\\\/)(?:home|Users)(?:\/|\\\/)|[A-Za-z]:(?:\\{1,4}|\/)Users(?:\\{1,4}|\/)))([\p{L}\p{N}_][\p{L}\p{N}._-]{0,63})/gu;

/** Names of such folders that are nobody's. */
const SHARED_NAMES = new Set([USER, "Shared", "Public", "Default", "runner", "ubuntu", "root"]);

/** A shorter name is a part of too many words. */
const SHORTEST_NAME = 3;

const EMAIL = /[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}/g;

/** A title that was cut may end within a secret, of which nobody could tell what it was. */
function dropCutWord(text: string): string {
  return text.length < TITLE_LENGTH ? text : `${text.replace(/\S*$/, "")}…`;
}

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
      `(?<![\\p{L}\\p{N}])(?:${
        names.map((name) => RegExp.escape(name)).join("|")
      })(?![\\p{L}\\p{N}])`,
      "gu",
    );
  }

  /** The text without what is to be taken out. */
  redact(text: string): string {
    return this.#replace(text, this.#finder.find(text));
  }

  /** A value that stands under a key, which may tell that it is secret. */
  redactKeyed(key: string, value: string): string {
    const before = `"${key}": "`;
    const end = before.length + value.length;
    // What reaches into the value is taken out of it, as far as it does.
    const within = this.#finder.find(`${before}${value}"`)
      .filter((match) => match.start < end && match.end > before.length)
      .map((match) => ({
        ...match,
        start: Math.max(0, match.start - before.length),
        end: Math.min(value.length, match.end - before.length),
      }));
    return within.length === 0 ? this.redact(value) : this.#replace(value, within);
  }

  #replace(text: string, secrets: readonly SecretMatch[]): string {
    let redacted = "";
    let done = 0;
    for (const { name, start, end, value } of secrets) {
      redacted += this.#redactPerson(text.slice(done, start)) + this.#placeholder(name, value);
      done = end;
    }
    return redacted + this.#redactPerson(text.slice(done));
  }

  /** A message in which every text is redacted. */
  redactMessage(message: Message): Message {
    const { time } = message;
    return {
      ...message,
      time: time === undefined ? time : this.redact(time),
      blocks: this.#redactBlocks(message.blocks),
    };
  }

  /** A session of which these texts, those that a page says, are redacted. */
  redactSession(session: Session, shown: readonly SessionText[]): Session {
    const redacted = shown.map((key) => {
      const text = session[key];
      return [key, text === undefined ? text : this.redact(dropCutWord(text))] as const;
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

  #redactBlocks(blocks: readonly Block[]): readonly Block[] {
    const texts = this.#redactTexts(
      blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])),
    );
    let next = 0;
    return blocks.map((block) =>
      block.type === "text" ? { ...block, text: texts[next++] ?? "" } : this.#redactBlock(block)
    );
  }

  /**
   * The texts of one message, redacted. A secret may lie across two of them, or be told of by the one
   * before: then all of them stand in the first.
   */
  #redactTexts(texts: readonly string[]): readonly string[] {
    const found = texts.map((text) => this.#finder.find(text));
    if (texts.length > 1) {
      const whole = texts.join("");
      const together = this.#finder.find(whole);
      let at = 0;
      const alone = new Set(found.flatMap((matches, index) => {
        const offset = at;
        at += texts[index]?.length ?? 0;
        return matches.map(({ start, end }) => `${offset + start} ${offset + end}`);
      }));
      if (together.some(({ start, end }) => !alone.has(`${start} ${end}`))) {
        return [this.#replace(whole, together)];
      }
    }
    return texts.map((text, index) => this.#replace(text, found[index] ?? []));
  }

  #redactBlock(block: Block): Block {
    switch (block.type) {
      case "text":
      case "reasoning":
        return { ...block, text: this.redact(block.text) };
      case "call":
        return {
          ...block,
          callId: this.redact(block.callId),
          name: this.redact(block.name),
          input: this.redactValue(block.input),
        };
      case "result":
        return {
          ...block,
          callId: this.redact(block.callId),
          ...(block.name === undefined ? {} : { name: this.redact(block.name) }),
          blocks: this.#redactBlocks(block.blocks),
        };
      case "file":
        return { ...block, ...this.#redactAttached(block), name: this.redact(block.name) };
      case "image":
        return { ...block, ...this.#redactAttached(block) };
    }
  }

  #redactAttached({ mimeType, url }: Attached) {
    return {
      mimeType: this.redact(mimeType),
      ...(url === undefined ? {} : { url: this.redact(url) }),
    };
  }

  /** A value of JSON in which every text is redacted, each by the key that it stands under. */
  redactValue(value: JsonValue, key = ""): JsonValue {
    if (typeof value === "string") {
      return key === "" ? this.redact(value) : this.redactKeyed(key, value);
    }
    if (isExactNumber(value)) return this.#redactNumber(value, spellNumber(value));
    if (typeof value === "number") return this.#redactNumber(value, String(value));
    if (isArray(value)) return value.map((inner) => this.redactValue(inner, key));
    if (!isObject(value)) return value;
    // Headers and the like come as a list: the name beside a value is its key.
    const { name: label } = value;
    const redacted: Record<string, JsonValue | undefined> = {};
    for (const [name, inner] of Object.entries(value)) {
      const by = name === "value" && typeof label === "string" ? label : name;
      const safe = this.redact(name);
      // Two keys that read alike now stay two.
      let unique = safe;
      for (let count = 2; unique in redacted; count++) unique = `${safe}-${count}`;
      redacted[unique] = inner === undefined ? inner : this.redactValue(inner, by);
    }
    return redacted;
  }

  /** A number is a secret where a pattern says so. */
  #redactNumber(value: JsonValue, spelled: string): JsonValue {
    const redacted = this.#finder.hasPatterns ? this.redact(spelled) : spelled;
    return redacted === spelled ? value : redacted;
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

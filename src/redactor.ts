/**
 * Takes out of texts what should not be shared: secrets, and whose machine it was.
 *
 * What is taken out leaves a placeholder of letters, digits and hyphens, which breaks neither JSON nor
 * Markdown nor a URL that it stands in. The same secret has the same placeholder wherever it stands.
 */

import { parseExact } from "./json_exact.ts";
import { type JsonLeaf, replaceLeaves } from "./json_leaves.ts";
import { SecretFinder } from "./secret_finder.ts";
import { mergeMatches, type SecretMatch } from "./secret_matches.ts";
import type { JsonValue } from "./transcript.ts";

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

  /**
   * Texts that follow each other. A secret may lie across two of them, or be told of by the one before:
   * then all of them stand in the first.
   */
  redactTexts(texts: readonly string[]): readonly string[] {
    const found = texts.map((text) => this.#finder.find(text));
    if (texts.length > 1) {
      let offset = 0;
      const alone = found.flatMap((matches, index) => {
        const before = offset;
        offset += texts[index]?.length ?? 0;
        return matches.map((match) => ({
          ...match,
          start: before + match.start,
          end: before + match.end,
        }));
      });
      const whole = texts.join("");
      const together = mergeMatches([...alone, ...this.#finder.find(whole)]);
      const places = new Set(alone.map(({ start, end }) => `${start} ${end}`));
      if (together.some(({ start, end }) => !places.has(`${start} ${end}`))) {
        return [this.#replace(whole, together)];
      }
    }
    return texts.map((text, index) => this.#replace(text, found[index] ?? []));
  }

  /**
   * A JSON text of which every text and number is redacted where it stands, each by the key that it
   * stands under, which may tell that it is secret.
   * @param key What a value stands under that is in no object.
   */
  redactJson(json: string, key = ""): string {
    return replaceLeaves(json, { key, replace: (leaf) => this.#redactLeaf(leaf) });
  }

  /** A value of JSON, redacted as its text is. */
  redactValue(value: JsonValue, key = ""): JsonValue {
    const json = JSON.stringify(value);
    const redacted = this.redactJson(json, key);
    return redacted === json ? value : parseExact(redacted);
  }

  #redactLeaf({ type, value, key }: JsonLeaf): string {
    switch (type) {
      case "key":
        return this.redact(value);
      case "text":
        return this.#replace(value, this.#finder.findUnder(key, value));
      case "number":
        // A number is a secret where a pattern says so.
        return this.#finder.hasPatterns ? this.redact(value) : value;
    }
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
